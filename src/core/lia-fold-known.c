/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-fold-known.h"

#include <string.h>

/*
 * A text becomes a row of word hashes: case, accents, punctuation and line ends do not count, so a quote is found however the other side's
 * client wrapped or marked it. Scripts without blanks between words give a word a character. Every five words in a row are one shingle; what the
 * earlier messages have of them goes into an open hash set. All linear, and bounded by MAX_WORDS a text.
 */

#define SHINGLE 5
#define MAX_WORDS 20000
#define MAX_EARLIER 10

struct _LiaFoldKnown
{
  guint32 *slots; /* 0 = free */
  guint32  mask;
};

typedef struct
{
  guint32 hash;
  guint32 line;
} Word;

static gunichar
base_letter (gunichar letter)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

  if (letter < 0x80)
    return g_ascii_tolower ((char)letter);

  g_unichar_fully_decompose (letter, FALSE, parts, G_N_ELEMENTS (parts));

  return g_unichar_tolower (parts[0]);
}

static void
end_word (GArray  *words,
          guint32 *hash,
          guint32  line)
{
  Word word = { *hash, line };

  if (*hash != 0 && words->len < MAX_WORDS)
    g_array_append_val (words, word);

  *hash = 0;
}

/* @line_starts NULL: all on line 0. */
static GArray *
split_words (const char  *text,
             const gsize *line_starts,
             guint        n_lines)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));
  guint32 hash = 0;
  guint32 line = 0;

  for (const char *p = text; *p != '\0' && words->len < MAX_WORDS; p = g_utf8_next_char (p))
    {
      gunichar letter = (guchar)*p < 0x80 ? (gunichar)*p : g_utf8_get_char (p);

      while (line + 1 < n_lines && line_starts[line + 1] <= (gsize)(p - text))
        {
          end_word (words, &hash, line);
          line++;
        }

      if (letter >= 0x300 && g_unichar_ismark (letter))
        continue;

      if (letter < 0x80 ? !g_ascii_isalnum ((char)letter) : !g_unichar_isalnum (letter))
        {
          end_word (words, &hash, line);
          continue;
        }

      if (letter >= 0x2e80)
        end_word (words, &hash, line);

      hash = ((hash != 0 ? hash : 2166136261u) ^ base_letter (letter)) * 16777619u;
      hash += hash == 0;

      if (letter >= 0x2e80)
        end_word (words, &hash, line);
    }

  end_word (words, &hash, line);

  return words;
}

static guint32
shingle_at (GArray *words,
            guint   index)
{
  guint32 hash = 17;

  for (guint i = 0; i < SHINGLE; i++)
    hash = (hash * 0x9e3779b1u) ^ g_array_index (words, Word, index + i).hash;

  return hash != 0 ? hash : 1;
}

static gboolean
is_known (LiaFoldKnown *self,
          guint32       shingle)
{
  for (guint32 slot = shingle & self->mask; self->slots[slot] != 0; slot = (slot + 1) & self->mask)
    {
      if (self->slots[slot] == shingle)
        return TRUE;
    }

  return FALSE;
}

static void
add (LiaFoldKnown *self,
     guint32       shingle)
{
  guint32 slot = shingle & self->mask;

  while (self->slots[slot] != 0 && self->slots[slot] != shingle)
    slot = (slot + 1) & self->mask;

  self->slots[slot] = shingle;
}

/**
 * lia_fold_known_new:
 * @earlier: (nullable): the texts of the conversation's earlier messages, newest first; the first ten are used
 *
 * Returns: (nullable): NULL where there is nothing to know
 */
LiaFoldKnown *
lia_fold_known_new (const char *const *earlier)
{
  GArray       *texts[MAX_EARLIER];
  guint         n_texts = 0;
  guint         total = 0;
  guint32       size = 64;
  LiaFoldKnown *self = NULL;

  for (; earlier != NULL && earlier[n_texts] != NULL && n_texts < MAX_EARLIER; n_texts++)
    {
      texts[n_texts] = split_words (earlier[n_texts], NULL, 0);
      total += texts[n_texts]->len;
    }

  if (total >= SHINGLE)
    {
      while (size < total * 2)
        size *= 2;

      self = g_new0 (LiaFoldKnown, 1);
      self->slots = g_new0 (guint32, size);
      self->mask = size - 1;

      for (guint i = 0; i < n_texts; i++)
        {
          for (guint word = 0; word + SHINGLE <= texts[i]->len; word++)
            add (self, shingle_at (texts[i], word));
        }
    }

  for (guint i = 0; i < n_texts; i++)
    g_array_unref (texts[i]);

  return self;
}

void
lia_fold_known_free (LiaFoldKnown *self)
{
  g_free (self->slots);
  g_free (self);
}

/**
 * lia_fold_known_match:
 * @self: (nullable):
 * @line_starts: the offset of each line in @text
 * @words: (out): how many words each line has
 * @known: (out): how many of them are part of a known run
 */
void
lia_fold_known_match (LiaFoldKnown *self,
                      const char   *text,
                      const gsize  *line_starts,
                      guint         n_lines,
                      guint16      *words,
                      guint16      *known)
{
  g_autoptr (GArray) row = split_words (text, line_starts, n_lines);
  guint known_until = 0;

  memset (words, 0, n_lines * sizeof *words);
  memset (known, 0, n_lines * sizeof *known);

  for (guint i = 0; i < row->len; i++)
    {
      guint32 line = g_array_index (row, Word, i).line;

      if (self != NULL && i + SHINGLE <= row->len && is_known (self, shingle_at (row, i)))
        known_until = i + SHINGLE;

      if (words[line] < G_MAXUINT16)
        {
          words[line]++;
          known[line] += i < known_until;
        }
    }
}
