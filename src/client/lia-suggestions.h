/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-suggestion.h"

G_BEGIN_DECLS

typedef enum {
  LIA_SUGGESTIONS_READING,
  LIA_SUGGESTIONS_READY,
  LIA_SUGGESTIONS_FAILED, /* nothing was ever read, and now it cannot be: there is an error */
} LiaSuggestionsState;

#define LIA_TYPE_SUGGESTIONS (lia_suggestions_get_type ())

/**
 * LiaSuggestions:
 *
 * What could be done in the library of canned responses, for as long as somebody looks: what the engine learnt from their use, and responses that say
 * nearly the same, which are found here, on a thread, and again only when the library is another one.
 *
 * Signal: `changed`.
 */
G_DECLARE_FINAL_TYPE (LiaSuggestions, lia_suggestions, LIA, SUGGESTIONS, GObject)

LiaSuggestions     *lia_suggestions_new (LiaClient *client);
void                lia_suggestions_refresh (LiaSuggestions *self);
LiaSuggestionsState lia_suggestions_get_state (LiaSuggestions *self);
const GError       *lia_suggestions_get_error (LiaSuggestions *self);
GPtrArray          *lia_suggestions_get (LiaSuggestions   *self,
                                         LiaSuggestionKind kind);
guint               lia_suggestions_count (LiaSuggestions *self);
void                lia_suggestions_set_done (LiaSuggestions *self,
                                              const char     *key,
                                              gboolean        done);

G_END_DECLS
