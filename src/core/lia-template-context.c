/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-context.h"

G_DEFINE_FINAL_TYPE (LiaTemplateContext, lia_template_context, G_TYPE_OBJECT)

static void
lia_template_context_finalize (GObject *object)
{
  LiaTemplateContext *self = (LiaTemplateContext *)object;

  g_clear_object (&self->values);
  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->locale, lia_template_locale_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (lia_template_context_parent_class)->finalize (object);
}

static void
lia_template_context_class_init (LiaTemplateContextClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_template_context_finalize;
}

static void
lia_template_context_init (LiaTemplateContext *self)
{
}

/**
 * lia_template_context_new:
 * @language: the letter's, a tag ("de-AT"): that of the wording, with the customer's country; NULL if it is not known
 * @zone: the customer's
 */
LiaTemplateContext *
lia_template_context_new (LiaTemplateValues *values,
                          const char        *language,
                          GTimeZone         *zone,
                          gint64             now_ms)
{
  LiaTemplateContext *self = g_object_new (LIA_TYPE_TEMPLATE_CONTEXT, NULL);

  self->values = g_object_ref (values);
  self->language = g_strdup (language);
  self->locale = lia_template_locale_new (language);
  self->zone = g_time_zone_ref (zone);
  self->now_ms = now_ms;

  return self;
}
