/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaMimeFields:
 *
 * The header fields that tell whether a person wrote a message. Any may be NULL.
 */
typedef struct
{
  const char *return_path;
  const char *auto_submitted;
  const char *precedence;
  const char *suppress; /* X-Auto-Response-Suppress */
  const char *list_id;
  const char *list_post;
  const char *list_unsubscribe;
  const char *auto_reply;  /* X-Autoreply, X-Autorespond, X-Mail-Autoreply, … */
  const char *report_type; /* of multipart/report; "" = none given */
  const char *from;
  const char *reply_to;
  const char *subject;
  gsize       text_bytes;
} LiaMimeFields;

const char *lia_mime_class (const LiaMimeFields *fields);
gboolean    lia_mime_class_is_nobody (const char *address);

G_END_DECLS
