/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-values.h"

G_DEFINE_INTERFACE (LiaTemplateValues, lia_template_values, G_TYPE_OBJECT)

static void
lia_template_values_default_init (LiaTemplateValuesInterface *iface)
{
}

/** lia_template_values_lookup: (transfer full): the value of the placeholder @name, or NULL when it is not known. */
LiaTemplateValue *
lia_template_values_lookup (LiaTemplateValues *self,
                            const char        *name)
{
  return LIA_TEMPLATE_VALUES_GET_IFACE (self)->lookup (self, name);
}

/**
 * LiaTemplateMap:
 *
 * The values of placeholders by their names. Filled by whoever makes it, before anybody else sees it.
 */
struct _LiaTemplateMap
{
  GObject parent_instance;

  GHashTable *values; /* char* -> LiaTemplateValue */
};

static LiaTemplateValue *
lia_template_map_lookup (LiaTemplateValues *values,
                         const char        *name)
{
  LiaTemplateMap   *self = LIA_TEMPLATE_MAP (values);
  LiaTemplateValue *value = g_hash_table_lookup (self->values, name);

  return value != NULL ? lia_template_value_ref (value) : NULL;
}

static void
values_iface_init (LiaTemplateValuesInterface *iface)
{
  iface->lookup = lia_template_map_lookup;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LiaTemplateMap, lia_template_map, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (LIA_TYPE_TEMPLATE_VALUES, values_iface_init))

static void
lia_template_map_finalize (GObject *object)
{
  LiaTemplateMap *self = (LiaTemplateMap *)object;

  g_clear_pointer (&self->values, g_hash_table_unref);

  G_OBJECT_CLASS (lia_template_map_parent_class)->finalize (object);
}

static void
lia_template_map_class_init (LiaTemplateMapClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_template_map_finalize;
}

static void
lia_template_map_init (LiaTemplateMap *self)
{
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)lia_template_value_unref);
}

/** lia_template_map_new: knows nothing yet. */
LiaTemplateMap *
lia_template_map_new (void)
{
  return g_object_new (LIA_TYPE_TEMPLATE_MAP, NULL);
}

/** lia_template_map_take: @value (transfer full) is NULL when it is not known; then the name stays unknown. */
void
lia_template_map_take (LiaTemplateMap   *self,
                       const char       *name,
                       LiaTemplateValue *value)
{
  if (value != NULL)
    g_hash_table_insert (self->values, g_strdup (name), value);
}
