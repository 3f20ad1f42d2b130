/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days as people here write them, and as 2027-01-31 everywhere. */
#include "lia-library-day.h"

#include "lia-canned-import-private.h"

#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

/** lia_library_day_to_words: @time_ms: midnight in UTC of that day; 0 = none, which is "" */
char *
lia_library_day_to_words (gint64 time_ms)
{
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (time_ms / 1000);

  if (time_ms == 0 || time_ms % DAY_MS != 0 || day == NULL)
    return lia_canned_day_to_text (time_ms);

  return g_date_time_format (day, "%x");
}

/** lia_library_day_from_words: FALSE for what is no day. */
gboolean
lia_library_day_from_words (const char *words,
                            gint64     *time_ms)
{
  g_autoptr (GDateTime) midnight = NULL;
  GDate day;

  if (lia_canned_day_from_text (words, time_ms))
    return TRUE;

  g_date_clear (&day, 1);
  g_date_set_parse (&day, words);
  if (!g_date_valid (&day))
    return FALSE;
  midnight = g_date_time_new_utc (g_date_get_year (&day), (int)g_date_get_month (&day), g_date_get_day (&day), 0, 0, 0);
  *time_ms = g_date_time_to_unix (midnight) * 1000;

  return TRUE;
}
