/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-library-window.h"

#include "lia-library-chips.h"
#include "lia-library-editor.h"
#include "lia-suggestions-page.h"
#include "lia-responses-import.h"

G_BEGIN_DECLS

/*
 * Shared by lia-library-window.c (the list), -places.c (by what it is filtered), -suggestions.c (what could be better) and -actions.c (what can be
 * done).
 */

struct _LiaLibraryWindow
{
  AdwWindow parent_instance;

  AdwOverlaySplitView    *places_split;
  AdwNavigationSplitView *list_split;
  GtkStack               *main; /* the responses, or the suggestions */
  GtkListBoxRow          *suggestions_row;
  GtkLabel               *suggestions_count;
  LiaSuggestionsPage     *suggestions_page;
  GtkListBox             *places;
  GtkSearchEntry         *search;
  LiaLibraryChips        *chips;
  GtkLabel               *count;
  AdwStatusPage          *nothing;
  GtkButton              *take_away;
  GtkStack               *list_stack;
  GtkListView            *list;
  LiaLibraryEditor       *editor;

  LiaClient           *client;
  LiaSuggestions      *suggestions;
  AdwToast            *undo; /* the last offer of -suggestions.c, or NULL; a weak pointer */
  LiaLibraryDrafts    *drafts;
  LiaLibraryPublished *published;
  GListStore          *shown; /* of LiaCanned */
  GtkSingleSelection  *selection;
  LiaLibraryFilter    *filter;
  LiaLibraryPlace     *narrowest;   /* of the filters, when nothing is found; or NULL */
  LiaCanned           *removed;     /* the last one, for undo */
  LiaResponsesImport  *last_import; /* of this window, to be taken back */
  LiaConversation     *conversation;
  guint                update_source;
  guint                announce_source;
  gboolean             filling;
};

void       lia_library_window_install_actions (GtkWidgetClass *widget_class);
GPtrArray *lia_library_window_get_library (LiaLibraryWindow *self);
void       lia_library_window_update (LiaLibraryWindow *self);
void       lia_library_window_announce (LiaLibraryWindow *self);
void       lia_library_window_install_places (GtkWidgetClass *widget_class);
void       lia_library_window_init_places (LiaLibraryWindow *self);
void       lia_library_window_update_places (LiaLibraryWindow *self,
                                             GPtrArray        *library);
void       lia_library_window_mark_places (LiaLibraryWindow *self);
void       lia_library_window_say_nothing (LiaLibraryWindow *self,
                                           GPtrArray        *library);

void     lia_library_window_install_suggestions (GtkWidgetClass *widget_class);
void     lia_library_window_set_suggestions (LiaLibraryWindow *self);
void     lia_library_window_show_responses (LiaLibraryWindow *self);
gboolean lia_library_window_shows_suggestions (LiaLibraryWindow *self);
void     lia_library_window_drop_undo (LiaLibraryWindow *self);

G_END_DECLS
