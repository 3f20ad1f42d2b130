/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The test call: one telephone rings, and whoever answers hears a tone of 1000 Hz for some seconds. On its way it shows what no action tells: whether
 * events that Liaison has no use for are filtered out.
 */

#include "lia-ami-doctor-private.h"

#include "lia-async.h"

#define RING_S 20
#define TONE_S 12
#define ANSWER_MS ((RING_S + 5) * 1000)
#define REASON_ANSWERED 4

#define FILTERS                                                                                                   \
  "eventfilter(action(exclude),name(CEL)) =\neventfilter(action(exclude),name(DeviceStateChange)) =\n"            \
  "eventfilter(action(exclude),name(MusicOnHoldStart)) =\neventfilter(action(exclude),name(MusicOnHoldStop)) =\n" \
  "eventfilter(action(exclude),name(SoftHangupRequest)) =\neventfilter(action(exclude),name(NewConnectedLine)) =\n"

typedef struct
{
  char       *action_id;
  char       *uniqueid; /* of the telephone's channel, chosen by us */
  char       *channel;  /* its name, once it is there */
  gboolean    rang;
  gboolean    told;   /* how it ended */
  gint64      reason; /* why it was not answered */
  gboolean    unfiltered;
  DexPromise *done;
} Ring;

static void
ring_clear (Ring *self)
{
  g_free (self->action_id);
  g_free (self->uniqueid);
  g_free (self->channel);
  dex_unref (self->done);
}

static void
take_event (Ring          *self,
            LiaAmiMessage *event)
{
  const char *name = lia_ami_message_get_name (event);

  if (g_str_equal (name, "DeviceStateChange") || g_str_equal (name, "NewConnectedLine") || g_str_equal (name, "SoftHangupRequest"))
    self->unfiltered = TRUE;
  if (g_strcmp0 (lia_ami_message_get (event, "Uniqueid"), self->uniqueid) == 0 && lia_ami_message_get (event, "Channel") != NULL)
    {
      g_set_str (&self->channel, lia_ami_message_get (event, "Channel"));
      self->rang |= g_strcmp0 (lia_ami_message_get (event, "ChannelStateDesc"), "Ringing") == 0;
    }
  if (g_str_equal (name, "OriginateResponse") && g_strcmp0 (lia_ami_message_get_action_id (event), self->action_id) == 0 &&
      dex_future_is_pending (DEX_FUTURE (self->done)))
    {
      self->reason = lia_ami_message_get_int64 (event, "Reason", 0);
      dex_promise_resolve_boolean (self->done, TRUE);
    }
}

static void
on_events_cb (Ring      *self,
              GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    take_event (self, events->pdata[i]);
}

static LiaAmiAction *
make_call (LiaAmiDoctor *self,
           Ring         *ring)
{
  LiaAmiAction *action = lia_ami_action_new ("Originate");

  lia_ami_action_add (action, "Channel", self->phone);
  lia_ami_action_add (action, "ChannelId", ring->uniqueid);
  lia_ami_action_add (action, "Application", "Milliwatt");
  lia_ami_action_add (action, "Data", "o");
  lia_ami_action_add (action, "CallerID", "Liaison <0>");
  lia_ami_action_add (action, "Timeout", G_STRINGIFY (RING_S) "000");
  lia_ami_action_add (action, "Async", "true");
  g_set_str (&ring->action_id, lia_ami_action_get_id (action));

  return action;
}

/* Returns: whether the PBX took the call; what came of it is in @ring. */
static gboolean
call (LiaAmiDoctor *self,
      Ring         *ring,
      GError      **error)
{
  gulong handler = g_signal_connect_swapped (self->client, "events", G_CALLBACK (on_events_cb), ring);
  g_autoptr (LiaAmiMessage) accepted = lia_ami_doctor_ask (self, make_call (self, ring), error);

  if (accepted != NULL)
    ring->told = dex_await (lia_with_timeout (dex_ref (DEX_FUTURE (ring->done)), ANSWER_MS), NULL);
  g_signal_handler_disconnect (self->client, handler);

  return accepted != NULL;
}

/* The tone has to end by itself, for we shall not be there any more. */
static void
end_later (LiaAmiDoctor *self,
           Ring         *ring)
{
  LiaAmiAction *action = lia_ami_action_new ("AbsoluteTimeout");
  g_autoptr (LiaAmiMessage) answer = NULL;

  lia_ami_action_add (action, "Channel", ring->channel != NULL ? ring->channel : "");
  lia_ami_action_add (action, "Timeout", G_STRINGIFY (TONE_S));
  answer = lia_ami_doctor_ask (self, action, NULL);
}

static void
judge_filters (LiaAmiDoctor *self,
               Ring         *ring)
{
  if (!ring->unfiltered)
    lia_ami_doctor_ok (self, "");
  else if (lia_ami_doctor_has_filters (self))
    lia_ami_doctor_advise (self, "no-filters", "", "manager.conf", FILTERS);
  else
    lia_ami_doctor_ok (self, "This Asterisk is too old for event filters.");
}

static gboolean
judge (LiaAmiDoctor *self,
       Ring         *ring)
{
  const gboolean answered = ring->reason == REASON_ANSWERED;

  if (!ring->told)
    return lia_ami_doctor_fail (self, "few-rights", "Missing in “read”: call.", NULL, NULL);
  if (!ring->rang && !answered)
    return lia_ami_doctor_fail (self, "unreachable", self->phone, NULL, NULL);
  lia_ami_doctor_ok (self, self->phone);
  if (!answered)
    return lia_ami_doctor_fail (self, "no-answer", self->phone, NULL, NULL);
  end_later (self, ring);
  lia_ami_doctor_ok (self, "");
  judge_filters (self, ring);

  return TRUE;
}

/** lia_ami_doctor_ring: "ring", "answer" and "filters". */
gboolean
lia_ami_doctor_ring (LiaAmiDoctor *self)
{
  Ring             ring = { .done = dex_promise_new () };
  g_autofree char *uuid = g_uuid_string_random ();
  g_autoptr (GError) error = NULL;
  gboolean works;

  ring.uniqueid = g_strconcat ("lia-test-", uuid, NULL);
  if (call (self, &ring, &error))
    works = judge (self, &ring);
  else if (g_error_matches (error, LIA_AMI_ERROR, LIA_AMI_ERROR_PERMISSION))
    works = lia_ami_doctor_fail (self, "few-rights", error->message, NULL, NULL);
  else
    works = lia_ami_doctor_lose (self, error);
  ring_clear (&ring);

  return works;
}
