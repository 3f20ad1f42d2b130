/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an answer means, or that there was none: one table for all trackers. */

#include "lia-tracker-verdict.h"

#include "lia-time.h"

#include <libsoup/soup.h>
#include <math.h>

#define SECOND_MS 1000
#define MIN_RATE_MS (60 * SECOND_MS) /* where a tracker slows us down and does not say for how long */
#define MAX_WAIT_MS (24 * G_GINT64_CONSTANT (3600) * SECOND_MS)
#define FIRST_BACK_OFF_MS (5 * SECOND_MS)
#define MAX_BACK_OFF_MS (15 * 60 * SECOND_MS)
#define EPOCH_S G_GINT64_CONSTANT (1000000000) /* from here on a number of seconds is a date */

static gint64
clamp_wait (gint64 until_ms,
            gint64 now_ms)
{
  return CLAMP (until_ms, now_ms, now_ms + MAX_WAIT_MS);
}

/* RFC 9110 §10.2.3: seconds or a date; 0 when it is neither */
static gint64
parse_retry_after (const char *text,
                   gint64      now_ms)
{
  g_autoptr (GDateTime) date = NULL;
  guint64 seconds;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &seconds, NULL))
    return clamp_wait (now_ms + (gint64)seconds * SECOND_MS, now_ms);

  date = soup_date_time_new_from_http_string (text);

  return date != NULL ? clamp_wait (g_date_time_to_unix (date) * SECOND_MS, now_ms) : 0;
}

/* GitHub and GitLab say when, Jira writes a date, others say how long still */
static gint64
parse_reset (const char *text,
             gint64      now_ms)
{
  guint64 seconds;
  gint64  time_ms;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64 / SECOND_MS, &seconds, NULL))
    return lia_time_from_string (text, &time_ms) ? clamp_wait (time_ms, now_ms) : 0;
  if ((gint64)seconds >= EPOCH_S)
    return clamp_wait ((gint64)seconds * SECOND_MS, now_ms);

  return clamp_wait (now_ms + (gint64)seconds * SECOND_MS, now_ms);
}

static gboolean
is_used_up (const LiaTrackerOutcome *outcome)
{
  return g_strcmp0 (outcome->remaining, "0") == 0;
}

static gint64
get_wait (const LiaTrackerOutcome *outcome,
          gint64                   now_ms)
{
  gint64 until_ms = parse_retry_after (outcome->retry_after, now_ms);

  if (until_ms == 0 && is_used_up (outcome))
    until_ms = parse_reset (outcome->reset, now_ms);

  return until_ms;
}

static LiaTrackerVerdict
refuse (LiaTrackerError error,
        gint64          until_ms)
{
  return (LiaTrackerVerdict){ .error = error, .until_ms = until_ms };
}

static LiaTrackerVerdict
slow_down (const LiaTrackerOutcome *outcome,
           gint64                   now_ms)
{
  const gint64 until_ms = get_wait (outcome, now_ms);

  return refuse (LIA_TRACKER_ERROR_RATE, until_ms != 0 ? until_ms : now_ms + MIN_RATE_MS);
}

/* The server had it and may have carried it out: only a request that changes nothing can simply be repeated */
static LiaTrackerVerdict
leave_open (const LiaTrackerOutcome *outcome,
            gint64                   now_ms)
{
  return refuse (outcome->changes ? LIA_TRACKER_ERROR_UNKNOWN_OUTCOME : LIA_TRACKER_ERROR_UNAVAILABLE, get_wait (outcome, now_ms));
}

static LiaTrackerVerdict
judge_status (const LiaTrackerOutcome *outcome,
              gint64                   now_ms)
{
  const guint status = outcome->status;

  if ((status >= 200 && status < 300) || status == SOUP_STATUS_NOT_MODIFIED)
    return (LiaTrackerVerdict){ .done = TRUE, .until_ms = is_used_up (outcome) ? parse_reset (outcome->reset, now_ms) : 0 };
  if (status >= 300 && status < 400)
    return refuse (LIA_TRACKER_ERROR_MOVED, 0);
  if (status >= 500 || status < 200)
    return leave_open (outcome, now_ms);

  switch (status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      return refuse (LIA_TRACKER_ERROR_AUTH, 0);
    case SOUP_STATUS_FORBIDDEN:
      return outcome->retry_after != NULL || is_used_up (outcome) ? slow_down (outcome, now_ms) : refuse (LIA_TRACKER_ERROR_PERMISSION, 0);
    case SOUP_STATUS_NOT_FOUND:
      return refuse (LIA_TRACKER_ERROR_NOT_FOUND, 0);
    case SOUP_STATUS_GONE:
      return refuse (LIA_TRACKER_ERROR_GONE, 0);
    case SOUP_STATUS_REQUEST_TIMEOUT:
      return leave_open (outcome, now_ms);
    case 429: /* Too Many Requests, RFC 6585 §4 */
      return slow_down (outcome, now_ms);
    default:
      return refuse (LIA_TRACKER_ERROR_INVALID, 0);
    }
}

/** lia_tracker_judge: what became of a request. Pure. */
LiaTrackerVerdict
lia_tracker_judge (const LiaTrackerOutcome *outcome,
                   gint64                   now_ms)
{
  switch (outcome->reach)
    {
    case LIA_TRACKER_NOT_SENT:
      return refuse (LIA_TRACKER_ERROR_UNAVAILABLE, 0);
    case LIA_TRACKER_SENT:
      return leave_open (outcome, now_ms);
    case LIA_TRACKER_ANSWERED:
    default:
      return judge_status (outcome, now_ms);
    }
}

/**
 * lia_tracker_back_off:
 * @attempt: how often it was tried, from 1
 * @until_ms: what the tracker has said, 0 = nothing
 * @luck: from 0 up to 1, so that those that wait do not all come back at once
 *
 * When to try again: never before the tracker wants it, and later each time.
 */
gint64
lia_tracker_back_off (guint  attempt,
                      gint64 until_ms,
                      gint64 now_ms,
                      double luck)
{
  const double wait_ms = MIN (ldexp (FIRST_BACK_OFF_MS, (int)MIN (attempt, 20) - 1), MAX_BACK_OFF_MS);

  return MAX (until_ms, now_ms) + (gint64)(wait_ms * (0.75 + luck / 2));
}

/** lia_tracker_may_repeat: whether the same may be asked again without a person having done something. */
gboolean
lia_tracker_may_repeat (LiaTrackerError error)
{
  return error == LIA_TRACKER_ERROR_RATE || error == LIA_TRACKER_ERROR_UNAVAILABLE || error == LIA_TRACKER_ERROR_UNKNOWN_OUTCOME;
}
