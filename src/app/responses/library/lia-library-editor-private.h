/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-library-editor.h"

#include "lia-attachment-bar.h"
#include "lia-library-choices.h"
#include "lia-library-figures.h"
#include "lia-library-sites.h"
#include "lia-response-preview.h"

G_BEGIN_DECLS

/*
 * Shared by lia-library-editor.c (values <-> rows), -text.c (the text, its mistakes and preview), -rows.c (where it fits, and what it does) and
 * -actions.c (what can be done).
 */

struct _LiaLibraryEditor
{
  AdwBin parent_instance;

  AdwWindowTitle     *heading;
  GtkMenuButton      *menu;
  GtkButton          *save;
  AdwBanner          *conflict;
  GtkStack           *stack;
  GtkScrolledWindow  *scroller;
  LiaLibraryFigures  *figures;
  AdwEntryRow        *title_row;
  AdwEntryRow        *shortcut_row;
  GtkDropDown        *texts;
  GtkMenuButton      *placeholders;
  AdwExpanderRow     *text_row;
  AdwEntryRow        *language_row;
  AdwComboRow        *formality_row;
  AdwComboRow        *channel_row;
  AdwEntryRow        *subject_row;
  AdwButtonRow       *remove_text;
  GtkTextView        *body;
  GtkWidget          *problem_box;
  GtkLabel           *problem;
  GtkDropDown        *values;
  LiaResponsePreview *preview;
  AdwEntryRow        *folder_row;
  AdwEntryRow        *tags_row;
  AdwEntryRow        *aliases_row;
  AdwComboRow        *scope_row;
  AdwComboRow        *state_row;
  AdwEntryRow        *review_row;
  GtkMenuButton      *calendar_button;
  GtkCalendar        *calendar;
  LiaLibraryChoices  *channels_row;
  LiaLibraryChoices  *queues_row;
  AdwEntryRow        *products_row;
  AdwComboRow        *place_row;
  LiaLibrarySites    *sites_row;
  AdwEntryRow        *gives_tags_row;
  AdwSwitchRow       *closes_row;
  AdwComboRow        *snooze_row;
  AdwComboRow        *assign_row;
  AdwEntryRow        *issue_row;
  LiaAttachmentBar   *attachments;

  LiaClient        *client;
  LiaLibraryDrafts *drafts;
  LiaConversation  *conversation; /* whose values the preview can show, or NULL */
  LiaCustomer      *customer;

  char      *id;          /* that is shown, or NULL */
  LiaCanned *base;        /* as it was saved when it was last taken over; an empty one for what is new */
  LiaCanned *edited;      /* as the rows say */
  guint      shown;       /* which of its texts */
  gboolean   filling;     /* the rows are being filled: nobody typed */
  gboolean   showing_day; /* in the calendar: nobody chose one */
  gboolean   saving;
  AdwToast  *undo;        /* the last offer, or NULL; a weak pointer */
  guint      keep_source; /* what was typed is written to disk soon */
  int        problem_at;  /* characters, -1 = the text has no mistake */
};

/* -text.c */
void lia_library_editor_init_text (LiaLibraryEditor *self);
void lia_library_editor_show_texts (LiaLibraryEditor *self);
void lia_library_editor_show_text (LiaLibraryEditor *self);
void lia_library_editor_take_text (LiaLibraryEditor *self);
void lia_library_editor_update_preview (LiaLibraryEditor *self);
void lia_library_editor_install_text (GtkWidgetClass *widget_class);

/* -rows.c */
void lia_library_editor_init_rows (LiaLibraryEditor *self);
void lia_library_editor_fill_more (LiaLibraryEditor *self,
                                   LiaCanned        *canned);
void lia_library_editor_take_more (LiaLibraryEditor *self,
                                   LiaCanned        *edited);
void lia_library_editor_install_rows (GtkWidgetClass *widget_class);

/* -actions.c */
void lia_library_editor_install_actions (GtkWidgetClass *widget_class);
void lia_library_editor_update_actions (LiaLibraryEditor *self);

/* lia-library-editor.c */
void       lia_library_editor_changed (LiaLibraryEditor *self);
void       lia_library_editor_fill (LiaLibraryEditor *self,
                                    LiaCanned        *canned);
void       lia_library_editor_keep (LiaLibraryEditor *self);
LiaCanned *lia_library_editor_get_saved (LiaLibraryEditor *self);
gboolean   lia_library_editor_is_edited (LiaLibraryEditor *self);
void       lia_library_editor_set_base (LiaLibraryEditor *self,
                                        LiaCanned        *canned);
void       lia_library_editor_emit_saved (LiaLibraryEditor *self,
                                          const char       *id,
                                          const char       *before);
void       lia_library_editor_emit_removed (LiaLibraryEditor *self,
                                            LiaCanned        *canned);

G_END_DECLS
