/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Suggestions for the library, which who keeps it need not follow. */

#include "lia-commands-table.h"

#include "lia-workspace.h"

#define MAX_KEY_BYTES 500

/** lia_command_suggestion_dismiss: a supervisor's word is for everybody, an agent's for himself. */
gboolean
lia_command_suggestion_dismiss (LiaCommandCall *call,
                                GError        **error)
{
  const char *key;
  gboolean    dismissed, supervisor;
  JsonObject *data;

  if (!lia_json_str (call->d, "key", LIA_JSON_REQUIRED, MAX_KEY_BYTES, &key, error) ||
      !lia_json_bool (call->d, "dismissed", LIA_JSON_REQUIRED, &dismissed, error) ||
      !lia_workspace_is_supervisor (call->db, call->agent_id, &supervisor, error))
    return FALSE;
  if (*key == '\0')
    {
      lia_problem_set_invalid (error, "/key", "missing", "It is not said which suggestion");
      return FALSE;
    }

  data = json_object_new ();
  json_object_set_string_member (data, "key", key);
  json_object_set_int_member (data, "agent", supervisor ? 0 : call->agent_id);
  json_object_set_boolean_member (data, "dismissed", dismissed);

  return lia_command_append (call, "suggestion.dismissed", 0, data, error) != 0;
}
