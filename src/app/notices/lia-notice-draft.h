/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-notice.h"

G_BEGIN_DECLS

#define LIA_TYPE_NOTICE_DRAFT (lia_notice_draft_get_type ())

G_DECLARE_FINAL_TYPE (LiaNoticeDraft, lia_notice_draft, LIA, NOTICE_DRAFT, GObject)

/**
 * LiaNoticeDraft:
 *
 * What one customer would be told, in their language: as somebody has edited it, else as the response `/fixed` says it, else in our words. Immutable.
 */
struct _LiaNoticeDraft
{
  GObject parent_instance;

  LiaNotice   *notice;
  LiaNoticeWay way;
  char        *subject;
  char        *body;
  gboolean     is_edited;
  guint        n_unfilled; /* places that somebody has to fill in before it may go */
};

LiaNoticeDraft *lia_notice_draft_new (LiaClient *client,
                                      LiaNotice *notice);
LiaNotice      *lia_notice_draft_to_notice (LiaNoticeDraft *self,
                                            const char     *subject,
                                            const char     *body);
gboolean        lia_notice_draft_is_ready (LiaNoticeDraft *self);

G_END_DECLS
