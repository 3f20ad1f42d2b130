/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-composer-private.h"

/*
 * How an answer leaves that is written in the field for chats: to the visitor's page, or, where nobody has been there for a while, by e-mail. The engine
 * decides when it is sent; what it would decide is asked for when a chat is opened and whenever its visitor comes or goes, so that who writes knows it,
 * and can choose otherwise, until the visitor is back.
 */

#define NEVER_MS (24 * G_GINT64_CONSTANT (3600000)) /* no site waits longer */

static gboolean
is_here (LiaComposer *self)
{
  LiaConversation *conversation = lia_timeline_model_get_conversation (self->model);

  return conversation != NULL && lia_live_chats_get_visitor (lia_client_get_chats (self->client), conversation) == LIA_VISITOR_HERE;
}

/** lia_composer_get_way_address: (nullable): where an answer by e-mail would go. */
const char *
lia_composer_get_way_address (LiaComposer *self)
{
  return self->way != NULL ? self->way->address : NULL;
}

/** lia_composer_is_by_mail: whether what is written in the field for chats goes by e-mail. */
gboolean
lia_composer_is_by_mail (LiaComposer *self)
{
  if (!lia_composer_is_chat (self) || self->way == NULL || self->way->address == NULL || self->model == NULL || self->client == NULL)
    return FALSE;

  return self->by != NULL ? g_str_equal (self->by, "email") : self->way->by_mail && !is_here (self);
}

static void
show (LiaComposer *self)
{
  lia_composer_update_chat (self);
  lia_composer_update_open_label (self);
  lia_composer_update_enter (self);
}

static void
on_time_cb (gpointer data)
{
  LiaComposer *self = data;

  self->way_source = 0;
  lia_composer_ask_way (self);
}

static void
wait_for_time (LiaComposer *self)
{
  gint64 now_ms = g_get_real_time () / 1000;
  gint64 wait_ms = self->way->mail_from_ms - now_ms;

  if (self->way->mail_from_ms != 0 && !self->way->by_mail)
    self->way_source = g_timeout_add_once ((guint)CLAMP (wait_ms, 500, NEVER_MS), on_time_cb, self);
}

static DexFuture *
on_way_cb (DexFuture *future,
           gpointer   data)
{
  LiaComposer *self = data;

  g_clear_pointer (&self->way, lia_answer_way_free);
  self->way = g_value_dup_boxed (dex_future_get_value (future, NULL));
  wait_for_time (self);
  show (self);

  return dex_future_new_true ();
}

/** lia_composer_ask_way: another chat was opened, or its visitor came or went. */
void
lia_composer_ask_way (LiaComposer *self)
{
  g_clear_handle_id (&self->way_source, g_source_remove);
  dex_clear (&self->asking_way);
  if (self->client == NULL || self->model == NULL || !lia_composer_can_chat (self) || lia_client_get_state (self->client) != LIA_CLIENT_LIVE)
    return;

  /* Who is back reads it at once, whatever was meant for the mail. */
  if (is_here (self))
    self->by = NULL;
  self->asking_way = dex_future_then (lia_client_read_answer_way (self->client, lia_timeline_model_get_id (self->model)), on_way_cb, self, NULL);
}

/** lia_composer_forget_way: it was that of another conversation. */
void
lia_composer_forget_way (LiaComposer *self)
{
  g_clear_handle_id (&self->call_source, g_source_remove);
  g_clear_handle_id (&self->way_source, g_source_remove);
  dex_clear (&self->asking_way);
  g_clear_pointer (&self->way, lia_answer_way_free);
  self->by = NULL;
}

/** lia_composer_choose_way: @name: "composer.by-chat" or "composer.by-email" */
void
lia_composer_choose_way (LiaComposer *self,
                         const char  *name)
{
  if (!lia_composer_is_chat (self) || lia_composer_get_way_address (self) == NULL)
    return;

  self->by = g_str_equal (name, "composer.by-email") ? "email" : "chat";
  show (self);
  lia_composer_focus (self);
}
