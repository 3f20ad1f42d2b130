/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client-findings.h"
#include "lia-conversation.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_FEEDBACK_PANE (lia_feedback_pane_get_type ())

/**
 * LiaFeedbackPane:
 *
 * What the customer of the open conversation says of the product: it is kept here, at once and also while there is no engine, and below stands what was.
 *
 * Signals: `done`: something was given to be kept; `finding-activated` (string): its id.
 */
G_DECLARE_FINAL_TYPE (LiaFeedbackPane, lia_feedback_pane, LIA, FEEDBACK_PANE, AdwBin)

void lia_feedback_pane_set_client (LiaFeedbackPane *self,
                                   LiaClient       *client);
void lia_feedback_pane_set_folder (LiaFeedbackPane *self,
                                   const char      *folder);
void lia_feedback_pane_set_conversation (LiaFeedbackPane *self,
                                         LiaConversation *conversation);
void lia_feedback_pane_begin (LiaFeedbackPane *self,
                              LiaQuote        *quote,
                              const char      *where);

G_END_DECLS
