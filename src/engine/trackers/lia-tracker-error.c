/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-tracker-error.h"

typedef struct
{
  gint64 until_ms;
  char  *location;
} LiaTrackerErrorPrivate;

static void
lia_tracker_error_private_init (LiaTrackerErrorPrivate *priv)
{
}

static void
lia_tracker_error_private_copy (const LiaTrackerErrorPrivate *source,
                                LiaTrackerErrorPrivate       *target)
{
  target->until_ms = source->until_ms;
  target->location = g_strdup (source->location);
}

static void
lia_tracker_error_private_clear (LiaTrackerErrorPrivate *priv)
{
  g_clear_pointer (&priv->location, g_free);
}

G_DEFINE_EXTENDED_ERROR (LiaTrackerError, lia_tracker_error)

/**
 * lia_tracker_error_new:
 * @until_ms: when it may be tried again; 0 = the tracker has not said
 * @location: (nullable): where it is now
 */
GError *
lia_tracker_error_new (LiaTrackerError code,
                       gint64          until_ms,
                       const char     *location,
                       const char     *message)
{
  GError                 *error = g_error_new_literal (LIA_TRACKER_ERROR, code, message);
  LiaTrackerErrorPrivate *priv = lia_tracker_error_get_private (error);

  priv->until_ms = until_ms;
  priv->location = g_strdup (location);

  return error;
}

/** lia_tracker_error_get_until: when it may be tried again; 0 = the tracker has not said. */
gint64
lia_tracker_error_get_until (const GError *error)
{
  return error->domain == LIA_TRACKER_ERROR ? lia_tracker_error_get_private (error)->until_ms : 0;
}

/** lia_tracker_error_get_location: (nullable): the address that %LIA_TRACKER_ERROR_MOVED is about. */
const char *
lia_tracker_error_get_location (const GError *error)
{
  return error->domain == LIA_TRACKER_ERROR ? lia_tracker_error_get_private (error)->location : NULL;
}

/** lia_tracker_error_to_name: a word for logs and for the API. */
const char *
lia_tracker_error_to_name (LiaTrackerError code)
{
  static const char *const names[] = { "auth", "permission", "not-found", "gone", "moved", "invalid", "rate", "unavailable", "unknown-outcome" };

  g_return_val_if_fail ((guint)code < G_N_ELEMENTS (names), "");

  return names[code];
}
