/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two words letter by letter: how many typos lie between them, whether they are forms of one, which letters they share. */

#include "lia-canned-letters.h"

#include <string.h>

#define MAX_ENDING 7u
#define FEW_BEGINNINGS 3 /* three letters that so few words begin with may be mistyped */

/** lia_canned_letters: Returns: the number of letters written, at most LIA_CANNED_MAX_LETTERS */
guint
lia_canned_letters (const char *text,
                    gunichar    letters[LIA_CANNED_MAX_LETTERS + 1])
{
  guint n = 0;

  for (const char *at = text; *at != '\0' && n < LIA_CANNED_MAX_LETTERS; at = g_utf8_next_char (at))
    letters[n++] = g_utf8_get_char (at);

  return n;
}

/**
 * lia_canned_distance:
 * @limit: the most typos that count
 * @beginning: (out): the same for the beginning of the word that is nearest
 *
 * Returns: the typos between what was typed and a word; more than @limit when there are too many
 */
guint
lia_canned_distance (const gunichar *typed,
                     guint           n_typed,
                     const gunichar *word,
                     guint           n_word,
                     guint           limit,
                     guint          *beginning)
{
  guint8  rows[3][LIA_CANNED_MAX_LETTERS + 1];
  guint8 *before = rows[0];
  guint8 *above = rows[1];
  guint8 *row = rows[2];
  guint   width = MIN (n_word, n_typed + limit);

  *beginning = limit + 1;
  for (guint j = 0; j <= width; j++)
    above[j] = j;

  for (guint i = 1; i <= n_typed; i++)
    {
      guint8  best = row[0] = i;
      guint8 *spare = before;

      for (guint j = 1; j <= width; j++)
        {
          guint8 d = MIN (above[j - 1] + (typed[i - 1] != word[j - 1]), MIN (above[j], row[j - 1]) + 1);

          if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1])
            d = MIN (d, before[j - 2] + 1);
          row[j] = d;
          best = MIN (best, d);
        }

      if (best > limit)
        return limit + 1;
      before = above;
      above = row;
      row = spare;
    }

  for (guint j = 0; j <= width; j++)
    *beginning = MIN (*beginning, above[j]);

  return n_word > width ? limit + 1 : above[width];
}

static guint
common_letters (const gunichar *one,
                guint           n_one,
                const gunichar *other,
                guint           n_other)
{
  guint n = 0;

  while (n < n_one && n < n_other && one[n] == other[n])
    n++;

  return n;
}

/**
 * lia_canned_likeness:
 *
 * Whether two words are forms of one, in any language that changes the ends of words: they begin alike, and what follows is short.
 *
 * Returns: from 0 to 1
 */
float
lia_canned_likeness (const gunichar *one,
                     guint           n_one,
                     const gunichar *other,
                     guint           n_other)
{
  guint n = common_letters (one, n_one, other, n_other);

  if (n < LIA_CANNED_MIN_STEM || n_one - n > MAX_ENDING || n_other - n > MAX_ENDING)
    return 0;

  return 2.0f * n / (n_one + n_other);
}

/** lia_canned_typos_for: Returns: how many typos a word of @n_letters may have, when @n_beginnings words begin like it */
guint
lia_canned_typos_for (guint n_letters,
                      guint n_beginnings)
{
  if (n_letters >= 7)
    return 2;
  if (n_letters >= 4)
    return 1;

  return n_letters == 3 && n_beginnings < FEW_BEGINNINGS ? 1 : 0;
}

static void
align_letters (const gunichar     *typed,
               guint               n_typed,
               const gunichar     *word,
               guint               n_word,
               LiaCannedAlignment *alignment)
{
  guint i = 0;

  for (guint j = 0; j < n_word && i < n_typed; j++)
    {
      alignment->matched[j] = word[j] == typed[i];
      i += alignment->matched[j];
    }
}

/* The way back through the table of distances, over letters that are the same or swapped. */
static void
align_typos (const gunichar     *typed,
             guint               n_typed,
             const gunichar     *word,
             guint               n_word,
             LiaCannedAlignment *alignment)
{
  guint8 d[LIA_CANNED_MAX_LETTERS + 1][LIA_CANNED_MAX_LETTERS + 1];
  guint  i = n_typed;
  guint  j = 0;

  for (guint a = 0; a <= n_typed; a++)
    {
      for (guint b = 0; b <= n_word; b++)
        {
          if (a == 0 || b == 0)
            {
              d[a][b] = a + b;
              continue;
            }
          d[a][b] = MIN (d[a - 1][b - 1] + (typed[a - 1] != word[b - 1]), MIN (d[a - 1][b], d[a][b - 1]) + 1);
          if (a > 1 && b > 1 && typed[a - 1] == word[b - 2] && typed[a - 2] == word[b - 1])
            d[a][b] = MIN (d[a][b], d[a - 2][b - 2] + 1);
        }
    }

  for (guint b = 0; b <= n_word; b++)
    {
      if (d[n_typed][b] <= d[n_typed][j])
        j = b;
    }
  while (i > 0 && j > 0)
    {
      gboolean swapped = i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1];

      if (typed[i - 1] == word[j - 1] && d[i][j] == d[i - 1][j - 1])
        {
          alignment->matched[--j] = TRUE;
          i--;
        }
      else if (swapped && d[i][j] == d[i - 2][j - 2] + 1)
        {
          alignment->matched[j - 1] = alignment->matched[j - 2] = TRUE;
          i -= 2;
          j -= 2;
        }
      else if (d[i][j] == d[i - 1][j - 1] + 1)
        i--, j--;
      else if (d[i][j] == d[i - 1][j] + 1)
        i--;
      else
        j--;
    }
}

/** lia_canned_align: which letters of a word, that @typed was found to match, were typed. */
void
lia_canned_align (const char         *typed,
                  const char         *word,
                  LiaCannedAlignment *alignment)
{
  gunichar typed_letters[LIA_CANNED_MAX_LETTERS + 1];
  gunichar word_letters[LIA_CANNED_MAX_LETTERS + 1];
  guint    n_typed = lia_canned_letters (typed, typed_letters);
  guint    n_word = lia_canned_letters (word, word_letters);
  guint    limit = lia_canned_typos_for (n_typed, 0);
  guint    beginning;

  memset (alignment, 0, sizeof *alignment);
  if (lia_canned_distance (typed_letters, n_typed, word_letters, n_word, limit, &beginning) <= limit || beginning <= limit)
    align_typos (typed_letters, n_typed, word_letters, n_word, alignment);
  else
    align_letters (typed_letters, n_typed, word_letters, n_word, alignment);
}
