/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which letters of a title and a shortcut were typed, so that a row can say why it is there. */

#include "lia-canned-index-private.h"
#include "lia-canned-text.h"

#include <string.h>

static void
mark (GArray *marks,
      gsize   start,
      gsize   end)
{
  LiaTokenRange range = { start, end };
  guint         at = 0;

  while (at < marks->len && g_array_index (marks, LiaTokenRange, at).end < start)
    at++;
  while (at < marks->len && g_array_index (marks, LiaTokenRange, at).start <= range.end)
    {
      range.start = MIN (range.start, g_array_index (marks, LiaTokenRange, at).start);
      range.end = MAX (range.end, g_array_index (marks, LiaTokenRange, at).end);
      g_array_remove_index (marks, at);
    }
  g_array_insert_val (marks, at, range);
}

/* A character with what belongs to it. */
static const char *
next_character (const char *at,
                const char *end)
{
  do
    at = g_utf8_next_char (at);
  while (at < end && g_unichar_ismark (g_utf8_get_char (at)));

  return at;
}

static void
on_letters (const LiaToken *token,
            gpointer        data)
{
  guint *n = data;

  *n += g_utf8_strlen (token->text, -1);
}

/* One character of the original may be several letters of the folded word (ß), or none (a mark, a hyphen). */
static void
mark_letters (const char               *text,
              const LiaCannedTextWord  *word,
              const LiaCannedAlignment *alignment,
              GArray                   *marks)
{
  const char *end = text + word->end;
  guint       letter = 0;

  for (const char *at = text + word->start; at < end;)
    {
      const char *next = next_character (at, end);
      gboolean    matched = FALSE;
      guint       n = 0;

      lia_tokens_scan (at, next - at, on_letters, &n);
      if (word->kind == LIA_CANNED_TEXT_RESPELLED && (guchar)*at >= 0x80 && n == 1)
        n = 2;
      for (; n > 0 && letter < LIA_CANNED_MAX_LETTERS; n--)
        matched |= alignment->matched[letter++];
      if (matched)
        mark (marks, at - text, next - text);
      at = next;
    }
}

static void
mark_initials (const char   *text,
               const GArray *words,
               guint         n,
               GArray       *marks)
{
  for (guint i = 0; i < words->len && n > 0; i++)
    {
      const LiaCannedTextWord *word = &g_array_index (words, LiaCannedTextWord, i);

      if (word->kind != LIA_CANNED_TEXT_WORD)
        continue;
      mark (marks, word->start, next_character (text + word->start, text + word->end) - text);
      n--;
    }
}

static const LiaCannedWordMatch *
match_of (LiaCannedIndex       *self,
          const LiaCannedTyped *typed,
          const char           *text)
{
  guint32 number = lia_canned_vocabulary_find (self->heads, text);

  for (guint i = 0; i < typed->heads->len; i++)
    {
      const LiaCannedWordMatch *match = &g_array_index (typed->heads, LiaCannedWordMatch, i);

      if (match->word == number)
        return match;
    }

  return NULL;
}

/* Marks the word that fits best; FALSE when none does. */
static gboolean
mark_typed (LiaCannedIndex       *self,
            const char           *text,
            const GArray         *words,
            const LiaCannedTyped *typed,
            GArray               *marks)
{
  const LiaCannedTextWord *best_word = NULL;
  LiaCannedAlignment       alignment = { 0 };
  float                    best = 0;

  for (guint i = 0; i < words->len; i++)
    {
      const LiaCannedTextWord  *word = &g_array_index (words, LiaCannedTextWord, i);
      const LiaCannedWordMatch *match = match_of (self, typed, word->text);

      if (match != NULL && match->score > best)
        {
          best = match->score;
          best_word = word;
        }
    }
  if (best_word == NULL)
    return FALSE;

  if (typed->spelled != NULL && g_str_has_prefix (best_word->text, typed->spelled))
    lia_canned_align (typed->spelled, best_word->text, &alignment);
  else
    lia_canned_align (typed->text, best_word->text, &alignment);
  mark_letters (text, best_word, &alignment, marks);

  return TRUE;
}

static void
mark_text (LiaCannedIndex        *self,
           const char            *text,
           const LiaCannedPhrase *phrase,
           gboolean               initials,
           GArray                *marks)
{
  g_autoptr (GArray) words = lia_canned_text_words (text);

  for (guint i = 0; i < phrase->n; i++)
    {
      const LiaCannedTyped *typed = phrase->words[i];

      if (!mark_typed (self, text, words, typed, marks) && initials)
        mark_initials (text, words, typed->n_letters, marks);
    }
}

/**
 * lia_canned_index_make_hit:
 * @phrases: (nullable): LiaCannedPhrase, what was typed
 *
 * Returns: (transfer full): what the outside gets of a row
 */
LiaCannedHit *
lia_canned_index_make_hit (LiaCannedIndex     *self,
                           const LiaCannedRow *row,
                           const GArray       *phrases)
{
  LiaCannedHit         *hit = lia_canned_hit_new ();
  LiaCanned            *canned = lia_canned_index_document (self, row->place)->canned;
  const LiaCannedPrior *prior = lia_canned_index_prior (self, row->place);
  LiaCannedFit          misfit;

  hit->canned = g_object_ref (canned);
  hit->score = row->score;
  hit->match = row->match;
  hit->partial = row->partial;
  hit->own_use = lia_canned_use_at (&canned->own_use, self->context->now_ms);
  hit->team_use = lia_canned_use_at (&canned->team_use, self->context->now_ms);
  hit->fit = lia_canned_fit (self->context, canned, &misfit);
  hit->similarity = prior->similarity;
  hit->suggested = prior->similarity >= LIA_CANNED_SIMILAR_ENOUGH;

  if (phrases != NULL)
    {
      const LiaCannedPhrase *phrase = &g_array_index (phrases, LiaCannedPhrase, row->phrase);

      mark_text (self, canned->title, phrase, row->match == LIA_CANNED_MATCH_INITIALS, hit->title_marks);
      mark_text (self, canned->shortcut, phrase, FALSE, hit->shortcut_marks);
    }

  return hit;
}
