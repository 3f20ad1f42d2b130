/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-uid-set.h"

/* UIDs are 32-bit and a folder's done ones are nearly always one or two ranges: a sorted array is all it takes. */

#define UID_MAX G_MAXUINT32

typedef struct
{
  gint64 first;
  gint64 last;
} Range;

struct _LiaUidSet
{
  GArray *ranges; /* of Range */
};

static Range *
range_at (const LiaUidSet *self,
          guint            index)
{
  return &g_array_index (self->ranges, Range, index);
}

/* The first range that ends at @uid or later. */
static guint
find (const LiaUidSet *self,
      gint64           uid)
{
  guint low = 0;
  guint high = self->ranges->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (range_at (self, middle)->last < uid)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/**
 * lia_uid_set_new:
 * @text: (nullable): a sequence set without `*`
 *
 * Reads up to the first thing that is not one; what it has until then is kept.
 */
LiaUidSet *
lia_uid_set_new (const char *text)
{
  LiaUidSet  *self = g_new0 (LiaUidSet, 1);
  const char *p = text != NULL ? text : "";

  self->ranges = g_array_new (FALSE, FALSE, sizeof (Range));

  while (g_ascii_isdigit (*p))
    {
      char  *end;
      gint64 first = g_ascii_strtoll (p, &end, 10);
      gint64 last = first;

      if (*end == ':' && g_ascii_isdigit (end[1]))
        last = g_ascii_strtoll (end + 1, &end, 10);

      lia_uid_set_add (self, first, last);
      p = *end == ',' ? end + 1 : end;
    }

  return self;
}

void
lia_uid_set_free (LiaUidSet *self)
{
  g_array_unref (self->ranges);
  g_free (self);
}

/** lia_uid_set_add: all from @first to @last, in whichever order they are given; what is no UID is left out. */
void
lia_uid_set_add (LiaUidSet *self,
                 gint64     first,
                 gint64     last)
{
  Range range = { MAX (MIN (first, last), 1), MIN (MAX (first, last), UID_MAX) };
  guint from;
  guint to;

  if (range.last < range.first)
    return;

  from = find (self, range.first - 1);

  for (to = from; to < self->ranges->len && range_at (self, to)->first <= range.last + 1; to++)
    {
      range.first = MIN (range.first, range_at (self, to)->first);
      range.last = MAX (range.last, range_at (self, to)->last);
    }

  if (to > from)
    g_array_remove_range (self->ranges, from, to - from);

  g_array_insert_val (self->ranges, from, range);
}

gboolean
lia_uid_set_contains (const LiaUidSet *self,
                      gint64           uid)
{
  guint index = find (self, uid);

  return index < self->ranges->len && range_at (self, index)->first <= uid;
}

/** lia_uid_set_count: how many UIDs it holds, not ranges. */
gint64
lia_uid_set_count (const LiaUidSet *self)
{
  gint64 count = 0;

  for (guint i = 0; i < self->ranges->len; i++)
    count += range_at (self, i)->last - range_at (self, i)->first + 1;

  return count;
}

guint
lia_uid_set_n_ranges (const LiaUidSet *self)
{
  return self->ranges->len;
}

void
lia_uid_set_range (const LiaUidSet *self,
                   guint            index,
                   gint64          *first,
                   gint64          *last)
{
  *first = range_at (self, index)->first;
  *last = range_at (self, index)->last;
}

/** lia_uid_set_minus: (transfer full): what is in @self and not in @other: what is left to fetch. */
LiaUidSet *
lia_uid_set_minus (const LiaUidSet *self,
                   const LiaUidSet *other)
{
  LiaUidSet *result = lia_uid_set_new (NULL);

  for (guint i = 0; i < self->ranges->len; i++)
    {
      gint64 next = range_at (self, i)->first;
      gint64 last = range_at (self, i)->last;

      for (guint j = find (other, next); j < other->ranges->len && range_at (other, j)->first <= last; j++)
        {
          if (range_at (other, j)->first > next)
            lia_uid_set_add (result, next, range_at (other, j)->first - 1);

          next = range_at (other, j)->last + 1;
        }

      if (next <= last)
        lia_uid_set_add (result, next, last);
    }

  return result;
}

/** lia_uid_set_newest: the @n highest of them. */
LiaUidSet *
lia_uid_set_newest (const LiaUidSet *self,
                    guint            n)
{
  LiaUidSet *newest = lia_uid_set_new (NULL);

  for (guint i = self->ranges->len; i > 0 && n > 0; i--)
    {
      Range *range = range_at (self, i - 1);
      gint64 count = MIN (n, range->last - range->first + 1);

      lia_uid_set_add (newest, range->last - count + 1, range->last);
      n -= count;
    }

  return newest;
}

char *
lia_uid_set_to_string (const LiaUidSet *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->ranges->len; i++)
    {
      Range *range = range_at (self, i);

      if (text->len > 0)
        g_string_append_c (text, ',');

      g_string_append_printf (text, "%" G_GINT64_FORMAT, range->first);

      if (range->last > range->first)
        g_string_append_printf (text, ":%" G_GINT64_FORMAT, range->last);
    }

  return g_string_free_and_steal (text);
}
