/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-desk-private.h"

#include "lia-time.h"

/*
 * After a call its agent has as much time to wrap it up as its queue gives. That time runs while she has no other call: one that she has meanwhile
 * stops it, and gives her a wrap-up of its own, or what was left of this one. When the engine ends, so do all wrap-ups; where it could not tell
 * anybody, they are found again in the store, with the moment at which they end.
 */

#define LONGEST_MS (3600 * 1000) /* that an agent can have by asking for more */

static gboolean
is_wrapping (LiaPhoneSeat *self)
{
  return g_str_equal (self->availability, "wrap-up");
}

/* Being rung is no part in a call yet; who has parked one is free. */
static gboolean
has_other_call (LiaPhoneSeat *self)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->desk->lines->len; i++)
    lia_phone_line_add_calls (self->desk->lines->pdata[i], calls);
  for (guint i = 0; i < calls->len; i++)
    {
      GPtrArray *segments = ((LiaCall *)calls->pdata[i])->segments;

      for (guint k = 0; k < segments->len; k++)
        {
          const LiaCallSegment *segment = segments->pdata[k];

          if (segment->to_ms == 0 && g_str_equal (segment->agent, self->agent) &&
              (segment->kind == LIA_SEGMENT_TALK || segment->kind == LIA_SEGMENT_HOLD || segment->kind == LIA_SEGMENT_CONSULT))
            return TRUE;
        }
    }

  return FALSE;
}

/* Which call is wrapped up; NULL: none. */
static void
set_call (LiaPhoneSeat *self,
          LiaPhoneLine *line,
          const char   *uniqueid)
{
  if (line != NULL)
    lia_phone_line_hold_call (line, uniqueid, TRUE);
  if (self->line != NULL)
    lia_phone_line_hold_call (self->line, self->uniqueid, FALSE);
  g_set_object (&self->line, line);
  g_set_str (&self->uniqueid, uniqueid);
}

static gboolean
on_over_cb (gpointer data)
{
  LiaPhoneSeat *self = data;

  self->timer = 0;
  lia_phone_seat_end_wrapup (self);

  return G_SOURCE_REMOVE;
}

static void
run_until (LiaPhoneSeat *self,
           gint64        until_ms)
{
  self->until_ms = until_ms;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add ((guint)CLAMP (until_ms - lia_time_now (), 0, G_MAXINT), on_over_cb, self);
}

static void
begin (LiaPhoneSeat *self)
{
  const gboolean was_wrapping = is_wrapping (self);

  if (!was_wrapping)
    {
      g_set_str (&self->after, self->availability);
      g_set_str (&self->after_reason, self->reason);
    }
  run_until (self, lia_time_now () + self->left_ms);
  lia_phone_seat_become (self, "wrap-up", "");
  if (!was_wrapping)
    lia_phone_seat_wish (self);
  lia_phone_line_begin_wrap (self->line, self->uniqueid, self->agent);
}

/* The clock stands; what has been of it is counted. */
static void
halt (LiaPhoneSeat *self)
{
  self->left_ms = MAX (self->until_ms - lia_time_now (), 0);
  self->until_ms = 0;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->line != NULL)
    lia_phone_line_end_wrap (self->line, self->uniqueid, self->agent, lia_time_now ());
}

/** lia_phone_seat_settle_wrapup: the agent's calls have changed. */
void
lia_phone_seat_settle_wrapup (LiaPhoneSeat *self)
{
  gboolean is_busy;

  if (self->line == NULL)
    return;

  is_busy = has_other_call (self);
  if (!is_busy && self->timer == 0)
    {
      begin (self);
    }
  else if (is_busy && self->timer != 0)
    {
      halt (self);
      lia_phone_seat_become (self, "wrap-up", "");
    }
}

/** lia_phone_seat_begin_wrapup: of a call in which the agent has no part any more. */
void
lia_phone_seat_begin_wrapup (LiaPhoneSeat *self,
                             LiaPhoneLine *line,
                             const char   *uniqueid,
                             gint64        length_ms)
{
  if (self->timer != 0)
    halt (self);
  set_call (self, line, uniqueid);
  self->left_ms = length_ms;
  lia_phone_seat_settle_wrapup (self);
}

/** lia_phone_seat_drop_wrapup: the call's own part of it ends; what the agent is then is the caller's business. */
void
lia_phone_seat_drop_wrapup (LiaPhoneSeat *self)
{
  if (self->timer != 0)
    halt (self);
  set_call (self, NULL, NULL);
}

/** lia_phone_seat_end_wrapup: the agent is what she was before it, or has said since. */
void
lia_phone_seat_end_wrapup (LiaPhoneSeat *self)
{
  /* A timer that has run out is gone already. */
  if (self->line != NULL && self->timer == 0 && self->until_ms != 0)
    lia_phone_line_end_wrap (self->line, self->uniqueid, self->agent, lia_time_now ());
  lia_phone_seat_drop_wrapup (self);
  if (!is_wrapping (self))
    return;

  lia_phone_seat_become (self, self->after, self->after_reason);
  lia_phone_seat_wish (self);
}

/** lia_phone_seat_extend_wrapup: FALSE: there is none, or its clock stands. */
gboolean
lia_phone_seat_extend_wrapup (LiaPhoneSeat *self,
                              gint64        by_ms)
{
  if (self->timer == 0)
    return FALSE;

  run_until (self, MIN (self->until_ms + by_ms, lia_time_now () + LONGEST_MS));
  lia_phone_seat_become (self, "wrap-up", "");

  return TRUE;
}

/** lia_phone_seat_recall_wrapup: the agent was in one when the engine ended. */
void
lia_phone_seat_recall_wrapup (LiaPhoneSeat *self)
{
  if (is_wrapping (self))
    run_until (self, self->until_ms);
}

/**
 * lia_phone_seat_take_wrapup:
 * @from_ms: when it began
 * @length_ms: how long the queue lets it be
 *
 * The store has a wrap-up whose end it does not know.
 */
void
lia_phone_seat_take_wrapup (LiaPhoneSeat *self,
                            LiaPhoneLine *line,
                            const char   *uniqueid,
                            gint64        from_ms,
                            gint64        length_ms)
{
  const gint64 end_ms = self->until_ms >= from_ms ? self->until_ms : from_ms + length_ms;

  if (self->timer != 0 && (self->line == NULL || g_str_equal (self->uniqueid, uniqueid)))
    {
      set_call (self, line, uniqueid);
      return;
    }
  lia_phone_line_end_wrap (line, uniqueid, self->agent, MIN (end_ms, lia_time_now ()));
}
