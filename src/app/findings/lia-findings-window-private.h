/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-failing-pages.h"
#include "lia-finding-view.h"
#include "lia-findings-export.h"
#include "lia-findings-figures.h"
#include "lia-findings-filter.h"
#include "lia-findings-watch.h"
#include "lia-findings-window.h"

G_BEGIN_DECLS

typedef struct _LiaFindingsDeed LiaFindingsDeed;

struct _LiaFindingsWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay        *overlay;
  AdwNavigationSplitView *split;
  AdwWindowTitle         *heading;
  AdwToggleGroup         *lists;
  GtkSearchEntry         *search;
  LiaFindingsFilter      *filter;
  GtkStack               *stack;
  GtkListBox             *list;
  LiaFailingPages        *pages;
  AdwStatusPage          *problem;
  GtkWidget              *export_bar;
  GtkProgressBar         *export_progress;
  LiaFindingsFigures     *figures;
  GtkStack               *detail;
  AdwStatusPage          *several;
  LiaFindingView         *view;

  LiaClient        *client;
  LiaFindingsWatch *watch;
  GListStore       *fresh;  /* of LiaFinding: what is being read */
  char             *next;   /* or NULL: that was all */
  GHashTable       *chosen; /* ids */
  guint             wanted; /* so many are read at least */
  guint             asked;
  guint             figures_of; /* which answer is waited for */
  gint64            total;      /* how many there are; 0 = not known */
  gboolean          reading;
  gboolean          filling;

  LiaFindingsDeed   *deed;       /* what can be taken back, or NULL */
  AdwToast          *undo_toast; /* weak */
  LiaFindingsExport *running;    /* or NULL */
};

LiaFindingsQuery lia_findings_window_get_query (LiaFindingsWindow *self);
GPtrArray       *lia_findings_window_dup_chosen (LiaFindingsWindow *self);
void             lia_findings_window_choose (LiaFindingsWindow *self,
                                             const char        *finding);
void             lia_findings_window_take_keyboard (LiaFindingsWindow *self);

void lia_findings_window_install_actions (GtkWidgetClass *widget_class);
void lia_findings_window_update_actions (LiaFindingsWindow *self);
void lia_findings_window_forget_deed (LiaFindingsWindow *self);

void lia_findings_window_export (LiaFindingsWindow *self);
void lia_findings_window_stop_export (LiaFindingsWindow *self);

G_END_DECLS
