/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-attachment-drag.h"

G_BEGIN_DECLS

/**
 * LiaSoundState:
 * @LIA_SOUND_STOPPED: at its beginning
 * @LIA_SOUND_LOADING: being fetched; it plays as soon as it is there
 * @LIA_SOUND_FAILED: it could not be fetched, or not be read
 */
typedef enum {
  LIA_SOUND_STOPPED,
  LIA_SOUND_LOADING,
  LIA_SOUND_PLAYING,
  LIA_SOUND_PAUSED,
  LIA_SOUND_FAILED,
} LiaSoundState;

#define LIA_TYPE_SOUND (lia_sound_get_type ())

/**
 * LiaSound:
 *
 * The one recording that is heard: playing another stops it, and it goes on while the row that shows it is scrolled away. Emits `changed` with
 * every change of what the getters say, also as the position moves.
 */
G_DECLARE_FINAL_TYPE (LiaSound, lia_sound, LIA, SOUND, GObject)

LiaSound     *lia_sound_new (LiaBlobLoader loader,
                             gpointer      loader_data,
                             const char   *sink);
void          lia_sound_play (LiaSound   *self,
                              const char *blob);
void          lia_sound_pause (LiaSound *self);
void          lia_sound_stop (LiaSound *self);
void          lia_sound_seek (LiaSound *self,
                              gint64    position_ms);
void          lia_sound_set_rate (LiaSound *self,
                                  double    rate);
const char   *lia_sound_get_blob (LiaSound *self);
LiaSoundState lia_sound_get_state (LiaSound *self);
gint64        lia_sound_get_position (LiaSound *self);
gint64        lia_sound_get_duration (LiaSound *self);
double        lia_sound_get_rate (LiaSound *self);

G_END_DECLS
