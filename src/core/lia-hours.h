/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIA_HOURS_N_DAYS 7
#define LIA_HOURS_DAY_MIN (24 * 60)
#define LIA_HOURS_MAX_CLOSED 400

/**
 * LiaHoursSpan:
 * @from: in minutes of the day, below LIA_HOURS_DAY_MIN
 * @to: after @from, at most a day later: over midnight when it is more than LIA_HOURS_DAY_MIN
 *
 * From when until when somebody is there, by the clock on the wall.
 */
typedef struct
{
  int from;
  int to;
} LiaHoursSpan;

/**
 * LiaHoursDate:
 *
 * A day on which nobody is there, from midnight to midnight.
 */
typedef struct
{
  int year; /* 0 = every year */
  int month;
  int day;
} LiaHoursDate;

/**
 * LiaHours:
 *
 * When a queue is open, in its own zone. Counted; immutable once published. There is none for one that is always open: NULL is that everywhere.
 */
typedef struct
{
  char   *zone;                   /* "Europe/Berlin"; "" = this computer's */
  GArray *days[LIA_HOURS_N_DAYS]; /* of LiaHoursSpan, from Monday on; in order, none into the next one */
  GArray *closed;                 /* of LiaHoursDate, whatever the spans of their weekdays are */
} LiaHours;

/**
 * LiaHoursState:
 *
 * What the hours say of one moment.
 */
typedef struct
{
  gboolean open;
  gint64   closes_ms; /* when it is open: until when; 0 = it never closes */
  gint64   opens_ms;  /* when it opens next, after it has closed if it is open; 0 = never */
} LiaHoursState;

LiaHours     *lia_hours_new (void);
LiaHours     *lia_hours_ref (LiaHours *self);
void          lia_hours_unref (LiaHours *self);
gboolean      lia_hours_read_day (LiaHours   *self,
                                  guint       day,
                                  const char *text);
char         *lia_hours_show_day (LiaHours *self,
                                  guint     day);
gboolean      lia_hours_read_closed (LiaHours   *self,
                                     const char *text);
char         *lia_hours_show_closed (LiaHours *self);
GTimeZone    *lia_hours_get_zone (LiaHours *self);
LiaHoursState lia_hours_at (LiaHours *self,
                            gint64    now_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaHours, lia_hours_unref)

G_END_DECLS
