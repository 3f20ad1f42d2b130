/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-library-window.h"

#include "lia-library-editor.h"
#include "lia-library-place.h"

G_BEGIN_DECLS

/* Shared by lia-library-window.c (what is shown) and lia-library-window-actions.c (what can be done). */

struct _LiaLibraryWindow
{
  AdwWindow parent_instance;

  AdwOverlaySplitView    *places_split;
  AdwNavigationSplitView *list_split;
  GtkListBox             *places;
  GtkSearchEntry         *search;
  GtkStack               *list_stack;
  GtkListView            *list;
  LiaLibraryEditor       *editor;

  LiaClient          *client;
  LiaLibraryDrafts   *drafts;
  GListStore         *shown; /* of LiaCanned */
  GtkSingleSelection *selection;
  LiaLibraryPlace    *place;
  LiaCanned          *removed; /* the last one, for undo */
  LiaConversation    *conversation;
  guint               update_source;
  gboolean            filling;
};

void       lia_library_window_install_actions (GtkWidgetClass *widget_class);
GPtrArray *lia_library_window_get_library (LiaLibraryWindow *self);
void       lia_library_window_update (LiaLibraryWindow *self);

G_END_DECLS
