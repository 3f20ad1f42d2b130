/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row in which a time zone is chosen, by its IANA name, with a search. */

void  lia_zone_row_fill (AdwComboRow *row,
                         const char  *none);
void  lia_zone_row_set_name (AdwComboRow *row,
                             const char  *name);
char *lia_zone_row_dup_name (AdwComboRow *row);

G_END_DECLS
