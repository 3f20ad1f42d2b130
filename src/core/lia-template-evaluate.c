/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-evaluate-private.h"

#include <string.h>

/*
 * The tree and what is known -> the text of a letter. What is not known and has no fallback becomes a field that the agent fills in, so no
 * letter has a gap and none has a brace of the language. Pure: the same context and answers give the same text.
 */

static void evaluate_nodes (LiaTemplateOutput *output,
                            const GPtrArray   *nodes,
                            LiaTemplateScope  *scope);

static GDateTime *
local_now (const LiaTemplateContext *context)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (context->now_ms / 1000);

  return utc != NULL ? g_date_time_to_timezone (utc, context->zone) : NULL;
}

/* What the clock knows */
static LiaTemplateValue *
clock_value (const LiaTemplateContext *context,
             const char               *name)
{
  g_autoptr (GDateTime) now = local_now (context);
  g_autoptr (GDateTime) day = NULL;

  if (now == NULL)
    return NULL;
  if (strcmp (name, "now") == 0)
    return lia_template_value_new_time (context->now_ms);
  if (strcmp (name, "now.hour") == 0)
    return lia_template_value_new_number (g_date_time_get_hour (now));

  day = g_date_time_add_days (now, strcmp (name, "tomorrow") == 0 ? 1 : 0);

  return day != NULL ? lia_template_value_new_date (g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day)) : NULL;
}

static gboolean
is_of_clock (const char *name)
{
  return strcmp (name, "today") == 0 || strcmp (name, "tomorrow") == 0 || strcmp (name, "now") == 0 || strcmp (name, "now.hour") == 0;
}

/** lia_template_scope_lookup: what the agent said it is, else what is known, else NULL. */
LiaTemplateValue *
lia_template_scope_lookup (const LiaTemplateScope       *scope,
                           const LiaTemplatePlaceholder *placeholder)
{
  LiaTemplateValue *answer = g_hash_table_lookup (scope->answers, placeholder->name);

  if (answer != NULL)
    return lia_template_value_ref (answer);
  if (is_of_clock (placeholder->name))
    return clock_value (scope->context, placeholder->name);

  return lia_template_values_lookup (scope->context->values, placeholder->name);
}

/** lia_template_scope_answer: what @field is filled with. @proposed: (out): not by the agent. NULL if it is not filled. */
LiaTemplateValue *
lia_template_scope_answer (const LiaTemplateScope *scope,
                           const LiaTemplateField *field,
                           gboolean               *proposed)
{
  LiaTemplateValue *answer = g_hash_table_lookup (scope->answers, field->key);

  *proposed = answer == NULL || !lia_template_field_accepts (field, answer);
  if (*proposed)
    answer = field->proposed;

  return answer != NULL ? lia_template_value_ref (answer) : NULL;
}

/* Months and years count in the customer's calendar, over changes of the clock */
static LiaTemplateValue *
count_on (const LiaTemplateValue *value,
          const LiaTemplateNode  *node,
          GTimeZone              *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (value->time_ms / 1000);
  g_autoptr (GDateTime) from = NULL;
  g_autoptr (GDateTime) to = NULL;

  if (utc == NULL || (value->type != LIA_TEMPLATE_DATE && value->type != LIA_TEMPLATE_TIME))
    return NULL;

  from = value->type == LIA_TEMPLATE_DATE ? g_date_time_ref (utc) : g_date_time_to_timezone (utc, zone);
  switch (node->unit)
    {
    case LIA_TEMPLATE_MINUTES:
      to = g_date_time_add_minutes (from, node->offset);
      break;

    case LIA_TEMPLATE_HOURS:
      to = g_date_time_add_hours (from, node->offset);
      break;

    case LIA_TEMPLATE_WEEKS:
      to = g_date_time_add_weeks (from, node->offset);
      break;

    case LIA_TEMPLATE_MONTHS:
      to = g_date_time_add_months (from, node->offset);
      break;

    case LIA_TEMPLATE_YEARS:
      to = g_date_time_add_years (from, node->offset);
      break;

    case LIA_TEMPLATE_DAYS:
    default:
      to = g_date_time_add_days (from, node->offset);
      break;
    }

  if (to == NULL)
    return NULL;
  if (value->type == LIA_TEMPLATE_TIME)
    return lia_template_value_new_time (g_date_time_to_unix (to) * 1000);

  return lia_template_value_new_date (g_date_time_get_year (to), g_date_time_get_month (to), g_date_time_get_day_of_month (to));
}

static gboolean
is_answered (const LiaTemplateScope *scope,
             const char             *name)
{
  return g_hash_table_contains (scope->answers, name);
}

/* The text of one placeholder, or NULL. What was answered with words stands as it is. */
static char *
format_placeholder (const LiaTemplateNode  *node,
                    guint                   index,
                    const LiaTemplateScope *scope)
{
  const LiaTemplatePlaceholder *placeholder = g_ptr_array_index (node->placeholders, index);
  g_autoptr (LiaTemplateValue) value = lia_template_scope_lookup (scope, placeholder);
  g_autoptr (LiaTemplateValue) counted = NULL;
  g_autofree char *text = NULL;

  if (value != NULL && index == 0 && node->offset != 0)
    counted = count_on (value, node, scope->context->zone);

  /* From what the agent said nothing may be counted ("soon"); it stands there then, or they would be asked for ever */
  if (counted != NULL || (node->offset != 0 && index == 0 && !is_answered (scope, placeholder->name)))
    {
      g_clear_pointer (&value, lia_template_value_unref);
      value = g_steal_pointer (&counted);
    }
  if (value == NULL)
    return NULL;

  text = lia_template_locale_format (scope->context->locale, value, node->style, scope->context->zone);

  return text != NULL && text[0] != '\0' ? g_steal_pointer (&text) : NULL;
}

static LiaTemplateFieldKind
asked_as (const LiaTemplateNode        *node,
          const LiaTemplatePlaceholder *placeholder)
{
  if (placeholder->type == LIA_TEMPLATE_NUMBER)
    return LIA_TEMPLATE_FIELD_NUMBER;
  if (placeholder->type == LIA_TEMPLATE_DATE || (placeholder->type == LIA_TEMPLATE_TIME && node->offset != 0))
    return LIA_TEMPLATE_FIELD_DATE;

  return LIA_TEMPLATE_FIELD_TEXT;
}

static void
put_unfilled (LiaTemplateOutput *output,
              LiaTemplateField  *field)
{
  g_autofree char *text = g_strdup_printf ("[%s]", field->label);

  lia_template_output_span (output, text, LIA_TEMPLATE_SPAN_UNFILLED, NULL, field);
}

static void
evaluate_value (LiaTemplateOutput     *output,
                const LiaTemplateNode *node,
                LiaTemplateScope      *scope)
{
  const LiaTemplatePlaceholder *first = g_ptr_array_index (node->placeholders, 0);
  g_autofree char              *question = lia_template_placeholder_dup_question (first);
  g_autoptr (LiaTemplateField) field = lia_template_field_new (asked_as (node, first), first->name, question);

  for (guint i = 0; i < node->placeholders->len; i++)
    {
      const LiaTemplatePlaceholder *placeholder = g_ptr_array_index (node->placeholders, i);
      g_autofree char              *text = format_placeholder (node, i, scope);

      if (text == NULL)
        continue;
      if (is_answered (scope, placeholder->name))
        lia_template_output_span (output, text, LIA_TEMPLATE_SPAN_FILLED, NULL, field);
      else
        lia_template_output_span (output, text, LIA_TEMPLATE_SPAN_VALUE, placeholder->name, NULL);
      return;
    }

  if (node->fallback == NULL)
    put_unfilled (output, field);
  else if (node->fallback[0] == '\0')
    lia_template_output_omit (output, FALSE);
  else
    lia_template_output_span (output, node->fallback, LIA_TEMPLATE_SPAN_FALLBACK, first->name, NULL);
}

static void
evaluate_field (LiaTemplateOutput     *output,
                const LiaTemplateNode *node,
                LiaTemplateScope      *scope)
{
  gboolean proposed;
  g_autoptr (LiaTemplateValue) value = lia_template_scope_answer (scope, node->field, &proposed);
  g_autofree char *text = NULL;

  g_hash_table_insert (scope->asked, node->field->label, node->field);
  if (value != NULL)
    text = lia_template_locale_format (scope->context->locale, value, node->style, scope->context->zone);

  if (text != NULL)
    lia_template_output_span (output, text, proposed ? LIA_TEMPLATE_SPAN_PROPOSED : LIA_TEMPLATE_SPAN_FILLED, NULL, node->field);
  else
    put_unfilled (output, node->field);
}

static void
evaluate_optional (LiaTemplateOutput     *output,
                   const LiaTemplateNode *node,
                   LiaTemplateScope      *scope)
{
  gsize            before = output->text->len;
  LiaTemplateSpan *span = lia_template_output_span (output, "", LIA_TEMPLATE_SPAN_OPTIONAL, NULL, node->field);

  g_hash_table_insert (scope->asked, node->field->label, node->field);
  if (g_hash_table_contains (scope->answers, node->field->key))
    evaluate_nodes (output, node->nodes, scope);

  if (output->text->len == before)
    lia_template_output_omit (output, node->own_lines);
  span->end = MAX (span->start, output->chars);
}

static void
evaluate_if (LiaTemplateOutput     *output,
             const LiaTemplateNode *node,
             LiaTemplateScope      *scope)
{
  gsize before = output->text->len;

  for (guint i = 0; i < node->branches->len; i++)
    {
      const LiaTemplateBranch *branch = g_ptr_array_index (node->branches, i);

      if (branch->tests != NULL && !lia_template_tests_hold (branch->tests, scope))
        continue;
      evaluate_nodes (output, branch->nodes, scope);
      break;
    }

  if (output->text->len == before)
    lia_template_output_omit (output, node->own_lines);
}

static void
evaluate_node (LiaTemplateOutput     *output,
               const LiaTemplateNode *node,
               LiaTemplateScope      *scope)
{
  switch (node->kind)
    {
    case LIA_TEMPLATE_NODE_VALUE:
      evaluate_value (output, node, scope);
      break;

    case LIA_TEMPLATE_NODE_FIELD:
      evaluate_field (output, node, scope);
      break;

    case LIA_TEMPLATE_NODE_OPTIONAL:
      evaluate_optional (output, node, scope);
      break;

    case LIA_TEMPLATE_NODE_IF:
      evaluate_if (output, node, scope);
      break;

    case LIA_TEMPLATE_NODE_TEXT:
    case LIA_TEMPLATE_NODE_VERBATIM:
    case LIA_TEMPLATE_NODE_LITERAL:
    default:
      lia_template_output_text (output, node->text + node->skip_start, strlen (node->text) - node->skip_start - node->skip_end);
      break;
    }
}

static void
evaluate_nodes (LiaTemplateOutput *output,
                const GPtrArray   *nodes,
                LiaTemplateScope  *scope)
{
  for (guint i = 0; i < nodes->len; i++)
    evaluate_node (output, g_ptr_array_index (nodes, i), scope);
}

static void
evaluate_section (LiaTemplateOutput *output,
                  const GPtrArray   *nodes,
                  LiaTemplateScope  *scope)
{
  g_auto (LiaTemplateOutput) section = { 0 };

  if (nodes == NULL)
    return;

  lia_template_output_init (&section);
  evaluate_nodes (&section, nodes, scope);
  lia_template_output_add_section (output, &section);
}

/**
 * lia_template_run: the text of @template, and where its parts come from.
 * @answers: char* key -> LiaTemplateValue
 * @spans: (out) (transfer full): of LiaTemplateSpan
 */
char *
lia_template_run (LiaTemplate *template,
                  LiaTemplateContext *context,
                  GHashTable         *answers,
                  GPtrArray         **spans)
{
  g_auto (LiaTemplateOutput) output = { 0 };
  g_autoptr (GHashTable) asked = g_hash_table_new (g_str_hash, g_str_equal);
  LiaTemplateScope scope = { .context = context, .answers = answers, .asked = asked };

  lia_template_output_init (&output);
  evaluate_section (&output, template->greeting, &scope);
  for (guint i = 0; i < template->bodies->len; i++)
    evaluate_section (&output, g_ptr_array_index (template->bodies, i), &scope);
  evaluate_section (&output, template->farewell, &scope);

  *spans = g_steal_pointer (&output.spans);

  return g_string_free_and_steal (g_steal_pointer (&output.text));
}
