/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * All canned responses that an agent may use, in memory, so that a keystroke is answered without asking anybody. This file keeps what is
 * searched: the words of each response, and for each word the responses. lia-canned-prior.c says what speaks for a response before anything is
 * typed, lia-canned-aim.c for what it is made, lia-canned-match.c which words a typed word may stand for, lia-canned-read.c how what was typed may be read, lia-canned-rank.c which
 * responses it finds and in which order, lia-canned-suggest.c which ones a customer's message asks for. Used by one thread at a time.
 */

#include "lia-canned-index-private.h"
#include "lia-canned-text.h"

#include <string.h>

#define MAX_BODY_WORDS 4000 /* of one response */
#define MAX_POSITION 255
#define MIN_INITIALS 2
#define MAX_INITIALS 8

G_DEFINE_FINAL_TYPE (LiaCannedIndex, lia_canned_index, G_TYPE_OBJECT)

static void
document_clear (gpointer data)
{
  LiaCannedDocument *document = data;

  g_clear_object (&document->canned);
  g_clear_pointer (&document->heads, g_free);
  g_clear_pointer (&document->bodies, g_free);
}

static void
lia_canned_index_finalize (GObject *object)
{
  LiaCannedIndex *self = (LiaCannedIndex *)object;

  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->aims, g_hash_table_unref);
  g_clear_pointer (&self->typed, g_hash_table_unref);
  g_clear_pointer (&self->documents, g_array_unref);
  g_clear_pointer (&self->free_places, g_array_unref);
  g_clear_pointer (&self->priors, g_array_unref);
  g_clear_pointer (&self->tallies, g_array_unref);
  g_clear_pointer (&self->touched, g_array_unref);
  g_clear_pointer (&self->heads, lia_canned_vocabulary_free);
  g_clear_pointer (&self->bodies, lia_canned_vocabulary_free);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (lia_canned_index_parent_class)->finalize (object);
}

static void
lia_canned_index_class_init (LiaCannedIndexClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_canned_index_finalize;
}

static void
lia_canned_index_init (LiaCannedIndex *self)
{
  self->documents = g_array_new (FALSE, TRUE, sizeof (LiaCannedDocument));
  g_array_set_clear_func (self->documents, document_clear);
  self->free_places = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->aims = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)lia_canned_aim_free);
  self->heads = lia_canned_vocabulary_new (TRUE);
  self->bodies = lia_canned_vocabulary_new (FALSE);
  self->typed = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)lia_canned_typed_free);
  self->priors = g_array_new (FALSE, TRUE, sizeof (LiaCannedPrior));
  self->tallies = g_array_new (FALSE, TRUE, sizeof (LiaCannedTally));
  self->touched = g_array_new (FALSE, FALSE, sizeof (guint32));
}

/** lia_canned_index_new: an index without responses. */
LiaCannedIndex *
lia_canned_index_new (void)
{
  return g_object_new (LIA_TYPE_CANNED_INDEX, NULL);
}

static void
add_head (LiaCannedIndex *self,
          GArray         *heads,
          const char     *text,
          LiaCannedField  field,
          guint16         part,
          guint           position)
{
  LiaCannedHead head = { lia_canned_vocabulary_add (self->heads, text), part, field, MIN (position, MAX_POSITION) };

  g_array_append_val (heads, head);
}

static void
add_field (LiaCannedIndex *self,
           GArray         *heads,
           const char     *text,
           LiaCannedField  field,
           guint16         part)
{
  g_autoptr (GArray) words = lia_canned_text_words (text);

  for (guint i = 0; i < words->len; i++)
    {
      const LiaCannedTextWord *word = &g_array_index (words, LiaCannedTextWord, i);
      gboolean                 start = field == LIA_CANNED_FIELD_TITLE && word->position == 0;

      add_head (self, heads, word->text, start ? LIA_CANNED_FIELD_START : field,
                word->kind == LIA_CANNED_TEXT_WHOLE ? LIA_CANNED_WHOLE : part, word->position);
    }
}

/* "rp" for "Refund policy". */
static void
add_initials (LiaCannedIndex *self,
              GArray         *heads,
              const char     *title)
{
  g_autoptr (GArray) words = lia_canned_text_words (title);
  g_autoptr (GString) initials = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < words->len && n < MAX_INITIALS; i++)
    {
      const LiaCannedTextWord *word = &g_array_index (words, LiaCannedTextWord, i);

      if (word->kind != LIA_CANNED_TEXT_WORD)
        continue;
      g_string_append_unichar (initials, g_utf8_get_char (word->text));
      n++;
    }

  if (n >= MIN_INITIALS)
    add_head (self, heads, initials->str, LIA_CANNED_FIELD_INITIALS, 0, 0);
}

static GArray *
read_heads (LiaCannedIndex *self,
            LiaCanned      *canned)
{
  GArray *heads = g_array_new (FALSE, FALSE, sizeof (LiaCannedHead));
  guint   n_tags = g_strv_length (canned->tags);

  add_field (self, heads, canned->title, LIA_CANNED_FIELD_TITLE, 0);
  add_initials (self, heads, canned->title);
  add_field (self, heads, canned->shortcut, LIA_CANNED_FIELD_SHORTCUT, 0);
  for (guint i = 0; canned->aliases[i] != NULL; i++)
    add_field (self, heads, canned->aliases[i], LIA_CANNED_FIELD_ALIAS, i);
  for (guint i = 0; i < n_tags; i++)
    add_field (self, heads, canned->tags[i], LIA_CANNED_FIELD_TAG, i);
  add_field (self, heads, canned->folder, LIA_CANNED_FIELD_TAG, n_tags);

  return heads;
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  guint32 one = *(const guint32 *)a;
  guint32 other = *(const guint32 *)b;

  return one < other ? -1 : one > other;
}

static void
drop_repeated (GArray *numbers)
{
  guint kept = 0;

  g_array_sort (numbers, compare_numbers);
  for (guint i = 0; i < numbers->len; i++)
    {
      guint32 number = g_array_index (numbers, guint32, i);

      if (kept == 0 || g_array_index (numbers, guint32, kept - 1) != number)
        g_array_index (numbers, guint32, kept++) = number;
    }
  g_array_set_size (numbers, kept);
}

typedef struct
{
  LiaCannedIndex *index;
  const char     *text;
  GArray         *numbers;
} BodyReading;

static void
on_body_word (const LiaToken *token,
              gpointer        data)
{
  BodyReading     *reading = data;
  g_autofree char *respelled = NULL;
  guint32          number;

  if (reading->numbers->len >= MAX_BODY_WORDS)
    return;

  number = lia_canned_vocabulary_add (reading->index->bodies, token->text);
  g_array_append_val (reading->numbers, number);
  respelled = lia_canned_text_respell (reading->text + token->start, token->end - token->start);
  if (respelled == NULL)
    return;

  number = lia_canned_vocabulary_add (reading->index->bodies, respelled);
  g_array_append_val (reading->numbers, number);
}

static GArray *
read_bodies (LiaCannedIndex *self,
             LiaCanned      *canned)
{
  BodyReading reading = { self, NULL, g_array_new (FALSE, FALSE, sizeof (guint32)) };

  for (guint i = 0; i < canned->variants->len; i++)
    {
      const LiaCannedVariant *variant = g_ptr_array_index (canned->variants, i);

      reading.text = variant->body;
      lia_tokens_scan (variant->body, strlen (variant->body), on_body_word, &reading);
    }
  drop_repeated (reading.numbers);

  return reading.numbers;
}

static guint
title_letters (const char *title)
{
  g_autoptr (GArray) words = lia_canned_text_words (title);
  guint n = 0;

  for (guint i = 0; i < words->len; i++)
    {
      const LiaCannedTextWord *word = &g_array_index (words, LiaCannedTextWord, i);

      n += word->kind == LIA_CANNED_TEXT_WORD ? g_utf8_strlen (word->text, -1) : 0;
    }

  return n;
}

/* A word stands in a field once, however often it does. */
static gboolean
is_repeated (const LiaCannedDocument *document,
             guint                    index)
{
  const LiaCannedHead *head = &document->heads[index];

  for (guint i = 0; i < index; i++)
    {
      if (document->heads[i].word == head->word && document->heads[i].field == head->field)
        return TRUE;
    }

  return FALSE;
}

static void
post (LiaCannedIndex *self,
      guint32         place,
      void (*func) (LiaCannedVocabulary *vocabulary, guint32 word, guint32 posting))
{
  LiaCannedDocument *document = lia_canned_index_document (self, place);

  for (guint i = 0; i < document->n_heads; i++)
    {
      if (!is_repeated (document, i))
        func (self->heads, document->heads[i].word, LIA_CANNED_POSTING (place, document->heads[i].field));
    }
  for (guint i = 0; i < document->n_bodies; i++)
    func (self->bodies, document->bodies[i], place);
}

static guint32
take_place (LiaCannedIndex *self)
{
  guint32 place = self->documents->len;

  if (self->free_places->len > 0)
    {
      place = g_array_index (self->free_places, guint32, self->free_places->len - 1);
      g_array_set_size (self->free_places, self->free_places->len - 1);
      return place;
    }

  g_array_set_size (self->documents, place + 1);
  g_array_set_size (self->priors, place + 1);
  g_array_set_size (self->tallies, place + 1);
  g_array_set_size (self->touched, place + 1);

  return place;
}

/**
 * lia_canned_index_put:
 *
 * Adds a response, or takes it in place of the one with its id.
 */
void
lia_canned_index_put (LiaCannedIndex *self,
                      LiaCanned      *canned)
{
  g_autoptr (GArray) heads = NULL;
  g_autoptr (GArray) bodies = NULL;
  LiaCannedDocument *document;
  guint32            place;

  g_return_if_fail (LIA_IS_CANNED_INDEX (self));
  g_return_if_fail (LIA_IS_CANNED (canned));

  g_object_ref (canned); /* it may be the one that is there */
  lia_canned_index_remove (self, canned->id);
  heads = read_heads (self, canned);
  bodies = read_bodies (self, canned);
  place = take_place (self);
  document = lia_canned_index_document (self, place);
  document->canned = canned;
  document->aim = lia_canned_index_take_aim (self, canned);
  document->use = lia_canned_index_weigh_use (canned);
  lia_canned_index_prior (self, place)->n_title_letters = title_letters (canned->title);
  document->n_heads = heads->len;
  document->n_bodies = bodies->len;
  document->heads = g_memdup2 (heads->data, heads->len * sizeof (LiaCannedHead));
  document->bodies = g_memdup2 (bodies->data, bodies->len * sizeof (guint32));

  post (self, place, lia_canned_vocabulary_post);
  self->total_heads += document->n_heads;
  self->total_bodies += document->n_bodies;
  g_hash_table_insert (self->by_id, canned->id, GUINT_TO_POINTER (place + 1));
  self->n_documents++;
  self->changed = TRUE;
}

/** lia_canned_index_remove: Returns: whether there was such a response */
gboolean
lia_canned_index_remove (LiaCannedIndex *self,
                         const char     *id)
{
  LiaCannedDocument *document;
  guint32            place;

  g_return_val_if_fail (LIA_IS_CANNED_INDEX (self), FALSE);

  place = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, id));
  if (place-- == 0)
    return FALSE;

  document = lia_canned_index_document (self, place);
  post (self, place, lia_canned_vocabulary_unpost);
  self->total_heads -= document->n_heads;
  self->total_bodies -= document->n_bodies;
  g_hash_table_remove (self->by_id, id);
  lia_canned_index_drop_aim (self, document->aim);
  document_clear (document);
  memset (document, 0, sizeof *document);
  g_array_append_val (self->free_places, place);
  self->n_documents--;
  self->changed = TRUE;

  return TRUE;
}

/** lia_canned_index_settle: brings in order what has changed, so that the next question need not wait for it. Little changed costs little. */
void
lia_canned_index_settle (LiaCannedIndex *self)
{
  g_return_if_fail (LIA_IS_CANNED_INDEX (self));

  lia_canned_vocabulary_settle (self->heads);
  lia_canned_vocabulary_settle (self->bodies);
}

/** lia_canned_index_get: Returns: (transfer none) (nullable): the response with that id */
LiaCanned *
lia_canned_index_get (LiaCannedIndex *self,
                      const char     *id)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, id));

  return place > 0 ? lia_canned_index_document (self, place - 1)->canned : NULL;
}

/** lia_canned_index_size: Returns: the number of responses, retired ones included */
guint
lia_canned_index_size (LiaCannedIndex *self)
{
  return self->n_documents;
}

/** lia_canned_index_list: Returns: (transfer full) (element-type LiaCanned): all responses, retired ones included, in no order */
GPtrArray *
lia_canned_index_list (LiaCannedIndex *self)
{
  g_autoptr (GPtrArray) list = NULL;

  g_return_val_if_fail (LIA_IS_CANNED_INDEX (self), NULL);

  list = g_ptr_array_new_full (self->n_documents, g_object_unref);
  for (guint i = 0; i < self->documents->len; i++)
    {
      LiaCanned *canned = lia_canned_index_document (self, i)->canned;

      if (canned != NULL)
        g_ptr_array_add (list, g_object_ref (canned));
    }

  return g_steal_pointer (&list);
}
