/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-personal-checks.h"

#include <arpa/inet.h>
#include <math.h>
#include <netinet/in.h>
#include <string.h>

#define MAX_DIGITS 64

/* An account's length by its country: the IBAN registry of SWIFT, ISO 13616-1 */
static const struct
{
  char   country[3];
  guint8 length;
} iban_lengths[] = {
  { "AD", 24 },
  { "AE", 23 },
  { "AL", 28 },
  { "AT", 20 },
  { "AZ", 28 },
  { "BA", 20 },
  { "BE", 16 },
  { "BG", 22 },
  { "BH", 22 },
  { "BR", 29 },
  { "BY", 28 },
  { "CH", 21 },
  { "CR", 22 },
  { "CY", 28 },
  { "CZ", 24 },
  { "DE", 22 },
  { "DK", 18 },
  { "DO", 28 },
  { "EE", 20 },
  { "EG", 29 },
  { "ES", 24 },
  { "FI", 18 },
  { "FO", 18 },
  { "FR", 27 },
  { "GB", 22 },
  { "GE", 22 },
  { "GI", 23 },
  { "GL", 18 },
  { "GR", 27 },
  { "GT", 28 },
  { "HR", 21 },
  { "HU", 28 },
  { "IE", 22 },
  { "IL", 23 },
  { "IQ", 23 },
  { "IS", 26 },
  { "IT", 27 },
  { "JO", 30 },
  { "KW", 30 },
  { "KZ", 20 },
  { "LB", 28 },
  { "LC", 32 },
  { "LI", 21 },
  { "LT", 20 },
  { "LU", 20 },
  { "LV", 21 },
  { "LY", 25 },
  { "MC", 27 },
  { "MD", 24 },
  { "ME", 22 },
  { "MK", 19 },
  { "MR", 27 },
  { "MT", 31 },
  { "MU", 30 },
  { "NL", 18 },
  { "NO", 15 },
  { "PK", 24 },
  { "PL", 28 },
  { "PS", 29 },
  { "PT", 25 },
  { "QA", 29 },
  { "RO", 24 },
  { "RS", 22 },
  { "SA", 24 },
  { "SC", 31 },
  { "SE", 24 },
  { "SI", 19 },
  { "SK", 24 },
  { "SM", 27 },
  { "ST", 25 },
  { "SV", 28 },
  { "TL", 23 },
  { "TN", 24 },
  { "TR", 26 },
  { "UA", 29 },
  { "VA", 22 },
  { "VG", 24 },
  { "XK", 20 },
};

/* The letters and digits of the part, in capitals. */
static gsize
compact (const char *text,
         gsize       start,
         gsize       end,
         char        out[MAX_DIGITS + 1])
{
  gsize n = 0;

  for (gsize i = start; i < end && n < MAX_DIGITS; i++)
    if (g_ascii_isalnum (text[i]))
      out[n++] = g_ascii_toupper (text[i]);
  out[n] = '\0';

  return n;
}

static gboolean
luhn (const char *digits,
      gsize       n)
{
  guint sum = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint digit = g_ascii_digit_value (digits[n - 1 - i]);

      if (i % 2 == 1)
        digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
      sum += digit;
    }

  return sum % 10 == 0;
}

/** lia_personal_is_luhn: a number whose last digit checks the others (ISO/IEC 7812-1, annex B); blanks and dashes do not count. */
gboolean
lia_personal_is_luhn (const char *text,
                      gsize       start,
                      gsize       end)
{
  char  digits[MAX_DIGITS + 1];
  gsize n = compact (text, start, end, digits);

  return n > 1 && strspn (digits, "0123456789") == n && luhn (digits, n);
}

/** lia_personal_is_card: 13 to 19 digits that begin as payment cards do (ISO/IEC 7812-1: 3 to 6, and 22 to 27) and whose check digit is right. */
gboolean
lia_personal_is_card (const char *text,
                      gsize       start,
                      gsize       end)
{
  char  digits[MAX_DIGITS + 1];
  gsize n = compact (text, start, end, digits);

  if (n < 13 || n > 19 || strspn (digits, "0123456789") != n || strspn (digits, digits + n - 1) == n)
    return FALSE;

  return (strchr ("3456", digits[0]) != NULL || (digits[0] == '2' && strchr ("234567", digits[1]) != NULL)) && luhn (digits, n);
}

/** lia_personal_is_iban: a country, its length of account, and the remainder 1 of 97 (ISO 13616-1, ISO 7064). */
gboolean
lia_personal_is_iban (const char *text,
                      gsize       start,
                      gsize       end)
{
  char  account[MAX_DIGITS + 1];
  gsize n = compact (text, start, end, account);
  guint rest = 0;
  gsize length = 0;

  for (guint i = 0; i < G_N_ELEMENTS (iban_lengths) && length == 0; i++)
    if (strncmp (account, iban_lengths[i].country, 2) == 0)
      length = iban_lengths[i].length;
  if (length == 0 || n != length)
    return FALSE;

  for (gsize i = 0; i < n; i++)
    {
      char c = account[(i + 4) % n];

      rest = g_ascii_isdigit (c) ? rest * 10 + (c - '0') : rest * 100 + (c - 'A' + 10);
      rest %= 97;
    }

  return rest == 1;
}

/* How far before a number the word for a version may stand, in bytes */
#define VERSION_REACH 28

/* "version 4.2.1.12", "Firmware auf 10.1.175.16", "wersja 2.18.0.3": four numbers with points, but no address */
static gboolean
is_version (const char *text,
            gsize       start)
{
  static const char *const words[] = { "version", "versión", "versione", "versão", "versie", "wersj", "sürüm", "build", "release", "firmware", "driver", "treiber", "pilote", "update", "upgrade", "patch", " rel", " v." };
  gsize                    from = start - MIN (start, VERSION_REACH);
  g_autofree char         *before = g_ascii_strdown (text + from, start - from);
  const char              *line = strrchr (before, '\n');

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (line != NULL ? line : before, words[i]) != NULL)
      return TRUE;

  return FALSE;
}

/** lia_personal_is_ip: an address that is somebody's: not this machine's, nobody's or everybody's (RFC 6890). */
gboolean
lia_personal_is_ip (const char *text,
                    gsize       start,
                    gsize       end)
{
  g_autofree char *written = g_strndup (text + start, end - start);
  struct in_addr   four;
  struct in6_addr  six;

  if (inet_pton (AF_INET, written, &four) == 1)
    {
      guint32 address = ntohl (four.s_addr);

      return (address >> 24) != 0 && (address >> 24) != 127 && (address >> 24) != 255 && !is_version (text, start);
    }

  return inet_pton (AF_INET6, written, &six) == 1 && !IN6_IS_ADDR_LOOPBACK (&six) && !IN6_IS_ADDR_UNSPECIFIED (&six) &&
         strlen (written) >= 6;
}

/** lia_personal_is_telephone: by its look alone: 7 to 15 digits (E.164), and neither a date nor a number with a decimal point. */
gboolean
lia_personal_is_telephone (const char *text,
                           gsize       start,
                           gsize       end)
{
  static const char *const dates[] = {
    "^(0?[1-9]|[12]\\d|3[01])[./-](0?[1-9]|1[0-2])[./-](19|20)?\\d\\d(\\s.*)?$",
    "^(19|20)\\d\\d[./-](0?[1-9]|1[0-2])[./-](0?[1-9]|[12]\\d|3[01])(\\D.*)?$",
    "^\\d{1,3}([.,  ]\\d{3})*[.,]\\d{1,2}$",
  };
  g_autofree char *written = g_strndup (text + start, end - start);
  char             digits[MAX_DIGITS + 1];
  gsize            n = compact (text, start, end, digits);

  if (n < 7 || n > 15 + 5) /* with an extension */
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    if (g_regex_match_simple (dates[i], written, 0, 0))
      return FALSE;

  return TRUE;
}

/* How much there is to say about a next letter, in bits: words of a language have about 3 to 4, random letters more. */
static double
entropy (const char *text,
         gsize       n)
{
  guint  counts[256] = { 0 };
  double bits = 0;

  for (gsize i = 0; i < n; i++)
    counts[(guchar)text[i]]++;
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    if (counts[i] > 0)
      bits -= (double)counts[i] / n * log2 ((double)counts[i] / n);

  return bits;
}

/* How many of each, and how often letters and digits take turns */
typedef struct
{
  guint upper;
  guint lower;
  guint digits;
  guint changes;
} Mixture;

static Mixture
count_mixture (const char *text,
               gsize       start,
               gsize       end)
{
  Mixture mixture = { 0 };

  for (gsize i = start; i < end; i++)
    {
      mixture.upper += g_ascii_isupper (text[i]) ? 1 : 0;
      mixture.lower += g_ascii_islower (text[i]) ? 1 : 0;
      mixture.digits += g_ascii_isdigit (text[i]) ? 1 : 0;
      mixture.changes += i > start && g_ascii_isdigit (text[i]) != g_ascii_isdigit (text[i - 1]) ? 1 : 0;
    }

  return mixture;
}

/** lia_personal_is_random: letters of both cases and digits in no order: a key, not a word, a class or a checksum. */
gboolean
lia_personal_is_random (const char *text,
                        gsize       start,
                        gsize       end)
{
  Mixture mixture = count_mixture (text, start, end);

  return mixture.upper >= 3 && mixture.lower >= 3 && mixture.digits >= 3 && mixture.changes >= 4 && entropy (text + start, end - start) > 3.8;
}

/** lia_personal_is_mixed: letters of both cases and figures by turns, as in the keys of links: not a name with a number, a checksum or an article. */
gboolean
lia_personal_is_mixed (const char *text,
                       gsize       start,
                       gsize       end)
{
  Mixture mixture = count_mixture (text, start, end);

  return mixture.upper > 0 && mixture.lower > 0 && mixture.digits > 0 && mixture.changes >= 3;
}

/* Stars, or a variable's name: what stands in a secret's place. */
static gboolean
is_stand_in (const char *text,
             gsize       start,
             gsize       end)
{
  static const char *const openings[] = { "${", "$(", "{{", "%(", "<" };

  for (guint i = 0; i < G_N_ELEMENTS (openings); i++)
    if (g_str_has_prefix (text + start, openings[i]))
      return TRUE;

  return strspn (text + start, "*.xX•…-") >= end - start;
}

/** lia_personal_is_hidden: what stands where only a password does, in quotes or a configuration. */
gboolean
lia_personal_is_hidden (const char *text,
                        gsize       start,
                        gsize       end)
{
  return !is_stand_in (text, start, end);
}

/** lia_personal_is_secret: what follows "password:" and is none of the words that are said about passwords, nor a row of stars. */
gboolean
lia_personal_is_secret (const char *text,
                        gsize       start,
                        gsize       end)
{
  gboolean odd = FALSE;

  for (gsize i = start; i < end; i++)
    odd = odd || g_ascii_isdigit (text[i]) || strchr ("!$%&#@+=_~^/\\", text[i]) != NULL;

  return odd && end - start >= 4 && !is_stand_in (text, start, end);
}

/** lia_personal_is_login: not one of the names that each machine has. */
gboolean
lia_personal_is_login (const char *text,
                       gsize       start,
                       gsize       end)
{
  static const char *const everybodys[] = { "public", "default", "all users", "root", "admin", "administrator", "user", "users", "shared", "runner",
                                            "www-data", "guest", "nobody", "service", "system", "test", "ubuntu", "app", "username", "node",
                                            "postgres", "git", "benutzer", "usuario", "build", "jenkins", "demo", "name", "web", "backup",
                                            "everybody" };

  for (guint i = 0; i < G_N_ELEMENTS (everybodys); i++)
    if (strlen (everybodys[i]) == end - start && g_ascii_strncasecmp (text + start, everybodys[i], end - start) == 0)
      return FALSE;

  return end > start;
}

/** lia_personal_is_pesel: Poland's number of a person: a birthday and a check digit by the weights 1 3 7 9. */
gboolean
lia_personal_is_pesel (const char *text,
                       gsize       start,
                       gsize       end)
{
  static const guint weights[] = { 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1 };
  guint              sum = 0;

  if (end - start != G_N_ELEMENTS (weights))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += weights[i] * g_ascii_digit_value (text[start + i]);

  return sum % 10 == 0;
}

/** lia_personal_is_tckn: Turkey's number of a person: eleven digits, the last two of which check the others. */
gboolean
lia_personal_is_tckn (const char *text,
                      gsize       start,
                      gsize       end)
{
  guint odd = 0, even = 0, ninth;

  if (end - start != 11 || text[start] == '0')
    return FALSE;
  for (guint i = 0; i < 9; i++)
    *(i % 2 == 0 ? &odd : &even) += g_ascii_digit_value (text[start + i]);

  ninth = (odd * 7 + 10 * 9 - even) % 10;
  return (guint)g_ascii_digit_value (text[start + 9]) == ninth && (guint)g_ascii_digit_value (text[start + 10]) == (odd + even + ninth) % 10;
}
