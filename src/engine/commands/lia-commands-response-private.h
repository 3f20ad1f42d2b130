/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"
#include "lia-commands-table.h"

G_BEGIN_DECLS

/* One response and many are kept by the same rules. */
LiaCanned *lia_response_save (LiaCommandCall *call,
                              LiaCanned      *after,
                              gint64          ver,
                              LiaCanned     **current,
                              GError        **error);
gboolean   lia_response_remove (LiaCommandCall *call,
                                LiaCanned      *canned,
                                GError        **error);

G_END_DECLS
