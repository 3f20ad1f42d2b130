/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Plain text of strangers -> Pango markup in which web and mail addresses and telephone numbers can be clicked. What is shown is always the address itself, so that
 * nobody is sent elsewhere than they read. Everything else is escaped.
 */

#include "lia-linkify.h"

#include "lia-phone-number.h"

#include <string.h>

#define LINK_MAX_BYTES 2000

/* By E.164, and how they are written */
#define NUMBER_MAX_DIGITS 15
#define NUMBER_MAX_BYTES 32

static gboolean
ends_link (gunichar c)
{
  /* Marks that turn the direction of text could make an address look like another. */
  if (c < 0x21 || c == '<' || c == '>' || c == '"' || c == '`' || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
      (c >= 0x2066 && c <= 0x2069))
    return TRUE;

  return g_unichar_isspace (c);
}

static gsize
link_length (const char *start,
             const char *end)
{
  const char *p = start;
  int         open = 0;

  while (p < end && !ends_link (g_utf8_get_char (p)))
    {
      open += *p == '(' ? 1 : *p == ')' ? -1
                                        : 0;
      p = g_utf8_next_char (p);
    }

  /* Punctuation at the end belongs to the sentence, and so does a bracket that was opened before the address. */
  while (p > start && (strchr (".,;:!?'*_", p[-1]) != NULL || (p[-1] == ')' && open < 0)))
    {
      open += p[-1] == ')' ? 1 : 0;
      p--;
    }

  return p - start;
}

static gboolean
has_prefix (const char *p,
            const char *end,
            const char *prefix)
{
  gsize length = strlen (prefix);

  return (gsize)(end - p) > length && g_ascii_strncasecmp (p, prefix, length) == 0;
}

static gboolean
is_local_part (char c)
{
  return g_ascii_isalnum (c) || strchr (".+-_", c) != NULL;
}

/* "ann@example.com" around the @ at @at; FALSE when it is none. */
static gboolean
find_address (const char  *text,
              const char  *at,
              const char  *end,
              const char **from,
              const char **to)
{
  const char *p = at;
  const char *q = at + 1;

  while (p > text && p[-1] != '\0' && is_local_part (p[-1]))
    p--;
  while (q < end && (g_ascii_isalnum (*q) || *q == '-' || *q == '.'))
    q++;
  while (q > at + 1 && (q[-1] == '.' || q[-1] == '-'))
    q--;

  *from = p;
  *to = q;

  return p < at && q - at > 3 && memchr (at, '.', q - at) != NULL;
}

/* "+49 30 1234-567": with its country, as without it digits may be anything. Gives the number in E.164. */
static char *
find_number (const char  *p,
             const char  *end,
             const char **to)
{
  guint            n_digits = 0;
  g_autofree char *written = NULL;

  *to = p;
  for (const char *q = p + 1; q < end && q - p < NUMBER_MAX_BYTES && (g_ascii_isdigit (*q) || strchr (" -/.()", *q) != NULL) && *q != '\0'; q++)
    if (g_ascii_isdigit (*q))
      {
        n_digits++;
        *to = q + 1;
      }
  if (n_digits < LIA_PHONE_NUMBER_MIN_END || n_digits > NUMBER_MAX_DIGITS || (*to < end && g_ascii_isalnum (**to)))
    return NULL;
  written = g_strndup (p, *to - p);

  return lia_phone_number_parse (written, NULL);
}

static void
append_number (GString    *markup,
               const char *number,
               const char *from,
               const char *to)
{
  g_string_append_printf (markup, "<a href=\"tel:%s\">%.*s</a>", number, (int)(to - from), from);
}

static void
append_link (GString    *markup,
             const char *scheme,
             const char *start,
             gsize       length)
{
  g_autofree char *escaped = g_markup_escape_text (start, length);

  g_string_append_printf (markup, "<a href=\"%s%s\">%s</a>", scheme, escaped, escaped);
}

static void
append_text (GString    *markup,
             const char *from,
             const char *to)
{
  g_autofree char *escaped = g_markup_escape_text (from, to - from);

  g_string_append (markup, escaped);
}

static gsize
link_at (const char  *p,
         const char  *end,
         const char **scheme)
{
  gsize length;

  *scheme = "";
  if (has_prefix (p, end, "https://") || has_prefix (p, end, "http://"))
    length = link_length (p, end);
  else if (has_prefix (p, end, "www.") && g_ascii_isalnum (p[4]))
    {
      *scheme = "https://";
      length = link_length (p, end);
    }
  else
    return 0;

  return length > 8 && length <= LINK_MAX_BYTES ? length : 0;
}

/**
 * lia_linkify:
 * @text: valid UTF-8
 * @length: its bytes
 *
 * Returns: Pango markup whose plain text is @text, byte for byte
 */
char *
lia_linkify (const char *text,
             gsize       length)
{
  GString    *markup = g_string_sized_new (length + 64);
  const char *end = text + length;
  const char *done = text;

  for (const char *p = text; p < end; p++)
    {
      gboolean    at_word = p == text || !g_ascii_isalnum (p[-1]);
      const char *scheme;
      gsize       n = at_word && (*p == 'h' || *p == 'H' || *p == 'w' || *p == 'W') ? link_at (p, end, &scheme) : 0;

      if (n > 0)
        {
          append_text (markup, done, p);
          append_link (markup, scheme, p, n);
          done = p + n;
          p = done - 1;
        }
      else if (*p == '@')
        {
          const char *from, *to;

          if (find_address (done, p, end, &from, &to))
            {
              append_text (markup, done, from);
              append_link (markup, "mailto:", from, to - from);
              done = to;
              p = done - 1;
            }
        }
      else if (*p == '+' && at_word)
        {
          const char      *to;
          g_autofree char *number = find_number (p, end, &to);

          if (number != NULL)
            {
              append_text (markup, done, p);
              append_number (markup, number, p, to);
              done = to;
              p = done - 1;
            }
        }
    }

  append_text (markup, done, end);

  return g_string_free (markup, FALSE);
}
