/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The error domain of the API. It is an extended one: a validation error carries the JSON pointer of the member that is wrong, which
 * grows from the inside out while the decoders return (lia_problem_prefix()), as nobody inside knows where it stands.
 */

#include "lia-problem.h"

typedef struct
{
  char *pointer;
  char *code;
} LiaProblemPrivate;

static void
lia_problem_private_init (LiaProblemPrivate *priv)
{
}

static void
lia_problem_private_copy (const LiaProblemPrivate *source,
                          LiaProblemPrivate       *target)
{
  target->pointer = g_strdup (source->pointer);
  target->code = g_strdup (source->code);
}

static void
lia_problem_private_clear (LiaProblemPrivate *priv)
{
  g_clear_pointer (&priv->pointer, g_free);
  g_clear_pointer (&priv->code, g_free);
}

G_DEFINE_EXTENDED_ERROR (LiaProblem, lia_problem)

static const struct
{
  const char *name;
  const char *title;
  guint       status;
} table[] = {
  [LIA_PROBLEM_BAD_JSON] = { "bad-json", "Not one strict JSON object", 400 },
  [LIA_PROBLEM_VALIDATION] = { "validation", "A field is missing or wrong", 422 },
  [LIA_PROBLEM_UNAUTHORIZED] = { "unauthorized", "No valid token", 401 },
  [LIA_PROBLEM_FORBIDDEN] = { "forbidden", "Not allowed", 403 },
  [LIA_PROBLEM_NOT_FOUND] = { "not-found", "There is no such thing", 404 },
  [LIA_PROBLEM_VERSION_CONFLICT] = { "version-conflict", "Somebody changed it", 409 },
  [LIA_PROBLEM_STALE_VIEW] = { "stale-view", "There is something newer", 409 },
  [LIA_PROBLEM_IDEMPOTENCY_KEY_REUSED] = { "idempotency-key-reused", "This key was used for another command", 422 },
  [LIA_PROBLEM_TOO_LARGE] = { "too-large", "Over the limit", 413 },
  [LIA_PROBLEM_UNSUPPORTED_MEDIA] = { "unsupported-media", "Not of the type this call takes", 415 },
  [LIA_PROBLEM_RATE_LIMITED] = { "rate-limited", "Too fast", 429 },
  [LIA_PROBLEM_CHANNEL_DOWN] = { "channel-down", "The channel cannot do that now", 503 },
  [LIA_PROBLEM_RESYNC_NEEDED] = { "resync-needed", "The cursor is too old", 409 },
  [LIA_PROBLEM_STORE_FULL] = { "store-full", "The disk is full or read-only", 507 },
  [LIA_PROBLEM_INTERNAL] = { "internal", "A fault in the engine", 500 },
};

/** lia_problem_to_name: as it stands at the end of `type` in the answer. */
const char *
lia_problem_to_name (LiaProblem problem)
{
  g_return_val_if_fail ((guint)problem < G_N_ELEMENTS (table), "internal");

  return table[problem].name;
}

/** lia_problem_from_name: FALSE for an unknown name, and @problem is left alone. */
gboolean
lia_problem_from_name (const char *name,
                       LiaProblem *problem)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (g_strcmp0 (name, table[i].name) == 0)
        {
          *problem = i;
          return TRUE;
        }
    }

  return FALSE;
}

/** lia_problem_to_title: a short English summary that is the same for every occurrence (RFC 9457 §3.1.3). */
const char *
lia_problem_to_title (LiaProblem problem)
{
  g_return_val_if_fail ((guint)problem < G_N_ELEMENTS (table), "");

  return table[problem].title;
}

/** lia_problem_to_status: the HTTP status that goes with it. */
guint
lia_problem_to_status (LiaProblem problem)
{
  g_return_val_if_fail ((guint)problem < G_N_ELEMENTS (table), 500);

  return table[problem].status;
}

/**
 * lia_problem_set_invalid:
 * @error: (out) (optional): where to set %LIA_PROBLEM_VALIDATION
 * @pointer: the RFC 6901 pointer of the wrong member, as far as the caller knows it: "/to/0"
 * @code: a word for programs: "missing", "type", "range", "length", "time", "address", …
 * @format: for people
 */
void
lia_problem_set_invalid (GError    **error,
                         const char *pointer,
                         const char *code,
                         const char *format,
                         ...)
{
  va_list            args;
  LiaProblemPrivate *priv;

  if (error == NULL)
    return;

  va_start (args, format);
  *error = g_error_new_valist (LIA_PROBLEM, LIA_PROBLEM_VALIDATION, format, args);
  va_end (args);

  priv = lia_problem_get_private (*error);
  priv->pointer = g_strdup (pointer);
  priv->code = g_strdup (code);
}

/**
 * lia_problem_prefix:
 * @error: (inout) (optional): a validation error from inside a member
 * @name: the member's name
 * @index: the element in it, or -1
 *
 * Makes "/address" in element 0 of `to` "/to/0/address". Other errors are left alone.
 */
void
lia_problem_prefix (GError    **error,
                    const char *name,
                    int         index)
{
  LiaProblemPrivate *priv;
  char              *pointer;

  if (error == NULL || !g_error_matches (*error, LIA_PROBLEM, LIA_PROBLEM_VALIDATION))
    return;

  priv = lia_problem_get_private (*error);
  if (index >= 0)
    pointer = g_strdup_printf ("/%s/%d%s", name, index, priv->pointer != NULL ? priv->pointer : "");
  else
    pointer = g_strdup_printf ("/%s%s", name, priv->pointer != NULL ? priv->pointer : "");
  g_free (priv->pointer);
  priv->pointer = pointer;
}

/** lia_problem_get_pointer: (nullable): the JSON pointer of what is wrong. */
const char *
lia_problem_get_pointer (const GError *error)
{
  return error != NULL && error->domain == LIA_PROBLEM ? lia_problem_get_private (error)->pointer : NULL;
}

/** lia_problem_get_code: (nullable): in a word, how it is wrong. */
const char *
lia_problem_get_code (const GError *error)
{
  return error != NULL && error->domain == LIA_PROBLEM ? lia_problem_get_private (error)->code : NULL;
}
