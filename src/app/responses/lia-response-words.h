/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned-hit.h"
#include "lia-response-wording.h"

#include <pango/pango.h>

G_BEGIN_DECLS

char          *lia_response_words_reason (LiaCannedHit *hit);
char          *lia_response_words_place (LiaCanned *canned);
char          *lia_response_words_languages (LiaCanned *canned);
char          *lia_response_words_spoken (LiaCannedHit *hit);
char          *lia_response_words_action (const LiaCannedAction *action);
char          *lia_response_words_misses (LiaResponseWording *wording);
char          *lia_response_words_missing (LiaResponseWording *wording);
char          *lia_response_words_zone (LiaResponseWording *wording);
char          *lia_response_words_formality (LiaResponseWording *wording);
char          *lia_response_words_error (LiaResponseWording *wording);
const char    *lia_response_words_field (const LiaTemplateField *field);
PangoAttrList *lia_response_words_bold (const GArray *marks,
                                        gsize         offset);

G_END_DECLS
