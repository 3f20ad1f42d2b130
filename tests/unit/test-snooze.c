/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Until when a conversation sleeps, as it is written in menus and canned responses. */

#include "lia-snooze.h"

static const struct
{
  const char *when;
  const char *until; /* or NULL: it says nothing */
} cases[] = {
  { "1 hour", "Sun 22 Nov 2026 11:30" },
  { "90 min", "Sun 22 Nov 2026 12:00" },
  { "90min", "Sun 22 Nov 2026 12:00" },
  { "2h", "Sun 22 Nov 2026 12:30" },
  { " 3 Days ", "Wed 25 Nov 2026 10:30" },
  { "1 week", "Sun 29 Nov 2026 10:30" },
  { "evening", "Sun 22 Nov 2026 18:00" },
  { "tomorrow", "Mon 23 Nov 2026 09:00" },
  { "until tomorrow", "Mon 23 Nov 2026 09:00" },
  { "until tomorrow 14:15", "Mon 23 Nov 2026 14:15" },
  { "until tomorrow at 8:00", "Mon 23 Nov 2026 08:00" },
  { "monday", "Mon 23 Nov 2026 09:00" },
  { "until Monday", "Mon 23 Nov 2026 09:00" },
  { "sunday", "Sun 29 Nov 2026 09:00" },
  { "friday 17:00", "Fri 27 Nov 2026 17:00" },
  { "today 17:00", "Sun 22 Nov 2026 17:00" },
  { "2026-11-30", "Mon 30 Nov 2026 09:00" },
  { "2026-11-30 14:00", "Mon 30 Nov 2026 14:00" },
  { "2026-11-30T14:00", "Mon 30 Nov 2026 14:00" },
  { "", NULL },
  { "until", NULL },
  { "0 days", NULL },
  { "3", NULL },
  { "3 fortnights", NULL },
  { "-3 days", NULL },
  { "99999999999999999999 days", NULL },
  { "10000 days", NULL },
  { "some day", NULL },
  { "tomorrow 25:00", NULL },
  { "tomorrow 9:00 sharp", NULL },
  { "today 9:00", NULL },
  { "today", NULL },
  { "2026-02-30", NULL },
  { "2026-11-01", NULL },
  { "2026-11-30-12", NULL },
  { "26-11-30", NULL },
};

static char *
show (gint64     until_ms,
      GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (until_ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (local, "%a %e %b %Y %H:%M");
}

static void
test_forms (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GDateTime) now = g_date_time_new (zone, 2026, 11, 22, 10, 30, 0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64           until_ms = lia_snooze_until (cases[i].when, now);
      g_autofree char *shown = until_ms != 0 ? show (until_ms, zone) : NULL;

      g_test_message ("%s", cases[i].when);
      g_assert_cmpstr (shown, ==, cases[i].until);
    }
}

static void
test_late (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GDateTime) evening = g_date_time_new (zone, 2026, 11, 22, 20, 30, 0);
  g_autoptr (GDateTime) before_summer = g_date_time_new (zone, 2027, 3, 27, 23, 0, 0);
  g_autofree char *late = show (lia_snooze_until ("evening", evening), zone);
  g_autofree char *summer = show (lia_snooze_until ("tomorrow", before_summer), zone);

  g_assert_cmpstr (late, ==, "Mon 23 Nov 2026 09:00");
  g_assert_cmpstr (summer, ==, "Sun 28 Mar 2027 09:00");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snooze/forms", test_forms);
  g_test_add_func ("/snooze/late", test_late);

  return g_test_run ();
}
