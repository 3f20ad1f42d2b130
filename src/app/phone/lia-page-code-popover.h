/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-line.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_PAGE_CODE_POPOVER (lia_page_code_popover_get_type ())

/** LiaPageCodePopover: takes the code that the caller reads out of a page of our web site, and says what it has joined to the call. */
G_DECLARE_FINAL_TYPE (LiaPageCodePopover, lia_page_code_popover, LIA, PAGE_CODE_POPOVER, GtkPopover)

void lia_page_code_popover_set_line (LiaPageCodePopover *self,
                                     LiaPhoneLine       *line,
                                     LiaClient          *client);

G_END_DECLS
