/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-entry.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_SOUND_PLAYER (lia_sound_player_get_type ())

/**
 * LiaSoundPlayer:
 *
 * One recording of an entry: play and pause, where it is, how fast, save. The sound itself is the timeline's, so that this may be bound to another
 * entry while it is heard.
 */
G_DECLARE_FINAL_TYPE (LiaSoundPlayer, lia_sound_player, LIA, SOUND_PLAYER, GtkWidget)

LiaSoundPlayer *lia_sound_player_new (void);
gboolean        lia_sound_player_can_play (LiaAttachment *attachment);
void            lia_sound_player_bind (LiaSoundPlayer *self,
                                       LiaEntry       *entry,
                                       guint           index);

G_END_DECLS
