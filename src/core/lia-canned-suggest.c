/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How much each response resembles what the customer wrote. Rare words count more than common ones (BM25's inverse document frequency), other
 * forms of a word and unknown words with a typo count somewhat less, titles and aliases more than bodies. That gives candidates; for these it
 * is decisive how much of one title or one alias the message says, since an alias may be a whole question of another customer.
 */

#include "lia-canned-index-private.h"
#include "lia-canned-text.h"

#include <math.h>
#include <string.h>

#define MAX_WORDS 32 /* of a message: the rarest; a bit each */
#define MAX_MESSAGE_BYTES 8192
#define CANDIDATES 128
#define RARITY 0.75f /* power of the inverse document frequency */
#define BODY 0.45f
#define OTHER_FORM 0.8f
#define MIN_LIKENESS 0.6f /* of forms */
#define TYPO 0.6f
#define MIN_TYPO_SCORE 0.6f /* one letter, not the first */
#define LENGTH 0.3f         /* how much many words in titles and aliases count against a response */
#define SIMILARITY 0.6f
#define PART 0.5f /* what the best title or alias counts, against all words together */

static const float worth_of_field[LIA_CANNED_N_FIELDS] = {
  [LIA_CANNED_FIELD_START] = 1.3f,
  [LIA_CANNED_FIELD_TITLE] = 1.3f,
  [LIA_CANNED_FIELD_SHORTCUT] = 0.5f,
  [LIA_CANNED_FIELD_ALIAS] = 0.9f,
  [LIA_CANNED_FIELD_TAG] = 0.7f,
};

/** MessageWord: a word that the customer wrote, and what it says by how rare it is. */
typedef struct
{
  char *text;
  float rarity;
} MessageWord;

/** HeadWorth: for which word of the message a word of the index may stand, and for how much of it. */
typedef struct
{
  guint said;
  float worth;
} HeadWorth;

typedef struct
{
  LiaCannedIndex *self;
  GArray         *words;  /* MessageWord, the rarest first */
  GHashTable     *worths; /* HeadWorth by number of a head word */
  float           total;  /* of the rarities */
  float           norm;   /* of their squares */
} Message;

static float
rarity_of (LiaCannedIndex *self,
           guint           n_documents)
{
  float n = MIN (n_documents, self->n_documents);

  return powf (log1pf ((self->n_documents - n + 0.5f) / (n + 0.5f)), RARITY);
}

static guint
occurrences (LiaCannedVocabulary *vocabulary,
             const char          *text)
{
  guint32 number = lia_canned_vocabulary_find (vocabulary, text);

  return number != LIA_CANNED_NO_WORD ? lia_canned_vocabulary_word (vocabulary, number)->n_postings : 0;
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  const MessageWord *one = a;
  const MessageWord *other = b;

  if (one->rarity != other->rarity)
    return one->rarity > other->rarity ? -1 : 1;

  return strcmp (one->text, other->text);
}

static void
word_clear (gpointer data)
{
  MessageWord *word = data;

  g_free (word->text);
}

static GArray *
read_message (LiaCannedIndex *self,
              const char     *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, strnlen (text, MAX_MESSAGE_BYTES));
  g_autoptr (GArray) words = lia_canned_text_words (valid);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (MessageWord));

  g_array_set_clear_func (kept, word_clear);
  for (guint i = 0; i < words->len; i++)
    {
      const LiaCannedTextWord *word = &g_array_index (words, LiaCannedTextWord, i);
      guint                    n = MAX (occurrences (self->heads, word->text), occurrences (self->bodies, word->text));

      if (word->kind == LIA_CANNED_TEXT_WORD && g_hash_table_add (seen, word->text))
        g_array_append_vals (kept, &(MessageWord){ g_strdup (word->text), rarity_of (self, n) }, 1);
    }
  g_array_sort (kept, compare_words);
  g_array_set_size (kept, MIN (kept->len, MAX_WORDS));

  return kept;
}

/* A beginning is another form only when little follows, and a word that is known is not mistyped. */
static float
worth_of_match (const LiaCannedWordMatch *match,
                const LiaCannedTyped     *said,
                const LiaCannedWord      *word,
                gboolean                  known)
{
  gunichar letters[LIA_CANNED_MAX_LETTERS + 1];
  gunichar other[LIA_CANNED_MAX_LETTERS + 1];

  if (match->kind == LIA_CANNED_MATCH_EXACT)
    return 1;
  if (match->kind == LIA_CANNED_MATCH_TYPO)
    return known || match->score < MIN_TYPO_SCORE ? 0 : TYPO;
  if (match->kind != LIA_CANNED_MATCH_BEGINNING && match->kind != LIA_CANNED_MATCH_FORM)
    return 0;

  return lia_canned_likeness (letters, lia_canned_letters (said->text, letters),
                              other, lia_canned_letters (word->text, other)) >= MIN_LIKENESS
             ? OTHER_FORM
             : 0;
}

static void
note_worth (Message *message,
            guint32  number,
            guint    said,
            float    worth)
{
  HeadWorth *there = g_hash_table_lookup (message->worths, GUINT_TO_POINTER (number));

  if (there == NULL)
    {
      there = g_new0 (HeadWorth, 1);
      g_hash_table_insert (message->worths, GUINT_TO_POINTER (number), there);
    }
  if (worth > there->worth)
    *there = (HeadWorth){ said, worth };
}

static void
look_up_heads (Message              *message,
               guint                 said,
               const LiaCannedTyped *typed)
{
  LiaCannedIndex    *self = message->self;
  const MessageWord *message_word = &g_array_index (message->words, MessageWord, said);
  gboolean           known = occurrences (self->heads, typed->text) > 0;

  for (guint i = 0; i < typed->heads->len; i++)
    {
      const LiaCannedWordMatch *match = &g_array_index (typed->heads, LiaCannedWordMatch, i);
      const LiaCannedWord      *word = lia_canned_vocabulary_word (self->heads, match->word);
      const guint32            *postings = lia_canned_word_postings (word);
      float                     worth = worth_of_match (match, typed, word, known) * MIN (message_word->rarity, rarity_of (self, word->n_postings));

      if (worth <= 0)
        continue;
      note_worth (message, match->word, said, worth);
      for (guint j = 0; j < word->n_postings; j++)
        {
          float of_field = worth_of_field[LIA_CANNED_POSTING_FIELD (postings[j])];

          if (of_field > 0)
            lia_canned_index_tally (self, LIA_CANNED_POSTING_PLACE (postings[j]), 1u << said, worth * of_field);
        }
    }
}

static void
look_up (Message *message,
         guint    said)
{
  LiaCannedIndex       *self = message->self;
  const MessageWord    *word = &g_array_index (message->words, MessageWord, said);
  const LiaCannedTyped *typed = lia_canned_index_typed (self, word->text, NULL);
  guint32               number = lia_canned_vocabulary_find (self->bodies, word->text);

  look_up_heads (message, said, typed);
  if (number != LIA_CANNED_NO_WORD)
    {
      const LiaCannedWord *in_bodies = lia_canned_vocabulary_word (self->bodies, number);

      for (guint i = 0; i < in_bodies->n_postings; i++)
        lia_canned_index_tally (self, lia_canned_word_postings (in_bodies)[i], 1u << said, BODY * word->rarity);
    }

  message->total += word->rarity;
  message->norm += word->rarity * word->rarity;
}

static gboolean
is_in_part (const LiaCannedHead *head,
            const LiaCannedHead *first)
{
  gboolean titles = head->field <= LIA_CANNED_FIELD_TITLE && first->field <= LIA_CANNED_FIELD_TITLE;

  return (titles || head->field == first->field) && (head->part == first->part || head->part == LIA_CANNED_WHOLE);
}

/* The cosine of the angle between the message and one title or alias, the @n words from @first on. */
static float
likeness_of_part (const Message       *message,
                  const LiaCannedHead *first,
                  guint                n)
{
  float said[MAX_WORDS] = { 0 };
  float norm = 0;
  float product = 0;

  for (guint i = 0; i < n; i++)
    {
      const HeadWorth *worth = g_hash_table_lookup (message->worths, GUINT_TO_POINTER (first[i].word));
      float            rarity = rarity_of (message->self, lia_canned_vocabulary_word (message->self->heads, first[i].word)->n_postings);

      if (first[i].part == LIA_CANNED_WHOLE)
        continue;
      norm += rarity * rarity;
      if (worth != NULL)
        said[worth->said] = MAX (said[worth->said], worth->worth * rarity);
    }
  for (guint i = 0; i < MAX_WORDS; i++)
    product += said[i];

  return norm > 0 && message->norm > 0 ? product / sqrtf (norm * message->norm) : 0;
}

static float
best_part (const Message           *message,
           const LiaCannedDocument *document)
{
  float best = 0;
  guint n;

  for (guint i = 0; i < document->n_heads; i += n)
    {
      const LiaCannedHead *first = &document->heads[i];

      for (n = 1; i + n < document->n_heads && is_in_part (&first[n], first); n++)
        ;
      if (first->field <= LIA_CANNED_FIELD_TITLE || first->field == LIA_CANNED_FIELD_ALIAS)
        best = MAX (best, likeness_of_part (message, first, n));
    }

  return best;
}

static void
take_candidates (Message       *message,
                 LiaCannedBest *best)
{
  LiaCannedIndex *self = message->self;
  float           mean_length = (float)self->total_heads / MAX (1, self->n_documents);

  for (guint i = 0; i < self->n_touched; i++)
    {
      guint32            place = g_array_index (self->touched, guint32, i);
      LiaCannedTally    *tally = &g_array_index (self->tallies, LiaCannedTally, place);
      float              length = lia_canned_index_document (self, place)->n_heads / MAX (1, mean_length);
      LiaCannedCandidate candidate = { place, tally->sum / message->total / (1 - LENGTH + LENGTH * length) };

      *tally = (LiaCannedTally){ 0 };
      if (!isinf (lia_canned_index_prior (self, place)->value))
        lia_canned_index_offer (self, best, candidate);
    }
  self->n_touched = 0;
}

/**
 * lia_canned_index_resemble:
 * @text: what the customer wrote
 *
 * Sets the similarity of the documents that resemble it, and adds it to what speaks for them.
 */
void
lia_canned_index_resemble (LiaCannedIndex *self,
                           const char     *text)
{
  g_autoptr (GArray) words = read_message (self, text);
  g_autoptr (GHashTable) worths = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  LiaCannedCandidate heap[CANDIDATES];
  LiaCannedBest      best = { .heap = heap, .max = CANDIDATES };
  Message            message = { .self = self, .words = words, .worths = worths };

  for (guint i = 0; i < words->len; i++)
    look_up (&message, i);

  take_candidates (&message, &best);
  for (guint i = 0; i < best.n; i++)
    {
      LiaCannedPrior *prior = lia_canned_index_prior (self, heap[i].place);
      float           part = best_part (&message, lia_canned_index_document (self, heap[i].place));

      prior->similarity = MIN (1, (1 - PART) * heap[i].score + PART * part);
      prior->value += SIMILARITY * prior->similarity;
    }
}
