/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean lia_response_learn_edits (LiaDb      *db,
                                   JsonObject *use,
                                   gint64      response_id,
                                   gint64      entry_seq,
                                   JsonObject *data,
                                   GError    **error);

G_END_DECLS
