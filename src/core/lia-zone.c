/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-zone.h"

#include <string.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>

#define MAX_UNITS 200
#define N_SAMPLES 12 /* a year's clocks, one a month */
#define MONTH_MS (G_GINT64_CONSTANT (30) * 24 * 60 * 60 * 1000)

/* ICU's names are CLDR's, which never change ("Asia/Calcutta"); the files of the system have the IANA's ("Asia/Kolkata"). (nullable) */
static char *
dup_iana_name (const char *name)
{
  g_autofree gunichar2 *units = g_utf8_to_utf16 (name, -1, NULL, NULL, NULL);
  UChar                 iana[MAX_UNITS];
  UErrorCode            status = U_ZERO_ERROR;
  int32_t               length = units != NULL ? ucal_getIanaTimeZoneID (units, -1, iana, MAX_UNITS, &status) : 0;

  return U_SUCCESS (status) && length > 0 ? g_utf16_to_utf8 (iana, length, NULL, NULL, NULL) : NULL;
}

/**
 * lia_zone_open:
 * @name: (nullable): from outside: any text will do
 *
 * Returns: (transfer full) (nullable): NULL for what is no zone; a name of ours never becomes the path of another file
 */
GTimeZone *
lia_zone_open (const char *name)
{
  g_autofree char *iana = name != NULL && *name != '\0' ? dup_iana_name (name) : NULL;

  return iana != NULL ? g_time_zone_new_identifier (iana) : NULL;
}

/* (nullable): @country: (nullable): NULL gives those of all countries */
static GStrv
list_zones (const char *country)
{
  UErrorCode    status = U_ZERO_ERROR;
  UEnumeration *names = ucal_openTimeZoneIDEnumeration (UCAL_ZONE_TYPE_CANONICAL_LOCATION, country, NULL, &status);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *name;

  while (U_SUCCESS (status) && (name = uenum_next (names, NULL, &status)) != NULL)
    {
      char *iana = dup_iana_name (name);

      if (iana != NULL)
        g_strv_builder_take (builder, iana);
    }
  uenum_close (names);

  return g_strv_builder_end (builder);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/** lia_zone_list: (transfer full): the names of all zones in which somebody lives, in order. */
GStrv
lia_zone_list (void)
{
  GStrv names = list_zones (NULL);

  qsort (names, g_strv_length (names), sizeof (char *), compare_names);

  return names;
}

static int
offset_at (GTimeZone *zone,
           gint64     time_ms)
{
  return g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, time_ms / 1000));
}

static gboolean
same_clock (GTimeZone *a,
            GTimeZone *b,
            gint64     now_ms)
{
  for (int i = 0; i < N_SAMPLES; i++)
    {
      if (offset_at (a, now_ms + i * MONTH_MS) != offset_at (b, now_ms + i * MONTH_MS))
        return FALSE;
    }

  return TRUE;
}

/**
 * lia_zone_of_country:
 * @country: (nullable): "DE"
 *
 * Returns: (nullable): the zone of all of the country, as the clocks go there from now on; NULL where there is more than one, or no such country
 */
char *
lia_zone_of_country (const char *country,
                     gint64      now_ms)
{
  g_auto (GStrv) names = country != NULL && strlen (country) == 2 ? list_zones (country) : NULL;
  g_autoptr (GTimeZone) first = names != NULL ? lia_zone_open (names[0]) : NULL;

  if (first == NULL)
    return NULL;
  for (guint i = 1; names[i] != NULL; i++)
    {
      g_autoptr (GTimeZone) other = lia_zone_open (names[i]);

      if (other != NULL && !same_clock (first, other, now_ms))
        return NULL;
    }

  return g_strdup (names[0]);
}

/**
 * lia_zone_show: "Berlin" for Europe/Berlin; "GMT+05:30" where only the offset is known.
 * @reader: in whose language; a tag or a name of a locale ("de_DE.UTF-8")
 */
char *
lia_zone_show (GTimeZone  *zone,
               gint64      now_ms,
               const char *reader)
{
  const char *name = g_time_zone_get_identifier (zone);
  g_autoptr (GTimeZone) known = lia_zone_open (name);
  gboolean              placed = known != NULL && strchr (name, '/') != NULL && !g_str_has_prefix (name, "Etc/");
  g_autofree char      *locale = g_strndup (reader, strcspn (reader, ".@"));
  g_autofree char      *offset = g_strdup_printf ("GMT%+03d:%02d", offset_at (zone, now_ms) / 3600, ABS (offset_at (zone, now_ms)) / 60 % 60);
  g_autofree gunichar2 *units = g_utf8_to_utf16 (placed ? name : offset, -1, NULL, NULL, NULL);
  UErrorCode            status = U_ZERO_ERROR;
  UDateFormat          *format = udat_open (UDAT_PATTERN, UDAT_PATTERN, locale, units, -1, placed ? u"VVV" : u"OOOO", -1, &status);
  UChar                 text[MAX_UNITS];
  int32_t               length;
  char                 *shown;

  if (U_FAILURE (status))
    return g_strdup (name);
  length = udat_format (format, (UDate)now_ms, text, MAX_UNITS, NULL, &status);
  shown = U_SUCCESS (status) ? g_utf16_to_utf8 (text, length, NULL, NULL, NULL) : NULL;
  udat_close (format);

  return shown != NULL ? shown : g_strdup (name);
}
