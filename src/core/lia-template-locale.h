/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-template-value.h"

G_BEGIN_DECLS

typedef enum {
  LIA_TEMPLATE_AS_IS, /* a day as a long date, a moment as date and time, a number without groups: it may be the number of an order */
  LIA_TEMPLATE_AS_DATE,
  LIA_TEMPLATE_AS_SHORT_DATE,
  LIA_TEMPLATE_AS_DAY,
  LIA_TEMPLATE_AS_WEEKDAY,
  LIA_TEMPLATE_AS_MONTH,
  LIA_TEMPLATE_AS_TIME,
  LIA_TEMPLATE_AS_DATE_AND_TIME,
  LIA_TEMPLATE_AS_AMOUNT,
} LiaTemplateStyle;

/**
 * LiaTemplateLocale:
 *
 * How days, numbers and lists are written in one language. Keeps what it has looked up, so it is made once for many texts, and used by one
 * thread at a time.
 */
typedef struct _LiaTemplateLocale LiaTemplateLocale;

LiaTemplateLocale *lia_template_locale_new (const char *tag);
void               lia_template_locale_free (LiaTemplateLocale *self);
char              *lia_template_locale_format (LiaTemplateLocale      *self,
                                               const LiaTemplateValue *value,
                                               LiaTemplateStyle        style,
                                               GTimeZone              *zone);
gboolean           lia_template_locale_read_number (const char *typed,
                                                    const char *tag,
                                                    double     *number);
char              *lia_template_locale_language_name (const char *tag,
                                                      const char *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTemplateLocale, lia_template_locale_free)

G_END_DECLS
