/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned-import.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

LiaCannedImportVerdict lia_library_import_verdict (LiaCannedImportRow *row,
                                                   const GError       *refused);
const char            *lia_library_import_verdict_title (LiaCannedImportVerdict verdict);
void                   lia_library_import_row_setup (GtkListItem *item);
void                   lia_library_import_row_bind (GtkListItem  *item,
                                                    const GError *refused);

G_END_DECLS
