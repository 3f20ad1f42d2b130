/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

G_BEGIN_DECLS

char    *lia_address_norm (const char *kind,
                           const char *value);
gboolean lia_customer_words_update (LiaDb   *db,
                                    gint64   customer_id,
                                    GError **error);

G_END_DECLS
