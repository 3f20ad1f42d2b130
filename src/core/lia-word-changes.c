/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-word-changes.h"

#include <string.h>

/*
 * What has changed between two texts, in whole words: the shortest list of removed and added words (E. Myers, An O(ND) Difference Algorithm,
 * 1986). Words are runs of letters and digits, runs of blanks, and every other character by itself. Texts that have little in common are told
 * as removed and added as a whole: nobody reads a thousand small changes, and the time stays bounded.
 */

#define MAX_CHANGES 1000

typedef struct
{
  const char *text;
  GArray     *starts; /* gsize: where each word begins, and the end of the text behind the last */
} Words;

static guint
kind_of (gunichar c)
{
  if (g_unichar_isalnum (c) || g_unichar_ismark (c))
    return 1;

  return c == ' ' || c == '\t' ? 2 : 0;
}

static Words
cut (const char *text)
{
  Words words = { text, g_array_new (FALSE, FALSE, sizeof (gsize)) };
  guint last = 0;
  gsize end = strlen (text);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      guint kind = kind_of (g_utf8_get_char (at));
      gsize start = at - text;

      if (kind == 0 || kind != last)
        g_array_append_val (words.starts, start);
      last = kind;
    }
  g_array_append_val (words.starts, end);

  return words;
}

static gsize
start_of (const Words *words,
          guint        index)
{
  return g_array_index (words->starts, gsize, index);
}

static gboolean
equal (const Words *a,
       guint        i,
       const Words *b,
       guint        j)
{
  gsize length = start_of (a, i + 1) - start_of (a, i);

  return length == start_of (b, j + 1) - start_of (b, j) && memcmp (a->text + start_of (a, i), b->text + start_of (b, j), length) == 0;
}

static void
add (GArray        *changes,
     LiaWordsChange change,
     gsize          start,
     gsize          end)
{
  LiaWordChange *last = changes->len > 0 ? &g_array_index (changes, LiaWordChange, changes->len - 1) : NULL;
  LiaWordChange  next = { change, start, end };

  if (start == end)
    return;
  if (last != NULL && last->change == change && last->end == start)
    last->end = end;
  else
    g_array_append_val (changes, next);
}

/* The two between @first and their ends @n and @m, on the way that the furthest places of each number of changes tell; from behind */
static void
walk_back (GPtrArray   *furthest,
           const Words *a,
           const Words *b,
           int          first,
           int          n,
           int          m,
           GArray      *steps)
{
  int x = n, y = m;

  for (int d = (int)furthest->len - 1; d >= 0; d--)
    {
      const int *v = (const int *)furthest->pdata[d] + d + 1; /* of d - 1 changes, from -d-1 on */
      int        k = x - y;
      gboolean   down = d > 0 && (k == -d || (k != d && v[k - 1] < v[k + 1]));
      int        from_x = d == 0 ? 0 : down ? v[k + 1]
                                            : v[k - 1];
      int        from_y = d == 0 ? 0 : from_x - (down ? k + 1 : k - 1);

      for (; x > from_x && y > from_y; x--, y--)
        {
          LiaWordChange same = { LIA_WORDS_SAME, start_of (a, first + x - 1), start_of (a, first + x) };

          g_array_append_val (steps, same);
        }
      if (d > 0)
        {
          LiaWordChange step = down ? (LiaWordChange){ LIA_WORDS_ADDED, start_of (b, first + y - 1), start_of (b, first + y) } : (LiaWordChange){ LIA_WORDS_REMOVED, start_of (a, first + x - 1), start_of (a, first + x) };

          g_array_append_val (steps, step);
          x = from_x;
          y = from_y;
        }
    }
}

/* Myers' greedy search; NULL: more than MAX_CHANGES. Each element is the row before the step: 2d + 3 places around the diagonal 0. */
static GPtrArray *
search (const Words *a,
        const Words *b,
        int          first,
        int          n,
        int          m)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  int             max = MIN (n + m, MAX_CHANGES);
  g_autofree int *all = g_new0 (int, 2 * max + 3);
  int            *v = all + max + 1;

  for (int d = 0; d <= max; d++)
    {
      g_ptr_array_add (rows, g_memdup2 (v - d - 1, sizeof (int) * (2 * d + 3)));
      for (int k = -d; k <= d; k += 2)
        {
          int x = k == -d || (k != d && v[k - 1] < v[k + 1]) ? v[k + 1] : v[k - 1] + 1;

          x = d == 0 ? 0 : x;
          while (x < n && x - k < m && equal (a, first + x, b, first + x - k))
            x++;
          v[k] = x;
          if (x >= n && x - k >= m)
            return g_steal_pointer (&rows);
        }
    }

  return NULL;
}

static void
add_middle (GArray      *changes,
            const Words *a,
            const Words *b,
            int          first,
            int          n,
            int          m)
{
  g_autoptr (GPtrArray) furthest = search (a, b, first, n, m);
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (LiaWordChange));

  if (furthest == NULL)
    {
      add (changes, LIA_WORDS_REMOVED, start_of (a, first), start_of (a, first + n));
      add (changes, LIA_WORDS_ADDED, start_of (b, first), start_of (b, first + m));
      return;
    }

  walk_back (furthest, a, b, first, n, m, steps);
  for (guint i = steps->len; i > 0; i--)
    {
      const LiaWordChange *step = &g_array_index (steps, LiaWordChange, i - 1);

      add (changes, step->change, step->start, step->end);
    }
}

/** lia_word_changes: Returns: (transfer full): of LiaWordChange, in the order in which one reads them. Both texts are UTF-8. */
GArray *
lia_word_changes (const char *before,
                  const char *after)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (LiaWordChange));
  Words   a = cut (before);
  Words   b = cut (after);
  int     n = (int)a.starts->len - 1, m = (int)b.starts->len - 1;
  int     first = 0, last = 0;

  while (first < n && first < m && equal (&a, first, &b, first))
    first++;
  while (last < n - first && last < m - first && equal (&a, n - last - 1, &b, m - last - 1))
    last++;

  add (changes, LIA_WORDS_SAME, 0, start_of (&a, first));
  add_middle (changes, &a, &b, first, n - first - last, m - first - last);
  add (changes, LIA_WORDS_SAME, start_of (&a, n - last), start_of (&a, n));

  g_array_unref (a.starts);
  g_array_unref (b.starts);

  return changes;
}
