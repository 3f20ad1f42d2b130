/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What an agent writes to a visitor of a web site. The journal is the outbox: once it is there it is sent, and whoever connects is told it from there.
 * Who has been away for a while is written to by mail, which is decided here, with what is known at the moment of sending.
 */

#include "lia-commands-table.h"

#include "lia-draft.h"
#include "lia-json.h"
#include "lia-problem.h"
#include "lia-response-uses.h"
#include "lia-wire.h"

#include <string.h>

#define MAX_CHAT_BYTES (32 * 1024)
#define MAX_FILES 20

static gboolean
check_body (const char *body,
            gboolean    has_files,
            GError    **error)
{
  if (strlen (body) > MAX_CHAT_BYTES)
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_TOO_LARGE, "The text is too long for a chat: at most 32 KiB.");
      return FALSE;
    }
  if (has_files || body[strspn (body, " \t\r\n")] != '\0')
    return TRUE;
  lia_problem_set_invalid (error, "/body", "missing", "The message is empty");

  return FALSE;
}

static gboolean
check_then (const char *then,
            GError    **error)
{
  static const char *const known[] = { "keep", "close", "pending", NULL };

  if (then == NULL || g_strv_contains (known, then))
    return TRUE;
  lia_problem_set_invalid (error, "/then", "value", "Only “keep”, “close” and “pending” are possible");

  return FALSE;
}

/* What of it stays inside. */
static JsonObject *
new_x (const LiaChatWay *way,
       const char       *then,
       JsonArray        *canned)
{
  JsonObject *x = json_object_new ();

  json_object_set_int_member (x, "channel", way->site_id);
  json_object_set_string_member (x, "visitor", way->visitor);
  json_object_set_string_member (x, "then", then != NULL ? then : "pending");
  if (canned != NULL)
    json_object_set_array_member (x, "canned", json_array_ref (canned));

  return x;
}

/* @files: (out) (transfer full): of LiaAttachment */
static gboolean
read_files (LiaCommandCall *call,
            GPtrArray     **files,
            GError        **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *list;
  gint64     total;

  if (!lia_json_arr (call->d, "attachments", LIA_JSON_OPTIONAL, MAX_FILES, &list, error))
    return FALSE;
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject    *object;
      LiaAttachment *file = lia_json_arr_obj (list, i, &object, error) ? lia_wire_decode_attachment (object, error) : NULL;

      if (file == NULL)
        return FALSE;
      g_ptr_array_add (found, file);
    }
  if (!lia_command_complete_attachments (call, found, &total, error))
    return FALSE;
  if (total > LIA_DRAFT_MAX_FILE_BYTES)
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_TOO_LARGE, "The attachments are too large: at most 18 MiB go with a message.");
      return FALSE;
    }
  *files = g_steal_pointer (&found);

  return TRUE;
}

static gint64
append (LiaCommandCall *call,
        const char     *body,
        GPtrArray      *files,
        JsonObject     *x,
        GError        **error)
{
  g_autoptr (LiaEntry) entry = lia_command_new_entry (call, LIA_ENTRY_CHAT, error);

  if (entry == NULL)
    {
      json_object_unref (x);
      return 0;
    }
  entry->direction = LIA_DIRECTION_OUT;
  g_set_str (&entry->text, body);
  g_clear_pointer (&entry->attachments, g_ptr_array_unref);
  entry->attachments = g_ptr_array_ref (files);
  entry->send_state = LIA_SEND_SENT;

  return lia_command_append_entry_with (call, entry, x, error);
}

/* @by: (nullable): as the agent wants it; else as she is there or not */
static gboolean
find_way (LiaCommandCall   *call,
          const LiaChatWay *way,
          const char       *by,
          gboolean         *is_mail,
          GError          **error)
{
  *is_mail = by != NULL ? g_str_equal (by, "email") : lia_chat_way_is_mail (way);
  if (!*is_mail || lia_chat_way_can_mail (way))
    return TRUE;
  if (way->mailbox_id == 0)
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_CHANNEL_DOWN, "There is no mailbox to send from.");
  else
    lia_problem_set_invalid (error, "/by", "address", "No e-mail address of this visitor is known");

  return FALSE;
}

static gboolean
check_by (const char *by,
          GError    **error)
{
  if (by == NULL || g_str_equal (by, "chat") || g_str_equal (by, "email"))
    return TRUE;
  lia_problem_set_invalid (error, "/by", "value", "Only “chat” and “email” are possible");

  return FALSE;
}

static gboolean
send_here (LiaCommandCall   *call,
           const LiaChatWay *way,
           const char       *body,
           GPtrArray        *files,
           const char       *then,
           gboolean          quiet,
           GError          **error)
{
  g_autoptr (JsonArray) canned = NULL;
  JsonObject *x;
  gint64      seq;

  if (!lia_response_uses_read (call->d, &canned, error))
    return FALSE;
  x = new_x (way, then, canned);
  if (quiet)
    json_object_set_boolean_member (x, "quiet", TRUE);
  seq = append (call, body, files, x, error);
  if (seq == 0 || !lia_response_uses_count (call->db, seq, error) || (!quiet && !lia_command_delete_draft (call, NULL, error)) ||
      (g_strcmp0 (then, "close") == 0 && !lia_command_conversation_close (call, error)))
    return FALSE;

  lia_command_answer_id (call, "entry", "e", seq);
  return TRUE;
}

static gboolean
send_chat (LiaCommandCall *call,
           gboolean        quiet,
           GError        **error)
{
  g_autoptr (LiaChatWay) way = NULL;
  g_autoptr (GPtrArray) files = NULL;
  const char *body;
  const char *then;
  const char *by;
  gboolean    is_mail;

  if (!lia_json_str (call->d, "body", LIA_JSON_REQUIRED, G_MAXSIZE, &body, error) || !read_files (call, &files, error) ||
      !check_body (body, files->len > 0, error) || !lia_json_str (call->d, "then", LIA_JSON_OPTIONAL, 16, &then, error) || !check_then (then, error) ||
      !lia_json_str (call->d, "by", LIA_JSON_OPTIONAL, 16, &by, error) || (!quiet && !check_by (by, error)) ||
      (way = lia_chat_way_read (call->db, call->conversation_id, call->visitor_left_ms, error)) == NULL ||
      !find_way (call, way, quiet ? "chat" : by, &is_mail, error))
    return FALSE;

  return is_mail ? lia_command_chat_mail (call, way, body, error) : send_here (call, way, body, files, then, quiet, error);
}

/** lia_command_chat_send: `message.send` with the mode "chat". */
gboolean
lia_command_chat_send (LiaCommandCall *call,
                       GError        **error)
{
  return send_chat (call, FALSE, error);
}

/** lia_command_chat_send_quietly: see lia_command_send_quietly(). */
gboolean
lia_command_chat_send_quietly (LiaCommandCall *call,
                               GError        **error)
{
  return send_chat (call, TRUE, error);
}
