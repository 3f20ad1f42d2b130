/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

G_BEGIN_DECLS

/**
 * LiaIdempotency:
 * @LIA_IDEMPOTENCY_NEW: never seen: go on
 * @LIA_IDEMPOTENCY_REPEATED: the same command; its answer is what was answered then
 * @LIA_IDEMPOTENCY_REUSED: the key was used for another command
 */
typedef enum {
  LIA_IDEMPOTENCY_NEW,
  LIA_IDEMPOTENCY_REPEATED,
  LIA_IDEMPOTENCY_REUSED,
} LiaIdempotency;

#define LIA_IDEMPOTENCY_KEEP_MS (G_GINT64_CONSTANT (7) * 24 * 3600 * 1000)

gboolean lia_idempotency_find (LiaDb          *db,
                               gint64          actor_id,
                               const char     *key,
                               const char     *body_hash,
                               LiaIdempotency *verdict,
                               char          **answer,
                               GError        **error);
gboolean lia_idempotency_keep (LiaDb      *db,
                               gint64      actor_id,
                               const char *key,
                               const char *body_hash,
                               const char *answer,
                               GError    **error);
gboolean lia_idempotency_forget_old (LiaDb   *db,
                                     GError **error);

G_END_DECLS
