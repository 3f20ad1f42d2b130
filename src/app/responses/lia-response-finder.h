/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-response-wording.h"
#include "lia-timeline-model.h"

G_BEGIN_DECLS

#define LIA_TYPE_RESPONSE_FINDER (lia_response_finder_get_type ())

/**
 * LiaResponseFinder:
 *
 * Finds canned responses for the open conversation and puts its values into them: it follows the conversation, loads its customer and knows what
 * they wrote last. Emits `changed` when other responses may be found, or they say something else. Main thread only.
 */
G_DECLARE_FINAL_TYPE (LiaResponseFinder, lia_response_finder, LIA, RESPONSE_FINDER, GObject)

LiaResponseFinder  *lia_response_finder_new (void);
void                lia_response_finder_set_client (LiaResponseFinder *self,
                                                    LiaClient         *client);
void                lia_response_finder_set_model (LiaResponseFinder *self,
                                                   LiaTimelineModel  *model);
void                lia_response_finder_set_channel (LiaResponseFinder *self,
                                                     const char        *channel);
GPtrArray          *lia_response_finder_find (LiaResponseFinder *self,
                                              const char        *typed,
                                              guint              max);
LiaResponseWording *lia_response_finder_word (LiaResponseFinder *self,
                                              LiaCanned         *canned);

DexFuture *lia_response_finder_set_formality (LiaResponseFinder *self,
                                              LiaCannedFormality formality) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
