/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-response-finder.h"

#include "lia-client-push.h"
#include "lia-findings-watch.h"
#include "lia-queue.h"
#include "lia-response-traces.h"
#include "lia-responses.h"
#include "lia-template-known.h"
#include "lia-time.h"
#include "lia-value-page.h"
#include "lia-waiting-callers.h"

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
  const char       *channel; /* static: by which it goes out, or NULL: the conversation's */
  DexFuture        *loading;
  LiaFindingsWatch *watch;
  LiaIssue         *issue;     /* the newest of the conversation, once loaded, or NULL */
  char             *issues_of; /* the conversation */
  DexFuture        *asking;
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

/* How the customer is written to, and where times are, may be other now. */
static void
on_customer_changed_cb (LiaResponseFinder *self,
                        LiaCustomer       *customer)
{
  if (g_strcmp0 (self->customer_id, customer->id) != 0)
    return;

  g_set_object (&self->customer, customer);
  changed (self);
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

static DexFuture *
on_issues_loaded_cb (DexFuture *completed,
                     gpointer   user_data)
{
  LiaResponseFinder *self = user_data;
  const GValue      *value = dex_future_get_value (completed, NULL);
  LiaValuePage      *page = value != NULL ? g_value_get_object (value) : NULL;
  g_autoptr (LiaIssue) issue = page != NULL ? g_list_model_get_item (G_LIST_MODEL (page->values), 0) : NULL;

  if (page != NULL && (issue != NULL || self->issue != NULL))
    {
      g_set_object (&self->issue, issue);
      changed (self);
    }

  return dex_ref (completed);
}

/* As for the customer, nothing waits for it. */
static void
load_issues (LiaResponseFinder *self)
{
  dex_clear (&self->asking);
  if (self->client != NULL && self->issues_of != NULL)
    self->asking = dex_future_finally (lia_client_get_issues (self->client, self->issues_of, NULL), on_issues_loaded_cb, self, NULL);
}

static void
follow_conversation (LiaResponseFinder *self)
{
  LiaConversation *conversation = get_conversation (self);
  const char      *id = conversation != NULL ? conversation->id : NULL;

  if (g_strcmp0 (self->issues_of, id) == 0)
    return;
  g_set_str (&self->issues_of, id);
  g_clear_object (&self->issue);
  load_issues (self);
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

      g_autofree char *own_words = lia_entry_dup_own_words (entry);

      g_string_append_printf (words, "%s\n", own_words);
    }

  return g_string_free_and_steal (words);
}

/* What they write in here, else what is known of them; "" if neither is. */
static const char *
get_language (LiaResponseFinder *self,
              LiaConversation   *conversation)
{
  if (conversation->language != NULL && *conversation->language != '\0')
    return conversation->language;

  return self->customer != NULL && self->customer->lang != NULL ? self->customer->lang : "";
}

static const char *
get_channel (LiaResponseFinder *self,
             LiaConversation   *conversation)
{
  if (self->channel != NULL)
    return self->channel;

  return conversation->channel != NULL ? conversation->channel : "";
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
  g_set_str (&context->channel, get_channel (self, conversation));
  g_set_str (&context->queue, conversation->queue != NULL ? conversation->queue : "");
  g_set_str (&context->language, get_language (self, conversation));
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

/* What was said of the customer, else as here before. */
static LiaCannedFormality
get_formality (LiaResponseFinder *self)
{
  if (self->customer != NULL && self->customer->formality != LIA_CANNED_FORMALITY_ANY)
    return self->customer->formality;

  return self->model != NULL ? lia_response_traces_formality (G_LIST_MODEL (self->model)) : LIA_CANNED_FORMALITY_ANY;
}

static void
add_call (LiaResponseFinder *self,
          LiaTemplateMap    *map)
{
  g_autofree char *number = lia_response_traces_call (G_LIST_MODEL (self->model));

  if (number != NULL)
    lia_template_map_add_call (map, number);
}

static void
add_callers (LiaResponseFinder *self,
             LiaTemplateMap    *map,
             LiaQueue          *queue,
             gint64             now_ms)
{
  gint64 longest_ms;
  guint  n_waiting;

  if (queue->phone_channel == NULL || *queue->phone_channel == '\0')
    return;
  n_waiting = lia_waiting_callers_count (lia_client_get_calls (self->client), queue->id, now_ms, &longest_ms);
  lia_template_map_add_callers (map, n_waiting, longest_ms);
}

static LiaTemplateValues *
make_values (LiaResponseFinder *self,
             LiaQueue          *queue,
             gint64             now_ms)
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
      lia_template_map_add_conversation (map, conversation);
      add_call (self, map);
    }
  if (self->issue != NULL)
    lia_template_map_add_issue (map, self->issue);
  if (queue != NULL)
    {
      lia_template_map_add_queue (map, queue, now_ms);
      add_callers (self, map, queue, now_ms);
    }

  return LIA_TEMPLATE_VALUES (map);
}

static void
on_model_changed_cb (LiaResponseFinder *self)
{
  load_customer (self);
  follow_conversation (self);
  changed (self);
}

static void
lia_response_finder_dispose (GObject *object)
{
  LiaResponseFinder *self = LIA_RESPONSE_FINDER (object);

  dex_clear (&self->loading);
  dex_clear (&self->asking);
  lia_response_finder_set_model (self, NULL);
  g_clear_object (&self->watch);
  g_clear_object (&self->issue);
  g_clear_pointer (&self->issues_of, g_free);
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

  if (self->client == client)
    return;

  if (self->client != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->client, self);
      g_signal_handlers_disconnect_by_data (lia_client_get_queues (self->client), self);
    }
  g_set_object (&self->client, client);
  g_clear_object (&self->watch);
  dex_clear (&self->asking);
  g_clear_object (&self->issue);
  g_clear_pointer (&self->issues_of, g_free);
  if (client != NULL)
    {
      self->watch = lia_findings_watch_new (client);
      g_signal_connect_object (self->watch, "changed", G_CALLBACK (load_issues), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (client, "customer-changed", G_CALLBACK (on_customer_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (lia_client_get_queues (client), "items-changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
    }

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

/** lia_response_finder_set_channel: @channel: (nullable): a static string: by which the answer goes out, where that is said; else by the conversation's. */
void
lia_response_finder_set_channel (LiaResponseFinder *self,
                                 const char        *channel)
{
  if (g_strcmp0 (self->channel, channel) == 0)
    return;

  self->channel = channel;
  changed (self);
}

/**
 * lia_response_finder_find:
 * @typed: "" gives what answers the customer's last words, and if that is unknown what is sent most in conversations like this one; only the
 *   former is `suggested`
 *
 * Returns: (transfer full): of LiaCannedHit, best first; empty: nothing fits
 */
GPtrArray *
lia_response_finder_find (LiaResponseFinder *self,
                          const char        *typed,
                          guint              max)
{
  g_autofree char *words = g_strstrip (g_strdup (typed));
  g_autoptr (GPtrArray) hits = NULL;
  LiaCannedIndex *index;

  if (self->responses == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);

  index = lia_responses_get_index (self->responses);
  if (*words != '\0')
    return lia_canned_index_query (index, words, get_context (self), max);

  hits = lia_canned_index_suggest (index, get_context (self), max);

  return hits->len > 0 ? g_steal_pointer (&hits) : lia_canned_index_most_used (index, get_context (self), max);
}

/** lia_response_finder_word: (transfer full): what @canned says to this conversation's customer. */
LiaResponseWording *
lia_response_finder_word (LiaResponseFinder *self,
                          LiaCanned         *canned)
{
  LiaCannedContext  *context = get_context (self);
  LiaConversation   *conversation = get_conversation (self);
  LiaTemplateWanted  wanted = { .language = context->language, .formality = get_formality (self), .channel = context->channel };
  const gint64       now_ms = lia_time_now ();
  const LiaMailClock clock = self->model != NULL ? lia_response_traces_clock (G_LIST_MODEL (self->model)) : (LiaMailClock){ 0 };
  g_autoptr (LiaQueue) queue = conversation != NULL && self->client != NULL ? dup_queue (self, conversation->queue) : NULL;
  g_autoptr (LiaTemplateValues) values = make_values (self, queue, now_ms);
  LiaZoneSource source;
  g_autoptr (GTimeZone) zone = lia_customer_zone (self->customer, &clock, queue, now_ms, &source);
  LiaResponseWording *wording = lia_response_wording_new (canned, &wanted, NULL, values, zone, now_ms);

  wording->zone_source = source;
  wording->formality_said = self->customer != NULL && self->customer->formality != LIA_CANNED_FORMALITY_ANY;

  return wording;
}

/** lia_response_finder_set_formality: the conversation's customer is addressed so from now on. NULL: there is no customer. */
DexFuture *
lia_response_finder_set_formality (LiaResponseFinder *self,
                                   LiaCannedFormality formality)
{
  return self->client != NULL && self->customer_id != NULL ? lia_client_set_manners (self->client, self->customer_id, NULL, &formality) : NULL;
}
