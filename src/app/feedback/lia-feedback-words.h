/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-finding.h"
#include "lia-quote.h"

G_BEGIN_DECLS

/* Feedback in the agent's words. */

const char *lia_feedback_words_icon (LiaFindingKind kind);
const char *lia_feedback_words_state (LiaFindingState state);
const char *lia_feedback_words_importance (LiaImportance importance);
char       *lia_feedback_words_customers (LiaFinding *finding);
char       *lia_feedback_words_trend (LiaFinding *finding);
char       *lia_feedback_words_about (LiaFinding *finding);
char       *lia_feedback_words_second (gint64 second);

G_END_DECLS
