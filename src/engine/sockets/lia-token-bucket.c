/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-token-bucket.h"

/**
 * lia_token_bucket_take:
 * @size: tokens in a full bucket
 * @refill_ms: how long it takes until there is one more
 *
 * Returns: FALSE when there are not so many; then none is taken
 */
gboolean
lia_token_bucket_take (LiaTokenBucket *self,
                       guint           tokens,
                       guint           size,
                       guint           refill_ms,
                       gint64          now_ms)
{
  const gint64 full_ms = MAX (self->full_ms, now_ms) + (gint64)tokens * refill_ms;

  if (full_ms > now_ms + (gint64)size * refill_ms)
    return FALSE;

  self->full_ms = full_ms;
  return TRUE;
}
