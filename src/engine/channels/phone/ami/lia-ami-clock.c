/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-clock.h"

#define COLLECT_MS (60 * 1000)

/* What was measured was measured by our clock as it was. */
static void
follow_ours (LiaAmiClock *self,
             gint64       by_ms)
{
  self->shortest_ms += by_ms;
  self->last_shortest_ms += by_ms;
}

void
lia_ami_clock_set_now (LiaAmiClock *self,
                       gint64       mono_ms,
                       gint64       wall_ms)
{
  if (self->is_known)
    follow_ours (self, (wall_ms - self->wall_ms) - (mono_ms - self->mono_ms));
  self->mono_ms = mono_ms;
  self->wall_ms = wall_ms;
}

void
lia_ami_clock_hear (LiaAmiClock *self,
                    gint64       stamp_ms)
{
  const gint64 way_ms = self->wall_ms - stamp_ms;
  const gint64 age_ms = self->mono_ms - self->begin_ms;

  if (!self->is_known || age_ms >= 2 * COLLECT_MS)
    {
      self->last_shortest_ms = self->shortest_ms = way_ms;
      self->begin_ms = self->mono_ms;
    }
  else if (age_ms >= COLLECT_MS)
    {
      self->last_shortest_ms = self->shortest_ms;
      self->shortest_ms = way_ms;
      self->begin_ms = self->mono_ms;
    }
  self->shortest_ms = MIN (self->shortest_ms, way_ms);
  self->is_known = TRUE;
}

void
lia_ami_clock_reset (LiaAmiClock *self)
{
  self->is_known = FALSE;
}

gint64
lia_ami_clock_get_offset (const LiaAmiClock *self)
{
  return self->is_known ? MIN (self->shortest_ms, self->last_shortest_ms) : 0;
}

gint64
lia_ami_clock_tell (const LiaAmiClock *self,
                    gint64             stamp_ms)
{
  return stamp_ms + lia_ami_clock_get_offset (self);
}
