/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_LIBRARY_INSERT (lia_library_insert_get_type ())

/**
 * LiaLibraryInsert:
 *
 * What can stand in a text, with an example each, found by typing. Signal: `inserted` (string: the text to put in).
 */
G_DECLARE_FINAL_TYPE (LiaLibraryInsert, lia_library_insert, LIA, LIBRARY_INSERT, GtkPopover)

GtkWidget *lia_library_insert_new (void);

G_END_DECLS
