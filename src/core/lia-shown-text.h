/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of a telephone system -> text that can be shown. */

void  lia_shown_text_append (GString    *out,
                             const char *bytes,
                             gsize       length);
char *lia_shown_text_new (const char *bytes,
                          gsize       length);

G_END_DECLS
