/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-outbox-store.h"

#include "lia-blobs.h"
#include "lia-compose.h"
#include "lia-queries.h"
#include "lia-wire.h"

/* What goes out: the message as it was composed for an earlier try, or composed now from its entry. */

typedef struct
{
  gint64      id;
  const char *directory;
} Job;

static GStrv
read_recipients (LiaDb   *db,
                 gint64   id,
                 GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GError) cause = NULL;
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT address FROM outbox_recipient WHERE outbox_id = $1 AND state = '' ORDER BY address", "i", id);

  if (rows == NULL)
    return NULL;
  while (lia_rows_next (rows, &cause))
    g_strv_builder_add (builder, lia_rows_text (rows, 0));
  if (cause == NULL)
    return g_strv_builder_end (builder);
  g_propagate_error (error, g_steal_pointer (&cause));

  return NULL;
}

static LiaEntry *
read_entry (LiaDb   *db,
            gint64   id,
            GError **error)
{
  g_autofree char *text = lia_query_entry (db, id, error);
  g_autoptr (JsonObject) object = text != NULL ? lia_json_parse (text, -1, G_MAXSIZE, error) : NULL;

  return object != NULL ? lia_wire_decode_entry (object, error) : NULL;
}

/* `x.in_reply_to` and `x.references` of the entry, as message.send left them. */
static gboolean
read_references (LiaDb   *db,
                 gint64   id,
                 char   **in_reply_to,
                 GStrv   *references,
                 GError **error)
{
  g_autofree char *text = lia_query_entry_x (db, id, error);
  g_autoptr (JsonObject) x = text != NULL ? lia_json_parse (text, -1, G_MAXSIZE, error) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *parent = NULL;
  JsonArray  *refs = NULL;

  if (x == NULL || !lia_json_str (x, "in_reply_to", LIA_JSON_OPTIONAL, 2000, &parent, error) || !lia_json_arr (x, "refs", LIA_JSON_OPTIONAL, 200, &refs, error))
    return FALSE;
  for (guint i = 0; refs != NULL && i < json_array_get_length (refs); i++)
    {
      const char *ref;
      if (!lia_json_arr_str (refs, i, 2000, &ref, error))
        return FALSE;
      g_strv_builder_add (builder, ref);
    }
  *in_reply_to = g_strdup (parent);
  *references = g_strv_builder_end (builder);

  return TRUE;
}

static gboolean
compose (LiaDb       *db,
         Job         *job,
         LiaOutgoing *outgoing,
         GError     **error)
{
  g_autoptr (LiaEntry) entry = read_entry (db, job->id, error);
  g_autofree char *in_reply_to = NULL;
  g_auto (GStrv) references = NULL;

  if (entry == NULL || !read_references (db, job->id, &in_reply_to, &references, error))
    return FALSE;

  LiaComposeContext context = {
    .message_id = outgoing->message_id,
    .in_reply_to = in_reply_to,
    .references = (const char *const *)references,
    .from = entry->from,
    .reply_to = entry->reply_to,
    .blob_directory = job->directory,
    .date_ms = outgoing->date_ms,
  };
  outgoing->bytes = lia_compose (entry, &context, error);
  if (outgoing->bytes == NULL)
    return FALSE;
  outgoing->raw = lia_blobs_put (job->directory, outgoing->bytes, error);

  return outgoing->raw != NULL;
}

static gboolean
prepare (LiaDb    *db,
         gpointer  data,
         gpointer *result,
         GError  **error)
{
  Job *job = data;
  g_autoptr (GError) cause = NULL;
  g_autoptr (LiaOutgoing) outgoing = g_new0 (LiaOutgoing, 1);
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT conversation_id, sender, message_id, raw, created_at FROM outbox WHERE id = $1", "i", job->id);

  if (rows == NULL)
    return FALSE;
  if (!lia_rows_next (rows, &cause))
    {
      g_set_error_literal (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND, "there is no such message");
      return FALSE;
    }
  outgoing->id = job->id;
  outgoing->conversation_id = lia_rows_int (rows, 0);
  outgoing->sender = g_strdup (lia_rows_text (rows, 1));
  outgoing->message_id = g_strdup (lia_rows_text (rows, 2));
  outgoing->raw = g_strdup (lia_rows_text (rows, 3));
  outgoing->date_ms = lia_rows_int (rows, 4);
  outgoing->recipients = read_recipients (db, job->id, error);
  if (outgoing->recipients == NULL)
    return FALSE;
  if (outgoing->raw != NULL)
    outgoing->bytes = lia_blobs_get (job->directory, outgoing->raw, error);
  else if (!compose (db, job, outgoing, error))
    return FALSE;
  if (outgoing->bytes == NULL)
    return FALSE;
  *result = g_steal_pointer (&outgoing);

  return TRUE;
}

/** lia_outbox_store_prepare: the message as it will be sent; the first time it is made from its entry. */
LiaOutgoing *
lia_outbox_store_prepare (LiaStore *store,
                          gint64    id,
                          GError  **error)
{
  Job job = { .id = id, .directory = lia_store_get_directory (store) };

  return lia_store_await (lia_store_read (store, prepare, &job, NULL, (GDestroyNotify)lia_outgoing_free), error);
}
