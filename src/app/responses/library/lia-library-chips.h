/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-library-filter.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_LIBRARY_CHIPS (lia_library_chips_get_type ())

/**
 * LiaLibraryChips:
 *
 * The filters that are on, each a button that takes it away.
 *
 * Signal: `removed` (LiaLibraryPlace).
 */
G_DECLARE_FINAL_TYPE (LiaLibraryChips, lia_library_chips, LIA, LIBRARY_CHIPS, GtkWidget)

void lia_library_chips_show (LiaLibraryChips  *self,
                             LiaLibraryFilter *filter);

G_END_DECLS
