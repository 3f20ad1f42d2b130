/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Two versions of a response, shown as one text: what was removed struck through, what was added underlined, both coloured, too. */

void  lia_word_view_show (GtkTextView *view,
                          const char  *before,
                          const char  *after);
char *lia_word_view_describe (LiaCanned *canned);

G_END_DECLS
