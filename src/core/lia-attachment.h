/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_ATTACHMENT (lia_attachment_get_type ())

G_DECLARE_FINAL_TYPE (LiaAttachment, lia_attachment, LIA, ATTACHMENT, GObject)

/**
 * LiaAttachment:
 *
 * A file that belongs to an entry or a draft. Immutable once published. The bytes are a blob of the engine.
 */
struct _LiaAttachment
{
  GObject parent_instance;

  char    *blob; /* its id */
  char    *name; /* safe to show and to save as: no path, no control or bidi characters */
  char    *type; /* sniffed content type */
  char    *cid;  /* Content-ID without brackets, or NULL */
  gint64   size_bytes;
  gboolean is_inline; /* shown by the HTML body */
  gboolean dangerous; /* save only after the agent confirms */
};

LiaAttachment *lia_attachment_new (void);

G_END_DECLS
