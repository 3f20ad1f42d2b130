/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaProblem:
 *
 * The errors of the API, one for each decision that a caller takes; the table is in API.md. Used as the codes of the error domain
 * %LIA_PROBLEM on both sides; `error->message` is the `detail`.
 */
typedef enum {
  LIA_PROBLEM_BAD_JSON,
  LIA_PROBLEM_VALIDATION,
  LIA_PROBLEM_UNAUTHORIZED,
  LIA_PROBLEM_FORBIDDEN,
  LIA_PROBLEM_NOT_FOUND,
  LIA_PROBLEM_VERSION_CONFLICT,
  LIA_PROBLEM_STALE_VIEW,
  LIA_PROBLEM_IDEMPOTENCY_KEY_REUSED,
  LIA_PROBLEM_TOO_LARGE,
  LIA_PROBLEM_UNSUPPORTED_MEDIA,
  LIA_PROBLEM_RATE_LIMITED,
  LIA_PROBLEM_CHANNEL_DOWN,
  LIA_PROBLEM_RESYNC_NEEDED,
  LIA_PROBLEM_STORE_FULL,
  LIA_PROBLEM_INTERNAL,
} LiaProblem;

#define LIA_PROBLEM (lia_problem_quark ())
GQuark lia_problem_quark (void);

const char *lia_problem_to_name (LiaProblem problem);
gboolean    lia_problem_from_name (const char *name,
                                   LiaProblem *problem);
const char *lia_problem_to_title (LiaProblem problem);
guint       lia_problem_to_status (LiaProblem problem);

/* Which member is wrong, for `errors` of the answer. Only of %LIA_PROBLEM_VALIDATION. */
void        lia_problem_set_invalid (GError    **error,
                                     const char *pointer,
                                     const char *code,
                                     const char *format,
                                     ...) G_GNUC_PRINTF (4, 5);
void        lia_problem_prefix (GError    **error,
                                const char *name,
                                int         index);
const char *lia_problem_get_pointer (const GError *error);
const char *lia_problem_get_code (const GError *error);

G_END_DECLS
