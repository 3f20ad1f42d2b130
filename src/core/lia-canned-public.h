/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"

G_BEGIN_DECLS

/* Canned responses as visitors of a web site read them, who are nobody's customer yet. */

char    *lia_canned_public_text (const char *body,
                                 char      **unfit);
gboolean lia_canned_public_fits (LiaCanned *canned,
                                 char     **unfit);
gboolean lia_canned_public_is_for_chat (const LiaCannedVariant *variant);

G_END_DECLS
