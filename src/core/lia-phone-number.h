/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-call-enums.h"

G_BEGIN_DECLS

/*
 * Telephone numbers, by libphonenumber. Raw numbers come from callers and are hostile: any bytes will do. A country is an ISO 3166 code
 * ("DE"), in which numbers without a country code are read; NULL or "" when none is set.
 */

/* The shortest end that two numbers can have in common and be thought the same: in 90,000 numbers, 7 digits are shared by one in 200 */
#define LIA_PHONE_NUMBER_MIN_END 7

gboolean      lia_phone_number_is_withheld (const char *raw);
char         *lia_phone_number_parse (const char *raw,
                                      const char *country);
char         *lia_phone_number_format (const char *raw,
                                       const char *country);
char         *lia_phone_number_end (const char *raw);
LiaMatchLevel lia_phone_number_match (const char  *a,
                                      const char  *b,
                                      const char  *country,
                                      const char **reason);
gboolean      lia_phone_number_is_country (const char *country);

G_END_DECLS
