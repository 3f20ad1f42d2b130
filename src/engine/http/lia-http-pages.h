/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-http-call.h"
#include "lia-queries.h"

G_BEGIN_DECLS

/* What several resources write into their answers. */

void lia_http_add_rows (GString          *text,
                        const LiaRowPage *page);
void lia_http_add_timeline (GString            *text,
                            const LiaEntryPage *page);

gboolean lia_http_answer_blob (LiaHttpCall *call,
                               const char  *id,
                               const char  *type,
                               GError     **error);

G_END_DECLS
