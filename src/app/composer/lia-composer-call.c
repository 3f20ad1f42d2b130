/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-chat-call.h"
#include "lia-composer-private.h"
#include "lia-time.h"

#include <glib/gi18n.h>

/* A call that is offered to who chats: whether it can be, and what became of the last one. */

static LiaChatCallState
read_call (LiaComposer *self,
           gint64      *until_ms)
{
  *until_ms = 0;

  return self->model != NULL ? lia_chat_call_read (G_LIST_MODEL (self->model), lia_time_now (), until_ms) : LIA_CHAT_CALL_NONE;
}

static char *
dup_name (LiaComposer *self)
{
  LiaConversation *conversation = lia_timeline_model_get_conversation (self->model);

  return conversation != NULL && conversation->customer != NULL ? lia_address_show (conversation->customer) : g_strdup (_ ("The visitor"));
}

static gboolean
has_phone (LiaComposer *self)
{
  LiaAgent *me = self->client != NULL ? lia_client_get_me (self->client) : NULL;

  return me != NULL && me->phone != NULL && *me->phone != '\0';
}

/** lia_composer_dup_why_no_call: (nullable): why no call can be offered now, as a sentence for the agent; NULL: it can. */
char *
lia_composer_dup_why_no_call (LiaComposer *self)
{
  gint64           until_ms;
  LiaChatCallState state = read_call (self, &until_ms);
  g_autofree char *name = NULL;

  if (!lia_composer_can_chat (self))
    return g_strdup (_ ("A call is offered in a chat"));
  if (!has_phone (self))
    return g_strdup (_ ("No telephone is set up for you"));
  if (state == LIA_CHAT_CALL_OFFERED)
    return g_strdup (_ ("A call is offered already"));
  name = dup_name (self);
  if (state == LIA_CHAT_CALL_WANTED)
    return g_strdup_printf (_ ("%s waits for your call"), name);
  if (lia_chat_strip_get_visitor (self->chat_strip) == LIA_VISITOR_GONE)
    return g_strdup_printf (_ ("%s has left the page"), name);

  return NULL;
}

static void
on_time_cb (gpointer data)
{
  LiaComposer *self = data;

  self->call_source = 0;
  lia_composer_update_call (self);
}

/* What is said of it beside the button; who wants to be called stands above the conversation, with the number. */
static char *
dup_news (LiaComposer     *self,
          LiaChatCallState state,
          gint64           until_ms)
{
  g_autoptr (GDateTime) until = g_date_time_new_from_unix_local_usec (until_ms * 1000);
  g_autofree char *name = NULL;
  g_autofree char *time = NULL;

  if (state != LIA_CHAT_CALL_OFFERED && state != LIA_CHAT_CALL_DECLINED)
    return NULL;
  name = dup_name (self);
  if (state == LIA_CHAT_CALL_DECLINED)
    return g_strdup_printf (_ ("%s does not want to be called."), name);
  time = until != NULL ? g_date_time_format (until, "%H:%M") : g_strdup ("");

  /* Translators: to whom a call is offered, and until what time of day */
  return g_strdup_printf (_ ("A call is offered to %s until %s."), name, time);
}

/** lia_composer_update_call: what is said of a call that is offered; with each change of the timeline, and when an offer's time is over. */
void
lia_composer_update_call (LiaComposer *self)
{
  gint64           until_ms;
  LiaChatCallState state = read_call (self, &until_ms);
  g_autofree char *why_not = lia_composer_dup_why_no_call (self);
  g_autofree char *news = self->model != NULL ? dup_news (self, state, until_ms) : NULL;

  g_clear_handle_id (&self->call_source, g_source_remove);
  if (state == LIA_CHAT_CALL_OFFERED)
    self->call_source = g_timeout_add_once ((guint)CLAMP (until_ms - lia_time_now (), 0, G_MAXINT32) + 1, on_time_cb, self);
  lia_chat_strip_show_call (self->chat_strip, news, why_not);
}
