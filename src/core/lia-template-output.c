/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-evaluate-private.h"

#include <string.h>

/*
 * Text as a careful person would have typed it: where something is left out, two blanks become one, none stays before a comma, and a line or a
 * paragraph of nothing goes. Only what the response itself says is changed so, never a value.
 */

static void
span_free (gpointer data)
{
  LiaTemplateSpan *span = data;

  g_clear_pointer (&span->field, lia_template_field_unref);
  g_free (span);
}

void
lia_template_output_init (LiaTemplateOutput *self)
{
  *self = (LiaTemplateOutput){ .text = g_string_new (NULL), .spans = g_ptr_array_new_with_free_func (span_free) };
}

void
lia_template_output_clear (LiaTemplateOutput *self)
{
  if (self->text != NULL)
    g_string_free (g_steal_pointer (&self->text), TRUE);
  g_clear_pointer (&self->spans, g_ptr_array_unref);
}

static void
append (LiaTemplateOutput *self,
        const char        *text,
        gsize              length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '\r')
        continue;
      g_string_append_c (self->text, text[i]);
      self->chars += ((guchar)text[i] & 0xc0) != 0x80;
    }
}

static gboolean
ends_with (const LiaTemplateOutput *self,
           char                     c)
{
  return self->text->len > 0 && self->text->str[self->text->len - 1] == c;
}

/* Takes back @n bytes of ASCII. No span with text ends in a blank; empty ones, and open optional parts, move along. */
static void
take_back (LiaTemplateOutput *self,
           gsize              n)
{
  g_string_truncate (self->text, self->text->len - n);
  self->chars -= n;
  for (guint i = self->spans->len; i > 0; i--)
    {
      LiaTemplateSpan *span = g_ptr_array_index (self->spans, i - 1);

      span->start = MIN (span->start, self->chars);
      span->end = MIN (span->end, self->chars);
    }
}

static void
take_back_blanks (LiaTemplateOutput *self)
{
  gsize n = 0;

  while (n < self->text->len && self->text->str[self->text->len - 1 - n] == ' ')
    n++;
  take_back (self, n);
}

static gboolean
at_line_start (const LiaTemplateOutput *self)
{
  return self->text->len == 0 || ends_with (self, '\n');
}

static gboolean
at_paragraph (const LiaTemplateOutput *self)
{
  return self->text->len == 0 || (ends_with (self, '\n') && self->text->len > 1 && self->text->str[self->text->len - 2] == '\n');
}

/* What comes after something that was left out */
static void
join (LiaTemplateOutput *self,
      const char       **text,
      gsize             *length)
{
  const char *at = *text;
  const char *end = *text + *length;
  gboolean    spaced; /* "Bonjour !" is meant so */

  if (at_line_start (self) || ends_with (self, ' '))
    {
      while (at < end && *at == ' ')
        at++;
    }
  spaced = at > *text;
  if (at < end && strchr (spaced ? "\r\n" : ",.;:!?)\r\n", *at) != NULL)
    {
      gboolean bare = at_line_start (self);

      take_back_blanks (self);
      bare |= at_line_start (self);
      while (at < end && *at == '\r')
        at++;
      if (at < end && *at == '\n' && bare && !self->omitted_lines)
        at++;
      if (at < end && *at == '\n' && at_paragraph (self))
        at++;
    }

  *length = end - at;
  *text = at;
}

/** lia_template_output_text: what the response says itself. */
void
lia_template_output_text (LiaTemplateOutput *self,
                          const char        *text,
                          gsize              length)
{
  if (self->omitted)
    join (self, &text, &length);
  if (length == 0)
    return;

  self->omitted = self->omitted_lines = FALSE;
  append (self, text, length);
}

/** lia_template_output_span: @text, which may be "", and where it comes from. @field is taken a reference of. */
LiaTemplateSpan *
lia_template_output_span (LiaTemplateOutput  *self,
                          const char         *text,
                          LiaTemplateSpanKind kind,
                          const char         *name,
                          LiaTemplateField   *field)
{
  LiaTemplateSpan *span = g_new0 (LiaTemplateSpan, 1);

  span->start = self->chars;
  append (self, text, strlen (text));
  span->end = self->chars;
  span->kind = kind;
  span->name = name;
  span->field = field != NULL ? lia_template_field_ref (field) : NULL;
  g_ptr_array_add (self->spans, span);
  if (text[0] != '\0')
    self->omitted = self->omitted_lines = FALSE;

  return span;
}

/** lia_template_output_omit: nothing stands here. @lines: and its tags had lines of their own, so no line is to be closed up. */
void
lia_template_output_omit (LiaTemplateOutput *self,
                          gboolean           lines)
{
  self->omitted_lines = lines && (!self->omitted || self->omitted_lines);
  self->omitted = TRUE;
}

/** lia_template_output_add_section: @section without the blanks around it, after an empty line; nothing if it is nothing. Empties @section. */
void
lia_template_output_add_section (LiaTemplateOutput *self,
                                 LiaTemplateOutput *section)
{
  gsize start = strspn (section->text->str, " \t\n");
  guint first;

  if (start == section->text->len)
    start = 0;
  while (section->text->len > 0 && strchr (" \t\n", section->text->str[section->text->len - 1]) != NULL)
    take_back (section, 1);

  if (section->text->len > 0 && self->text->len > 0)
    append (self, "\n\n", 2);
  first = self->chars;
  append (self, section->text->str + start, section->text->len - start);

  for (guint i = 0; i < section->spans->len; i++)
    {
      LiaTemplateSpan *span = g_ptr_array_index (section->spans, i);

      span->start = first + span->start - MIN (span->start, (guint)start);
      span->end = first + span->end - MIN (span->end, (guint)start);
      g_ptr_array_add (self->spans, span);
    }
  g_ptr_array_set_free_func (section->spans, NULL);
  g_ptr_array_set_size (section->spans, 0);
}
