/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *lia_html_to_text (const char *html,
                        gsize       length,
                        gsize       max_bytes);

G_END_DECLS
