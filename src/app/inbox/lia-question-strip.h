/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-timeline-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_QUESTION_STRIP (lia_question_strip_get_type ())

/**
 * LiaQuestionStrip:
 *
 * Above a timeline: what the engineers want to know of what was said there, and the ways to answer.
 */
G_DECLARE_FINAL_TYPE (LiaQuestionStrip, lia_question_strip, LIA, QUESTION_STRIP, AdwBin)

void lia_question_strip_set_client (LiaQuestionStrip *self,
                                    LiaClient        *client);
void lia_question_strip_set_conversation (LiaQuestionStrip *self,
                                          LiaConversation  *conversation,
                                          LiaTimelineModel *timeline);

G_END_DECLS
