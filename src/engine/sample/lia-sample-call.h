/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-call.h"

G_BEGIN_DECLS

/*
 * What happens in a call of the sample's telephone system, one step each, done to a call that nobody else has seen yet. What comes of it is what
 * LiaAmiModel makes of the same events of a real one (tests/fixtures/ami).
 */

LiaCall *lia_sample_call_new (const char      *pbx,
                              const char      *uniqueid,
                              LiaCallDirection direction,
                              gint64           now_ms);
void     lia_sample_call_add_leg (LiaCall    *call,
                                  LiaLegKind  kind,
                                  const char *agent,
                                  const char *channel,
                                  LiaLegState state,
                                  gint64      now_ms);
void     lia_sample_call_wait (LiaCall    *call,
                               const char *queue,
                               gint64      now_ms);
void     lia_sample_call_stop_waiting (LiaCall      *call,
                                       LiaWaitResult result,
                                       gint64        now_ms);
void     lia_sample_call_offer (LiaCall    *call,
                                const char *agent,
                                const char *channel,
                                gint64      now_ms);
void     lia_sample_call_close_offer (LiaCall       *call,
                                      const char    *agent,
                                      LiaOfferResult result,
                                      gint64         now_ms);
void     lia_sample_call_part (LiaCall       *call,
                               const char    *agent,
                               LiaSegmentKind kind,
                               gint64         now_ms);
void     lia_sample_call_leave (LiaCall    *call,
                                const char *agent,
                                gint64      now_ms);
void     lia_sample_call_end (LiaCall       *call,
                              LiaCallOutcome outcome,
                              gint64         now_ms);

/*
 * lia_sample_call_wait(): the customer stands in this queue now.
 * lia_sample_call_offer(): a telephone is rung; lia_sample_call_close_offer(): not any more. Its leg stays where it was answered.
 * lia_sample_call_part(): what the agent does with the call from now on, and with it the call's state.
 * lia_sample_call_leave(): the agent has no part in it any more.
 */

G_END_DECLS
