/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-locale-private.h"

#include <string.h>
#include <unicode/udateintervalformat.h>
#include <unicode/unumberformatter.h>

/*
 * "Mon – Fri 09:00 – 17:00; Sat 10:00 – 14:00 (CET)": days that are alike stand together. All words are CLDR's, so that there is a language for each
 * letter; what is closed is left out, as on a shop's door.
 */

#define MAX_UNITS 100
#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
#define MONDAY_MS (4 * DAY_MS) /* the first one since 1970, midnight in UTC */

static char *
format_interval (LiaTemplateLocale *self,
                 const UChar       *skeleton,
                 gint64             from_ms,
                 gint64             to_ms)
{
  UErrorCode           status = U_ZERO_ERROR;
  UDateIntervalFormat *format = udtitvfmt_open (self->id, skeleton, -1, u"UTC", -1, &status);
  UChar                text[MAX_UNITS];
  int32_t              length = 0;

  if (U_SUCCESS (status))
    length = udtitvfmt_format (format, (UDate)from_ms, (UDate)to_ms, text, MAX_UNITS, NULL, &status);
  udtitvfmt_close (format);

  return lia_template_locale_to_utf8 (text, U_SUCCESS (status) ? length : 0);
}

/* "24 hours" */
static char *
format_whole_day (LiaTemplateLocale *self)
{
  UErrorCode        status = U_ZERO_ERROR;
  UNumberFormatter *format = unumf_openForSkeletonAndLocale (u"measure-unit/duration-hour unit-width-full-name", -1, self->id, &status);
  UFormattedNumber *result = unumf_openResult (&status);
  UChar             text[MAX_UNITS];
  int32_t           length;

  unumf_formatInt (format, 24, result, &status);
  length = unumf_resultToString (result, text, MAX_UNITS, &status);
  unumf_closeResult (result);
  unumf_close (format);

  return lia_template_locale_to_utf8 (text, U_SUCCESS (status) ? length : 0);
}

/* ICU would name the days, too, where a span goes over midnight. */
static char *
format_span (LiaTemplateLocale  *self,
             const LiaHoursSpan *span)
{
  const gint64     from_ms = span->from * G_GINT64_CONSTANT (60000);
  const gint64     to_ms = span->to * G_GINT64_CONSTANT (60000);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (span->from == 0 && span->to == LIA_HOURS_DAY_MIN)
    return format_whole_day (self);
  if (span->to < LIA_HOURS_DAY_MIN)
    return format_interval (self, u"jm", from_ms, to_ms);

  from = lia_template_locale_format_clock (self, from_ms, LIA_TEMPLATE_AS_TIME);
  to = lia_template_locale_format_clock (self, to_ms, LIA_TEMPLATE_AS_TIME);

  return g_strdup_printf ("%s – %s", from, to);
}

static gboolean
same_day (LiaHours *hours,
          guint     a,
          guint     b)
{
  g_autofree char *one = lia_hours_show_day (hours, a);
  g_autofree char *other = lia_hours_show_day (hours, b);

  return g_str_equal (one, other);
}

static void
append_days (LiaTemplateLocale *self,
             GString           *text,
             LiaHours          *hours,
             guint              first,
             guint              last)
{
  const GArray    *spans = hours->days[first];
  g_autofree char *days = format_interval (self, u"ccc", MONDAY_MS + first * DAY_MS, MONDAY_MS + last * DAY_MS);

  g_string_append_printf (text, "%s%s ", text->len > 0 ? "; " : "", days);
  for (guint i = 0; i < spans->len; i++)
    {
      g_autofree char *span = format_span (self, &g_array_index (spans, LiaHoursSpan, i));

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", span);
    }
}

/* "CET", or "GMT+1" where they do not say so */
static char *
format_zone (LiaTemplateLocale *self,
             LiaHours          *hours,
             gint64             now_ms)
{
  g_autoptr (GTimeZone) zone = lia_hours_get_zone (hours);
  g_autofree gunichar2 *name = g_utf8_to_utf16 (g_time_zone_get_identifier (zone), -1, NULL, NULL, NULL);
  UErrorCode            status = U_ZERO_ERROR;
  UDateFormat          *format = udat_open (UDAT_PATTERN, UDAT_PATTERN, self->id, name, -1, u"z", -1, &status);
  UChar                 text[MAX_UNITS];
  int32_t               length = 0;

  if (U_SUCCESS (status))
    length = udat_format (format, (UDate)now_ms, text, MAX_UNITS, NULL, &status);
  udat_close (format);

  return lia_template_locale_to_utf8 (text, U_SUCCESS (status) ? length : 0);
}

/** lia_template_locale_format_hours: (nullable): @now_ms: for the name of the zone, which changes in summer. NULL when it is never open. */
char *
lia_template_locale_format_hours (LiaTemplateLocale *self,
                                  LiaHours          *hours,
                                  gint64             now_ms)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *zone = NULL;

  for (guint first = 0, last; first < LIA_HOURS_N_DAYS; first = last + 1)
    {
      last = first;
      while (last + 1 < LIA_HOURS_N_DAYS && same_day (hours, first, last + 1))
        last++;
      if (hours->days[first]->len > 0)
        append_days (self, text, hours, first, last);
    }
  if (text->len == 0)
    return NULL;

  zone = format_zone (self, hours, now_ms);
  if (*zone != '\0')
    g_string_append_printf (text, " (%s)", zone);

  return g_string_free_and_steal (g_steal_pointer (&text));
}
