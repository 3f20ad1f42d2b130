/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-response-finder.h"

#include "lia-queue.h"
#include "lia-responses.h"
#include "lia-template-known.h"
#include "lia-time.h"

#define MAX_MESSAGES 3 /* of the customer, one after another */
#define CONTEXT_MOST_MS (10 * 60 * 1000)

struct _LiaResponseFinder
{
  GObject parent_instance;

  LiaClient        *client;
  LiaResponses     *responses; /* the client's */
  LiaTimelineModel *model;
  LiaCustomer      *customer; /* of the conversation, once loaded */
  char             *customer_id;
  DexFuture        *loading;
  LiaCannedContext *context; /* NULL: to be made */
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaResponseFinder, lia_response_finder, G_TYPE_OBJECT)

static void
changed (LiaResponseFinder *self)
{
  g_clear_object (&self->context);
  g_signal_emit (self, signals[CHANGED], 0);
}

static LiaConversation *
get_conversation (LiaResponseFinder *self)
{
  return self->model != NULL ? lia_timeline_model_get_conversation (self->model) : NULL;
}

static DexFuture *
on_customer_loaded_cb (DexFuture *completed,
                       gpointer   user_data)
{
  LiaResponseFinder *self = user_data;
  const GValue      *value = dex_future_get_value (completed, NULL);

  if (value != NULL)
    {
      g_set_object (&self->customer, g_value_get_object (value));
      changed (self);
    }

  return dex_ref (completed);
}

/* Without the customer there are fields to fill in where values would stand: nothing waits for it. */
static void
load_customer (LiaResponseFinder *self)
{
  LiaConversation *conversation = get_conversation (self);
  const char      *id = conversation != NULL ? conversation->customer_id : NULL;

  if (self->client == NULL || g_strcmp0 (self->customer_id, id) == 0)
    return;

  g_set_str (&self->customer_id, id);
  g_clear_object (&self->customer);
  dex_clear (&self->loading);
  if (id != NULL)
    self->loading = dex_future_finally (lia_client_get_customer (self->client, id), on_customer_loaded_cb, self, NULL);
}

/* What the customer says themselves: no quotes, no signature. */
static void
append_own_words (GString  *words,
                  LiaEntry *entry)
{
  gsize at = 0;

  if (entry->text == NULL)
    return;

  for (guint i = 0; entry->folds != NULL && i < entry->folds->len; i++)
    {
      const LiaFold *fold = &g_array_index (entry->folds, LiaFold, i);

      g_string_append_len (words, entry->text + at, fold->start - at);
      at = fold->end;
    }
  g_string_append (words, entry->text + at);
  g_string_append_c (words, '\n');
}

/* What was written since somebody answered last. */
static char *
dup_last_words (LiaResponseFinder *self)
{
  GListModel *entries = G_LIST_MODEL (self->model);
  GString    *words = g_string_new (NULL);
  guint       n_messages = 0;

  for (guint i = g_list_model_get_n_items (entries); i > 0 && n_messages < MAX_MESSAGES; i--)
    {
      g_autoptr (LiaEntry) entry = g_list_model_get_item (entries, i - 1);

      if (entry->kind != LIA_ENTRY_EMAIL && entry->kind != LIA_ENTRY_CHAT)
        continue;
      if (entry->author_kind != LIA_AUTHOR_CUSTOMER && n_messages > 0)
        break;
      if (entry->author_kind != LIA_AUTHOR_CUSTOMER)
        continue;
      if (n_messages++ == 0 && entry->subject != NULL)
        g_string_append_printf (words, "%s\n", entry->subject);
      append_own_words (words, entry);
    }

  return g_string_free_and_steal (words);
}

static void
fill_context (LiaResponseFinder *self,
              LiaCannedContext  *context)
{
  LiaAgent        *me = self->client != NULL ? lia_client_get_me (self->client) : NULL;
  LiaConversation *conversation = get_conversation (self);

  context->now_ms = lia_time_now ();
  g_set_str (&context->agent, me != NULL && me->id != NULL ? me->id : "");
  if (conversation == NULL)
    return;

  g_free (context->message);
  context->message = dup_last_words (self);
  g_set_str (&context->channel, conversation->channel != NULL ? conversation->channel : "");
  g_set_str (&context->queue, conversation->queue != NULL ? conversation->queue : "");
  g_set_str (&context->language, self->customer != NULL && self->customer->lang != NULL ? self->customer->lang : "");
}

static LiaCannedContext *
get_context (LiaResponseFinder *self)
{
  if (self->context != NULL && lia_time_now () - self->context->now_ms > CONTEXT_MOST_MS)
    g_clear_object (&self->context);

  if (self->context == NULL)
    {
      self->context = lia_canned_context_new ();
      fill_context (self, self->context);
    }

  return self->context;
}

static LiaQueue *
dup_queue (LiaResponseFinder *self,
           const char        *id)
{
  GListModel *queues = lia_client_get_queues (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (queues); i++)
    {
      g_autoptr (LiaQueue) queue = g_list_model_get_item (queues, i);

      if (g_strcmp0 (queue->id, id) == 0)
        return g_steal_pointer (&queue);
    }

  return NULL;
}

static LiaTemplateValues *
make_values (LiaResponseFinder *self)
{
  LiaTemplateMap  *map = lia_template_map_new ();
  LiaConversation *conversation = get_conversation (self);
  LiaAgent        *me = self->client != NULL ? lia_client_get_me (self->client) : NULL;

  if (self->customer != NULL)
    lia_template_map_add_customer (map, self->customer);
  if (me != NULL)
    lia_template_map_add_agent (map, me);
  if (conversation != NULL)
    {
      g_autoptr (LiaQueue) queue = self->client != NULL ? dup_queue (self, conversation->queue) : NULL;

      lia_template_map_add_conversation (map, conversation);
      if (queue != NULL)
        lia_template_map_add_queue (map, queue);
    }

  return LIA_TEMPLATE_VALUES (map);
}

static void
on_model_changed_cb (LiaResponseFinder *self)
{
  load_customer (self);
  changed (self);
}

static void
lia_response_finder_dispose (GObject *object)
{
  LiaResponseFinder *self = LIA_RESPONSE_FINDER (object);

  dex_clear (&self->loading);
  lia_response_finder_set_model (self, NULL);
  g_clear_object (&self->responses);
  g_clear_object (&self->client);
  g_clear_object (&self->customer);
  g_clear_object (&self->context);
  g_clear_pointer (&self->customer_id, g_free);

  G_OBJECT_CLASS (lia_response_finder_parent_class)->dispose (object);
}

static void
lia_response_finder_class_init (LiaResponseFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_response_finder_dispose;

  signals[CHANGED] = g_signal_new ("changed", LIA_TYPE_RESPONSE_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_response_finder_init (LiaResponseFinder *self)
{
}

LiaResponseFinder *
lia_response_finder_new (void)
{
  return g_object_new (LIA_TYPE_RESPONSE_FINDER, NULL);
}

/** lia_response_finder_set_client: @client: (nullable): NULL finds nothing. */
void
lia_response_finder_set_client (LiaResponseFinder *self,
                                LiaClient         *client)
{
  LiaResponses *responses = client != NULL ? lia_client_get_responses (client) : NULL;

  if (!g_set_object (&self->client, client))
    return;

  if (self->responses != NULL)
    g_signal_handlers_disconnect_by_data (self->responses, self);
  g_set_object (&self->responses, responses);
  if (self->responses != NULL)
    g_signal_connect_object (self->responses, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  dex_clear (&self->loading);
  g_clear_object (&self->customer);
  g_clear_pointer (&self->customer_id, g_free);
  on_model_changed_cb (self);
}

/** lia_response_finder_set_model: @model: (nullable): the open conversation. */
void
lia_response_finder_set_model (LiaResponseFinder *self,
                               LiaTimelineModel  *model)
{
  if (self->model == model)
    return;

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_set_object (&self->model, model);
  if (model != NULL)
    {
      g_signal_connect_object (model, "items-changed", G_CALLBACK (on_model_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (model, "notify", G_CALLBACK (on_model_changed_cb), self, G_CONNECT_SWAPPED);
    }
  on_model_changed_cb (self);
}

/**
 * lia_response_finder_find:
 * @typed: "" gives what answers the customer's last words
 *
 * Returns: (transfer full): of LiaCannedHit, best first; empty: nothing fits
 */
GPtrArray *
lia_response_finder_find (LiaResponseFinder *self,
                          const char        *typed,
                          guint              max)
{
  g_autofree char *words = g_strstrip (g_strdup (typed));
  LiaCannedIndex  *index;

  if (self->responses == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);

  index = lia_responses_get_index (self->responses);

  return *words != '\0' ? lia_canned_index_query (index, words, get_context (self), max)
                        : lia_canned_index_suggest (index, get_context (self), max);
}

/** lia_response_finder_word: (transfer full): what @canned says to this conversation's customer. */
LiaResponseWording *
lia_response_finder_word (LiaResponseFinder *self,
                          LiaCanned         *canned)
{
  LiaCannedContext *context = get_context (self);
  LiaTemplateWanted wanted = { .language = context->language, .channel = context->channel };
  g_autoptr (LiaTemplateValues) values = make_values (self);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  return lia_response_wording_new (canned, &wanted, NULL, values, zone, lia_time_now ());
}
