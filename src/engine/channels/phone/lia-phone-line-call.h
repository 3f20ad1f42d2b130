/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-call.h"

G_BEGIN_DECLS

/* What a line has to know of and do to its calls. Pure. */

char    *lia_phone_line_call_milestones (LiaCall *call);
gboolean lia_phone_line_call_has_part (LiaCall    *call,
                                       const char *agent);
LiaCall *lia_phone_line_call_end (LiaCall       *seen,
                                  gint64         at_ms,
                                  LiaCallOutcome outcome);
LiaCall *lia_phone_line_call_complete (LiaCall *seen,
                                       LiaCall *left);
gint64   lia_phone_line_call_last_seen (LiaCall *call);
void     lia_phone_line_call_take_identity (LiaCall *call,
                                            LiaCall *known);
void     lia_phone_line_call_set_wraps (LiaCall   *call,
                                        GPtrArray *wraps);

G_END_DECLS
