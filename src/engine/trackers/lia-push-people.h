/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"
#include "lia-redactor.h"

G_BEGIN_DECLS

LiaRedactor *lia_push_people_redactor (LiaDb      *db,
                                       gint64      finding_id,
                                       gboolean    strict,
                                       GPtrArray **quotes,
                                       GError    **error);

G_END_DECLS
