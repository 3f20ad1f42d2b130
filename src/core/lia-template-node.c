/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-private.h"

/* Making and freeing the tree of a response, and the words of its language. */

static const char *const style_words[] = { "", "date", "short date", "day", "weekday", "month", "time", "date and time", "amount" };
static const char *const unit_words[] = { "minutes", "hours", "days", "weeks", "months", "years" };
static const char *const operator_words[] = { "", "is", "is not", "has", "<", "<=", ">", ">=" };

static void
branch_free (LiaTemplateBranch *self)
{
  g_clear_pointer (&self->tests, g_ptr_array_unref);
  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  g_free (self);
}

static void
operand_clear (LiaTemplateOperand *self)
{
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->value, lia_template_value_unref);
}

LiaTemplateTest *
lia_template_test_new (void)
{
  return g_new0 (LiaTemplateTest, 1);
}

void
lia_template_test_free (LiaTemplateTest *self)
{
  operand_clear (&self->left);
  operand_clear (&self->right);
  g_free (self);
}

GPtrArray *
lia_template_nodes_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)lia_template_node_free);
}

/** lia_template_branch_new: @tests (transfer full) is NULL for else. */
LiaTemplateBranch *
lia_template_branch_new (GPtrArray *tests)
{
  LiaTemplateBranch *self = g_new0 (LiaTemplateBranch, 1);

  self->tests = tests;
  self->nodes = lia_template_nodes_new ();

  return self;
}

LiaTemplateNode *
lia_template_node_new (LiaTemplateNodeKind kind,
                       guint               start)
{
  LiaTemplateNode *self = g_new0 (LiaTemplateNode, 1);

  self->kind = kind;
  self->start = start;
  if (kind == LIA_TEMPLATE_NODE_VALUE)
    self->placeholders = g_ptr_array_new ();
  if (kind == LIA_TEMPLATE_NODE_OPTIONAL)
    self->nodes = lia_template_nodes_new ();
  if (kind == LIA_TEMPLATE_NODE_IF)
    self->branches = g_ptr_array_new_with_free_func ((GDestroyNotify)branch_free);

  return self;
}

/* As deep as the parser lets blocks be in blocks */
void
lia_template_node_free (LiaTemplateNode *self)
{
  g_free (self->text);
  g_free (self->fallback);
  g_clear_pointer (&self->placeholders, g_ptr_array_unref);
  g_clear_pointer (&self->field, lia_template_field_unref);
  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  g_clear_pointer (&self->branches, g_ptr_array_unref);
  g_free (self);
}

/** lia_template_style_get_words: what stands after "as". */
const char *
lia_template_style_get_words (LiaTemplateStyle style)
{
  return style_words[style];
}

/** lia_template_unit_get_word: the plural; the parser takes the singular too. */
const char *
lia_template_unit_get_word (LiaTemplateUnit unit)
{
  return unit_words[unit];
}

const char *
lia_template_operator_get_word (LiaTemplateOperator op)
{
  return operator_words[op];
}
