/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ids of the API are a letter and a number of the store ("c_12"); opaque for everybody outside the engine. */

gboolean lia_id_parse (const char *text,
                       const char *prefix,
                       gint64     *number);
char    *lia_id_format (const char *prefix,
                        gint64      number);

G_END_DECLS
