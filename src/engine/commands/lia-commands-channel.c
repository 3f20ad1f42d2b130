/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Setting channels up. The password goes to the password store before the transaction (prepare), under an account word that the channel's config
 * names.
 */

#include "lia-commands-site.h"
#include "lia-commands-table.h"

#include "lia-ari.h"
#include "lia-async.h"
#include "lia-id.h"
#include "lia-phone-hub.h"
#include "lia-secrets.h"
#include "lia-wire.h"
#include "lia-workspace.h"

#define MAX_PASSWORD_BYTES 1024
#define MAX_CA_BYTES (64 * 1024)

/* From prepare() over run() to after(). */
typedef struct
{
  char  *account; /* where its password is; NULL = nowhere */
  gint64 channel_id;
} ChannelWork;

static void
channel_work_free (gpointer data)
{
  ChannelWork *work = data;

  g_free (work->account);
  g_free (work);
}

static ChannelWork *
get_work (LiaCommandCall *call)
{
  if (call->after_data == NULL)
    {
      call->after_data = g_new0 (ChannelWork, 1);
      call->free_after_data = channel_work_free;
    }
  return call->after_data;
}

static gboolean
invalid (GError    **error,
         const char *pointer,
         const char *code,
         const char *what)
{
  lia_problem_set_invalid (error, pointer, code, "%s", what);
  return FALSE;
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || text[0] == '\0';
}

static gboolean
check_mailbox (LiaMailbox *mailbox,
               GError    **error)
{
  if (is_empty (mailbox->address) || !lia_address_is_valid_email (mailbox->address))
    return invalid (error, "/address", "address", "This is not an e-mail address");
  if (is_empty (mailbox->imap_host))
    return invalid (error, "/imap/host", "missing", "The server for receiving is missing");
  if (is_empty (mailbox->smtp_host))
    return invalid (error, "/smtp/host", "missing", "The server for sending is missing");
  if (mailbox->ca != NULL && strlen (mailbox->ca) > MAX_CA_BYTES)
    return invalid (error, "/ca", "length", "The certificate is too long");
  return TRUE;
}

static LiaMailbox *
read_mailbox (JsonObject *d,
              GError    **error)
{
  g_autoptr (LiaMailbox) mailbox = lia_wire_decode_mailbox (d, error);

  return mailbox != NULL && check_mailbox (mailbox, error) ? g_steal_pointer (&mailbox) : NULL;
}

/* How a channel of its kind is reached, as its config keeps it, checked; and what it is called. */
typedef struct
{
  JsonObject *config;
  char       *name;
  char       *label; /* under which its password is kept */
} Reached;

static void
reached_clear (Reached *self)
{
  g_clear_pointer (&self->config, json_object_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->label, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reached, reached_clear)

static gboolean
is_loopback (const char *host)
{
  return g_str_equal (host, "localhost") || g_str_equal (host, "127.0.0.1") || g_str_equal (host, "::1");
}

static gboolean
check_pbx (LiaPbx  *pbx,
           GError **error)
{
  if (g_str_equal (pbx->system, "replay"))
    return !is_empty (pbx->traces) || invalid (error, "/traces", "missing", "There is nothing to play");
  if (!g_str_equal (pbx->system, "asterisk"))
    return invalid (error, "/system", "unknown", "This telephone system is not known");
  if (is_empty (pbx->host))
    return invalid (error, "/host", "missing", "The telephone system’s address is missing");
  if (is_empty (pbx->login))
    return invalid (error, "/login", "missing", "The login is missing");
  if (g_str_equal (pbx->tls, "none") && !is_loopback (pbx->host))
    return invalid (error, "/tls", "value", "Without encryption only a telephone system on this machine can be used");
  if (pbx->ca != NULL && strlen (pbx->ca) > MAX_CA_BYTES)
    return invalid (error, "/ca", "length", "The certificate is too long");
  if (!is_empty (pbx->recordings_url) && !lia_ari_is_url (pbx->recordings_url))
    return invalid (error, "/recordings_url", "value", "Recordings are fetched from an https address, or from an http address of this machine");
  return TRUE;
}

static gboolean
read_pbx (JsonObject *d,
          Reached    *reached,
          GError    **error)
{
  g_autoptr (LiaPbx) pbx = lia_wire_decode_pbx (d, error);

  if (pbx == NULL || !check_pbx (pbx, error))
    return FALSE;
  reached->config = lia_wire_encode_pbx (pbx);
  reached->label = g_strdup (pbx->host);
  reached->name = g_strdup (!is_empty (pbx->name) ? pbx->name : is_empty (pbx->host) ? pbx->system
                                                                                     : pbx->host);
  return TRUE;
}

static gboolean
read_reached (const char *kind,
              JsonObject *d,
              Reached    *reached,
              GError    **error)
{
  g_autoptr (LiaMailbox) mailbox = NULL;

  if (g_str_equal (kind, "phone"))
    return read_pbx (d, reached, error);
  if (g_str_equal (kind, "chat"))
    return lia_command_site_read (d, &reached->config, &reached->name, error) && (reached->label = g_strdup (reached->name)) != NULL;
  if (!g_str_equal (kind, "mail"))
    return invalid (error, "/kind", "unknown", "Only channels of the kinds “mail”, “phone” and “chat” can be added");

  mailbox = read_mailbox (d, error);
  if (mailbox == NULL)
    return FALSE;
  reached->config = lia_wire_encode_mailbox (mailbox);
  reached->label = g_strdup (mailbox->address);
  reached->name = g_strdup (is_empty (mailbox->name) ? mailbox->address : mailbox->name);
  return TRUE;
}

static gboolean
check_is_new (LiaDb    *db,
              gpointer  data,
              gpointer *result,
              GError  **error)
{
  JsonObject *config = data;
  g_autoptr (LiaMailbox) mailbox = lia_wire_decode_mailbox (config, error);
  g_autoptr (LiaRows) rows = mailbox == NULL ? NULL : lia_db_query (db, error, "SELECT config FROM channel WHERE kind = 'mail'", "");
  g_autoptr (GError) failure = NULL;
  gboolean known = FALSE;

  if (rows == NULL)
    return FALSE;

  while (lia_rows_next (rows, &failure))
    {
      g_autoptr (JsonObject) known_config = lia_json_parse (lia_rows_text (rows, 0), -1, LIA_JSON_MAX_BYTES, NULL);
      g_autoptr (LiaMailbox) other = known_config != NULL ? lia_wire_decode_mailbox (known_config, NULL) : NULL;

      if (other != NULL && g_ascii_strcasecmp (other->address, mailbox->address) == 0 && g_strcmp0 (other->imap_host, mailbox->imap_host) == 0)
        known = TRUE;
    }
  if (failure == NULL)
    return !known || invalid (error, "/address", "exists", "This mailbox is set up already");

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* A telephone system that two channels listened to would tell of each call twice. */
static gboolean
check_is_only (LiaDb      *db,
               gint64      channel_id,
               JsonObject *config,
               GError    **error)
{
  g_autoptr (LiaPbx) pbx = lia_wire_decode_pbx (config, error);
  gint64 n;

  if (pbx == NULL)
    return FALSE;
  if (is_empty (pbx->host))
    return TRUE;

  return lia_db_get_int (db, &n, error,
                         "SELECT count (*) FROM channel WHERE kind = 'phone' AND id <> $1 AND lower (json_extract (config, '$.host')) = lower ($2) "
                         "AND json_extract (config, '$.port') = $3",
                         "iti", channel_id, pbx->host, pbx->port) &&
         (n == 0 || invalid (error, "/host", "exists", "This telephone system is set up already"));
}

/* On the main context -------------------------------------------------------------------------------------------------------------------- */

/* The passwords that a command brings; NULL where it brings none. */
typedef struct
{
  const char *own;
  const char *recordings;
} Passwords;

static gboolean
read_passwords (LiaCommandCall *call,
                LiaJsonNeed     need,
                Passwords      *passwords,
                GError        **error)
{
  return lia_json_str (call->d, "password", need, MAX_PASSWORD_BYTES, &passwords->own, error) &&
         lia_json_str (call->d, "recordings_password", LIA_JSON_OPTIONAL, MAX_PASSWORD_BYTES, &passwords->recordings, error);
}

/* In a fiber. */
static gboolean
keep_passwords (LiaCommandCall  *call,
                const char      *account,
                const char      *address,
                const Passwords *passwords,
                GError         **error)
{
  LiaSecrets      *secrets = lia_engine_get_secrets (call->engine);
  g_autofree char *label = g_strdup_printf ("Liaison: %s", address);
  g_autofree char *files = g_strdup_printf ("Liaison: recordings of %s", address);

  return (passwords->own == NULL || dex_await (lia_secrets_store (secrets, account, "password", label, passwords->own), error)) &&
         (passwords->recordings == NULL || dex_await (lia_secrets_store (secrets, account, LIA_PHONE_RECORDINGS_SECRET, files, passwords->recordings), error));
}

static DexFuture *
prepared (LiaCommandCall *call,
          char           *account)
{
  ChannelWork *work = g_new0 (ChannelWork, 1);

  work->account = account;
  call->free_after_data = channel_work_free;
  return dex_future_new_for_pointer (work);
}

static DexFuture *
add_prepare_fiber (gpointer data)
{
  LiaCommandCall *call = data;
  g_auto (Reached) reached = { 0 };
  g_autofree char *account = lia_command_make_account (call, "channel");
  Passwords        passwords = { 0 };
  const char      *kind;
  GError          *error = NULL;

  if (!lia_json_str (call->d, "kind", LIA_JSON_REQUIRED, 16, &kind, &error) ||
      !read_passwords (call, g_str_equal (kind, "mail") ? LIA_JSON_REQUIRED : LIA_JSON_OPTIONAL, &passwords, &error) ||
      !read_reached (kind, call->d, &reached, &error))
    return dex_future_new_for_error (error);

  if (g_str_equal (kind, "mail") &&
      !dex_await (lia_store_read (lia_engine_get_store (call->engine), check_is_new, reached.config, NULL, NULL), &error))
    return dex_future_new_for_error (error);
  if (passwords.own == NULL && !lia_command_site_has_keys (call))
    return prepared (call, NULL);
  if (!keep_passwords (call, account, reached.label, &passwords, &error) || !lia_command_site_keep_keys (call, account, &error))
    return dex_future_new_for_error (error);
  return prepared (call, g_steal_pointer (&account));
}

DexFuture *
lia_command_channel_add_prepare (LiaCommandCall *call)
{
  return lia_spawn (add_prepare_fiber, call, NULL);
}

static gboolean
read_config (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  *result = lia_workspace_channel_config (db, *(gint64 *)data, error);
  return *result != NULL;
}

static DexFuture *
update_prepare_fiber (gpointer data)
{
  LiaCommandCall *call = data;
  g_autoptr (JsonObject) config = NULL;
  Passwords   passwords = { 0 };
  const char *address;
  const char *host;
  const char *account;
  gint64      channel_id;
  GError     *error = NULL;

  if (!lia_command_id (call, "channel", "h", &channel_id, &error) ||
      !read_passwords (call, LIA_JSON_OPTIONAL, &passwords, &error))
    return dex_future_new_for_error (error);
  if (passwords.own == NULL && passwords.recordings == NULL && !lia_command_site_has_keys (call))
    return prepared (call, NULL);

  config = lia_store_await (lia_store_read (lia_engine_get_store (call->engine), read_config, &channel_id, NULL,
                                            (GDestroyNotify)json_object_unref),
                            &error);
  if (config == NULL ||
      !lia_json_str (config, "secret", LIA_JSON_OPTIONAL, 64, &account, &error) ||
      !lia_json_str (config, "address", LIA_JSON_OPTIONAL, 320, &address, &error) ||
      !lia_json_str (config, "host", LIA_JSON_OPTIONAL, 320, &host, &error))
    return dex_future_new_for_error (error);

  {
    g_autofree char *kept_as = account != NULL ? g_strdup (account) : lia_command_make_account (call, "channel");

    if (!keep_passwords (call, kept_as, address != NULL ? address : host != NULL ? host
                                                                                 : "",
                         &passwords, &error) ||
        !lia_command_site_keep_keys (call, kept_as, &error))
      return dex_future_new_for_error (error);
    return prepared (call, g_steal_pointer (&kept_as));
  }
}

DexFuture *
lia_command_channel_update_prepare (LiaCommandCall *call)
{
  return lia_spawn (update_prepare_fiber, call, NULL);
}

void
lia_command_channel_after (LiaCommandCall *call)
{
  lia_engine_update_channel (call->engine, get_work (call)->channel_id);
}

void
lia_command_channel_sync_after (LiaCommandCall *call)
{
  lia_engine_sync_channel (call->engine, get_work (call)->channel_id);
}

void
lia_command_channel_remove_after (LiaCommandCall *call)
{
  ChannelWork *work = get_work (call);

  lia_engine_update_channel (call->engine, work->channel_id);
  if (work->account != NULL)
    dex_future_disown (lia_secrets_forget (lia_engine_get_secrets (call->engine), work->account));
}

/* On the store thread -------------------------------------------------------------------------------------------------------------------- */

/* The one that is named, or the first. */
static gboolean
find_queue (LiaCommandCall *call,
            gint64         *queue_id,
            GError        **error)
{
  gint64 n;

  if (!json_object_has_member (call->d, "queue"))
    return lia_db_get_int (call->db, queue_id, error, "SELECT id FROM queue ORDER BY id LIMIT 1", "");

  return lia_command_id (call, "queue", "q", queue_id, error) &&
         lia_db_get_int (call->db, &n, error, "SELECT count (*) FROM queue WHERE id = $1", "i", *queue_id) &&
         (n > 0 || invalid (error, "/queue", "unknown", "There is no such queue"));
}

/* @channel_id: 0 for a new one; @reached: what its config becomes. Gives the event's number. */
static gint64
append_channel (LiaCommandCall *call,
                gint64          channel_id,
                const char     *kind,
                const Reached  *reached,
                const char     *account,
                GError        **error)
{
  JsonObject *data = json_object_new ();

  lia_json_set_str (reached->config, "secret", account);
  if (channel_id != 0)
    json_object_set_int_member (data, "channel", channel_id);
  json_object_set_string_member (data, "kind", kind);
  json_object_set_string_member (data, "name", reached->name);
  json_object_set_object_member (data, "config", json_object_ref (reached->config));
  if (channel_id == 0 || json_object_has_member (call->d, "queue"))
    {
      gint64 queue_id = 0;

      if (!find_queue (call, &queue_id, error))
        {
          json_object_unref (data);
          return 0;
        }
      json_object_set_int_member (data, "queue", queue_id);
    }
  return lia_command_append (call, "channel.changed", 0, data, error);
}

gboolean
lia_command_channel_add (LiaCommandCall *call,
                         GError        **error)
{
  ChannelWork *work = get_work (call);
  g_auto (Reached) reached = { 0 };
  const char *kind;

  if (!lia_json_str (call->d, "kind", LIA_JSON_REQUIRED, 16, &kind, error) || !read_reached (kind, call->d, &reached, error) ||
      (g_str_equal (kind, "mail") && !check_is_new (call->db, reached.config, NULL, error)) ||
      (g_str_equal (kind, "phone") && !check_is_only (call->db, 0, reached.config, error)) ||
      (g_str_equal (kind, "chat") && !lia_command_site_is_new (call->db, 0, reached.config, error)))
    return FALSE;

  work->channel_id = append_channel (call, 0, kind, &reached, work->account, error);
  if (work->channel_id == 0)
    return FALSE;
  lia_command_answer_id (call, "channel", "h", work->channel_id);
  return TRUE;
}

/* What is given replaces what was; servers as a whole. */
static void
merge (JsonObject *config,
       JsonObject *given)
{
  static const char *const fields[] = { "address", "name", "sender_name", "login", "imap", "smtp", "ca", "host", "port", "tls", "country", "context",
                                        "dial_abroad", "dial_agent", "dial_supervisor", "dial_admin", "dial_per_minute", "recordings_url", "recordings_login",
                                        "hidden_queues", "origins", "color", "greeting", "languages", "prechat", "jwt_keys", "page_trail", "self_service", "max_wait_s", "gone_after_s", "mailbox", "url" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (json_object_has_member (given, fields[i]))
      json_object_set_member (config, fields[i], json_object_dup_member (given, fields[i]));
}

/* Its queues are other ones now for whoever looks, though nothing of their own was changed. */
static gboolean
tell_queues (LiaCommandCall *call,
             gint64          channel_id,
             GError        **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (call->db, error, "SELECT id FROM queue WHERE phone_channel = $1 ORDER BY id", "i", channel_id);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &failure))
    g_array_append_vals (ids, &(gint64){ lia_rows_int (rows, 0) }, 1);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  for (guint i = 0; i < ids->len; i++)
    {
      JsonObject *data = json_object_new ();

      json_object_set_int_member (data, "queue", g_array_index (ids, gint64, i));
      if (lia_command_append (call, "queue.changed", 0, data, error) == 0)
        return FALSE;
    }

  return TRUE;
}

gboolean
lia_command_channel_update (LiaCommandCall *call,
                            GError        **error)
{
  ChannelWork *work = get_work (call);
  g_autoptr (JsonObject) config = NULL;
  g_autofree char *kind = NULL;
  g_auto (Reached) reached = { 0 };
  const char *account;

  if (!lia_command_id (call, "channel", "h", &work->channel_id, error))
    return FALSE;
  config = lia_workspace_channel_config (call->db, work->channel_id, error);
  if (config == NULL || !lia_json_str (config, "secret", LIA_JSON_OPTIONAL, 64, &account, error) ||
      (kind = lia_db_get_text (call->db, error, "SELECT kind FROM channel WHERE id = $1", "i", work->channel_id)) == NULL)
    return FALSE;

  merge (config, call->d);
  return read_reached (kind, config, &reached, error) &&
         (!g_str_equal (kind, "phone") || check_is_only (call->db, work->channel_id, reached.config, error)) &&
         (!g_str_equal (kind, "chat") || lia_command_site_is_new (call->db, work->channel_id, reached.config, error)) &&
         append_channel (call, work->channel_id, kind, &reached, work->account != NULL ? work->account : account, error) != 0 &&
         (!json_object_has_member (call->d, "hidden_queues") || tell_queues (call, work->channel_id, error));
}

gboolean
lia_command_channel_remove (LiaCommandCall *call,
                            GError        **error)
{
  ChannelWork *work = get_work (call);
  g_autoptr (JsonObject) config = NULL;
  JsonObject *data;
  const char *account;

  if (!lia_command_id (call, "channel", "h", &work->channel_id, error))
    return FALSE;
  config = lia_workspace_channel_config (call->db, work->channel_id, error);
  if (config == NULL || !lia_json_str (config, "secret", LIA_JSON_OPTIONAL, 64, &account, error))
    return FALSE;

  work->account = g_strdup (account);
  data = json_object_new ();
  json_object_set_int_member (data, "channel", work->channel_id);
  return lia_command_append (call, "channel.removed", 0, data, error) != 0;
}

gboolean
lia_command_channel_sync (LiaCommandCall *call,
                          GError        **error)
{
  ChannelWork *work = get_work (call);
  g_autoptr (JsonObject) config = NULL;

  if (!lia_command_id (call, "channel", "h", &work->channel_id, error))
    return FALSE;
  config = lia_workspace_channel_config (call->db, work->channel_id, error);
  return config != NULL;
}
