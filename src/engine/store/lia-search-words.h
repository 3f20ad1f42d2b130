/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

G_BEGIN_DECLS

gboolean lia_search_words_match (LiaDb      *db,
                                 const char *typed,
                                 char      **match,
                                 GError    **error);

G_END_DECLS
