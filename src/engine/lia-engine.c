/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-engine.h"

#include "lia-async.h"
#include "lia-auth.h"
#include "lia-channel.h"
#include "lia-chat-hub.h"
#include "lia-housekeeping.h"
#include "lia-http.h"
#include "lia-hub.h"
#include "lia-mail-hub.h"
#include "lia-phone-hub.h"
#include "lia-secrets.h"
#include "lia-tracker-hub.h"
#include "lia-workspace.h"

#define STOP_MS 3000

struct _LiaEngine
{
  GObject parent_instance;

  LiaStore        *store;
  LiaSecrets      *secrets;
  LiaAuth         *auth;
  LiaHub          *hub;
  LiaHttp         *http;
  LiaHousekeeping *housekeeping;
  LiaMailHub      *mail;
  LiaPhoneHub     *phone;
  LiaChatHub      *chat;
  LiaTrackerHub   *trackers;
  gboolean         sample;
};

G_DEFINE_FINAL_TYPE (LiaEngine, lia_engine, G_TYPE_OBJECT)

static void
lia_engine_dispose (GObject *object)
{
  LiaEngine *self = LIA_ENGINE (object);

  g_clear_object (&self->housekeeping);
  g_clear_object (&self->mail);
  g_clear_object (&self->phone);
  g_clear_object (&self->chat);
  g_clear_object (&self->trackers);
  g_clear_object (&self->http);
  g_clear_object (&self->hub);
  g_clear_object (&self->auth);
  g_clear_object (&self->secrets);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (lia_engine_parent_class)->dispose (object);
}

static void
lia_engine_class_init (LiaEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_engine_dispose;
}

static void
lia_engine_init (LiaEngine *self)
{
}

/**
 * lia_engine_new:
 * @worker_path: the program that parses mail: liaisond itself
 *
 * Makes an engine around an open store. It does nothing before lia_engine_start().
 */
LiaEngine *
lia_engine_new (LiaStore   *store,
                LiaSecrets *secrets,
                const char *worker_path)
{
  LiaEngine *self = g_object_new (LIA_TYPE_ENGINE, NULL);

  self->store = g_object_ref (store);
  self->secrets = g_object_ref (secrets);
  self->auth = lia_auth_new (store);
  self->hub = lia_hub_new (self);
  self->http = lia_http_new (self);
  self->housekeeping = lia_housekeeping_new (store);
  self->mail = lia_mail_hub_new (self, worker_path);
  self->phone = lia_phone_hub_new (self);
  self->chat = lia_chat_hub_new (self);
  self->trackers = lia_tracker_hub_new (self);
  return self;
}

static gboolean
read_sample (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  g_autoptr (JsonObject) settings = lia_workspace_settings (db, error);

  return settings != NULL && lia_json_bool (settings, "sample", LIA_JSON_OPTIONAL, data, error);
}

static DexFuture *
start_fiber (gpointer data)
{
  LiaEngine *self = data;
  GError    *error = NULL;

  if (!dex_await (lia_auth_load (self->auth), &error) ||
      !dex_await (lia_store_read (self->store, read_sample, &self->sample, NULL, NULL), &error) ||
      !dex_await (lia_mail_hub_start (self->mail), &error) ||
      !dex_await (lia_phone_hub_start (self->phone), &error) ||
      !dex_await (lia_chat_hub_start (self->chat), &error) ||
      !dex_await (lia_tracker_hub_start (self->trackers), &error))
    return dex_future_new_for_error (error);

  lia_housekeeping_start (self->housekeeping);
  return dex_future_new_for_boolean (TRUE);
}

/** lia_engine_start: resolves when calls may be taken. */
DexFuture *
lia_engine_start (LiaEngine *self)
{
  return lia_spawn (start_fiber, g_object_ref (self), g_object_unref);
}

/** lia_engine_listen: takes calls on a socket that listens already. */
gboolean
lia_engine_listen (LiaEngine *self,
                   GSocket   *socket,
                   GError   **error)
{
  return lia_http_listen (self->http, socket, error);
}

static DexFuture *
stop_fiber (gpointer data)
{
  LiaEngine *self = data;
  gint64     deadline = g_get_monotonic_time () + STOP_MS * 1000;

  lia_http_stop (self->http);
  lia_hub_drain (self->hub);
  dex_await (lia_with_timeout (lia_chat_hub_stop (self->chat), STOP_MS), NULL);
  dex_await (lia_with_timeout (lia_mail_hub_stop (self->mail), STOP_MS), NULL);
  dex_await (lia_with_timeout (lia_phone_hub_stop (self->phone), STOP_MS), NULL);
  dex_await (lia_with_timeout (lia_tracker_hub_stop (self->trackers), STOP_MS), NULL);
  while (lia_http_get_pending (self->http) > 0 && g_get_monotonic_time () < deadline)
    dex_await (dex_timeout_new_msec (20), NULL);
  return dex_future_new_for_boolean (TRUE);
}

/** lia_engine_stop: tells the streams, finishes what is being answered; resolves when the store can be closed. */
DexFuture *
lia_engine_stop (LiaEngine *self)
{
  return lia_spawn (stop_fiber, g_object_ref (self), g_object_unref);
}

LiaStore *
lia_engine_get_store (LiaEngine *self)
{
  return self->store;
}

LiaSecrets *
lia_engine_get_secrets (LiaEngine *self)
{
  return self->secrets;
}

LiaAuth *
lia_engine_get_auth (LiaEngine *self)
{
  return self->auth;
}

LiaHub *
lia_engine_get_hub (LiaEngine *self)
{
  return self->hub;
}

LiaMailHub *
lia_engine_get_mail (LiaEngine *self)
{
  return self->mail;
}

LiaPhoneHub *
lia_engine_get_phone (LiaEngine *self)
{
  return self->phone;
}

LiaChatHub *
lia_engine_get_chat (LiaEngine *self)
{
  return self->chat;
}

LiaTrackerHub *
lia_engine_get_trackers (LiaEngine *self)
{
  return self->trackers;
}

/** lia_engine_is_sample: whether this is the sample workspace. */
gboolean
lia_engine_is_sample (LiaEngine *self)
{
  return self->sample;
}

/** lia_engine_dup_channels: (transfer full): "h_1" -> #LiaChannel: how the channels are now; for lia-workspace.h. */
GHashTable *
lia_engine_dup_channels (LiaEngine *self)
{
  GHashTable *channels = lia_mail_hub_dup_channels (self->mail);

  lia_phone_hub_add_channels (self->phone, channels);
  lia_chat_hub_add_channels (self->chat, channels);
  lia_tracker_hub_add_channels (self->trackers, channels);
  return channels;
}

/** lia_engine_update_channel: a channel was added, changed or removed, and that is durable. */
void
lia_engine_update_channel (LiaEngine *self,
                           gint64     channel_id)
{
  lia_mail_hub_update (self->mail, channel_id);
  lia_phone_hub_update (self->phone, channel_id);
  lia_chat_hub_update (self->chat, channel_id);
}

/** lia_engine_sync_channel: it is to try now, whatever went wrong before. */
void
lia_engine_sync_channel (LiaEngine *self,
                         gint64     channel_id)
{
  lia_mail_hub_sync (self->mail, channel_id);
  lia_phone_hub_sync (self->phone, channel_id);
}

/**
 * lia_engine_diagnose_channel:
 * @mailbox: (nullable): how it would be set up; NULL for how it is
 * @password: (nullable): NULL for the one that is kept
 *
 * Resolves to a boxed GPtrArray of LiaDiagnosis. Changes nothing.
 */
DexFuture *
lia_engine_diagnose_channel (LiaEngine  *self,
                             gint64      channel_id,
                             LiaMailbox *mailbox,
                             const char *password)
{
  return lia_mail_hub_diagnose (self->mail, channel_id, mailbox, password);
}

/** lia_engine_send_ephemeral: @data: JSON text. Tells all streams something that is not kept: progress, presence. */
void
lia_engine_send_ephemeral (LiaEngine  *self,
                           const char *kind,
                           const char *data)
{
  lia_hub_send_ephemeral (self->hub, kind, data);
}
