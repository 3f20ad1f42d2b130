/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-composer-private.h"

/*
 * A conversation with somebody who waits for each line: Enter sends, the field stays open and keeps the focus, and who types is told of to the
 * other side. Who has left long ago is written to by mail in the same field, where Enter is a new line then.
 */

gboolean
lia_composer_is_chat (LiaComposer *self)
{
  return g_str_equal (self->kind, "chat");
}

static LiaConversation *
get_conversation (LiaComposer *self)
{
  return self->model != NULL ? lia_timeline_model_get_conversation (self->model) : NULL;
}

/** lia_composer_can_chat: whether the open conversation is a chat, also one whose visitor has gone. */
gboolean
lia_composer_can_chat (LiaComposer *self)
{
  LiaConversation *conversation = get_conversation (self);

  return conversation != NULL && g_strcmp0 (conversation->channel, "chat") == 0;
}

static LiaVisitor
get_visitor (LiaComposer *self)
{
  LiaConversation *conversation = get_conversation (self);

  if (conversation == NULL || self->client == NULL)
    return LIA_VISITOR_NONE;

  return lia_live_chats_get_visitor (lia_client_get_chats (self->client), conversation);
}

static gboolean
is_typing (LiaComposer *self)
{
  return self->client != NULL && lia_live_chats_is_typing (lia_client_get_chats (self->client), lia_timeline_model_get_id (self->model));
}

/* Who went on by mail themselves. */
static gboolean
wrote_mail_last (LiaComposer *self)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->model)); i > 0; i--)
    {
      g_autoptr (LiaEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->model), i - 1);

      if (entry->author_kind == LIA_AUTHOR_CUSTOMER && (entry->kind == LIA_ENTRY_EMAIL || entry->kind == LIA_ENTRY_CHAT))
        return entry->kind == LIA_ENTRY_EMAIL;
    }

  return FALSE;
}

/** lia_composer_get_answer_kind: how this conversation is answered where nobody says how: "chat" or "reply". */
const char *
lia_composer_get_answer_kind (LiaComposer *self)
{
  if (!lia_composer_can_chat (self))
    return "reply";

  return get_visitor (self) != LIA_VISITOR_HERE && wrote_mail_last (self) ? "reply" : "chat";
}

/** lia_composer_update_chat: what is said of the visitor. */
void
lia_composer_update_chat (LiaComposer *self)
{
  LiaConversation *conversation = get_conversation (self);
  g_autofree char *name = NULL;

  if (conversation == NULL || conversation->customer == NULL)
    return;

  name = lia_address_show (conversation->customer);
  lia_chat_strip_show (self->chat_strip, name, get_visitor (self), is_typing (self), lia_composer_get_way_address (self), lia_composer_is_by_mail (self));
  lia_chat_strip_show_pages (self->chat_strip, self->client != NULL ? lia_live_chats_get_pages (lia_client_get_chats (self->client), conversation->id) : NULL);
  lia_composer_update_call (self);
}

/** lia_composer_tell_typing: with each change of the text; the client tells the engine now and then. */
void
lia_composer_tell_typing (LiaComposer *self)
{
  if (self->open && lia_composer_is_chat (self) && self->client != NULL && self->model != NULL && !lia_composer_is_empty (self))
    lia_client_send_typing (self->client, lia_timeline_model_get_id (self->model));
}

static gboolean
was_greeted (LiaComposer *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->model)); i++)
    {
      g_autoptr (LiaEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->model), i);

      if (entry->kind == LIA_ENTRY_CHAT && entry->author_kind == LIA_AUTHOR_AGENT)
        return TRUE;
    }

  return FALSE;
}

/** lia_composer_left_out: what responses do not bring along here: nobody is greeted twice in a chat, or signed off in the middle of it. */
LiaTemplateParts
lia_composer_left_out (LiaComposer *self)
{
  if (!lia_composer_is_chat (self))
    return 0;

  return LIA_TEMPLATE_FAREWELL | (was_greeted (self) ? LIA_TEMPLATE_GREETING : 0);
}

/** lia_composer_next_line: the last line has gone out; the field is there for the next one. */
void
lia_composer_next_line (LiaComposer *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  self->opened = TRUE;
  self->open = TRUE;
  self->seen = lia_timeline_model_get_last_seq (self->model);
  lia_composer_set_kind (self, "chat");
  lia_composer_update (self);
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    lia_composer_focus (self);
}

static gboolean
is_enter (guint           key,
          GdkModifierType state)
{
  return (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter) &&
         (state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) == 0;
}

/* Enter ends what is being composed with an input method, and a search that finds nothing, before it sends. */
static gboolean
on_key_cb (LiaComposer        *self,
           guint               key,
           guint               code,
           GdkModifierType     state,
           GtkEventController *keys)
{
  GdkEvent *event = gtk_event_controller_get_current_event (keys);

  if (!lia_composer_is_chat (self) || lia_composer_is_by_mail (self) || !is_enter (key, state))
    return GDK_EVENT_PROPAGATE;
  if (event != NULL && gtk_text_view_im_context_filter_keypress (GTK_TEXT_VIEW (self->body_view), event))
    return GDK_EVENT_STOP;

  if (self->popup != NULL && gtk_widget_get_visible (GTK_WIDGET (self->popup)))
    lia_response_popup_close (self->popup);
  else
    lia_composer_send (self, "pending", FALSE);

  return GDK_EVENT_STOP;
}

void
lia_composer_init_chat (LiaComposer *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->body_view), keys);
}
