/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaAmiClock:
 *
 * Makes our times of a PBX's stamps, whatever its clock says. Pure: it is told what time it is.
 *
 * No message arrives before it was written: of the last minute or two, the one that seems to have been on its way for the shortest time tells how
 * far the two clocks are apart. When ours is set, that distance moves with it at once; when the PBX's is set, within two minutes, and at once by
 * lia_ami_clock_reset().
 */
typedef struct
{
  gint64   mono_ms;  /* now, by a clock that only goes forward */
  gint64   wall_ms;  /* now, by ours */
  gint64   begin_ms; /* of the minute whose shortest is collected, by the first clock */
  gint64   shortest_ms;
  gint64   last_shortest_ms; /* of the minute before */
  gboolean is_known;
} LiaAmiClock;

void   lia_ami_clock_set_now (LiaAmiClock *self,
                              gint64       mono_ms,
                              gint64       wall_ms);
void   lia_ami_clock_hear (LiaAmiClock *self,
                           gint64       stamp_ms);
void   lia_ami_clock_reset (LiaAmiClock *self);
gint64 lia_ami_clock_get_offset (const LiaAmiClock *self);
gint64 lia_ami_clock_tell (const LiaAmiClock *self,
                           gint64             stamp_ms);

/*
 * lia_ami_clock_set_now(): before what has just arrived.
 * lia_ami_clock_hear(): a message that is to be believed was written at @stamp_ms, and has arrived.
 * lia_ami_clock_reset(): the PBX's clock was set: what was known of it is of no use.
 * lia_ami_clock_get_offset(): ours less the PBX's; 0 as long as nothing was heard.
 * lia_ami_clock_tell(): our time of @stamp_ms. What was heard after it is not told to have come before it, as long as nobody sets a clock.
 */

G_END_DECLS
