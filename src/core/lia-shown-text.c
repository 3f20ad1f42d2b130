/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-shown-text.h"

/*
 * The PBX hands names on as the caller's phone wrote them, and so does SIP. What is not UTF-8 is Windows-1252, which holds Latin-1, the other one that phones
 * write. A value that the PBX had to shorten may end in a piece of a letter.
 */

#define SHORTENED_BYTES 79 /* AST_MAX_EXTENSION without the NUL */

static gsize
plain_length (const char *bytes,
              gsize       length)
{
  gsize i = 0;

  while (i < length && bytes[i] >= ' ' && bytes[i] != 0x7f)
    i++;

  return i;
}

/* TRUE when @bytes are UTF-8, of which *usable are whole letters. */
static gboolean
is_utf8 (const char *bytes,
         gsize       length,
         gsize      *usable)
{
  gboolean has_letters = FALSE;

  for (*usable = 0; *usable < length;)
    {
      const char *at = bytes + *usable;
      gunichar    letter = (guchar)*at < 0x80 ? (guchar)*at : g_utf8_get_char_validated (at, length - *usable);

      if (letter == (gunichar)-1)
        return FALSE;
      if (letter == (gunichar)-2)
        return has_letters || length >= SHORTENED_BYTES;
      has_letters |= letter >= 0x80;
      *usable += letter < 0x80 ? 1 : g_utf8_next_char (at) - at;
    }

  return TRUE;
}

/* Control characters, and what would turn the direction of the text around it. */
static gboolean
is_hidden (gunichar letter)
{
  return letter < 0x20 || (letter >= 0x7f && letter <= 0x9f) || letter == 0x061c || letter == 0x200e || letter == 0x200f ||
         (letter >= 0x2028 && letter <= 0x202e) || (letter >= 0x2066 && letter <= 0x2069) || letter == 0xfeff;
}

static gunichar
from_windows_1252 (guchar byte)
{
  static const gunichar letters[0x20] = {
    0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
    0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178
  };

  return byte >= 0x80 && byte < 0xa0 ? letters[byte - 0x80] : byte;
}

/** lia_shown_text_append: @bytes as valid UTF-8 without control characters and marks of direction. */
void
lia_shown_text_append (GString    *out,
                       const char *bytes,
                       gsize       length)
{
  gsize    plain = plain_length (bytes, length);
  gsize    usable = length;
  gboolean utf8;

  g_string_append_len (out, bytes, plain);
  if (plain == length)
    return;

  utf8 = is_utf8 (bytes, length, &usable);
  for (gsize i = plain; i < (utf8 ? usable : length);)
    {
      gunichar letter = utf8 ? g_utf8_get_char (bytes + i) : from_windows_1252 (bytes[i]);

      if (!is_hidden (letter))
        g_string_append_unichar (out, letter);
      i += utf8 ? g_utf8_next_char (bytes + i) - (bytes + i) : 1;
    }
}

/** lia_shown_text_new: (transfer full): lia_shown_text_append() by itself. */
char *
lia_shown_text_new (const char *bytes,
                    gsize       length)
{
  GString *out = g_string_sized_new (length);

  lia_shown_text_append (out, bytes, length);

  return g_string_free_and_steal (out);
}
