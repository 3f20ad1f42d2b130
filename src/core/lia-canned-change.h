/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"

G_BEGIN_DECLS

/** LiaCannedFields: what an author of a response can write, each a bit, in the order in which one is told of it. */
typedef enum {
  LIA_CANNED_TITLE = 1 << 0,
  LIA_CANNED_SHORTCUT = 1 << 1,
  LIA_CANNED_TEXTS = 1 << 2,
  LIA_CANNED_FOLDER = 1 << 3,
  LIA_CANNED_TAGS = 1 << 4,
  LIA_CANNED_ALIASES = 1 << 5,
  LIA_CANNED_SCOPE = 1 << 6,
  LIA_CANNED_STATE = 1 << 7,
  LIA_CANNED_REVIEW_BY = 1 << 8,
  LIA_CANNED_PLACE = 1 << 9, /* greeting, farewell */
  LIA_CANNED_ATTACHMENTS = 1 << 10,
  LIA_CANNED_ACTIONS = 1 << 11,
  LIA_CANNED_FITS = 1 << 12, /* channels, queues, products */
  LIA_CANNED_EVERYTHING = (1 << 13) - 1,
} LiaCannedFields;

LiaCanned        *lia_canned_copy (LiaCanned *self);
void              lia_canned_take_fields (LiaCanned      *self,
                                          LiaCanned      *from,
                                          LiaCannedFields fields);
LiaCannedFields   lia_canned_compare (LiaCanned *a,
                                      LiaCanned *b);
char             *lia_canned_fields_to_words (LiaCannedFields fields);
LiaCannedVariant *lia_canned_variant_copy (const LiaCannedVariant *self);
LiaCannedVariant *lia_canned_find_variant (LiaCanned         *self,
                                           const char        *language,
                                           LiaCannedFormality formality,
                                           const char        *channel);

G_END_DECLS
