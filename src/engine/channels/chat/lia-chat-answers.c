/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What visitors find before they write: the canned responses that were published for their site, by the search that agents have (lia-canned-index).
 * A site's index is made when somebody searches there, and anew when something of what is published was changed. Nothing leaves but titles and texts.
 */

#include "lia-chat-answers.h"

#include "lia-async.h"
#include "lia-canned-index.h"
#include "lia-canned-public.h"
#include "lia-chat-calls.h"
#include "lia-chat-hub-private.h"
#include "lia-id.h"
#include "lia-json.h"
#include "lia-queries-published.h"
#include "lia-template-variant.h"
#include "lia-time.h"

#define MAX_SHOWN 3
#define MAX_ASKED 300 /* characters of what she typed */
#define MAX_TEXT 4000 /* characters of an answer */
#define MAX_KNOWN 20000
#define MAX_WORDS 12
#define LONG_WORD 4

/* What is published for one site. */
typedef struct
{
  char           *stamp; /* of what it was made */
  LiaCannedIndex *index;
} Shelf;

/**
 * LiaChatAnswers:
 *
 * `counted` is who was told what already ("visitor r_40 shown"): each counts once. It is forgotten when it has become too long, and with the engine.
 */
struct _LiaChatAnswers
{
  GHashTable *shelves; /* gint64* a channel's number -> Shelf */
  GHashTable *counted;
};

static void
shelf_free (gpointer data)
{
  Shelf *self = data;

  g_free (self->stamp);
  g_object_unref (self->index);
  g_free (self);
}

LiaChatAnswers *
lia_chat_answers_new (void)
{
  LiaChatAnswers *self = g_new0 (LiaChatAnswers, 1);

  self->shelves = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, shelf_free);
  self->counted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
lia_chat_answers_free (LiaChatAnswers *self)
{
  g_hash_table_unref (self->shelves);
  g_hash_table_unref (self->counted);
  g_free (self);
}

/* The search -------------------------------------------------------------------------------------------------------------------------------- */

static Shelf *
fill_shelf (const LiaPublished *published)
{
  Shelf *shelf = g_new0 (Shelf, 1);

  shelf->stamp = g_strdup (published->stamp);
  shelf->index = lia_canned_index_new ();
  for (guint i = 0; i < published->responses->len; i++)
    lia_canned_index_put (shelf->index, published->responses->pdata[i]);
  lia_canned_index_settle (shelf->index);

  return shelf;
}

/* (transfer full): lives on while somebody searches in it */
static LiaCannedIndex *
await_index (LiaChatHub *hub,
             gint64      channel_id,
             GError    **error)
{
  LiaChatAnswers    *self = lia_chat_hub_get_answers (hub);
  Shelf             *shelf = g_hash_table_lookup (self->shelves, &channel_id);
  LiaPublishedAsked *asked = lia_published_asked_new (channel_id, shelf != NULL ? shelf->stamp : NULL);
  g_autoptr (LiaPublished) published = lia_store_await (lia_store_read (lia_chat_hub_get_store (hub), lia_published_read, asked, lia_published_asked_free,
                                                                        (GDestroyNotify)lia_published_free),
                                                        error);

  if (published == NULL)
    return NULL;
  shelf = g_hash_table_lookup (self->shelves, &channel_id);
  if (shelf == NULL || published->responses != NULL)
    {
      shelf = fill_shelf (published);
      g_hash_table_replace (self->shelves, g_memdup2 (&channel_id, sizeof channel_id), shelf);
    }

  return g_object_ref (shelf->index);
}

static LiaCannedContext *
new_context (const char *language,
             const char *message)
{
  LiaCannedContext *context = lia_canned_context_new ();

  g_set_str (&context->channel, "chat");
  g_set_str (&context->language, language);
  g_set_str (&context->message, message);
  context->now_ms = lia_time_now ();

  return context;
}

/* (transfer full) (nullable): what of it she reads, in her language or in one that is for all */
static char *
choose_text (LiaCanned  *canned,
             const char *language)
{
  LiaTemplateWanted wanted = { .language = language, .channel = "chat" };
  LiaTemplateMisses misses = 0;
  LiaCannedVariant *variant = lia_template_variant_choose (canned, &wanted, NULL, &misses);
  g_autofree char  *unfit = NULL;
  g_autofree char  *text = NULL;

  if (variant == NULL || (misses & LIA_TEMPLATE_MISSES_LANGUAGE) != 0 || !lia_canned_public_is_for_chat (variant))
    return NULL;
  text = lia_canned_public_text (variant->body, &unfit);

  return text != NULL ? g_utf8_substring (text, 0, MIN (MAX_TEXT, g_utf8_strlen (text, -1))) : NULL;
}

static void
add_hits (JsonArray  *list,
          GHashTable *found,
          GPtrArray  *hits,
          const char *language)
{
  for (guint i = 0; i < hits->len && json_array_get_length (list) < MAX_SHOWN; i++)
    {
      LiaCanned       *canned = ((LiaCannedHit *)hits->pdata[i])->canned;
      g_autofree char *text = g_hash_table_contains (found, canned->id) ? NULL : choose_text (canned, language);
      JsonObject      *answer;

      if (text == NULL)
        continue;
      g_hash_table_add (found, g_strdup (canned->id));
      answer = json_object_new ();
      json_object_set_string_member (answer, "answer", canned->id);
      json_object_set_string_member (answer, "title", canned->title);
      json_object_set_string_member (answer, "text", text);
      json_array_add_object_element (list, answer);
    }
}

/* Whether the word itself is in the title or another name, not only something like it. */
static gboolean
has_word (LiaCannedHit *hit)
{
  return hit->match == LIA_CANNED_MATCH_EXACT || hit->match == LIA_CANNED_MATCH_BEGINNING || hit->match == LIA_CANNED_MATCH_FORM;
}

/* Keeps the order of what has as many: the search's own. */
static int
compare_words (gconstpointer a,
               gconstpointer b,
               gpointer      votes)
{
  const LiaCannedHit *left = a;
  const LiaCannedHit *right = b;

  return GPOINTER_TO_INT (g_hash_table_lookup (votes, right->canned->id)) - GPOINTER_TO_INT (g_hash_table_lookup (votes, left->canned->id));
}

/* A sentence, of which most words are in no title: what has the most of its longer words. */
static GPtrArray *
find_by_words (LiaCannedIndex   *index,
               const char       *asked,
               LiaCannedContext *context)
{
  GPtrArray *hits = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) words = g_strsplit_set (asked, " \t\r\n.,;:!?\"()", -1);
  g_autoptr (GHashTable) votes = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0, n = 0; words[i] != NULL && n < MAX_WORDS; i++)
    {
      g_autoptr (GPtrArray) with_word = NULL;

      if (g_utf8_strlen (words[i], -1) < LONG_WORD)
        continue;
      n++;
      with_word = lia_canned_index_query (index, words[i], context, 4 * MAX_SHOWN);
      for (guint j = 0; j < with_word->len; j++)
        {
          LiaCannedHit *hit = with_word->pdata[j];
          gpointer      n_words = g_hash_table_lookup (votes, hit->canned->id);

          if (!has_word (hit))
            continue;
          if (n_words == NULL)
            g_ptr_array_add (hits, g_object_ref (hit));
          g_hash_table_insert (votes, hit->canned->id, GINT_TO_POINTER (GPOINTER_TO_INT (n_words) + 1));
        }
    }
  g_ptr_array_sort_values_with_data (hits, compare_words, votes);

  return hits;
}

/* As agents find them: by the words, and by what is like the question. @found: (out): their ids */
static JsonArray *
search (LiaCannedIndex *index,
        const char     *asked,
        const char     *language,
        GHashTable     *found)
{
  g_autoptr (LiaCannedContext) context = new_context (language, asked);
  g_autoptr (GPtrArray) named = lia_canned_index_query (index, asked, context, 4 * MAX_SHOWN);
  g_autoptr (GPtrArray) alike = lia_canned_index_suggest (index, context, 4 * MAX_SHOWN);
  JsonArray *list = json_array_new ();

  add_hits (list, found, named, language);
  add_hits (list, found, alike, language);
  if (json_array_get_length (list) == 0)
    {
      g_autoptr (GPtrArray) worded = find_by_words (index, asked, context);

      add_hits (list, found, worded, language);
    }

  return list;
}

/* What is counted ----------------------------------------------------------------------------------------------------------------------------- */

static gboolean
is_new (LiaChatAnswers *self,
        LiaChatVisitor *visitor,
        const char     *answer,
        const char     *did)
{
  if (g_hash_table_size (self->counted) >= MAX_KNOWN)
    g_hash_table_remove_all (self->counted);

  return g_hash_table_add (self->counted, g_strjoin (" ", visitor->visitor, answer, did, NULL));
}

/* Nobody waits for it: what is lost when the engine ends at that moment is a number. */
static void
count (LiaChatHub     *hub,
       LiaChatVisitor *visitor,
       const char     *answer,
       const char     *did)
{
  gint64 id;

  if (lia_id_parse (answer, "r", &id) && is_new (lia_chat_hub_get_answers (hub), visitor, answer, did))
    dex_future_disown (lia_store_write (lia_chat_hub_get_store (hub), lia_published_count, lia_published_counted_new (id, visitor->channel_id, did),
                                        lia_published_counted_free, NULL));
}

static void
count_shown (LiaChatHub     *hub,
             LiaChatVisitor *visitor,
             GHashTable     *found)
{
  GHashTableIter iter;
  gpointer       answer;

  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, &answer, NULL))
    count (hub, visitor, answer, "shown");
}

/* From outside -------------------------------------------------------------------------------------------------------------------------------- */

/* (transfer full): who asks, on a site that answers so */
static LiaChatVisitor *
await_visitor (LiaChatHub  *hub,
               LiaHttpCall *call,
               const char  *host,
               const char  *origin,
               GError     **error)
{
  g_autoptr (LiaChatVisitor) visitor = lia_chat_calls_await_visitor (hub, call, origin, error);
  LiaChatPlace *place = visitor != NULL ? lia_chat_hub_get_place (hub, visitor->channel_id) : NULL;

  if (visitor == NULL || !lia_chat_hub_take (hub, LIA_CHAT_LIMIT_ANSWERS, visitor->visitor, error) ||
      !lia_chat_hub_take (hub, LIA_CHAT_LIMIT_ANSWERS_HOST, host, error))
    return NULL;
  if (place != NULL && place->site->self_service)
    return g_steal_pointer (&visitor);
  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "This site has no answers of its own.");

  return NULL;
}

/** lia_chat_answers_get: GET /chat/v1/answers: at most three that may answer what she types. */
gboolean
lia_chat_answers_get (LiaChatHub  *hub,
                      LiaHttpCall *call,
                      const char  *host,
                      const char  *origin,
                      GError     **error)
{
  g_autoptr (LiaChatVisitor) visitor = await_visitor (hub, call, host, origin, error);
  const char      *typed = visitor != NULL ? lia_http_query (call, "q") : NULL;
  g_autofree char *asked = g_utf8_make_valid (typed != NULL ? typed : "", -1);
  g_autofree char *cut = g_utf8_substring (asked, 0, MIN (MAX_ASKED, g_utf8_strlen (asked, -1)));
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (LiaCannedIndex) index = NULL;
  JsonObject *answer;

  if (visitor == NULL || (index = await_index (hub, visitor->channel_id, error)) == NULL)
    return FALSE;
  answer = json_object_new ();
  json_object_set_array_member (answer, "answers",
                                *g_strstrip (cut) != '\0' ? search (index, cut, visitor->locale != NULL ? visitor->locale : "", found) : json_array_new ());
  count_shown (hub, visitor, found);
  lia_http_answer_object (call, SOUP_STATUS_OK, answer);

  return TRUE;
}

/** lia_chat_answers_told: POST /chat/v1/answers: what she did with one. */
gboolean
lia_chat_answers_told (LiaChatHub  *hub,
                       LiaHttpCall *call,
                       const char  *host,
                       const char  *origin,
                       GError     **error)
{
  static const char *const known[] = { "opened", "helped", NULL };
  g_autoptr (JsonObject) body = lia_http_body (call, error);
  g_autoptr (LiaChatVisitor) visitor = NULL;
  const char *answer;
  const char *did;

  if (body == NULL || !lia_json_str (body, "answer", LIA_JSON_REQUIRED, 32, &answer, error) || !lia_json_str (body, "did", LIA_JSON_REQUIRED, 16, &did, error))
    return FALSE;
  if (!g_strv_contains (known, did))
    {
      lia_problem_set_invalid (error, "/did", "value", "Only “opened” and “helped” are possible");
      return FALSE;
    }
  visitor = await_visitor (hub, call, host, origin, error);
  if (visitor == NULL)
    return FALSE;
  count (hub, visitor, answer, did);
  lia_http_answer_object (call, SOUP_STATUS_OK, json_object_new ());

  return TRUE;
}
