/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"

G_BEGIN_DECLS

/**
 * LiaTemplateWanted:
 *
 * Which wording of a response a conversation needs.
 */
typedef struct
{
  const char        *language; /* a tag: "de", "de-AT"; "" or NULL = not known */
  LiaCannedFormality formality;
  const char        *channel; /* "email", "chat", "phone"; "" or NULL = none yet */
} LiaTemplateWanted;

typedef enum {
  LIA_TEMPLATE_MISSES_LANGUAGE = 1 << 0,  /* it is in another language than the customer's */
  LIA_TEMPLATE_MISSES_FORMALITY = 1 << 1, /* formal instead of informal, or the other way round */
  LIA_TEMPLATE_MISSES_CHANNEL = 1 << 2,   /* made for another channel */
} LiaTemplateMisses;

LiaCannedVariant *lia_template_variant_choose (LiaCanned               *canned,
                                               const LiaTemplateWanted *wanted,
                                               const char              *default_language,
                                               LiaTemplateMisses       *misses);

G_END_DECLS
