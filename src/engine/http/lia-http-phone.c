/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-http-resources.h"

#include "lia-id.h"
#include "lia-phone-account.h"
#include "lia-wire.h"
#include "lia-workspace.h"

/* Whose account may be read: @result is nothing, but no error. */
static gboolean
check_administrator (LiaDb    *db,
                     gpointer  agent_id,
                     gpointer *result,
                     GError  **error)
{
  g_autoptr (LiaAgent) me = lia_workspace_agent (db, *(gint64 *)agent_id, error);

  if (me == NULL || lia_agent_is_admin (me))
    return me != NULL;
  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_FORBIDDEN, "This is for administrators.");

  return FALSE;
}

/* The caller's own; @agent: a colleague's, for administrators, who are not told the secret. */
static gboolean
read_whose (LiaHttpCall *call,
            gint64      *agent_id,
            GError     **error)
{
  const char *agent = lia_http_query (call, "agent");

  *agent_id = call->agent_id;
  if (agent == NULL)
    return TRUE;
  if (!lia_id_parse (agent, "a", agent_id))
    {
      lia_problem_set_invalid (error, "/agent", "value", "“%s” is no agent", agent);
      return FALSE;
    }

  return *agent_id == call->agent_id ||
         dex_await (lia_store_read (lia_engine_get_store (call->engine), check_administrator, &call->agent_id, NULL, NULL), error);
}

/** lia_http_get_phone_account: with its secret for whose it is, and nobody else. */
gboolean
lia_http_get_phone_account (LiaHttpCall *call,
                            GError     **error)
{
  g_autoptr (LiaSoftphone) softphone = NULL;
  JsonObject *answer;
  gint64      agent_id;

  if (!read_whose (call, &agent_id, error))
    return FALSE;
  softphone = dex_await_object (lia_phone_account_load (lia_engine_get_secrets (call->engine), agent_id), error);
  if (softphone == NULL)
    return FALSE;

  answer = lia_wire_encode_softphone (softphone);
  if (agent_id != call->agent_id)
    json_object_set_string_member (answer, "secret", "");
  lia_http_answer_object (call, SOUP_STATUS_OK, answer);

  return TRUE;
}
