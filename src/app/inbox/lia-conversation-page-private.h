/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-composer.h"
#include "lia-conversation-page.h"
#include "lia-due-pill.h"
#include "lia-original-view.h"
#include "lia-phone-strip.h"
#include "lia-question-strip.h"
#include "lia-timeline-model.h"
#include "lia-timeline.h"

G_BEGIN_DECLS

struct _LiaConversationPage
{
  AdwBin parent_instance;

  GtkStack         *stack;
  AdwWindowTitle   *title;
  GtkWidget        *details;
  GtkLabel         *subject;
  GtkLabel         *state;
  LiaDuePill       *due;
  GtkMenuButton    *language_button;
  AdwWrapBox       *tags;
  GtkMenuButton    *assignee_button;
  AdwButtonContent *assignee_content;
  GtkWidget        *take_button;
  GtkWidget        *snooze_button;
  GtkWidget        *close_button;
  GtkWidget        *reopen_button;
  AdwStatusPage    *problem_page;
  LiaPhoneStrip    *phone_strip;
  LiaQuestionStrip *question_strip;
  LiaTimeline      *timeline;
  LiaComposer      *composer;

  LiaClient        *client;
  AdwToast         *sent_toast;   /* weak: offers to take back what was sent last */
  LiaOriginalView  *original;     /* made when first needed */
  LiaTimelineModel *model;        /* of the open conversation, or NULL */
  LiaConversation  *conversation; /* the newest value, or NULL */
  char             *entry;        /* to be shown when loaded, or NULL */
  gboolean          show_customer;
  gboolean          keep_unread; /* marked as unread by hand: reading on does not change it */
  guint             read_timer;
};

void lia_conversation_page_install_actions (GtkWidgetClass *widget_class);
void lia_conversation_page_update_actions (LiaConversationPage *self);
void lia_conversation_page_connect_timeline (LiaConversationPage *self);
void lia_conversation_page_follow_model (LiaConversationPage *self);
void lia_conversation_page_emit_done (LiaConversationPage *self,
                                      const char          *conversation);

G_END_DECLS
