/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

G_BEGIN_DECLS

/* What this agent may do in the library; the engine says the same, afterwards. */

gboolean lia_library_supervises (LiaClient *client);
gboolean lia_library_may_change (LiaClient *client,
                                 LiaCanned *canned);

G_END_DECLS
