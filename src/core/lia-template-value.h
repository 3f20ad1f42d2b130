/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-hours.h"

G_BEGIN_DECLS

typedef enum {
  LIA_TEMPLATE_TEXT,
  LIA_TEMPLATE_NUMBER,
  LIA_TEMPLATE_DATE, /* a day of the calendar, the same in every time zone */
  LIA_TEMPLATE_TIME, /* a moment, shown in the reader's time zone */
  LIA_TEMPLATE_LIST,
  LIA_TEMPLATE_OPENING_HOURS, /* when a queue is open */
  LIA_TEMPLATE_TRUTH,         /* whether something is so: only conditions ask for it */
} LiaTemplateType;

/**
 * LiaTemplateValue:
 *
 * What stands in a placeholder's or a field's place. Immutable and counted. There is no empty value: the constructors give NULL for one,
 * and NULL is what "not known" means everywhere.
 */
typedef struct
{
  LiaTemplateType type;
  char           *text;    /* of a text; of a number, if its digits count, as they were typed ("0042"), or NULL */
  double          number;  /* of a number; of a truth 0 = no */
  gint64          time_ms; /* of a time; of a date its midnight in UTC; of hours the moment at which they are told */
  GStrv           list;    /* of a list, never empty */
  LiaHours       *hours;   /* of hours */
} LiaTemplateValue;

LiaTemplateValue *lia_template_value_new_text (const char *text);
LiaTemplateValue *lia_template_value_new_lines (const char *text);
LiaTemplateValue *lia_template_value_new_number (double number);
LiaTemplateValue *lia_template_value_new_digits (const char *digits);
LiaTemplateValue *lia_template_value_new_date (int year,
                                               int month,
                                               int day);
LiaTemplateValue *lia_template_value_new_date_from_string (const char *date);
LiaTemplateValue *lia_template_value_new_time (gint64 time_ms);
LiaTemplateValue *lia_template_value_new_list (const char *const *list);
LiaTemplateValue *lia_template_value_new_hours (LiaHours *hours,
                                                gint64    now_ms);
LiaTemplateValue *lia_template_value_new_truth (gboolean is_so);
gboolean          lia_template_value_holds (const LiaTemplateValue *self);
LiaTemplateValue *lia_template_value_ref (LiaTemplateValue *self);
void              lia_template_value_unref (LiaTemplateValue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTemplateValue, lia_template_value_unref)

G_END_DECLS
