/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean    lia_response_uses_read (JsonObject *d,
                                    JsonArray **uses,
                                    GError    **error);
char       *lia_response_uses_tell (JsonArray *uses);
JsonObject *lia_response_uses_keep (JsonArray *uses);
gboolean    lia_response_uses_count (LiaDb   *db,
                                     gint64   entry_seq,
                                     GError **error);

G_END_DECLS
