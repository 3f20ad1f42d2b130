/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-canned-edit.h"
#include "lia-word-changes.h"

#include <string.h>

/* How far what was sent is from what a response said. */

/** lia_canned_normalise: (transfer full): lines that end with LF and without blanks, as texts are compared. */
char *
lia_canned_normalise (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_strchomp (lines[i]);

  return g_strjoinv ("\n", lines);
}

static guint
count_words (const char *text,
             gsize       length)
{
  guint    n = 0;
  gboolean inside = FALSE;

  for (const char *at = text; at < text + length; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean word = g_unichar_isalnum (c) || g_unichar_ismark (c);

      n += word && !inside;
      inside = word;
    }

  return n;
}

/** lia_canned_measure: @said and @sent are UTF-8. */
LiaCannedDistance
lia_canned_measure (const char *said,
                    const char *sent)
{
  g_autofree char *before = lia_canned_normalise (said);
  g_autofree char *after = lia_canned_normalise (sent);
  g_autoptr (GArray) steps = lia_word_changes (before, after);
  LiaCannedDistance distance = {
    .of_words = MAX (count_words (before, strlen (before)), count_words (after, strlen (after))),
    .of_characters = (guint)MAX (g_utf8_strlen (before, -1), g_utf8_strlen (after, -1)),
  };
  guint words[3] = { 0 }, characters[3] = { 0 };

  for (guint i = 0; i <= steps->len; i++)
    {
      const LiaWordChange *step = i < steps->len ? &g_array_index (steps, LiaWordChange, i) : NULL;

      if (step == NULL || step->change == LIA_WORDS_SAME)
        {
          distance.words += MAX (words[LIA_WORDS_REMOVED], words[LIA_WORDS_ADDED]);
          distance.characters += MAX (characters[LIA_WORDS_REMOVED], characters[LIA_WORDS_ADDED]);
          memset (words, 0, sizeof words);
          memset (characters, 0, sizeof characters);
        }
      else
        {
          const char *text = (step->change == LIA_WORDS_ADDED ? after : before) + step->start;

          words[step->change] += count_words (text, step->end - step->start);
          characters[step->change] += (guint)g_utf8_strlen (text, step->end - step->start);
        }
    }

  return distance;
}
