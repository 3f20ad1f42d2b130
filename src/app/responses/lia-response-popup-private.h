/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-response-list.h"
#include "lia-response-popup.h"
#include "lia-response-preview.h"

G_BEGIN_DECLS

#define LIA_RESPONSE_POPUP_MAX_UNASKED 5 /* rows before a letter is typed */

struct _LiaResponsePopup
{
  GtkPopover parent_instance;

  GtkStack           *stack;
  GtkWidget          *headings; /* above what nobody typed for */
  GtkWidget          *no_answer;
  GtkLabel           *heading;
  LiaResponseList    *list;
  LiaResponsePreview *preview;
  GtkLabel           *preview_title;
  GtkLabel           *nothing;
  GtkWidget          *status_box;
  GtkLabel           *status;
  GtkLabel           *count;

  GtkTextView        *view; /* NULL once detached */
  GtkTextBuffer      *buffer;
  GtkEventController *keys;
  LiaResponseFinder  *finder;
  GtkTextMark        *start; /* of what is typed, the slash with it; NULL = nobody searches */
  char               *typed; /* what is shown was found with it */
  guint               tick;  /* something has changed since */
  guint               announce_source;
  guint               warm_source;
  int                 height;    /* that it was shown with */
  gboolean            slash;     /* else the key */
  gboolean            composing; /* an input method has unfinished letters: the keys are its own */
  gboolean            choosing;
};

void     lia_response_popup_show_found (LiaResponsePopup *self,
                                        GPtrArray        *hits);
void     lia_response_popup_warm_up_soon (LiaResponsePopup *self);
void     lia_response_popup_show_selected (LiaResponsePopup *self);
void     lia_response_popup_show_preview (LiaResponsePopup *self,
                                          gboolean          shown);
gboolean lia_response_popup_shows_preview (LiaResponsePopup *self);

G_END_DECLS
