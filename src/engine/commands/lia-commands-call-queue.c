/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of the PBX' queues: to move a caller, to let one go first, to let agents in. */

#include "lia-commands-phone-private.h"

#include "lia-async.h"

static LiaQueue *
find_queue (LiaCommandCall *call,
            GError        **error)
{
  const char *id;
  LiaQueue   *queue;

  if (!lia_json_str (call->d, "queue", LIA_JSON_REQUIRED, 32, &id, error))
    return NULL;
  queue = lia_phone_setup_find_queue (lia_phone_hub_get_setup (lia_engine_get_phone (call->engine)), id);
  if (queue != NULL && queue->phone_channel[0] != '\0')
    return queue;
  lia_problem_set_invalid (error, "/queue", "no-target", "No calls wait in this queue");

  return NULL;
}

static DexFuture *
move_fiber (gpointer data)
{
  LiaCommandCall *call = data;
  GError         *error = NULL;
  LiaCall        *about = lia_command_phone_call (call, LIA_WHICH_ANY, &error);
  LiaQueue       *queue = about != NULL ? find_queue (call, &error) : NULL;
  g_autoptr (LiaPhoneCommand) command = lia_phone_command_new (LIA_PHONE_MOVE);
  g_autofree char *pbx = about != NULL ? g_strdup (about->pbx) : NULL;

  if (queue == NULL)
    return dex_future_new_for_error (error);
  g_set_str (&command->uniqueid, about->uniqueid);
  g_set_str (&command->queue, queue->phone_name);
  if (!lia_command_phone_await (call, pbx, command, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_for_pointer (NULL);
}

DexFuture *
lia_command_queue_move_call_prepare (LiaCommandCall *call)
{
  return lia_spawn (move_fiber, call, NULL);
}

static DexFuture *
priority_fiber (gpointer data)
{
  LiaCommandCall *call = data;
  GError         *error = NULL;
  LiaCall        *about = lia_command_phone_call (call, LIA_WHICH_ANY, &error);
  LiaQueue       *queue;
  g_autoptr (LiaPhoneCommand) command = lia_phone_command_new (LIA_PHONE_PRIORITY);
  g_autofree char *pbx = about != NULL ? g_strdup (about->pbx) : NULL;

  if (about == NULL || !lia_json_int (call->d, "priority", LIA_JSON_REQUIRED, 0, G_MAXINT32, &command->number, &error))
    return dex_future_new_for_error (error);
  queue = lia_phone_setup_find_queue (lia_phone_hub_get_setup (lia_engine_get_phone (call->engine)), about->queue);
  g_set_str (&command->uniqueid, about->uniqueid);
  g_set_str (&command->queue, queue != NULL ? queue->phone_name : "");
  if (!lia_command_phone_await (call, pbx, command, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_for_pointer (NULL);
}

DexFuture *
lia_command_queue_priority_prepare (LiaCommandCall *call)
{
  return lia_spawn (priority_fiber, call, NULL);
}

static DexFuture *
login_fiber (gpointer data)
{
  LiaCommandCall *call = data;
  GError         *error = NULL;
  LiaAgent       *me = lia_command_phone_me (call, FALSE, &error);
  LiaQueue       *queue = me != NULL ? find_queue (call, &error) : NULL;
  g_autoptr (LiaPhoneCommand) command = lia_phone_command_new (LIA_PHONE_LOGIN);
  g_autofree char *pbx = queue != NULL ? g_strdup (queue->phone_channel) : NULL;
  const char      *agent_id = NULL;
  LiaAgent        *agent;

  if (queue == NULL || !lia_json_str (call->d, "agent", LIA_JSON_OPTIONAL, 32, &agent_id, &error) ||
      !lia_json_bool (call->d, "on", LIA_JSON_REQUIRED, &command->on, &error))
    return dex_future_new_for_error (error);

  agent = agent_id != NULL ? lia_phone_setup_find_agent (lia_phone_hub_get_setup (lia_engine_get_phone (call->engine)), agent_id) : me;
  if (agent == NULL || lia_phone_setup_member_of (agent)[0] == '\0')
    lia_problem_set_invalid (&error, "/agent", "no-phone", "This agent has no telephone");
  else if (agent != me && g_str_equal (me->role, "agent"))
    g_set_error_literal (&error, LIA_PROBLEM, LIA_PROBLEM_FORBIDDEN, "Only supervisors may do that for others.");
  if (error != NULL)
    return dex_future_new_for_error (error);

  g_set_str (&command->target, lia_phone_setup_member_of (agent));
  g_set_str (&command->queue, queue->phone_name);
  g_set_str (&command->text, agent->name);
  command->paused = lia_phone_hub_is_away (lia_engine_get_phone (call->engine), agent->id);
  if (!lia_command_phone_await (call, pbx, command, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_for_pointer (NULL);
}

DexFuture *
lia_command_queue_login_prepare (LiaCommandCall *call)
{
  return lia_spawn (login_fiber, call, NULL);
}
