/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-dial-rules.h"

#include "lia-phone-number.h"

#include <glib/gi18n.h>

/* In front of a number, where a telephone system wants one for the way out */
#define OUTSIDE_LINES "09"
#define SEPARATORS " ,;\n\t"

/* The roles, each of which may what those before it may; and one that nobody has */
static const char *const ranks[] = { "agent", "supervisor", "admin", "nobody" };

static gboolean
find_rank (const char *role,
           guint      *rank)
{
  for (*rank = 0; *rank < G_N_ELEMENTS (ranks); (*rank)++)
    if (g_strcmp0 (ranks[*rank], role) == 0)
      return TRUE;

  *rank = 0;

  return FALSE;
}

static gboolean
is_at_least (const char *role,
             const char *lowest)
{
  guint mine, needed;

  find_rank (role, &mine);
  find_rank (lowest, &needed);

  return mine >= needed;
}

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

static gboolean
is_excepted (LiaPbx     *pbx,
             const char *role,
             const char *number)
{
  g_autofree char *e164 = lia_phone_number_parse (number, pbx->country);

  return matches_any (pbx->dial_agent, number, e164) || (is_at_least (role, "supervisor") && matches_any (pbx->dial_supervisor, number, e164)) ||
         (is_at_least (role, "admin") && matches_any (pbx->dial_admin, number, e164));
}

static gboolean
is_usual (LiaPbx       *pbx,
          const char   *role,
          LiaNumberKind kind)
{
  return kind == LIA_NUMBER_INTERNAL || kind == LIA_NUMBER_NATIONAL || (kind == LIA_NUMBER_INTERNATIONAL && is_at_least (role, pbx->dial_abroad));
}

/*
 * "0 0044 20…": the same behind the digit for the way out, which must not be a way around. "0 0900 1…" is read as one of another country's numbers
 * unless it is looked at so.
 */
static LiaNumberKind
kind_of (const char *number,
         const char *country)
{
  LiaNumberKind kind = lia_phone_number_kind (number, country);
  LiaNumberKind behind;

  if ((kind != LIA_NUMBER_INTERNAL && kind != LIA_NUMBER_INTERNATIONAL) || number[0] == '\0' || strchr (OUTSIDE_LINES, number[0]) == NULL)
    return kind;
  behind = lia_phone_number_kind (number + 1, country);

  return kind == LIA_NUMBER_INTERNAL || behind == LIA_NUMBER_PREMIUM ? behind : kind;
}

/**
 * lia_dial_rules_judge:
 * @role: "agent", "supervisor" or "admin"
 * @number: digits, as they are to be dialled
 *
 * Whoever is in the house and the own country may be called, and emergency services always. Abroad may call who is in the role that the rules
 * ask for; without one, everybody. What costs extra, and codes, are refused. Patterns of numbers allow a role, and those above it, more than that.
 */
LiaDialVerdict
lia_dial_rules_judge (LiaPbx     *pbx,
                      const char *role,
                      const char *number)
{
  LiaNumberKind kind = kind_of (number, pbx->country);

  if (kind == LIA_NUMBER_EMERGENCY)
    return LIA_DIAL_EMERGENCY;
  if (is_usual (pbx, role, kind) || is_excepted (pbx, role, number))
    return LIA_DIAL_ALLOWED;

  return kind == LIA_NUMBER_PREMIUM ? LIA_DIAL_PREMIUM : kind == LIA_NUMBER_CODE ? LIA_DIAL_CODE
                                                                                 : LIA_DIAL_INTERNATIONAL;
}

/** lia_dial_verdict_words: (nullable): a sentence for who may not call, marked for translation; NULL for who may. */
const char *
lia_dial_verdict_words (LiaDialVerdict verdict)
{
  switch (verdict)
    {
    case LIA_DIAL_INTERNATIONAL:
      return N_ ("You may not call this number abroad. Whoever administers the telephone system can allow it.");
    case LIA_DIAL_PREMIUM:
      return N_ ("You may not call this number, which costs extra. Whoever administers the telephone system can allow it.");
    case LIA_DIAL_CODE:
      return N_ ("You may not dial this code. Whoever administers the telephone system can allow it.");
    case LIA_DIAL_ALLOWED:
    case LIA_DIAL_EMERGENCY:
    default:
      return NULL;
    }
}

/** lia_dial_rules_per_minute: how many calls one agent may begin within a minute. */
guint
lia_dial_rules_per_minute (LiaPbx *pbx)
{
  return pbx->dial_per_minute > 0 ? (guint)pbx->dial_per_minute : LIA_DIAL_PER_MINUTE;
}

/** lia_dial_rules_is_abroad: whether this says who may call abroad: the name of the lowest role that may, "nobody", or "" for everybody. */
gboolean
lia_dial_rules_is_abroad (const char *word)
{
  guint rank;

  return word[0] == '\0' || find_rank (word, &rank);
}

/** lia_dial_rules_are_valid: whether these are patterns of numbers: "+44* +3361234567", "*". */
gboolean
lia_dial_rules_are_valid (const char *patterns)
{
  return patterns[strspn (patterns, "0123456789+*#?" SEPARATORS)] == '\0';
}
