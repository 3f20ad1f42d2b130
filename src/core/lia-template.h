/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * LiaTemplateError:
 *
 * What is wrong with a response and where, counted in characters of its text.
 */
typedef struct
{
  guint start;
  guint length;
  char *message;    /* in plain words and the agent's language */
  char *suggestion; /* what could stand there instead, or NULL */
} LiaTemplateError;

#define LIA_TYPE_TEMPLATE (lia_template_get_type ())

G_DECLARE_FINAL_TYPE (LiaTemplate, lia_template, LIA, TEMPLATE, GObject)

typedef enum {
  LIA_TEMPLATE_GREETING = 1 << 0,
  LIA_TEMPLATE_BODY = 1 << 1,
  LIA_TEMPLATE_FAREWELL = 1 << 2,
  LIA_TEMPLATE_WHOLE = LIA_TEMPLATE_GREETING | LIA_TEMPLATE_BODY | LIA_TEMPLATE_FAREWELL,
} LiaTemplateParts;

LiaTemplate     *lia_template_parse (const char *text,
                                     GPtrArray **errors);
LiaTemplate     *lia_template_stack (LiaTemplate *const *templates,
                                     guint               n_templates,
                                     LiaTemplateParts    parts);
LiaTemplate     *lia_template_as_part (LiaTemplate     *self,
                                       LiaTemplateParts part);
LiaTemplateParts lia_template_get_parts (LiaTemplate *self);
char            *lia_template_to_text (LiaTemplate *self);
char            *lia_template_quote (const char *text);
void             lia_template_error_free (LiaTemplateError *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTemplateError, lia_template_error_free)

G_END_DECLS
