/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-finding.h"
#include "lia-quote.h"

G_BEGIN_DECLS

#define LIA_TYPE_FEEDBACK_DRAFT (lia_feedback_draft_get_type ())

G_DECLARE_FINAL_TYPE (LiaFeedbackDraft, lia_feedback_draft, LIA, FEEDBACK_DRAFT, GObject)

/**
 * LiaFeedbackDraft:
 *
 * What somebody is about to capture, and where it was said (`quote->conv`). Immutable once published.
 */
struct _LiaFeedbackDraft
{
  GObject parent_instance;

  char       *key; /* of the command that will capture it: the same again captures once */
  LiaFinding *finding;
  LiaQuote   *quote;
};

LiaFeedbackDraft *lia_feedback_draft_new (const char *conversation);
gboolean          lia_feedback_draft_is_empty (LiaFeedbackDraft *self);
char             *lia_feedback_draft_write (LiaFeedbackDraft *self);
LiaFeedbackDraft *lia_feedback_draft_read (const char *text);

G_END_DECLS
