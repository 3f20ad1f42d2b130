/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-attachment.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_FILE_CHIP (lia_file_chip_get_type ())

G_DECLARE_FINAL_TYPE (LiaFileChip, lia_file_chip, LIA, FILE_CHIP, GtkWidget)

GtkWidget     *lia_file_chip_new (const char *name);
void           lia_file_chip_set_attachment (LiaFileChip   *self,
                                             LiaAttachment *attachment);
LiaAttachment *lia_file_chip_get_attachment (LiaFileChip *self);

G_END_DECLS
