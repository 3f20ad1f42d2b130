/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-snooze.h"

#include <stdio.h>
#include <string.h>

/*
 * Until when a conversation sleeps, as menus and canned responses put it. Days begin at nine in the morning; a time that is too far off is a
 * mistake.
 */

#define MORNING 9
#define EVENING 18
#define MOST_MINUTES (2 * 366 * 24 * 60)

static const struct
{
  const char *names; /* of a unit, separated by blanks */
  gint64      minutes;
} units[] = {
  { "min mins minute minutes", 1 },
  { "h hour hours", 60 },
  { "d day days", 24 * 60 },
  { "w week weeks", 7 * 24 * 60 },
};

static const char *const weekdays[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };

static gint64
at_time (GDateTime *day,
         int        hour,
         int        minute)
{
  g_autoptr (GDateTime) time = g_date_time_new (g_date_time_get_timezone (day), g_date_time_get_year (day), g_date_time_get_month (day),
                                                g_date_time_get_day_of_month (day), hour, minute, 0);

  return time != NULL ? g_date_time_to_unix (time) * 1000 : 0;
}

/** lia_snooze_morning_of: when a conversation comes back that sleeps until @day, in ms UTC. */
gint64
lia_snooze_morning_of (GDateTime *day)
{
  return at_time (day, MORNING, 0);
}

static gint64
read_unit (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_auto (GStrv) names = g_strsplit (units[i].names, " ", -1);

      if (g_strv_contains ((const char *const *)names, name))
        return units[i].minutes;
    }

  return 0;
}

/* "90 min", "2h" */
static gint64
read_span (const char *when,
           GDateTime  *now)
{
  char   *end;
  guint64 n = g_ascii_strtoull (when, &end, 10);
  gint64  minutes = end > when && n <= MOST_MINUTES ? (gint64)n * read_unit (end + strspn (end, " ")) : 0;

  return minutes > 0 && minutes <= MOST_MINUTES ? (g_date_time_to_unix (now) + minutes * 60) * 1000 : 0;
}

/* "2026-11-30", with what stands after it */
static GDateTime *
read_date (const char *text,
           GDateTime  *now)
{
  int         year, month, day, length = 0;
  const char *digits = "0123456789";

  if (strspn (text, digits) != 4 || sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &length) != 3 || length != 10)
    return NULL;

  return g_date_time_new (g_date_time_get_timezone (now), year, month, day, 0, 0, 0);
}

/* The day that a word names; @length: of the word. A weekday is the next one: on a Monday "monday" is in a week. */
static GDateTime *
read_day (const char *when,
          GDateTime  *now,
          gsize      *length)
{
  g_autofree char *word = g_strndup (when, strcspn (when, " "));

  *length = strlen (word);
  if (g_str_equal (word, "today"))
    return g_date_time_ref (now);
  if (g_str_equal (word, "tomorrow"))
    return g_date_time_add_days (now, 1);
  for (int i = 0; i < (int)G_N_ELEMENTS (weekdays); i++)
    {
      if (g_str_equal (word, weekdays[i]))
        return g_date_time_add_days (now, (i + 7 - g_date_time_get_day_of_week (now)) % 7 + 1);
    }
  *length = MIN (*length, strlen ("2026-11-30"));

  return read_date (word, now);
}

/* "9:00", "at 9:30", "T14:00", or nothing: the morning */
static gboolean
read_clock (const char *text,
            int        *hour,
            int        *minute)
{
  int length = 0;

  text += strspn (text, " t");
  if (g_str_has_prefix (text, "at "))
    text += strlen ("at ");
  *hour = MORNING;
  *minute = 0;
  if (*text == '\0')
    return TRUE;
  if (!g_ascii_isdigit (*text))
    return FALSE;

  return sscanf (text, "%2d:%2d%n", hour, minute, &length) == 2 && text[length] == '\0' && *hour < 24 && *minute >= 0 && *minute < 60;
}

static gint64
read_moment (const char *when,
             GDateTime  *now)
{
  gsize length;
  int   hour, minute;
  g_autoptr (GDateTime) day = read_day (when, now, &length);

  return day != NULL && read_clock (when + length, &hour, &minute) ? at_time (day, hour, minute) : 0;
}

static gint64
this_evening (GDateTime *now)
{
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (now, 1);

  return g_date_time_get_hour (now) < EVENING ? at_time (now, EVENING, 0) : at_time (tomorrow, MORNING, 0);
}

/**
 * lia_snooze_until:
 * @when: "90 min", "2h", "3 days", "1 week", "evening", "tomorrow", "until tomorrow 9:00", "monday", "2026-11-30", "2026-11-30 14:00"
 * @now: local time
 *
 * Returns: when a conversation comes back, in ms UTC, always after @now; 0 when @when says nothing of that kind. An evening that has begun is
 *   tomorrow's morning.
 */
gint64
lia_snooze_until (const char *when,
                  GDateTime  *now)
{
  g_autofree char *plain = g_strstrip (g_ascii_strdown (when, -1));
  const char      *text = g_str_has_prefix (plain, "until ") ? plain + strlen ("until ") : plain;
  gint64           until_ms;

  text += strspn (text, " ");
  if (g_str_equal (text, "evening"))
    return this_evening (now);
  until_ms = read_span (text, now);
  if (until_ms == 0)
    until_ms = read_moment (text, now);

  return until_ms > g_date_time_to_unix (now) * 1000 ? until_ms : 0;
}
