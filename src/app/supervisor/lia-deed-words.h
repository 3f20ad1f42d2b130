/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-deed.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What was done to others, in a sentence. Pure. */

char *lia_deed_words (LiaDeed    *deed,
                      GListModel *agents,
                      GListModel *queues);

/* lia_deed_words(): (transfer full): "Sue listened to Bob’s call with Ann Lee"; @agents: of LiaAgent, @queues: of LiaQueue, for their names. */

G_END_DECLS
