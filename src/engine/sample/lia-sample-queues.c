/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-sample-phone-private.h"

/* Who gets whom: who waits is given to who is free for longest, and everybody is told. */

/* @queue: (nullable): NULL = for a call of one's own, to which no person is asked */
static gboolean
is_free (LiaSamplePhone *self,
         LiaSampleSeat  *seat,
         const char     *queue)
{
  if (seat->line != NULL || seat->free_ms > self->now_ms)
    return FALSE;
  if (seat == self->person && (queue == NULL || self->next_ring_ms > self->now_ms))
    return FALSE;

  for (guint i = 0; i < seat->members->len; i++)
    {
      LiaQueueMember *member = seat->members->pdata[i];

      if (!member->paused && (queue == NULL || g_str_equal (member->queue, queue)))
        return TRUE;
    }

  return FALSE;
}

static LiaSampleSeat *
find_free (LiaSamplePhone *self,
           const char     *queue)
{
  LiaSampleSeat *found = NULL;

  for (guint i = 0; i < self->seats->len; i++)
    {
      LiaSampleSeat *seat = self->seats->pdata[i];

      if (is_free (self, seat, queue) && (found == NULL || seat->free_ms < found->free_ms))
        found = seat;
    }

  return found;
}

static int
compare_urgency (gconstpointer a,
                 gconstpointer b)
{
  const LiaSampleLine *left = *(const LiaSampleLine *const *)a;
  const LiaSampleLine *right = *(const LiaSampleLine *const *)b;

  if (left->priority != right->priority)
    return left->priority > right->priority ? -1 : 1;

  return (left->call->created_ms > right->call->created_ms) - (left->call->created_ms < right->call->created_ms);
}

static void
distribute (LiaSamplePhone *self,
            GPtrArray      *waiting)
{
  for (guint i = 0; i < waiting->len; i++)
    {
      LiaSampleLine *line = waiting->pdata[i];
      LiaSampleSeat *seat = line->seat == NULL ? find_free (self, line->call->queue) : NULL;

      if (seat != NULL)
        lia_sample_phone_ring (self, line, seat);
    }
}

/* Before anybody else is answered: they have waited in vain already. */
static void
call_back (LiaSamplePhone *self)
{
  for (guint i = self->missed->len; i-- > 0;)
    {
      LiaSampleMissed *missed = self->missed->pdata[i];
      LiaSampleSeat   *seat = missed->due_ms <= self->now_ms ? find_free (self, NULL) : NULL;

      if (seat == NULL)
        continue;
      lia_sample_phone_dial (self, seat, NULL, missed->number);
      g_ptr_array_remove_index (self->missed, i);
    }
}

static void
set_positions (GPtrArray  *waiting,
               const char *queue)
{
  gint64 position = 0;

  for (guint i = 0; i < waiting->len; i++)
    {
      LiaSampleLine *line = waiting->pdata[i];
      LiaCallWait   *wait = lia_call_last_wait (line->call);

      if (!g_str_equal (wait->queue, queue))
        continue;
      line->changed |= wait->position != ++position;
      wait->position = position;
    }
}

static void
tell_members (LiaSamplePhone *self,
              LiaSampleSeat  *seat)
{
  gboolean is_news = seat->changed && !self->quiet;

  seat->changed = FALSE;
  for (guint i = 0; i < seat->members->len && is_news; i++)
    {
      g_autoptr (LiaQueueMember) copy = lia_queue_member_copy (seat->members->pdata[i]);

      lia_phone_provider_member_changed (LIA_PHONE_PROVIDER (self), copy);
    }
}

static void
tell (LiaSamplePhone *self)
{
  for (guint i = 0; i < self->seats->len; i++)
    tell_members (self, self->seats->pdata[i]);

  for (guint i = 0; i < self->lines->len; i++)
    {
      LiaSampleLine *line = self->lines->pdata[i];
      g_autoptr (LiaCall) copy = line->changed ? lia_call_copy (line->call) : NULL;

      line->changed = FALSE;
      if (copy == NULL)
        continue;
      if (copy->ended_ms != 0)
        g_ptr_array_remove_index (self->lines, i--);
      if (!self->quiet)
        lia_phone_provider_call_changed (LIA_PHONE_PROVIDER (self), copy);
    }
}

static void
connect_all (LiaSamplePhone *self)
{
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();

  for (guint i = 0; i < self->lines->len; i++)
    {
      LiaSampleLine *line = self->lines->pdata[i];

      if (lia_call_is_waiting (line->call))
        g_ptr_array_add (waiting, line);
    }
  g_ptr_array_sort (waiting, compare_urgency);
  call_back (self);
  distribute (self, waiting);
  set_positions (waiting, LIA_SAMPLE_SUPPORT);
  set_positions (waiting, LIA_SAMPLE_ORDERS);
}

/* Whoever is told that a call is over may ask for a pause at once, and is not to be rung before that. */
void
lia_sample_phone_settle (LiaSamplePhone *self)
{
  self->again = TRUE;
  if (self->settling)
    return;
  self->settling = TRUE;
  while (self->again)
    {
      self->again = FALSE;
      tell (self);
      connect_all (self);
      tell (self);
    }
  self->settling = FALSE;
}
