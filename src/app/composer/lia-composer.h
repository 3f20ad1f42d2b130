/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-response-finder.h"
#include "lia-timeline-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_COMPOSER (lia_composer_get_type ())

/**
 * LiaComposer:
 *
 * Where an agent writes, below the timeline: an answer, a forwarded message, a line of a chat, or a note, which can never go out. Closed it is one row of buttons.
 * Drafts are kept a second after a change at the latest, by conversation; no failure loses text.
 *
 * Properties: `client` (LiaClient), `model` (LiaTimelineModel, the conversation that is open, or NULL), `check-spelling` (boolean),
 * `quote-original` (boolean: answers carry the original below).
 *
 * Signals: `sent` (string outbox, int undo_s: offer lia_composer_undo_send() that long), `toast` (string: to be shown for a moment),
 * `look` (LiaEntry: bring this entry into view).
 *
 * Actions: `composer.reply`, `composer.reply-all`, `composer.forward`, `composer.note`, `composer.chat`,
 * `composer.send`, `composer.discard`, `composer.attach`.
 */
G_DECLARE_FINAL_TYPE (LiaComposer, lia_composer, LIA, COMPOSER, AdwBin)

GtkWidget         *lia_composer_new (void);
void               lia_composer_start (LiaComposer *self,
                                       LiaEntry    *entry,
                                       const char  *reply_mode);
void               lia_composer_undo_send (LiaComposer *self,
                                           const char  *outbox);
LiaResponseFinder *lia_composer_get_finder (LiaComposer *self);
void               lia_composer_insert_response (LiaComposer *self,
                                                 LiaCanned   *canned);
char              *lia_composer_dup_why_no_call (LiaComposer *self);
DexFuture         *lia_composer_flush (LiaComposer *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
