/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-push.h"
#include "lia-store.h"
#include "lia-tracker.h"

G_BEGIN_DECLS

gboolean lia_push_turn (LiaStore   *store,
                        LiaTracker *tracker,
                        LiaPush    *push,
                        GError    **refusal,
                        GError    **error);

G_END_DECLS
