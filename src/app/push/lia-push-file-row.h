/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-attachment.h"
#include "lia-client.h"
#include "lia-push-file.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_PUSH_FILE_ROW (lia_push_file_row_get_type ())

/**
 * LiaPushFileRow:
 *
 * A file that may go to the engineers, with a small picture of it where it is one, and whether it does.
 *
 * Signals: `toggled`: a person has chosen otherwise.
 */
G_DECLARE_FINAL_TYPE (LiaPushFileRow, lia_push_file_row, LIA, PUSH_FILE_ROW, AdwActionRow)

GtkWidget     *lia_push_file_row_new (LiaClient     *client,
                                      LiaAttachment *attachment);
LiaAttachment *lia_push_file_row_get_attachment (LiaPushFileRow *self);
gboolean       lia_push_file_row_get_chosen (LiaPushFileRow *self);
void           lia_push_file_row_show (LiaPushFileRow *self,
                                       gboolean        chosen,
                                       LiaPushFile    *sent);

G_END_DECLS
