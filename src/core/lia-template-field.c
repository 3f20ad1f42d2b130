/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-field.h"

#include "lia-config.h"

#include "lia-template-locale.h"

#include <glib/gi18n-lib.h>

/** lia_template_field_new: to be filled by its maker before anybody else sees it. */
LiaTemplateField *
lia_template_field_new (LiaTemplateFieldKind kind,
                        const char          *key,
                        const char          *label)
{
  LiaTemplateField *self = g_atomic_rc_box_new0 (LiaTemplateField);

  self->kind = kind;
  self->key = g_strdup (key);
  self->label = g_strdup (label);

  return self;
}

LiaTemplateField *
lia_template_field_ref (LiaTemplateField *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
field_clear (gpointer data)
{
  LiaTemplateField *self = data;

  g_free (self->key);
  g_free (self->label);
  g_strfreev (self->choices);
  g_clear_pointer (&self->proposed, lia_template_value_unref);
}

void
lia_template_field_unref (LiaTemplateField *self)
{
  g_atomic_rc_box_release_full (self, field_clear);
}

/** lia_template_field_accepts: whether @value is an answer to this field. */
gboolean
lia_template_field_accepts (const LiaTemplateField *self,
                            const LiaTemplateValue *value)
{
  switch (self->kind)
    {
    case LIA_TEMPLATE_FIELD_NUMBER:
      return value->type == LIA_TEMPLATE_NUMBER;

    case LIA_TEMPLATE_FIELD_DATE:
      return value->type == LIA_TEMPLATE_DATE;

    case LIA_TEMPLATE_FIELD_CHOICE:
      return value->type == LIA_TEMPLATE_TEXT && g_strv_contains ((const char *const *)self->choices, value->text);

    case LIA_TEMPLATE_FIELD_OPTIONAL:
      return TRUE;

    case LIA_TEMPLATE_FIELD_TEXT:
    default:
      return value->type == LIA_TEMPLATE_TEXT;
    }
}

/**
 * lia_template_field_read: makes a value of what the agent typed.
 * @locale: the agent's, for numbers. Days are "2026-11-22", as a calendar gives them
 * @problem: (out): what is wrong, in plain words and the agent's language; NULL if it is only empty
 *
 * Returns: NULL when it is none
 */
LiaTemplateValue *
lia_template_field_read (const LiaTemplateField *self,
                         const char             *typed,
                         const char             *locale,
                         const char            **problem)
{
  g_autoptr (LiaTemplateValue) value = lia_template_value_new_lines (typed);
  LiaTemplateValue *read;
  double            number;

  *problem = NULL;
  if (value == NULL)
    return NULL;

  switch (self->kind)
    {
    case LIA_TEMPLATE_FIELD_NUMBER:
      read = lia_template_value_new_digits (value->text);
      if (read == NULL && lia_template_locale_read_number (value->text, locale, &number))
        read = lia_template_value_new_number (number);
      *problem = read == NULL ? _ ("This has to be a number.") : NULL;
      return read;

    case LIA_TEMPLATE_FIELD_DATE:
      read = lia_template_value_new_date_from_string (value->text);
      *problem = read == NULL ? _ ("This has to be a day of the calendar.") : NULL;
      return read;

    case LIA_TEMPLATE_FIELD_CHOICE:
      if (lia_template_field_accepts (self, value))
        return g_steal_pointer (&value);
      *problem = _ ("This has to be one of the choices.");
      return NULL;

    case LIA_TEMPLATE_FIELD_TEXT:
    case LIA_TEMPLATE_FIELD_OPTIONAL:
    default:
      return g_steal_pointer (&value);
    }
}
