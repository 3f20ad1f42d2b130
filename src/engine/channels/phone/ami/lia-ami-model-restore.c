/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-model-private.h"

/* A call that was open when the engine or the link went, so that a resync can go on with it. */

static void
restore_leg (LiaAmiModel      *self,
             LiaAmiCall       *call,
             const LiaCallLeg *part)
{
  LiaAmiLeg *leg = g_new0 (LiaAmiLeg, 1);

  leg->uniqueid = g_strdup (part->uniqueid);
  leg->channel = g_strdup (part->channel);
  leg->linked = g_strdup (call->uniqueid);
  leg->agent = g_strdup (part->agent);
  leg->sip = *part->sip != '\0' ? g_strdup (part->sip) : NULL;
  leg->kind = part->kind;
  leg->state = part->state;
  leg->held = part->held;
  leg->mode = lia_ami_spy_mode (part->mode);
  leg->started_ms = part->started_ms;
  leg->ended_ms = part->ended_ms;
  leg->cause = part->cause;
  call->has_party |= lia_ami_leg_is_party (leg);
  lia_ami_model_adopt_leg (self, call, leg);
}

static void
restore_segment (LiaAmiCall           *call,
                 const LiaCallSegment *part)
{
  LiaAmiSegment *segment = g_new0 (LiaAmiSegment, 1);

  segment->agent = g_strdup (part->agent);
  segment->kind = part->kind;
  segment->from_ms = part->from_ms;
  segment->to_ms = part->to_ms;
  g_ptr_array_add (call->segments, segment);
}

static LiaAmiLeg *
find_rung (LiaAmiCall *call,
           const char *agent)
{
  for (guint i = 0; i < call->legs->len; i++)
    {
      LiaAmiLeg *leg = call->legs->pdata[i];

      if (lia_ami_leg_is_alive (leg) && leg->state != LIA_LEG_UP && g_str_equal (leg->agent, agent))
        return leg;
    }

  return NULL;
}

/* The channel that an offer rings; what ended it may still be corrected. */
static void
restore_offer (LiaAmiCall   *call,
               LiaCallOffer *part)
{
  LiaCallOffer *offer = lia_call_offer_copy (part);
  LiaAmiLeg    *leg = find_rung (call, offer->agent);

  if (leg != NULL && offer->from_ms >= leg->started_ms)
    leg->offer = offer;
  g_ptr_array_add (call->offers, offer);
}

static void
restore_wait (LiaAmiModel *self,
              LiaAmiCall  *call,
              LiaCallWait *part)
{
  LiaCallWait *wait = lia_call_wait_copy (part);
  LiaAmiLeg   *customer = lia_ami_call_get_customer (call);

  g_ptr_array_add (call->waits, wait);
  if (wait->result != LIA_WAIT_OPEN || customer == NULL)
    return;

  customer->wait = wait;
  customer->withdrawn = wait->to_ms != 0;
  if (wait->to_ms != 0)
    lia_ami_model_want_tick (self, wait->to_ms + LIA_AMI_UNDECIDED_MS);
}

/* It ends with its channel; whether it did before, nobody has seen. */
static void
restore_recording (LiaAmiModel      *self,
                   LiaAmiCall       *call,
                   LiaCallRecording *part)
{
  LiaAmiLeg *leg = lia_ami_model_find_leg (self, part->leg);

  g_ptr_array_add (call->recordings, lia_call_recording_copy (part));
  if (leg != NULL && part->to_ms == 0 && !part->is_voicemail)
    leg->recording = TRUE;
}

static void
restore_parts (LiaAmiModel *self,
               LiaAmiCall  *call,
               LiaCall     *value)
{
  for (guint i = 0; i < value->legs->len; i++)
    restore_leg (self, call, value->legs->pdata[i]);
  for (guint i = 0; i < value->segments->len; i++)
    restore_segment (call, value->segments->pdata[i]);
  for (guint i = 0; i < value->offers->len; i++)
    restore_offer (call, value->offers->pdata[i]);
  for (guint i = 0; i < value->waits->len; i++)
    restore_wait (self, call, value->waits->pdata[i]);
  for (guint i = 0; i < value->recordings->len; i++)
    restore_recording (self, call, value->recordings->pdata[i]);
}

/**
 * lia_ami_model_restore:
 * @value: a call that has not ended, as this model or one before it published it
 *
 * To be followed by lia_ami_model_resync(), which goes on with it, or ends it as lost.
 */
void
lia_ami_model_restore (LiaAmiModel *self,
                       LiaCall     *value)
{
  LiaAmiCall *call;

  if (value->ended_ms != 0 || g_hash_table_contains (self->calls, value->uniqueid))
    return;

  call = lia_ami_model_make_call (self, value->uniqueid, value->created_ms);
  for (guint i = 0; value->linked[i] != NULL; i++)
    lia_ami_model_link_call (self, call, value->linked[i]);
  g_set_str (&call->did, value->did);
  g_set_str (&call->number, value->number);
  g_set_str (&call->name, value->name);
  g_set_str (&call->slot, value->slot);
  call->answered_ms = value->answered_ms;
  call->direction = value->direction;
  call->withheld = value->withheld;
  call->tainted = value->tainted;
  call->is_published = TRUE;
  restore_parts (self, call, value);
}
