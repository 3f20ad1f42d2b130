/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-workbench.h"

#include "lia-availability-button.h"
#include "lia-call-dock.h"
#include "lia-chat-offer-strip.h"
#include "lia-connection-button.h"
#include "lia-conversation-page.h"
#include "lia-customer-pane.h"
#include "lia-feedback-pane.h"
#include "lia-inbox.h"
#include "lia-notices-watch.h"
#include "lia-responses-pane.h"
#include "lia-search-pane.h"
#include "lia-views-sidebar.h"

G_BEGIN_DECLS

struct _LiaWorkbench
{
  AdwBreakpointBin parent_instance;

  AdwOverlaySplitView    *views_split;
  AdwNavigationSplitView *list_split;
  AdwOverlaySplitView    *customer_split;
  AdwNavigationPage      *list_page;
  GtkToggleButton        *search_button;
  GtkSearchBar           *search_bar;
  GtkSearchEntry         *search_entry;
  LiaChatOfferStrip      *chat_offer;
  GtkStack               *list_stack;
  LiaAvailabilityButton  *availability;
  LiaCallDock            *calls;
  GtkButton              *wallboard_button;
  GtkWidget              *notices_button;
  GtkLabel               *notices_count;
  AdwBanner              *sample_banner;
  AdwBanner              *mailbox_banner;
  LiaViewsSidebar        *views;
  LiaConnectionButton    *connection;
  LiaInbox               *inbox;
  LiaSearchPane          *search;
  LiaConversationPage    *page;
  AdwViewStack           *side_stack;
  LiaCustomerPane        *customer;
  LiaResponsesPane       *responses;
  LiaFeedbackPane        *feedback;

  LiaClient       *client;
  LiaPhoneStation *station;
  GSettings       *settings;
  char            *offered;   /* the conversation that is offered to me, or NULL */
  GtkWindow       *wallboard; /* open, or NULL; a weak pointer, as are the next three */
  GtkWindow       *library;
  GtkWindow       *findings;
  GtkWindow       *notices;
  LiaNoticesWatch *notices_watch;
  char            *directory; /* the workspace's */
  LiaQuote        *quote;     /* to be kept when its conversation is open; or NULL */
  gboolean         view_restored;
};

void lia_workbench_install_actions (GtkWidgetClass *widget_class);
void lia_workbench_install_chats (GtkWidgetClass *widget_class);
void lia_workbench_install_feedback (GtkWidgetClass *widget_class);
void lia_workbench_install_phone (GtkWidgetClass *widget_class);
void lia_workbench_set_station (LiaWorkbench    *self,
                                LiaPhoneStation *station);

void     lia_workbench_follow_offers (LiaWorkbench *self);
gboolean lia_workbench_take_offer (LiaWorkbench *self);
gboolean lia_workbench_has_dialog (LiaWorkbench *self);
void     lia_workbench_bind_feedback (LiaWorkbench *self);
void     lia_workbench_follow_feedback (LiaWorkbench *self);

G_END_DECLS
