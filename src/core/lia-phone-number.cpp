/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The one file of C++: libphonenumber has no other interface. Nothing of it leaves this file, and every function here is C to its callers.
 */

#include "lia-phone-number.h"

#include <phonenumbers/phonenumbermatch.h>
#include <phonenumbers/phonenumbermatcher.h>
#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;
using i18n::phonenumbers::ShortNumberInfo;

/* What PBXs and carriers write where there is no number */
static const char *const withheld_words[] = { "anonymous", "unknown", "<unknown>", "private", "restricted", "withheld", "unavailable", "invalid", "asterisk", "s" };

/* A number's longest sensible text, with all its blanks and brackets */
constexpr gsize max_raw_bytes = 100;

/* libphonenumber reads no longer ones; an exchange, which counts along, is not interested in what comes later */
constexpr gsize max_dialled_bytes = 17;

/* Candidates in a text that turn out to be no numbers before it is given up: a log can have thousands */
constexpr int max_tries = 65535;

/* "sip:+4930…@carrier.example" -> "+4930…"; "" when it cannot be a number at all */
static std::string
bare (const char *raw)
{
  if (raw == nullptr || strlen (raw) > max_raw_bytes || !g_utf8_validate (raw, -1, nullptr))
    return "";
  for (const char *scheme : { "sip:", "sips:", "tel:" })
    {
      if (g_ascii_strncasecmp (raw, scheme, strlen (scheme)) == 0)
        raw += strlen (scheme);
    }

  std::string number (raw);
  number.resize (MIN (number.size (), number.find_first_of ("@;")));

  return number;
}

static std::string
region_of (const char *country)
{
  return country != nullptr && country[0] != '\0' ? country : "ZZ"; /* libphonenumber's word for none */
}

/* An extension inside of the house ("1001") is possible in some countries' plans; only what can be called from outside is a number */
static bool
read_number (const char  *raw,
             const char  *country,
             PhoneNumber *number)
{
  const PhoneNumberUtil *util = PhoneNumberUtil::GetInstance ();
  const std::string      text = bare (raw);

  if (text.empty () || util->Parse (text, region_of (country), number) != PhoneNumberUtil::NO_PARSING_ERROR)
    return false;
  if (util->IsPossibleNumberWithReason (*number) != PhoneNumberUtil::IS_POSSIBLE)
    return false;

  std::string national;
  util->GetNationalSignificantNumber (*number, &national);

  return text[0] == '+' || national.size () >= LIA_PHONE_NUMBER_MIN_END || util->IsValidNumber (*number);
}

static std::string
format (const PhoneNumber                 &number,
        PhoneNumberUtil::PhoneNumberFormat kind)
{
  std::string text;

  PhoneNumberUtil::GetInstance ()->Format (number, kind, &text);

  return text;
}

/** lia_phone_number_is_withheld: whether this stands where a caller showed no number; also TRUE for NULL and "". */
gboolean
lia_phone_number_is_withheld (const char *raw)
{
  if (raw == nullptr || raw[0] == '\0')
    return TRUE;

  for (const char *word : withheld_words)
    {
      if (g_ascii_strcasecmp (bare (raw).c_str (), word) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * lia_phone_number_parse:
 * @raw: (nullable): as it was dialled, written or signalled; also sip: and tel: addresses
 *
 * Returns: (nullable): the number in E.164 ("+493012345678"), or NULL when @raw is none that could be called from outside
 */
char *
lia_phone_number_parse (const char *raw,
                        const char *country)
{
  PhoneNumber number;

  if (!read_number (raw, country, &number))
    return nullptr;
  number.clear_extension ();

  return g_strdup (format (number, PhoneNumberUtil::E164).c_str ());
}

/**
 * lia_phone_number_format:
 *
 * Returns: the number as people of @country write it: without the country code when it is one of theirs. What is no number comes back as it is,
 *   without control characters.
 */
char *
lia_phone_number_format (const char *raw,
                         const char *country)
{
  const PhoneNumberUtil *util = PhoneNumberUtil::GetInstance ();
  PhoneNumber            number;

  if (read_number (raw, country, &number))
    {
      const bool own = util->GetCountryCodeForRegion (region_of (country)) == number.country_code ();

      return g_strdup (format (number, own ? PhoneNumberUtil::NATIONAL : PhoneNumberUtil::INTERNATIONAL).c_str ());
    }

  char *text = g_utf8_make_valid (raw != nullptr ? raw : "", -1);
  for (char *c = text; *c != '\0'; c++)
    *c = (guchar)*c < 0x20 || *c == 0x7f ? ' ' : *c;

  return text;
}

/** lia_phone_number_show: as lia_phone_number_format(), in an isolate: its plus sign stays in front in a text that runs from right to left. */
char *
lia_phone_number_show (const char *raw,
                       const char *country)
{
  g_autofree char *written = lia_phone_number_format (raw, country);

  return g_strconcat ("\u2066", written, "\u2069", nullptr);
}

/**
 * lia_phone_number_end:
 *
 * Returns: (nullable): the last %LIA_PHONE_NUMBER_MIN_END digits, by which numbers that may be the same are looked up; NULL when there are fewer
 */
char *
lia_phone_number_end (const char *raw)
{
  std::string digits = bare (raw);

  PhoneNumberUtil::GetInstance ()->NormalizeDigitsOnly (&digits);
  if (digits.size () < LIA_PHONE_NUMBER_MIN_END)
    return nullptr;

  return g_strdup (digits.substr (digits.size () - LIA_PHONE_NUMBER_MIN_END).c_str ());
}

/**
 * lia_phone_number_match:
 * @reason: (out): why: "same-number", "same-national-number", "same-end", or "" without a match. Static.
 *
 * How likely two numbers are one line. Exact: the same in E.164. Two whole numbers that differ never match. Where one of them is
 * not a whole number, the same national number is likely, and an end of at least %LIA_PHONE_NUMBER_MIN_END digits in common a guess.
 */
LiaMatchLevel
lia_phone_number_match (const char  *a,
                        const char  *b,
                        const char  *country,
                        const char **reason)
{
  const PhoneNumberUtil *util = PhoneNumberUtil::GetInstance ();
  PhoneNumber            number_a;
  PhoneNumber            number_b;

  *reason = "";
  if (lia_phone_number_is_withheld (a) || lia_phone_number_is_withheld (b))
    return LIA_MATCH_NONE;

  if (read_number (a, country, &number_a) && read_number (b, country, &number_b))
    {
      if (format (number_a, PhoneNumberUtil::E164) != format (number_b, PhoneNumberUtil::E164))
        return LIA_MATCH_NONE;
      *reason = "same-number";
      return LIA_MATCH_EXACT;
    }

  g_autofree char *end_a = lia_phone_number_end (a);
  g_autofree char *end_b = lia_phone_number_end (b);

  if (end_a == nullptr || g_strcmp0 (end_a, end_b) != 0)
    return LIA_MATCH_NONE;
  if (util->IsNumberMatchWithTwoStrings (bare (a), bare (b)) == PhoneNumberUtil::NSN_MATCH)
    {
      *reason = "same-national-number";
      return LIA_MATCH_LIKELY;
    }

  *reason = "same-end";

  return LIA_MATCH_GUESS;
}

/* What is no whole number of the country's: an extension, or a short number that may cost extra */
static LiaNumberKind
kind_of_short (const std::string &text,
               const std::string &region)
{
  const ShortNumberInfo info;
  PhoneNumber           number;

  if (region != "ZZ" && PhoneNumberUtil::GetInstance ()->Parse (text, region, &number) == PhoneNumberUtil::NO_PARSING_ERROR &&
      info.IsValidShortNumberForRegion (number, region) && info.GetExpectedCostForRegion (number, region) == ShortNumberInfo::PREMIUM_RATE)
    return LIA_NUMBER_PREMIUM;

  return LIA_NUMBER_INTERNAL;
}

/* Of ITU-T E.164's list: Inmarsat, the satellites' common code, and the networks of no country, by which most of the others are reached */
static bool
is_satellite (int country_code)
{
  return country_code == 870 || country_code == 881 || country_code == 882 || country_code == 883;
}

static bool
costs_extra (const PhoneNumber &number)
{
  const PhoneNumberUtil::PhoneNumberType type = PhoneNumberUtil::GetInstance ()->GetNumberType (number);

  return type == PhoneNumberUtil::PREMIUM_RATE || type == PhoneNumberUtil::SHARED_COST || is_satellite (number.country_code ());
}

/* A number that is too long calls whom its beginning belongs to. */
static bool
begins_with_extra_cost (PhoneNumber number)
{
  return PhoneNumberUtil::GetInstance ()->TruncateTooLongNumber (&number) && costs_extra (number);
}

/* What is dialled before another country's code: two ways cover nearly all countries. */
static gsize
count_way_abroad (const std::string &text)
{
  return text[0] == '+' ? 1 : text.compare (0, 2, "00") == 0 ? 2
                          : text.compare (0, 3, "011") == 0  ? 3
                                                             : 0;
}

/* Where nobody said whose numbers they are, only a "+" tells libphonenumber that a number is abroad. */
static bool
parse_dialled (const std::string &text,
               const std::string &region,
               PhoneNumber       *number)
{
  const gsize       way = region == "ZZ" ? count_way_abroad (text) : 0;
  const std::string read = (way > 0 ? "+" + text.substr (way) : text).substr (0, max_dialled_bytes);

  return PhoneNumberUtil::GetInstance ()->Parse (read, region, number) == PhoneNumberUtil::NO_PARSING_ERROR;
}

/**
 * lia_phone_number_kind:
 * @dialled: digits, "*", "#" and a leading "+"
 */
LiaNumberKind
lia_phone_number_kind (const char *dialled,
                       const char *country)
{
  const PhoneNumberUtil *util = PhoneNumberUtil::GetInstance ();
  const std::string      text = bare (dialled);
  const std::string      region = region_of (country);
  const ShortNumberInfo  info;
  PhoneNumber            number;

  if (region == "ZZ" ? text == "112" || text == "911" : info.IsEmergencyNumber (text, region))
    return LIA_NUMBER_EMERGENCY;
  if (text.find_first_of ("*#") != std::string::npos)
    return text.size () < LIA_PHONE_NUMBER_MIN_END ? LIA_NUMBER_INTERNAL : LIA_NUMBER_CODE;
  if (!parse_dialled (text, region, &number))
    return count_way_abroad (text) > 0 ? LIA_NUMBER_INTERNATIONAL : LIA_NUMBER_INTERNAL;
  if (costs_extra (number) || begins_with_extra_cost (number))
    return LIA_NUMBER_PREMIUM;
  if (number.country_code () != util->GetCountryCodeForRegion (region))
    return LIA_NUMBER_INTERNATIONAL;

  return util->IsValidNumber (number) ? LIA_NUMBER_NATIONAL : kind_of_short (text, region);
}

/** lia_phone_number_is_country: whether numbers can be read as those of @country ("DE", upper case). */
gboolean
lia_phone_number_is_country (const char *country)
{
  return country != nullptr && PhoneNumberUtil::GetInstance ()->GetCountryCodeForRegion (country) != 0;
}

/** lia_phone_number_country: (nullable): "DE" for "+4930123456"; NULL for a number of no country, or without its code. */
char *
lia_phone_number_country (const char *number)
{
  const PhoneNumberUtil *util = PhoneNumberUtil::GetInstance ();
  PhoneNumber            parsed;
  std::string            country;

  if (!read_number (number, nullptr, &parsed))
    return nullptr;

  /* A number that nobody has yet is of the largest country that has the code. */
  util->GetRegionCodeForNumber (parsed, &country);
  if (country.size () != 2 || country == "ZZ")
    util->GetRegionCodeForCountryCode (parsed.country_code (), &country);

  /* 001 stands for the world */
  return country.size () == 2 && country != "ZZ" ? g_strdup (country.c_str ()) : nullptr;
}

/**
 * lia_phone_number_find:
 * @text: valid UTF-8
 *
 * Calls @func for each valid number in @text, in order, with its extension: those of @country in any form, those of others with their country code.
 */
void
lia_phone_number_find (const char        *text,
                       const char        *country,
                       LiaPhoneNumberFunc func,
                       gpointer           data)
{
  using i18n::phonenumbers::PhoneNumberMatch;
  using i18n::phonenumbers::PhoneNumberMatcher;

  PhoneNumberMatcher matcher (*PhoneNumberUtil::GetInstance (), text, region_of (country), PhoneNumberMatcher::STRICT_GROUPING, max_tries);
  PhoneNumberMatch   match;

  while (matcher.HasNext () && matcher.Next (&match))
    func (match.start (), match.end (), data);
}
