/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-dial-counter.h"

#define MINUTE_US (60 * G_USEC_PER_SEC)

struct _LiaDialCounter
{
  GHashTable *begun; /* gint64 *: agent -> GQueue of gint64 *: when, the oldest first */
};

static void
times_free (gpointer times)
{
  g_queue_free_full (times, g_free);
}

LiaDialCounter *
lia_dial_counter_new (void)
{
  LiaDialCounter *self = g_new0 (LiaDialCounter, 1);

  self->begun = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, times_free);

  return self;
}

void
lia_dial_counter_free (LiaDialCounter *self)
{
  g_hash_table_unref (self->begun);
  g_free (self);
}

static GQueue *
times_of (LiaDialCounter *self,
          gint64          agent_id)
{
  GQueue *times = g_hash_table_lookup (self->begun, &agent_id);

  if (times == NULL)
    {
      times = g_queue_new ();
      g_hash_table_insert (self->begun, g_memdup2 (&agent_id, sizeof agent_id), times);
    }

  return times;
}

/**
 * lia_dial_counter_take:
 * @now_us: monotonic
 *
 * Returns: whether @agent_id may begin one more; it counts then
 */
gboolean
lia_dial_counter_take (LiaDialCounter *self,
                       gint64          agent_id,
                       guint           per_minute,
                       gint64          now_us)
{
  GQueue *times = times_of (self, agent_id);

  while (!g_queue_is_empty (times) && *(gint64 *)g_queue_peek_head (times) <= now_us - MINUTE_US)
    g_free (g_queue_pop_head (times));
  if (g_queue_get_length (times) >= per_minute)
    return FALSE;
  g_queue_push_tail (times, g_memdup2 (&now_us, sizeof now_us));

  return TRUE;
}
