/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-effort.h"

G_BEGIN_DECLS

/* What a customer has been through, in words. Pure. */

char *lia_effort_words_call (const LiaEffort *effort);
char *lia_effort_words_today (const LiaEffort *effort);
char *lia_effort_words_recent (const LiaEffort *effort);

G_END_DECLS
