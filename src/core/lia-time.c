/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-time.h"

#include <string.h>

/** lia_time_now: the wall clock. For timeouts use g_get_monotonic_time(): this one can jump. */
gint64
lia_time_now (void)
{
  return g_get_real_time () / 1000;
}

/** lia_time_to_string: RFC 3339 in UTC with milliseconds, `2026-11-22T08:00:00.123Z`. */
char *
lia_time_to_string (gint64 time_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (time_ms * 1000);
  g_autofree char *seconds = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%S") : g_strdup ("1970-01-01T00:00:00");

  return g_strdup_printf ("%s.%03dZ", seconds, time != NULL ? g_date_time_get_microsecond (time) / 1000 : 0);
}

/** lia_time_from_string: reads RFC 3339 with any offset. FALSE for anything else. */
gboolean
lia_time_from_string (const char *text,
                      gint64     *time_ms)
{
  g_autoptr (GDateTime) time = NULL;

  if (text == NULL || strlen (text) > 40 || (time = g_date_time_new_from_iso8601 (text, NULL)) == NULL)
    return FALSE;

  *time_ms = g_date_time_to_unix_usec (time) / 1000;

  return TRUE;
}
