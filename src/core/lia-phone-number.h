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

/**
 * LiaNumberKind:
 * @LIA_NUMBER_INTERNAL: an extension, or whatever else the country has no such number of
 * @LIA_NUMBER_NATIONAL: of the country, at its usual price
 * @LIA_NUMBER_INTERNATIONAL: of another country
 * @LIA_NUMBER_PREMIUM: costs more than a call to a person; also a satellite's
 * @LIA_NUMBER_CODE: "*21*0044…": a long one with keys that are no digits
 * @LIA_NUMBER_EMERGENCY: police, fire brigade, ambulance
 *
 * What a number is for whom dials it.
 */
typedef enum {
  LIA_NUMBER_INTERNAL,
  LIA_NUMBER_NATIONAL,
  LIA_NUMBER_INTERNATIONAL,
  LIA_NUMBER_PREMIUM,
  LIA_NUMBER_CODE,
  LIA_NUMBER_EMERGENCY,
} LiaNumberKind;

LiaNumberKind lia_phone_number_kind (const char *dialled,
                                     const char *country);
/* A telephone number stands between these bytes of a text. */
typedef void (*LiaPhoneNumberFunc) (gsize    start,
                                    gsize    end,
                                    gpointer data);

gboolean      lia_phone_number_is_withheld (const char *raw);
char         *lia_phone_number_parse (const char *raw,
                                      const char *country);
char         *lia_phone_number_format (const char *raw,
                                       const char *country);
char         *lia_phone_number_show (const char *raw,
                                     const char *country);
char         *lia_phone_number_end (const char *raw);
LiaMatchLevel lia_phone_number_match (const char  *a,
                                      const char  *b,
                                      const char  *country,
                                      const char **reason);
gboolean      lia_phone_number_is_country (const char *country);
char         *lia_phone_number_country (const char *number);
void          lia_phone_number_find (const char        *text,
                                     const char        *country,
                                     LiaPhoneNumberFunc func,
                                     gpointer           data);

G_END_DECLS
