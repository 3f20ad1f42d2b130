/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

G_BEGIN_DECLS

#define LIA_FINDING_MAX_WORDS 120 /* of a text; what is longer is told in its first sentences */

gboolean lia_finding_words_set (LiaDb      *db,
                                gint64      doc,
                                const char *text,
                                GError    **error);

G_END_DECLS
