/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "lia-template-value.h"

G_BEGIN_DECLS

#define LIA_TYPE_TEMPLATE_VALUES (lia_template_values_get_type ())

G_DECLARE_INTERFACE (LiaTemplateValues, lia_template_values, LIA, TEMPLATE_VALUES, GObject)

/**
 * LiaTemplateValuesInterface:
 * @lookup: the value of the placeholder @name, or NULL when it is not known here
 *
 * Where the values of placeholders come from. Asked anew each time that a text is made.
 */
struct _LiaTemplateValuesInterface
{
  GTypeInterface parent_iface;

  LiaTemplateValue *(*lookup) (LiaTemplateValues *self,
                               const char        *name);
};

LiaTemplateValue *lia_template_values_lookup (LiaTemplateValues *self,
                                              const char        *name);

#define LIA_TYPE_TEMPLATE_MAP (lia_template_map_get_type ())

G_DECLARE_FINAL_TYPE (LiaTemplateMap, lia_template_map, LIA, TEMPLATE_MAP, GObject)

LiaTemplateMap *lia_template_map_new (void);
void            lia_template_map_take (LiaTemplateMap   *self,
                                       const char       *name,
                                       LiaTemplateValue *value);

G_END_DECLS
