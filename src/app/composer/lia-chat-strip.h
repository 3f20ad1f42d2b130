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
 * readers, and offers to go on by e-mail (action `composer.reply`) where an address is known.
 */
G_DECLARE_FINAL_TYPE (LiaChatStrip, lia_chat_strip, LIA, CHAT_STRIP, AdwBin)

void       lia_chat_strip_show (LiaChatStrip *self,
                                const char   *name,
                                LiaVisitor    visitor,
                                gboolean      typing,
                                gboolean      has_address);
LiaVisitor lia_chat_strip_get_visitor (LiaChatStrip *self);

G_END_DECLS
