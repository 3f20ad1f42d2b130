/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-timer-wheel.h"

void
lia_timer_wheel_init (LiaTimerWheel *self,
                      gint64         now_ms)
{
  *self = (LiaTimerWheel){ .tick = now_ms / LIA_TIMER_TICK_MS };
}

/** lia_timer_wheel_remove: does nothing for a timer that is not in the wheel. */
void
lia_timer_wheel_remove (LiaTimerWheel *self,
                        LiaTimer      *timer)
{
  if (timer->link == NULL)
    return;

  *timer->link = timer->next;
  if (timer->next != NULL)
    timer->next->link = timer->link;
  timer->next = NULL;
  timer->link = NULL;
  self->n_timers--;
}

/** lia_timer_wheel_set: moves a timer that waits already. */
void
lia_timer_wheel_set (LiaTimerWheel *self,
                     LiaTimer      *timer,
                     gint64         due_ms)
{
  const gint64 tick = (due_ms + LIA_TIMER_TICK_MS - 1) / LIA_TIMER_TICK_MS;
  LiaTimer   **slot;

  lia_timer_wheel_remove (self, timer);
  timer->due_tick = MAX (tick, self->tick);
  slot = &self->slots[timer->due_tick % LIA_TIMER_SLOTS];
  timer->next = *slot;
  timer->link = slot;
  if (timer->next != NULL)
    timer->next->link = &timer->next;
  *slot = timer;
  self->n_timers++;
}

/* In the slot of a tick others may wait that come a turn later. */
static LiaTimer *
find_due (const LiaTimerWheel *self,
          gint64               tick)
{
  LiaTimer *timer = self->slots[tick % LIA_TIMER_SLOTS];

  while (timer != NULL && timer->due_tick > tick)
    timer = timer->next;

  return timer;
}

/** lia_timer_wheel_pop: takes out a timer whose time has come; NULL: there is none any more. */
LiaTimer *
lia_timer_wheel_pop (LiaTimerWheel *self,
                     gint64         now_ms)
{
  const gint64 now_tick = now_ms / LIA_TIMER_TICK_MS;

  for (; self->n_timers > 0; self->tick++)
    {
      LiaTimer *timer = find_due (self, self->tick);

      if (timer != NULL)
        {
          lia_timer_wheel_remove (self, timer);
          return timer;
        }
      if (self->tick >= now_tick)
        return NULL;
    }
  self->tick = MAX (self->tick, now_tick);

  return NULL;
}

/** lia_timer_wheel_next_ms: when to pop again, -1 = never. With nothing but timers that are further away than the wheel is long, that is too early. */
gint64
lia_timer_wheel_next_ms (const LiaTimerWheel *self)
{
  const gint64 turn = self->tick + LIA_TIMER_SLOTS;
  gint64       tick = self->tick;

  if (self->n_timers == 0)
    return -1;
  while (tick < turn && find_due (self, tick) == NULL)
    tick++;

  return tick * LIA_TIMER_TICK_MS;
}
