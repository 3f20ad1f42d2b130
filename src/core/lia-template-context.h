/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-template-locale.h"
#include "lia-template-values.h"

G_BEGIN_DECLS

#define LIA_TYPE_TEMPLATE_CONTEXT (lia_template_context_get_type ())

G_DECLARE_FINAL_TYPE (LiaTemplateContext, lia_template_context, LIA, TEMPLATE_CONTEXT, GObject)

/**
 * LiaTemplateContext:
 *
 * For whom a response is written, and when. Immutable once published, and used by one thread at a time. `values` may know more the next time it
 * is asked.
 */
struct _LiaTemplateContext
{
  GObject parent_instance;

  LiaTemplateValues *values;
  char              *language; /* the letter's, or NULL */
  LiaTemplateLocale *locale;   /* how it writes days and numbers */
  GTimeZone         *zone;     /* the customer's */
  gint64             now_ms;
};

LiaTemplateContext *lia_template_context_new (LiaTemplateValues *values,
                                              const char        *language,
                                              GTimeZone         *zone,
                                              gint64             now_ms);

G_END_DECLS
