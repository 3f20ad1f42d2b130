/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The rows that exist as widgets: those in view and a little around it, and the one with the keyboard's focus wherever it is. A row that leaves goes
 * to the pool and is bound to the next entry that comes in; a row whose entry changed is bound again, once, when it is next laid out.
 */

#include "lia-timeline-private.h"

#include "lia-time.h"

#define POOL_MAX 24
#define NARROW_WIDTH 520
#define SUBJECT_SEARCH 10

/** lia_timeline_find_row: the live row at @position, or NULL. */
LiveRow *
lia_timeline_find_row (LiaTimeline *self,
                       guint        position)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      LiveRow *row = self->rows->pdata[i];

      if (row->position == position)
        return row;
    }

  return NULL;
}

/** lia_timeline_find_entry: the live row of the entry @id, or NULL. */
LiveRow *
lia_timeline_find_entry (LiaTimeline *self,
                         const char  *id)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      LiveRow  *row = self->rows->pdata[i];
      LiaEntry *entry = row->position != G_MAXUINT ? lia_timeline_row_get_entry (row->widget) : NULL;

      if (entry != NULL && g_strcmp0 (entry->id, id) == 0)
        return row;
    }

  return NULL;
}

/* Not by the focus child: GTK forgets it as long as another window is active, and the row has to be here when the agent comes back. */
static gboolean
has_focus (LiaTimeline *self,
           LiveRow     *row)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *widget = GTK_WIDGET (row->widget);

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/** lia_timeline_get_focused: the row that has the keyboard's focus, itself or within, or NULL. */
LiveRow *
lia_timeline_get_focused (LiaTimeline *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      LiveRow *row = self->rows->pdata[i];

      if (row->position != G_MAXUINT && has_focus (self, row))
        return row;
    }

  return NULL;
}

static gboolean
is_line (LiaEntry *entry)
{
  return entry != NULL && (entry->kind == LIA_ENTRY_STATE || entry->kind == LIA_ENTRY_VISIT);
}

/* One that looked alike needs the least work. */
static LiveRow *
take_from_pool (LiaTimeline *self,
                LiaEntry    *entry)
{
  guint best = self->pool->len - 1;

  if (self->pool->len == 0)
    return NULL;

  for (guint i = 0; i < self->pool->len; i++)
    {
      LiveRow *row = self->pool->pdata[i];

      if (is_line (lia_timeline_row_get_entry (row->widget)) == is_line (entry))
        best = i;
    }

  return g_ptr_array_steal_index_fast (self->pool, best);
}

static LiveRow *
make_row (LiaTimeline *self)
{
  LiveRow *row = g_new0 (LiveRow, 1);

  row->widget = lia_timeline_row_new ();
  gtk_widget_insert_before (GTK_WIDGET (row->widget), GTK_WIDGET (self), self->newest);

  return row;
}

/* Changes and chat messages between two mails do not end the thread. */
static char *
find_subject_before (LiaTimeline *self,
                     guint        position)
{
  for (guint i = position; i > 0 && i + SUBJECT_SEARCH > position; i--)
    {
      g_autoptr (LiaEntry) entry = lia_timeline_dup_entry (self, i - 1);

      if (entry->kind == LIA_ENTRY_EMAIL && entry->subject != NULL && *entry->subject != '\0')
        return g_strdup (entry->subject);
    }

  return NULL;
}

static gboolean
is_first_unread (LiaTimeline *self,
                 LiaEntry    *entry,
                 LiaEntry    *previous)
{
  return self->unread_from > 0 && entry->seq >= self->unread_from && (previous != NULL ? previous->seq < self->unread_from : !self->has_older);
}

static void
bind_row (LiaTimeline *self,
          LiveRow     *row,
          LiaEntry    *entry)
{
  g_autoptr (LiaEntry) previous = row->position > 0 ? lia_timeline_dup_entry (self, row->position - 1) : NULL;
  g_autoptr (LiaEntry) next = row->position + 1 < lia_timeline_get_n_rows (self) ? lia_timeline_dup_entry (self, row->position + 1) : NULL;
  g_autofree char *subject = entry->kind == LIA_ENTRY_EMAIL ? find_subject_before (self, row->position) : NULL;
  LiaRowContext    context = {
       .previous = previous,
       .next = next != NULL && is_first_unread (self, next, entry) ? NULL : next,
       .previous_subject = subject,
       .folding = g_hash_table_lookup (self->foldings, entry->id),
       .agents = self->agents,
       .queues = self->queues,
       .now_ms = lia_time_now (),
       .seen = self->seen,
       .narrow = self->width < NARROW_WIDTH,
  };

  context.unread = is_first_unread (self, entry, previous);

  lia_timeline_row_bind (row->widget, entry, &context);
  row->stale = FALSE;
  lia_timeline_show_selection (self, row);
}

/** lia_timeline_need_row: the live row at @position, bound to what the model has there now. */
LiveRow *
lia_timeline_need_row (LiaTimeline *self,
                       guint        position)
{
  LiveRow *row = lia_timeline_find_row (self, position);
  g_autoptr (LiaEntry) entry = NULL;

  if (row == NULL || row->stale)
    entry = lia_timeline_dup_entry (self, position);

  if (row == NULL)
    {
      row = take_from_pool (self, entry);
      if (row == NULL)
        row = make_row (self);
      row->position = position;
      row->stale = TRUE;
      g_ptr_array_add (self->rows, row);
      gtk_widget_set_child_visible (GTK_WIDGET (row->widget), TRUE);
      gtk_accessible_update_state (GTK_ACCESSIBLE (row->widget), GTK_ACCESSIBLE_STATE_HIDDEN, FALSE, -1);
    }

  if (row->stale)
    bind_row (self, row, entry);
  lia_timeline_row_set_place (row->widget, position, lia_timeline_get_n_rows (self));

  return row;
}

static void
row_free (LiveRow *row)
{
  gtk_widget_unparent (GTK_WIDGET (row->widget));
  g_free (row);
}

static void
put_in_pool (LiaTimeline *self,
             LiveRow     *row)
{
  if (self->pool->len >= POOL_MAX)
    {
      row_free (row);
      return;
    }

  row->position = G_MAXUINT;
  gtk_widget_set_child_visible (GTK_WIDGET (row->widget), FALSE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row->widget), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  g_ptr_array_add (self->pool, row);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const LiveRow *left = *(const LiveRow **)a;
  const LiveRow *right = *(const LiveRow **)b;

  return left->position < right->position ? -1 : left->position > right->position;
}

/** lia_timeline_begin_layout: no row is used yet. */
void
lia_timeline_begin_layout (LiaTimeline *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    ((LiveRow *)self->rows->pdata[i])->used = FALSE;
}

/** lia_timeline_end_layout: rows that were not used go, but for the focused one; the others stand in their order, for Tab and for screen readers. */
void
lia_timeline_end_layout (LiaTimeline *self)
{
  GtkWidget *before = NULL;

  for (guint i = self->rows->len; i > 0; i--)
    {
      LiveRow *row = self->rows->pdata[i - 1];

      if (row->used || (row->position != G_MAXUINT && has_focus (self, row)))
        continue;

      g_ptr_array_steal_index_fast (self->rows, i - 1);
      put_in_pool (self, row);
    }

  g_ptr_array_sort (self->rows, compare_rows);

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *widget = GTK_WIDGET (((LiveRow *)self->rows->pdata[i])->widget);

      if (before != NULL && gtk_widget_get_prev_sibling (widget) != before)
        gtk_widget_insert_after (widget, GTK_WIDGET (self), before);
      before = widget;
    }
}

/** lia_timeline_splice_rows: the model changed; rows move with their entries. */
void
lia_timeline_splice_rows (LiaTimeline *self,
                          guint        position,
                          guint        removed,
                          guint        added)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      LiveRow *row = self->rows->pdata[i];

      if (row->position == G_MAXUINT)
        continue;
      if (row->position < position)
        {
          row->stale = row->stale || row->position + 1 == position; /* another entry is after it now */
          continue;
        }

      if (row->position >= position + removed)
        {
          row->stale = row->stale || row->position == position + removed; /* another entry is before it now */
          row->position += added - removed;
        }
      else if (removed == added)
        {
          row->stale = TRUE;
        }
      else
        {
          row->position = G_MAXUINT;
        }
    }
}

/** lia_timeline_spoil_rows: all rows must be bound again. */
void
lia_timeline_spoil_rows (LiaTimeline *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    ((LiveRow *)self->rows->pdata[i])->stale = TRUE;

  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/** lia_timeline_set_seen: @seq: of the last entry that who chats is known to have seen, or 0. */
void
lia_timeline_set_seen (LiaTimeline *self,
                       gint64       seq)
{
  if (self->seen == seq)
    return;

  self->seen = seq;
  lia_timeline_spoil_rows (self);
}

void
lia_timeline_free_rows (LiaTimeline *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    row_free (self->rows->pdata[i]);
  for (guint i = 0; i < self->pool->len; i++)
    row_free (self->pool->pdata[i]);

  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->pool, 0);
}
