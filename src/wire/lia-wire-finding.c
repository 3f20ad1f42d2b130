/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Findings and quotes, and what is counted of them. */

#include "lia-wire.h"

#include "lia-wire-fields.h"

#define MAX_COUNT 1000000000
#define MAX_SECOND (7 * 24 * 3600)

#define AT(field) G_STRUCT_OFFSET (LiaFinding, field)

static const LiaField fields[] = {
  { "id", LIA_FIELD_TEXT, AT (id) },
  { "ver", LIA_FIELD_INT, AT (ver) },
  { "kind", LIA_FIELD_ENUM, AT (kind), LIA_JSON_REQUIRED, lia_finding_kind_to_string, lia_finding_kind_from_string },
  { "title", LIA_FIELD_TEXT, AT (title), LIA_JSON_REQUIRED },
  { "product", LIA_FIELD_TEXT, AT (product) },
  { "url", LIA_FIELD_TEXT, AT (url) },
  { "state", LIA_FIELD_ENUM, AT (state), LIA_JSON_OPTIONAL, lia_finding_state_to_string, lia_finding_state_from_string },
  { "customers", LIA_FIELD_INT, AT (customers) },
  { "blocked", LIA_FIELD_INT, AT (blocked) },
  { "quotes", LIA_FIELD_INT, AT (quotes) },
  { "to_tell", LIA_FIELD_INT, AT (to_tell) },
  { "told", LIA_FIELD_INT, AT (told) },
  { "phone_ms", LIA_FIELD_INT, AT (phone_ms) },
  { "first_at", LIA_FIELD_TIME, AT (first_ms) },
  { "last_at", LIA_FIELD_TIME, AT (last_ms) },
  { "linked_at", LIA_FIELD_TIME, AT (linked_ms) },
  { "fixed_at", LIA_FIELD_TIME, AT (fixed_ms) },
  { "told_at", LIA_FIELD_TIME, AT (told_ms) },
  { "merged", LIA_FIELD_WORDS, AT (merged) },
};

#undef AT
#define AT(field) G_STRUCT_OFFSET (LiaQuote, field)

static const LiaField quote_fields[] = {
  { "entry", LIA_FIELD_TEXT, AT (entry) },
  { "conv", LIA_FIELD_TEXT, AT (conv) },
  { "finding", LIA_FIELD_TEXT, AT (finding) },
  { "at", LIA_FIELD_TIME, AT (at_ms) },
  { "agent", LIA_FIELD_TEXT, AT (agent) },
  { "text", LIA_FIELD_TEXT, AT (text) },
  { "importance", LIA_FIELD_ENUM, AT (importance), LIA_JSON_OPTIONAL, lia_importance_to_string, lia_importance_from_string },
  { "source", LIA_FIELD_TEXT, AT (source) },
  { "start", LIA_FIELD_INT, AT (start) },
  { "end", LIA_FIELD_INT, AT (end) },
  { "url", LIA_FIELD_TEXT, AT (url) },
};

#undef AT
#define AT(field) G_STRUCT_OFFSET (LiaFailingPage, field)

static const LiaField page_fields[] = {
  { "url", LIA_FIELD_TEXT, AT (url), LIA_JSON_REQUIRED },
  { "findings", LIA_FIELD_INT, AT (findings) },
  { "quotes", LIA_FIELD_INT, AT (quotes) },
  { "contacts", LIA_FIELD_INT, AT (contacts) },
  { "customers", LIA_FIELD_INT, AT (customers) },
  { "last_at", LIA_FIELD_TIME, AT (last_ms) },
};

#undef AT

/** lia_wire_encode_failing_page: as GET /v1/findings/pages gives it. */
JsonObject *
lia_wire_encode_failing_page (LiaFailingPage *page)
{
  return lia_fields_encode_new (page_fields, G_N_ELEMENTS (page_fields), page);
}

LiaFailingPage *
lia_wire_decode_failing_page (JsonObject *object,
                              GError    **error)
{
  return LIA_FIELDS_DECODE_NEW (lia_failing_page_new (), page_fields, object, error);
}

static JsonObject *
encode_span (const LiaFindingSpan *span)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "n", span->n);
  json_object_set_int_member (object, "p50_ms", span->p50_ms);
  json_object_set_int_member (object, "p90_ms", span->p90_ms);

  return object;
}

/** lia_wire_encode_finding_figures: as GET /v1/findings/figures gives it: a number a state, and how long it took to get there. */
JsonObject *
lia_wire_encode_finding_figures (LiaFindingFigures *figures)
{
  JsonObject *object = json_object_new ();
  JsonObject *spans = json_object_new ();

  for (guint i = 0; i < LIA_FINDING_N_STATES; i++)
    {
      const char *state = lia_finding_state_to_string ((LiaFindingState)i);

      json_object_set_int_member (object, state, figures->states[i]);
      if (i != LIA_FINDING_NEW)
        json_object_set_object_member (spans, state, encode_span (&figures->spans[i]));
    }
  json_object_set_object_member (object, "spans", spans);

  return object;
}

static gboolean
decode_span (JsonObject     *spans,
             const char     *state,
             LiaFindingSpan *span,
             GError        **error)
{
  JsonObject *object;

  if (!lia_json_obj (spans, state, LIA_JSON_OPTIONAL, &object, error))
    return FALSE;

  return object == NULL || (lia_json_int (object, "n", LIA_JSON_REQUIRED, 0, MAX_COUNT, &span->n, error) &&
                            lia_json_int (object, "p50_ms", LIA_JSON_REQUIRED, 0, G_MAXINT64, &span->p50_ms, error) &&
                            lia_json_int (object, "p90_ms", LIA_JSON_REQUIRED, 0, G_MAXINT64, &span->p90_ms, error));
}

LiaFindingFigures *
lia_wire_decode_finding_figures (JsonObject *object,
                                 GError    **error)
{
  g_autoptr (LiaFindingFigures) figures = lia_finding_figures_new ();
  JsonObject *spans;

  if (!lia_json_obj (object, "spans", LIA_JSON_OPTIONAL, &spans, error))
    return NULL;
  for (guint i = 0; i < LIA_FINDING_N_STATES; i++)
    {
      const char *state = lia_finding_state_to_string ((LiaFindingState)i);

      if (!lia_json_int (object, state, LIA_JSON_OPTIONAL, 0, MAX_COUNT, &figures->states[i], error) ||
          (spans != NULL && !decode_span (spans, state, &figures->spans[i], error)))
        return NULL;
    }

  return g_steal_pointer (&figures);
}

static void
encode_issues (LiaFinding *finding,
               JsonObject *object)
{
  JsonArray *issues = json_array_new ();

  for (guint i = 0; i < finding->issues->len; i++)
    json_array_add_object_element (issues, lia_wire_encode_issue (finding->issues->pdata[i]));
  json_object_set_array_member (object, "issues", issues);
  if (finding->push != NULL)
    json_object_set_object_member (object, "push", lia_wire_encode_push (finding->push));
  else
    json_object_set_null_member (object, "push");
}

static gboolean
decode_issues (LiaFinding *finding,
               JsonObject *object,
               GError    **error)
{
  GPtrArray  *issues = lia_wire_decode_list (object, "issues", (LiaDecodeFunc)lia_wire_decode_issue, g_object_unref, error);
  JsonObject *push;

  if (issues == NULL)
    return FALSE;
  g_ptr_array_unref (finding->issues);
  finding->issues = issues;
  if (!lia_json_obj (object, "push", LIA_JSON_OPTIONAL, &push, error))
    return FALSE;
  if (push == NULL || (finding->push = lia_wire_decode_push (push, error)) != NULL)
    return TRUE;
  lia_problem_prefix (error, "push", -1);

  return FALSE;
}

/** lia_wire_encode_finding: as GET /v1/findings gives it. */
JsonObject *
lia_wire_encode_finding (LiaFinding *finding)
{
  JsonObject *object = lia_fields_encode_new (fields, G_N_ELEMENTS (fields), finding);
  JsonArray  *weeks = json_array_new ();

  for (guint i = 0; i < LIA_FINDING_WEEKS; i++)
    json_array_add_int_element (weeks, finding->weeks[i]);
  json_object_set_array_member (object, "weeks", weeks);
  encode_issues (finding, object);

  return object;
}

/* A newer engine may count more weeks: the last ones are these. */
static gboolean
decode_weeks (LiaFinding *finding,
              JsonObject *object,
              GError    **error)
{
  JsonArray *weeks;
  guint      n;

  if (!lia_json_arr (object, "weeks", LIA_JSON_OPTIONAL, LIA_WIRE_MAX_ITEMS, &weeks, error))
    return FALSE;

  n = weeks != NULL ? json_array_get_length (weeks) : 0;
  for (guint i = 0; i < MIN (n, LIA_FINDING_WEEKS); i++)
    {
      if (!lia_json_arr_int (weeks, n - 1 - i, 0, MAX_COUNT, &finding->weeks[LIA_FINDING_WEEKS - 1 - i], error))
        {
          lia_problem_prefix (error, "weeks", (int)(n - 1 - i));
          return FALSE;
        }
    }

  return TRUE;
}

LiaFinding *
lia_wire_decode_finding (JsonObject *object,
                         GError    **error)
{
  g_autoptr (LiaFinding) finding = LIA_FIELDS_DECODE_NEW (lia_finding_new (), fields, object, error);

  return finding != NULL && decode_weeks (finding, object, error) && decode_issues (finding, object, error) ? g_steal_pointer (&finding) : NULL;
}

/** lia_wire_encode_quote: as GET /v1/findings/{id} gives it; without a customer that it does not have. */
JsonObject *
lia_wire_encode_quote (LiaQuote *quote)
{
  JsonObject *object = lia_fields_encode_new (quote_fields, G_N_ELEMENTS (quote_fields), quote);

  if (quote->second != LIA_QUOTE_NO_SECOND)
    json_object_set_int_member (object, "second", quote->second);
  if (quote->customer != NULL)
    json_object_set_object_member (object, "customer", lia_wire_encode_customer_of (quote->customer_id, quote->customer));

  return object;
}

LiaQuote *
lia_wire_decode_quote (JsonObject *object,
                       GError    **error)
{
  g_autoptr (LiaQuote) quote = LIA_FIELDS_DECODE_NEW (lia_quote_new (), quote_fields, object, error);

  if (quote == NULL || !lia_wire_decode_customer_of (object, LIA_JSON_OPTIONAL, &quote->customer_id, &quote->customer, error))
    return NULL;
  if (json_object_has_member (object, "second") && !lia_json_int (object, "second", LIA_JSON_REQUIRED, 0, MAX_SECOND, &quote->second, error))
    return NULL;

  return g_steal_pointer (&quote);
}
