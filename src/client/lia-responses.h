/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned-index.h"

G_BEGIN_DECLS

#define LIA_TYPE_RESPONSES (lia_responses_get_type ())

/**
 * LiaResponses:
 *
 * The canned responses that this agent may use, in an index that is kept current. It can be searched at any time: before everything has come it
 * finds what has, and without a connection what was known last. What can be done with them is in lia-client-responses.h.
 *
 * Properties: `loaded` (boolean: everything has come once), `current` (boolean: and all that has happened since). Signal: `changed` (string: the id of a response that is another now, is new or is gone;
 * NULL: of many).
 */
G_DECLARE_FINAL_TYPE (LiaResponses, lia_responses, LIA, RESPONSES, GObject)

LiaCannedIndex *lia_responses_get_index (LiaResponses *self);
gboolean        lia_responses_get_loaded (LiaResponses *self);
gboolean        lia_responses_get_current (LiaResponses *self);

G_END_DECLS
