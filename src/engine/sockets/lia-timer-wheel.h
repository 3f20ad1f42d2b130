/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIA_TIMER_TICK_MS 250
#define LIA_TIMER_SLOTS 512

/**
 * LiaTimer:
 *
 * A moment, part of whatever waits for it. Zeroed it waits for nothing. Its fields are the wheel's.
 */
typedef struct _LiaTimer LiaTimer;
struct _LiaTimer
{
  LiaTimer  *next;
  LiaTimer **link; /* what points at it; NULL: it is not in a wheel */
  gint64     due_tick;
};

/**
 * LiaTimerWheel:
 *
 * Thousands of moments, each set and removed in no time. None comes early, and at most a tick late. Pure: times are milliseconds of any clock that only
 * goes forward.
 */
typedef struct
{
  LiaTimer *slots[LIA_TIMER_SLOTS];
  gint64    tick; /* what was due before is popped */
  guint     n_timers;
} LiaTimerWheel;

void      lia_timer_wheel_init (LiaTimerWheel *self,
                                gint64         now_ms);
void      lia_timer_wheel_set (LiaTimerWheel *self,
                               LiaTimer      *timer,
                               gint64         due_ms);
void      lia_timer_wheel_remove (LiaTimerWheel *self,
                                  LiaTimer      *timer);
LiaTimer *lia_timer_wheel_pop (LiaTimerWheel *self,
                               gint64         now_ms);
gint64    lia_timer_wheel_next_ms (const LiaTimerWheel *self);

G_END_DECLS
