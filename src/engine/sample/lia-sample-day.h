/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

G_BEGIN_DECLS

/*
 * #LiaStoreFunc, of a gint64 (the channel): what the sample's telephones did since somebody looked last, today: whoever was on the line then was dealt
 * with by a colleague, and the calls of the hours between are made up.
 */
gboolean lia_sample_day_write (LiaDb    *db,
                               gpointer  channel_id,
                               gpointer *result,
                               GError  **error);

G_END_DECLS
