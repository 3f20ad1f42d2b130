/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-tracker-error.h"

G_BEGIN_DECLS

/**
 * LiaTrackerReach:
 *
 * How far a request came.
 */
typedef enum {
  LIA_TRACKER_NOT_SENT, /* no name, no connection, no trust: not a byte of it has left */
  LIA_TRACKER_SENT,     /* some of it has, and no whole answer came */
  LIA_TRACKER_ANSWERED,
} LiaTrackerReach;

/**
 * LiaTrackerOutcome:
 * @changes: whether the request changes something
 * @status: of HTTP, where it was answered
 * @retry_after: (nullable): the header of that name: seconds, or a date
 * @remaining: (nullable): how many requests are left, as `X-RateLimit-Remaining` says
 * @reset: (nullable): when there are more, as `X-RateLimit-Reset` says: seconds since 1970 or from now, or a date as in RFC 3339
 */
typedef struct
{
  LiaTrackerReach reach;
  gboolean        changes;
  guint           status;
  const char     *retry_after;
  const char     *remaining;
  const char     *reset;
} LiaTrackerOutcome;

/**
 * LiaTrackerVerdict:
 * @done: it was carried out (2xx), or there is nothing new (304)
 * @error: why not
 * @until_ms: before this nothing is asked of the host; 0 = it has not said
 */
typedef struct
{
  gboolean        done;
  LiaTrackerError error;
  gint64          until_ms;
} LiaTrackerVerdict;

LiaTrackerVerdict lia_tracker_judge (const LiaTrackerOutcome *outcome,
                                     gint64                   now_ms);
gint64            lia_tracker_back_off (guint  attempt,
                                        gint64 until_ms,
                                        gint64 now_ms,
                                        double luck);
gboolean          lia_tracker_may_repeat (LiaTrackerError error);

G_END_DECLS
