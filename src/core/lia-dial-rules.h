/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-pbx.h"

G_BEGIN_DECLS

#define LIA_DIAL_PER_MINUTE 20 /* where nothing else is said: more than anybody dials by hand */
#define LIA_DIAL_MAX_PER_MINUTE 600

/* Who may call where through a telephone system. Pure: an administrator has written the rules down in its #LiaPbx. */

/**
 * LiaDialVerdict:
 * @LIA_DIAL_ALLOWED: go ahead
 * @LIA_DIAL_EMERGENCY: go ahead, whatever else there is to say
 * @LIA_DIAL_INTERNATIONAL: it is abroad, where this role may not call, and not among what it may call besides
 * @LIA_DIAL_PREMIUM: it costs extra, and is not among what this role may call besides
 * @LIA_DIAL_CODE: a code that would change the telephone system ("*21*0044…#"), and is not …
 */
typedef enum {
  LIA_DIAL_ALLOWED,
  LIA_DIAL_EMERGENCY,
  LIA_DIAL_INTERNATIONAL,
  LIA_DIAL_PREMIUM,
  LIA_DIAL_CODE,
} LiaDialVerdict;

LiaDialVerdict lia_dial_rules_judge (LiaPbx     *pbx,
                                     const char *role,
                                     const char *number);
const char    *lia_dial_verdict_words (LiaDialVerdict verdict);
guint          lia_dial_rules_per_minute (LiaPbx *pbx);
gboolean       lia_dial_rules_are_valid (const char *patterns);
gboolean       lia_dial_rules_is_abroad (const char *word);

G_END_DECLS
