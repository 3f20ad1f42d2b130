/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-value.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/*
 * Texts come from customers and from servers: a name can have line ends that would add lines to a letter, controls, and marks that turn the
 * reading direction of all that follows. None of these gets into a value.
 */

#define MAX_LINE_CHARS 1000
#define MAX_LINES_CHARS 10000
#define MAX_LIST 100

static gboolean
is_unseen (gunichar c)
{
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) || c == 0x200b || c == 0xfeff || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069);
}

static gboolean
is_line_end (gunichar c)
{
  return c == '\n' || c == '\t' || c == 0x2028 || c == 0x2029;
}

/* NULL when nothing visible is left */
static char *
clean (const char *text,
       gboolean    lines,
       guint       max_chars)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autoptr (GString) clean = g_string_new (NULL);
  guint n = 0;

  for (const char *p = valid; *p != '\0' && n < max_chars; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      if (is_line_end (c) && !lines)
        g_string_append_c (clean, ' ');
      else if (!is_unseen (c))
        g_string_append_unichar (clean, c);
    }

  g_strstrip (clean->str);

  return clean->str[0] != '\0' ? g_string_free_and_steal (g_steal_pointer (&clean)) : NULL;
}

static LiaTemplateValue *
value_new (LiaTemplateType type)
{
  LiaTemplateValue *self = g_atomic_rc_box_new0 (LiaTemplateValue);

  self->type = type;

  return self;
}

static LiaTemplateValue *
text_new (char *cleaned)
{
  LiaTemplateValue *self;

  if (cleaned == NULL)
    return NULL;

  self = value_new (LIA_TEMPLATE_TEXT);
  self->text = cleaned;

  return self;
}

/** lia_template_value_new_text: one line of at most 1000 characters. Line ends become blanks. NULL for an empty one. */
LiaTemplateValue *
lia_template_value_new_text (const char *text)
{
  return text_new (clean (text, FALSE, MAX_LINE_CHARS));
}

/** lia_template_value_new_lines: what an agent typed: may have lines, at most 10 000 characters. NULL for an empty one. */
LiaTemplateValue *
lia_template_value_new_lines (const char *text)
{
  return text_new (clean (text, TRUE, MAX_LINES_CHARS));
}

/** lia_template_value_new_number: NULL for what is no number. */
LiaTemplateValue *
lia_template_value_new_number (double number)
{
  LiaTemplateValue *self;

  if (!isfinite (number))
    return NULL;

  self = value_new (LIA_TEMPLATE_NUMBER);
  self->number = number;

  return self;
}

/** lia_template_value_new_digits: a number of which each digit counts: "0042" stays "0042". NULL when there is anything but digits. */
LiaTemplateValue *
lia_template_value_new_digits (const char *digits)
{
  gsize             length = digits != NULL ? strlen (digits) : 0;
  LiaTemplateValue *self;

  if (length == 0 || length > 40 || strspn (digits, "0123456789") != length)
    return NULL;

  self = value_new (LIA_TEMPLATE_NUMBER);
  self->number = g_ascii_strtod (digits, NULL);
  self->text = g_strdup (digits);

  return self;
}

/** lia_template_value_new_date: a day of the Gregorian calendar. NULL when there is no such day. */
LiaTemplateValue *
lia_template_value_new_date (int year,
                             int month,
                             int day)
{
  g_autoptr (GDateTime) midnight = g_date_time_new_utc (year, month, day, 0, 0, 0);
  LiaTemplateValue *self;

  if (midnight == NULL)
    return NULL;

  self = value_new (LIA_TEMPLATE_DATE);
  self->time_ms = g_date_time_to_unix (midnight) * 1000;

  return self;
}

/** lia_template_value_new_date_from_string: "2026-11-22" (ISO 8601), nothing else. */
LiaTemplateValue *
lia_template_value_new_date_from_string (const char *date)
{
  int year, month, day;

  if (date == NULL || strlen (date) != 10 || strspn (date, "0123456789-") != 10 || date[4] != '-' || date[7] != '-')
    return NULL;

  if (sscanf (date, "%4d-%2d-%2d", &year, &month, &day) != 3)
    return NULL;

  return lia_template_value_new_date (year, month, day);
}

/** lia_template_value_new_time: a moment in ms since 1970 UTC. NULL for 0, as the values of core write "never". */
LiaTemplateValue *
lia_template_value_new_time (gint64 time_ms)
{
  LiaTemplateValue *self;

  if (time_ms == 0)
    return NULL;

  self = value_new (LIA_TEMPLATE_TIME);
  self->time_ms = time_ms;

  return self;
}

/** lia_template_value_new_list: @list without its empty members; NULL when none is left. */
LiaTemplateValue *
lia_template_value_new_list (const char *const *list)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  LiaTemplateValue *self;

  for (guint i = 0; list != NULL && list[i] != NULL && i < MAX_LIST; i++)
    {
      char *member = clean (list[i], FALSE, MAX_LINE_CHARS);

      if (member != NULL)
        g_strv_builder_take (builder, member);
    }

  self = value_new (LIA_TEMPLATE_LIST);
  self->list = g_strv_builder_end (builder);
  if (self->list[0] == NULL)
    g_clear_pointer (&self, lia_template_value_unref);

  return self;
}

/** lia_template_value_new_hours: when a queue is open, as it is told at @now_ms. NULL when nobody said so. */
LiaTemplateValue *
lia_template_value_new_hours (LiaHours *hours,
                              gint64    now_ms)
{
  LiaTemplateValue *self;

  if (hours == NULL)
    return NULL;

  self = value_new (LIA_TEMPLATE_OPENING_HOURS);
  self->hours = lia_hours_ref (hours);
  self->time_ms = now_ms;

  return self;
}

/** lia_template_value_new_truth: that something is so, or that it is not: that it is not known is NULL here, too. */
LiaTemplateValue *
lia_template_value_new_truth (gboolean is_so)
{
  LiaTemplateValue *self = value_new (LIA_TEMPLATE_TRUTH);

  self->number = is_so;

  return self;
}

/** lia_template_value_holds: whether a condition that asks for it alone is true: it is known, and not a no. */
gboolean
lia_template_value_holds (const LiaTemplateValue *self)
{
  return self != NULL && (self->type != LIA_TEMPLATE_TRUTH || self->number != 0);
}

LiaTemplateValue *
lia_template_value_ref (LiaTemplateValue *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
value_clear (gpointer data)
{
  LiaTemplateValue *self = data;

  g_free (self->text);
  g_strfreev (self->list);
  g_clear_pointer (&self->hours, lia_hours_unref);
}

void
lia_template_value_unref (LiaTemplateValue *self)
{
  g_atomic_rc_box_release_full (self, value_clear);
}
