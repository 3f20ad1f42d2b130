/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaTrackerError:
 * @LIA_TRACKER_ERROR_AUTH: the tracker does not know the login any more; nothing is tried again until somebody has entered another one
 * @LIA_TRACKER_ERROR_PERMISSION: it knows us, and does not allow that
 * @LIA_TRACKER_ERROR_NOT_FOUND: there is no such thing, or none that we may see
 * @LIA_TRACKER_ERROR_GONE: there was one, and it is gone for good
 * @LIA_TRACKER_ERROR_MOVED: it is at another address now, to which nothing is sent before somebody agrees; lia_tracker_error_get_location()
 * @LIA_TRACKER_ERROR_INVALID: the tracker does not take it as it is; the message has its reasons
 * @LIA_TRACKER_ERROR_RATE: too much was asked; lia_tracker_error_get_until() says when to ask again
 * @LIA_TRACKER_ERROR_UNAVAILABLE: nothing was done, and it may be tried again
 * @LIA_TRACKER_ERROR_UNKNOWN_OUTCOME: it may have been done or not: look before it is sent again
 *
 * Why a tracker did not do what it was asked. `error->message` is a sentence for people. The errors carry more than that, so they are an extended
 * domain.
 */
typedef enum {
  LIA_TRACKER_ERROR_AUTH,
  LIA_TRACKER_ERROR_PERMISSION,
  LIA_TRACKER_ERROR_NOT_FOUND,
  LIA_TRACKER_ERROR_GONE,
  LIA_TRACKER_ERROR_MOVED,
  LIA_TRACKER_ERROR_INVALID,
  LIA_TRACKER_ERROR_RATE,
  LIA_TRACKER_ERROR_UNAVAILABLE,
  LIA_TRACKER_ERROR_UNKNOWN_OUTCOME,
} LiaTrackerError;

#define LIA_TRACKER_ERROR (lia_tracker_error_quark ())
GQuark lia_tracker_error_quark (void);

GError     *lia_tracker_error_new (LiaTrackerError code,
                                   gint64          until_ms,
                                   const char     *location,
                                   const char     *message);
gint64      lia_tracker_error_get_until (const GError *error);
const char *lia_tracker_error_get_location (const GError *error);
const char *lia_tracker_error_to_name (LiaTrackerError code);

G_END_DECLS
