/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What people type of a web site, made into what the engine takes. Pure. */

GStrv lia_site_words_parse_origins (const char *text,
                                    char      **problem);
char *lia_site_words_parse_address (const char *text,
                                    char      **problem);
char *lia_site_words_make_key (const char *name);
char *lia_site_words_make_line (const char *address,
                                const char *key);

G_END_DECLS
