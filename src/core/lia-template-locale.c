/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-locale.h"

#include <string.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/uloc.h>
#include <unicode/ulistformatter.h>
#include <unicode/unum.h>

/*
 * The one file that knows ICU. GLib and the C library write dates in the agent's language; a letter needs the customer's, which is seldom
 * installed as a locale. Time zones stay GLib's: ICU gets the time that a clock on the customer's wall shows, and takes it for UTC.
 *
 * Which patterns there are for a language is CLDR's: Liaison asks for the parts ("a year, a month in letters, a day") and takes what comes.
 */

#define MAX_UNITS 20000

static const char *const skeletons[] = {
  [LIA_TEMPLATE_AS_DATE] = "yMMMMd",
  [LIA_TEMPLATE_AS_SHORT_DATE] = "yMMdd",
  [LIA_TEMPLATE_AS_DAY] = "EEEEMMMMd",
  [LIA_TEMPLATE_AS_WEEKDAY] = "EEEE",
  [LIA_TEMPLATE_AS_MONTH] = "LLLL",
  [LIA_TEMPLATE_AS_TIME] = "jm",
  [LIA_TEMPLATE_AS_DATE_AND_TIME] = "yMMMMdjm",
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UDateTimePatternGenerator, udatpg_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UListFormatter, ulistfmt_close)

typedef void DateFormat;
typedef void NumberFormat;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DateFormat, udat_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumberFormat, unum_close)

/* Where no language is known: English, as it is written where the clock has 24 hours. CLDR's own root has "M11" for November. */
#define NO_LANGUAGE "en_150"

/* A language tag (RFC 5646) -> ICU's name of the locale */
static void
locale_id (const char *tag,
           char        id[ULOC_FULLNAME_CAPACITY])
{
  UErrorCode       status = U_ZERO_ERROR;
  int32_t          length;
  g_autofree char *hyphens = g_strdelimit (g_strdup (tag != NULL ? tag : ""), "_", '-');

  uloc_forLanguageTag (hyphens, id, ULOC_FULLNAME_CAPACITY, &length, &status);
  if (U_FAILURE (status) || status == U_STRING_NOT_TERMINATED_WARNING || id[0] == '\0')
    g_strlcpy (id, NO_LANGUAGE, ULOC_FULLNAME_CAPACITY);
}

/* Before and after the colon of a time and inside of numbers, CLDR has blanks that old mail programs show as a box. */
static char *
to_utf8 (UChar  *units,
         int32_t n_units)
{
  for (int32_t i = 0; i < n_units; i++)
    {
      if (units[i] == 0x202f)
        units[i] = 0xa0;
    }

  return g_utf16_to_utf8 (units, n_units, NULL, NULL, NULL);
}

static char *
format_clock (gint64           clock_ms,
              LiaTemplateStyle style,
              const char      *locale)
{
  g_autoptr (UDateTimePatternGenerator) generator = NULL;
  g_autoptr (DateFormat) format = NULL;
  g_autofree gunichar2 *skeleton = g_utf8_to_utf16 (skeletons[style], -1, NULL, NULL, NULL);
  UErrorCode            status = U_ZERO_ERROR;
  UChar                 pattern[200], text[200];
  int32_t               length;

  generator = udatpg_open (locale, &status);
  length = udatpg_getBestPattern (generator, skeleton, -1, pattern, G_N_ELEMENTS (pattern), &status);
  format = udat_open (UDAT_PATTERN, UDAT_PATTERN, locale, u"UTC", -1, pattern, length, &status);
  length = udat_format (format, (UDate)clock_ms, text, G_N_ELEMENTS (text), NULL, &status);

  return U_SUCCESS (status) ? to_utf8 (text, length) : NULL;
}

static char *
format_time (const LiaTemplateValue *value,
             LiaTemplateStyle        style,
             const char             *locale,
             GTimeZone              *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (value->time_ms / 1000);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  if (local == NULL)
    return NULL;

  return format_clock (value->time_ms + g_date_time_get_utc_offset (local) / 1000, style == LIA_TEMPLATE_AS_IS ? LIA_TEMPLATE_AS_DATE_AND_TIME : style, locale);
}

static char *
format_number (const LiaTemplateValue *value,
               gboolean                groups,
               const char             *locale)
{
  g_autoptr (NumberFormat) format = NULL;
  UErrorCode status = U_ZERO_ERROR;
  UChar      text[400];
  int32_t    length;

  if (value->text != NULL && !groups)
    return g_strdup (value->text);

  format = unum_open (UNUM_DECIMAL, NULL, 0, locale, NULL, &status);
  if (U_FAILURE (status))
    return NULL;

  unum_setAttribute (format, UNUM_GROUPING_USED, groups);
  length = unum_formatDouble (format, value->number, text, G_N_ELEMENTS (text), NULL, &status);

  return U_SUCCESS (status) ? to_utf8 (text, length) : NULL;
}

/* "a, b and c" */
static char *
format_list (const LiaTemplateValue *value,
             const char             *locale)
{
  g_autoptr (UListFormatter) format = NULL;
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_free);
  g_autofree UChar *text = g_new (UChar, MAX_UNITS);
  UErrorCode        status = U_ZERO_ERROR;
  int32_t           length;

  for (guint i = 0; value->list[i] != NULL; i++)
    g_ptr_array_add (members, g_utf8_to_utf16 (value->list[i], -1, NULL, NULL, NULL));

  format = ulistfmt_open (locale, &status);
  length = ulistfmt_format (format, (const UChar *const *)members->pdata, NULL, (int32_t)members->len, text, MAX_UNITS, &status);

  return U_SUCCESS (status) ? to_utf8 (text, length) : g_strjoinv (", ", value->list);
}

/**
 * lia_template_locale_format: @value as one writes it in @locale.
 * @style: one that fits the type; see LiaTemplateStyle
 * @locale: a language tag ("de-AT"), or NULL
 * @zone: in which moments are shown
 *
 * Returns: NULL when the time is outside of what a calendar can show
 */
char *
lia_template_locale_format (const LiaTemplateValue *value,
                            LiaTemplateStyle        style,
                            const char             *locale,
                            GTimeZone              *zone)
{
  char id[ULOC_FULLNAME_CAPACITY];

  locale_id (locale, id);
  switch (value->type)
    {
    case LIA_TEMPLATE_NUMBER:
      return format_number (value, style == LIA_TEMPLATE_AS_AMOUNT, id);

    case LIA_TEMPLATE_DATE:
      return format_clock (value->time_ms, style == LIA_TEMPLATE_AS_IS ? LIA_TEMPLATE_AS_DATE : style, id);

    case LIA_TEMPLATE_TIME:
      return format_time (value, style, id, zone);

    case LIA_TEMPLATE_LIST:
      return format_list (value, id);

    case LIA_TEMPLATE_TEXT:
    default:
      return g_strdup (value->text);
    }
}

/** lia_template_locale_read_number: reads "1.234,5" as one types it in @locale. FALSE unless all of it is a number. */
gboolean
lia_template_locale_read_number (const char *typed,
                                 const char *locale,
                                 double     *number)
{
  g_autoptr (NumberFormat) format = NULL;
  g_autofree gunichar2 *text = NULL;
  UErrorCode            status = U_ZERO_ERROR;
  glong                 length;
  int32_t               position = 0;
  char                  id[ULOC_FULLNAME_CAPACITY];

  if (strlen (typed) > 60 || (text = g_utf8_to_utf16 (typed, -1, NULL, &length, NULL)) == NULL)
    return FALSE;

  locale_id (locale, id);
  format = unum_open (UNUM_DECIMAL, NULL, 0, id, NULL, &status);
  *number = unum_parseDouble (format, text, (int32_t)length, &position, &status);

  return U_SUCCESS (status) && position == length && length > 0;
}
