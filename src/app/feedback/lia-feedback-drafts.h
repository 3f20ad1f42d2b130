/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-feedback-draft.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIA_TYPE_FEEDBACK_DRAFTS (lia_feedback_drafts_get_type ())

/**
 * LiaFeedbackDrafts:
 *
 * What was typed as feedback, one a conversation, and what was given to the engine, which has not answered yet. Each is a file of its own, so that nothing
 * is lost when the window closes or the program dies: what was given is given again, with its key, so that it is captured once.
 */
G_DECLARE_FINAL_TYPE (LiaFeedbackDrafts, lia_feedback_drafts, LIA, FEEDBACK_DRAFTS, GObject)

LiaFeedbackDrafts *lia_feedback_drafts_new (const char *folder);
LiaFeedbackDraft  *lia_feedback_drafts_get (LiaFeedbackDrafts *self,
                                            const char        *conversation);
void               lia_feedback_drafts_put (LiaFeedbackDrafts *self,
                                            LiaFeedbackDraft  *draft);
void               lia_feedback_drafts_give (LiaFeedbackDrafts *self,
                                             LiaFeedbackDraft  *draft);
void               lia_feedback_drafts_forget (LiaFeedbackDrafts *self,
                                               LiaFeedbackDraft  *draft);
GPtrArray         *lia_feedback_drafts_list_given (LiaFeedbackDrafts *self);

G_END_DECLS
