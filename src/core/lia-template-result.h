/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-template-context.h"
#include "lia-template-field.h"
#include "lia-template.h"

G_BEGIN_DECLS

typedef enum {
  LIA_TEMPLATE_SPAN_VALUE,    /* of a placeholder */
  LIA_TEMPLATE_SPAN_FALLBACK, /* what stands there because the value is not known */
  LIA_TEMPLATE_SPAN_PROPOSED, /* a field that the agent has not touched */
  LIA_TEMPLATE_SPAN_FILLED,   /* by the agent */
  LIA_TEMPLATE_SPAN_UNFILLED, /* must be filled before the text may be sent */
  LIA_TEMPLATE_SPAN_OPTIONAL, /* a part that was taken in; an empty span: one that was left out */
} LiaTemplateSpanKind;

/**
 * LiaTemplateSpan:
 *
 * Where something in the text comes from, in characters. Spans stand in the order of the text. They do not overlap, but an optional part, which
 * comes first, encloses those in it.
 */
typedef struct
{
  guint               start;
  guint               end;
  LiaTemplateSpanKind kind;
  const char         *name;  /* of the placeholder, for values and fallbacks; else NULL */
  LiaTemplateField   *field; /* for all others, else NULL */
} LiaTemplateSpan;

#define LIA_TYPE_TEMPLATE_RESULT (lia_template_result_get_type ())

G_DECLARE_FINAL_TYPE (LiaTemplateResult, lia_template_result, LIA, TEMPLATE_RESULT, GObject)

/**
 * LiaTemplateResult:
 *
 * What a response says to one customer: plain text, without a brace of the language. Whoever makes HTML of it escapes all of it. Immutable: to
 * fill in a field gives a new one.
 */
struct _LiaTemplateResult
{
  GObject parent_instance;

  char      *text;
  GPtrArray *spans;      /* of LiaTemplateSpan */
  guint      n_unfilled; /* spans; 0 = it may be sent */

  LiaTemplate *template;
  LiaTemplateContext *context;
  GHashTable         *answers; /* char* a field's key -> LiaTemplateValue */
};

LiaTemplateResult     *lia_template_evaluate (LiaTemplate *template,
                                              LiaTemplateContext *context);
LiaTemplateResult     *lia_template_result_fill (LiaTemplateResult *self,
                                                 const char        *key,
                                                 LiaTemplateValue  *value);
LiaTemplateResult     *lia_template_result_update (LiaTemplateResult  *self,
                                                   LiaTemplateContext *context);
const LiaTemplateSpan *lia_template_result_next_unfilled (LiaTemplateResult *self,
                                                          guint              position);
const LiaTemplateSpan *lia_template_result_previous_unfilled (LiaTemplateResult *self,
                                                              guint              position);

G_END_DECLS
