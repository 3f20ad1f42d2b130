/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-attachment.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_ATTACHMENT_CHIP (lia_attachment_chip_get_type ())

G_DECLARE_FINAL_TYPE (LiaAttachmentChip, lia_attachment_chip, LIA, ATTACHMENT_CHIP, GtkWidget)

GtkWidget     *lia_attachment_chip_new (const char *name);
void           lia_attachment_chip_set_attachment (LiaAttachmentChip *self,
                                                   LiaAttachment     *attachment);
LiaAttachment *lia_attachment_chip_get_attachment (LiaAttachmentChip *self);

G_END_DECLS
