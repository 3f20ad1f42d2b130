/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-push.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_ISSUE_TEXT (lia_issue_text_get_type ())

/**
 * LiaIssueText:
 *
 * The text of an issue: to be read as people read it in the tracker, byte for byte as it leaves, or to be edited in the notation of lia-issue-form.h. What stands
 * in the place of something that stays here is marked.
 */
G_DECLARE_FINAL_TYPE (LiaIssueText, lia_issue_text, LIA, ISSUE_TEXT, GtkTextView)

void  lia_issue_text_show (LiaIssueText   *self,
                           LiaPushPreview *preview);
void  lia_issue_text_show_exactly (LiaIssueText   *self,
                                   LiaPushPreview *preview);
void  lia_issue_text_edit (LiaIssueText   *self,
                           LiaPushPreview *preview);
char *lia_issue_text_dup_text (LiaIssueText *self);

G_END_DECLS
