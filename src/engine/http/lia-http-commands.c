/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-http-resources.h"

#include "lia-commands.h"

gboolean
lia_http_post_command (LiaHttpCall *call,
                       GError     **error)
{
  g_autoptr (JsonObject) frame = lia_http_body (call, error);
  g_autoptr (JsonObject) answer = NULL;
  JsonObject *problem = NULL;

  if (frame == NULL)
    return FALSE;
  answer = dex_await_boxed (lia_commands_run (call->engine, call->agent_id, frame), error);
  if (answer == NULL || !lia_json_obj (answer, "problem", LIA_JSON_OPTIONAL, &problem, error))
    return FALSE;

  if (problem != NULL)
    return lia_http_answer_problem_object (call, problem, error);
  lia_http_answer_object (call, SOUP_STATUS_OK, g_steal_pointer (&answer));
  return TRUE;
}
