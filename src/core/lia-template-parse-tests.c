/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-parser-private.h"

#include "lia-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * A condition:  test [and test]… [or test …]…      a test:  [not] left [operator right]
 *
 * "and" binds closer than "or", there are no brackets. On the left stands a placeholder or the label of a field; alone it asks whether it is known.
 */

#define MAX_TESTS 20

static const struct
{
  const char         *word;
  LiaTemplateOperator comparison;
} signs[] = {
  { "==", LIA_TEMPLATE_IS },
  { "=", LIA_TEMPLATE_IS },
  { "!=", LIA_TEMPLATE_IS_NOT },
  { "≠", LIA_TEMPLATE_IS_NOT },
  { "<=", LIA_TEMPLATE_LESS_OR_EQUAL },
  { "<", LIA_TEMPLATE_LESS },
  { ">=", LIA_TEMPLATE_MORE_OR_EQUAL },
  { ">", LIA_TEMPLATE_MORE },
};

static gboolean
parse_operator (LiaTemplateScan     *scan,
                LiaTemplateOperator *op)
{
  lia_template_scan_blanks (scan);
  if (lia_template_scan_keyword (scan, "is"))
    {
      lia_template_scan_blanks (scan);
      *op = lia_template_scan_keyword (scan, "not") ? LIA_TEMPLATE_IS_NOT : LIA_TEMPLATE_IS;
      return TRUE;
    }
  if (lia_template_scan_keyword (scan, "has") || lia_template_scan_keyword (scan, "contains"))
    {
      *op = LIA_TEMPLATE_HAS;
      return TRUE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      if (lia_template_scan_literal (scan, signs[i].word))
        {
          *op = signs[i].comparison;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
parse_left (LiaTemplateParser  *self,
            LiaTemplateOperand *left)
{
  guint start = self->scan.chars;

  if (!lia_template_scan_is_quote (&self->scan))
    {
      left->placeholder = lia_template_parse_name (self);
      return left->placeholder != NULL;
    }

  left->label = lia_template_scan_quoted (&self->scan, FALSE);
  if (left->label == NULL)
    return FALSE;

  g_strstrip (left->label);
  if (g_hash_table_contains (self->fields, left->label))
    return TRUE;

  lia_template_scan_error (&self->scan, start, self->scan.chars, NULL, _ ("Nothing before this asks for “%s”."), left->label);

  return FALSE;
}

/* A number keeps its digits, so that it is written back as it was */
static LiaTemplateValue *
read_value (const char *word)
{
  char             *end;
  double            number = g_ascii_strtod (word, &end);
  LiaTemplateValue *value = lia_template_value_new_date_from_string (word);

  if (value == NULL)
    value = lia_template_value_new_digits (word);
  if (value == NULL && *end == '\0' && g_ascii_isdigit (end[-1]) && strspn (word, "-0123456789.") == strlen (word))
    {
      value = lia_template_value_new_number (number);
      if (value != NULL)
        value->text = g_strdup (word);
    }

  return value != NULL ? value : lia_template_value_new_text (word);
}

static gboolean
parse_right (LiaTemplateParser  *self,
             LiaTemplateOperand *right)
{
  LiaTemplateScan *scan = &self->scan;
  g_autofree char *word = NULL;
  g_autofree char *name = NULL;

  lia_template_scan_blanks (scan);
  if (lia_template_scan_is_quote (scan))
    {
      word = lia_template_scan_quoted (scan, FALSE);
      right->value = word != NULL ? lia_template_value_new_text (word) : NULL;
    }
  else
    {
      word = lia_template_scan_word (scan, "_.-");
      name = g_ascii_strdown (word != NULL ? word : "", -1);
      right->placeholder = lia_template_placeholder_find (name);
      if (right->placeholder == NULL && word != NULL)
        right->value = read_value (word);
    }

  return right->placeholder != NULL || right->value != NULL;
}

static gboolean
has_size (const LiaTemplateOperand *operand)
{
  LiaTemplateType type;

  if (operand->label != NULL)
    return TRUE;

  type = operand->placeholder != NULL ? operand->placeholder->type : operand->value->type;

  return type == LIA_TEMPLATE_NUMBER || type == LIA_TEMPLATE_DATE || type == LIA_TEMPLATE_TIME;
}

static gboolean
parse_test (LiaTemplateParser *self,
            LiaTemplateTest   *test)
{
  LiaTemplateScan *scan = &self->scan;
  guint            start;

  lia_template_scan_blanks (scan);
  start = scan->chars;
  if (lia_template_scan_keyword (scan, "not"))
    {
      test->negated = TRUE;
      lia_template_scan_blanks (scan);
    }
  if (!parse_left (self, &test->left))
    return FALSE;
  if (!parse_operator (scan, &test->comparison))
    return TRUE;
  if (test->left.placeholder != NULL && test->left.placeholder->type == LIA_TEMPLATE_TRUTH)
    {
      lia_template_scan_error (scan, start, scan->chars, NULL, _ ("“%s” is so or not: ask for it alone, or with “not” before it."), test->left.placeholder->name);
      return FALSE;
    }
  if (!parse_right (self, &test->right))
    {
      lia_template_scan_error (scan, scan->chars, scan->chars + (*scan->at != '\0'), NULL, _ ("Here is missing what it is compared with, such as \"de\" or 5."));
      return FALSE;
    }
  if (test->comparison >= LIA_TEMPLATE_LESS && (!has_size (&test->left) || !has_size (&test->right)))
    {
      lia_template_scan_error (scan, start, scan->chars, NULL, _ ("Only numbers, days and times can be greater or less than others."));
      return FALSE;
    }

  return TRUE;
}

/** lia_template_parse_tests: a condition, after "if". What it has up to an error. */
GPtrArray *
lia_template_parse_tests (LiaTemplateParser *self)
{
  LiaTemplateScan *scan = &self->scan;
  GPtrArray       *tests = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_template_test_free);
  gboolean         alternative = FALSE;

  for (;;)
    {
      LiaTemplateTest *test = lia_template_test_new ();

      test->alternative = alternative;
      g_ptr_array_add (tests, test);
      if (!parse_test (self, test))
        return tests;

      lia_template_scan_blanks (scan);
      alternative = lia_template_scan_keyword (scan, "or");
      if (!alternative && !lia_template_scan_keyword (scan, "and"))
        return tests;
      if (tests->len >= MAX_TESTS)
        {
          lia_template_scan_error (scan, scan->chars, scan->chars, NULL, _ ("A condition can have %d parts at most."), MAX_TESTS);
          return tests;
        }
    }
}
