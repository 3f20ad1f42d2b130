/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaTokenBucket:
 * @full_ms: when it will be full again
 *
 * How fast somebody may do something. Zeroed it is full; no timer fills it. Pure: times are milliseconds of any clock that only goes forward.
 */
typedef struct
{
  gint64 full_ms;
} LiaTokenBucket;

gboolean lia_token_bucket_take (LiaTokenBucket *self,
                                guint           tokens,
                                guint           size,
                                guint           refill_ms,
                                gint64          now_ms);

G_END_DECLS
