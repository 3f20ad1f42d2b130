/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-attachment.h"

#include <gdk/gdk.h>
#include <libdex.h>

G_BEGIN_DECLS

/**
 * LiaBlobLoader:
 * @id: a blob's id, or the Content-ID of an inline part, as said where it is used
 *
 * Returns: (transfer full): a future of #GBytes
 */
typedef DexFuture *(*LiaBlobLoader) (const char *id,
                                     gpointer    data);

#define LIA_TYPE_ATTACHMENT_DRAG (lia_attachment_drag_get_type ())

/**
 * LiaAttachmentDrag:
 *
 * An attachment on its way to another program, by drag and drop or the clipboard: a file that is only fetched when somebody takes it.
 */
G_DECLARE_FINAL_TYPE (LiaAttachmentDrag, lia_attachment_drag, LIA, ATTACHMENT_DRAG, GdkContentProvider)

GdkContentProvider *lia_attachment_drag_new (LiaAttachment *attachment,
                                             LiaBlobLoader  loader,
                                             gpointer       loader_data);
void                lia_attachment_drag_clean (gint64 older_than_s);

G_END_DECLS
