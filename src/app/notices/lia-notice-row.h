/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-notice.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_NOTICE_ROW (lia_notice_row_get_type ())

/** LiaNoticeRow: a customer in the list of those who are to be told. */
G_DECLARE_FINAL_TYPE (LiaNoticeRow, lia_notice_row, LIA, NOTICE_ROW, GtkListBoxRow)

GtkWidget *lia_notice_row_new (LiaNotice *notice);
LiaNotice *lia_notice_row_get_notice (LiaNoticeRow *self);

G_END_DECLS
