/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-provider-job.h"

#include <string.h>

/* What the steps of commands have in common: actions, questions, what must be there, and waiting for what follows. */

#define MAX_NUMBER_BYTES 64

/** lia_ami_job_fail: FALSE, with a sentence for the agent. */
gboolean
lia_ami_job_fail (GError      **error,
                  LiaPhoneError code,
                  const char   *message)
{
  g_set_error_literal (error, LIA_PHONE_ERROR, code, message);

  return FALSE;
}

/* Actions --------------------------------------------------------------------------------------------------------------------------------- */

static gboolean
take_error (const GError *cause,
            GError      **error)
{
  if (cause->domain != LIA_AMI_ERROR)
    return lia_ami_job_fail (error, LIA_PHONE_ERROR_TIMEOUT, "The telephone system does not answer.");

  switch (cause->code)
    {
    case LIA_AMI_ERROR_PERMISSION:
      return lia_ami_job_fail (error, LIA_PHONE_ERROR_REFUSED, "Liaison’s login to the telephone system has no right to do this.");
    case LIA_AMI_ERROR_GONE:
      return lia_ami_job_fail (error, LIA_PHONE_ERROR_GONE, "The call has ended meanwhile.");
    case LIA_AMI_ERROR_TIMEOUT:
      return lia_ami_job_fail (error, LIA_PHONE_ERROR_TIMEOUT, "The telephone system does not answer.");
    case LIA_AMI_ERROR_CLOSED:
      return lia_ami_job_fail (error, LIA_PHONE_ERROR_DOWN, "The connection to the telephone system broke.");
    default:
      g_set_error (error, LIA_PHONE_ERROR, LIA_PHONE_ERROR_REFUSED, "The telephone system refuses: %s", cause->message);
      return FALSE;
    }
}

/** lia_ami_job_send: @action (transfer full); the PBX has agreed, or the error says why not. */
gboolean
lia_ami_job_send (LiaAmiJob    *job,
                  LiaAmiAction *action,
                  GError      **error)
{
  g_autoptr (GError) cause = NULL;

  return dex_await (lia_ami_client_send (job->client, action), &cause) || take_error (cause, error);
}

/** lia_ami_job_do: lia_ami_job_send() with names and values of headers, NULL. */
gboolean
lia_ami_job_do (LiaAmiJob  *job,
                GError    **error,
                const char *action,
                ...)
{
  LiaAmiAction *message = lia_ami_action_new (action);
  const char   *name;
  va_list       headers;

  va_start (headers, action);
  while ((name = va_arg (headers, const char *)) != NULL)
    lia_ami_action_add (message, name, va_arg (headers, const char *));
  va_end (headers);

  return lia_ami_job_send (job, message, error);
}

/* @action: (transfer full). What its answer has for @name. */
static char *
get_value (LiaAmiJob    *job,
           LiaAmiAction *action,
           const char   *name,
           GError      **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (LiaAmiMessage) answer = dex_await_boxed (lia_ami_client_send (job->client, action), &cause);
  const char *value;

  if (answer == NULL)
    {
      take_error (cause, error);
      return NULL;
    }
  value = lia_ami_message_get (answer, name);

  return g_strdup (value != NULL ? value : "");
}

/**
 * lia_ami_job_ask:
 * @channel: (nullable): whose; NULL for a function that needs none
 * @variable: "DEVICE_STATE(PJSIP/alice)"
 *
 * Returns: (transfer full) (nullable): its value
 */
char *
lia_ami_job_ask (LiaAmiJob  *job,
                 const char *channel,
                 const char *variable,
                 GError    **error)
{
  LiaAmiAction *action = lia_ami_action_new ("Getvar");

  if (channel != NULL)
    lia_ami_action_add (action, "Channel", channel);
  lia_ami_action_add (action, "Variable", variable);

  return get_value (job, action, "Value", error);
}

/* What follows ---------------------------------------------------------------------------------------------------------------------------- */

static void
look_again (LiaAmiJob *job)
{
  LiaCall *call = lia_ami_model_find_call (job->provider->model, job->command->uniqueid);

  g_clear_object (&job->call);
  job->call = call;
}

/**
 * lia_ami_job_wait:
 * @condition: of the call, which may be NULL when it has ended
 *
 * Returns: FALSE when it did not come true in time
 */
gboolean
lia_ami_job_wait (LiaAmiJob      *job,
                  LiaAmiCondition condition,
                  guint           timeout_ms)
{
  const gint64 end_us = g_get_monotonic_time () + timeout_ms * (gint64)1000;

  for (look_again (job); !condition (job); look_again (job))
    {
      const gint64 left_us = end_us - g_get_monotonic_time ();

      if (left_us <= 0 || job->provider->client != job->client)
        return FALSE;
      dex_await (dex_future_first (dex_ref (DEX_FUTURE (job->provider->changed)), dex_timeout_new_msec ((int)(left_us / 1000) + 1), NULL), NULL);
    }

  return TRUE;
}

/* What must be there ---------------------------------------------------------------------------------------------------------------------- */

/** lia_ami_job_is_number: what can be dialled, and means nothing else in a dialplan. */
gboolean
lia_ami_job_is_number (const char *text)
{
  const gsize length = strlen (text);

  return length > 0 && length <= MAX_NUMBER_BYTES && text[strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "+*#._-")] == '\0';
}

/** lia_ami_job_get_context: in which agents dial; the usual one when nobody said. */
const char *
lia_ami_job_get_context (LiaAmiJob *job)
{
  const char *context = job->provider->pbx->context;

  return context != NULL && *context != '\0' ? context : "from-internal";
}

/** lia_ami_job_need_context: Liaison's part of the dialplan is there. */
gboolean
lia_ami_job_need_context (LiaAmiJob  *job,
                          const char *context,
                          GError    **error)
{
  g_autofree char *variable = g_strdup_printf ("DIALPLAN_EXISTS(%s)", context);
  g_autofree char *value = lia_ami_job_ask (job, NULL, variable, error);

  if (value == NULL)
    return FALSE;

  return g_str_equal (value, "1") || lia_ami_job_fail (error, LIA_PHONE_ERROR_UNSUPPORTED, "The telephone system lacks Liaison’s part of the dialplan.");
}

static gboolean
need_extension (LiaAmiJob  *job,
                const char *number,
                GError    **error)
{
  g_autofree char *variable = g_strdup_printf ("DIALPLAN_EXISTS(%s,%s,1)", lia_ami_job_get_context (job), number);
  g_autofree char *exists = lia_ami_job_ask (job, NULL, variable, error);

  if (exists != NULL && !g_str_equal (exists, "1"))
    g_set_error (error, LIA_PHONE_ERROR, LIA_PHONE_ERROR_NO_TARGET, "There is no number %s.", number);

  return exists != NULL && g_str_equal (exists, "1");
}

/* By the number's hint; what has none is no telephone of ours, and always there. */
static gboolean
need_registered (LiaAmiJob  *job,
                 const char *number,
                 GError    **error)
{
  LiaAmiAction    *action = lia_ami_action_new ("ExtensionState");
  g_autofree char *state = NULL;

  lia_ami_action_add (action, "Exten", number);
  lia_ami_action_add (action, "Context", lia_ami_job_get_context (job));
  state = get_value (job, action, "Status", error);
  if (state != NULL && g_str_equal (state, "4"))
    g_set_error (error, LIA_PHONE_ERROR, LIA_PHONE_ERROR_UNREACHABLE, "The telephone at %s is not connected.", number);

  return state != NULL && !g_str_equal (state, "4");
}

/** lia_ami_job_need_number: agents can dial it: a colleague whose telephone is there, a queue, a number outside. */
gboolean
lia_ami_job_need_number (LiaAmiJob  *job,
                         const char *number,
                         GError    **error)
{
  if (!lia_ami_job_is_number (number))
    return lia_ami_job_fail (error, LIA_PHONE_ERROR_NO_TARGET, "This is no number.");

  return need_extension (job, number, error) && need_registered (job, number, error);
}

/** lia_ami_job_need_telephone: the agent's own can be rung. */
gboolean
lia_ami_job_need_telephone (LiaAmiJob *job,
                            GError   **error)
{
  g_autofree char *variable = NULL;
  g_autofree char *state = NULL;

  if (*job->command->phone == '\0' || job->command->phone[strspn (job->command->phone, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "/@._-")] != '\0')
    return lia_ami_job_fail (error, LIA_PHONE_ERROR_UNREACHABLE, "You have no telephone.");

  variable = g_strdup_printf ("DEVICE_STATE(%s)", job->command->phone);
  state = lia_ami_job_ask (job, NULL, variable, error);
  if (state == NULL)
    return FALSE;

  return !(g_str_equal (state, "UNAVAILABLE") || g_str_equal (state, "INVALID")) ||
         lia_ami_job_fail (error, LIA_PHONE_ERROR_UNREACHABLE, "Your telephone is not connected to the telephone system.");
}

static gboolean
is_at (LiaCallLeg *leg,
       const char *phone)
{
  g_autofree char *endpoint = lia_ami_endpoint_of_channel (leg->channel);

  return leg->ended_ms == 0 && g_str_equal (endpoint, phone);
}

/** lia_ami_call_find_leg: (nullable): the living channel of @phone; one that talks before one that rings. */
LiaCallLeg *
lia_ami_call_find_leg (LiaCall    *call,
                       const char *phone)
{
  LiaCallLeg *found = NULL;

  for (guint i = 0; call != NULL && i < call->legs->len; i++)
    {
      LiaCallLeg *leg = call->legs->pdata[i];

      if (is_at (leg, phone) && (found == NULL || leg->state == LIA_LEG_UP))
        found = leg;
    }

  return found;
}

/** lia_ami_call_find_customer: (nullable): the living channel of the customer. */
LiaCallLeg *
lia_ami_call_find_customer (LiaCall *call)
{
  for (guint i = 0; call != NULL && i < call->legs->len; i++)
    {
      LiaCallLeg *leg = call->legs->pdata[i];

      if (leg->kind == LIA_LEG_CUSTOMER && leg->ended_ms == 0)
        return leg;
    }

  return NULL;
}

/** lia_ami_job_need_leg: (transfer none): the channel of who asks, who must be in the call. */
LiaCallLeg *
lia_ami_job_need_leg (LiaAmiJob *job,
                      GError   **error)
{
  LiaCallLeg *leg = lia_ami_call_find_leg (job->call, job->command->phone);

  if (leg == NULL)
    lia_ami_job_fail (error, LIA_PHONE_ERROR_GONE, "You are not in this call any more.");

  return leg;
}

/** lia_ami_job_need_customer: (transfer none): the channel of the customer, who must not have hung up. */
LiaCallLeg *
lia_ami_job_need_customer (LiaAmiJob *job,
                           GError   **error)
{
  LiaCallLeg *leg = lia_ami_call_find_customer (job->call);

  if (leg == NULL)
    lia_ami_job_fail (error, LIA_PHONE_ERROR_GONE, "The caller has hung up.");

  return leg;
}
