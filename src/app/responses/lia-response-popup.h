/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-response-finder.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_RESPONSE_POPUP (lia_response_popup_get_type ())

/**
 * LiaResponsePopup:
 *
 * Canned responses at the caret of a text, found while one types. What is typed goes into the text as ever, and is looked for in the next frame
 * before it is painted; the keyboard stays where it is.
 *
 * Signal: `chosen` (LiaCanned): it shall stand at the caret. What was typed to find it is gone by then, within the same user action of the buffer.
 */
G_DECLARE_FINAL_TYPE (LiaResponsePopup, lia_response_popup, LIA, RESPONSE_POPUP, GtkPopover)

LiaResponsePopup *lia_response_popup_new (GtkTextView       *view,
                                          LiaResponseFinder *finder);
void              lia_response_popup_open (LiaResponsePopup *self);
void              lia_response_popup_close (LiaResponsePopup *self);
void              lia_response_popup_detach (LiaResponsePopup *self);

G_END_DECLS
