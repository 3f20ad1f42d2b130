/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What agents do with calls. A command asks the PBX before its transaction (prepare), because that can refuse; what comes of it is reported as any
 * other change of the call. So there is nothing to write: a call's entry follows from what has happened, never from what was asked for.
 */

#include "lia-commands-phone-private.h"

#include "lia-async.h"
#include "lia-dial-number.h"
#include "lia-id.h"

#define TIMEOUT_MS 15000 /* a PBX has a shorter one of its own */

/* How a command reads its fields. */
typedef struct
{
  LiaPhoneCommandKind kind;
  LiaWhichCall        which;
  const char         *target; /* the member that says where to, or which keys; NULL = none */
  gboolean            takes_on;
} Ask;

static gboolean
refuse (GError    **error,
        LiaProblem  problem,
        const char *detail)
{
  g_set_error_literal (error, LIA_PROBLEM, problem, detail);

  return FALSE;
}

/* What a PBX says -> what an app can tell apart. */
static GError *
problem_of (const GError *error)
{
  GError *problem = NULL;

  if (error->domain != LIA_PHONE_ERROR)
    return error->domain == LIA_PROBLEM ? g_error_copy (error) : g_error_new_literal (LIA_PROBLEM, LIA_PROBLEM_CHANNEL_DOWN, "The telephone system did not answer.");

  switch ((LiaPhoneError)error->code)
    {
    case LIA_PHONE_ERROR_GONE:
      return g_error_new_literal (LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, error->message);
    case LIA_PHONE_ERROR_BUSY:
    case LIA_PHONE_ERROR_STATE:
      return g_error_new_literal (LIA_PROBLEM, LIA_PROBLEM_VERSION_CONFLICT, error->message);
    case LIA_PHONE_ERROR_NO_TARGET:
      lia_problem_set_invalid (&problem, "/to", "no-target", "%s", error->message);
      return problem;
    case LIA_PHONE_ERROR_DOWN:
    case LIA_PHONE_ERROR_UNREACHABLE:
    case LIA_PHONE_ERROR_REFUSED:
    case LIA_PHONE_ERROR_TIMEOUT:
    case LIA_PHONE_ERROR_UNSUPPORTED:
    default:
      return g_error_new_literal (LIA_PROBLEM, LIA_PROBLEM_CHANNEL_DOWN, error->message);
    }
}

/* In a fiber: asks, and gives what prepare() gives: nothing that is of use later. */
gboolean
lia_command_phone_await (LiaCommandCall  *call,
                         const char      *pbx,
                         LiaPhoneCommand *command,
                         GError         **error)
{
  g_autoptr (GError) failure = NULL;

  if (dex_await (lia_with_timeout (lia_phone_hub_run (lia_engine_get_phone (call->engine), pbx, command), TIMEOUT_MS), &failure))
    return TRUE;
  g_propagate_error (error, problem_of (failure));

  return FALSE;
}

LiaAgent *
lia_command_phone_me (LiaCommandCall *call,
                      gboolean        needs_phone,
                      GError        **error)
{
  g_autofree char *id = lia_id_format ("a", call->agent_id);
  LiaAgent        *agent = lia_phone_setup_find_agent (lia_phone_hub_get_setup (lia_engine_get_phone (call->engine)), id);

  if (agent != NULL && (!needs_phone || agent->phone[0] != '\0'))
    return agent;
  lia_problem_set_invalid (error, "", "no-phone", "You have no telephone yet");

  return NULL;
}

static gboolean
has_leg (LiaCall    *call,
         const char *agent)
{
  for (guint i = 0; i < call->legs->len; i++)
    {
      const LiaCallLeg *leg = call->legs->pdata[i];

      if (leg->ended_ms == 0 && g_str_equal (leg->agent, agent))
        return TRUE;
    }

  return FALSE;
}

LiaCall *
lia_command_phone_call (LiaCommandCall *call,
                        LiaWhichCall    which,
                        GError        **error)
{
  const char *uniqueid;
  const char *pbx;
  LiaCall    *found;
  LiaAgent   *me = lia_command_phone_me (call, which != LIA_WHICH_ANY, error);

  if (me == NULL || !lia_json_str (call->d, "call", LIA_JSON_REQUIRED, 128, &uniqueid, error) ||
      !lia_json_str (call->d, "pbx", LIA_JSON_OPTIONAL, 32, &pbx, error))
    return NULL;

  found = lia_phone_hub_find_call (lia_engine_get_phone (call->engine), pbx, uniqueid);
  if (found == NULL || found->ended_ms != 0)
    refuse (error, LIA_PROBLEM_NOT_FOUND, "The call is over.");
  else if (!lia_phone_hub_sees_call (lia_engine_get_phone (call->engine), me->id, found))
    refuse (error, LIA_PROBLEM_FORBIDDEN, "This call is in a queue that is not yours.");
  else if (which == LIA_WHICH_MINE && !has_leg (found, me->id))
    refuse (error, LIA_PROBLEM_FORBIDDEN, "You have no part in this call.");
  else if (which == LIA_WHICH_WAITING && found->state != LIA_CALL_WAITING && found->state != LIA_CALL_RINGING)
    refuse (error, LIA_PROBLEM_VERSION_CONFLICT, "This caller does not wait any more.");
  else
    return found;

  return NULL;
}

/* An agent's id is her extension; everything else is dialled. */
static char *
read_target (LiaCommandCall *call,
             const char     *member,
             GError        **error)
{
  const char      *text;
  g_autofree char *target = NULL;
  g_autofree char *pointer = g_strconcat ("/", member, NULL);
  LiaAgent        *agent;

  if (!lia_json_str (call->d, member, LIA_JSON_REQUIRED, 128, &text, error))
    return NULL;

  agent = lia_phone_setup_find_agent (lia_phone_hub_get_setup (lia_engine_get_phone (call->engine)), text);
  target = agent != NULL ? g_strdup (agent->extension) : lia_dial_number (text);
  if (target != NULL && target[0] != '\0')
    return g_steal_pointer (&target);
  lia_problem_set_invalid (error, pointer, "no-target", "“%s” cannot be called", text);

  return NULL;
}

static char *
read_keys (LiaCommandCall *call,
           GError        **error)
{
  const char *keys;

  if (!lia_json_str (call->d, "keys", LIA_JSON_REQUIRED, 64, &keys, error))
    return NULL;
  if (keys[0] != '\0' && keys[strspn (keys, "0123456789*#ABCD")] == '\0')
    return g_strdup (keys);
  lia_problem_set_invalid (error, "/keys", "value", "These are no keys of a telephone");

  return NULL;
}

static LiaPhoneCommand *
new_command (LiaCommandCall *call,
             LiaCall        *about,
             const Ask      *ask,
             GError        **error)
{
  g_autoptr (LiaPhoneCommand) command = lia_phone_command_new (ask->kind);
  LiaAgent *me = lia_command_phone_me (call, FALSE, error);

  if (me == NULL || (ask->takes_on && !lia_json_bool (call->d, "on", LIA_JSON_REQUIRED, &command->on, error)))
    return NULL;

  g_set_str (&command->uniqueid, about->uniqueid);
  g_set_str (&command->phone, me->phone);
  if (ask->target != NULL)
    {
      g_free (command->target);
      command->target = ask->kind == LIA_PHONE_DTMF ? read_keys (call, error) : read_target (call, ask->target, error);
      if (command->target == NULL)
        {
          command->target = g_strdup ("");
          return NULL;
        }
      if (ask->kind != LIA_PHONE_DTMF && !lia_command_phone_may_call (call, me, about->pbx, command->target, "/to", error))
        return NULL;
    }

  return g_steal_pointer (&command);
}

typedef struct
{
  LiaCommandCall *call;
  const Ask      *ask;
} Asking;

static DexFuture *
ask_fiber (gpointer data)
{
  const Asking *asking = data;
  GError       *error = NULL;
  LiaCall      *about = lia_command_phone_call (asking->call, asking->ask->which, &error);
  g_autoptr (LiaPhoneCommand) command = about != NULL ? new_command (asking->call, about, asking->ask, &error) : NULL;
  g_autofree char *pbx = about != NULL ? g_strdup (about->pbx) : NULL;

  if (command == NULL || !lia_command_phone_await (asking->call, pbx, command, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_for_pointer (NULL);
}

static DexFuture *
ask_pbx (LiaCommandCall *call,
         const Ask      *ask)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->call = call;
  asking->ask = ask;

  return lia_spawn (ask_fiber, asking, g_free);
}

#define ASK(name, ...)                                         \
  DexFuture *                                                  \
      lia_command_call_##name##_prepare (LiaCommandCall *call) \
  {                                                            \
    static const Ask ask = { __VA_ARGS__ };                    \
                                                               \
    return ask_pbx (call, &ask);                               \
  }

ASK (answer, LIA_PHONE_ANSWER, LIA_WHICH_MINE)
ASK (hangup, LIA_PHONE_HANGUP, LIA_WHICH_MINE)
ASK (hold, LIA_PHONE_HOLD, LIA_WHICH_MINE, .takes_on = TRUE)
ASK (mute, LIA_PHONE_MUTE, LIA_WHICH_MINE, .takes_on = TRUE)
ASK (dtmf, LIA_PHONE_DTMF, LIA_WHICH_MINE, "keys")
ASK (transfer, LIA_PHONE_TRANSFER, LIA_WHICH_MINE, "to")
ASK (consult, LIA_PHONE_CONSULT, LIA_WHICH_MINE, "to")
ASK (complete, LIA_PHONE_COMPLETE, LIA_WHICH_MINE)
ASK (cancel, LIA_PHONE_CANCEL, LIA_WHICH_MINE)
ASK (record, LIA_PHONE_RECORD, LIA_WHICH_MINE, .takes_on = TRUE)
ASK (take, LIA_PHONE_TAKE, LIA_WHICH_WAITING)

/* Whoever has a telephone may take a parked caller back; parking is for who speaks. */
DexFuture *
lia_command_call_park_prepare (LiaCommandCall *call)
{
  static const Ask park = { LIA_PHONE_PARK, LIA_WHICH_MINE, .takes_on = TRUE };
  static const Ask unpark = { LIA_PHONE_PARK, LIA_WHICH_ANY, .takes_on = TRUE };
  gboolean         on = FALSE;

  lia_json_bool (call->d, "on", LIA_JSON_OPTIONAL, &on, NULL);

  return ask_pbx (call, on ? &park : &unpark);
}

/** lia_command_call_done: what was to be done is done: the PBX has accepted it. */
gboolean
lia_command_call_done (LiaCommandCall *call,
                       GError        **error)
{
  return TRUE;
}

/* Dialling -------------------------------------------------------------------------------------------------------------------------------- */

/* A call's name: from the command's key, so that the answer can tell it after the PBX was asked. */
static char *
new_name (LiaCommandCall *call,
          const char     *prefix)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %s", call->agent_id, call->key);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strdup_printf ("%s%.24s", prefix, hash);
}

static DexFuture *
dial_fiber (gpointer data)
{
  LiaCommandCall  *call = data;
  LiaPhoneHub     *hub = lia_engine_get_phone (call->engine);
  g_autofree char *uniqueid = new_name (call, "lia-");
  g_autoptr (LiaPhoneCommand) command = lia_phone_command_new (LIA_PHONE_DIAL);
  GError     *error = NULL;
  const char *pbx;
  LiaAgent   *me = lia_command_phone_me (call, TRUE, &error);
  char       *target = me != NULL ? read_target (call, "number", &error) : NULL;

  if (target == NULL || !lia_json_str (call->d, "pbx", LIA_JSON_OPTIONAL, 32, &pbx, &error) ||
      !lia_command_phone_may_call (call, me, pbx, target, "/number", &error))
    {
      g_free (target);
      return dex_future_new_for_error (error);
    }

  g_free (command->target);
  command->target = target;
  g_set_str (&command->uniqueid, uniqueid);
  g_set_str (&command->phone, me->phone);
  if (call->conversation_id != 0)
    {
      g_free (command->conversation);
      command->conversation = lia_id_format ("c", call->conversation_id);
    }
  lia_phone_hub_expect (hub, pbx, uniqueid, call->agent_id, call->conversation_id);
  if (!lia_command_phone_await (call, pbx, command, &error))
    {
      lia_phone_hub_expect (hub, pbx, uniqueid, 0, 0);
      return dex_future_new_for_error (error);
    }

  return dex_future_new_for_pointer (NULL);
}

DexFuture *
lia_command_call_dial_prepare (LiaCommandCall *call)
{
  return lia_spawn (dial_fiber, call, NULL);
}

gboolean
lia_command_call_dial (LiaCommandCall *call,
                       GError        **error)
{
  g_autofree char *uniqueid = new_name (call, "lia-");

  json_object_set_string_member (call->answer, "call", uniqueid);

  return TRUE;
}

/* Listening in ---------------------------------------------------------------------------------------------------------------------------- */

static gboolean
read_mode (LiaCommandCall  *call,
           LiaPhoneSpyMode *mode,
           GError         **error)
{
  static const char *const modes[] = { "listen", "whisper", "barge" };
  const char              *word;

  if (!lia_json_str (call->d, "mode", LIA_JSON_REQUIRED, 16, &word, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      if (g_str_equal (modes[i], word))
        {
          *mode = (LiaPhoneSpyMode)i;
          return TRUE;
        }
    }
  lia_problem_set_invalid (error, "/mode", "value", "One can listen, whisper and barge in");

  return FALSE;
}

/* @name: (out): of the channel that rings, by which the telephone that asked knows it: nobody else can, so that nobody else is answered. */
static gboolean
read_spy_name (LiaCommandCall *call,
               char          **name,
               GError        **error)
{
  const char *given;

  if (!lia_json_str (call->d, "name", LIA_JSON_OPTIONAL, 64, &given, error))
    return FALSE;
  if (given != NULL && !g_regex_match_simple ("^" LIA_PHONE_SPY_PREFIX "[0-9a-f-]{36}$", given, G_REGEX_DOLLAR_ENDONLY, G_REGEX_MATCH_DEFAULT))
    {
      lia_problem_set_invalid (error, "/name", "value", "This is no name for it");
      return FALSE;
    }
  g_free (*name);
  *name = given != NULL ? g_strdup (given) : new_name (call, LIA_PHONE_SPY_PREFIX);

  return TRUE;
}

static DexFuture *
supervise_fiber (gpointer data)
{
  LiaCommandCall *call = data;
  GError         *error = NULL;
  LiaCall        *about = lia_command_phone_call (call, LIA_WHICH_ANY, &error);
  LiaAgent       *me = about != NULL ? lia_command_phone_me (call, TRUE, &error) : NULL;
  g_autoptr (LiaPhoneCommand) command = lia_phone_command_new (LIA_PHONE_SUPERVISE);
  g_autofree char *pbx = about != NULL ? g_strdup (about->pbx) : NULL;
  const char      *agent_id;
  LiaAgent        *agent;

  if (me == NULL || !lia_json_str (call->d, "agent", LIA_JSON_REQUIRED, 32, &agent_id, &error) || !read_mode (call, &command->mode, &error) || !read_spy_name (call, &command->name, &error))
    return dex_future_new_for_error (error);

  agent = lia_phone_setup_find_agent (lia_phone_hub_get_setup (lia_engine_get_phone (call->engine)), agent_id);
  if (agent == NULL || !has_leg (about, agent_id))
    {
      refuse (&error, LIA_PROBLEM_NOT_FOUND, "This agent has no part in the call.");
      return dex_future_new_for_error (error);
    }
  g_set_str (&command->uniqueid, about->uniqueid);
  g_set_str (&command->phone, me->phone);
  g_set_str (&command->target, agent->phone);
  if (!lia_command_phone_await (call, pbx, command, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_for_pointer (NULL);
}

DexFuture *
lia_command_call_supervise_prepare (LiaCommandCall *call)
{
  return lia_spawn (supervise_fiber, call, NULL);
}
