/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-model-private.h"

#include "lia-phone-command.h"

#include <string.h>

/* Channels: who is at their ends, and how they come and go. */

void
lia_ami_leg_free (LiaAmiLeg *self)
{
  g_free (self->uniqueid);
  g_free (self->channel);
  g_free (self->linked);
  g_free (self->agent);
  g_free (self->sip);
  g_free (self->dialler);
  g_free (self);
}

gboolean
lia_ami_leg_is_alive (const LiaAmiLeg *self)
{
  return self->ended_ms == 0;
}

/** lia_ami_leg_is_inside: a telephone of ours. */
gboolean
lia_ami_leg_is_inside (const LiaAmiLeg *self)
{
  return self->kind == LIA_LEG_AGENT;
}

/** lia_ami_leg_is_party: somebody takes part in the call with it. */
gboolean
lia_ami_leg_is_party (const LiaAmiLeg *self)
{
  return self->kind != LIA_LEG_PLUMBING && self->kind != LIA_LEG_SPY;
}

LiaAmiLeg *
lia_ami_model_find_leg (LiaAmiModel *self,
                        const char  *uniqueid)
{
  return uniqueid != NULL ? g_hash_table_lookup (self->legs, uniqueid) : NULL;
}

/**
 * lia_ami_model_get_leg:
 * @prefix: of the headers: "", "Dest", "Parkee"
 *
 * Returns: (transfer none) (nullable): the living channel that the message speaks of; NULL also for one that we never heard of: it has ended
 */
LiaAmiLeg *
lia_ami_model_get_leg (LiaAmiModel   *self,
                       LiaAmiMessage *message,
                       const char    *prefix)
{
  char        name[64];
  LiaAmiLeg  *leg;
  const char *linked;

  g_snprintf (name, sizeof name, "%sUniqueid", prefix);
  leg = lia_ami_model_find_leg (self, lia_ami_message_get (message, name));
  if (leg == NULL)
    return NULL;

  g_snprintf (name, sizeof name, "%sLinkedid", prefix);
  linked = lia_ami_message_get (message, name);
  if (linked != NULL)
    lia_ami_model_set_linked (self, leg, linked);

  return leg;
}

/* Channels that the PBX makes for itself. */
static gboolean
is_plumbing (const char *channel)
{
  static const char *const prefixes[] = { "Local/", "Snoop/", "Surrogate/", "AsyncGoto/", "Announcer/", "Recorder/", "CBAnn/", "CBRec/", "Message/", "Bridge/", "Async/", "UnicastRTP/", "MulticastRTP/", "AudioSocket/" };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      if (g_str_has_prefix (channel, prefixes[i]))
        return TRUE;
    }

  return FALSE;
}

/* Who has called stays the customer after he has gone: two colleagues may still be talking about him when we come back. */
static LiaLegKind
kind_of_outsider (LiaAmiCall *call)
{
  for (guint i = 0; i < call->legs->len; i++)
    {
      LiaAmiLeg *leg = call->legs->pdata[i];

      if (leg->kind == LIA_LEG_CUSTOMER && (call->direction == LIA_CALL_IN || lia_ami_leg_is_alive (leg)))
        return LIA_LEG_COLLEAGUE;
    }

  return LIA_LEG_CUSTOMER;
}

static void
classify (LiaAmiModel *self,
          LiaAmiLeg   *leg)
{
  g_autofree char *endpoint = lia_ami_endpoint_of_channel (leg->channel);
  const char      *agent = lia_ami_model_find_agent (self, endpoint);

  if (is_plumbing (leg->channel))
    {
      leg->kind = LIA_LEG_PLUMBING;
      return;
    }
  g_set_str (&leg->agent, agent != NULL ? agent : "");
  if (agent == NULL)
    leg->kind = kind_of_outsider (leg->call);
  else if (g_str_has_prefix (leg->uniqueid, LIA_PHONE_SPY_PREFIX))
    leg->kind = LIA_LEG_SPY;
  else
    leg->kind = *agent != '\0' ? LIA_LEG_AGENT : LIA_LEG_COLLEAGUE;
  if (leg->kind != LIA_LEG_SPY)
    lia_ami_model_add_party (self, leg);
}

/* Local channels come in pairs: what goes into ";1" comes out of ";2". */
static void
find_wire (LiaAmiModel *self,
           LiaAmiLeg   *leg)
{
  gsize            length = strlen (leg->channel);
  g_autofree char *other = NULL;

  if (!g_str_has_prefix (leg->channel, "Local/") || length < 2 || leg->channel[length - 2] != ';')
    return;

  other = g_strdup (leg->channel);
  other[length - 1] = other[length - 1] == '1' ? '2' : '1';
  leg->wire = g_hash_table_lookup (self->names, other);
  if (leg->wire != NULL)
    leg->wire->wire = leg;
}

/** lia_ami_model_adopt_leg: makes @leg, which nobody owns, one of @call. */
void
lia_ami_model_adopt_leg (LiaAmiModel *self,
                         LiaAmiCall  *call,
                         LiaAmiLeg   *leg)
{
  leg->call = call;
  g_ptr_array_add (call->legs, leg);
  if (!lia_ami_leg_is_alive (leg))
    return;

  g_hash_table_insert (self->legs, leg->uniqueid, leg);
  g_hash_table_insert (self->names, leg->channel, leg);
  find_wire (self, leg);
}

/**
 * lia_ami_model_add_leg:
 * @message: that describes a channel: "Newchannel" or "CoreShowChannel"
 *
 * Returns: (transfer none) (nullable): the channel; the one that is known already when it is
 */
LiaAmiLeg *
lia_ami_model_add_leg (LiaAmiModel   *self,
                       LiaAmiMessage *message,
                       gint64         started_ms)
{
  const char *uniqueid = lia_ami_message_get (message, "Uniqueid");
  const char *linked = lia_ami_message_get (message, "Linkedid");
  const char *channel = lia_ami_message_get (message, "Channel");
  LiaAmiLeg  *leg = lia_ami_model_get_leg (self, message, "");

  if (leg != NULL || uniqueid == NULL || linked == NULL || channel == NULL)
    return leg;

  leg = g_new0 (LiaAmiLeg, 1);
  leg->uniqueid = g_strdup (uniqueid);
  leg->channel = g_strdup (channel);
  leg->linked = g_strdup (linked);
  leg->agent = g_strdup ("");
  leg->mode = "";
  leg->kind = LIA_LEG_PLUMBING; /* until it is known better */
  leg->started_ms = started_ms;
  lia_ami_model_adopt_leg (self, lia_ami_model_call_of_linked (self, linked, uniqueid, started_ms), leg);
  classify (self, leg);
  if (g_hash_table_remove (self->suspects, channel))
    leg->call->tainted = TRUE;
  lia_ami_model_read_state (self, leg, message);
  lia_ami_model_read_caller (self, leg, message, "");
  if (leg->kind == LIA_LEG_CUSTOMER && leg->call->direction == LIA_CALL_IN && *leg->call->did == '\0')
    g_set_str (&leg->call->did, lia_ami_message_get (message, "Exten"));
  lia_ami_model_touch (self, leg->call);

  return leg;
}

/** lia_ami_model_set_linked: the PBX says which call the channel belongs to; when that is another one, both are one. */
void
lia_ami_model_set_linked (LiaAmiModel *self,
                          LiaAmiLeg   *leg,
                          const char  *linked)
{
  if (g_str_equal (leg->linked, linked))
    return;

  g_set_str (&leg->linked, linked);
  if (leg->kind == LIA_LEG_SPY)
    return;

  LiaAmiCall *call = g_hash_table_lookup (self->linked, linked);

  if (call == NULL)
    lia_ami_model_link_call (self, leg->call, linked);
  else if (call != leg->call)
    lia_ami_model_merge_calls (self, call, leg->call);
}

/* What the PBX says for "nobody told us". */
static gboolean
is_unknown (const char *value)
{
  static const char *const words[] = { "", "<unknown>", "unknown", "s" };

  return value == NULL || g_strv_contains ((const char *const[]){ words[0], words[1], words[2], words[3], NULL }, value);
}

static gboolean
is_anonymous (const char *number)
{
  return number != NULL && (g_ascii_strcasecmp (number, "anonymous") == 0 || g_ascii_strcasecmp (number, "restricted") == 0);
}

/** lia_ami_model_read_caller: the customer's number and name, from a channel's own description of itself. */
void
lia_ami_model_read_caller (LiaAmiModel   *self,
                           LiaAmiLeg     *leg,
                           LiaAmiMessage *message,
                           const char    *prefix)
{
  char        header[64];
  const char *number, *name;
  LiaAmiCall *call = leg->call;

  if (leg->kind != LIA_LEG_CUSTOMER || leg != lia_ami_call_get_customer (call))
    return;

  g_snprintf (header, sizeof header, "%sCallerIDNum", prefix);
  number = lia_ami_message_get (message, header);
  g_snprintf (header, sizeof header, "%sCallerIDName", prefix);
  name = lia_ami_message_get (message, header);
  if (call->direction == LIA_CALL_IN && is_anonymous (number))
    call->withheld = TRUE;
  if (call->withheld)
    {
      g_set_str (&call->number, "");
      g_set_str (&call->name, "");
      return;
    }
  if (!is_unknown (number) && (call->direction == LIA_CALL_IN || *call->number == '\0'))
    g_set_str (&call->number, number);
  if (!is_unknown (name))
    g_set_str (&call->name, name);
}

static LiaLegState
state_from_number (gint64 state)
{
  switch (state)
    {
    case 4:
      return LIA_LEG_RING;
    case 5:
      return LIA_LEG_RINGING;
    case 6:
      return LIA_LEG_UP;
    default:
      return LIA_LEG_DOWN;
    }
}

/** lia_ami_model_read_state: as "ChannelState" has it. */
void
lia_ami_model_read_state (LiaAmiModel   *self,
                          LiaAmiLeg     *leg,
                          LiaAmiMessage *message)
{
  LiaLegState state = state_from_number (lia_ami_message_get_int64 (message, "ChannelState", 0));

  if (leg->state == LIA_LEG_UP || state == leg->state) /* who has answered stays so, whatever tone is heard */
    return;

  leg->state = state;
  if (state == LIA_LEG_UP)
    lia_ami_model_close_offer (self, leg, LIA_OFFER_ANSWERED, self->now_ms);
  lia_ami_model_touch (self, leg->call);
}

void
lia_ami_model_handle_newchannel (LiaAmiModel   *self,
                                 LiaAmiMessage *message)
{
  lia_ami_model_add_leg (self, message, self->now_ms);
}

/* Newstate, NewCallerid */
void
lia_ami_model_handle_newstate (LiaAmiModel   *self,
                               LiaAmiMessage *message)
{
  LiaAmiLeg *leg = lia_ami_model_get_leg (self, message, "");

  if (leg == NULL)
    return;

  lia_ami_model_read_state (self, leg, message);
  lia_ami_model_read_caller (self, leg, message, "");
  lia_ami_model_touch (self, leg->call);
}

void
lia_ami_model_handle_rename (LiaAmiModel   *self,
                             LiaAmiMessage *message)
{
  LiaAmiLeg  *leg = lia_ami_model_get_leg (self, message, "");
  const char *name = lia_ami_message_get (message, "Newname");

  if (leg == NULL || name == NULL)
    return;

  g_hash_table_remove (self->names, leg->channel);
  g_set_str (&leg->channel, name);
  g_hash_table_insert (self->names, leg->channel, leg);
  lia_ami_model_touch (self, leg->call);
}

/* Hold, Unhold */
void
lia_ami_model_handle_hold (LiaAmiModel   *self,
                           LiaAmiMessage *message)
{
  LiaAmiLeg *leg = lia_ami_model_get_leg (self, message, "");

  if (leg == NULL)
    return;

  leg->held = g_str_equal (lia_ami_message_get_name (message), "Hold");
  lia_ami_model_touch (self, leg->call);
}

/** lia_ami_spy_mode: (transfer none): @word if it is a way to listen in, else "". */
const char *
lia_ami_spy_mode (const char *word)
{
  static const char *const modes[] = { "listen", "whisper", "barge" };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    if (g_strcmp0 (word, modes[i]) == 0)
      return modes[i];

  return "";
}

/* ChanSpyStart: a telephone of ours listens in, so its own call was none. How is said by where in the dialplan it is. */
void
lia_ami_model_handle_spy (LiaAmiModel   *self,
                          LiaAmiMessage *message)
{
  LiaAmiLeg *spy = lia_ami_model_get_leg (self, message, "Spyer");
  LiaAmiLeg *spied = lia_ami_model_get_leg (self, message, "Spyee");

  if (spy == NULL || spied == NULL || (!lia_ami_leg_is_inside (spy) && spy->kind != LIA_LEG_SPY))
    return;

  spy->mode = lia_ami_spy_mode (lia_ami_message_get (message, "SpyerExten"));
  lia_ami_model_join_spy (self, spied->call, spy);
}

void
lia_ami_model_handle_hangup_request (LiaAmiModel   *self,
                                     LiaAmiMessage *message)
{
  LiaAmiLeg *leg = lia_ami_model_get_leg (self, message, "");
  int        cause = lia_ami_message_get_int64 (message, "Cause", 0);

  if (leg == NULL)
    return;

  leg->hanging_up = TRUE;
  if (leg->state != LIA_LEG_UP && (cause == 17 || cause == 21))
    lia_ami_model_close_offer (self, leg, LIA_OFFER_REJECTED, self->now_ms);
  if (lia_ami_leg_is_undecided (leg) && leg->withdrawn)
    lia_ami_model_close_wait (self, leg, LIA_WAIT_ABANDONED, self->now_ms);
  lia_ami_model_touch (self, leg->call);
}

/* The channel that dialled @leg does so no more. */
static void
stop_dialler (LiaAmiModel *self,
              LiaAmiLeg   *leg)
{
  LiaAmiLeg *dialler = lia_ami_model_find_leg (self, leg->dialler);

  if (dialler != NULL && dialler->n_dialling > 0)
    dialler->n_dialling--;
  g_clear_pointer (&leg->dialler, g_free);
}

/** lia_ami_model_end_leg: the channel is no more. */
void
lia_ami_model_end_leg (LiaAmiModel *self,
                       LiaAmiLeg   *leg,
                       gint64       at_ms,
                       int          cause)
{
  LiaAmiCall *call = leg->call;

  lia_ami_model_close_offer_by_cause (self, leg, cause, at_ms);
  lia_ami_model_wait_hangs_up (self, leg, at_ms, cause);
  lia_ami_model_leave_bridge (self, leg);
  stop_dialler (self, leg);
  if (leg->wire != NULL)
    leg->wire->wire = NULL;
  leg->wire = NULL;
  if (leg->kind == LIA_LEG_PLUMBING)
    call->moving_ms = 0;
  leg->ended_ms = MAX (at_ms, leg->started_ms);
  leg->cause = cause;
  lia_ami_model_end_recordings (self, leg, leg->ended_ms);
  g_hash_table_remove (self->legs, leg->uniqueid);
  if (g_hash_table_lookup (self->names, leg->channel) == leg)
    g_hash_table_remove (self->names, leg->channel);
  lia_ami_call_close_segment (call, leg, at_ms);
  lia_ami_model_touch (self, call);
  lia_ami_model_end_if_over (self, call, at_ms);
}

void
lia_ami_model_handle_hangup (LiaAmiModel   *self,
                             LiaAmiMessage *message)
{
  LiaAmiLeg *leg = lia_ami_model_get_leg (self, message, "");

  if (leg != NULL)
    lia_ami_model_end_leg (self, leg, self->now_ms, lia_ami_message_get_int64 (message, "Cause", 0));
}
