/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows are recycled by the list: setting `item` replaces everything. The relative time keeps up with the shared clock while the row is on screen.
 */
#include "lia-conversation-row.h"

#include "lia-call-words.h"
#include "lia-callback-words.h"
#include "lia-callers.h"
#include "lia-clock.h"
#include "lia-due-pill.h"
#include "lia-effort-words.h"
#include "lia-format.h"
#include "lia-time.h"
#include "lia-tooltip.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _LiaConversationRow
{
  GtkWidget parent_instance;

  AdwAvatar  *avatar;
  GtkImage   *channel;
  GtkLabel   *customer;
  GtkImage   *unread;
  GtkLabel   *time;
  GtkLabel   *subject;
  LiaDuePill *due;
  GtkImage   *marker;
  GtkLabel   *snippet;
  GtkLabel   *extra;
  AdwAvatar  *assignee;

  LiaClient       *client;
  LiaConversation *item;
  LiaCall         *call; /* that goes on in it, or NULL */
};

enum {
  PROP_0,
  PROP_ITEM,
  PROP_SPOKEN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LiaConversationRow, lia_conversation_row, GTK_TYPE_WIDGET)

static LiaAgent *
find_agent (LiaConversationRow *self,
            const char         *id)
{
  GListModel *agents = lia_client_get_agents (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (agents); i++)
    {
      g_autoptr (LiaAgent) agent = g_list_model_get_item (agents, i);

      if (g_strcmp0 (agent->id, id) == 0)
        return g_steal_pointer (&agent);
    }
  return NULL;
}

static void
update_time (LiaConversationRow *self)
{
  g_autofree char *time = NULL;

  if (self->item == NULL)
    return;
  time = lia_format_time (self->item->last_ms, lia_time_now ());
  gtk_label_set_label (self->time, time);
}

static void
update_assignee (LiaConversationRow *self)
{
  g_autoptr (LiaAgent) agent = self->item->assignee != NULL && self->client != NULL ? find_agent (self, self->item->assignee) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->assignee), agent != NULL);
  if (agent == NULL)
    return;
  adw_avatar_set_text (self->assignee, agent->name);
  lia_tooltip_set (GTK_WIDGET (self->assignee), agent->name);
}

static void
update_marker (LiaConversationRow *self)
{
  const char *sending = self->item->sending;
  const char *icon = NULL;
  const char *text = NULL;

  if (g_strcmp0 (sending, "failed") == 0 || g_strcmp0 (sending, "unconfirmed") == 0)
    {
      icon = "dialog-error-symbolic";
      text = g_strcmp0 (sending, "failed") == 0 ? _ ("A message could not be sent") : _ ("It is not certain that a message was sent");
    }
  else if (sending != NULL && *sending != '\0')
    {
      icon = "mail-send-symbolic";
      text = _ ("A message is on its way");
    }
  else if (self->item->draft)
    {
      icon = "document-edit-symbolic";
      text = _ ("You have a draft here");
    }
  else if (self->item->callback)
    {
      icon = "lia-callback-symbolic";
      text = _ ("To be called back");
    }
  else if (self->item->question)
    {
      icon = "lia-bug-symbolic";
      text = _ ("The engineers ask something");
    }

  gtk_widget_set_visible (GTK_WIDGET (self->marker), icon != NULL);
  gtk_image_set_from_icon_name (self->marker, icon);
  lia_tooltip_set (GTK_WIDGET (self->marker), text);
  if (g_strcmp0 (icon, "dialog-error-symbolic") == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->marker), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->marker), "error");
}

static gboolean
is_typing (LiaConversationRow *self)
{
  return self->client != NULL && lia_live_chats_is_typing (lia_client_get_chats (self->client), self->item->id);
}

/* While somebody calls, the number and why we think that it is this customer are worth more than the last words. */
static void
update_snippet (LiaConversationRow *self)
{
  g_autofree char *number = self->call != NULL ? lia_call_words_number (self->call) : NULL;
  const char      *match = self->call != NULL && self->call->match != LIA_MATCH_EXACT ? lia_call_words_match (self->call) : "";
  g_autofree char *text = number != NULL && *match != '\0' ? g_strdup_printf ("%s · %s", number, match) : g_strdup (number);

  if (text == NULL && is_typing (self))
    text = g_strdup (_ ("Typing…"));
  gtk_label_set_label (self->snippet, text != NULL ? text : self->item->snippet != NULL ? self->item->snippet
                                                                                        : "");
}

/* Whose it is to call back, where a call is owed and none goes on. */
static char *
dup_callback (LiaConversationRow *self)
{
  g_autoptr (LiaAgent) owner = NULL;

  if (!self->item->callback || self->call != NULL || self->client == NULL)
    return NULL;
  owner = find_agent (self, self->item->assignee);
  return lia_callback_words (self->item, owner, lia_time_now ());
}

/* What the caller has been through, or whose it is to call back, has a line of its own, which other rows do not have. */
static void
update_extra (LiaConversationRow *self)
{
  g_autofree char *callback = dup_callback (self);
  g_autofree char *effort = lia_effort_words_call (self->call != NULL ? self->call->effort : NULL);
  const char      *text = callback != NULL ? callback : effort;

  gtk_label_set_label (self->extra, text);
  gtk_widget_set_visible (GTK_WIDGET (self->extra), *text != '\0');
  lia_tooltip_set (GTK_WIDGET (self->extra), text);
}

static void
update_call (LiaConversationRow *self)
{
  g_autoptr (LiaCall) call = self->item != NULL && self->client != NULL ? lia_callers_find (lia_client_get_calls (self->client), self->item->id) : NULL;

  if (!g_set_object (&self->call, call) || self->item == NULL)
    return;
  lia_due_pill_set_call (self->due, call);
  update_snippet (self);
  update_extra (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPOKEN]);
}

/* Who is there and waits for our word is as urgent as a caller. */
static gboolean
waits_in_chat (LiaConversationRow *self)
{
  return self->item != NULL && self->client != NULL && self->item->state == LIA_CONVERSATION_OPEN && self->item->waiting_since_ms > 0 &&
         lia_live_chats_get_visitor (lia_client_get_chats (self->client), self->item) == LIA_VISITOR_HERE;
}

static void
update_waits (LiaConversationRow *self)
{
  lia_due_pill_set_waits (self->due, waits_in_chat (self));
}

static void
on_chat_changed_cb (LiaConversationRow *self,
                    const char         *conversation)
{
  if (self->item == NULL || (conversation != NULL && g_strcmp0 (self->item->id, conversation) != 0))
    return;
  update_snippet (self);
  update_waits (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPOKEN]);
}

/* Agents come and go, and whose callback it is tells whether they are here. */
static void
update_agents (LiaConversationRow *self)
{
  if (self->item == NULL)
    return;
  update_assignee (self);
  update_extra (self);
}

static char *
dup_spoken (LiaConversationRow *self)
{
  LiaConversation *item = self->item;
  g_autofree char *callback = dup_callback (self);
  g_autofree char *who = lia_format_customer (item->customer);
  g_autofree char *due = lia_format_due (item, lia_time_now ());
  g_autofree char *number = self->call != NULL ? lia_call_words_number (self->call) : NULL;
  g_autofree char *does = self->call != NULL ? lia_call_words_outcome (self->call, lia_time_now ()) : NULL;
  g_autofree char *effort = lia_effort_words_call (self->call != NULL ? self->call->effort : NULL);
  g_autofree char *call = does != NULL ? g_strjoin (", ", number, does, *effort != '\0' ? effort : NULL, NULL) : NULL;

  if (call == NULL)
    call = g_strdup (*due != '\0' ? due : lia_format_state (item));
  return g_strjoin (", ", who, lia_format_subject (item), lia_channel_title (item->channel), callback != NULL ? callback : self->item->question ? _ ("the engineers ask something")
                                                                                                                                                : call,
                    is_typing (self)       ? _ ("typing")
                    : waits_in_chat (self) ? _ ("waits in the chat")
                    : item->unread         ? _ ("unread")
                                           : NULL,
                    NULL);
}

static void
update (LiaConversationRow *self)
{
  LiaConversation *item = self->item;
  g_autofree char *name = lia_format_customer (item->customer);

  adw_avatar_set_text (self->avatar, name);
  gtk_image_set_from_icon_name (self->channel, lia_channel_icon (item->channel));
  lia_tooltip_set (GTK_WIDGET (self->channel), lia_channel_title (item->channel));
  gtk_label_set_label (self->customer, name);
  gtk_label_set_label (self->subject, lia_format_subject (item));
  gtk_widget_set_visible (GTK_WIDGET (self->unread), item->unread);
  if (item->unread)
    gtk_widget_add_css_class (GTK_WIDGET (self), "unread");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "unread");
  lia_due_pill_set_conversation (self->due, item);
  update_call (self);
  update_waits (self);
  update_snippet (self);
  update_extra (self);
  update_time (self);
  update_assignee (self);
  update_marker (self);
}

static void
lia_conversation_row_map (GtkWidget *widget)
{
  update_time (LIA_CONVERSATION_ROW (widget));
  g_signal_connect_object (lia_clock_get_default (), "tick", G_CALLBACK (update_time), widget, G_CONNECT_SWAPPED);
  if (LIA_CONVERSATION_ROW (widget)->client != NULL)
    {
      update_call (LIA_CONVERSATION_ROW (widget));
      update_agents (LIA_CONVERSATION_ROW (widget));
      g_signal_connect_object (lia_client_get_agents (LIA_CONVERSATION_ROW (widget)->client), "items-changed", G_CALLBACK (update_agents), widget,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (lia_client_get_calls (LIA_CONVERSATION_ROW (widget)->client), "items-changed", G_CALLBACK (update_call), widget,
                               G_CONNECT_SWAPPED);
      if (LIA_CONVERSATION_ROW (widget)->item != NULL)
        update_snippet (LIA_CONVERSATION_ROW (widget));
      update_waits (LIA_CONVERSATION_ROW (widget));
      g_signal_connect_object (lia_client_get_chats (LIA_CONVERSATION_ROW (widget)->client), "changed", G_CALLBACK (on_chat_changed_cb), widget,
                               G_CONNECT_SWAPPED);
    }
  GTK_WIDGET_CLASS (lia_conversation_row_parent_class)->map (widget);
}

static void
lia_conversation_row_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lia_conversation_row_parent_class)->unmap (widget);
  g_signal_handlers_disconnect_by_func (lia_clock_get_default (), update_time, widget);
  if (LIA_CONVERSATION_ROW (widget)->client != NULL)
    {
      g_signal_handlers_disconnect_by_func (lia_client_get_chats (LIA_CONVERSATION_ROW (widget)->client), on_chat_changed_cb, widget);
      g_signal_handlers_disconnect_by_func (lia_client_get_calls (LIA_CONVERSATION_ROW (widget)->client), update_call, widget);
      g_signal_handlers_disconnect_by_func (lia_client_get_agents (LIA_CONVERSATION_ROW (widget)->client), update_agents, widget);
    }
}

static void
lia_conversation_row_dispose (GObject *object)
{
  LiaConversationRow *self = LIA_CONVERSATION_ROW (object);
  GtkWidget          *child;

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_CONVERSATION_ROW);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->item);
  g_clear_object (&self->call);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (lia_conversation_row_parent_class)->dispose (object);
}

static void
lia_conversation_row_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ITEM:
      g_value_set_object (value, LIA_CONVERSATION_ROW (object)->item);
      break;
    case PROP_SPOKEN:
      g_value_take_string (value, LIA_CONVERSATION_ROW (object)->item != NULL ? dup_spoken (LIA_CONVERSATION_ROW (object)) : NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lia_conversation_row_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_ITEM:
      lia_conversation_row_set_item (LIA_CONVERSATION_ROW (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lia_conversation_row_class_init (LiaConversationRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lia_conversation_row_dispose;
  object_class->get_property = lia_conversation_row_get_property;
  object_class->set_property = lia_conversation_row_set_property;
  widget_class->map = lia_conversation_row_map;
  widget_class->unmap = lia_conversation_row_unmap;

  properties[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, LIA_TYPE_CONVERSATION,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SPOKEN] = g_param_spec_string ("spoken", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (LIA_TYPE_DUE_PILL);
  gtk_widget_class_set_css_name (widget_class, "conversation");
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-conversation-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaConversationRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationRow, channel);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationRow, customer);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationRow, unread);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationRow, time);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationRow, subject);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationRow, due);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationRow, marker);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationRow, snippet);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationRow, extra);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationRow, assignee);
}

static void
lia_conversation_row_init (LiaConversationRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lia_conversation_row_new (LiaClient *client)
{
  LiaConversationRow *self = g_object_new (LIA_TYPE_CONVERSATION_ROW, NULL);

  self->client = g_object_ref (client);
  return GTK_WIDGET (self);
}

void
lia_conversation_row_set_item (LiaConversationRow *self,
                               LiaConversation    *item)
{
  if (!g_set_object (&self->item, item))
    return;
  if (item != NULL)
    update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPOKEN]);
}
