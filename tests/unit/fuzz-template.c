/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What must hold of any bytes that somebody imports as a response. Named as libFuzzer wants it; test-template-fuzz.c changes its corpus itself
 * and needs nothing but the sanitizers.
 */

#include "fuzz-template.h"

#include "lia-template-result.h"

#include <string.h>

#define NOW_MS G_GINT64_CONSTANT (1795354620000)

static LiaTemplateContext *
context_new (gboolean knows_all)
{
  static const char *const list[] = { "a", "b {{", NULL };
  g_autoptr (LiaTemplateMap) map = lia_template_map_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (knows_all ? "Europe/Vienna" : "UTC");

  if (knows_all)
    {
      lia_template_map_take (map, "customer.name", lia_template_value_new_text ("Änn {{agent.name}}"));
      lia_template_map_take (map, "agent.name", lia_template_value_new_text ("Bob"));
      lia_template_map_take (map, "conversation.language", lia_template_value_new_text ("de-AT"));
      lia_template_map_take (map, "conversation.tags", lia_template_value_new_list (list));
      lia_template_map_take (map, "queue.waiting", lia_template_value_new_number (-0.5));
      lia_template_map_take (map, "conversation.due", lia_template_value_new_time (G_MAXINT64));
    }

  return lia_template_context_new (LIA_TEMPLATE_VALUES (map), knows_all ? "de-AT" : "", zone, NOW_MS);
}

/* Kept: to look up a language takes longer than all the rest */
static LiaTemplateContext *
get_context (gboolean knows_all)
{
  static LiaTemplateContext *contexts[2];

  if (contexts[knows_all] == NULL)
    contexts[knows_all] = context_new (knows_all);

  return contexts[knows_all];
}

static void
check_errors (GPtrArray  *errors,
              const char *text)
{
  gboolean valid = g_utf8_validate (text, -1, NULL);
  guint    last = 0;

  g_assert_cmpuint (errors->len, >, 0);
  g_assert_cmpuint (errors->len, <=, 20);
  for (guint i = 0; i < errors->len; i++)
    {
      const LiaTemplateError *error = g_ptr_array_index (errors, i);

      g_assert_cmpuint (error->start, >=, last);
      g_assert_true (error->message[0] != '\0' && g_utf8_validate (error->message, -1, NULL));
      if (valid)
        g_assert_cmpint (error->start + error->length, <=, g_utf8_strlen (text, -1));
      last = error->start;
    }
}

static void
check_result (const LiaTemplateResult *result)
{
  glong length = g_utf8_strlen (result->text, -1);
  guint end = 0;
  guint n_unfilled = 0;

  g_assert_true (g_utf8_validate (result->text, -1, NULL));
  for (guint i = 0; i < result->spans->len; i++)
    {
      const LiaTemplateSpan *span = g_ptr_array_index (result->spans, i);

      g_assert_cmpuint (span->start, <=, span->end);
      g_assert_cmpint (span->end, <=, length);
      g_assert_cmpuint (span->start, >=, end);
      g_assert_true ((span->name != NULL) != (span->field != NULL));
      if (span->kind != LIA_TEMPLATE_SPAN_OPTIONAL)
        {
          g_assert_cmpuint (span->start, <, span->end);
          end = span->end;
        }
      n_unfilled += span->kind == LIA_TEMPLATE_SPAN_UNFILLED;
    }
  g_assert_cmpuint (n_unfilled, ==, result->n_unfilled);
}

static LiaTemplateValue *
answer (const LiaTemplateField *field)
{
  switch (field->kind)
    {
    case LIA_TEMPLATE_FIELD_NUMBER:
      return lia_template_value_new_number (1234567.875);

    case LIA_TEMPLATE_FIELD_DATE:
      return lia_template_value_new_date (2028, 2, 29);

    case LIA_TEMPLATE_FIELD_CHOICE:
      return lia_template_value_new_text (field->choices[0]);

    case LIA_TEMPLATE_FIELD_TEXT:
    case LIA_TEMPLATE_FIELD_OPTIONAL:
    default:
      return lia_template_value_new_lines ("an answer\nof two lines");
    }
}

static LiaTemplateResult *
fill_first (LiaTemplateResult *result)
{
  const LiaTemplateSpan *span = lia_template_result_next_unfilled (result, 0);
  g_autoptr (LiaTemplateValue) value = answer (span->field);

  return lia_template_result_fill (result, span->field->key, value);
}

/* Whoever fills in one field after the other comes to an end, and each one stays filled in. */
static void
check_filling (LiaTemplateResult *first)
{
  g_autoptr (LiaTemplateResult) result = g_object_ref (first);

  for (guint i = 0; result->n_unfilled > 0 && i < 8; i++)
    {
      g_autoptr (LiaTemplateResult) before = g_steal_pointer (&result);

      result = fill_first (before);
      check_result (result);
      g_assert_cmpuint (g_hash_table_size (result->answers), ==, i + 1);
    }
}

static void
check_template (LiaTemplate *template,
                const char *text)
{
  g_autofree char *written = lia_template_to_text (template);
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (LiaTemplate) again = lia_template_parse (written, &errors);
  g_autofree char *written_again = NULL;

  if (again == NULL && g_utf8_strlen (written, -1) > 50000)
    return;

  g_assert_nonnull (again);
  written_again = lia_template_to_text (again);
  g_assert_cmpstr (written_again, ==, written);

  for (guint knows_all = 0; knows_all < 2; knows_all++)
    {
      LiaTemplateContext *context = get_context (knows_all);
      g_autoptr (LiaTemplateResult) result = lia_template_evaluate (template, context);
      g_autoptr (LiaTemplateResult) result_again = lia_template_evaluate (again, context);

      check_result (result);
      g_assert_cmpstr (result->text, ==, result_again->text);
      g_assert_cmpuint (result->spans->len, ==, result_again->spans->len);
      /* Two braces are in a letter only if somebody quoted them, or is called so */
      if (!knows_all && strstr (text, "\"") == NULL && strstr (text, "verbatim") == NULL && strstr (text, "“") == NULL && strstr (text, "„") == NULL &&
          strstr (text, "”") == NULL && strstr (text, "«") == NULL)
        g_assert_null (strstr (result->text, "{{"));
      check_filling (result);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (LiaTemplate) template = lia_template_parse (text, &errors);

  if (template == NULL)
    check_errors (errors, text);
  else
    check_template (template, text);

  return 0;
}
