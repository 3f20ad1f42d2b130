/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-template-private.h"
#include "lia-template-result.h"

G_BEGIN_DECLS

/* What stands behind the names in a response while it is evaluated */
typedef struct
{
  LiaTemplateContext *context;
  GHashTable         *answers; /* char* key -> LiaTemplateValue */
  GHashTable         *asked;   /* char* label (of the field) -> LiaTemplateField: what the text has asked for so far */
} LiaTemplateScope;

/* Text that grows, with its spans. What was left out takes the blanks and the line with it that it leaves behind. */
typedef struct
{
  GString   *text;
  guint      chars;
  GPtrArray *spans;   /* of LiaTemplateSpan */
  gboolean   omitted; /* something was, right here */
  gboolean   omitted_lines;
} LiaTemplateOutput;

char             *lia_template_run (LiaTemplate *template,
                                    LiaTemplateContext *context,
                                    GHashTable         *answers,
                                    GPtrArray         **spans);
gboolean          lia_template_tests_hold (const GPtrArray        *tests,
                                           const LiaTemplateScope *scope);
LiaTemplateValue *lia_template_scope_lookup (const LiaTemplateScope       *scope,
                                             const LiaTemplatePlaceholder *placeholder);
LiaTemplateValue *lia_template_scope_answer (const LiaTemplateScope *scope,
                                             const LiaTemplateField *field,
                                             gboolean               *proposed);

void             lia_template_output_init (LiaTemplateOutput *self);
void             lia_template_output_clear (LiaTemplateOutput *self);
void             lia_template_output_text (LiaTemplateOutput *self,
                                           const char        *text,
                                           gsize              length);
LiaTemplateSpan *lia_template_output_span (LiaTemplateOutput  *self,
                                           const char         *text,
                                           LiaTemplateSpanKind kind,
                                           const char         *name,
                                           LiaTemplateField   *field);
void             lia_template_output_omit (LiaTemplateOutput *self,
                                           gboolean           lines);
void             lia_template_output_add_section (LiaTemplateOutput *self,
                                                  LiaTemplateOutput *section);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LiaTemplateOutput, lia_template_output_clear)

G_END_DECLS
