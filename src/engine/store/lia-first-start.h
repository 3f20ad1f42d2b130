/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

G_BEGIN_DECLS

gboolean lia_first_start (LiaDb   *db,
                          gint64  *head,
                          GError **error);

G_END_DECLS
