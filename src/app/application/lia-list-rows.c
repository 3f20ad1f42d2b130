/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-list-rows.h"

/** lia_list_rows_clear: all rows, and not its placeholder, which gtk_list_box_remove_all() takes away, too. */
void
lia_list_rows_clear (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}
