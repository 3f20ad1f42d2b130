/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-template-locale.h"

#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>

G_BEGIN_DECLS

/* lia-template-locale.c writes days, numbers and lists, -hours.c when a queue is open. */

#define LIA_TEMPLATE_N_STYLES (LIA_TEMPLATE_AS_AMOUNT + 1)

struct _LiaTemplateLocale
{
  char                       id[ULOC_FULLNAME_CAPACITY];
  UDateTimePatternGenerator *patterns;
  UDateFormat               *dates[LIA_TEMPLATE_N_STYLES]; /* opened when they are first needed */
  UNumberFormat             *numbers[2];                   /* without groups, with */
};

char *lia_template_locale_to_utf8 (UChar  *units,
                                   int32_t n_units);
char *lia_template_locale_format_clock (LiaTemplateLocale *self,
                                        gint64             clock_ms,
                                        LiaTemplateStyle   style);
char *lia_template_locale_format_hours (LiaTemplateLocale *self,
                                        LiaHours          *hours,
                                        gint64             now_ms);

G_END_DECLS
