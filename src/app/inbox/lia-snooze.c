/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-snooze.h"

#define MORNING 9
#define EVENING 18

static gint64
at_hour (GDateTime *day,
         int        hour)
{
  g_autoptr (GDateTime) time = g_date_time_new (g_date_time_get_timezone (day), g_date_time_get_year (day), g_date_time_get_month (day),
                                                g_date_time_get_day_of_month (day), hour, 0, 0);

  return g_date_time_to_unix (time) * 1000;
}

gint64
lia_snooze_morning_of (GDateTime *day)
{
  return at_hour (day, MORNING);
}

/**
 * lia_snooze_until:
 * @preset: "hour", "evening", "tomorrow" or "week"
 * @now: local time
 *
 * Returns: when a conversation comes back, in ms UTC; always after @now. An evening that has begun is tomorrow's morning.
 */
gint64
lia_snooze_until (const char *preset,
                  GDateTime  *now)
{
  int days = 1;
  g_autoptr (GDateTime) day = NULL;

  if (g_strcmp0 (preset, "hour") == 0)
    return (g_date_time_to_unix (now) + 3600) * 1000;
  if (g_strcmp0 (preset, "evening") == 0 && g_date_time_get_hour (now) < EVENING)
    return at_hour (now, EVENING);
  if (g_strcmp0 (preset, "week") == 0)
    days = 8 - g_date_time_get_day_of_week (now);
  day = g_date_time_add_days (now, days);
  return at_hour (day, MORNING);
}
