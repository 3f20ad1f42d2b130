/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-notice.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_NOTICE_VIEW (lia_notice_view_get_type ())

/**
 * LiaNoticeView:
 *
 * One customer who is to be told of a fix, or was: what they asked for, and the message, to be edited and sent. What is edited is kept when another one
 * is shown. Signals: `sent` (the notice, what takes it back or NULL), `conversation-activated` (conversation, entry).
 */
G_DECLARE_FINAL_TYPE (LiaNoticeView, lia_notice_view, LIA, NOTICE_VIEW, AdwBin)

void lia_notice_view_set_client (LiaNoticeView *self,
                                 LiaClient     *client);
void lia_notice_view_set_notice (LiaNoticeView *self,
                                 LiaNotice     *notice);
void lia_notice_view_keep (LiaNoticeView *self);

G_END_DECLS
