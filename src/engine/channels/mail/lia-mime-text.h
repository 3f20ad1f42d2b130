/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of messages -> text that can be shown: valid UTF-8, no control characters. */

char *lia_mime_text_decode (const guint8 *bytes,
                            gsize         length,
                            const char   *charset,
                            gboolean      html,
                            guint        *errors);
char *lia_mime_text_clean (const char *text,
                           gsize       length);
char *lia_mime_text_line (const char *text);
char *lia_mime_text_unflow (const char *text,
                            gboolean    delsp);
char *lia_mime_text_file_name (const char *name);
void  lia_mime_text_truncate (char *text,
                              gsize max_bytes);

G_END_DECLS
