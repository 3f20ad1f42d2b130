/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-response-wording.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (LiaResponseWording, lia_response_wording, G_TYPE_OBJECT)

static void
lia_response_wording_finalize (GObject *object)
{
  LiaResponseWording *self = (LiaResponseWording *)object;

  g_clear_object (&self->canned);
  g_clear_pointer (&self->variant, lia_canned_variant_unref);
  g_clear_pointer (&self->language, g_free);
  g_clear_object (&self->result);
  g_clear_pointer (&self->errors, g_ptr_array_unref);

  G_OBJECT_CLASS (lia_response_wording_parent_class)->finalize (object);
}

static void
lia_response_wording_class_init (LiaResponseWordingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_response_wording_finalize;
}

static void
lia_response_wording_init (LiaResponseWording *self)
{
  self->errors = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_template_error_free);
}

/* A letter in German to somebody in Austria has Austrian dates, one in English to them English ones. */
static const char *
letter_language (const char *written,
                 const char *wanted)
{
  gsize length = strcspn (written, "-_");

  if (*written == '\0')
    return wanted;

  return wanted != NULL && strcspn (wanted, "-_") == length && g_ascii_strncasecmp (written, wanted, length) == 0 ? wanted : written;
}

static void
evaluate (LiaResponseWording *self,
          const char         *wanted,
          LiaTemplateValues  *values,
          GTimeZone          *zone,
          gint64              now_ms)
{
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (LiaTemplate) template = lia_template_parse (self->variant->body, &errors);
  g_autoptr (LiaTemplateContext) context = NULL;

  if (template == NULL)
    {
      g_clear_pointer (&self->errors, g_ptr_array_unref);
      self->errors = g_steal_pointer (&errors);
      return;
    }

  context = lia_template_context_new (values, letter_language (self->variant->language, wanted), zone, now_ms);
  self->result = lia_template_evaluate (template, context);
}

/**
 * lia_response_wording_new:
 * @wanted: what the conversation needs
 * @default_language: (nullable): the workspace's
 * @values: what is known of customer, agent and conversation
 * @zone: the customer's
 */
LiaResponseWording *
lia_response_wording_new (LiaCanned               *canned,
                          const LiaTemplateWanted *wanted,
                          const char              *default_language,
                          LiaTemplateValues       *values,
                          GTimeZone               *zone,
                          gint64                   now_ms)
{
  LiaResponseWording *self = g_object_new (LIA_TYPE_RESPONSE_WORDING, NULL);
  LiaCannedVariant   *variant = lia_template_variant_choose (canned, wanted, default_language, &self->misses);
  const char         *language = wanted->language != NULL && *wanted->language != '\0' ? wanted->language : default_language;

  self->canned = g_object_ref (canned);
  self->language = g_strdup (language != NULL ? language : "");
  self->formality = wanted->formality;
  if (variant != NULL)
    {
      self->variant = lia_canned_variant_ref (variant);
      evaluate (self, wanted->language, values, zone, now_ms);
    }

  return self;
}
