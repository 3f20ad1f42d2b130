/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-client.h"

#include "lia-client-chat-way.h"
#include "lia-client-findings.h"
#include "lia-client-push.h"
#include "lia-findings-watch.h"
#include "lia-queue.h"

struct _LiaClient
{
  GObject parent_instance;

  LiaClientState state;
  GString       *log;
  GString       *drafts;
  GListStore    *channels;
  GListStore    *queues;
  GListStore    *calls;
  GListStore    *agents;
  LiaAgent      *me;
  LiaLiveChats  *chats;
  LiaAnswerWay  *way;
  LiaDraft      *last_sent;
  LiaDraft      *saved;
  char          *last_key;
  gboolean       refuses;
  LiaProblem     refuse_with;
};

enum {
  CLIENT_PROP_0,
  CLIENT_PROP_STATE,
  CLIENT_PROP_UNDO_SEND_S,
  CLIENT_PROP_SIGNATURE,
  CLIENT_PROP_SAMPLE,
  CLIENT_N_PROPS
};

static GParamSpec *client_properties[CLIENT_N_PROPS];

G_DEFINE_FINAL_TYPE (LiaClient, lia_client, G_TYPE_OBJECT)

static void
lia_client_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  LiaClient *self = LIA_CLIENT (object);

  switch (id)
    {
    case CLIENT_PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case CLIENT_PROP_UNDO_SEND_S:
      g_value_set_int (value, 10);
      break;
    case CLIENT_PROP_SIGNATURE:
      g_value_set_string (value, "Support team");
      break;
    default:
      g_value_set_boolean (value, FALSE);
    }
}

static void
lia_client_finalize (GObject *object)
{
  LiaClient *self = LIA_CLIENT (object);

  g_string_free (self->log, TRUE);
  g_string_free (self->drafts, TRUE);
  g_free (self->last_key);
  g_clear_object (&self->channels);
  g_clear_object (&self->queues);
  g_clear_object (&self->calls);
  g_clear_object (&self->agents);
  g_clear_object (&self->me);
  g_clear_object (&self->chats);
  lia_answer_way_free (self->way);
  g_clear_object (&self->last_sent);
  g_clear_object (&self->saved);
  G_OBJECT_CLASS (lia_client_parent_class)->finalize (object);
}

static void
lia_client_class_init (LiaClientClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  G_OBJECT_CLASS (klass)->get_property = lia_client_get_property;
  G_OBJECT_CLASS (klass)->finalize = lia_client_finalize;
  client_properties[CLIENT_PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, LIA_TYPE_CLIENT_STATE, 0, flags);
  client_properties[CLIENT_PROP_UNDO_SEND_S] = g_param_spec_int ("undo-send-s", NULL, NULL, 0, 60, 10, flags);
  client_properties[CLIENT_PROP_SIGNATURE] = g_param_spec_string ("signature", NULL, NULL, NULL, flags);
  client_properties[CLIENT_PROP_SAMPLE] = g_param_spec_boolean ("sample", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), CLIENT_N_PROPS, client_properties);
  g_signal_new ("customer-changed", LIA_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_CUSTOMER);
}

static void
lia_client_init (LiaClient *self)
{
  g_autoptr (LiaChannel) channel = lia_channel_new ();

  self->state = LIA_CLIENT_LIVE;
  self->log = g_string_new (NULL);
  self->drafts = g_string_new (NULL);
  self->channels = g_list_store_new (LIA_TYPE_CHANNEL);
  self->queues = g_list_store_new (LIA_TYPE_QUEUE);
  self->calls = g_list_store_new (LIA_TYPE_CALL);
  self->agents = g_list_store_new (LIA_TYPE_AGENT);
  self->chats = lia_live_chats_new ();
  self->way = lia_answer_way_new (FALSE, NULL, 0);
  self->me = lia_agent_new ();
  self->me->id = g_strdup ("a_1");
  channel->kind = g_strdup ("mail");
  channel->name = g_strdup ("support@example.org");
  g_list_store_append (self->channels, channel);
}

static DexFuture *
answer (LiaClient  *self,
        const char *text)
{
  if (self->state == LIA_CLIENT_OFFLINE)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "offline");

  if (self->refuses)
    {
      self->refuses = FALSE;
      return dex_future_new_reject (LIA_PROBLEM, (int)self->refuse_with, "refused");
    }

  return dex_future_new_take_string (g_strdup (text));
}

static void
append_addresses (GString   *log,
                  GPtrArray *addresses)
{
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      const LiaAddress *address = addresses->pdata[i];

      g_string_append_printf (log, "%s%s", i > 0 ? "," : "", address->address);
    }
}

LiaClient *
fake_client_new (void)
{
  return g_object_new (LIA_TYPE_CLIENT, NULL);
}

static char *
take (GString **log)
{
  char *text = g_string_free (*log, FALSE);

  *log = g_string_new (NULL);

  return text;
}

/* fake_client_take_log: what was to go out since the last look. */
char *
fake_client_take_log (LiaClient *self)
{
  return take (&self->log);
}

/* fake_client_take_drafts: what was saved since the last look. It is a matter of time whether that came before or after something else. */
char *
fake_client_take_drafts (LiaClient *self)
{
  return take (&self->drafts);
}

/* fake_client_get_last_key: of the last message or note that was to go out. */
const char *
fake_client_get_last_key (LiaClient *self)
{
  return self->last_key;
}

/* fake_client_get_saved: the draft as it was saved last, or NULL. */
LiaDraft *
fake_client_get_sent (LiaClient *client)
{
  return client->last_sent;
}

LiaDraft *
fake_client_get_saved (LiaClient *self)
{
  return self->saved;
}

void
fake_client_refuse (LiaClient *self,
                    LiaProblem problem)
{
  self->refuses = TRUE;
  self->refuse_with = problem;
}

void
fake_client_set_offline (LiaClient *self,
                         gboolean   offline)
{
  self->state = offline ? LIA_CLIENT_OFFLINE : LIA_CLIENT_LIVE;
  g_object_notify_by_pspec (G_OBJECT (self), client_properties[CLIENT_PROP_STATE]);
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
  if (lia_live_chats_may_tell (self->chats, conversation))
    g_string_append_printf (self->log, "typing %s\n", conversation);
}

GListModel *
lia_client_get_channels (LiaClient *self)
{
  return G_LIST_MODEL (self->channels);
}

GListModel *
lia_client_get_calls (LiaClient *self)
{
  return G_LIST_MODEL (self->calls);
}

GListModel *
lia_client_get_queues (LiaClient *self)
{
  return G_LIST_MODEL (self->queues);
}

DexFuture *
lia_client_get_customer (LiaClient  *self,
                         const char *id)
{
  LiaCustomer *customer = lia_customer_new ();

  g_set_str (&customer->id, id);
  g_set_str (&customer->name, "Ann Lee");
  g_set_str (&customer->lang, "en");

  return dex_future_new_take_object (customer);
}

struct _LiaFindingsWatch
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (LiaFindingsWatch, lia_findings_watch, G_TYPE_OBJECT)

static void
lia_findings_watch_class_init (LiaFindingsWatchClass *klass)
{
  g_signal_new ("changed", LIA_TYPE_FINDINGS_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_findings_watch_init (LiaFindingsWatch *self)
{
}

LiaFindingsWatch *
lia_findings_watch_new (LiaClient *client)
{
  return g_object_new (LIA_TYPE_FINDINGS_WATCH, NULL);
}

/* What was said in c_7 is known to the engineers. */
DexFuture *
lia_client_get_issues (LiaClient  *self,
                       const char *conversation,
                       const char *customer)
{
  LiaValuePage *page = lia_value_page_new (LIA_TYPE_ISSUE);
  g_autoptr (LiaIssue) issue = lia_issue_new ();

  g_set_str (&issue->key, "SHOP-12");
  g_set_str (&issue->state, "In Progress");
  if (g_strcmp0 (conversation, "c_7") == 0)
    g_list_store_append (page->values, issue);

  return dex_future_new_take_object (page);
}

DexFuture *
lia_client_set_manners (LiaClient                *self,
                        const char               *customer,
                        const char               *zone,
                        const LiaCannedFormality *formality)
{
  g_autoptr (LiaCustomer) changed = lia_customer_new ();

  g_set_str (&changed->id, customer);
  g_set_str (&changed->name, "Ann Lee");
  g_set_str (&changed->zone, zone != NULL ? zone : "");
  changed->formality = formality != NULL ? *formality : LIA_CANNED_FORMALITY_ANY;
  g_string_append_printf (self->log, "manners %s %s\n", customer, lia_canned_formality_to_string (changed->formality));
  g_signal_emit_by_name (self, "customer-changed", changed);

  return answer (self, "");
}

DexFuture *
lia_client_complete_address (LiaClient  *self,
                             const char *typed)
{
  GListStore *found = g_list_store_new (LIA_TYPE_CUSTOMER);
  g_autoptr (LiaCustomer) customer = lia_customer_new ();

  customer->name = g_strdup ("Bea Lund");
  customer->addresses = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  g_ptr_array_add (customer->addresses, lia_address_new ("email", "bea@example.net"));

  if (g_str_has_prefix ("bea", typed))
    g_list_store_append (found, customer);

  return dex_future_new_take_object (found);
}

DexFuture *
lia_client_upload (LiaClient  *self,
                   GBytes     *bytes,
                   const char *name,
                   const char *type)
{
  LiaAttachment *attachment = lia_attachment_new ();

  attachment->blob = g_strdup ("b_1");
  attachment->name = g_strdup (name);
  attachment->type = g_strdup (type);
  attachment->size_bytes = (gint64)g_bytes_get_size (bytes);

  return dex_future_new_take_object (attachment);
}

DexFuture *
lia_client_send_message (LiaClient  *self,
                         const char *conversation,
                         LiaDraft   *draft,
                         gint64      seen,
                         gboolean    force,
                         const char *then)
{
  g_string_append_printf (self->log, "send %s %s to=", conversation, draft->reply);
  append_addresses (self->log, draft->to);
  g_string_append (self->log, " cc=");
  append_addresses (self->log, draft->cc);
  g_string_append_printf (self->log, " subject=%s files=%u seen=%" G_GINT64_FORMAT " force=%d then=%s body=%s\n",
                          draft->subject, draft->attachments->len, seen, force, then, draft->body);
  g_set_object (&self->last_sent, draft);
  g_set_str (&self->last_key, draft->key);

  return answer (self, "o_1");
}

DexFuture *
lia_client_send_chat (LiaClient  *self,
                      const char *conversation,
                      LiaDraft   *draft,
                      const char *by,
                      const char *then)
{
  gboolean by_mail = by != NULL ? g_str_equal (by, "email") : self->way->by_mail;

  g_string_append_printf (self->log, "chat %s files=%u%s%s then=%s body=%s\n", conversation, draft->attachments->len, by != NULL ? " by=" : "",
                          by != NULL ? by : "", then, draft->body);
  g_set_object (&self->last_sent, draft);
  g_set_str (&self->last_key, draft->key);

  return answer (self, by_mail ? "o_1" : "");
}

/* fake_client_set_way: how a chat's answers leave; @address: (nullable): none is known */
void
fake_client_set_way (LiaClient  *self,
                     gboolean    by_mail,
                     const char *address,
                     gint64      mail_from_ms)
{
  lia_answer_way_free (self->way);
  self->way = lia_answer_way_new (by_mail, address, mail_from_ms);
}

DexFuture *
lia_client_read_answer_way (LiaClient  *self,
                            const char *conversation)
{
  return dex_future_new_take_boxed (LIA_TYPE_ANSWER_WAY, lia_answer_way_copy (self->way));
}

DexFuture *
lia_client_cancel_message (LiaClient  *self,
                           const char *outbox)
{
  g_string_append_printf (self->log, "cancel %s\n", outbox);

  return dex_future_new_take_object (g_object_ref (self->last_sent));
}

DexFuture *
lia_client_add_note (LiaClient  *self,
                     const char *conversation,
                     LiaDraft   *note)
{
  g_string_append_printf (self->log, "note %s files=%u body=%s\n", conversation, note->attachments != NULL ? note->attachments->len : 0, note->body);
  g_set_str (&self->last_key, note->key);

  return answer (self, "e_9");
}

DexFuture *
lia_client_save_draft (LiaClient  *self,
                       const char *conversation,
                       LiaDraft   *draft)
{
  g_string_append_printf (self->drafts, "draft %s body=%s\n", conversation, draft != NULL ? draft->body : "(none)");
  g_set_object (&self->saved, draft);

  return answer (self, "");
}

DexFuture *
lia_client_set_tags (LiaClient         *self,
                     const char        *conversation,
                     const char *const *tags)
{
  g_autofree char *joined = g_strjoinv (",", (GStrv)tags);

  g_string_append_printf (self->log, "tags %s %s\n", conversation, joined);

  return answer (self, "");
}

GListModel *
lia_client_get_agents (LiaClient *self)
{
  return G_LIST_MODEL (self->agents);
}

DexFuture *
lia_client_assign (LiaClient  *self,
                   const char *conversation,
                   const char *agent)
{
  g_string_append_printf (self->log, "assign %s %s\n", conversation, agent != NULL ? agent : "(nobody)");

  return answer (self, "");
}

DexFuture *
lia_client_move (LiaClient  *self,
                 const char *conversation,
                 const char *queue)
{
  g_string_append_printf (self->log, "move %s %s\n", conversation, queue);

  return answer (self, "");
}

/* `entry` as it would be of a first quote */
DexFuture *
lia_client_link_issue (LiaClient  *self,
                       const char *url,
                       LiaQuote   *quote)
{
  g_string_append_printf (self->log, "link %s %s %s: %s\n", url, quote->conv, quote->source, quote->text);

  return self->refuses ? answer (self, "") : dex_future_new_for_string ("e_95");
}

DexFuture *
lia_client_uncapture_finding (LiaClient  *self,
                              const char *entry)
{
  g_string_append_printf (self->log, "uncapture %s\n", entry);

  return answer (self, "");
}

DexFuture *
lia_client_reopen (LiaClient  *self,
                   const char *conversation)
{
  g_string_append_printf (self->log, "reopen %s\n", conversation);

  return answer (self, "");
}

DexFuture *
lia_client_snooze (LiaClient  *self,
                   const char *conversation,
                   gint64      until_ms)
{
  g_string_append_printf (self->log, "snooze %s\n", conversation);

  return answer (self, "");
}

struct _LiaTimelineModel
{
  GObject parent_instance;

  char            *id;
  GPtrArray       *entries;
  LiaConversation *conversation;
  LiaDraft        *draft;
};

static GType
get_item_type (GListModel *list)
{
  return LIA_TYPE_ENTRY;
}

static guint
get_n_items (GListModel *list)
{
  return ((LiaTimelineModel *)list)->entries->len;
}

static gpointer
get_item (GListModel *list,
          guint       position)
{
  GPtrArray *entries = ((LiaTimelineModel *)list)->entries;

  return position < entries->len ? g_object_ref (entries->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LiaTimelineModel, lia_timeline_model, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
lia_timeline_model_finalize (GObject *object)
{
  LiaTimelineModel *self = LIA_TIMELINE_MODEL (object);

  g_free (self->id);
  g_ptr_array_unref (self->entries);
  g_clear_object (&self->conversation);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (lia_timeline_model_parent_class)->finalize (object);
}

static void
lia_timeline_model_class_init (LiaTimelineModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_timeline_model_finalize;
}

static void
lia_timeline_model_init (LiaTimelineModel *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  self->conversation = lia_conversation_new ();
  self->conversation->id = g_strdup ("c_1");
  self->conversation->queue = g_strdup ("q_1");
  self->conversation->tags = g_new0 (char *, 1);
  self->conversation->subject = g_strdup ("Broken gear");
  self->conversation->customer_id = g_strdup ("k_1");
  self->conversation->customer = lia_address_new ("Ann Lee", "ann@example.com");
}

LiaTimelineModel *
fake_timeline_new (const char *conversation,
                   LiaDraft   *draft)
{
  LiaTimelineModel *self = g_object_new (LIA_TYPE_TIMELINE_MODEL, NULL);

  self->id = g_strdup (conversation);
  g_set_object (&self->draft, draft);

  return self;
}

/* fake_timeline_set_visitor: the conversation is a chat. */
void
fake_timeline_set_visitor (LiaTimelineModel *self,
                           LiaClient        *client,
                           LiaVisitor        visitor)
{
  g_autofree char *text = g_strdup_printf ("{\"t\":\"eph\",\"k\":\"chat.presence\",\"d\":{\"conv\":\"%s\",\"online\":%s}}", self->conversation->id,
                                           visitor == LIA_VISITOR_HERE ? "true" : "false");
  g_autoptr (LiaFrame) frame = lia_frame_parse (text, -1, NULL);

  g_set_str (&self->conversation->channel, "chat");
  if (visitor != LIA_VISITOR_NONE)
    lia_live_chats_take (client->chats, frame);
}

LiaEntry *
fake_timeline_add (LiaTimelineModel *self,
                   const char       *from,
                   const char       *text)
{
  LiaEntry *entry = lia_entry_new ();

  entry->seq = self->entries->len + 1;
  entry->id = g_strdup_printf ("e_%" G_GINT64_FORMAT, entry->seq);
  entry->kind = LIA_ENTRY_EMAIL;
  entry->direction = LIA_DIRECTION_IN;
  entry->author_kind = LIA_AUTHOR_CUSTOMER;
  entry->author = lia_address_new ("Ann Lee", from);
  entry->from = lia_address_new ("Ann Lee", from);
  entry->to = lia_address_parse_list ("support@example.org");
  entry->cc = lia_address_parse_list ("bob@example.com");
  entry->subject = g_strdup ("Broken gear");
  entry->text = g_strdup (text);
  g_ptr_array_add (self->entries, entry);
  g_list_model_items_changed (G_LIST_MODEL (self), self->entries->len - 1, 0, 1);

  return entry;
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
  return self->draft;
}

gint64
lia_timeline_model_get_last_seq (LiaTimelineModel *self)
{
  return self->entries->len;
}
