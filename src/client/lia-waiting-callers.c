/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-waiting-callers.h"

#include "lia-call.h"

static gboolean
waits_in (LiaCall    *call,
          const char *queue)
{
  return lia_call_is_waiting (call) && g_str_equal (lia_call_last_wait (call)->queue, queue);
}

/**
 * lia_waiting_callers_count:
 * @calls: (element-type LiaCall): those that go on, as lia_client_get_calls() has them
 * @queue: a queue's id
 * @now_ms: milliseconds since the epoch
 * @longest_ms: (out): for how many milliseconds the first in line has waited; 0 without anybody
 *
 * Returns: how many callers wait in @queue
 */
guint
lia_waiting_callers_count (GListModel *calls,
                           const char *queue,
                           gint64      now_ms,
                           gint64     *longest_ms)
{
  guint n_waiting = 0;

  *longest_ms = 0;
  for (guint i = 0; i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (LiaCall) call = g_list_model_get_item (calls, i);

      if (!waits_in (call, queue))
        continue;
      n_waiting++;
      *longest_ms = MAX (*longest_ms, now_ms - lia_call_last_wait (call)->from_ms);
    }

  return n_waiting;
}
