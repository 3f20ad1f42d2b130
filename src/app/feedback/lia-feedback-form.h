/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client-findings.h"
#include "lia-feedback-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_FEEDBACK_FORM (lia_feedback_form_get_type ())

/**
 * LiaFeedbackForm:
 *
 * What a customer said, and what it is about. While that is typed it lists what is known already: there Enter adds the quote to it.
 *
 * Signals: `typed`: the draft is another one now; `done` (LiaFeedbackDraft): it is to be captured; its finding has an id where it is a known one.
 */
G_DECLARE_FINAL_TYPE (LiaFeedbackForm, lia_feedback_form, LIA, FEEDBACK_FORM, AdwBin)

void              lia_feedback_form_set_client (LiaFeedbackForm *self,
                                                LiaClient       *client);
void              lia_feedback_form_set_draft (LiaFeedbackForm  *self,
                                               LiaFeedbackDraft *draft);
LiaFeedbackDraft *lia_feedback_form_dup_draft (LiaFeedbackForm *self);
void              lia_feedback_form_set_source (LiaFeedbackForm *self,
                                                const char      *words);
void              lia_feedback_form_complain (LiaFeedbackForm *self,
                                              const char      *problem);
void              lia_feedback_form_begin (LiaFeedbackForm *self);

G_END_DECLS
