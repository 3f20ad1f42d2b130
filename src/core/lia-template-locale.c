/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-locale-private.h"

#include <string.h>
#include <unicode/ulistformatter.h>

/*
 * How a letter's language writes things, by ICU. GLib and the C library write dates in the agent's language; a letter needs the customer's, which is seldom
 * installed as a locale. Time zones stay GLib's: ICU gets the time that a clock on the customer's wall shows, and takes it for UTC.
 *
 * Which patterns there are for a language is CLDR's: Liaison asks for the parts ("a year, a month in letters, a day") and takes what comes. To
 * look them up takes a millisecond, to use them a microsecond, so each is kept.
 */

#define MAX_UNITS 20000
#define NAME_UNITS 128

/* Where no language is known: English, as it is written where the clock has 24 hours. CLDR's own root has "M11" for November. */
#define NO_LANGUAGE "en_150"

static const char *const skeletons[LIA_TEMPLATE_N_STYLES] = {
  [LIA_TEMPLATE_AS_DATE] = "yMMMMd",
  [LIA_TEMPLATE_AS_SHORT_DATE] = "yMMdd",
  [LIA_TEMPLATE_AS_DAY] = "EEEEMMMMd",
  [LIA_TEMPLATE_AS_WEEKDAY] = "EEEE",
  [LIA_TEMPLATE_AS_MONTH] = "LLLL",
  [LIA_TEMPLATE_AS_TIME] = "jm",
  [LIA_TEMPLATE_AS_DATE_AND_TIME] = "yMMMMdjm",
};

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

/** lia_template_locale_new: @tag is a language tag ("de-AT"), or NULL. One that nobody knows is written as English. */
LiaTemplateLocale *
lia_template_locale_new (const char *tag)
{
  LiaTemplateLocale *self = g_new0 (LiaTemplateLocale, 1);

  locale_id (tag, self->id);

  return self;
}

void
lia_template_locale_free (LiaTemplateLocale *self)
{
  for (guint i = 0; i < LIA_TEMPLATE_N_STYLES; i++)
    g_clear_pointer (&self->dates[i], udat_close);
  for (guint i = 0; i < G_N_ELEMENTS (self->numbers); i++)
    g_clear_pointer (&self->numbers[i], unum_close);
  g_clear_pointer (&self->patterns, udatpg_close);
  g_free (self);
}

/** lia_template_locale_to_utf8: before and after the colon of a time and inside of numbers, CLDR has blanks that old mail programs show as a box. */
char *
lia_template_locale_to_utf8 (UChar  *units,
                             int32_t n_units)
{
  for (int32_t i = 0; i < n_units; i++)
    {
      if (units[i] == 0x202f)
        units[i] = 0xa0;
      if (units[i] == 0x2009)
        units[i] = ' ';
    }

  return g_utf16_to_utf8 (units, n_units, NULL, NULL, NULL);
}

static UDateFormat *
get_date_format (LiaTemplateLocale *self,
                 LiaTemplateStyle   style)
{
  UErrorCode            status = U_ZERO_ERROR;
  UChar                 pattern[200];
  int32_t               length;
  g_autofree gunichar2 *skeleton = NULL;

  if (self->dates[style] != NULL)
    return self->dates[style];
  if (self->patterns == NULL)
    self->patterns = udatpg_open (self->id, &status);

  skeleton = g_utf8_to_utf16 (skeletons[style], -1, NULL, NULL, NULL);
  length = udatpg_getBestPattern (self->patterns, skeleton, -1, pattern, G_N_ELEMENTS (pattern), &status);
  self->dates[style] = udat_open (UDAT_PATTERN, UDAT_PATTERN, self->id, u"UTC", -1, pattern, length, &status);

  return self->dates[style];
}

/** lia_template_locale_format_clock: (nullable): what a clock on the wall shows, as ms since 1970. */
char *
lia_template_locale_format_clock (LiaTemplateLocale *self,
                                  gint64             clock_ms,
                                  LiaTemplateStyle   style)
{
  UDateFormat *format = get_date_format (self, style);
  UErrorCode   status = U_ZERO_ERROR;
  UChar        text[200];
  int32_t      length = 0;

  if (format == NULL)
    return NULL;

  length = udat_format (format, (UDate)clock_ms, text, G_N_ELEMENTS (text), NULL, &status);

  return U_SUCCESS (status) ? lia_template_locale_to_utf8 (text, length) : NULL;
}

static char *
format_time (LiaTemplateLocale      *self,
             const LiaTemplateValue *value,
             LiaTemplateStyle        style,
             GTimeZone              *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (value->time_ms / 1000);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? lia_template_locale_format_clock (self, value->time_ms + g_date_time_get_utc_offset (local) / 1000, style) : NULL;
}

static char *
format_number (LiaTemplateLocale      *self,
               const LiaTemplateValue *value,
               gboolean                groups)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar      text[400];
  int32_t    length;

  if (value->text != NULL && !groups)
    return g_strdup (value->text);

  if (self->numbers[groups] == NULL)
    {
      self->numbers[groups] = unum_open (UNUM_DECIMAL, NULL, 0, self->id, NULL, &status);
      if (U_FAILURE (status))
        return NULL;
      unum_setAttribute (self->numbers[groups], UNUM_GROUPING_USED, groups);
    }
  length = unum_formatDouble (self->numbers[groups], value->number, text, G_N_ELEMENTS (text), NULL, &status);

  return U_SUCCESS (status) ? lia_template_locale_to_utf8 (text, length) : NULL;
}

/* "a, b and c" */
static char *
format_list (LiaTemplateLocale      *self,
             const LiaTemplateValue *value)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_free);
  g_autofree UChar *text = g_new (UChar, MAX_UNITS);
  UErrorCode        status = U_ZERO_ERROR;
  UListFormatter   *format = ulistfmt_open (self->id, &status);
  int32_t           length;

  for (guint i = 0; value->list[i] != NULL; i++)
    g_ptr_array_add (members, g_utf8_to_utf16 (value->list[i], -1, NULL, NULL, NULL));

  length = ulistfmt_format (format, (const UChar *const *)members->pdata, NULL, (int32_t)members->len, text, MAX_UNITS, &status);
  g_clear_pointer (&format, ulistfmt_close);

  return U_SUCCESS (status) ? lia_template_locale_to_utf8 (text, length) : g_strjoinv (", ", value->list);
}

/**
 * lia_template_locale_format: @value as one writes it.
 * @style: see LiaTemplateStyle; one that the value cannot have is left out of account
 * @zone: in which moments are shown
 *
 * Returns: NULL for what cannot be written: a time outside of what a calendar can show, hours of a queue that never opens
 */
char *
lia_template_locale_format (LiaTemplateLocale      *self,
                            const LiaTemplateValue *value,
                            LiaTemplateStyle        style,
                            GTimeZone              *zone)
{
  switch (value->type)
    {
    case LIA_TEMPLATE_NUMBER:
      return format_number (self, value, style == LIA_TEMPLATE_AS_AMOUNT);

    case LIA_TEMPLATE_DATE:
      return lia_template_locale_format_clock (self, value->time_ms, style == LIA_TEMPLATE_AS_IS || style >= LIA_TEMPLATE_AS_TIME ? LIA_TEMPLATE_AS_DATE : style);

    case LIA_TEMPLATE_TIME:
      return format_time (self, value, style == LIA_TEMPLATE_AS_IS || style == LIA_TEMPLATE_AS_AMOUNT ? LIA_TEMPLATE_AS_DATE_AND_TIME : style, zone);

    case LIA_TEMPLATE_LIST:
      return format_list (self, value);

    case LIA_TEMPLATE_OPENING_HOURS:
      return lia_template_locale_format_hours (self, value->hours, value->time_ms);

    case LIA_TEMPLATE_TRUTH:
    case LIA_TEMPLATE_TEXT:
    default:
      return g_strdup (value->text);
    }
}

/** lia_template_locale_read_number: reads "1.234,5" as one types it in the language @tag. FALSE unless all of it is a number. */
gboolean
lia_template_locale_read_number (const char *typed,
                                 const char *tag,
                                 double     *number)
{
  g_autofree gunichar2 *text = NULL;
  UErrorCode            status = U_ZERO_ERROR;
  UNumberFormat        *format;
  glong                 length;
  int32_t               position = 0;
  char                  id[ULOC_FULLNAME_CAPACITY];

  if (strlen (typed) > 60 || (text = g_utf8_to_utf16 (typed, -1, NULL, &length, NULL)) == NULL)
    return FALSE;

  locale_id (tag, id);
  format = unum_open (UNUM_DECIMAL, NULL, 0, id, NULL, &status);
  *number = unum_parseDouble (format, text, (int32_t)length, &position, &status);
  g_clear_pointer (&format, unum_close);

  return U_SUCCESS (status) && position == length && length > 0;
}

/**
 * lia_template_locale_language_name: "German" for "de". @tag itself for what is no language.
 * @reader: in whose language; a tag or a name of a locale ("de_DE.UTF-8")
 */
char *
lia_template_locale_language_name (const char *tag,
                                   const char *reader)
{
  g_autofree char *in = g_strndup (reader, strcspn (reader, ".@"));
  char             id[ULOC_FULLNAME_CAPACITY], reader_id[ULOC_FULLNAME_CAPACITY];
  UErrorCode       status = U_ZERO_ERROR;
  UChar            name[NAME_UNITS];
  int32_t          length;
  char            *utf8;

  locale_id (tag, id);
  locale_id (in, reader_id);
  length = uloc_getDisplayName (id, reader_id, name, NAME_UNITS, &status);
  utf8 = U_SUCCESS (status) ? g_utf16_to_utf8 ((const gunichar2 *)name, length, NULL, NULL, NULL) : NULL;

  return utf8 != NULL ? utf8 : g_strdup (tag);
}
