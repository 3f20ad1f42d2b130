/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the handlers of commands share. Inside a command's transaction. */

#include "lia-commands-table.h"

#include "lia-blobs.h"
#include "lia-id.h"
#include "lia-queries.h"
#include "lia-time.h"
#include "lia-wire.h"
#include "lia-workspace.h"

#include <sys/stat.h>

/** lia_command_make_account: (transfer full): a word under which a secret is kept; it comes from the command's key, so that a repeat finds the same one. */
char *
lia_command_make_account (LiaCommandCall *call,
                          const char     *prefix)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %s", call->agent_id, call->key);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strdup_printf ("%s-%.32s", prefix, hash);
}

/** lia_command_id: an id among the command's fields: `{"agent":"a_2"}`. */
gboolean
lia_command_id (LiaCommandCall *call,
                const char     *name,
                const char     *prefix,
                gint64         *id,
                GError        **error)
{
  const char *text;

  if (!lia_json_str (call->d, name, LIA_JSON_REQUIRED, 32, &text, error))
    return FALSE;
  if (lia_id_parse (text, prefix, id))
    return TRUE;

  g_set_error (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such %s.", name);
  return FALSE;
}

/**
 * lia_command_append:
 * @customer_id: 0 = none
 * @data: (transfer full): see lia-journal.h
 *
 * Returns: the event's number; 0 with @error
 */
gint64
lia_command_append (LiaCommandCall *call,
                    const char     *kind,
                    gint64          customer_id,
                    JsonObject     *data,
                    GError        **error)
{
  g_autoptr (JsonObject) owned = data;
  g_autofree char *text = lia_json_to_text (owned);
  LiaJournalEvent  event = {
     .kind = kind,
     .conversation_id = call->conversation_id,
     .customer_id = customer_id,
     .actor_id = call->agent_id,
     .command_key = call->key,
     .data = text,
  };

  return lia_journal_append (call->db, &event, error);
}

/** lia_command_new_entry: (transfer full): of the agent who asks, now. */
LiaEntry *
lia_command_new_entry (LiaCommandCall *call,
                       LiaEntryKind    kind,
                       GError        **error)
{
  g_autoptr (LiaAgent) agent = lia_workspace_agent (call->db, call->agent_id, error);
  LiaEntry *entry;

  if (agent == NULL)
    return NULL;

  entry = lia_entry_new ();
  entry->at_ms = lia_time_now ();
  entry->kind = kind;
  entry->author_kind = LIA_AUTHOR_AGENT;
  entry->author_id = g_strdup (agent->id);
  entry->author = lia_address_new (agent->name, agent->address);
  entry->subject = g_strdup ("");
  entry->text = g_strdup ("");
  entry->to = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  entry->cc = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  entry->bcc = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  entry->attachments = g_ptr_array_new_with_free_func (g_object_unref);
  entry->folds = g_array_new (FALSE, FALSE, sizeof (LiaFold));
  entry->flags = g_new0 (char *, 1);
  entry->details = g_strdup ("{}");
  return entry;
}

/**
 * lia_command_append_entry_with: onto the command's conversation; the entry's number, or 0 with @error.
 * @x: (transfer full) (nullable): what of it stays inside the engine
 */
gint64
lia_command_append_entry_with (LiaCommandCall *call,
                               LiaEntry       *entry,
                               JsonObject     *x,
                               GError        **error)
{
  static const char *const of_the_store[] = { "id", "seq", "conv" };
  JsonObject              *data = lia_wire_encode_entry (entry);

  for (guint i = 0; i < G_N_ELEMENTS (of_the_store); i++)
    if (json_object_has_member (data, of_the_store[i]))
      json_object_remove_member (data, of_the_store[i]);
  if (x != NULL)
    json_object_set_object_member (data, "x", x);

  return lia_command_append (call, "entry.added", 0, data, error);
}

/** lia_command_append_entry: as lia_command_append_entry_with(), with nothing to keep inside. */
gint64
lia_command_append_entry (LiaCommandCall *call,
                          LiaEntry       *entry,
                          GError        **error)
{
  return lia_command_append_entry_with (call, entry, NULL, error);
}

/** lia_command_entry_details: (transfer full): the `d` of an entry as it is, to be changed. */
JsonObject *
lia_command_entry_details (LiaCommandCall *call,
                           gint64          seq,
                           GError        **error)
{
  g_autofree char *text = lia_query_entry (call->db, seq, error);
  g_autoptr (JsonObject) entry = text != NULL ? lia_json_parse (text, -1, G_MAXSIZE, error) : NULL;
  JsonObject *d;

  if (entry == NULL || !lia_json_obj (entry, "d", LIA_JSON_REQUIRED, &d, error))
    return NULL;

  return json_object_ref (d);
}

/** lia_command_change_entry: @set: (transfer full): what of it is different now */
gboolean
lia_command_change_entry (LiaCommandCall *call,
                          gint64          seq,
                          JsonObject     *set,
                          GError        **error)
{
  JsonObject *data = json_object_new ();

  json_object_set_int_member (data, "entry", seq);
  json_object_set_object_member (data, "set", set);

  return lia_command_append (call, "entry.changed", 0, data, error) != 0;
}

/** lia_command_delete_draft: of the agent, in the command's conversation. @key: (nullable): only the one that has this key. */
gboolean
lia_command_delete_draft (LiaCommandCall *call,
                          const char     *key,
                          GError        **error)
{
  gint64      drafts;
  JsonObject *data;

  if (!lia_db_get_int (call->db, &drafts, error,
                       "SELECT count(*) FROM draft WHERE agent_id = $1 AND conversation_id = $2 AND ($3 IS NULL OR json_extract (json, '$.key') = $3)",
                       "iit", call->agent_id, call->conversation_id, key))
    return FALSE;
  if (drafts == 0)
    return TRUE;

  data = json_object_new ();
  json_object_set_null_member (data, "draft");

  return lia_command_append (call, "draft.saved", 0, data, error) != 0;
}

/* What is known of an attachment's bytes: when it was uploaded, or came in. */
static gboolean
complete_attachment (LiaCommandCall *call,
                     LiaAttachment  *attachment,
                     GError        **error)
{
  const char      *directory = lia_store_get_directory (lia_engine_get_store (call->engine));
  g_autofree char *path = lia_blobs_is_id (attachment->blob) ? lia_blobs_path (directory, attachment->blob) : NULL;
  struct stat      info;

  if (path == NULL || stat (path, &info) != 0)
    {
      lia_problem_set_invalid (error, "/attachments", "unknown", "One of the attachments was never uploaded");
      return FALSE;
    }
  attachment->size_bytes = info.st_size;
  if (attachment->type == NULL || attachment->type[0] == '\0')
    {
      g_free (attachment->type);
      attachment->type = lia_db_get_text (call->db, NULL, "SELECT type FROM upload WHERE blob = $1", "t", attachment->blob);
      if (attachment->type == NULL)
        attachment->type = g_strdup ("application/octet-stream");
    }

  return TRUE;
}

/**
 * lia_command_complete_attachments:
 * @attachments: (element-type LiaAttachment): as the agent's program named them
 * @total: (out): bytes of all of them
 *
 * Fills in what the engine knows better. A `validation` problem when one was never uploaded.
 */
gboolean
lia_command_complete_attachments (LiaCommandCall *call,
                                  GPtrArray      *attachments,
                                  gint64         *total,
                                  GError        **error)
{
  *total = 0;
  for (guint i = 0; attachments != NULL && i < attachments->len; i++)
    {
      LiaAttachment *attachment = g_ptr_array_index (attachments, i);

      if (!complete_attachment (call, attachment, error))
        return FALSE;
      *total += attachment->size_bytes;
    }

  return TRUE;
}

void
lia_command_answer_id (LiaCommandCall *call,
                       const char     *name,
                       const char     *prefix,
                       gint64          id)
{
  g_autofree char *text = lia_id_format (prefix, id);

  json_object_set_string_member (call->answer, name, text);
}
