/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-template-value.h"

G_BEGIN_DECLS

/**
 * LiaTemplatePlaceholder:
 * @name: as it is written in a response
 * @type: what can be done with it: only numbers and days are compared by size, only days are counted on from
 *
 * @missing: why there may be no value, where that is not clear from the title; or NULL
 *
 * A placeholder that there is. The title and the example are for an insertion menu; see their functions.
 */
typedef struct
{
  const char     *name;
  const char     *title;
  const char     *example;
  LiaTemplateType type;
  const char     *missing;
} LiaTemplatePlaceholder;

const LiaTemplatePlaceholder *lia_template_placeholders (guint *n_placeholders);
const LiaTemplatePlaceholder *lia_template_placeholder_find (const char *name);
const char                   *lia_template_placeholder_suggest (const char *name);
const char                   *lia_template_placeholder_get_title (const LiaTemplatePlaceholder *self);
const char                   *lia_template_placeholder_get_example (const LiaTemplatePlaceholder *self);

char *lia_template_placeholder_dup_question (const LiaTemplatePlaceholder *self);

const char *lia_template_placeholder_get_missing (const LiaTemplatePlaceholder *self);

char *lia_template_find_placeholder (const char *text);

guint lia_template_word_distance (const char *a,
                                  const char *b);

G_END_DECLS
