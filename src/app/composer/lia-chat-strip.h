/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-live-chats.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_CHAT_STRIP (lia_chat_strip_get_type ())

/**
 * LiaChatStrip:
 *
 * Above the field in which one chats: whether the visitor is there, in a symbol and in words. When they have gone it says so, also to screen
 * readers, and whether an answer goes by e-mail; the other way is a button (actions `composer.by-email`, `composer.by-chat`).
 * Who is there can be offered a call (action `conversation.offer-call`); where that cannot be, the button says why.
 */
G_DECLARE_FINAL_TYPE (LiaChatStrip, lia_chat_strip, LIA, CHAT_STRIP, AdwBin)

void       lia_chat_strip_show (LiaChatStrip *self,
                                const char   *name,
                                LiaVisitor    visitor,
                                gboolean      typing,
                                const char   *address,
                                gboolean      by_mail);
void       lia_chat_strip_show_pages (LiaChatStrip *self,
                                      GPtrArray    *pages);
void       lia_chat_strip_show_call (LiaChatStrip *self,
                                     const char   *news,
                                     const char   *why_not);
GtkLabel  *lia_chat_strip_get_pages_label (LiaChatStrip *self);
GtkLabel  *lia_chat_strip_get_call_news (LiaChatStrip *self);
GtkWidget *lia_chat_strip_get_call_button (LiaChatStrip *self);
LiaVisitor lia_chat_strip_get_visitor (LiaChatStrip *self);

G_END_DECLS
