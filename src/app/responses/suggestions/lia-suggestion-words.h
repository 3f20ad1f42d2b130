/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"
#include "lia-suggestion.h"

#include <pango/pango.h>

G_BEGIN_DECLS

/** LiaSuggestionAct: what can be done about a suggestion, other than to dismiss it. */
typedef enum {
  LIA_SUGGESTION_ACT_OPEN, /* to look at the response: there is nothing that could be done at once, or this agent may not do it */
  LIA_SUGGESTION_ACT_TAKE, /* the edit into the response */
  LIA_SUGGESTION_ACT_MAKE, /* a response of an answer */
  LIA_SUGGESTION_ACT_MERGE,
  LIA_SUGGESTION_ACT_RETIRE,
} LiaSuggestionAct;

LiaSuggestionAct lia_suggestion_get_act (LiaSuggestion *suggestion,
                                         gboolean       may_change);
const char      *lia_suggestion_act_words (LiaSuggestionAct act);
char            *lia_suggestion_words_title (LiaSuggestion *suggestion,
                                             LiaCanned     *canned,
                                             LiaCanned     *other);
char            *lia_suggestion_words_reason (LiaSuggestion *suggestion,
                                              LiaCanned     *canned,
                                              LiaCanned     *other);
char            *lia_suggestion_words_quote (LiaSuggestion  *suggestion,
                                             PangoAttrList **marks);
char            *lia_suggestion_words_spoken_quote (LiaSuggestion *suggestion);

G_END_DECLS
