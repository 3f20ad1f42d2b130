/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-template-value.h"

G_BEGIN_DECLS

typedef enum {
  LIA_TEMPLATE_FIELD_TEXT,
  LIA_TEMPLATE_FIELD_NUMBER,
  LIA_TEMPLATE_FIELD_DATE,
  LIA_TEMPLATE_FIELD_CHOICE,
  LIA_TEMPLATE_FIELD_OPTIONAL, /* a part that the agent takes in or leaves out; any value takes it in */
} LiaTemplateFieldKind;

/**
 * LiaTemplateField:
 *
 * Something that the agent fills in. Immutable and counted. What has the same key is filled once, however often it is asked for.
 */
typedef struct
{
  LiaTemplateFieldKind kind;
  char                *key;      /* made of kind, label and choices; of a placeholder whose value is not known, that one's name */
  char                *label;    /* what the agent is asked, in plain words */
  GStrv                choices;  /* of a choice, else NULL */
  LiaTemplateValue    *proposed; /* filled in until the agent says otherwise, or NULL */
} LiaTemplateField;

LiaTemplateField *lia_template_field_new (LiaTemplateFieldKind kind,
                                          const char          *key,
                                          const char          *label);
LiaTemplateField *lia_template_field_ref (LiaTemplateField *self);
void              lia_template_field_unref (LiaTemplateField *self);
gboolean          lia_template_field_accepts (const LiaTemplateField *self,
                                              const LiaTemplateValue *value);
LiaTemplateValue *lia_template_field_read (const LiaTemplateField *self,
                                           const char             *typed,
                                           const char             *locale,
                                           const char            **problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTemplateField, lia_template_field_unref)

G_END_DECLS
