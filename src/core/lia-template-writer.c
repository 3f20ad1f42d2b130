/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-private.h"

#include <string.h>

/*
 * The tree back to its text, each tag in its plainest form. Text between tags is kept to the letter, with the blanks that a line of tags takes
 * away, so that reading what was written gives the same tree.
 */

static void write_nodes (GString         *text,
                         const GPtrArray *nodes);

static void
write_quoted (GString    *text,
              const char *quoted)
{
  g_string_append_c (text, '"');
  for (const char *p = quoted; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (text, '\\');
      g_string_append_c (text, *p);
    }
  g_string_append_c (text, '"');
}

static void
write_typed (GString                *text,
             const LiaTemplateValue *value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (value->type == LIA_TEMPLATE_NUMBER)
    {
      g_string_append (text, value->text != NULL ? value->text : g_ascii_formatd (number, sizeof number, "%.15g", value->number));
    }
  else if (value->type == LIA_TEMPLATE_DATE)
    {
      g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (value->time_ms / 1000);

      g_string_append_printf (text, "%04d-%02d-%02d", g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day));
    }
  else
    {
      write_quoted (text, value->text);
    }
}

static void
write_operand (GString                  *text,
               const LiaTemplateOperand *operand)
{
  if (operand->placeholder != NULL)
    g_string_append (text, operand->placeholder->name);
  else if (operand->label != NULL)
    write_quoted (text, operand->label);
  else
    write_typed (text, operand->value);
}

static void
write_tests (GString         *text,
             const GPtrArray *tests)
{
  for (guint i = 0; i < tests->len; i++)
    {
      const LiaTemplateTest *test = g_ptr_array_index (tests, i);

      if (i > 0)
        g_string_append (text, test->alternative ? " or" : " and");
      g_string_append (text, test->negated ? " not " : " ");
      write_operand (text, &test->left);
      if (test->comparison == LIA_TEMPLATE_IS_KNOWN)
        continue;
      g_string_append_printf (text, " %s ", lia_template_operator_get_word (test->comparison));
      write_operand (text, &test->right);
    }
}

static void
write_style (GString         *text,
             LiaTemplateStyle style)
{
  if (style != LIA_TEMPLATE_AS_IS)
    g_string_append_printf (text, " as %s", lia_template_style_get_words (style));
}

static void
write_value (GString               *text,
             const LiaTemplateNode *node)
{
  for (guint i = 0; i < node->placeholders->len; i++)
    {
      const LiaTemplatePlaceholder *placeholder = g_ptr_array_index (node->placeholders, i);

      if (i > 0)
        g_string_append_c (text, '|');
      g_string_append (text, placeholder->name);
      if (i == 0 && node->offset != 0)
        g_string_append_printf (text, " %c %d %s", node->offset > 0 ? '+' : '-', ABS (node->offset), lia_template_unit_get_word (node->unit));
      if (i == 0)
        write_style (text, node->style);
    }

  if (node->fallback == NULL)
    return;
  g_string_append_c (text, '|');
  if (node->fallback[0] != '\0')
    write_quoted (text, node->fallback);
}

static void
write_field (GString               *text,
             const LiaTemplateNode *node)
{
  const LiaTemplateField *field = node->field;

  g_string_append (text, field->kind == LIA_TEMPLATE_FIELD_CHOICE ? "choose " : "ask ");
  write_quoted (text, field->label);
  if (field->kind == LIA_TEMPLATE_FIELD_NUMBER)
    g_string_append (text, " number");
  if (field->kind == LIA_TEMPLATE_FIELD_DATE)
    g_string_append (text, " date");
  for (guint i = 0; field->choices != NULL && field->choices[i] != NULL; i++)
    {
      g_string_append (text, i == 0 ? ": " : " / ");
      write_quoted (text, field->choices[i]);
    }
  write_style (text, node->style);
  if (field->proposed != NULL)
    {
      g_string_append (text, " | ");
      write_typed (text, field->proposed);
    }
}

static void
write_if (GString               *text,
          const LiaTemplateNode *node)
{
  for (guint i = 0; i < node->branches->len; i++)
    {
      const LiaTemplateBranch *branch = g_ptr_array_index (node->branches, i);

      g_string_append (text, i == 0 ? "{{if" : branch->tests != NULL ? "{{else if"
                                                                     : "{{else");
      if (branch->tests != NULL)
        write_tests (text, branch->tests);
      g_string_append (text, "}}");
      write_nodes (text, branch->nodes);
    }
  g_string_append (text, "{{end}}");
}

static void
write_node (GString               *text,
            const LiaTemplateNode *node)
{
  switch (node->kind)
    {
    case LIA_TEMPLATE_NODE_VERBATIM:
      g_string_append_printf (text, "{{verbatim}}%s{{end}}", node->text);
      break;

    case LIA_TEMPLATE_NODE_LITERAL:
      g_string_append (text, "{{");
      write_quoted (text, node->text);
      g_string_append (text, "}}");
      break;

    case LIA_TEMPLATE_NODE_VALUE:
      g_string_append (text, "{{");
      write_value (text, node);
      g_string_append (text, "}}");
      break;

    case LIA_TEMPLATE_NODE_FIELD:
      g_string_append (text, "{{");
      write_field (text, node);
      g_string_append (text, "}}");
      break;

    case LIA_TEMPLATE_NODE_OPTIONAL:
      g_string_append (text, "{{optional ");
      write_quoted (text, node->field->label);
      g_string_append (text, "}}");
      write_nodes (text, node->nodes);
      g_string_append (text, "{{end}}");
      break;

    case LIA_TEMPLATE_NODE_IF:
      write_if (text, node);
      break;

    case LIA_TEMPLATE_NODE_TEXT:
    default:
      g_string_append (text, node->text);
      break;
    }
}

static void
write_nodes (GString         *text,
             const GPtrArray *nodes)
{
  for (guint i = 0; i < nodes->len; i++)
    write_node (text, g_ptr_array_index (nodes, i));
}

/** lia_template_to_text: @self as one could have written it. Stacked bodies stand with an empty line between them. */
char *
lia_template_to_text (LiaTemplate *self)
{
  GString *text = g_string_new (NULL);

  if (self->greeting != NULL)
    {
      g_string_append (text, "{{greeting}}");
      write_nodes (text, self->greeting);
      g_string_append (text, "{{end}}");
    }
  for (guint i = 0; i < self->bodies->len; i++)
    {
      if (i > 0)
        g_string_append (text, "\n\n");
      write_nodes (text, g_ptr_array_index (self->bodies, i));
    }
  if (self->farewell != NULL)
    {
      g_string_append (text, "{{farewell}}");
      write_nodes (text, self->farewell);
      g_string_append (text, "{{end}}");
    }

  return g_string_free (text, FALSE);
}

/**
 * lia_template_quote: the text that reads as @text, whatever braces are in it.
 *
 * For a response that is made of a letter as it was sent.
 */
char *
lia_template_quote (const char *text)
{
  GString *quoted = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      gsize braces = strspn (p, "{");

      if (braces >= 2)
        {
          g_string_append_printf (quoted, "{{\"%.*s\"}}", (int)braces, p);
          p += braces - 1;
        }
      else
        {
          g_string_append_c (quoted, *p);
        }
    }

  return g_string_free (quoted, FALSE);
}
