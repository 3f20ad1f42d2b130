/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-hours.h"

#include "lia-zone.h"

#include <stdio.h>
#include <string.h>

/*
 * Opening hours are said by the clock on the wall: where it is changed in the night, a shift from 22:00 to 6:00 is an hour shorter or longer. What
 * can be asked of them is answered by walking from day to day, so that neither that nor a closed day is a case of its own.
 */

#define MAX_SPANS 8      /* of a day */
#define HORIZON_DAYS 400 /* who does not open within a year never does */
#define MINUTE_MS 60000

/** lia_hours_new: closed on all days, to be filled by its maker before anybody else sees it. */
LiaHours *
lia_hours_new (void)
{
  LiaHours *self = g_atomic_rc_box_new0 (LiaHours);

  self->zone = g_strdup ("");
  self->closed = g_array_new (FALSE, FALSE, sizeof (LiaHoursDate));
  for (guint i = 0; i < LIA_HOURS_N_DAYS; i++)
    self->days[i] = g_array_new (FALSE, FALSE, sizeof (LiaHoursSpan));

  return self;
}

LiaHours *
lia_hours_ref (LiaHours *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
hours_clear (gpointer data)
{
  LiaHours *self = data;

  g_free (self->zone);
  g_array_unref (self->closed);
  for (guint i = 0; i < LIA_HOURS_N_DAYS; i++)
    g_array_unref (self->days[i]);
}

void
lia_hours_unref (LiaHours *self)
{
  g_atomic_rc_box_release_full (self, hours_clear);
}

/* As they are written -------------------------------------------------------------------------------------------------------------------- */

/* "9", "9:30", "09.30", "24:00"; -1 if it is none. */
static int
read_time (const char *text)
{
  g_autofree char *time = g_strstrip (g_strdup (text));
  unsigned int     hour, minute = 0;
  int              length = -1;
  gboolean         read;

  if (!g_ascii_isdigit (time[0]))
    return -1;
  g_strdelimit (time, ".", ':');
  read = (sscanf (time, "%2u:%2u%n", &hour, &minute, &length) == 2 && length > 0) || (sscanf (time, "%2u%n", &hour, &length) == 1 && length > 0);
  if (!read || time[length] != '\0' || minute > 59 || hour > 24 || (hour == 24 && minute > 0))
    return -1;

  return (int)(hour * 60 + minute);
}

/* "9-17", "22:00–6:00" */
static gboolean
read_span (const char   *text,
           LiaHoursSpan *span)
{
  g_auto (GStrv) plain = g_strsplit (text, "–", -1);
  g_autofree char *hyphens = g_strjoinv ("-", plain);
  g_auto (GStrv) sides = g_strsplit (hyphens, "-", -1);

  if (g_strv_length (sides) != 2)
    return FALSE;
  span->from = read_time (sides[0]);
  span->to = read_time (sides[1]);
  if (span->from < 0 || span->to < 0 || span->from >= LIA_HOURS_DAY_MIN)
    return FALSE;
  if (span->to <= span->from)
    span->to += LIA_HOURS_DAY_MIN;

  return TRUE;
}

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  return ((const LiaHoursSpan *)a)->from - ((const LiaHoursSpan *)b)->from;
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t")] == '\0';
}

/**
 * lia_hours_read_day:
 * @day: 0 is Monday
 * @text: as somebody types them: "9:00-12:30, 13-17"; "22:00-6:00" goes on to the next morning, "0-24" is the whole day, "" is closed
 *
 * Returns: FALSE when it says no spans; then the day stays as it was
 */
gboolean
lia_hours_read_day (LiaHours   *self,
                    guint       day,
                    const char *text)
{
  g_auto (GStrv) parts = g_strsplit (is_blank (text) ? "" : text, ",", -1);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (LiaHoursSpan));

  for (guint i = 0; parts[i] != NULL; i++)
    {
      LiaHoursSpan span;

      if (i >= MAX_SPANS || !read_span (parts[i], &span))
        return FALSE;
      g_array_append_val (spans, span);
    }
  g_array_sort (spans, compare_spans);
  for (guint i = 1; i < spans->len; i++)
    {
      if (g_array_index (spans, LiaHoursSpan, i).from < g_array_index (spans, LiaHoursSpan, i - 1).to)
        return FALSE;
    }
  g_array_unref (self->days[day]);
  self->days[day] = g_steal_pointer (&spans);

  return TRUE;
}

/** lia_hours_show_day: as lia_hours_read_day() reads it, always in the same way: "09:00-12:30, 13:00-17:00". */
char *
lia_hours_show_day (LiaHours *self,
                    guint     day)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->days[day]->len; i++)
    {
      const LiaHoursSpan *span = &g_array_index (self->days[day], LiaHoursSpan, i);
      int                 to = span->to > LIA_HOURS_DAY_MIN ? span->to - LIA_HOURS_DAY_MIN : span->to;

      g_string_append_printf (text, "%s%02d:%02d-%02d:%02d", i > 0 ? ", " : "", span->from / 60, span->from % 60, to / 60, to % 60);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* "2026-12-24", or "12-25" for every year */
static gboolean
read_date (const char   *text,
           LiaHoursDate *date)
{
  g_autofree char *typed = g_strstrip (g_strdup (text));
  gboolean         yearly = strlen (typed) == 5;
  g_autofree char *whole = yearly ? g_strconcat ("0000-", typed, NULL) : g_strdup (typed);

  *date = (LiaHoursDate){ 0 };
  if (strlen (whole) != 10 || strspn (whole, "0123456789-") != 10 || sscanf (whole, "%4d-%2d-%2d", &date->year, &date->month, &date->day) != 3)
    return FALSE;

  /* In a leap year each day is one that there is in some year. */
  return date->month > 0 && date->day > 0 && (date->year != 0 || yearly) &&
         g_date_valid_dmy ((GDateDay)date->day, (GDateMonth)date->month, (GDateYear)(date->year != 0 ? date->year : 2000));
}

/**
 * lia_hours_read_closed:
 * @text: "2026-12-24, 12-25": the second one is every year
 *
 * Returns: FALSE when one of them is no day; then they stay as they were
 */
gboolean
lia_hours_read_closed (LiaHours   *self,
                       const char *text)
{
  g_auto (GStrv) parts = g_strsplit (is_blank (text) ? "" : text, ",", -1);
  g_autoptr (GArray) dates = g_array_new (FALSE, FALSE, sizeof (LiaHoursDate));

  for (guint i = 0; parts[i] != NULL; i++)
    {
      LiaHoursDate date;

      if (i >= LIA_HOURS_MAX_CLOSED || !read_date (parts[i], &date))
        return FALSE;
      g_array_append_val (dates, date);
    }
  g_array_unref (self->closed);
  self->closed = g_steal_pointer (&dates);

  return TRUE;
}

/** lia_hours_show_closed: as lia_hours_read_closed() reads it. */
char *
lia_hours_show_closed (LiaHours *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->closed->len; i++)
    {
      const LiaHoursDate *date = &g_array_index (self->closed, LiaHoursDate, i);

      g_string_append (text, i > 0 ? ", " : "");
      if (date->year != 0)
        g_string_append_printf (text, "%04d-", date->year);
      g_string_append_printf (text, "%02d-%02d", date->month, date->day);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* What they say of a moment -------------------------------------------------------------------------------------------------------------- */

/** lia_hours_get_zone: (transfer full): in which they are meant. */
GTimeZone *
lia_hours_get_zone (LiaHours *self)
{
  GTimeZone *zone = lia_zone_open (self->zone);

  return zone != NULL ? zone : g_time_zone_new_local ();
}

static gboolean
is_closed (LiaHours    *self,
           const GDate *date)
{
  for (guint i = 0; i < self->closed->len; i++)
    {
      const LiaHoursDate *closed = &g_array_index (self->closed, LiaHoursDate, i);

      if ((closed->year == 0 || closed->year == g_date_get_year (date)) && closed->month == (int)g_date_get_month (date) && closed->day == g_date_get_day (date))
        return TRUE;
    }

  return FALSE;
}

/* A stretch of time in which it is open without a break, in ms; the walk goes over them from the first that ends after a moment. */
typedef struct
{
  LiaHours  *hours;
  GTimeZone *zone;
  gint64     after_ms;
  gint64     start_ms;
  gint64     end_ms;
  gboolean   found;
} Walk;

static gint64
clock_ms (Walk        *walk,
          const GDate *date,
          int          minutes)
{
  GDate day = *date;
  g_autoptr (GDateTime) time = NULL;

  g_date_add_days (&day, (guint)minutes / LIA_HOURS_DAY_MIN);
  minutes %= LIA_HOURS_DAY_MIN;
  time = g_date_time_new (walk->zone, g_date_get_year (&day), g_date_get_month (&day), g_date_get_day (&day), minutes / 60, minutes % 60, 0);

  return time != NULL ? g_date_time_to_unix (time) * 1000 : 0;
}

/* A part of a span that lies within one day. TRUE when the stretch before it was the one. */
static gboolean
add_part (Walk        *walk,
          const GDate *date,
          int          from,
          int          to)
{
  gint64 start_ms, end_ms;

  if (from >= to || is_closed (walk->hours, date))
    return FALSE;

  start_ms = clock_ms (walk, date, from);
  end_ms = clock_ms (walk, date, to);
  if (walk->found && start_ms > walk->end_ms && walk->end_ms > walk->after_ms)
    return TRUE;
  if (!walk->found || start_ms > walk->end_ms)
    walk->start_ms = start_ms;
  walk->end_ms = walk->found ? MAX (walk->end_ms, end_ms) : end_ms;
  walk->found = TRUE;

  return FALSE;
}

/* What is open at the night's end begins the day before, so the parts of a day come in order: those of yesterday's spans first. */
static gboolean
add_day (Walk        *walk,
         const GDate *date)
{
  GDate   before = *date;
  GArray *yesterday, *today;

  g_date_subtract_days (&before, 1);
  yesterday = walk->hours->days[g_date_get_weekday (&before) - 1];
  today = walk->hours->days[g_date_get_weekday (date) - 1];
  for (guint i = 0; i < yesterday->len; i++)
    {
      if (add_part (walk, date, 0, g_array_index (yesterday, LiaHoursSpan, i).to - LIA_HOURS_DAY_MIN))
        return TRUE;
    }
  for (guint i = 0; i < today->len; i++)
    {
      const LiaHoursSpan *span = &g_array_index (today, LiaHoursSpan, i);

      if (add_part (walk, date, span->from, MIN (span->to, LIA_HOURS_DAY_MIN)))
        return TRUE;
    }

  return FALSE;
}

/* The first stretch that ends after `after_ms`; FALSE: there is none within the horizon. @endless: (out): it lasts over all of it */
static gboolean
find_stretch (Walk     *walk,
              gboolean *endless)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (walk->after_ms / 1000);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, walk->zone) : NULL;
  GDate date;

  walk->found = *endless = FALSE;
  if (local == NULL)
    return FALSE;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)g_date_time_get_day_of_month (local), (GDateMonth)g_date_time_get_month (local), (GDateYear)g_date_time_get_year (local));
  g_date_subtract_days (&date, 1);
  for (guint i = 0; i < HORIZON_DAYS; i++)
    {
      if (add_day (walk, &date))
        return TRUE;
      g_date_add_days (&date, 1);
    }
  *endless = walk->found && walk->end_ms - walk->after_ms > (HORIZON_DAYS - 3) * (gint64)LIA_HOURS_DAY_MIN * MINUTE_MS;

  return walk->found && walk->end_ms > walk->after_ms;
}

/** lia_hours_at: what they say of @now_ms. */
LiaHoursState
lia_hours_at (LiaHours *self,
              gint64    now_ms)
{
  g_autoptr (GTimeZone) zone = lia_hours_get_zone (self);
  Walk          walk = { .hours = self, .zone = zone, .after_ms = now_ms };
  LiaHoursState state = { FALSE, 0, 0 };
  gboolean      endless;

  if (!find_stretch (&walk, &endless))
    return state;
  if (walk.start_ms > now_ms)
    {
      state.opens_ms = walk.start_ms;
      return state;
    }

  state.open = TRUE;
  if (endless)
    return state;
  state.closes_ms = walk.after_ms = walk.end_ms;
  if (find_stretch (&walk, &endless))
    state.opens_ms = walk.start_ms;

  return state;
}
