/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-dial-rules.h"

#include "lia-phone-number.h"

/* In front of a number, where a telephone system wants one for the way out */
#define OUTSIDE_LINES "09"
#define SEPARATORS " ,;\n\t"

/* As agents may see it: a pattern of digits, "*" for any rest, "?" for any digit */
static gboolean
matches_any (const char *patterns,
             const char *number,
             const char *e164)
{
  g_auto (GStrv) words = g_strsplit_set (patterns != NULL ? patterns : "", SEPARATORS, -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0' && (g_pattern_match_simple (words[i], number) || (e164 != NULL && g_pattern_match_simple (words[i], e164))))
      return TRUE;

  return FALSE;
}

/* What a role may, the roles above it may, too. */
static gboolean
is_allowed (LiaPbx     *pbx,
            const char *role,
            const char *number)
{
  g_autofree char *e164 = lia_phone_number_parse (number, pbx->country);
  gboolean         is_admin = g_strcmp0 (role, "admin") == 0;
  gboolean         is_supervisor = is_admin || g_strcmp0 (role, "supervisor") == 0;

  return matches_any (pbx->dial_agent, number, e164) || (is_supervisor && matches_any (pbx->dial_supervisor, number, e164)) ||
         (is_admin && matches_any (pbx->dial_admin, number, e164));
}

static gboolean
is_harmless (LiaNumberKind kind)
{
  return kind == LIA_NUMBER_INTERNAL || kind == LIA_NUMBER_NATIONAL;
}

/* "0 0044 20…": the same behind the digit for the way out, which must not be a way around. */
static LiaNumberKind
kind_of (const char *number,
         const char *country)
{
  LiaNumberKind kind = lia_phone_number_kind (number, country);

  if (kind != LIA_NUMBER_INTERNAL || number[0] == '\0' || strchr (OUTSIDE_LINES, number[0]) == NULL)
    return kind;

  return lia_phone_number_kind (number + 1, country);
}

/**
 * lia_dial_rules_judge:
 * @role: "agent", "supervisor" or "admin"
 * @number: digits, as they are to be dialled
 *
 * Whoever is in the house and the own country may be called, and emergency services always. What is abroad or costs extra may be called by whom the
 * rules allow it.
 */
LiaDialVerdict
lia_dial_rules_judge (LiaPbx     *pbx,
                      const char *role,
                      const char *number)
{
  LiaNumberKind kind = kind_of (number, pbx->country);

  if (kind == LIA_NUMBER_EMERGENCY)
    return LIA_DIAL_EMERGENCY;
  if (is_harmless (kind) || is_allowed (pbx, role, number))
    return LIA_DIAL_ALLOWED;

  return kind == LIA_NUMBER_PREMIUM ? LIA_DIAL_PREMIUM : kind == LIA_NUMBER_CODE ? LIA_DIAL_CODE
                                                                                 : LIA_DIAL_INTERNATIONAL;
}

/** lia_dial_rules_per_minute: how many calls one agent may begin within a minute. */
guint
lia_dial_rules_per_minute (LiaPbx *pbx)
{
  return pbx->dial_per_minute > 0 ? (guint)pbx->dial_per_minute : LIA_DIAL_PER_MINUTE;
}

/** lia_dial_rules_are_valid: whether these are patterns of numbers: "+44* +3361234567", "*". */
gboolean
lia_dial_rules_are_valid (const char *patterns)
{
  return patterns[strspn (patterns, "0123456789+*#?" SEPARATORS)] == '\0';
}
