/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How everything is, in plain words. */

#include "lia-http-doctor-phone.h"

#include "lia-json-text.h"
#include "lia-mail-diagnose.h"
#include "lia-mail-discover.h"
#include "lia-queries.h"
#include "lia-time.h"
#include "lia-wire.h"
#include "lia-workspace.h"

static gboolean
count_outbox (LiaDb      *db,
              JsonObject *outbox,
              GError    **error)
{
  gint64 queued = 0;
  gint64 failed = 0;

  if (!lia_db_get_int (db, &queued, error, "SELECT count(*) FROM outbox WHERE state IN('queued', 'deferred', 'sending')", "") ||
      !lia_db_get_int (db, &failed, error, "SELECT count(*) FROM outbox WHERE state IN('failed', 'unconfirmed')", ""))
    return FALSE;

  json_object_set_int_member (outbox, "queued", queued);
  json_object_set_int_member (outbox, "failed", failed);
  return TRUE;
}

typedef struct
{
  GHashTable *live;
  const char *state;
  const char *detail;
} Doctor;

static gboolean
read_doctor (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  const Doctor *doctor = data;
  g_autoptr (GPtrArray) channels = lia_workspace_channels (db, doctor->live, error);
  g_autoptr (JsonObject) outbox = json_object_new ();
  JsonObject *store;
  GString    *text;

  if (channels == NULL || !count_outbox (db, outbox, error))
    return FALSE;

  store = json_object_new ();
  json_object_set_string_member (store, "state", doctor->state);
  json_object_set_string_member (store, "detail", doctor->detail);
  text = g_string_new (NULL);
  lia_json_text_begin (text, NULL);
  lia_json_text_add_list (text, "channels", channels);
  lia_json_text_add_object (text, "store", store);
  lia_json_text_add_object (text, "outbox", g_steal_pointer (&outbox));
  lia_json_text_end (text);
  *result = g_string_free_and_steal (text);
  return TRUE;
}

/* The only way to know whether a store can be written is to write. */
static gboolean
write_something (LiaDb    *db,
                 gpointer  data,
                 gpointer *result,
                 GError  **error)
{
  g_autofree char *now = lia_time_to_string (lia_time_now ());

  return lia_db_exec (db, error, "INSERT INTO meta(key, value) VALUES('doctor', $1) ON CONFLICT(key) DO UPDATE SET value = $1", "t", now);
}

static const char *
state_of (const GError *error)
{
  if (error == NULL)
    return "ok";
  if (g_error_matches (error, LIA_STORE_ERROR, LIA_STORE_ERROR_FULL))
    return "full";
  if (g_error_matches (error, LIA_STORE_ERROR, LIA_STORE_ERROR_CORRUPT))
    return "corrupt";
  return "read-only";
}

gboolean
lia_http_get_doctor (LiaHttpCall *call,
                     GError     **error)
{
  LiaStore *store = lia_engine_get_store (call->engine);
  g_autoptr (GHashTable) live = lia_engine_dup_channels (call->engine);
  g_autoptr (GError) failure = NULL;
  Doctor doctor = { live, "ok", "" };

  dex_await (lia_store_write (store, write_something, NULL, NULL, NULL), &failure);
  doctor.state = state_of (failure);
  if (failure != NULL)
    doctor.detail = failure->message;
  return lia_http_answer_read (call, read_doctor, &doctor, error);
}

/* Testing mailboxes ---------------------------------------------------------------------------------------------------------------------- */

static gboolean
answer_steps (LiaHttpCall *call,
              DexFuture   *diagnosis,
              GError     **error)
{
  g_autoptr (GPtrArray) steps = dex_await_boxed (diagnosis, error);

  if (steps == NULL)
    return FALSE;
  lia_http_answer_object (call, SOUP_STATUS_OK, lia_wire_encode_steps (steps));
  return TRUE;
}

gboolean
lia_http_post_doctor_discover (LiaHttpCall *call,
                               GError     **error)
{
  g_autoptr (JsonObject) body = lia_http_body (call, error);
  g_autoptr (GPtrArray) mailboxes = NULL;
  const char *address;
  JsonObject *answer;
  JsonArray  *candidates;

  if (body == NULL || !lia_json_str (body, "address", LIA_JSON_REQUIRED, 320, &address, error))
    return FALSE;
  mailboxes = dex_await_boxed (lia_mail_discover (address), error);
  if (mailboxes == NULL)
    return FALSE;

  candidates = json_array_new ();
  for (guint i = 0; i < mailboxes->len; i++)
    json_array_add_object_element (candidates, lia_wire_encode_mailbox (g_ptr_array_index (mailboxes, i)));
  answer = json_object_new ();
  json_object_set_array_member (answer, "candidates", candidates);
  lia_http_answer_object (call, SOUP_STATUS_OK, answer);
  return TRUE;
}

gboolean
lia_http_post_doctor_mail (LiaHttpCall *call,
                           GError     **error)
{
  g_autoptr (JsonObject) body = lia_http_body (call, error);
  g_autoptr (LiaMailbox) mailbox = NULL;
  const char *password;

  if (body == NULL || !lia_json_str (body, "password", LIA_JSON_REQUIRED, 1024, &password, error))
    return FALSE;
  mailbox = lia_wire_decode_mailbox (body, error);
  return mailbox != NULL && answer_steps (call, lia_mail_diagnose (mailbox, password), error);
}

typedef struct
{
  gint64      id;
  char       *kind;
  JsonObject *config;
} Channel;

static void
channel_clear (Channel *self)
{
  g_free (self->kind);
  g_clear_pointer (&self->config, json_object_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Channel, channel_clear)

static gboolean
read_channel (LiaDb    *db,
              gpointer  data,
              gpointer *result,
              GError  **error)
{
  Channel *channel = data;

  channel->kind = lia_db_get_text (db, error, "SELECT kind FROM channel WHERE id = $1", "i", channel->id);
  channel->config = channel->kind != NULL ? lia_workspace_channel_config (db, channel->id, error) : NULL;
  return channel->config != NULL;
}

static gboolean
diagnose_mailbox (LiaHttpCall *call,
                  gint64       channel_id,
                  JsonObject  *body,
                  GError     **error)
{
  g_autoptr (LiaMailbox) mailbox = NULL;
  const char *password;

  if (!lia_json_str (body, "password", LIA_JSON_OPTIONAL, 1024, &password, error))
    return FALSE;
  if (json_object_has_member (body, "imap") && (mailbox = lia_wire_decode_mailbox (body, error)) == NULL)
    return FALSE;
  return answer_steps (call, lia_engine_diagnose_channel (call->engine, channel_id, mailbox, password), error);
}

gboolean
lia_http_post_doctor_channel (LiaHttpCall *call,
                              GError     **error)
{
  g_autoptr (JsonObject) body = NULL;
  g_auto (Channel) channel = { 0 };

  if (!lia_http_argument_id (call, 0, "h", &channel.id, error) || (body = lia_http_body (call, error)) == NULL ||
      !dex_await (lia_store_read (lia_engine_get_store (call->engine), read_channel, &channel, NULL, NULL), error))
    return FALSE;
  if (g_str_equal (channel.kind, "phone"))
    return lia_http_diagnose_pbx (call, lia_http_argument (call, 0), channel.config, body, error);
  return diagnose_mailbox (call, channel.id, body, error);
}
