/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *lia_canned_foreign_translate (const char *text,
                                    GPtrArray  *notes);

G_END_DECLS
