/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-command.h"

G_BEGIN_DECLS

/* When a recording is asked for again, and when it is given up. Pure. */

#define LIA_PHONE_FETCH_FOR_MS (G_GINT64_CONSTANT (24) * 3600 * 1000) /* since the recording ended */

gint64   lia_phone_fetch_delay (guint n_tries);
gboolean lia_phone_fetch_is_hopeless (const GError *error,
                                      gint64        age_ms);
gboolean lia_phone_fetch_is_whole (const guint8 *bytes,
                                   gsize         length);

G_END_DECLS
