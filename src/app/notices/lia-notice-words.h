/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-notice-draft.h"

G_BEGIN_DECLS

/* What is said of customers who are to be told, in the agent's words. */

const char *lia_notice_words_icon (LiaNotice *notice);
const char *lia_notice_words_send (LiaNoticeWay way);
char       *lia_notice_words_name (LiaNotice *notice);
char       *lia_notice_words_way (LiaNoticeDraft *draft);
char       *lia_notice_words_warning (LiaNoticeDraft *draft);
char       *lia_notice_words_issue (LiaNotice *notice);
char       *lia_notice_words_state (LiaNotice *notice);
char       *lia_notice_words_row (LiaNotice *notice);

G_END_DECLS
