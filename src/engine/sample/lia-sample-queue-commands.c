/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-sample-call.h"
#include "lia-sample-commands.h"

/* What can be asked of queues: a caller, another place for one, a pause, to join and to leave. */

/* Who is rung for somebody just now, is not any more. */
static void
take_away (LiaSamplePhone *self,
           LiaSampleLine  *line)
{
  LiaSampleSeat *rung = line->seat;

  if (rung == NULL)
    return;
  lia_sample_call_close_offer (line->call, rung->agent, LIA_OFFER_ELSEWHERE, self->now_ms);
  lia_sample_phone_release (self, line, rung);
}

gboolean
lia_sample_run_take (LiaSamplePhone     *self,
                     const LiaSampleAsk *ask,
                     GError            **error)
{
  if (!lia_sample_needs_waiting (ask, error) || !lia_sample_needs_free_seat (ask, error))
    return FALSE;
  take_away (self, ask->line);
  ask->line->taken = TRUE;
  ask->line->leaves_ms = 0;
  lia_sample_phone_ring (self, ask->line, ask->seat);

  return TRUE;
}

gboolean
lia_sample_run_move (LiaSamplePhone     *self,
                     const LiaSampleAsk *ask,
                     GError            **error)
{
  if (!lia_sample_needs_waiting (ask, error))
    return FALSE;
  take_away (self, ask->line);
  lia_sample_call_stop_waiting (ask->line->call, LIA_WAIT_TRANSFERRED, self->now_ms);
  lia_sample_call_wait (ask->line->call, ask->command->queue, self->now_ms);

  return TRUE;
}

gboolean
lia_sample_run_priority (LiaSamplePhone     *self,
                         const LiaSampleAsk *ask,
                         GError            **error)
{
  ask->line->priority = ask->command->number;

  return lia_sample_needs_waiting (ask, error);
}

gboolean
lia_sample_run_pause (LiaSamplePhone     *self,
                      const LiaSampleAsk *ask,
                      GError            **error)
{
  LiaSampleSeat *seat = lia_sample_find_seat (self, ask->command->target, NULL);

  for (guint i = 0; seat != NULL && i < seat->members->len; i++)
    {
      LiaQueueMember *member = seat->members->pdata[i];

      if (ask->command->queue[0] != '\0' && !g_str_equal (member->queue, ask->command->queue))
        continue;
      member->paused = ask->command->on;
      g_set_str (&member->reason, ask->command->on ? ask->command->text : "");
      member->since_ms = self->now_ms;
      seat->changed = TRUE;
    }

  return seat != NULL || lia_sample_refuse (error, LIA_PHONE_ERROR_NO_TARGET, "There is no such telephone.");
}

static guint
find_member (LiaSampleSeat *seat,
             const char    *queue)
{
  guint i = 0;

  while (i < seat->members->len && !g_str_equal (((LiaQueueMember *)seat->members->pdata[i])->queue, queue))
    i++;

  return i;
}

gboolean
lia_sample_run_login (LiaSamplePhone     *self,
                      const LiaSampleAsk *ask,
                      GError            **error)
{
  LiaSampleSeat *seat = lia_sample_find_seat (self, ask->command->target, NULL);
  guint          at = seat != NULL ? find_member (seat, ask->command->queue) : 0;

  if (seat == NULL)
    return lia_sample_refuse (error, LIA_PHONE_ERROR_NO_TARGET, "There is no such telephone.");
  if (ask->command->on == (at < seat->members->len))
    return TRUE;
  if (ask->command->on)
    {
      lia_sample_phone_add_member (self, seat, ask->command->queue, ask->command->text)->paused = ask->command->paused;
      return TRUE;
    }
  g_ptr_array_remove_index (seat->members, at);
  lia_phone_provider_member_gone (LIA_PHONE_PROVIDER (self), ask->command->queue, seat->phone);

  return TRUE;
}
