/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 *   read what was learnt -> are these responses and answers compared already? -> lists -> are they others? "changed"
 *      ^                         ^   `-- else: compare them on a thread -----------^
 *      |                         '--- a response is another one
 *      '--- a while after the last time; a new connection
 *
 * Texts are compared again only when one of them is another: a use of a response changes none. What was just done or dismissed leaves the lists at
 * once, before the engine's answer does without it.
 */

#include "lia-suggestions.h"

#include "lia-async.h"
#include "lia-canned-twins.h"
#include "lia-client-private.h"
#include "lia-replies.h"

#define SOON_MS 500
#define REST_MS 20000 /* colleagues use responses all the time: the answers are looked through again so often at most */
#define MAX_TOLD 50   /* of a kind, as the engine tells */

struct _LiaSuggestions
{
  GObject parent_instance;

  LiaClient   *client;
  LiaLearning *learning; /* NULL: never read */
  GPtrArray   *pairs;    /* as lia_canned_find_twins() gave them; NULL: never compared */
  guint        compared; /* a number for the texts of which they are */
  GHashTable  *done;     /* char *: keys that are told no more */
  GPtrArray   *lists[LIA_SUGGESTION_N_KINDS];
  GError      *error;
  int          told; /* the state that was told last */

  DexFuture *fetch;       /* derived: dropping it cancels the request */
  DexFuture *comparing;   /* derived, too */
  guint      look_source; /* at the responses */
  guint      refresh_source;
  gint64     read_us;
  gboolean   is_comparing;
  gboolean   again; /* something happened while an answer was on its way */
};

G_DEFINE_FINAL_TYPE (LiaSuggestions, lia_suggestions, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static LiaCannedIndex *
get_index (LiaSuggestions *self)
{
  return lia_responses_get_index (lia_client_get_responses (self->client));
}

/* The lists -------------------------------------------------------------------------------------------------------------------------------- */

static gboolean
is_wanted (LiaSuggestions *self,
           LiaSuggestion  *suggestion)
{
  return !g_hash_table_contains (self->done, suggestion->key) && !g_hash_table_contains (self->learning->dismissed, suggestion->key);
}

static gboolean
is_in_use (LiaSuggestions *self,
           const char     *id)
{
  LiaCanned *canned = lia_canned_index_get (get_index (self), id);

  return canned != NULL && canned->state != LIA_CANNED_RETIRED;
}

/* The response that says nearly what was written by hand; NULL: none */
static const char *
find_like (LiaSuggestions *self,
           const char     *key)
{
  for (guint i = 0; self->pairs != NULL && i < self->pairs->len; i++)
    {
      LiaSuggestion *pair = self->pairs->pdata[i];

      if (pair->kind == LIA_SUGGESTION_BY_HAND && g_str_equal (pair->key, key) && is_in_use (self, pair->other))
        return pair->other;
    }

  return NULL;
}

/* Each response stands in one pair: once that is dealt with there may be another. */
static void
list_twins (LiaSuggestions *self,
            GPtrArray      *list)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; self->pairs != NULL && i < self->pairs->len && list->len < MAX_TOLD; i++)
    {
      LiaSuggestion *pair = self->pairs->pdata[i];

      if (pair->kind != LIA_SUGGESTION_TWINS || !is_wanted (self, pair) || !is_in_use (self, pair->response) || !is_in_use (self, pair->other) ||
          g_hash_table_contains (taken, pair->response) || g_hash_table_contains (taken, pair->other))
        continue;
      g_hash_table_add (taken, pair->response);
      g_hash_table_add (taken, pair->other);
      g_ptr_array_add (list, g_object_ref (pair));
    }
}

static void
list_learnt (LiaSuggestions   *self,
             GPtrArray        *list,
             LiaSuggestionKind kind)
{
  GPtrArray *all = self->learning->suggestions[kind];

  for (guint i = 0; i < all->len; i++)
    {
      LiaSuggestion *suggestion = all->pdata[i];
      const char    *like = kind == LIA_SUGGESTION_BY_HAND ? find_like (self, suggestion->key) : NULL;

      if (is_wanted (self, suggestion) && (kind == LIA_SUGGESTION_BY_HAND || is_in_use (self, suggestion->response)))
        g_ptr_array_add (list, like != NULL ? lia_suggestion_with_other (suggestion, like) : g_object_ref (suggestion));
    }
}

/* FALSE: it is as it was, and stays so */
static gboolean
replace (LiaSuggestions   *self,
         LiaSuggestionKind kind,
         GPtrArray        *list)
{
  GPtrArray *before = self->lists[kind];
  gboolean   same = before->len == list->len;

  for (guint i = 0; i < list->len && same; i++)
    same = lia_suggestion_equal (before->pdata[i], list->pdata[i]);
  if (!same)
    {
      g_ptr_array_unref (before);
      self->lists[kind] = g_ptr_array_ref (list);
    }

  return !same;
}

static void
tell (LiaSuggestions *self)
{
  gboolean changed = self->told != (int)lia_suggestions_get_state (self);

  for (LiaSuggestionKind kind = 0; kind < LIA_SUGGESTION_N_KINDS && self->learning != NULL; kind++)
    {
      g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

      if (kind == LIA_SUGGESTION_TWINS)
        list_twins (self, list);
      else
        list_learnt (self, list, kind);
      changed |= replace (self, kind, list);
    }
  self->told = (int)lia_suggestions_get_state (self);
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* Comparing -------------------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *library;
  GPtrArray *by_hand;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_ptr_array_unref (work->library);
  g_ptr_array_unref (work->by_hand);
  g_free (work);
}

static DexFuture *
compare_fiber (gpointer data)
{
  Work *work = data;

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, lia_canned_find_twins (work->library, work->by_hand));
}

static void compare (LiaSuggestions *self);

/* A thread's answer may be under way already when nobody waits for it any more: @owner says whether somebody does. */
static DexFuture *
on_compared_cb (DexFuture *future,
                gpointer   owner)
{
  g_autoptr (LiaSuggestions) self = g_weak_ref_get (owner);
  const GValue *value = dex_future_get_value (future, NULL);

  if (self == NULL || self->client == NULL)
    return NULL;

  g_clear_pointer (&self->pairs, g_ptr_array_unref);
  self->pairs = value != NULL ? g_value_dup_boxed (value) : g_ptr_array_new ();
  self->is_comparing = FALSE;
  compare (self);
  tell (self);

  return NULL;
}

static GWeakRef *
weak_new (gpointer object)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, object);

  return weak;
}

static void
weak_free (gpointer weak)
{
  g_weak_ref_clear (weak);
  g_free (weak);
}

/* Of neighbours, too, no two give the same (the end of MurmurHash3, A. Appleby). */
static guint
mix (guint value)
{
  value = (value ^ (value >> 16)) * 0x85ebca6bU;
  value = (value ^ (value >> 13)) * 0xc2b2ae35U;

  return value ^ (value >> 16);
}

/* In whatever order they are listed */
static guint
number_texts (GPtrArray *library,
              GPtrArray *by_hand)
{
  guint number = 1 + library->len;

  for (guint i = 0; i < library->len; i++)
    {
      LiaCanned *canned = library->pdata[i];

      number += mix (g_str_hash (canned->id) + mix ((guint)canned->ver));
    }
  for (guint i = 0; i < by_hand->len; i++)
    number += mix (g_str_hash (((LiaSuggestion *)by_hand->pdata[i])->text));

  return number;
}

/* One comparison at a time: after it there is another one when the texts are others by then. */
static void
compare (LiaSuggestions *self)
{
  g_autoptr (GPtrArray) library = lia_canned_index_list (get_index (self));
  GPtrArray *by_hand = self->learning->suggestions[LIA_SUGGESTION_BY_HAND];
  guint      number = number_texts (library, by_hand);
  Work      *work;

  if (self->is_comparing || number == self->compared)
    return;

  self->compared = number;
  self->is_comparing = TRUE;
  work = g_new0 (Work, 1);
  work->library = g_steal_pointer (&library);
  work->by_hand = g_ptr_array_ref (by_hand);
  dex_clear (&self->comparing);
  self->comparing = dex_future_finally (dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), LIA_FIBER_STACK_BYTES, compare_fiber, work, work_free),
                                        on_compared_cb, weak_new (self), weak_free);
}

/* Reading ---------------------------------------------------------------------------------------------------------------------------------- */

static DexFuture *
on_learnt_cb (DexFuture *future,
              gpointer   data)
{
  g_autoptr (LiaSuggestions) self = g_object_ref (data);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  LiaLearning  *learning = value != NULL ? lia_learning_decode (g_value_get_boxed (value), &error) : NULL;

  dex_clear (&self->fetch);
  g_clear_error (&self->error);
  self->read_us = g_get_monotonic_time ();
  if (learning != NULL)
    {
      g_clear_pointer (&self->learning, lia_learning_free);
      self->learning = learning;
      compare (self);
    }
  else
    self->error = g_steal_pointer (&error);
  tell (self);
  if (self->again)
    lia_suggestions_refresh (self);

  return NULL;
}

/** lia_suggestions_refresh: reads all anew; what is known stays until then. */
void
lia_suggestions_refresh (LiaSuggestions *self)
{
  g_return_if_fail (LIA_IS_SUGGESTIONS (self));

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  self->again = self->fetch != NULL;
  if (self->again || !lia_responses_get_loaded (lia_client_get_responses (self->client)))
    return;

  self->fetch = dex_future_finally (lia_api_get (lia_client_get_api (self->client), "/v1/responses/learning?limit=50"), on_learnt_cb, self, NULL);
  tell (self);
}

static void
refresh_cb (gpointer data)
{
  LiaSuggestions *self = data;

  self->refresh_source = 0;
  lia_suggestions_refresh (self);
}

static void
look_cb (gpointer data)
{
  LiaSuggestions *self = data;

  self->look_source = 0;
  if (self->learning == NULL)
    return;
  compare (self);
  tell (self);
}

static void
on_responses_changed_cb (LiaSuggestions *self)
{
  gint64 since_ms = (g_get_monotonic_time () - self->read_us) / 1000;

  if (self->look_source == 0)
    self->look_source = g_timeout_add_once (SOON_MS, look_cb, self);
  if (self->refresh_source == 0)
    self->refresh_source = g_timeout_add_once ((guint)MAX (SOON_MS, REST_MS - since_ms), refresh_cb, self);
}

/* ------------------------------------------------------------------------------------------------------------------------------------------ */

static void
lia_suggestions_dispose (GObject *object)
{
  LiaSuggestions *self = LIA_SUGGESTIONS (object);

  dex_clear (&self->fetch);
  dex_clear (&self->comparing);
  g_clear_handle_id (&self->look_source, g_source_remove);
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (lia_suggestions_parent_class)->dispose (object);
}

static void
lia_suggestions_finalize (GObject *object)
{
  LiaSuggestions *self = LIA_SUGGESTIONS (object);

  g_clear_pointer (&self->learning, lia_learning_free);
  g_clear_pointer (&self->pairs, g_ptr_array_unref);
  g_hash_table_unref (self->done);
  for (guint i = 0; i < LIA_SUGGESTION_N_KINDS; i++)
    g_ptr_array_unref (self->lists[i]);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (lia_suggestions_parent_class)->finalize (object);
}

static void
lia_suggestions_class_init (LiaSuggestionsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lia_suggestions_dispose;
  object_class->finalize = lia_suggestions_finalize;

  signals[CHANGED] = g_signal_new ("changed", LIA_TYPE_SUGGESTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_suggestions_init (LiaSuggestions *self)
{
  self->told = -1;
  self->done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < LIA_SUGGESTION_N_KINDS; i++)
    self->lists[i] = g_ptr_array_new_with_free_func (g_object_unref);
}

LiaSuggestions *
lia_suggestions_new (LiaClient *client)
{
  LiaSuggestions *self = g_object_new (LIA_TYPE_SUGGESTIONS, NULL);
  LiaResponses   *responses = lia_client_get_responses (client);

  self->client = g_object_ref (client);
  g_signal_connect_object (client, "missed", G_CALLBACK (lia_suggestions_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (responses, "changed", G_CALLBACK (on_responses_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (responses, "notify::loaded", G_CALLBACK (lia_suggestions_refresh), self, G_CONNECT_SWAPPED);
  lia_suggestions_refresh (self);

  return self;
}

LiaSuggestionsState
lia_suggestions_get_state (LiaSuggestions *self)
{
  g_return_val_if_fail (LIA_IS_SUGGESTIONS (self), LIA_SUGGESTIONS_READING);

  if (self->learning == NULL)
    return self->error != NULL && self->fetch == NULL ? LIA_SUGGESTIONS_FAILED : LIA_SUGGESTIONS_READING;

  return self->pairs != NULL ? LIA_SUGGESTIONS_READY : LIA_SUGGESTIONS_READING;
}

/** lia_suggestions_get_error: (nullable): why the last reading failed. */
const GError *
lia_suggestions_get_error (LiaSuggestions *self)
{
  g_return_val_if_fail (LIA_IS_SUGGESTIONS (self), NULL);

  return self->error;
}

/** lia_suggestions_get: (transfer none): of LiaSuggestion; changes with `changed`. */
GPtrArray *
lia_suggestions_get (LiaSuggestions   *self,
                     LiaSuggestionKind kind)
{
  g_return_val_if_fail (LIA_IS_SUGGESTIONS (self), NULL);

  return self->lists[kind];
}

/** lia_suggestions_count: of all kinds. */
guint
lia_suggestions_count (LiaSuggestions *self)
{
  guint n = 0;

  g_return_val_if_fail (LIA_IS_SUGGESTIONS (self), 0);

  for (guint i = 0; i < LIA_SUGGESTION_N_KINDS; i++)
    n += self->lists[i]->len;

  return n;
}

/**
 * lia_suggestions_set_done:
 * @done: TRUE: it is told no more, whatever the engine says; FALSE: that was taken back
 */
void
lia_suggestions_set_done (LiaSuggestions *self,
                          const char     *key,
                          gboolean        done)
{
  g_return_if_fail (LIA_IS_SUGGESTIONS (self));

  if (done)
    g_hash_table_add (self->done, g_strdup (key));
  else
    g_hash_table_remove (self->done, key);
  if (self->learning != NULL)
    {
      if (!done)
        g_hash_table_remove (self->learning->dismissed, key);
      tell (self);
    }
  lia_suggestions_refresh (self);
}
