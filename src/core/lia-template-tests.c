/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-evaluate-private.h"

#include <string.h>

/*
 * Whether a condition holds. What is not known is neither equal, greater nor less; so "is not" holds, and "if x > 5" and "if x <= 5" are both
 * false. Texts are compared without regard to case. A language is one also in its country: de-AT is de.
 */

static LiaTemplateValue *
operand_value (const LiaTemplateOperand *operand,
               const LiaTemplateScope   *scope)
{
  LiaTemplateField *field;
  gboolean          proposed;

  if (operand->value != NULL)
    return lia_template_value_ref (operand->value);
  if (operand->placeholder != NULL)
    return lia_template_scope_lookup (scope, operand->placeholder);

  /* Not asked for: it stands in a part that is left out, and an old answer to it says nothing */
  field = g_hash_table_lookup (scope->asked, operand->label);

  return field != NULL ? lia_template_scope_answer (scope, field, &proposed) : NULL;
}

static gboolean
same_text (const char *a,
           const char *b,
           gboolean    is_language)
{
  g_autofree char *a_folded = g_utf8_casefold (a, -1);
  g_autofree char *b_folded = g_utf8_casefold (b, -1);
  gsize            length = strlen (b_folded);

  return strcmp (a_folded, b_folded) == 0 ||
         (is_language && g_str_has_prefix (a_folded, b_folded) && (a_folded[length] == '-' || a_folded[length] == '_'));
}

static gboolean
in_text (const char *text,
         const char *part)
{
  g_autofree char *text_folded = g_utf8_casefold (text, -1);
  g_autofree char *part_folded = g_utf8_casefold (part, -1);

  return strstr (text_folded, part_folded) != NULL;
}

static gboolean
in_list (GStrv       list,
         const char *text)
{
  for (guint i = 0; list[i] != NULL; i++)
    {
      if (same_text (list[i], text, FALSE))
        return TRUE;
    }

  return FALSE;
}

static char *
to_text (const LiaTemplateValue *value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (value->type == LIA_TEMPLATE_NUMBER && value->text == NULL)
    return g_strdup (g_ascii_formatd (number, sizeof number, "%.15g", value->number));
  if (value->type == LIA_TEMPLATE_LIST)
    return g_strjoinv (", ", value->list);

  return g_strdup (value->text != NULL ? value->text : "");
}

static gboolean
is_day_or_time (const LiaTemplateValue *value)
{
  return value->type == LIA_TEMPLATE_DATE || value->type == LIA_TEMPLATE_TIME;
}

/* A moment counts as the day that it is for the customer if it is compared with a day. */
static gint64
day_of (const LiaTemplateValue *value,
        GTimeZone              *zone)
{
  const gint64 day_ms = 24 * 60 * 60 * 1000;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (value->time_ms / 1000);
  g_autoptr (GDateTime) local = value->type == LIA_TEMPLATE_TIME && utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  gint64 clock_ms = value->time_ms + (local != NULL ? g_date_time_get_utc_offset (local) / 1000 : 0);

  return (clock_ms - ((clock_ms % day_ms) + day_ms) % day_ms) / day_ms;
}

/* FALSE if the two have no order */
static gboolean
compare (const LiaTemplateValue *a,
         const LiaTemplateValue *b,
         GTimeZone              *zone,
         int                    *order)
{
  if (a->type == LIA_TEMPLATE_NUMBER && b->type == LIA_TEMPLATE_NUMBER)
    {
      *order = (a->number > b->number) - (a->number < b->number);
      return TRUE;
    }
  if (is_day_or_time (a) && is_day_or_time (b))
    {
      gboolean by_day = a->type == LIA_TEMPLATE_DATE || b->type == LIA_TEMPLATE_DATE;
      gint64   first = by_day ? day_of (a, zone) : a->time_ms;
      gint64   second = by_day ? day_of (b, zone) : b->time_ms;

      *order = (first > second) - (first < second);
      return TRUE;
    }

  return FALSE;
}

static gboolean
is_equal (const LiaTemplateValue *a,
          const LiaTemplateValue *b,
          gboolean                is_language,
          GTimeZone              *zone)
{
  g_autofree char *a_text = NULL;
  g_autofree char *b_text = NULL;
  int              order;

  if (compare (a, b, zone, &order))
    return order == 0;

  b_text = to_text (b);
  if (a->type == LIA_TEMPLATE_LIST)
    return in_list (a->list, b_text);

  a_text = to_text (a);

  return same_text (a_text, b_text, is_language);
}

static gboolean
has (const LiaTemplateValue *a,
     const LiaTemplateValue *b)
{
  g_autofree char *a_text = NULL;
  g_autofree char *b_text = to_text (b);

  if (a->type == LIA_TEMPLATE_LIST)
    return in_list (a->list, b_text);

  a_text = to_text (a);

  return in_text (a_text, b_text);
}

static gboolean
in_order (LiaTemplateOperator     op,
          const LiaTemplateValue *a,
          const LiaTemplateValue *b,
          GTimeZone              *zone)
{
  int order;

  if (!compare (a, b, zone, &order))
    return FALSE;

  return op == LIA_TEMPLATE_LESS ? order < 0 : op == LIA_TEMPLATE_LESS_OR_EQUAL ? order <= 0
                                           : op == LIA_TEMPLATE_MORE            ? order > 0
                                                                                : order >= 0;
}

static gboolean
test_holds (const LiaTemplateTest  *test,
            const LiaTemplateScope *scope)
{
  g_autoptr (LiaTemplateValue) left = operand_value (&test->left, scope);
  g_autoptr (LiaTemplateValue) right = NULL;
  gboolean is_language = test->left.placeholder != NULL && g_str_has_suffix (test->left.placeholder->name, ".language");

  if (test->comparison == LIA_TEMPLATE_IS_KNOWN)
    return lia_template_value_holds (left);

  right = operand_value (&test->right, scope);
  if (left == NULL || right == NULL)
    return test->comparison == LIA_TEMPLATE_IS_NOT;

  switch (test->comparison)
    {
    case LIA_TEMPLATE_IS:
      return is_equal (left, right, is_language, scope->context->zone);

    case LIA_TEMPLATE_IS_NOT:
      return !is_equal (left, right, is_language, scope->context->zone);

    case LIA_TEMPLATE_HAS:
      return has (left, right);

    case LIA_TEMPLATE_IS_KNOWN:
    case LIA_TEMPLATE_LESS:
    case LIA_TEMPLATE_LESS_OR_EQUAL:
    case LIA_TEMPLATE_MORE:
    case LIA_TEMPLATE_MORE_OR_EQUAL:
    default:
      return in_order (test->comparison, left, right, scope->context->zone);
    }
}

/** lia_template_tests_hold: whether the condition @tests is true; "and" binds closer than "or". */
gboolean
lia_template_tests_hold (const GPtrArray        *tests,
                         const LiaTemplateScope *scope)
{
  gboolean holds = TRUE;

  for (guint i = 0; i < tests->len; i++)
    {
      const LiaTemplateTest *test = g_ptr_array_index (tests, i);

      if (test->alternative && holds)
        return TRUE;
      if (test->alternative)
        holds = TRUE;
      holds = holds && test_holds (test, scope) != test->negated;
    }

  return holds;
}
