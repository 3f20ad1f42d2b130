/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A model works on one array and shows a copy of it: this makes the copy equal again and tells what changed, as one range. */

void lia_shown_update (GListModel *model,
                       GPtrArray **shown,
                       GPtrArray  *work);

G_END_DECLS
