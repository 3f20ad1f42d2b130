/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-entry.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_ATTACHMENT_CHIP (lia_attachment_chip_get_type ())

/**
 * LiaAttachmentChip:
 *
 * One attachment of an entry: opened by a click, saved by its button, dragged out of the window. Images show a preview, in a frame whose size
 * does not depend on the image, so that nothing moves when it arrives.
 */
G_DECLARE_FINAL_TYPE (LiaAttachmentChip, lia_attachment_chip, LIA, ATTACHMENT_CHIP, GtkWidget)

LiaAttachmentChip *lia_attachment_chip_new (void);
void               lia_attachment_chip_bind (LiaAttachmentChip *self,
                                             LiaEntry          *entry,
                                             guint              index);

G_END_DECLS
