/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Why a boundary: a row that moves behind the last one that we have read stands somewhere among rows that we do not know, so it cannot be
 * shown; the next page brings it. The boundary is where the last page ended, not where the last row is that is left of it.
 */

#include "lia-row-window.h"

#include "lia-wire.h"

#include <string.h>

LiaRowWindow *
lia_row_window_new (void)
{
  LiaRowWindow *self = g_new0 (LiaRowWindow, 1);

  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

void
lia_row_window_free (LiaRowWindow *self)
{
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->rows);
  g_free (self->last_id);
  g_free (self);
}

/* lia_row_compare: ids are numbers with a prefix, so that the shorter one is the smaller one. */
int
lia_row_compare (gint64      sort_a,
                 const char *id_a,
                 gint64      sort_b,
                 const char *id_b)
{
  gsize length_a;
  gsize length_b;

  if (sort_a != sort_b)
    return sort_a < sort_b ? -1 : 1;

  length_a = strlen (id_a);
  length_b = strlen (id_b);
  if (length_a != length_b)
    return length_a < length_b ? -1 : 1;

  return strcmp (id_a, id_b);
}

/* The position of the first row that does not stand before (sort, id) */
static guint
lower_bound (LiaRowWindow *self,
             gint64        sort,
             const char   *id)
{
  guint from = 0;
  guint to = self->rows->len;

  while (from < to)
    {
      guint                  middle = from + (to - from) / 2;
      const LiaConversation *row = self->rows->pdata[middle];

      if (lia_row_compare (row->sort, row->id, sort, id) < 0)
        from = middle + 1;
      else
        to = middle;
    }

  return from;
}

static gboolean
is_inside (LiaRowWindow          *self,
           const LiaConversation *row)
{
  return !self->has_more || lia_row_compare (row->sort, row->id, self->last_sort, self->last_id) <= 0;
}

static gboolean
says_the_same (LiaConversation *a,
               LiaConversation *b)
{
  g_autoptr (JsonObject) object_a = lia_wire_encode_conversation (a);
  g_autoptr (JsonObject) object_b = lia_wire_encode_conversation (b);

  return json_object_equal (object_a, object_b);
}

void
lia_row_window_remove (LiaRowWindow *self,
                       const char   *id)
{
  LiaConversation *row = g_hash_table_lookup (self->by_id, id);
  guint            position;

  if (row == NULL)
    return;

  position = lower_bound (self, row->sort, row->id);
  g_hash_table_remove (self->by_id, id);
  g_ptr_array_remove_index (self->rows, position);
}

/* lia_row_window_put: adds or replaces a row, or takes it away when it went behind the boundary. */
void
lia_row_window_put (LiaRowWindow    *self,
                    LiaConversation *row)
{
  LiaConversation *known = g_hash_table_lookup (self->by_id, row->id);

  if (known != NULL)
    {
      if (known->ver > row->ver || says_the_same (known, row))
        return;
      lia_row_window_remove (self, row->id);
    }

  if (is_inside (self, row))
    {
      g_ptr_array_insert (self->rows, (int)lower_bound (self, row->sort, row->id), g_object_ref (row));
      g_hash_table_insert (self->by_id, row->id, row);
    }
}

static void
set_boundary (LiaRowWindow *self,
              GPtrArray    *rows,
              gboolean      has_more)
{
  const LiaConversation *last = rows->len > 0 ? rows->pdata[rows->len - 1] : NULL;

  self->has_more = has_more && last != NULL;
  if (self->has_more)
    {
      self->last_sort = last->sort;
      g_set_str (&self->last_id, last->id);
    }
}

/* lia_row_window_add_page: the page behind the boundary, which it moves to its own end. */
void
lia_row_window_add_page (LiaRowWindow *self,
                         GPtrArray    *rows,
                         gboolean      has_more)
{
  set_boundary (self, rows, has_more);
  for (guint i = 0; i < rows->len; i++)
    lia_row_window_put (self, rows->pdata[i]);
}

/* lia_row_window_replace: starts over with @rows; a row that says the same stays the same object. */
void
lia_row_window_replace (LiaRowWindow *self,
                        GPtrArray    *rows,
                        gboolean      has_more)
{
  g_autoptr (GPtrArray) old_rows = g_steal_pointer (&self->rows);
  g_autoptr (GHashTable) old_by_id = g_steal_pointer (&self->by_id);

  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  set_boundary (self, rows, has_more);

  for (guint i = 0; i < rows->len; i++)
    {
      LiaConversation *row = rows->pdata[i];
      LiaConversation *old = g_hash_table_lookup (old_by_id, row->id);

      lia_row_window_put (self, old != NULL && says_the_same (old, row) ? old : row);
    }
}
