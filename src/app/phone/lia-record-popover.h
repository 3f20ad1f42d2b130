/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-line.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_RECORD_POPOVER (lia_record_popover_get_type ())

/**
 * LiaRecordPopover:
 *
 * Begins to record a call, once the agent says that the other side agreed; or ends it.
 */
G_DECLARE_FINAL_TYPE (LiaRecordPopover, lia_record_popover, LIA, RECORD_POPOVER, GtkPopover)

void lia_record_popover_set_line (LiaRecordPopover *self,
                                  LiaPhoneLine     *line);

G_END_DECLS
