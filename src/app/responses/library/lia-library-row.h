/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_LIBRARY_ROW (lia_library_row_get_type ())

/** LiaLibraryRow: a response in the list: its title, how it is typed, where it lies, and what is to be done with it. */
G_DECLARE_FINAL_TYPE (LiaLibraryRow, lia_library_row, LIA, LIBRARY_ROW, GtkWidget)

GtkWidget *lia_library_row_new (void);
void       lia_library_row_show (LiaLibraryRow *self,
                                 LiaCanned     *canned,
                                 gboolean       edited,
                                 gboolean       is_public);
char      *lia_library_row_words (LiaCanned *canned,
                                  gboolean   edited,
                                  gboolean   is_public);

G_END_DECLS
