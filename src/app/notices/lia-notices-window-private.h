/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-notices-window.h"

#include "lia-notice-view.h"
#include "lia-notices-sender.h"
#include "lia-notices-watch.h"

G_BEGIN_DECLS

struct _LiaNoticesWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay        *toasts;
  AdwNavigationSplitView *split;
  AdwWindowTitle         *heading;
  GtkDropDown            *state;
  AdwBanner              *others;
  GtkStack               *stack;
  GtkListBox             *list;
  AdwStatusPage          *problem;
  GtkStack               *detail;
  LiaNoticeView          *view;
  GtkRevealer            *progress_revealer;
  GtkLabel               *progress_label;
  GtkProgressBar         *progress_bar;

  LiaClient        *client;
  LiaNoticesWatch  *watch;
  LiaNoticesSender *sender; /* that tells many, or NULL */
  GListStore       *fresh;  /* of LiaNotice: what is being read */
  char             *next;   /* or NULL: that was all */
  char             *chosen; /* id, or NULL */
  char             *sample; /* the finding of which a message was read and sent, or NULL */
  guint             wanted; /* so many are read at least */
  guint             asked;
  gboolean          reading;
  gboolean          filling;
};

const char *lia_notices_window_get_state (LiaNoticesWindow *self);

/* lia-notices-window-many.c */
void lia_notices_window_offer_others (LiaNoticesWindow *self);
void lia_notices_window_ask_others (LiaNoticesWindow *self);
void lia_notices_window_stop (LiaNoticesWindow *self);

G_END_DECLS
