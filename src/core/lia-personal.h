/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaPersonalKind:
 * @LIA_PERSONAL_WORDS: what an agent marked by hand
 * @LIA_PERSONAL_SECRET: passwords, keys, tokens, what lets somebody in by a link
 * @LIA_PERSONAL_MAIL: an e-mail address
 * @LIA_PERSONAL_IBAN: a bank account (ISO 13616), its check digits right
 * @LIA_PERSONAL_CARD: a payment card, its check digit right (ISO/IEC 7812-1, Luhn)
 * @LIA_PERSONAL_IP: an address of the Internet, but this machine's own
 * @LIA_PERSONAL_PHONE: a telephone number with its extension
 * @LIA_PERSONAL_ID: a passport's, tax office's or insurance's number of a person
 * @LIA_PERSONAL_LOGIN: a user name, also in a path
 * @LIA_PERSONAL_NAME: of a person
 * @LIA_PERSONAL_ADDRESS: street and house, or postal code and town
 * @LIA_PERSONAL_SIGNATURE: all that stands under a message
 *
 * What can say who somebody is. Where two overlap, the earlier kind names the whole.
 */
typedef enum {
  LIA_PERSONAL_WORDS,
  LIA_PERSONAL_SECRET,
  LIA_PERSONAL_MAIL,
  LIA_PERSONAL_IBAN,
  LIA_PERSONAL_CARD,
  LIA_PERSONAL_IP,
  LIA_PERSONAL_PHONE,
  LIA_PERSONAL_ID,
  LIA_PERSONAL_LOGIN,
  LIA_PERSONAL_NAME,
  LIA_PERSONAL_ADDRESS,
  LIA_PERSONAL_SIGNATURE,
} LiaPersonalKind;

#define LIA_N_PERSONAL_KINDS (LIA_PERSONAL_SIGNATURE + 1)

/**
 * LiaPersonal:
 * @start: first byte of it in the UTF-8 text
 * @end: the byte after it
 *
 * A personal part of a text.
 */
typedef struct
{
  gsize           start;
  gsize           end;
  LiaPersonalKind kind;
} LiaPersonal;

const char *lia_personal_kind_to_string (LiaPersonalKind kind);
void        lia_personal_find (const char *text,
                               const char *country,
                               gboolean    strict,
                               GArray     *found);
void        lia_personal_find_names (const char *text,
                                     GArray     *found);

G_END_DECLS
