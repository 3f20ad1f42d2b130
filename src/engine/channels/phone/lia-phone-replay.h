/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-pbx.h"
#include "lia-phone-provider.h"

G_BEGIN_DECLS

#define LIA_TYPE_PHONE_REPLAY (lia_phone_replay_get_type ())

/**
 * LiaPhoneReplay:
 *
 * A telephone system that plays what another one has once said, with its timing, through the same parser and model: for tests. What
 * happens is in the recording; of commands only pausing and joining queues have an effect.
 */
G_DECLARE_FINAL_TYPE (LiaPhoneReplay, lia_phone_replay, LIA, PHONE_REPLAY, GObject)

LiaPhoneProvider *lia_phone_replay_new (const char *pbx_id,
                                        LiaPbx     *pbx);

G_END_DECLS
