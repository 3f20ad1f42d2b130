/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

G_BEGIN_DECLS

#define LIA_TYPE_PAUSE_WATCH (lia_pause_watch_get_type ())

G_DECLARE_FINAL_TYPE (LiaPauseWatch, lia_pause_watch, LIA, PAUSE_WATCH, GObject)

LiaPauseWatch *lia_pause_watch_new (LiaClient *client,
                                    guint      patience_ms);
const char    *lia_pause_watch_get_problem (LiaPauseWatch *self);

G_END_DECLS
