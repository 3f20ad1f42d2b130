/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-call.h"
#include "lia-db.h"

G_BEGIN_DECLS

gboolean lia_phone_match_customer (LiaDb      *db,
                                   LiaCall    *call,
                                   const char *country,
                                   gint64     *customer_id,
                                   GError    **error);

G_END_DECLS
