/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

G_BEGIN_DECLS

#define LIA_TYPE_NOTICES_WATCH (lia_notices_watch_get_type ())

/**
 * LiaNoticesWatch:
 *
 * How many customers are to be told of a fix now. Property: `due`. Signal: `changed`: somebody is to be told, or is not any more, or may be, as there was no
 * engine meanwhile; at most once a tick.
 */
G_DECLARE_FINAL_TYPE (LiaNoticesWatch, lia_notices_watch, LIA, NOTICES_WATCH, GObject)

LiaNoticesWatch *lia_notices_watch_new (LiaClient *client);
guint            lia_notices_watch_get_due (LiaNoticesWatch *self);

G_END_DECLS
