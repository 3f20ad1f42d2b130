/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Setting channels up. The password goes to the password store before the transaction (prepare), under an account word that the channel's config
 * names: the word comes from the command's key, so that a repeat finds the same one.
 */

#include "lia-commands-table.h"

#include "lia-async.h"
#include "lia-id.h"
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

static char *
make_account (LiaCommandCall *call)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %s", call->agent_id, call->key);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strdup_printf ("mail-%.32s", hash);
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

static gboolean
check_is_new (LiaDb    *db,
              gpointer  data,
              gpointer *result,
              GError  **error)
{
  LiaMailbox *mailbox = data;
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT config FROM channel WHERE kind = 'mail'", "");
  g_autoptr (GError) failure = NULL;
  gboolean known = FALSE;

  if (rows == NULL)
    return FALSE;

  while (lia_rows_next (rows, &failure))
    {
      g_autoptr (JsonObject) config = lia_json_parse (lia_rows_text (rows, 0), -1, LIA_JSON_MAX_BYTES, NULL);
      g_autoptr (LiaMailbox) other = config != NULL ? lia_wire_decode_mailbox (config, NULL) : NULL;

      if (other != NULL && g_ascii_strcasecmp (other->address, mailbox->address) == 0 && g_strcmp0 (other->imap_host, mailbox->imap_host) == 0)
        known = TRUE;
    }
  if (failure == NULL)
    return !known || invalid (error, "/address", "exists", "This mailbox is set up already");

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* On the main context -------------------------------------------------------------------------------------------------------------------- */

static DexFuture *
keep_password (LiaCommandCall *call,
               const char     *account,
               const char     *address,
               const char     *password)
{
  g_autofree char *label = g_strdup_printf ("Liaison: %s", address);

  return lia_secrets_store (lia_engine_get_secrets (call->engine), account, "password", label, password);
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
  g_autoptr (LiaMailbox) mailbox = NULL;
  g_autofree char *account = make_account (call);
  const char      *password;
  const char      *kind;
  GError          *error = NULL;

  if (!lia_json_str (call->d, "kind", LIA_JSON_REQUIRED, 16, &kind, &error) ||
      !lia_json_str (call->d, "password", LIA_JSON_REQUIRED, MAX_PASSWORD_BYTES, &password, &error) ||
      (mailbox = read_mailbox (call->d, &error)) == NULL)
    return dex_future_new_for_error (error);
  if (!g_str_equal (kind, "mail"))
    {
      invalid (&error, "/kind", "unknown", "Only channels of the kind “mail” can be added");
      return dex_future_new_for_error (error);
    }

  if (!dex_await (lia_store_read (lia_engine_get_store (call->engine), check_is_new, mailbox, NULL, NULL), &error) ||
      !dex_await (keep_password (call, account, mailbox->address, password), &error))
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
  const char *password;
  const char *address;
  const char *account;
  gint64      channel_id;
  GError     *error = NULL;

  if (!lia_command_id (call, "channel", "h", &channel_id, &error) ||
      !lia_json_str (call->d, "password", LIA_JSON_OPTIONAL, MAX_PASSWORD_BYTES, &password, &error))
    return dex_future_new_for_error (error);
  if (password == NULL)
    return prepared (call, NULL);

  config = lia_store_await (lia_store_read (lia_engine_get_store (call->engine), read_config, &channel_id, NULL,
                                            (GDestroyNotify)json_object_unref),
                            &error);
  if (config == NULL ||
      !lia_json_str (config, "secret", LIA_JSON_OPTIONAL, 64, &account, &error) ||
      !lia_json_str (config, "address", LIA_JSON_OPTIONAL, 320, &address, &error))
    return dex_future_new_for_error (error);

  {
    g_autofree char *kept_as = account != NULL ? g_strdup (account) : make_account (call);

    if (!dex_await (keep_password (call, kept_as, address != NULL ? address : "", password), &error))
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

/* @channel_id: 0 for a new one; @mailbox: what its config becomes. Gives the event's number. */
static gint64
append_channel (LiaCommandCall *call,
                gint64          channel_id,
                LiaMailbox     *mailbox,
                const char     *account,
                GError        **error)
{
  JsonObject *data = json_object_new ();
  JsonObject *config = lia_wire_encode_mailbox (mailbox);

  lia_json_set_str (config, "secret", account);
  if (channel_id != 0)
    json_object_set_int_member (data, "channel", channel_id);
  json_object_set_string_member (data, "kind", "mail");
  json_object_set_string_member (data, "name", is_empty (mailbox->name) ? mailbox->address : mailbox->name);
  json_object_set_object_member (data, "config", config);
  if (channel_id == 0)
    {
      gint64 queue_id = 0;

      if (!lia_db_get_int (call->db, &queue_id, error, "SELECT id FROM queue ORDER BY id LIMIT 1", ""))
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
  g_autoptr (LiaMailbox) mailbox = read_mailbox (call->d, error);

  if (mailbox == NULL || !check_is_new (call->db, mailbox, NULL, error))
    return FALSE;

  work->channel_id = append_channel (call, 0, mailbox, work->account, error);
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
  static const char *const fields[] = { "address", "name", "sender_name", "login", "imap", "smtp", "ca" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (json_object_has_member (given, fields[i]))
      json_object_set_member (config, fields[i], json_object_dup_member (given, fields[i]));
}

gboolean
lia_command_channel_update (LiaCommandCall *call,
                            GError        **error)
{
  ChannelWork *work = get_work (call);
  g_autoptr (JsonObject) config = NULL;
  g_autoptr (LiaMailbox) mailbox = NULL;
  const char *account;

  if (!lia_command_id (call, "channel", "h", &work->channel_id, error))
    return FALSE;
  config = lia_workspace_channel_config (call->db, work->channel_id, error);
  if (config == NULL || !lia_json_str (config, "secret", LIA_JSON_OPTIONAL, 64, &account, error))
    return FALSE;

  merge (config, call->d);
  mailbox = read_mailbox (config, error);
  return mailbox != NULL &&
         append_channel (call, work->channel_id, mailbox, work->account != NULL ? work->account : account, error) != 0;
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
