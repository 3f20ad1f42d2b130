/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-test.h"

G_BEGIN_DECLS

/* What tests of calls in the window share: a telephone on the agent's desk, and calls as the engine tells them. */

void          call_set_up (WorkbenchFixture *fixture,
                           gconstpointer     data);
LiaCall      *make_call (const char  *uniqueid,
                         LiaCallState state);
LiaCall      *make_talking (LiaCallState state);
void          add_leg (LiaCall    *call,
                       const char *agent,
                       LiaLegState state,
                       gint64      started_ms);
void          add_offer (LiaCall       *call,
                         const char    *agent,
                         LiaOfferResult result);
void          add_segment (LiaCall       *call,
                           const char    *agent,
                           LiaSegmentKind kind);
void          tell (WorkbenchFixture *fixture,
                    LiaCall          *call);
void          tell_ringing (WorkbenchFixture *fixture);
void          end_call (WorkbenchFixture *fixture);
void          set_me (WorkbenchFixture *fixture,
                      const char       *availability,
                      gint64            until_ms);
void          set_availability (WorkbenchFixture *fixture,
                                const char       *availability);
LiaPhoneLine *nth_line (WorkbenchFixture *fixture,
                        guint             n);
guint         count_lines (WorkbenchFixture *fixture);
LiaLineState  state_of (WorkbenchFixture *fixture);
void          act (WorkbenchFixture *fixture,
                   const char       *action);
void          assert_not_asked (WorkbenchFixture *fixture);
GtkWidget    *find_button (GtkWidget  *widget,
                           const char *tip);
GtkWidget    *find_of_type (GtkWidget *widget,
                            GType      type);
const char   *open_conversation (WorkbenchFixture *fixture);

/*
 * make_call(): of the customer k_3, in c_3, whose number is 030 12345678; make_talking(): the same, taken by this agent, a_1.
 * tell(): (transfer full) @call. tell_ringing(), end_call(): of that of make_talking().
 * state_of(): of the first line; ENDED where there is none.
 */

G_END_DECLS
