/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Canned responses as agents keep them. A private one is its owner's; a draft for the team is anybody's to write; what a supervisor has reviewed
 * only supervisors change.
 */

#include "lia-commands-response-private.h"

#include "lia-id.h"
#include "lia-queries-responses.h"
#include "lia-wire.h"
#include "lia-workspace.h"

static gboolean
forbid (const char *detail,
        GError    **error)
{
  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_FORBIDDEN, detail);

  return FALSE;
}

/* @before: (nullable): what it was; @after: (nullable): what it shall be */
static gboolean
check_rights (LiaCommandCall *call,
              LiaCanned      *before,
              LiaCanned      *after,
              GError        **error)
{
  g_autofree char *me = lia_id_format ("a", call->agent_id);
  gboolean         supervisor;

  if (!lia_workspace_is_supervisor (call->db, call->agent_id, &supervisor, error))
    return FALSE;
  if (supervisor)
    return TRUE;
  if (before != NULL && before->scope == LIA_CANNED_TEAM && before->state != LIA_CANNED_DRAFT)
    return forbid ("Only supervisors change what was reviewed for the team. Save yours as a private response, or propose it as a draft.", error);
  if (after != NULL && after->scope == LIA_CANNED_TEAM && after->state != LIA_CANNED_DRAFT)
    return forbid ("Only supervisors review a response for the team. Save it as a draft.", error);
  if (before != NULL && after != NULL && before->scope == LIA_CANNED_TEAM && after->scope == LIA_CANNED_PRIVATE && g_strcmp0 (before->owner, me) != 0)
    return forbid ("This draft belongs to a colleague: it cannot become private.", error);

  return TRUE;
}

static gboolean
check_version (LiaCanned  *before,
               gint64      ver,
               LiaCanned **current,
               GError    **error)
{
  if (ver == 0 || ver == before->ver)
    return TRUE;

  g_set_object (current, before);
  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_VERSION_CONFLICT, "Somebody changed this response meanwhile.");

  return FALSE;
}

static gboolean
check_shortcut (LiaCommandCall *call,
                LiaCanned      *canned,
                gint64          id,
                GError        **error)
{
  g_autofree char *title = lia_query_response_with_shortcut (call->db, call->agent_id, canned->shortcut, id, error);

  if (title == NULL)
    return FALSE;
  if (*title != '\0')
    lia_problem_set_invalid (error, "/response/shortcut", "taken", "“%s” is the shortcut of “%s” already", canned->shortcut, title);

  return *title == '\0';
}

static gboolean
check_files (LiaCommandCall *call,
             LiaCanned      *canned,
             GError        **error)
{
  gint64 total;

  if (!lia_command_complete_attachments (call, canned->attachments, &total, error))
    return FALSE;
  if (total > LIA_DRAFT_MAX_FILE_BYTES)
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_TOO_LARGE, "The attachments are too large: at most 18 MiB go with a message.");

  return total <= LIA_DRAFT_MAX_FILE_BYTES;
}

static LiaCanned *
append_changed (LiaCommandCall *call,
                gint64          id,
                LiaCanned      *canned,
                GError        **error)
{
  JsonObject *data = json_object_new ();
  gint64      seq;

  if (id != 0)
    json_object_set_int_member (data, "response", id);
  json_object_set_object_member (data, "data", lia_response_encode_data (canned));
  seq = lia_command_append (call, "response.changed", 0, data, error);

  return seq != 0 ? lia_query_response (call->db, call->agent_id, id != 0 ? id : seq, error) : NULL;
}

/**
 * lia_response_save:
 * @after: an id of "" makes a new one
 * @ver: the version that was changed; 0 = whichever there is
 * @current: (inout): set to what there is for %LIA_PROBLEM_VERSION_CONFLICT
 *
 * Nothing is written when it is refused.
 *
 * Returns: (transfer full): as it is now; NULL with @error
 */
LiaCanned *
lia_response_save (LiaCommandCall *call,
                   LiaCanned      *after,
                   gint64          ver,
                   LiaCanned     **current,
                   GError        **error)
{
  g_autoptr (LiaCanned) before = NULL;
  gint64 id = 0;

  if (*after->id != '\0' && !lia_id_parse (after->id, "r", &id))
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such response.");
      return NULL;
    }
  if (id != 0 && ((before = lia_query_response (call->db, call->agent_id, id, error)) == NULL || !check_version (before, ver, current, error)))
    return NULL;
  if (!check_rights (call, before, after, error) || !check_shortcut (call, after, id, error) || !check_files (call, after, error))
    return NULL;

  return append_changed (call, id, after, error);
}

/** lia_response_remove: @canned: as it is; the caller has looked whether it may go. */
gboolean
lia_response_remove (LiaCommandCall *call,
                     LiaCanned      *canned,
                     GError        **error)
{
  JsonObject *data;
  gint64      id;

  if (!check_rights (call, canned, NULL, error) || !lia_id_parse (canned->id, "r", &id))
    return FALSE;

  data = json_object_new ();
  json_object_set_int_member (data, "response", id);

  return lia_command_append (call, "response.removed", 0, data, error) != 0;
}

/* @saved: (nullable) (transfer full): its id and version are the command's answer */
static gboolean
answer_saved (LiaCommandCall *call,
              LiaCanned      *saved)
{
  if (saved == NULL)
    return FALSE;
  json_object_set_string_member (call->answer, "response", saved->id);
  json_object_set_int_member (call->answer, "ver", saved->ver);
  g_object_unref (saved);

  return TRUE;
}

static LiaCanned *
read_response (LiaCommandCall *call,
               GError        **error)
{
  JsonObject *object;
  LiaCanned  *canned;

  if (!lia_json_obj (call->d, "response", LIA_JSON_REQUIRED, &object, error))
    return NULL;
  canned = lia_wire_decode_canned (object, error);
  if (canned == NULL)
    lia_problem_prefix (error, "response", -1);

  return canned;
}

/** lia_command_response_save: an id of "" makes a new one. */
gboolean
lia_command_response_save (LiaCommandCall *call,
                           GError        **error)
{
  g_autoptr (LiaCanned) after = read_response (call, error);
  g_autoptr (LiaCanned) current = NULL;
  gboolean done = after != NULL && answer_saved (call, lia_response_save (call, after, call->ver, &current, error));

  if (current != NULL)
    call->current = lia_wire_encode_canned (current);

  return done;
}

/* The one that the command names, at the version that it names */
static LiaCanned *
find (LiaCommandCall *call,
      gint64         *id,
      GError        **error)
{
  g_autoptr (LiaCanned) found = lia_command_id (call, "response", "r", id, error) ? lia_query_response (call->db, call->agent_id, *id, error) : NULL;
  g_autoptr (LiaCanned) current = NULL;

  if (found != NULL && check_version (found, call->ver, &current, error))
    return g_steal_pointer (&found);
  if (current != NULL)
    call->current = lia_wire_encode_canned (current);

  return NULL;
}

/** lia_command_response_retire: out of everybody's search, not out of the library. */
gboolean
lia_command_response_retire (LiaCommandCall *call,
                             GError        **error)
{
  gint64 id;
  g_autoptr (LiaCanned) canned = find (call, &id, error);

  if (canned == NULL || !check_rights (call, canned, NULL, error))
    return FALSE;
  canned->state = LIA_CANNED_RETIRED;

  return answer_saved (call, append_changed (call, id, canned, error));
}

/** lia_command_response_remove: what was reviewed for the team is retired first, so that nothing goes by one click. */
gboolean
lia_command_response_remove (LiaCommandCall *call,
                             GError        **error)
{
  gint64 id;
  g_autoptr (LiaCanned) canned = find (call, &id, error);

  if (canned == NULL)
    return FALSE;
  if (canned->scope == LIA_CANNED_TEAM && canned->state == LIA_CANNED_REVIEWED && check_rights (call, canned, NULL, error))
    return forbid ("A reviewed response is retired first.", error);

  return lia_response_remove (call, canned, error);
}
