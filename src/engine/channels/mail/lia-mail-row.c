/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-mail-row.h"

#include "lia-json.h"
#include "lia-wire.h"

void
lia_mail_row_free (gpointer data)
{
  LiaMailRow *row = data;

  g_free (row->name);
  g_clear_pointer (&row->config, json_object_unref);
  g_free (row);
}

static gboolean
read_row (LiaDb    *db,
          gpointer  data,
          gpointer *result,
          GError  **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT id, name, queue_id, config FROM channel WHERE id = $1 AND kind = 'mail'", "i", *(gint64 *)data);

  if (rows == NULL)
    return FALSE;
  if (!lia_rows_next (rows, &cause))
    {
      if (cause == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }

  g_autoptr (LiaMailRow) row = g_new0 (LiaMailRow, 1);
  row->id = lia_rows_int (rows, 0);
  row->name = g_strdup (lia_rows_text (rows, 1));
  row->queue_id = lia_rows_int (rows, 2);
  row->config = lia_json_parse (lia_rows_text (rows, 3), -1, LIA_JSON_MAX_BYTES, error);
  if (row->config == NULL)
    return FALSE;
  *result = g_steal_pointer (&row);

  return TRUE;
}

/** lia_mail_row_load: for a fiber. NULL without error: there is no such channel any more. */
LiaMailRow *
lia_mail_row_load (LiaStore *store,
                   gint64    channel_id,
                   GError  **error)
{
  return lia_store_await (lia_store_read (store, read_row, &channel_id, NULL, lia_mail_row_free), error);
}

LiaMailbox *
lia_mail_row_to_mailbox (LiaMailRow *row,
                         GError    **error)
{
  LiaMailbox *mailbox = lia_wire_decode_mailbox (row->config, error);

  if (mailbox != NULL && (mailbox->login == NULL || mailbox->login[0] == '\0'))
    g_set_str (&mailbox->login, mailbox->address);

  return mailbox;
}

/** lia_mail_row_load_password: for a fiber: the password that is kept for the channel. */
char *
lia_mail_row_load_password (LiaMailRow *row,
                            LiaSecrets *secrets,
                            GError    **error)
{
  const char *account;

  if (!lia_json_str (row->config, "secret", LIA_JSON_OPTIONAL, 128, &account, error))
    return NULL;
  if (account == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no password for this mailbox.");
      return NULL;
    }

  return dex_await_string (lia_secrets_lookup (secrets, account, "password"), error);
}
