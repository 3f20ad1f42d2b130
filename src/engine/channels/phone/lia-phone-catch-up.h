/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-line.h"
#include "lia-store.h"

G_BEGIN_DECLS

#define LIA_TYPE_PHONE_CATCH_UP (lia_phone_catch_up_get_type ())

/**
 * LiaPhoneCatchUp:
 *
 * Keeps the calls that came and went while there was no connection to the PBX, with what was recorded of them, from the notes that the PBX makes of every caller. A note of a call that
 * is in the store is taken away, so that few are ever there; while connected they are looked through once a minute.
 */
G_DECLARE_FINAL_TYPE (LiaPhoneCatchUp, lia_phone_catch_up, LIA, PHONE_CATCH_UP, GObject)

LiaPhoneCatchUp *lia_phone_catch_up_new (LiaPhoneLine *line,
                                         LiaStore     *store,
                                         gint64        channel_id);
void             lia_phone_catch_up_start (LiaPhoneCatchUp *self);
void             lia_phone_catch_up_look_back (LiaPhoneCatchUp *self);
void             lia_phone_catch_up_stop (LiaPhoneCatchUp *self);

/*
 * lia_phone_catch_up_new(): @line owns it.
 * lia_phone_catch_up_look_back(): the link is up: anything may have happened before, as far back as there are notes.
 * lia_phone_catch_up_stop(): @line is not touched after it.
 */

G_END_DECLS
