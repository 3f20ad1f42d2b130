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

char    *lia_template_locale_format (const LiaTemplateValue *value,
                                     LiaTemplateStyle        style,
                                     const char             *locale,
                                     GTimeZone              *zone);
gboolean lia_template_locale_read_number (const char *typed,
                                          const char *locale,
                                          double     *number);

G_END_DECLS
