/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample-client.h"

#include "lia-channel.h"
#include "lia-client-chat-way.h"
#include "lia-client-pbx.h"
#include "lia-diagnosis.h"
#include "lia-engine-host.h"
#include "lia-problem.h"
#include "lia-queue.h"
#include "lia-sample.h"
#include "lia-search-hit.h"
#include "lia-time.h"
#include "lia-wire.h"

#define MINUTE_MS G_GINT64_CONSTANT (60000)

struct _LiaClient
{
  GObject parent_instance;

  LiaClientState state;
  GString       *log;
  LiaAgent      *me;
  LiaLiveChats  *chats;
  GListStore    *views;
  GListStore    *channels;
  GListStore    *queues;
  GListStore    *agents;
  GPtrArray     *conversations;
  GPtrArray     *lists;  /* of LiaConversationList, weak */
  GPtrArray     *models; /* of LiaTimelineModel, weak */
  char          *failing_step;
  char          *failing_code;
  int            refuse; /* a LiaProblem, or -1 */
  char          *signature;
};

enum {
  PROP_0,
  PROP_STATE,
  PROP_STALE,
  PROP_ME,
  PROP_UNDO_SEND_S,
  PROP_SIGNATURE,
  PROP_SAMPLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LiaClient, lia_client, G_TYPE_OBJECT)

static const struct
{
  const char *name;
  const char *address;
  const char *channel;
  const char *subject;
  const char *snippet;
  int         minutes_ago;
  int         due_in;
  gboolean    unread;
  const char *assignee;
  const char *tag;
  const char *sending;
  gboolean    draft;
} samples[] = {
  { "Margarethe Sørensen", "m.sorensen@nordhavn.example", "email", "The second invoice is wrong again", "You charged us twice for October. I have attached both, please look", 134, -22, TRUE, NULL, "billing", "", FALSE },
  { "Tomás Herrera", "tomas@herrera.example", "phone", "Delivery to the wrong branch", "Voicemail: it is about the pallet that went to Porto instead of Lisbon", 48, 12, TRUE, "a_1", NULL, "", FALSE },
  { "Aiko Tanaka", "aiko.tanaka@kumo.example", "chat", "Cannot log in since the update", "it says “session expired” each time, in Firefox and Chrome", 17, 43, TRUE, NULL, "login", "", FALSE },
  { "Dr. Friedrich Achterberg", "achterberg@klinik.example", "email", "Re: Spare parts for the centrifuge", "Thank you. Could you also send us the data sheet for the rotor", 75, 165, FALSE, "a_1", "parts", "", TRUE },
  { "Priya Raghunathan", "priya.r@monsoon.example", "email", "Export to CSV drops umlauts", "When I export customers with names like Müller, the file shows M?ller", 190, 280, FALSE, "a_2", "bug", "queued", FALSE },
  { "Ola Nordmann", "ola@fjell.example", "email", "Cancel our subscription", "We are closing the shop at the end of the year, so please cancel", 330, 400, FALSE, "a_1", NULL, "failed", FALSE },
  { "Chiara Bianchi", "chiara@bianchi.example", "chat", "Opening hours around New Year", "perfect, thank you so much!", 1500, 0, FALSE, "a_2", NULL, "", FALSE },
  { "Samuel Okafor", "samuel@okafor.example", "email", "Fwd: Question about the warranty of the model from 2021", "My colleague told me that the warranty starts with the installation", 2900, 1440, FALSE, NULL, "warranty", "", FALSE },
  { "Lena Vogt", "lena.vogt@vogt-partner.example", "email", "Feature wish: dark letterheads", "It would help us a lot if the printed letters could use our own", 4400, 0, FALSE, "a_1", "wish", "", FALSE },
};

static LiaConversation *
make_conversation (guint i)
{
  LiaConversation *conversation = lia_conversation_new ();
  gint64           now_ms = lia_time_now ();

  conversation->id = g_strdup_printf ("c_%u", i + 1);
  conversation->ver = 1;
  conversation->sort = i;
  conversation->subject = g_strdup (samples[i].subject);
  conversation->customer_id = g_strdup_printf ("k_%u", i + 1);
  conversation->customer = lia_address_new (samples[i].name, samples[i].address);
  conversation->channel = g_strdup (samples[i].channel);
  conversation->queue = g_strdup ("q_1");
  conversation->state = samples[i].due_in != 0 ? LIA_CONVERSATION_OPEN : LIA_CONVERSATION_PENDING;
  conversation->assignee = g_strdup (samples[i].assignee);
  conversation->unread = samples[i].unread;
  conversation->tags = g_strsplit (samples[i].tag != NULL ? samples[i].tag : "", ",", -1);
  conversation->due_ms = samples[i].due_in != 0 ? now_ms + samples[i].due_in * MINUTE_MS : 0;
  conversation->due_kind = g_strdup (samples[i].due_in != 0 ? "first" : NULL);
  conversation->waiting_since_ms = samples[i].due_in != 0 ? now_ms - samples[i].minutes_ago * MINUTE_MS : 0;
  conversation->last_ms = now_ms - samples[i].minutes_ago * MINUTE_MS;
  conversation->snippet = g_strdup (samples[i].snippet);
  conversation->entries = 3;
  conversation->sending = g_strdup (samples[i].sending);
  conversation->draft = samples[i].draft;
  conversation->seq = 10 * i + 3;
  conversation->created_ms = conversation->last_ms - 24 * 60 * MINUTE_MS;
  return conversation;
}

LiaConversation *
sample_conversation_copy (LiaConversation *conversation)
{
  LiaConversation *copy = lia_conversation_new ();

  copy->id = g_strdup (conversation->id);
  copy->ver = conversation->ver + 1;
  copy->sort = conversation->sort;
  copy->subject = g_strdup (conversation->subject);
  copy->customer_id = g_strdup (conversation->customer_id);
  copy->customer = lia_address_ref (conversation->customer);
  copy->channel = g_strdup (conversation->channel);
  copy->queue = g_strdup (conversation->queue);
  copy->state = conversation->state;
  copy->assignee = g_strdup (conversation->assignee);
  copy->unread = conversation->unread;
  copy->tags = g_strdupv (conversation->tags);
  copy->language = g_strdup (conversation->language);
  copy->language_set = conversation->language_set;
  copy->due_ms = conversation->due_ms;
  copy->due_kind = g_strdup (conversation->due_kind);
  copy->waiting_since_ms = conversation->waiting_since_ms;
  copy->snooze_until_ms = conversation->snooze_until_ms;
  copy->last_ms = conversation->last_ms;
  copy->snippet = g_strdup (conversation->snippet);
  copy->entries = conversation->entries;
  copy->sending = g_strdup (conversation->sending);
  copy->draft = conversation->draft;
  copy->callback = conversation->callback;
  copy->seq = conversation->seq;
  copy->created_ms = conversation->created_ms;
  return copy;
}

static gboolean
is_in_view (LiaClient       *self,
            LiaConversation *conversation,
            const char      *view)
{
  gboolean closed = conversation->state == LIA_CONVERSATION_CLOSED;

  if (g_strcmp0 (view, "closed") == 0)
    return closed;
  if (g_strcmp0 (view, "followups") == 0)
    return conversation->state == LIA_CONVERSATION_SNOOZED;
  if (g_strcmp0 (view, "callbacks") == 0)
    return conversation->callback && conversation->state == LIA_CONVERSATION_OPEN;
  if (closed || conversation->state == LIA_CONVERSATION_SNOOZED)
    return FALSE;
  if (g_strcmp0 (view, "mine") == 0)
    return g_strcmp0 (conversation->assignee, self->me->id) == 0;
  if (g_strcmp0 (view, "waiting") == 0)
    return conversation->assignee == NULL && conversation->state == LIA_CONVERSATION_OPEN;
  return g_strcmp0 (view, "queue:q_2") != 0;
}

static const struct
{
  const char *id;
  const char *kind;
  const char *name;
} view_ids[] = {
  { "mine", "mine", "My work" },
  { "waiting", "waiting", "Waiting" },
  { "queue:q_1", "queue", "Support" },
  { "queue:q_2", "queue", "Sales" },
  { "callbacks", "callbacks", "Callbacks" },
  { "followups", "followups", "Follow-ups" },
  { "closed", "closed", "Closed" },
  { "all", "all", "All" },
};

static void
count_views (LiaClient *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (view_ids); i++)
    {
      g_autoptr (LiaView) view = lia_view_new ();

      view->id = g_strdup (view_ids[i].id);
      view->kind = g_strdup (view_ids[i].kind);
      view->name = g_strdup (view_ids[i].name);
      for (guint j = 0; j < self->conversations->len; j++)
        {
          LiaConversation *conversation = self->conversations->pdata[j];
          gboolean         in_view = is_in_view (self, conversation, view->id);

          view->total += in_view;
          view->unread += in_view && conversation->unread;
        }
      if (i < g_list_model_get_n_items (G_LIST_MODEL (self->views)))
        g_list_store_splice (self->views, i, 1, (gpointer *)&view, 1);
      else
        g_list_store_append (self->views, view);
    }
}

/* The lists */

struct _LiaConversationList
{
  GObject parent_instance;

  LiaClient  *client;
  char       *view;
  GListStore *rows;
};

enum {
  LIST_PROP_0,
  LIST_PROP_LOADING,
  LIST_PROP_TOTAL,
  LIST_PROP_PROBLEM,
  LIST_N_PROPS
};

static gpointer
list_get_item (GListModel *model,
               guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (((LiaConversationList *)model)->rows), position);
}

static guint
list_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (((LiaConversationList *)model)->rows));
}

static GType
list_get_item_type (GListModel *model)
{
  return LIA_TYPE_CONVERSATION;
}

static void
list_iface_init (GListModelInterface *iface)
{
  iface->get_item = list_get_item;
  iface->get_n_items = list_get_n_items;
  iface->get_item_type = list_get_item_type;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LiaConversationList, lia_conversation_list, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_iface_init))

static void
list_get_property (GObject    *object,
                   guint       prop_id,
                   GValue     *value,
                   GParamSpec *pspec)
{
  if (prop_id == LIST_PROP_TOTAL)
    g_value_set_uint (value, list_get_n_items (G_LIST_MODEL (object)));
}

static void
list_finalize (GObject *object)
{
  LiaConversationList *self = LIA_CONVERSATION_LIST (object);

  g_ptr_array_remove (self->client->lists, self);
  g_object_unref (self->client);
  g_object_unref (self->rows);
  g_free (self->view);
  G_OBJECT_CLASS (lia_conversation_list_parent_class)->finalize (object);
}

static void
lia_conversation_list_class_init (LiaConversationListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = list_finalize;
  object_class->get_property = list_get_property;
  g_object_class_install_property (object_class, LIST_PROP_LOADING, g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE));
  g_object_class_install_property (object_class, LIST_PROP_TOTAL, g_param_spec_uint ("total", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE));
  g_object_class_install_property (object_class, LIST_PROP_PROBLEM, g_param_spec_string ("problem", NULL, NULL, NULL, G_PARAM_READABLE));
}

static void
lia_conversation_list_init (LiaConversationList *self)
{
  self->rows = g_list_store_new (LIA_TYPE_CONVERSATION);
}

/* Not minimal changes: one removal and one addition a row, which is what moves look like. */
static void
list_update (LiaConversationList *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  guint before = list_get_n_items (G_LIST_MODEL (self));

  for (guint i = 0; i < self->client->conversations->len; i++)
    if (is_in_view (self->client, self->client->conversations->pdata[i], self->view))
      g_ptr_array_add (rows, self->client->conversations->pdata[i]);
  g_list_store_splice (self->rows, 0, before, rows->pdata, rows->len);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, rows->len);
}

LiaConversationList *
lia_conversation_list_new (LiaClient  *client,
                           const char *view)
{
  LiaConversationList *self = g_object_new (LIA_TYPE_CONVERSATION_LIST, NULL);

  self->client = g_object_ref (client);
  self->view = g_strdup (view);
  g_ptr_array_add (client->lists, self);
  list_update (self);
  return self;
}

const char *
lia_conversation_list_get_view (LiaConversationList *self)
{
  return self->view;
}

gboolean
lia_conversation_list_get_loading (LiaConversationList *self)
{
  return FALSE;
}

guint
lia_conversation_list_get_total (LiaConversationList *self)
{
  return list_get_n_items (G_LIST_MODEL (self));
}

guint
lia_conversation_list_find (LiaConversationList *self,
                            const char          *conversation)
{
  for (guint i = 0; i < list_get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (LiaConversation) row = list_get_item (G_LIST_MODEL (self), i);

      if (g_strcmp0 (row->id, conversation) == 0)
        return i;
    }
  return G_MAXUINT;
}

/* The timelines */

struct _LiaTimelineModel
{
  GObject parent_instance;

  LiaClient       *client;
  char            *id;
  LiaConversation *conversation;
  GListStore      *entries;
};

enum {
  MODEL_PROP_0,
  MODEL_PROP_CONVERSATION,
  MODEL_PROP_LOADING,
  MODEL_PROP_HAS_OLDER,
  MODEL_PROP_UNREAD_FROM,
  MODEL_PROP_DRAFT,
  MODEL_PROP_PROBLEM,
  MODEL_N_PROPS
};

static gpointer
model_get_item (GListModel *model,
                guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (((LiaTimelineModel *)model)->entries), position);
}

static guint
model_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (((LiaTimelineModel *)model)->entries));
}

static GType
model_get_item_type (GListModel *model)
{
  return LIA_TYPE_ENTRY;
}

static void
model_iface_init (GListModelInterface *iface)
{
  iface->get_item = model_get_item;
  iface->get_n_items = model_get_n_items;
  iface->get_item_type = model_get_item_type;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LiaTimelineModel, lia_timeline_model, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, model_iface_init))

static void
model_get_property (GObject    *object,
                    guint       prop_id,
                    GValue     *value,
                    GParamSpec *pspec)
{
  if (prop_id == MODEL_PROP_CONVERSATION)
    g_value_set_object (value, LIA_TIMELINE_MODEL (object)->conversation);
}

static void
model_finalize (GObject *object)
{
  LiaTimelineModel *self = LIA_TIMELINE_MODEL (object);

  g_ptr_array_remove (self->client->models, self);
  g_object_unref (self->client);
  g_clear_object (&self->conversation);
  g_object_unref (self->entries);
  g_free (self->id);
  G_OBJECT_CLASS (lia_timeline_model_parent_class)->finalize (object);
}

static void
lia_timeline_model_class_init (LiaTimelineModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = model_finalize;
  object_class->get_property = model_get_property;
  g_object_class_install_property (object_class, MODEL_PROP_CONVERSATION,
                                   g_param_spec_object ("conversation", NULL, NULL, LIA_TYPE_CONVERSATION, G_PARAM_READABLE));
  g_object_class_install_property (object_class, MODEL_PROP_LOADING, g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE));
  g_object_class_install_property (object_class, MODEL_PROP_HAS_OLDER, g_param_spec_boolean ("has-older", NULL, NULL, FALSE, G_PARAM_READABLE));
  g_object_class_install_property (object_class, MODEL_PROP_UNREAD_FROM,
                                   g_param_spec_int64 ("unread-from", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE));
  g_object_class_install_property (object_class, MODEL_PROP_DRAFT, g_param_spec_object ("draft", NULL, NULL, LIA_TYPE_DRAFT, G_PARAM_READABLE));
  g_object_class_install_property (object_class, MODEL_PROP_PROBLEM, g_param_spec_string ("problem", NULL, NULL, NULL, G_PARAM_READABLE));
}

static void
lia_timeline_model_init (LiaTimelineModel *self)
{
  self->entries = g_list_store_new (LIA_TYPE_ENTRY);
}

static void
model_add (LiaTimelineModel *self,
           gboolean          in,
           LiaEntryKind      kind,
           const char       *text)
{
  g_autoptr (LiaEntry) entry = lia_entry_new ();
  guint n = model_get_n_items (G_LIST_MODEL (self));

  entry->seq = n + 1;
  entry->id = g_strdup_printf ("e_%s_%u", self->id, n);
  entry->conv = g_strdup (self->id);
  entry->at_ms = self->conversation->last_ms - (2 - n) * 95 * MINUTE_MS;
  entry->kind = kind;
  entry->direction = kind == LIA_ENTRY_NOTE ? LIA_DIRECTION_NONE : in ? LIA_DIRECTION_IN
                                                                      : LIA_DIRECTION_OUT;
  entry->author_kind = in ? LIA_AUTHOR_CUSTOMER : LIA_AUTHOR_AGENT;
  g_set_str (&entry->author_id, in ? self->conversation->customer_id : self->client->me->id);
  entry->author = in ? lia_address_ref (self->conversation->customer) : lia_address_new (self->client->me->name, "support@example.org");
  entry->from = lia_address_ref (entry->author);
  g_clear_pointer (&entry->to, g_ptr_array_unref);
  entry->to = lia_address_parse_list (in ? "support@example.org" : self->conversation->customer->address);
  g_set_str (&entry->subject, self->conversation->subject);
  g_set_str (&entry->text, text);
  entry->send_state = in || kind == LIA_ENTRY_NOTE ? LIA_SEND_NONE : LIA_SEND_SENT;
  g_list_store_append (self->entries, entry);
}

/* Half a minute apart, not hours, as people chat. */
static void
model_add_chat (LiaTimelineModel *self)
{
  static const struct
  {
    gboolean    in;
    const char *text;
  } said[] = {
    { TRUE, "hi, I need help" },
    { FALSE, "Good morning! I am glad to help." },
    { FALSE, "What is it about?" },
    { TRUE, NULL },
    { TRUE, "what can I do?" },
    { FALSE, "I am looking into it, one moment please." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_autoptr (LiaEntry) entry = NULL;

      model_add (self, said[i].in, LIA_ENTRY_CHAT, said[i].text != NULL ? said[i].text : self->conversation->snippet);
      entry = g_list_model_get_item (G_LIST_MODEL (self), i);
      entry->at_ms = self->conversation->last_ms - (gint64)(G_N_ELEMENTS (said) - 1 - i) * MINUTE_MS / 2;
      g_set_str (&entry->subject, "");
      entry->send_state = said[i].in ? LIA_SEND_NONE : LIA_SEND_DELIVERED;
    }
}

/* That a call is to be made; @details: JSON */
static void
model_add_promise (LiaTimelineModel *self,
                   const char       *details)
{
  g_autoptr (LiaEntry) promise = NULL;

  model_add (self, FALSE, LIA_ENTRY_PROMISE, "");
  promise = g_list_model_get_item (G_LIST_MODEL (self), g_list_model_get_n_items (G_LIST_MODEL (self)) - 1);
  g_set_str (&promise->details, details);
}

LiaTimelineModel *
lia_timeline_model_new (LiaClient  *client,
                        const char *conversation)
{
  LiaTimelineModel *self = g_object_new (LIA_TYPE_TIMELINE_MODEL, NULL);
  g_autofree char  *last = NULL;

  self->client = g_object_ref (client);
  self->id = g_strdup (conversation);
  g_ptr_array_add (client->models, self);
  for (guint i = 0; i < client->conversations->len; i++)
    if (g_strcmp0 (((LiaConversation *)client->conversations->pdata[i])->id, conversation) == 0)
      g_set_object (&self->conversation, client->conversations->pdata[i]);
  if (self->conversation == NULL)
    return self;

  if (g_str_equal (self->conversation->channel, "chat"))
    {
      model_add_chat (self);
      if (self->conversation->callback)
        model_add_promise (self, "{\"what\":\"callback\",\"number\":\"+351211234567\",\"reason\":\"\",\"settled\":false,\"offer\":\"e_2\"}");
      return self;
    }

  last = g_strdup_printf ("%s.\n\nCould you please let me know by tomorrow? Our accountant closes the month on Friday.\n\nKind regards\n%s",
                          self->conversation->snippet, self->conversation->customer->name);
  model_add (self, TRUE, LIA_ENTRY_EMAIL, "Hello,\n\nI have a question about our last order. We ordered twelve, but the confirmation says twenty-one. Which is right?");
  model_add (self, FALSE, LIA_ENTRY_EMAIL, "Good morning,\n\nthank you for writing. Twelve is right: the confirmation swapped the digits, and I have corrected it. A new one is on its way.\n\nBest wishes,\nAnn");
  model_add (self, TRUE, LIA_ENTRY_EMAIL, last);
  if (self->conversation->callback)
    model_add_promise (self, "{\"what\":\"callback\",\"number\":\"+351211234567\",\"reason\":\"The pallet\",\"settled\":false}");
  return self;
}

const char *
lia_timeline_model_get_id (LiaTimelineModel *self)
{
  return self->id;
}

LiaConversation *
lia_timeline_model_get_conversation (LiaTimelineModel *self)
{
  return self->conversation;
}

LiaDraft *
lia_timeline_model_get_draft (LiaTimelineModel *self)
{
  return NULL;
}

gboolean
lia_timeline_model_get_loading (LiaTimelineModel *self)
{
  return FALSE;
}

gboolean
lia_timeline_model_get_has_older (LiaTimelineModel *self)
{
  return FALSE;
}

gint64
lia_timeline_model_get_unread_from (LiaTimelineModel *self)
{
  return 0;
}

gint64
lia_timeline_model_get_last_seq (LiaTimelineModel *self)
{
  return model_get_n_items (G_LIST_MODEL (self));
}

void
lia_timeline_model_load_older (LiaTimelineModel *self)
{
}

/* The client */

static void
lia_client_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  LiaClient *self = LIA_CLIENT (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_STALE:
      g_value_set_boolean (value, self->state != LIA_CLIENT_LIVE);
      break;
    case PROP_ME:
      g_value_set_object (value, self->me);
      break;
    case PROP_UNDO_SEND_S:
      g_value_set_int (value, 10);
      break;
    case PROP_SIGNATURE:
      g_value_set_string (value, self->signature);
      break;
    default:
      g_value_set_boolean (value, TRUE);
    }
}

static void
lia_client_finalize (GObject *object)
{
  LiaClient *self = LIA_CLIENT (object);

  g_string_free (self->log, TRUE);
  g_object_unref (self->me);
  g_object_unref (self->chats);
  g_object_unref (self->views);
  g_object_unref (self->channels);
  g_object_unref (self->queues);
  g_object_unref (self->agents);
  g_ptr_array_unref (self->conversations);
  g_ptr_array_unref (self->lists);
  g_ptr_array_unref (self->models);
  g_free (self->failing_step);
  g_free (self->failing_code);
  g_free (self->signature);
  G_OBJECT_CLASS (lia_client_parent_class)->finalize (object);
}

static void
lia_client_class_init (LiaClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lia_client_get_property;
  object_class->finalize = lia_client_finalize;
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, LIA_TYPE_CLIENT_STATE, 0, G_PARAM_READABLE);
  properties[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, G_PARAM_READABLE);
  properties[PROP_ME] = g_param_spec_object ("me", NULL, NULL, LIA_TYPE_AGENT, G_PARAM_READABLE);
  properties[PROP_UNDO_SEND_S] = g_param_spec_int ("undo-send-s", NULL, NULL, 0, 60, 10, G_PARAM_READABLE);
  properties[PROP_SIGNATURE] = g_param_spec_string ("signature", NULL, NULL, NULL, G_PARAM_READABLE);
  properties[PROP_SAMPLE] = g_param_spec_boolean ("sample", NULL, NULL, FALSE, G_PARAM_READABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_signal_new ("customer-changed", LIA_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_CUSTOMER);
  g_signal_new ("entry-added", LIA_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, LIA_TYPE_CONVERSATION, LIA_TYPE_ENTRY);
}

static void
add_agent (LiaClient  *self,
           const char *id,
           const char *name)
{
  g_autoptr (LiaAgent) agent = lia_agent_new ();

  agent->id = g_strdup (id);
  agent->name = g_strdup (name);
  agent->address = g_strdup ("");
  agent->role = g_strdup ("admin");
  agent->availability = g_strdup ("available");
  agent->reason = g_strdup ("");
  agent->phone = g_strdup ("");
  agent->extension = g_strdup_printf ("10%s", id + 2);
  agent->member = g_strdup ("");
  g_list_store_append (self->agents, agent);
  if (self->me == NULL)
    self->me = g_object_ref (agent);
}

static void
lia_client_init (LiaClient *self)
{
  self->state = LIA_CLIENT_LIVE;
  self->chats = lia_live_chats_new ();
  self->log = g_string_new (NULL);
  self->views = g_list_store_new (LIA_TYPE_VIEW);
  self->channels = g_list_store_new (LIA_TYPE_CHANNEL);
  self->queues = g_list_store_new (LIA_TYPE_QUEUE);
  self->agents = g_list_store_new (LIA_TYPE_AGENT);
  self->conversations = g_ptr_array_new_with_free_func (g_object_unref);
  self->lists = g_ptr_array_new ();
  self->models = g_ptr_array_new ();
  self->refuse = -1;
  self->signature = g_strdup ("Ann Lee\nExample Support");
  add_agent (self, "a_1", "Ann Lee");
  add_agent (self, "a_2", "Ben Ito");
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    g_ptr_array_add (self->conversations, make_conversation (i));
  count_views (self);
}

LiaClient *
lia_client_new (GSocketConnectable *address,
                const char         *secret)
{
  return g_object_new (LIA_TYPE_CLIENT, NULL);
}

void
lia_client_start (LiaClient *self)
{
}

void
lia_client_stop (LiaClient *self)
{
}

LiaClientState
lia_client_get_state (LiaClient *self)
{
  return self->state;
}

LiaAgent *
lia_client_get_me (LiaClient *self)
{
  return self->me;
}

LiaLiveChats *
lia_client_get_chats (LiaClient *self)
{
  return self->chats;
}

void
lia_client_send_typing (LiaClient  *self,
                        const char *conversation)
{
}

GListModel *
lia_client_get_views (LiaClient *self)
{
  return G_LIST_MODEL (self->views);
}

GListModel *
lia_client_get_channels (LiaClient *self)
{
  return G_LIST_MODEL (self->channels);
}

GListModel *
lia_client_get_queues (LiaClient *self)
{
  return G_LIST_MODEL (self->queues);
}

GListModel *
lia_client_get_agents (LiaClient *self)
{
  return G_LIST_MODEL (self->agents);
}

void
sample_client_log (LiaClient  *self,
                   const char *format,
                   ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (self->log, format, arguments);
  va_end (arguments);
}

void
sample_client_put_queue (LiaClient *self,
                         LiaQueue  *queue)
{
  g_list_store_append (self->queues, queue);
}

void
sample_client_set_me (LiaClient *self,
                      LiaAgent  *me)
{
  g_set_object (&self->me, me);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ME]);
}

char *
sample_client_take_log (LiaClient *self)
{
  char *log = g_string_free (self->log, FALSE);

  self->log = g_string_new (NULL);
  return log;
}

GPtrArray *
sample_client_conversations (LiaClient *self)
{
  return self->conversations;
}

void
sample_client_change (LiaClient       *self,
                      LiaConversation *conversation)
{
  for (guint i = 0; i < self->conversations->len; i++)
    if (g_strcmp0 (((LiaConversation *)self->conversations->pdata[i])->id, conversation->id) == 0)
      {
        g_object_unref (self->conversations->pdata[i]);
        self->conversations->pdata[i] = g_object_ref (conversation);
      }
  for (guint i = 0; i < self->lists->len; i++)
    list_update (self->lists->pdata[i]);
  for (guint i = 0; i < self->models->len; i++)
    {
      LiaTimelineModel *model = self->models->pdata[i];

      if (g_strcmp0 (model->id, conversation->id) == 0 && g_set_object (&model->conversation, conversation))
        g_object_notify (G_OBJECT (model), "conversation");
    }
  count_views (self);
}

/* sample_client_set_effort: what each customer has been through from now on. */
void
sample_client_set_effort (LiaClient       *self,
                          const LiaEffort *effort)
{
  g_object_set_data_full (G_OBJECT (self), "effort", lia_effort_copy (effort), g_free);
}

void
sample_client_set_state (LiaClient     *self,
                         LiaClientState state)
{
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
sample_client_add_channel (LiaClient  *self,
                           const char *state)
{
  g_autoptr (LiaChannel) channel = lia_channel_new ();

  channel->id = g_strdup ("h_1");
  channel->kind = g_strdup ("mail");
  channel->name = g_strdup ("support@example.org");
  channel->state = g_strdup (state);
  channel->detail = g_strdup ("");
  channel->config = g_strdup ("{\"address\":\"support@example.org\",\"login\":\"support\",\"imap\":{\"host\":\"imap.example.org\",\"port\":993,\"tls\":\"tls\"},"
                              "\"smtp\":{\"host\":\"smtp.example.org\",\"port\":587,\"tls\":\"starttls\"}}");
  if (g_strcmp0 (state, "syncing") == 0)
    {
      channel->done = 1200;
      channel->total = 5000;
    }
  g_list_store_append (self->channels, channel);
}

void
sample_client_fail_tests (LiaClient  *self,
                          const char *step,
                          const char *code)
{
  g_set_str (&self->failing_step, step);
  g_set_str (&self->failing_code, code);
}

void
sample_client_refuse (LiaClient *self,
                      int        problem)
{
  self->refuse = problem;
}

static DexFuture *
answer (LiaClient  *self,
        const char *value,
        const char *format,
        ...) G_GNUC_PRINTF (3, 4);

static DexFuture *
answer (LiaClient  *self,
        const char *value,
        const char *format,
        ...)
{
  va_list args;
  int     refuse = self->refuse;

  va_start (args, format);
  g_string_append_vprintf (self->log, format, args);
  va_end (args);
  g_string_append_c (self->log, '\n');
  self->refuse = -1;
  if (refuse >= 0)
    return dex_future_new_reject (LIA_PROBLEM, refuse, "refused");
  return value != NULL ? dex_future_new_for_string (value) : dex_future_new_for_boolean (TRUE);
}

/* sample_client_answer: what all commands answer: done, unless the test wants this one to be refused. @line goes to the log. */
DexFuture *
sample_client_answer (LiaClient  *self,
                      const char *line)
{
  return answer (self, NULL, "%s", line);
}

static LiaConversation *
copy_of (LiaClient  *self,
         const char *conversation)
{
  for (guint i = 0; i < self->conversations->len; i++)
    if (g_strcmp0 (((LiaConversation *)self->conversations->pdata[i])->id, conversation) == 0)
      return sample_conversation_copy (self->conversations->pdata[i]);
  return NULL;
}

DexFuture *
lia_client_take (LiaClient  *self,
                 const char *conversation)
{
  return lia_client_assign (self, conversation, self->me->id);
}

DexFuture *
lia_client_take_chat (LiaClient  *self,
                      const char *conversation)
{
  return self->refuse >= 0 ? answer (self, NULL, "take-chat %s", conversation) : lia_client_assign (self, conversation, self->me->id);
}

DexFuture *
lia_client_decline_chat (LiaClient  *self,
                         const char *conversation)
{
  return answer (self, NULL, "decline-chat %s", conversation);
}

DexFuture *
lia_client_set_chats (LiaClient *self,
                      int        chats)
{
  return answer (self, NULL, "chats %d", chats);
}

DexFuture *
lia_client_assign (LiaClient  *self,
                   const char *conversation,
                   const char *agent)
{
  g_autoptr (LiaConversation) changed = copy_of (self, conversation);
  DexFuture *done;

  g_set_str (&changed->assignee, agent);
  done = answer (self, NULL, "assign %s %s", conversation, agent != NULL ? agent : "-");
  sample_client_change (self, changed);
  return done;
}

DexFuture *
lia_client_snooze (LiaClient  *self,
                   const char *conversation,
                   gint64      until_ms)
{
  g_autoptr (LiaConversation) changed = copy_of (self, conversation);
  DexFuture *done;

  changed->state = LIA_CONVERSATION_SNOOZED;
  changed->snooze_until_ms = until_ms;
  done = answer (self, NULL, "snooze %s", conversation);
  sample_client_change (self, changed);
  return done;
}

DexFuture *
lia_client_close_conversation (LiaClient  *self,
                               const char *conversation,
                               gint64      seen,
                               gboolean    force)
{
  g_autoptr (LiaConversation) changed = copy_of (self, conversation);
  DexFuture *done;
  gboolean   refused = self->refuse >= 0;

  changed->state = LIA_CONVERSATION_CLOSED;
  done = answer (self, NULL, "close %s force=%d", conversation, force);
  if (!refused)
    sample_client_change (self, changed);
  return done;
}

DexFuture *
lia_client_reopen (LiaClient  *self,
                   const char *conversation)
{
  g_autoptr (LiaConversation) changed = copy_of (self, conversation);
  DexFuture *done;

  changed->state = LIA_CONVERSATION_OPEN;
  done = answer (self, NULL, "reopen %s", conversation);
  sample_client_change (self, changed);
  return done;
}

DexFuture *
lia_client_set_tags (LiaClient         *self,
                     const char        *conversation,
                     const char *const *tags)
{
  g_autofree char *joined = g_strjoinv (",", (char **)tags);

  return answer (self, NULL, "tag %s %s", conversation, joined);
}

DexFuture *
lia_client_move (LiaClient  *self,
                 const char *conversation,
                 const char *queue)
{
  g_autoptr (LiaConversation) changed = copy_of (self, conversation);
  DexFuture *done;

  g_set_str (&changed->queue, queue);
  done = answer (self, NULL, "move %s %s", conversation, queue);
  sample_client_change (self, changed);
  return done;
}

DexFuture *
lia_client_set_language (LiaClient  *self,
                         const char *conversation,
                         const char *language)
{
  g_autoptr (LiaConversation) changed = copy_of (self, conversation);
  DexFuture *done;

  g_set_str (&changed->language, language);
  changed->language_set = *language != '\0';
  done = answer (self, NULL, "language %s %s", conversation, language);
  sample_client_change (self, changed);
  return done;
}

DexFuture *
lia_client_mark_read (LiaClient  *self,
                      const char *conversation,
                      gint64      seq)
{
  g_autoptr (LiaConversation) changed = copy_of (self, conversation);
  DexFuture *done;

  changed->unread = seq == 0;
  done = answer (self, NULL, "read %s %d", conversation, (int)seq);
  sample_client_change (self, changed);
  return done;
}

DexFuture *
lia_client_create_conversation (LiaClient  *self,
                                LiaAddress *customer,
                                const char *subject)
{
  return answer (self, "c_1", "create %s %s", customer->address, subject);
}

DexFuture *
lia_client_get_customer (LiaClient  *self,
                         const char *customer)
{
  LiaCustomer *found = lia_customer_new ();
  guint        i = (guint)g_ascii_strtoull (customer + 2, NULL, 10) - 1;

  g_set_str (&found->id, customer);
  found->ver = 1;
  g_set_str (&found->name, samples[i].name);
  g_set_str (&found->org, "Nordhavn Logistics");
  g_set_str (&found->notes, "Prefers to be called before ten.");
  found->created_ms = lia_time_now () - 400 * 24 * 60 * MINUTE_MS;
  found->conversations = 4;
  found->effort = lia_effort_copy (g_object_get_data (G_OBJECT (self), "effort"));
  g_clear_pointer (&found->addresses, g_ptr_array_unref);
  found->addresses = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  g_ptr_array_add (found->addresses, lia_address_new ("email", samples[i].address));
  g_ptr_array_add (found->addresses, lia_address_new ("phone", "+45 70 12 34 56"));
  return dex_future_new_take_object (found);
}

DexFuture *
lia_client_get_customer_conversations (LiaClient  *self,
                                       const char *customer)
{
  GListStore *found = g_list_store_new (LIA_TYPE_CONVERSATION);

  for (guint i = 0; i < 3; i++)
    g_list_store_append (found, self->conversations->pdata[self->conversations->len - 1 - i]);
  return dex_future_new_take_object (found);
}

DexFuture *
lia_client_complete_address (LiaClient  *self,
                             const char *typed)
{
  GListStore *found = g_list_store_new (LIA_TYPE_CUSTOMER);

  return dex_future_new_take_object (found);
}

DexFuture *
lia_client_search (LiaClient  *self,
                   const char *query,
                   const char *before)
{
  LiaSearchPage   *page = lia_search_page_new ();
  g_autofree char *wanted = g_utf8_casefold (query, -1);

  if (page->hits == NULL)
    page->hits = g_list_store_new (LIA_TYPE_SEARCH_HIT);
  for (guint i = 0; i < self->conversations->len; i++)
    {
      LiaConversation *conversation = self->conversations->pdata[i];
      g_autofree char *text = g_utf8_casefold (conversation->snippet, -1);
      const char      *at = strstr (text, wanted);
      g_autoptr (LiaSearchHit) hit = NULL;
      gsize mark[2];

      if (at == NULL)
        continue;
      hit = lia_search_hit_new ();
      g_set_object (&hit->conversation, conversation);
      hit->entry = g_strdup_printf ("e_%s_2", conversation->id);
      hit->at_ms = conversation->last_ms;
      g_set_str (&hit->snippet, conversation->snippet);
      g_clear_pointer (&hit->marks, g_array_unref);
      hit->marks = g_array_new (FALSE, FALSE, sizeof (gsize));
      mark[0] = at - text;
      mark[1] = mark[0] + strlen (wanted);
      g_array_append_vals (hit->marks, mark, 2);
      g_list_store_append (page->hits, hit);
    }
  return dex_future_new_take_object (page);
}

static DexFuture *
nothing (void)
{
  return dex_future_new_reject (LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "nothing");
}

DexFuture *
lia_client_get_blob (LiaClient  *self,
                     const char *blob)
{
  return nothing ();
}

DexFuture *
lia_client_get_html (LiaClient  *self,
                     const char *entry)
{
  return nothing ();
}

DexFuture *
lia_client_get_source (LiaClient  *self,
                       const char *entry)
{
  return nothing ();
}

DexFuture *
lia_client_upload (LiaClient  *self,
                   GBytes     *bytes,
                   const char *name,
                   const char *type)
{
  return nothing ();
}

DexFuture *
lia_client_discover_mailbox (LiaClient  *self,
                             const char *address)
{
  GListStore *found = g_list_store_new (LIA_TYPE_MAILBOX);
  g_autoptr (LiaMailbox) mailbox = lia_mailbox_new ();

  g_set_str (&mailbox->source, "autoconfig");
  g_set_str (&mailbox->login, address);
  g_set_str (&mailbox->imap_host, "imap.example.org");
  g_set_str (&mailbox->smtp_host, "smtp.example.org");
  g_set_str (&mailbox->imap_tls, "tls");
  g_set_str (&mailbox->smtp_tls, "starttls");
  mailbox->imap_port = 993;
  mailbox->smtp_port = 587;
  g_list_store_append (found, mailbox);
  return dex_future_new_take_object (found);
}

static DexFuture *
diagnose (LiaClient *self)
{
  const char *steps[] = { "name", "reach", "certificate", "login", "folders", "sending" };
  GListStore *found = g_list_store_new (LIA_TYPE_DIAGNOSIS);
  gboolean    failed = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (LiaDiagnosis) diagnosis = lia_diagnosis_new ();

      g_set_str (&diagnosis->step, steps[i]);
      g_set_str (&diagnosis->detail, "");
      if (g_strcmp0 (self->failing_step, steps[i]) == 0)
        {
          failed = TRUE;
          g_set_str (&diagnosis->state, "failed");
          g_set_str (&diagnosis->code, self->failing_code);
          g_set_str (&diagnosis->detail, "The server’s certificate is for mail.example.net.");
        }
      else
        g_set_str (&diagnosis->state, failed ? "skipped" : "ok");
      g_list_store_append (found, diagnosis);
    }
  return dex_future_new_take_object (found);
}

DexFuture *
lia_client_test_mailbox (LiaClient  *self,
                         LiaMailbox *mailbox,
                         const char *password)
{
  return diagnose (self);
}

DexFuture *
lia_client_test_channel (LiaClient  *self,
                         const char *channel,
                         LiaMailbox *mailbox,
                         const char *password)
{
  return diagnose (self);
}

DexFuture *
lia_client_add_mailbox (LiaClient  *self,
                        LiaMailbox *mailbox,
                        const char *password)
{
  sample_client_add_channel (self, "syncing");
  return answer (self, "h_1", "add-mailbox %s %s %s %s:%d %s:%d", mailbox->address, password, mailbox->login, mailbox->imap_host,
                 (int)mailbox->imap_port, mailbox->smtp_host, (int)mailbox->smtp_port);
}

DexFuture *
lia_client_update_mailbox (LiaClient  *self,
                           const char *channel,
                           LiaMailbox *mailbox,
                           const char *password)
{
  return answer (self, NULL, "update-mailbox %s %s", channel, mailbox->imap_host);
}

static void
add_pbx_step (LiaClient    *self,
              LiaPbxReport *report,
              const char   *name)
{
  LiaDiagnosis *step = lia_diagnosis_new ();
  gboolean      failing = g_strcmp0 (self->failing_step, name) == 0;

  g_set_str (&step->step, name);
  g_set_str (&step->state, failing ? "failed" : g_str_equal (name, "keys") ? "advice"
                                                                           : "ok");
  g_set_str (&step->code, failing ? self->failing_code : g_str_equal (name, "keys") ? "no-keys"
                                                                                    : NULL);
  g_set_str (&step->file, g_str_equal (name, "keys") ? "features.conf" : NULL);
  g_set_str (&step->paste, g_str_equal (name, "keys") ? "#include \"liaison/features.conf\"\n" : NULL);
  g_ptr_array_add (report->steps, step);
}

static void
add_pbx_phone (LiaPbxReport *report,
               const char   *name,
               const char   *extension,
               const char   *member)
{
  LiaPbxPhone *phone = lia_pbx_phone_new ();

  g_set_str (&phone->phone, name);
  g_set_str (&phone->extension, extension);
  g_set_str (&phone->member, member);
  g_ptr_array_add (report->phones, phone);
}

DexFuture *
lia_client_test_pbx (LiaClient  *self,
                     const char *channel,
                     LiaPbx     *pbx,
                     const char *password,
                     const char *recordings_password,
                     const char *phone)
{
  const char   *steps[] = { "name", "reach", "certificate", "login", "rights", "timestamps", "clock", "version", "modules", "queues", "phones", "dialplan", "keys", "recordings", "callers" };
  LiaPbxReport *report = lia_pbx_report_new ();
  LiaPbxQueue  *queue = lia_pbx_queue_new ();

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    add_pbx_step (self, report, steps[i]);
  g_set_str (&report->context, "from-internal");
  g_set_str (&queue->name, "support");
  g_ptr_array_add (report->queues, queue);
  add_pbx_phone (report, "PJSIP/ann", "201", "");
  add_pbx_phone (report, "PJSIP/202", "202", "Local/202@from-queue/n");
  g_string_append_printf (self->log, "test-pbx %s %s\n", phone != NULL ? phone : "-", password != NULL ? password : "(kept)");
  return dex_future_new_take_object (report);
}

DexFuture *
lia_client_add_pbx (LiaClient  *self,
                    LiaPbx     *pbx,
                    const char *password,
                    const char *recordings_password)
{
  return answer (self, "h_2", "add-pbx %s:%d %s %s %s %s%s%s", pbx->host, (int)pbx->port, pbx->tls, pbx->login, password, pbx->context,
                 recordings_password != NULL ? " " : "", recordings_password != NULL ? recordings_password : "");
}

DexFuture *
lia_client_update_pbx (LiaClient  *self,
                       const char *channel,
                       LiaPbx     *pbx,
                       const char *password,
                       const char *recordings_password)
{
  return answer (self, NULL, "update-pbx %s %s:%d %s %s", channel, pbx->host, (int)pbx->port, password != NULL ? password : "(kept)", pbx->context);
}

DexFuture *
lia_client_set_agent_phone (LiaClient  *self,
                            const char *agent,
                            const char *phone,
                            const char *extension,
                            const char *member)
{
  return answer (self, NULL, "agent-phone %s %s %s %s", agent, phone, extension, member);
}

DexFuture *
lia_client_save_queue (LiaClient *self,
                       LiaQueue  *queue)
{
  g_autofree char *monday = queue->hours != NULL ? lia_hours_show_day (queue->hours, 0) : NULL;
  g_autofree char *closed = queue->hours != NULL ? lia_hours_show_closed (queue->hours) : NULL;
  g_autofree char *hours = queue->hours != NULL ? g_strdup_printf ("%s %s %s", monday, closed, queue->hours->zone) : g_strdup ("always");

  return answer (self, NULL, "queue %s %s %d %d %d %d %s", queue->id, queue->service_level, (int)(queue->service_target_ms / 1000), (int)(queue->short_ms / 1000),
                 (int)(queue->wrapup_ms / 1000), (int)(queue->callback_target_ms / 1000), hours);
}

LiaPbx *
lia_channel_dup_pbx (LiaChannel *channel,
                     GError    **error)
{
  LiaPbx *pbx;

  if (channel->config != NULL)
    {
      g_autoptr (JsonObject) config = lia_json_parse (channel->config, -1, LIA_JSON_MAX_BYTES, error);

      return config != NULL ? lia_wire_decode_pbx (config, error) : NULL;
    }
  pbx = lia_pbx_new ();
  pbx->host = g_strdup (channel->name);
  return pbx;
}

DexFuture *
lia_client_remove_channel (LiaClient  *self,
                           const char *channel)
{
  g_list_store_remove_all (self->channels);
  return answer (self, NULL, "remove %s", channel);
}

DexFuture *
lia_client_sync_channel (LiaClient  *self,
                         const char *channel)
{
  return answer (self, NULL, "sync %s", channel);
}

DexFuture *
lia_client_set_undo_send (LiaClient *self,
                          int        seconds)
{
  return answer (self, NULL, "undo-send %d", seconds);
}

int
lia_client_get_notice_gap (LiaClient *self)
{
  return 30;
}

int
lia_client_get_chat_offer (LiaClient *self)
{
  return 25;
}

DexFuture *
lia_client_set_notice_gap (LiaClient *self,
                           int        days)
{
  return answer (self, NULL, "notice-gap %d", days);
}

DexFuture *
lia_client_set_chat_offer (LiaClient *self,
                           int        seconds)
{
  return answer (self, NULL, "chat-offer %d", seconds);
}

DexFuture *
lia_client_set_signature (LiaClient  *self,
                          const char *signature)
{
  return answer (self, NULL, "signature %s", signature);
}

DexFuture *
lia_client_set_availability (LiaClient  *self,
                             const char *state,
                             const char *reason)
{
  return answer (self, NULL, "availability %s %s", state, reason);
}

DexFuture *
lia_client_update_customer (LiaClient   *self,
                            LiaCustomer *customer)
{
  return answer (self, NULL, "customer %s %s", customer->id, customer->notes);
}

DexFuture *
lia_client_set_manners (LiaClient                *self,
                        const char               *customer,
                        const char               *zone,
                        const LiaCannedFormality *formality)
{
  return answer (self, NULL, "manners %s %s %s", customer, zone != NULL ? zone : "-", formality != NULL ? lia_canned_formality_to_string (*formality) : "-");
}

DexFuture *
lia_client_send_message (LiaClient  *self,
                         const char *conversation,
                         LiaDraft   *draft,
                         gint64      seen,
                         gboolean    force,
                         const char *then)
{
  return answer (self, "o_1", "send %s %s", conversation, draft->body);
}

DexFuture *
lia_client_send_chat (LiaClient  *self,
                      const char *conversation,
                      LiaDraft   *draft,
                      const char *by,
                      const char *then)
{
  return answer (self, "", "send %s %s", conversation, draft->body);
}

DexFuture *
lia_client_send_transcript (LiaClient  *self,
                            const char *conversation,
                            const char *zone)
{
  return answer (self, "ann@example.com", "transcript %s", conversation);
}

DexFuture *
lia_client_offer_call (LiaClient  *self,
                       const char *conversation)
{
  return answer (self, "e_1", "offer-call %s", conversation);
}

DexFuture *
lia_client_read_answer_way (LiaClient  *self,
                            const char *conversation)
{
  return dex_future_new_take_boxed (LIA_TYPE_ANSWER_WAY, lia_answer_way_new (FALSE, "ann@example.com", 0));
}

DexFuture *
lia_client_cancel_message (LiaClient  *self,
                           const char *outbox)
{
  return nothing ();
}

DexFuture *
lia_client_retry_message (LiaClient  *self,
                          const char *outbox)
{
  return answer (self, NULL, "retry %s", outbox);
}

DexFuture *
lia_client_settle_message (LiaClient  *self,
                           const char *outbox)
{
  return answer (self, NULL, "settle %s", outbox);
}

DexFuture *
lia_client_add_note (LiaClient  *self,
                     const char *conversation,
                     LiaDraft   *note)
{
  return answer (self, "e_9", "note %s %s", conversation, note->body);
}

DexFuture *
lia_client_save_draft (LiaClient  *self,
                       const char *conversation,
                       LiaDraft   *draft)
{
  return answer (self, NULL, "draft %s", conversation);
}

/* The engine host: nothing to start */

struct _LiaEngineHost
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (LiaEngineHost, lia_engine_host, G_TYPE_OBJECT)

static void
host_get_property (GObject    *object,
                   guint       prop_id,
                   GValue     *value,
                   GParamSpec *pspec)
{
}

static void
lia_engine_host_class_init (LiaEngineHostClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = host_get_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1, g_param_spec_string ("problem", NULL, NULL, NULL, G_PARAM_READABLE));
}

static void
lia_engine_host_init (LiaEngineHost *self)
{
}

LiaEngineHost *
lia_engine_host_new (const char *workspace_directory)
{
  return g_object_new (LIA_TYPE_ENGINE_HOST, NULL);
}

gboolean
lia_engine_host_start (LiaEngineHost *self,
                       GError       **error)
{
  return TRUE;
}

void
lia_engine_host_stop (LiaEngineHost *self)
{
}

GSocketConnectable *
lia_engine_host_get_address (LiaEngineHost *self)
{
  return NULL;
}

const char *
lia_engine_host_get_problem (LiaEngineHost *self)
{
  return g_getenv ("LIAISON_PROBLEM");
}

DexFuture *
lia_sample_make (const char *directory)
{
  return g_mkdir_with_parents (directory, 0700) == 0 ? dex_future_new_for_boolean (TRUE) : dex_future_new_for_errno (errno);
}
