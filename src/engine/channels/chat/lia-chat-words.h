/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What we say to visitors outside of the panel, by mail: the part `mail` of data/web/words. */

char *lia_chat_words_language (const char *wanted);
char *lia_chat_words_say (const char *language,
                          const char *name,
                          const char *value);

G_END_DECLS
