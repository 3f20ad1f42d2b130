/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-mime-text.h"

#include <errno.h>
#include <string.h>

/* Names that mail programs write, and what they mean by them. */
static const char *const charset_map[][2] = {
  { "iso-8859-1", "windows-1252" },
  { "iso8859-1", "windows-1252" },
  { "latin1", "windows-1252" },
  { "cp-1252", "windows-1252" },
  { "ansi", "windows-1252" },
  { "iso-8859-9", "windows-1254" },
  { "iso-8859-11", "cp874" },
  { "tis-620", "cp874" },
  { "gb2312", "gb18030" },
  { "gbk", "gb18030" },
  { "x-gbk", "gb18030" },
  { "gb_2312-80", "gb18030" },
  { "ks_c_5601-1987", "cp949" },
  { "ks_c_5601", "cp949" },
  { "euc-kr", "cp949" },
  { "shift_jis", "cp932" },
  { "shift-jis", "cp932" },
  { "x-sjis", "cp932" },
  { "windows-31j", "cp932" },
  { "iso-2022-jp", "cp50220" },
  { "big5", "big5-hkscs" },
  { "x-big5", "big5-hkscs" },
  { "x-mac-roman", "macintosh" },
  { "unicode-1-1-utf-7", "utf-7" },
  { "iso-8859-8-i", "iso-8859-8" },
  { "x-unknown", "" },
  { "unknown-8bit", "" },
  { "default", "" },
  { "unknown", "" },
  { "us-ascii", "" },
  { "ascii", "" },
  { "utf8", "utf-8" },
  { "utf-8-mac", "utf-8" },
  { "none", "" },
  { "binary", "" },
  { "8bit", "" },
};

static const char *
map_charset (const char *charset)
{
  if (charset == NULL || strlen (charset) > 40)
    return "";

  for (guint i = 0; i < G_N_ELEMENTS (charset_map); i++)
    {
      if (g_ascii_strcasecmp (charset, charset_map[i][0]) == 0)
        return charset_map[i][1];
    }

  return charset;
}

/* What iconv cannot read becomes U+FFFD, a byte at a time. Returns NULL where it does not know the charset. */
static char *
convert (const guint8 *bytes,
         gsize         length,
         const char   *charset,
         guint        *errors)
{
  GIConv   converter = g_iconv_open ("UTF-8", charset);
  GString *out;
  char    *in = (char *)bytes;
  gsize    left = length;

  if (converter == (GIConv)-1)
    return strcmp (charset, "cp50220") == 0 ? convert (bytes, length, "iso-2022-jp", errors) : NULL;

  out = g_string_sized_new (length + length / 2 + 16);

  while (left > 0)
    {
      char  buffer[4096];
      char *write = buffer;
      gsize room = sizeof buffer;
      gsize result = g_iconv (converter, &in, &left, &write, &room);
      int   problem = errno;

      g_string_append_len (out, buffer, write - buffer);

      if (result == (gsize)-1 && problem != E2BIG && left > 0)
        {
          g_string_append (out, "\xef\xbf\xbd");
          (*errors)++;
          in++;
          left--;
        }
    }

  g_iconv_close (converter);

  return g_string_free_and_steal (out);
}

/* <meta charset=x> or <meta http-equiv content="text/html; charset=x"> in the first KB. */
static char *
meta_charset (const guint8 *bytes,
              gsize         length)
{
  g_autofree char *head = g_ascii_strdown ((const char *)bytes, MIN (length, 2048));
  const char      *meta = strstr (head, "<meta");
  const char      *found = meta != NULL ? strstr (meta, "charset") : NULL;
  gsize            name = 0;

  if (found == NULL)
    return NULL;

  found += strlen ("charset");
  found += strspn (found, " =\"'");
  name = strspn (found, "abcdefghijklmnopqrstuvwxyz0123456789-_");

  return name > 0 && name <= 40 ? g_strndup (found, name) : NULL;
}

/**
 * lia_mime_text_decode:
 * @charset: (nullable): as the message says
 * @html: whether a <meta> may tell the charset
 * @errors: (inout): raised by the number of bytes that had no meaning
 *
 * Returns: (transfer full): clean UTF-8, whatever the bytes are
 */
char *
lia_mime_text_decode (const guint8 *bytes,
                      gsize         length,
                      const char   *charset,
                      gboolean      html,
                      guint        *errors)
{
  const char      *mapped = map_charset (charset);
  g_autofree char *meta = NULL;
  g_autofree char *text = NULL;

  if (length >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    return lia_mime_text_decode (bytes + 3, length - 3, "utf-8", FALSE, errors);

  if (length >= 2 && (memcmp (bytes, "\xff\xfe", 2) == 0 || memcmp (bytes, "\xfe\xff", 2) == 0))
    mapped = "utf-16";

  if (*mapped == '\0' && html && !g_utf8_validate_len ((const char *)bytes, length, NULL))
    mapped = map_charset (meta = meta_charset (bytes, length));

  /* The C library's tables are the same for UTF-8, but this is quicker. NUL bytes are cleaned away later. */
  if (*mapped == '\0' || g_ascii_strcasecmp (mapped, "utf-8") == 0)
    {
      g_autofree char *valid = NULL;
      const char      *end;
      const char      *p = (const char *)bytes;
      gboolean         all = TRUE;

      for (gsize left = length; left > 0 && all; left = length - (p - (const char *)bytes))
        {
          all = g_utf8_validate_len (p, left, &end) || *end == '\0';
          p = end + (all && end < (const char *)bytes + length ? 1 : 0);
        }

      if (all)
        return lia_mime_text_clean ((const char *)bytes, length);

      if (*mapped != '\0')
        {
          valid = convert (bytes, length, "utf-8", errors);

          return lia_mime_text_clean (valid, strlen (valid));
        }
    }

  if (*mapped != '\0')
    text = convert (bytes, length, mapped, errors);

  if (text == NULL)
    text = convert (bytes, length, "windows-1252", errors);

  return lia_mime_text_clean (text != NULL ? text : "", text != NULL ? strlen (text) : 0);
}

/**
 * lia_mime_text_clean:
 * @text: UTF-8, may hold NUL bytes
 *
 * Returns: (transfer full): lines end in \n, tabs stay, other control characters are gone, invalid bytes are U+FFFD
 */
char *
lia_mime_text_clean (const char *text,
                     gsize       length)
{
  GString    *out = g_string_sized_new (length);
  const char *end = text + length;

  while (text < end)
    {
      const char *run = text;
      gunichar    letter;

      while (text < end && (guchar)*text < 0x80 && (*text >= ' ' || *text == '\n' || *text == '\t') && *text != 0x7f)
        text++;

      g_string_append_len (out, run, text - run);

      if (text == end)
        break;

      if ((guchar)*text < 0x80)
        {
          if (*text == '\f' || (*text == '\r' && (text + 1 == end || text[1] != '\n')))
            g_string_append_c (out, '\n');

          text++;
          continue;
        }

      letter = g_utf8_get_char_validated (text, end - text);

      if (letter == (gunichar)-1 || letter == (gunichar)-2)
        {
          g_string_append (out, "\xef\xbf\xbd");
          text++;
          continue;
        }

      if (letter == 0x2028 || letter == 0x2029 || letter == 0x85)
        g_string_append_c (out, '\n');
      else if (letter > 0x9f && letter != 0xfeff)
        g_string_append_len (out, text, g_utf8_next_char (text) - text);

      text = g_utf8_next_char (text);
    }

  return g_string_free_and_steal (out);
}

static gboolean
is_directional (gunichar letter)
{
  return (letter >= 0x202a && letter <= 0x202e) || (letter >= 0x2066 && letter <= 0x2069) || letter == 0x200e || letter == 0x200f || letter == 0x61c;
}

/**
 * lia_mime_text_line:
 * @text: (nullable):
 *
 * Returns: (transfer full): for names and subjects: clean, on one line, without the characters that turn the reading direction, so that a name
 *   cannot pretend to be another
 */
char *
lia_mime_text_line (const char *text)
{
  g_autofree char *clean = lia_mime_text_clean (text != NULL ? text : "", text != NULL ? strlen (text) : 0);
  GString         *out = g_string_sized_new (strlen (clean));

  for (const char *p = clean; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      if (letter == '\n' || letter == '\t' || letter == ' ')
        {
          if (out->len > 0 && out->str[out->len - 1] != ' ')
            g_string_append_c (out, ' ');
        }
      else if (!is_directional (letter))
        {
          g_string_append_unichar (out, letter);
        }
    }

  g_strchomp (out->str);

  return g_string_free_and_steal (out);
}

/**
 * lia_mime_text_unflow:
 *
 * Joins what a sender's program wrapped: format=flowed, RFC 3676 §4. A line that ends in a blank goes on in the next one of the same quote
 * depth; the signature's "-- " does not.
 */
char *
lia_mime_text_unflow (const char *text,
                      gboolean    delsp)
{
  GString *out = g_string_sized_new (strlen (text));
  gboolean flowing = FALSE;
  gsize    flow_depth = 0;

  while (*text != '\0')
    {
      gsize    length = strcspn (text, "\n");
      gsize    depth = strspn (text, ">");
      gsize    start;
      gboolean soft;

      depth = MIN (depth, length);
      start = depth + (depth < length && text[depth] == ' ');
      soft = length > start && text[length - 1] == ' ' && !(length - start == 3 && memcmp (text + start, "-- ", 3) == 0);

      if (!flowing || depth != flow_depth || (length - start == 3 && memcmp (text + start, "-- ", 3) == 0))
        {
          if (flowing)
            g_string_append_c (out, '\n');

          for (gsize i = 0; i < depth; i++)
            g_string_append_c (out, '>');

          if (depth > 0)
            g_string_append_c (out, ' ');
        }

      g_string_append_len (out, text + start, length - start - (soft && delsp));
      flowing = soft;
      flow_depth = depth;

      text += length;

      if (*text == '\n')
        {
          if (!soft)
            g_string_append_c (out, '\n');

          text++;
        }
    }

  return g_string_free_and_steal (out);
}

/**
 * lia_mime_text_file_name:
 * @name: (nullable): as the message says
 *
 * Returns: (transfer full): only a label, never a path: the last component, no characters that a file system or an eye could mistake, at most
 *   120 bytes with the extension kept; "attachment" where nothing is left
 */
char *
lia_mime_text_file_name (const char *name)
{
  g_autofree char *line = lia_mime_text_line (name);
  GString         *out;
  char            *base = line;
  char            *dot;

  for (char *p = line; *p != '\0'; p++)
    {
      if (*p == '/' || *p == '\\')
        base = p + 1;
    }

  for (char *p = base; *p != '\0'; p++)
    {
      if (strchr (":*?\"<>|", *p) != NULL)
        *p = '_';
    }

  while (*base == '.' || *base == ' ' || *base == '~')
    base++;

  for (gsize length = strlen (base); length > 0 && (base[length - 1] == '.' || base[length - 1] == ' '); length--)
    base[length - 1] = '\0';

  if (*base == '\0')
    return g_strdup ("attachment");

  if (strlen (base) <= 120)
    return g_strdup (base);

  dot = strrchr (base, '.');
  out = g_string_new (base);

  if (dot != NULL && strlen (dot) <= 16)
    {
      lia_mime_text_truncate (out->str, 120 - strlen (dot));
      out->len = strlen (out->str);
      g_string_append (out, dot);
    }
  else
    {
      lia_mime_text_truncate (out->str, 120);
    }

  return g_string_free_and_steal (out);
}

/** lia_mime_text_truncate: cuts @text in place between two characters. */
void
lia_mime_text_truncate (char *text,
                        gsize max_bytes)
{
  if (strlen (text) <= max_bytes)
    return;

  while (max_bytes > 0 && ((guchar)text[max_bytes] & 0xc0) == 0x80)
    max_bytes--;

  text[max_bytes] = '\0';
}
