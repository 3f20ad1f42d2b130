/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The account of the telephone in an agent's app. It goes to the password store before the transaction; the journal says only that it changed. */

#include "lia-commands-table.h"

#include "lia-async.h"
#include "lia-phone-account.h"
#include "lia-wire.h"
#include "lia-workspace.h"

static gboolean
find_agent (LiaDb    *db,
            gpointer  agent_id,
            gpointer *result,
            GError  **error)
{
  g_autoptr (LiaAgent) agent = lia_workspace_agent (db, *(gint64 *)agent_id, error);

  return agent != NULL;
}

/* Who changes a colleague's account does not know its secret. */
static gboolean
keep_secret (LiaCommandCall *call,
             gint64          agent_id,
             LiaSoftphone   *softphone,
             GError        **error)
{
  g_autoptr (LiaSoftphone) kept = dex_await_object (lia_phone_account_load (lia_engine_get_secrets (call->engine), agent_id), NULL);

  if (kept == NULL)
    {
      lia_problem_set_invalid (error, "/account/secret", "missing", "The password is missing");
      return FALSE;
    }
  g_set_str (&softphone->secret, kept->secret);

  return TRUE;
}

static DexFuture *
save_fiber (gpointer data)
{
  LiaCommandCall *call = data;
  g_autoptr (LiaSoftphone) softphone = NULL;
  JsonObject *account = NULL;
  GError     *error = NULL;
  gint64      agent_id;

  if (!lia_command_id (call, "agent", "a", &agent_id, &error) || !lia_json_obj (call->d, "account", LIA_JSON_OPTIONAL, &account, &error) ||
      !dex_await (lia_store_read (lia_engine_get_store (call->engine), find_agent, &agent_id, NULL, NULL), &error))
    return dex_future_new_for_error (error);

  if (account != NULL)
    {
      softphone = lia_wire_decode_softphone (account, &error);
      if (softphone == NULL)
        {
          lia_problem_prefix (&error, "account", -1);
          return dex_future_new_for_error (error);
        }
      if (softphone->secret[0] == '\0' && !keep_secret (call, agent_id, softphone, &error))
        return dex_future_new_for_error (error);
    }
  if (!dex_await (lia_phone_account_save (lia_engine_get_secrets (call->engine), agent_id, softphone), &error))
    return dex_future_new_for_error (error);

  return dex_future_new_for_pointer (NULL);
}

DexFuture *
lia_command_agent_phone_prepare (LiaCommandCall *call)
{
  return lia_spawn (save_fiber, call, NULL);
}

gboolean
lia_command_agent_phone (LiaCommandCall *call,
                         GError        **error)
{
  JsonObject *data = json_object_new ();
  gint64      agent_id = 0;

  if (!lia_command_id (call, "agent", "a", &agent_id, error))
    {
      json_object_unref (data);
      return FALSE;
    }
  json_object_set_int_member (data, "agent", agent_id);

  return lia_command_append (call, "agent.changed", 0, data, error) != 0;
}
