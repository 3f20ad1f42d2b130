/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-clock.h"

#include "lia-time.h"

struct _LiaClock
{
  GObject parent_instance;

  guint seconds; /* the source, or 0: nobody counts */
};

enum {
  SIGNAL_TICK,
  SIGNAL_SECOND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaClock, lia_clock, G_TYPE_OBJECT)

static gboolean
tick_cb (gpointer user_data)
{
  LiaClock *self = user_data;
  guint     rest_ms = 60000 - lia_time_now () % 60000;

  g_signal_emit (self, signals[SIGNAL_TICK], 0);
  /* Armed anew each time: it stays on the full minute over a suspend. */
  g_timeout_add_full (G_PRIORITY_LOW, rest_ms + 20, tick_cb, self, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean second_cb (gpointer user_data);

static void
arm (LiaClock *self)
{
  self->seconds = g_timeout_add (1000 - lia_time_now () % 1000 + 5, second_cb, self);
}

static gboolean
second_cb (gpointer user_data)
{
  LiaClock *self = user_data;

  self->seconds = 0;
  g_signal_emit (self, signals[SIGNAL_SECOND], 0);
  if (self->seconds == 0 && g_signal_has_handler_pending (self, signals[SIGNAL_SECOND], 0, FALSE))
    arm (self);
  return G_SOURCE_REMOVE;
}

static void
lia_clock_class_init (LiaClockClass *klass)
{
  signals[SIGNAL_TICK] = g_signal_new ("tick", LIA_TYPE_CLOCK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SECOND] = g_signal_new ("second", LIA_TYPE_CLOCK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_clock_init (LiaClock *self)
{
  g_timeout_add_full (G_PRIORITY_LOW, 60020 - lia_time_now () % 60000, tick_cb, self, NULL);
}

/**
 * lia_clock_get_default:
 *
 * Returns: (transfer none): the one clock of this process; only on the main thread
 */
LiaClock *
lia_clock_get_default (void)
{
  static LiaClock *clock;

  if (clock == NULL)
    clock = g_object_new (LIA_TYPE_CLOCK, NULL);
  return clock;
}

/**
 * lia_clock_count:
 * @callback: called with @object each second; when it is connected already, nothing happens
 *
 * Until lia_clock_uncount(), or until @object is gone. The timer runs only while somebody counts: a quiet window wakes up once a minute.
 */
void
lia_clock_count (LiaClock *self,
                 GCallback callback,
                 gpointer  object)
{
  if (g_signal_handler_find (self, G_SIGNAL_MATCH_FUNC | G_SIGNAL_MATCH_DATA, 0, 0, NULL, (gpointer)callback, object) == 0)
    g_signal_connect_object (self, "second", callback, object, G_CONNECT_SWAPPED);
  if (self->seconds == 0)
    arm (self);
}

void
lia_clock_uncount (LiaClock *self,
                   GCallback callback,
                   gpointer  object)
{
  g_signal_handlers_disconnect_by_func (self, (gpointer)callback, object);
}
