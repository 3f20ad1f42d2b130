/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What visitors may send, judged by its bytes. Pure. */

const char *lia_chat_file_kind_find (const guint8 *bytes,
                                     gsize         length,
                                     const char   *name);
gboolean    lia_chat_file_kind_is_known (const char *type);
char       *lia_chat_file_kind_name (const char *type,
                                     const char *name);

G_END_DECLS
