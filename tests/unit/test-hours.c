/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening hours: as they are written, what they say of a moment, over changes of the clock, and in which zone a customer reads that. */

#include "lia-customer-zone.h"
#include "lia-template-locale.h"
#include "lia-zone.h"

static const struct
{
  const char *typed;
  const char *shown; /* or NULL: it is none */
} days[] = {
  { "", "" },
  { "  ", "" },
  { "9-17", "09:00-17:00" },
  { "9:00–12:30, 13.30 - 17", "09:00-12:30, 13:30-17:00" },
  { "13-17,9-12", "09:00-12:00, 13:00-17:00" },
  { "0-24", "00:00-24:00" },
  { "22:00-6:00", "22:00-06:00" },
  { "9-12,12-17", "09:00-12:00, 12:00-17:00" },
  { "9-12,11-17", NULL },
  { "22-6,23-24", NULL },
  { "9", NULL },
  { "9-", NULL },
  { "-9", NULL },
  { "9-17,", NULL },
  { "9-25", NULL },
  { "24-6", NULL },
  { "9:60-17", NULL },
  { "9:5-17", "09:05-17:00" },
  { "9-17 Uhr", NULL },
  { "9-12-17", NULL },
  { "99999999999-1", NULL },
  { "1-2,3-4,5-6,7-8,9-10,11-12,13-14,15-16,17-18", NULL },
};

static void
test_days (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (LiaHours) hours = lia_hours_new ();
      gboolean         read = lia_hours_read_day (hours, 3, days[i].typed);
      g_autofree char *shown = lia_hours_show_day (hours, 3);

      g_test_message ("%s", days[i].typed);
      g_assert_cmpint (read, ==, days[i].shown != NULL);
      g_assert_cmpstr (shown, ==, days[i].shown != NULL ? days[i].shown : "");
    }
}

static const struct
{
  const char *typed;
  const char *shown; /* or NULL: it is none */
} dates[] = {
  { "", "" },
  { "2026-12-24", "2026-12-24" },
  { "2026-12-24, 12-25,02-29", "2026-12-24, 12-25, 02-29" },
  { "2026-02-29", NULL },
  { "12-32", NULL },
  { "00-10", NULL },
  { "0000-12-25", NULL },
  { "24.12.2026", NULL },
  { "2026-12-24,", NULL },
};

static void
test_dates (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autoptr (LiaHours) hours = lia_hours_new ();
      gboolean         read = lia_hours_read_closed (hours, dates[i].typed);
      g_autofree char *shown = lia_hours_show_closed (hours);

      g_test_message ("%s", dates[i].typed);
      g_assert_cmpint (read, ==, dates[i].shown != NULL);
      g_assert_cmpstr (shown, ==, dates[i].shown != NULL ? dates[i].shown : "");
    }
}

/* Days are of one week, from Monday on, separated by "/" */
static LiaHours *
make_hours (const char *week,
            const char *closed,
            const char *zone)
{
  LiaHours *hours = lia_hours_new ();
  g_auto (GStrv) texts = g_strsplit (week, "/", -1);

  g_assert_cmpuint (g_strv_length (texts), ==, LIA_HOURS_N_DAYS);
  for (guint i = 0; i < LIA_HOURS_N_DAYS; i++)
    g_assert_true (lia_hours_read_day (hours, i, texts[i]));
  g_assert_true (lia_hours_read_closed (hours, closed));
  g_set_str (&hours->zone, zone);

  return hours;
}

#define OFFICE "9-17/9-17/9-17/9-17/9-12,13-15/10-12/"
#define NIGHT "22-6/22-6/22-6/22-6/22-6/22-6/22-6"
#define ALWAYS "0-24/0-24/0-24/0-24/0-24/0-24/0-24"

static const struct
{
  const char *name;
  const char *week;
  const char *closed;
  const char *zone;
  const char *now; /* in UTC */
  gboolean    open;
  const char *closes; /* in UTC, or NULL */
  const char *opens;
} moments[] = {
  { "before", OFFICE, "", "Europe/Berlin", "2026-11-23T07:59:00Z", FALSE, NULL, "2026-11-23T08:00:00Z" },
  { "first-moment", OFFICE, "", "Europe/Berlin", "2026-11-23T08:00:00Z", TRUE, "2026-11-23T16:00:00Z", "2026-11-24T08:00:00Z" },
  { "last-moment", OFFICE, "", "Europe/Berlin", "2026-11-23T15:59:59Z", TRUE, "2026-11-23T16:00:00Z", "2026-11-24T08:00:00Z" },
  { "after", OFFICE, "", "Europe/Berlin", "2026-11-23T16:00:00Z", FALSE, NULL, "2026-11-24T08:00:00Z" },
  { "noon", OFFICE, "", "Europe/Berlin", "2026-11-27T11:30:00Z", FALSE, NULL, "2026-11-27T12:00:00Z" },
  { "over-sunday", OFFICE, "", "Europe/Berlin", "2026-11-28T11:00:00Z", FALSE, NULL, "2026-11-30T08:00:00Z" },
  { "closed-day", OFFICE, "2026-11-30", "Europe/Berlin", "2026-11-28T11:00:00Z", FALSE, NULL, "2026-12-01T08:00:00Z" },
  { "closed-today", OFFICE, "11-23", "Europe/Berlin", "2026-11-23T10:00:00Z", FALSE, NULL, "2026-11-24T08:00:00Z" },
  { "closed-in-another-year", OFFICE, "2025-11-23", "Europe/Berlin", "2026-11-23T10:00:00Z", TRUE, "2026-11-23T16:00:00Z", "2026-11-24T08:00:00Z" },
  { "half-hour-zone", OFFICE, "", "Asia/Kolkata", "2026-11-23T03:30:00Z", TRUE, "2026-11-23T11:30:00Z", "2026-11-24T03:30:00Z" },
  { "other-side", OFFICE, "", "America/Los_Angeles", "2026-11-24T00:30:00Z", TRUE, "2026-11-24T01:00:00Z", "2026-11-24T17:00:00Z" },
  { "night", NIGHT, "", "Europe/Berlin", "2026-11-23T02:00:00Z", TRUE, "2026-11-23T05:00:00Z", "2026-11-23T21:00:00Z" },
  { "night-before-midnight", NIGHT, "", "Europe/Berlin", "2026-11-22T22:30:00Z", TRUE, "2026-11-23T05:00:00Z", "2026-11-23T21:00:00Z" },
  { "night-into-a-closed-day", NIGHT, "2026-11-23", "Europe/Berlin", "2026-11-22T22:30:00Z", TRUE, "2026-11-22T23:00:00Z", "2026-11-23T23:00:00Z" },
  /* The clock goes back on the 25th of October 2026 at 3:00, and on at 2:00 on the 29th of March */
  { "longer-night", NIGHT, "", "Europe/Berlin", "2026-10-24T20:30:00Z", TRUE, "2026-10-25T05:00:00Z", "2026-10-25T21:00:00Z" },
  { "shorter-night", NIGHT, "", "Europe/Berlin", "2026-03-28T21:30:00Z", TRUE, "2026-03-29T04:00:00Z", "2026-03-29T20:00:00Z" },
  { "over-the-end-of-summer", OFFICE, "", "Europe/Berlin", "2026-10-24T10:00:00Z", FALSE, NULL, "2026-10-26T08:00:00Z" },
  { "over-its-beginning", OFFICE, "", "Europe/Berlin", "2026-03-28T11:00:00Z", FALSE, NULL, "2026-03-30T07:00:00Z" },
  { "hour-that-is-not", "/////"
                        "/2:30-5",
    "", "Europe/Berlin", "2026-03-29T00:30:00Z", FALSE, NULL, "2026-03-29T01:00:00Z" },
  { "always", ALWAYS, "", "Europe/Berlin", "2026-10-25T01:30:00Z", TRUE, NULL, NULL },
  { "always-but-christmas", ALWAYS, "12-25", "Europe/Berlin", "2026-12-20T00:00:00Z", TRUE, "2026-12-24T23:00:00Z", "2026-12-25T23:00:00Z" },
  { "midnight-that-is-not", ALWAYS, "2026-04-23", "Africa/Cairo", "2026-04-22T12:00:00Z", TRUE, "2026-04-22T22:00:00Z", "2026-04-23T22:00:00Z" },
  { "never", "//////", "", "Europe/Berlin", "2026-11-23T10:00:00Z", FALSE, NULL, NULL },
};

static gint64
moment (const char *text)
{
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  return time != NULL ? g_date_time_to_unix (time) * 1000 : 0;
}

static void
test_moments (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (LiaHours) hours = make_hours (moments[i].week, moments[i].closed, moments[i].zone);
      LiaHoursState state = lia_hours_at (hours, moment (moments[i].now));

      g_test_message ("%s", moments[i].name);
      g_assert_cmpint (state.open, ==, moments[i].open);
      g_assert_cmpint (state.closes_ms, ==, moment (moments[i].closes));
      g_assert_cmpint (state.opens_ms, ==, moment (moments[i].opens));
    }
}

static const struct
{
  const char *week;
  const char *zone;
  const char *language;
  const char *words; /* or NULL: there are none */
} words[] = {
  { OFFICE, "Europe/Berlin", "en-GB", "Mon – Thu 09:00–17:00; Fri 09:00–12:00, 13:00–15:00; Sat 10:00–12:00 (CET)" },
  { OFFICE, "Europe/Berlin", "de", "Mo – Do 09:00–17:00 Uhr; Fr 09:00–12:00 Uhr, 13:00–15:00 Uhr; Sa 10:00–12:00 Uhr (MEZ)" },
  { NIGHT, "America/New_York", "en-US", "Mon – Sun 10:00\u00a0PM – 6:00\u00a0AM (EST)" },
  { ALWAYS, "Asia/Kolkata", "fr", "lun. – dim. 24\u00a0heures (UTC+5:30)" },
  { "//////9-24", "Europe/Berlin", "pl", "niedz. 09:00 – 00:00 (CET)" },
  { "//////", "Europe/Berlin", "de", NULL },
};

static void
test_words (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (LiaHours) hours = make_hours (words[i].week, "", words[i].zone);
      g_autoptr (LiaTemplateLocale) locale = lia_template_locale_new (words[i].language);
      g_autoptr (LiaTemplateValue) value = lia_template_value_new_hours (hours, moment ("2026-11-23T10:00:00Z"));
      g_autofree char *text = lia_template_locale_format (locale, value, LIA_TEMPLATE_AS_IS, utc);

      g_test_message ("%s", words[i].language);
      g_assert_cmpstr (text, ==, words[i].words);
    }
}

static void
test_zones (void)
{
  static const char *const none[] = { NULL, "", "Mars/Olympus", "../../../etc/passwd", "/etc/localtime", "GMT+25", "\xff", "Europe", "CustomZone" };
  g_auto (GStrv) names = lia_zone_list ();
  g_autoptr (GTimeZone) renamed = lia_zone_open ("Asia/Calcutta");

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_null (lia_zone_open (none[i]));
  g_assert_cmpstr (g_time_zone_get_identifier (renamed), ==, "Asia/Kolkata");
  g_assert_true (g_strv_contains ((const char *const *)names, "Europe/Berlin"));
  g_assert_cmpuint (g_strv_length (names), >, 300);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GTimeZone) zone = lia_zone_open (names[i]);

      g_assert_nonnull (zone);
    }
}

static void
test_countries (void)
{
  static const char *const countries[][2] = {
    { "DE", "Europe/Berlin" },
    { "IN", "Asia/Kolkata" },
    { "PL", "Europe/Warsaw" },
    { "US", NULL },
    { "ES", NULL },
    { "ZZ", NULL },
    { "", NULL },
    { "DEU", NULL },
    { NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (countries); i++)
    {
      g_autofree char *name = lia_zone_of_country (countries[i][0], moment ("2026-11-23T10:00:00Z"));

      g_assert_cmpstr (name, ==, countries[i][1]);
    }
}

static void
test_shown_zones (void)
{
  g_autoptr (GTimeZone) berlin = lia_zone_open ("Europe/Berlin");
  g_autoptr (GTimeZone) ahead = g_time_zone_new_offset (19800);
  g_autoptr (GTimeZone) behind = g_time_zone_new_offset (-12600);
  g_autofree char *city = lia_zone_show (berlin, 0, "pl_PL.UTF-8");
  g_autofree char *east = lia_zone_show (ahead, 0, "en_GB");
  g_autofree char *west = lia_zone_show (behind, 0, "en_GB");

  g_assert_cmpstr (city, ==, "Berlin");
  g_assert_cmpstr (east, ==, "GMT+05:30");
  g_assert_cmpstr (west, ==, "GMT-03:30");
}

/* What is known of a customer, and the zone that follows */
static const struct
{
  const char   *name;
  const char   *said;
  const char   *number;
  int           offset_min;
  const char   *mailed;
  const char   *queue; /* the zone of its hours, NULL: it has none */
  const char   *zone;
  LiaZoneSource source;
} customers[] = {
  { "said", "Asia/Tokyo", "+4930123456", 60, "2026-11-20T10:00:00Z", "Europe/Berlin", "Asia/Tokyo", LIA_ZONE_SAID },
  { "said-is-none", "Asia/Nowhere", "+4930123456", 60, NULL, "Europe/Berlin", "Europe/Berlin", LIA_ZONE_NUMBER },
  { "number", "", "+4930123456", -480, "2026-11-20T10:00:00Z", "Europe/London", "Europe/Berlin", LIA_ZONE_NUMBER },
  { "number-that-nobody-has", "", "+44 1632 960795", 330, "2026-11-20T10:00:00Z", "Europe/Berlin", "Europe/London", LIA_ZONE_NUMBER },
  { "number-of-many-zones", "", "+12125550123", -300, "2026-11-20T10:00:00Z", "Europe/London", "-05:00:00", LIA_ZONE_CLOCK },
  { "number-of-no-country", "", "030123456", 330, "2026-11-20T10:00:00Z", "Europe/London", "+05:30:00", LIA_ZONE_CLOCK },
  { "clock-of-ours", "", NULL, 120, "2026-07-20T10:00:00Z", "Europe/Berlin", "Europe/Berlin", LIA_ZONE_CLOCK },
  { "clock-of-another-season", "", NULL, 120, "2026-11-20T10:00:00Z", "Europe/Berlin", "+02:00:00", LIA_ZONE_CLOCK },
  { "clock-that-says-nothing", "", NULL, 0, "2026-11-20T10:00:00Z", "Europe/Berlin", "Europe/Berlin", LIA_ZONE_QUEUE },
  { "nothing", "", "123", 0, NULL, NULL, NULL, LIA_ZONE_OURS },
};

static void
test_customers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (customers); i++)
    {
      g_autoptr (LiaCustomer) customer = lia_customer_new ();
      g_autoptr (LiaQueue) queue = lia_queue_new ();
      LiaMailClock clock = { customers[i].offset_min, moment (customers[i].mailed) };
      g_autoptr (GTimeZone) zone = NULL;
      g_autoptr (GTimeZone) ours = g_time_zone_new_local ();
      LiaZoneSource source;

      customer->zone = g_strdup (customers[i].said);
      customer->addresses = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
      if (customers[i].number != NULL)
        g_ptr_array_add (customer->addresses, lia_address_new ("phone", customers[i].number));
      if (customers[i].queue != NULL)
        queue->hours = make_hours (OFFICE, "", customers[i].queue);
      zone = lia_customer_zone (customer, &clock, queue, moment ("2026-11-23T10:00:00Z"), &source);

      g_test_message ("%s", customers[i].name);
      g_assert_cmpint (source, ==, customers[i].source);
      g_assert_cmpstr (g_time_zone_get_identifier (zone), ==, customers[i].zone != NULL ? customers[i].zone : g_time_zone_get_identifier (ours));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hours/days", test_days);
  g_test_add_func ("/hours/dates", test_dates);
  g_test_add_func ("/hours/moments", test_moments);
  g_test_add_func ("/hours/words", test_words);
  g_test_add_func ("/hours/zones", test_zones);
  g_test_add_func ("/hours/countries", test_countries);
  g_test_add_func ("/hours/shown-zones", test_shown_zones);
  g_test_add_func ("/hours/customers", test_customers);

  return g_test_run ();
}
