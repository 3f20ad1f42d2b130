/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether somebody may call a number, before the telephone system is asked: its dialling rules, and how often. */

#include "lia-commands-phone-private.h"

#include "lia-dial-rules.h"

static const char *const codes[] = {
  [LIA_DIAL_ALLOWED] = NULL,
  [LIA_DIAL_EMERGENCY] = NULL,
  [LIA_DIAL_INTERNATIONAL] = "no-international",
  [LIA_DIAL_PREMIUM] = "no-premium",
  [LIA_DIAL_CODE] = "no-code",
};

static gboolean
refuse (GError    **error,
        const char *pointer,
        const char *code,
        const char *words)
{
  lia_problem_set_invalid (error, pointer, code, "%s", words);

  return FALSE;
}

static gboolean
is_colleague (LiaPhoneSetup *setup,
              const char    *number)
{
  for (guint i = 0; i < setup->agents->len; i++)
    if (g_str_equal (((LiaAgent *)setup->agents->pdata[i])->extension, number))
      return TRUE;

  return FALSE;
}

/*
 * @pbx: NULL for the only one; @pointer: the member of the command that named the number. Each number that goes out counts for the limit; colleagues
 * do not, and nobody is kept from calling for help.
 */
gboolean
lia_command_phone_may_call (LiaCommandCall *call,
                            LiaAgent       *me,
                            const char     *pbx,
                            const char     *number,
                            const char     *pointer,
                            GError        **error)
{
  LiaPhoneHub   *hub = lia_engine_get_phone (call->engine);
  LiaPbx        *rules = lia_phone_hub_get_pbx (hub, pbx);
  LiaDialVerdict verdict;

  if (rules == NULL || is_colleague (lia_phone_hub_get_setup (hub), number))
    return TRUE;

  verdict = lia_dial_rules_judge (rules, me->role, number);
  if (verdict == LIA_DIAL_EMERGENCY)
    return TRUE;
  if (codes[verdict] != NULL)
    return refuse (error, pointer, codes[verdict], lia_dial_verdict_words (verdict));
  if (lia_phone_hub_count_dial (hub, call->agent_id, lia_dial_rules_per_minute (rules)))
    return TRUE;

  return refuse (error, pointer, "too-many", "You have begun too many calls within a minute. Please wait a moment.");
}
