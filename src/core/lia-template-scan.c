/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-scan.h"

#include "lia-config.h"

#include "lia-template.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * The smallest pieces of a response: blanks, words, quoted texts. Responses are pasted from letters and web pages, so any blank of Unicode is
 * one, and quotation marks that a word processor has made curly are quotation marks.
 */

#define MAX_ERRORS 20

/* Not g_str_has_prefix(), which measures the whole rest of the text first */
static gboolean
begins (const char *at,
        const char *with)
{
  return strncmp (at, with, strlen (with)) == 0;
}

/** lia_template_scan_forward: @n_bytes are whole characters. */
void
lia_template_scan_forward (LiaTemplateScan *self,
                           gsize            n_bytes)
{
  const char *end = self->at + n_bytes;

  for (; self->at < end; self->at = g_utf8_next_char (self->at))
    self->chars++;
}

static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x200b || c == 0xfeff;
}

void
lia_template_scan_blanks (LiaTemplateScan *self)
{
  while (*self->at != '\0' && is_blank (g_utf8_get_char (self->at)))
    lia_template_scan_forward (self, g_utf8_skip[(guchar)*self->at]);
}

gboolean
lia_template_scan_peek (const LiaTemplateScan *self,
                        const char            *literal)
{
  return begins (self->at, literal);
}

/** lia_template_scan_literal: steps over @literal if it comes next. */
gboolean
lia_template_scan_literal (LiaTemplateScan *self,
                           const char      *literal)
{
  if (!lia_template_scan_peek (self, literal))
    return FALSE;

  lia_template_scan_forward (self, strlen (literal));

  return TRUE;
}

static gsize
word_length (const LiaTemplateScan *self,
             const char            *also)
{
  const char *end = self->at;

  while (*end != '\0' && (g_unichar_isalnum (g_utf8_get_char (end)) || ((guchar)*end < 0x80 && strchr (also, *end) != NULL)))
    end = g_utf8_next_char (end);

  return end - self->at;
}

/** lia_template_scan_word: letters, digits and what @also has; NULL if none of them comes next. */
char *
lia_template_scan_word (LiaTemplateScan *self,
                        const char      *also)
{
  gsize length = word_length (self, also);
  char *word = length > 0 ? g_strndup (self->at, length) : NULL;

  lia_template_scan_forward (self, length);

  return word;
}

/** lia_template_scan_keyword: steps over @keyword, in any case, if just this word comes next. */
gboolean
lia_template_scan_keyword (LiaTemplateScan *self,
                           const char      *keyword)
{
  gsize length = word_length (self, "_.");

  if (length != strlen (keyword) || g_ascii_strncasecmp (self->at, keyword, length) != 0)
    return FALSE;

  lia_template_scan_forward (self, length);

  return TRUE;
}

gboolean
lia_template_scan_is_quote (const LiaTemplateScan *self)
{
  return lia_template_scan_peek (self, "\"") || lia_template_scan_peek (self, "“") || lia_template_scan_peek (self, "„") ||
         lia_template_scan_peek (self, "”") || lia_template_scan_peek (self, "«");
}

static gboolean
closes (const char *opening,
        const char *at)
{
  if (*opening == '"')
    return *at == '"';
  if (begins (opening, "«"))
    return begins (at, "»");

  return begins (at, "”") || begins (at, "“");
}

/**
 * lia_template_scan_quoted: the text between the quotation marks that come next. In it `\"` is a quotation mark and `\\` a backslash.
 * @braces: whether two braces may be in it. Else they show that the second mark was forgotten
 *
 * Returns: NULL, and an error is noted, if the second mark is missing
 */
char *
lia_template_scan_quoted (LiaTemplateScan *self,
                          gboolean         braces)
{
  const char *opening = self->at;
  const char *at = g_utf8_next_char (opening);
  g_autoptr (GString) text = g_string_new (NULL);

  while (*at != '\0' && !closes (opening, at) && (braces || !(at[1] == at[0] && (at[0] == '{' || at[0] == '}'))))
    {
      if (at[0] == '\\' && (at[1] == '\\' || at[1] == '"'))
        at++;
      g_string_append_len (text, at, g_utf8_skip[(guchar)*at]);
      at = g_utf8_next_char (at);
    }

  if (!closes (opening, at))
    {
      lia_template_scan_error (self, self->chars, self->chars + 1, NULL, _ ("This quotation mark has no second one."));
      return NULL;
    }

  lia_template_scan_forward (self, g_utf8_next_char (at) - opening);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/** lia_template_scan_until: what stands before the next `{{`, `}}` or character of @ends, without blanks around it. */
char *
lia_template_scan_until (LiaTemplateScan *self,
                         const char      *ends)
{
  const char *start = self->at;

  while (*self->at != '\0' && !lia_template_scan_peek (self, "{{") && !lia_template_scan_peek (self, "}}") && strchr (ends, *self->at) == NULL)
    lia_template_scan_forward (self, g_utf8_skip[(guchar)*self->at]);

  return g_strstrip (g_strndup (start, self->at - start));
}

/** lia_template_scan_find_end: the next `{{end}}`, which is @length bytes long; NULL if there is none. */
const char *
lia_template_scan_find_end (const LiaTemplateScan *self,
                            gsize                 *length)
{
  for (const char *found = strstr (self->at, "{{"); found != NULL; found = strstr (found + 1, "{{"))
    {
      LiaTemplateScan scan = { .at = found + 2 };

      lia_template_scan_blanks (&scan);
      if (!lia_template_scan_keyword (&scan, "end"))
        continue;
      lia_template_scan_blanks (&scan);
      if (!lia_template_scan_literal (&scan, "}}"))
        continue;

      *length = scan.at - found;
      return found;
    }

  return NULL;
}

/**
 * lia_template_scan_error: notes what is wrong between the characters @start and @end.
 * @suggestion: what should stand there, or NULL
 *
 * One error for a place: what follows from the first is not said. After twenty nothing more is.
 */
void
lia_template_scan_error (LiaTemplateScan *self,
                         guint            start,
                         guint            end,
                         const char      *suggestion,
                         const char      *format,
                         ...)
{
  LiaTemplateError *error;
  va_list           args;

  if (self->errors->len >= MAX_ERRORS)
    return;

  error = g_new0 (LiaTemplateError, 1);
  error->start = start;
  error->length = end - start;
  error->suggestion = g_strdup (suggestion);
  va_start (args, format);
  error->message = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (self->errors, error);
}
