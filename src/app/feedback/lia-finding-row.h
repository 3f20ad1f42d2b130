/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-finding.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_FINDING_ROW (lia_finding_row_get_type ())

/** LiaFindingRow: a finding in a list: what it is about, and how many say so. */
G_DECLARE_FINAL_TYPE (LiaFindingRow, lia_finding_row, LIA, FINDING_ROW, GtkBox)

GtkWidget  *lia_finding_row_new (LiaFinding *finding);
void        lia_finding_row_set_finding (LiaFindingRow *self,
                                         LiaFinding    *finding);
LiaFinding *lia_finding_row_get_finding (LiaFindingRow *self);
void        lia_finding_row_fill_list (GtkListBox *list,
                                       GListModel *findings);
LiaFinding *lia_finding_row_of_list (GtkListBoxRow *row);

G_END_DECLS
