/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-model-private.h"

/* Calls: which channels belong together, and when it is over. */

void
lia_ami_call_free (LiaAmiCall *self)
{
  g_free (self->uniqueid);
  g_free (self->did);
  g_free (self->number);
  g_free (self->name);
  g_free (self->slot);
  g_ptr_array_unref (self->linked);
  g_ptr_array_unref (self->legs);
  g_ptr_array_unref (self->segments);
  g_ptr_array_unref (self->offers);
  g_ptr_array_unref (self->waits);
  g_ptr_array_unref (self->recordings);
  g_free (self);
}

/** lia_ami_model_make_call: an empty call. */
LiaAmiCall *
lia_ami_model_make_call (LiaAmiModel *self,
                         const char  *uniqueid,
                         gint64       created_ms)
{
  LiaAmiCall *call = g_new0 (LiaAmiCall, 1);

  call->uniqueid = g_strdup (uniqueid);
  call->created_ms = created_ms;
  call->did = g_strdup ("");
  call->number = g_strdup ("");
  call->name = g_strdup ("");
  call->slot = g_strdup ("");
  call->linked = g_ptr_array_new_with_free_func (g_free);
  call->legs = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_ami_leg_free);
  call->segments = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_ami_segment_free);
  call->offers = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_call_offer_unref);
  call->waits = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_call_wait_unref);
  call->recordings = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_call_recording_unref);
  g_hash_table_insert (self->calls, call->uniqueid, call);

  return call;
}

/** lia_ami_model_link_call: channels that say @linked belong to @call. */
void
lia_ami_model_link_call (LiaAmiModel *self,
                         LiaAmiCall  *call,
                         const char  *linked)
{
  g_hash_table_insert (self->linked, g_strdup (linked), call);
  if (!g_ptr_array_find_with_equal_func (call->linked, linked, g_str_equal, NULL))
    g_ptr_array_add (call->linked, g_strdup (linked));
}

/**
 * lia_ami_model_call_of_linked:
 * @uniqueid: of the new channel
 *
 * Returns: (transfer none): the channel's call. Its first channel gives a call its name, also when that one was never seen
 */
LiaAmiCall *
lia_ami_model_call_of_linked (LiaAmiModel *self,
                              const char  *linked,
                              const char  *uniqueid,
                              gint64       at_ms)
{
  LiaAmiCall *call = g_hash_table_lookup (self->linked, linked);

  if (call != NULL && call->ended_ms == 0)
    return call;

  call = lia_ami_model_make_call (self, call == NULL ? linked : uniqueid, at_ms);
  lia_ami_model_link_call (self, call, linked);

  return call;
}

/** lia_ami_call_get_customer: (nullable): the channel of the customer, while it lives. */
LiaAmiLeg *
lia_ami_call_get_customer (LiaAmiCall *self)
{
  for (guint i = 0; i < self->legs->len; i++)
    {
      LiaAmiLeg *leg = self->legs->pdata[i];

      if (leg->kind == LIA_LEG_CUSTOMER && lia_ami_leg_is_alive (leg))
        return leg;
    }

  return NULL;
}

gboolean
lia_ami_call_had_customer (LiaAmiCall *self)
{
  for (guint i = 0; i < self->legs->len; i++)
    {
      if (((LiaAmiLeg *)self->legs->pdata[i])->kind == LIA_LEG_CUSTOMER)
        return TRUE;
    }

  return self->has_party && self->direction == LIA_CALL_IN;
}

/* Whether the channel that began the call is among those that we saw. */
static gboolean
saw_first (LiaAmiCall *call)
{
  for (guint i = 0; i < call->legs->len; i++)
    {
      if (g_str_equal (((LiaAmiLeg *)call->legs->pdata[i])->uniqueid, call->uniqueid))
        return TRUE;
    }

  return FALSE;
}

/** lia_ami_model_add_party: @leg is somebody who takes part: that decides who called whom. */
void
lia_ami_model_add_party (LiaAmiModel *self,
                         LiaAmiLeg   *leg)
{
  LiaAmiCall *call = leg->call;
  gboolean    is_inside = leg->kind == LIA_LEG_AGENT || (leg->kind == LIA_LEG_COLLEAGUE && !lia_ami_call_had_customer (call));

  if (!call->has_party)
    call->direction = is_inside && saw_first (call) ? LIA_CALL_OUT : LIA_CALL_IN;
  else if (is_inside && call->direction == LIA_CALL_OUT && !lia_ami_call_had_customer (call))
    call->direction = LIA_CALL_INTERNAL;
  else if (leg->kind == LIA_LEG_CUSTOMER && call->direction == LIA_CALL_INTERNAL)
    call->direction = LIA_CALL_OUT;
  call->has_party = TRUE;
}

/* Of two calls that turn out to be one: the one the customer is in, else the older. */
static gboolean
is_first (LiaAmiCall *call,
          LiaAmiCall *other)
{
  if (lia_ami_call_had_customer (call) != lia_ami_call_had_customer (other))
    return lia_ami_call_had_customer (call);

  return call->created_ms <= other->created_ms;
}

static void
move_all (GPtrArray *to,
          GPtrArray *from)
{
  g_ptr_array_extend_and_steal (to, g_ptr_array_ref (from));
}

/* What two agents said to each other was a consultation, as it turns out. */
static void
make_consults (LiaAmiCall *call)
{
  for (guint i = 0; i < call->segments->len; i++)
    {
      LiaAmiSegment *segment = call->segments->pdata[i];

      if (segment->kind == LIA_SEGMENT_TALK || segment->kind == LIA_SEGMENT_HOLD)
        segment->kind = LIA_SEGMENT_CONSULT;
    }
}

static void
move_legs (LiaAmiCall *to,
           LiaAmiCall *from)
{
  gboolean had_customer = lia_ami_call_had_customer (to);

  for (guint i = 0; i < from->legs->len; i++)
    {
      LiaAmiLeg *leg = from->legs->pdata[i];

      leg->call = to;
      if (had_customer && leg->kind == LIA_LEG_CUSTOMER)
        leg->kind = LIA_LEG_COLLEAGUE;
    }
  move_all (to->legs, from->legs);
}

static void
move_links (LiaAmiModel *self,
            LiaAmiCall  *to,
            LiaAmiCall  *from)
{
  for (guint i = 0; i < from->linked->len; i++)
    lia_ami_model_link_call (self, to, from->linked->pdata[i]);
}

static void
forget_leg (LiaAmiModel *self,
            LiaAmiLeg   *leg)
{
  lia_ami_model_leave_bridge (self, leg);
  if (leg->wire != NULL)
    leg->wire->wire = NULL;
  g_hash_table_remove (self->legs, leg->uniqueid);
  if (g_hash_table_lookup (self->names, leg->channel) == leg)
    g_hash_table_remove (self->names, leg->channel);
}

static void
forget_link (LiaAmiModel *self,
             LiaAmiCall  *call,
             const char  *linked)
{
  if (g_hash_table_lookup (self->linked, linked) == call)
    g_hash_table_remove (self->linked, linked);
}

/** lia_ami_model_forget_call: frees @call and the plumbing that is left of it. */
void
lia_ami_model_forget_call (LiaAmiModel *self,
                           LiaAmiCall  *call)
{
  for (guint i = 0; i < call->legs->len; i++)
    {
      if (lia_ami_leg_is_alive (call->legs->pdata[i]))
        forget_leg (self, call->legs->pdata[i]);
    }
  for (guint i = 0; i < call->linked->len; i++)
    forget_link (self, call, call->linked->pdata[i]);
  g_ptr_array_remove_fast (self->stale, call);
  g_ptr_array_remove_fast (self->dirty, call);
  g_hash_table_remove (self->calls, call->uniqueid);
}

/* @call is no call any more; whoever knows it is told that it belongs to @into. */
static void
drop_call (LiaAmiModel *self,
           LiaAmiCall  *call,
           LiaAmiCall  *into)
{
  if (call->is_published)
    {
      g_ptr_array_add (self->gone, g_strdup (call->uniqueid));
      g_ptr_array_add (self->gone, g_strdup (into->uniqueid));
    }
  lia_ami_model_forget_call (self, call);
}

/**
 * lia_ami_model_merge_calls:
 *
 * Returns: (transfer none): which of the two has taken the other in
 */
LiaAmiCall *
lia_ami_model_merge_calls (LiaAmiModel *self,
                           LiaAmiCall  *one,
                           LiaAmiCall  *other)
{
  LiaAmiCall *call = is_first (one, other) ? one : other;
  LiaAmiCall *part = call == one ? other : one;

  if (lia_ami_call_had_customer (call) && !lia_ami_call_had_customer (part))
    make_consults (part);
  move_legs (call, part);
  move_all (call->segments, part->segments);
  move_all (call->offers, part->offers);
  move_all (call->waits, part->waits);
  move_all (call->recordings, part->recordings);
  lia_ami_call_sort_segments (call);
  move_links (self, call, part);
  call->tainted |= part->tainted;
  call->recovered |= part->recovered;
  call->has_party |= part->has_party;
  drop_call (self, part, call);
  lia_ami_model_touch (self, call);

  return call;
}

/** lia_ami_model_join_spy: @spy listens to @call: its leg, and nothing else of it, belongs there. */
void
lia_ami_model_join_spy (LiaAmiModel *self,
                        LiaAmiCall  *call,
                        LiaAmiLeg   *spy)
{
  LiaAmiCall *own = spy->call;

  lia_ami_call_close_segment (own, spy, self->now_ms);
  spy->kind = LIA_LEG_SPY;
  spy->offer = NULL;
  lia_ami_model_touch (self, call);
  if (own == call)
    return;

  move_legs (call, own);
  move_links (self, call, own);
  drop_call (self, own, call);
}

/** lia_ami_model_want_tick: something is decided at @at_ms by nothing having happened. */
void
lia_ami_model_want_tick (LiaAmiModel *self,
                         gint64       at_ms)
{
  if (self->deadline_ms == 0 || at_ms < self->deadline_ms)
    self->deadline_ms = at_ms;
}

/** lia_ami_model_touch: @call has changed. */
void
lia_ami_model_touch (LiaAmiModel *self,
                     LiaAmiCall  *call)
{
  if (!call->is_stale)
    g_ptr_array_add (self->stale, call);
  call->is_stale = TRUE;
  if (!call->is_dirty)
    g_ptr_array_add (self->dirty, call);
  call->is_dirty = TRUE;
}

/** lia_ami_model_end_if_over: a call ends with the last channel that somebody is at. */
void
lia_ami_model_end_if_over (LiaAmiModel *self,
                           LiaAmiCall  *call,
                           gint64       at_ms)
{
  if (call->ended_ms != 0)
    return;

  for (guint i = 0; i < call->legs->len; i++)
    {
      const LiaAmiLeg *leg = call->legs->pdata[i];

      if (lia_ami_leg_is_alive (leg) && (lia_ami_leg_is_party (leg) || !call->has_party))
        return;
    }
  call->ended_ms = MAX (at_ms, call->created_ms);
  call->moving_ms = 0;
  lia_ami_call_close_orphans (call, at_ms);
}
