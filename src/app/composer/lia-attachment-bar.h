/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_ATTACHMENT_BAR (lia_attachment_bar_get_type ())

/**
 * LiaAttachmentBar:
 *
 * The files of what is being written. A file goes to the engine as soon as it is added.
 *
 * Signals: `changed` (a file was added, arrived or was removed), `failed` (string: why a file was not taken, in plain words).
 */
G_DECLARE_FINAL_TYPE (LiaAttachmentBar, lia_attachment_bar, LIA, ATTACHMENT_BAR, GtkWidget)

void       lia_attachment_bar_set_client (LiaAttachmentBar *self,
                                          LiaClient        *client);
void       lia_attachment_bar_add_file (LiaAttachmentBar *self,
                                        GFile            *file);
void       lia_attachment_bar_add_bytes (LiaAttachmentBar *self,
                                         GBytes           *bytes,
                                         const char       *name,
                                         const char       *type);
GPtrArray *lia_attachment_bar_dup_attachments (LiaAttachmentBar *self);
void       lia_attachment_bar_set_attachments (LiaAttachmentBar *self,
                                               GPtrArray        *attachments);
gboolean   lia_attachment_bar_is_busy (LiaAttachmentBar *self);
gboolean   lia_attachment_bar_is_empty (LiaAttachmentBar *self);

G_END_DECLS
