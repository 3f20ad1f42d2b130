/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-library-filter.h"

G_DEFINE_FINAL_TYPE (LiaLibraryFilter, lia_library_filter, G_TYPE_OBJECT)

static void
lia_library_filter_finalize (GObject *object)
{
  g_ptr_array_unref (LIA_LIBRARY_FILTER (object)->places);

  G_OBJECT_CLASS (lia_library_filter_parent_class)->finalize (object);
}

static void
lia_library_filter_class_init (LiaLibraryFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_library_filter_finalize;
}

static void
lia_library_filter_init (LiaLibraryFilter *self)
{
  self->places = g_ptr_array_new_with_free_func (g_object_unref);
}

LiaLibraryFilter *
lia_library_filter_new (void)
{
  return g_object_new (LIA_TYPE_LIBRARY_FILTER, NULL);
}

static gboolean
find (LiaLibraryFilter *self,
      LiaLibraryPlace  *place,
      guint            *index)
{
  return g_ptr_array_find_with_equal_func (self->places, place, (GEqualFunc)lia_library_place_equal, index);
}

gboolean
lia_library_filter_contains (LiaLibraryFilter *self,
                             LiaLibraryPlace  *place)
{
  return find (self, place, NULL);
}

void
lia_library_filter_remove (LiaLibraryFilter *self,
                           LiaLibraryPlace  *place)
{
  guint index;

  if (find (self, place, &index))
    g_ptr_array_remove_index (self->places, index);
}

void
lia_library_filter_clear (LiaLibraryFilter *self)
{
  g_ptr_array_set_size (self->places, 0);
}

/* Whose place another one takes; -1: it stands beside all others */
static int
rank_of (LiaLibraryPlace *place)
{
  switch (place->kind)
    {
    case LIA_LIBRARY_MINE:
    case LIA_LIBRARY_TAG:
      return -1;
    case LIA_LIBRARY_FOLDER:
    case LIA_LIBRARY_LANGUAGE:
      return (int)place->kind;
    case LIA_LIBRARY_ALL:
    case LIA_LIBRARY_UNSAVED:
    case LIA_LIBRARY_REVIEW:
    case LIA_LIBRARY_PROPOSED:
    case LIA_LIBRARY_RETIRED:
    default:
      return LIA_LIBRARY_ALL;
    }
}

/** lia_library_filter_toggle: one more, in the place of another of its kind, or one less; all responses take all away. */
void
lia_library_filter_toggle (LiaLibraryFilter *self,
                           LiaLibraryPlace  *place)
{
  gboolean was_on = lia_library_filter_contains (self, place);

  if (place->kind == LIA_LIBRARY_ALL)
    {
      lia_library_filter_clear (self);
      return;
    }
  for (guint i = self->places->len; i > 0; i--)
    {
      LiaLibraryPlace *other = self->places->pdata[i - 1];

      if (lia_library_place_equal (other, place) || (rank_of (place) >= 0 && rank_of (other) == rank_of (place)))
        g_ptr_array_remove_index (self->places, i - 1);
    }
  if (!was_on)
    g_ptr_array_add (self->places, g_object_ref (place));
}

/* @except: (nullable): a place that is left out */
static gboolean
lies_in_all (LiaLibraryFilter *self,
             LiaLibraryPlace  *except,
             LiaCanned        *canned,
             gint64            now_ms)
{
  gboolean retired = FALSE;

  for (guint i = 0; i < self->places->len; i++)
    {
      LiaLibraryPlace *place = self->places->pdata[i];

      if (place == except)
        continue;
      if (!lia_library_place_has (place, canned, now_ms))
        return FALSE;
      retired = retired || place->kind == LIA_LIBRARY_RETIRED;
    }

  return retired || canned->state != LIA_CANNED_RETIRED;
}

gboolean
lia_library_filter_has (LiaLibraryFilter *self,
                        LiaCanned        *canned,
                        gint64            now_ms)
{
  return lies_in_all (self, NULL, canned, now_ms);
}

/**
 * lia_library_filter_find_narrowest:
 * @library: of LiaCanned
 * @n_without: (out): how many there are without it
 *
 * Returns: (transfer none) (nullable): the place without which most would be found; NULL when none would be, whichever is taken away
 */
LiaLibraryPlace *
lia_library_filter_find_narrowest (LiaLibraryFilter *self,
                                   GPtrArray        *library,
                                   gint64            now_ms,
                                   guint            *n_without)
{
  LiaLibraryPlace *narrowest = NULL;

  *n_without = 0;
  for (guint i = 0; i < self->places->len; i++)
    {
      guint n = 0;

      for (guint j = 0; j < library->len; j++)
        n += lies_in_all (self, self->places->pdata[i], library->pdata[j], now_ms);
      if (n > *n_without)
        {
          *n_without = n;
          narrowest = self->places->pdata[i];
        }
    }

  return narrowest;
}
