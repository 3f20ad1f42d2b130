/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LIA_TEMPLATE_ANY_FORM,
  LIA_TEMPLATE_FORMAL,
  LIA_TEMPLATE_INFORMAL,
} LiaTemplateForm;

/**
 * LiaTemplateVariant:
 *
 * What one wording of a response is for, and what a conversation needs.
 */
typedef struct
{
  const char     *language; /* a tag: "de", "de-AT"; "" or NULL = any */
  LiaTemplateForm form;
  const char     *channel; /* "email", "chat", "phone"; "" or NULL = any */
} LiaTemplateVariant;

typedef enum {
  LIA_TEMPLATE_MISSES_LANGUAGE = 1 << 0, /* it is in another language than the customer's */
  LIA_TEMPLATE_MISSES_FORM = 1 << 1,     /* formal instead of informal, or the other way round */
  LIA_TEMPLATE_MISSES_CHANNEL = 1 << 2,  /* made for another channel */
} LiaTemplateMisses;

int lia_template_variant_choose (const LiaTemplateVariant *variants,
                                 guint                     n_variants,
                                 const LiaTemplateVariant *wanted,
                                 const char               *default_language,
                                 LiaTemplateMisses        *misses);

G_END_DECLS
