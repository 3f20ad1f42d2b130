/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-line.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_TRANSFER_POPOVER (lia_transfer_popover_get_type ())

/**
 * LiaTransferPopover:
 *
 * To whom a call goes: a colleague, found by name or extension, or a number. Either that one is asked first, or gets the customer at once.
 */
G_DECLARE_FINAL_TYPE (LiaTransferPopover, lia_transfer_popover, LIA, TRANSFER_POPOVER, GtkPopover)

void lia_transfer_popover_set_line (LiaTransferPopover *self,
                                    LiaPhoneLine       *line,
                                    LiaClient          *client);

G_END_DECLS
