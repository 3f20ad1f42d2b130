/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

G_BEGIN_DECLS

gboolean lia_finding_cards_refresh (LiaDb   *db,
                                    gint64   root_id,
                                    GError **error);

G_END_DECLS
