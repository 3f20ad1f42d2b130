/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Names of recordings on a PBX. A part of such a name may be a caller's choice (his number, most often), so that it is looked at before it becomes
 * a path or an address. Pure.
 */

char    *lia_phone_file_from_path (const char *path);
gboolean lia_phone_file_is_name (const char *name);
char    *lia_phone_file_show_name (const char *name);

G_END_DECLS
