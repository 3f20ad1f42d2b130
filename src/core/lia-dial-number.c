/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-dial-number.h"

/* What people write between digits, and what comes along when a number is copied: blanks of all widths, marks of the writing's direction */
static gboolean
is_between (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_SPACE_SEPARATOR:
    case G_UNICODE_DASH_PUNCTUATION:
    case G_UNICODE_OPEN_PUNCTUATION:
    case G_UNICODE_CLOSE_PUNCTUATION:
    case G_UNICODE_FORMAT:
      return TRUE;
    default:
      return c == '/' || c == '.' || c == 0x2212; /* the minus */
    }
}

/* "+49 (0)30…": what is dialled inside of the country only, written beside the country's code */
static gboolean
is_trunk_digit (const char    *at,
                const GString *before)
{
  return g_str_has_prefix (at, "(0)") && (before->str[0] == '+' || g_str_has_prefix (before->str, "00"));
}

static gboolean
append (GString *digits,
        gunichar c)
{
  if (g_unichar_isdigit (c))
    g_string_append_c (digits, (char)('0' + g_unichar_digit_value (c)));
  else if (c == '*' || c == '#' || (c == '+' && digits->len == 0))
    g_string_append_c (digits, (char)c);
  else
    return is_between (c);

  return TRUE;
}

static gboolean
read_digits (const char *written,
             GString    *digits)
{
  for (const char *at = written; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (is_trunk_digit (at, digits))
        at += 2;
      else if (!append (digits, g_utf8_get_char (at)))
        return FALSE;
    }

  return digits->len <= LIA_DIAL_MAX_DIGITS && strpbrk (digits->str, "0123456789") != NULL;
}

/**
 * lia_dial_number:
 * @written: a number as people write it: "+49 (0)30 / 123-45". Any bytes will do.
 *
 * Returns: (transfer full) (nullable): what a telephone dials: digits, "*", "#" and a leading "+". NULL when there is anything else in it, so that
 *   nobody is called by a part of what was meant, or too much.
 */
char *
lia_dial_number (const char *written)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  if (!g_utf8_validate (written, -1, NULL) || !read_digits (written, digits))
    return NULL;

  return g_string_free_and_steal (g_steal_pointer (&digits));
}
