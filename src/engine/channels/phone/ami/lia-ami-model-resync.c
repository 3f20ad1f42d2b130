/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-model-private.h"

#include <stdio.h>

/*
 * What the PBX lists now against what was known before. A channel is the same by its Uniqueid. What both know goes on, what only we know has ended
 * at some time while we did not look, what only the PBX knows is new.
 */

static const char *
get_text (LiaAmiMessage *item,
          const char    *name)
{
  const char *text = lia_ami_message_get (item, name);

  return text != NULL ? text : "";
}

/* "01:02:03" -> ms */
static gint64
read_duration (LiaAmiMessage *item)
{
  guint hours, minutes, seconds;

  if (sscanf (get_text (item, "Duration"), "%u:%u:%u", &hours, &minutes, &seconds) != 3)
    return 0;

  return ((hours * (gint64)60 + minutes) * 60 + seconds) * 1000;
}

static GHashTable *
list_uniqueids (LiaAmiSnapshot *snapshot)
{
  GHashTable *uniqueids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < snapshot->channels->len; i++)
    g_hash_table_add (uniqueids, (gpointer)get_text (snapshot->channels->pdata[i], "Uniqueid"));

  return uniqueids;
}

/* Channels ------------------------------------------------------------------------------------------------------------------------------ */

static void
lose_leg (LiaAmiModel *self,
          LiaAmiLeg   *leg,
          gint64       at_ms)
{
  LiaAmiCall *call = leg->call;

  if (leg->wait != NULL)
    lia_ami_model_close_wait (self, leg, LIA_WAIT_LOST, at_ms);
  lia_ami_model_end_leg (self, leg, at_ms, leg->cause);
  call->is_lost = call->ended_ms != 0;
}

/* Ends what the PBX does not have any more, at the time of the last that was heard of it. */
static void
lose_legs (LiaAmiModel    *self,
           LiaAmiSnapshot *snapshot,
           gint64          at_ms)
{
  g_autoptr (GHashTable) uniqueids = list_uniqueids (snapshot);
  g_autoptr (GPtrArray) legs = g_hash_table_get_values_as_ptr_array (self->legs);

  for (guint i = 0; i < legs->len; i++)
    {
      LiaAmiLeg *leg = legs->pdata[i];

      if (!g_hash_table_contains (uniqueids, leg->uniqueid) && !g_hash_table_contains (snapshot->tainted, leg->channel))
        lose_leg (self, leg, at_ms);
    }
}

static const char *
find_bridge_type (LiaAmiSnapshot *snapshot,
                  const char     *bridge)
{
  for (guint i = 0; i < snapshot->bridges->len; i++)
    {
      if (g_str_equal (get_text (snapshot->bridges->pdata[i], "BridgeUniqueid"), bridge))
        return lia_ami_message_get (snapshot->bridges->pdata[i], "BridgeType");
    }

  return NULL;
}

static void
apply_bridge (LiaAmiModel    *self,
              LiaAmiSnapshot *snapshot,
              LiaAmiLeg      *leg,
              LiaAmiMessage  *item)
{
  const char *bridge = get_text (item, "BridgeId");

  if (*bridge != '\0')
    lia_ami_model_enter_bridge (self, leg, bridge, find_bridge_type (snapshot, bridge));
  else
    lia_ami_model_leave_bridge (self, leg);
}

/* What the channel is busy with, as the dialplan has it. */
static void
apply_application (LiaAmiModel   *self,
                   LiaAmiLeg     *leg,
                   LiaAmiMessage *item)
{
  const char *application = get_text (item, "Application");

  if (g_str_equal (application, "Dial") && leg->bridge == NULL && leg->n_dialling == 0)
    leg->n_dialling = 1;
  if (g_str_has_prefix (application, "AppQueue") || g_str_has_prefix (application, "AppDial"))
    lia_ami_model_open_offer (self, leg, leg->started_ms);
  if (g_str_equal (application, "ChanSpy") && lia_ami_leg_is_inside (leg))
    {
      leg->kind = LIA_LEG_SPY;
      leg->call->has_party = FALSE;
    }
}

static void
apply_channel (LiaAmiModel    *self,
               LiaAmiSnapshot *snapshot,
               LiaAmiMessage  *item,
               gint64          now_ms)
{
  LiaAmiLeg *leg = lia_ami_model_add_leg (self, item, now_ms - read_duration (item));

  if (leg == NULL)
    return;

  g_hash_table_remove (self->names, leg->channel);
  g_set_str (&leg->channel, get_text (item, "Channel"));
  g_hash_table_insert (self->names, leg->channel, leg);
  lia_ami_model_read_state (self, leg, item);
  lia_ami_model_read_caller (self, leg, item, "");
  apply_bridge (self, snapshot, leg, item);
  apply_application (self, leg, item);
  leg->call->recovered |= !snapshot->is_check;
  lia_ami_model_touch (self, leg->call);
}

/* Queues -------------------------------------------------------------------------------------------------------------------------------- */

static void
apply_entry (LiaAmiModel   *self,
             LiaAmiMessage *item,
             gint64         now_ms)
{
  LiaAmiLeg   *leg = lia_ami_model_get_leg (self, item, "");
  const char  *queue = get_text (item, "Queue");
  const gint64 position = lia_ami_message_get_int64 (item, "Position", 0);

  if (leg == NULL || *queue == '\0')
    return;

  if (!lia_ami_leg_is_waiting (leg) || !g_str_equal (leg->wait->queue, queue))
    {
      lia_ami_model_close_wait (self, leg, LIA_WAIT_LOST, now_ms);
      lia_ami_model_open_wait (self, leg, queue, now_ms - lia_ami_message_get_int64 (item, "Wait", 0) * 1000, position);
    }
  leg->wait->position = position;
}

static gboolean
is_entered (LiaAmiSnapshot  *snapshot,
            const LiaAmiLeg *leg)
{
  for (guint i = 0; i < snapshot->entries->len; i++)
    {
      if (g_str_equal (get_text (snapshot->entries->pdata[i], "Uniqueid"), leg->uniqueid))
        return TRUE;
    }

  return g_hash_table_contains (snapshot->tainted, leg->channel);
}

static void
lose_wait (LiaAmiModel *self,
           LiaAmiLeg   *leg,
           gint64       at_ms)
{
  if (leg->bridge == NULL && leg->n_dialling > 0)
    leg->taken = TRUE;
  else
    lia_ami_model_close_wait (self, leg, leg->bridge != NULL ? LIA_WAIT_ANSWERED : LIA_WAIT_LOST, at_ms);
}

/* Who is in no queue any more left it unseen: to somebody, when he is in a bridge; for somebody whose telephone rings, when he has it dialled himself. */
static void
lose_waits (LiaAmiModel    *self,
            LiaAmiSnapshot *snapshot,
            gint64          at_ms)
{
  GHashTableIter iter;
  LiaAmiLeg     *leg;

  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&leg))
    {
      if (lia_ami_leg_is_waiting (leg) && !is_entered (snapshot, leg))
        lose_wait (self, leg, at_ms);
    }
}

/* When a member's pause began is in the list, in seconds by the PBX's clock. */
static gint64
read_since (LiaAmiSnapshot *snapshot,
            LiaAmiMessage  *item)
{
  const gboolean is_paused = lia_ami_message_get_int64 (item, "Paused", 0) == 1;
  const gint64   since_s = is_paused ? lia_ami_message_get_int64 (item, "LastPause", 0) : 0;

  return since_s > 0 ? since_s * 1000 + snapshot->offset_ms : 0;
}

static gboolean
is_member_listed (LiaAmiSnapshot *snapshot,
                  LiaQueueMember *member)
{
  for (guint i = 0; i < snapshot->members->len; i++)
    {
      LiaAmiMessage *item = snapshot->members->pdata[i];

      if (g_str_equal (get_text (item, "Queue"), member->queue) && g_str_equal (get_text (item, "Location"), member->interface))
        return TRUE;
    }

  return FALSE;
}

static void
apply_members (LiaAmiModel    *self,
               LiaAmiSnapshot *snapshot)
{
  g_autoptr (GPtrArray) members = lia_ami_model_list_members (self);

  for (guint i = 0; i < members->len; i++)
    {
      LiaQueueMember *member = members->pdata[i];

      if (!is_member_listed (snapshot, member))
        lia_ami_model_drop_member (self, member->queue, member->interface);
    }
  for (guint i = 0; i < snapshot->members->len; i++)
    lia_ami_model_set_member (self, snapshot->members->pdata[i], read_since (snapshot, snapshot->members->pdata[i]));
}

static gboolean
is_queue_listed (LiaAmiSnapshot *snapshot,
                 const char     *queue)
{
  for (guint i = 0; i < snapshot->queues->len; i++)
    {
      if (g_str_equal (get_text (snapshot->queues->pdata[i], "Queue"), queue))
        return TRUE;
    }

  return FALSE;
}

static void
apply_queues (LiaAmiModel    *self,
              LiaAmiSnapshot *snapshot)
{
  g_auto (GStrv) names = lia_ami_model_list_queues (self);

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (is_queue_listed (snapshot, names[i]))
        continue;
      g_hash_table_remove (self->queues, names[i]);
      g_hash_table_add (self->new_queues, g_strdup (names[i]));
    }
  for (guint i = 0; i < snapshot->queues->len; i++)
    lia_ami_model_add_queue (self, get_text (snapshot->queues->pdata[i], "Queue"));
}

/* All together -------------------------------------------------------------------------------------------------------------------------- */

static void
finish (LiaAmiModel *self,
        gint64       last_ms)
{
  GHashTableIter iter;
  LiaAmiCall    *call;

  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&call))
    {
      call->moving_ms = 0;
      lia_ami_model_derive (self, call);
      lia_ami_call_close_orphans (call, last_ms);
    }
  g_ptr_array_set_size (self->stale, 0);
}

/**
 * lia_ami_model_resync:
 * @snapshot: what the PBX lists now; events that came meanwhile are to be handled after it
 * @now_ms: when it was asked, by the PBX's clock
 *
 * Goes on with all calls that are still there and marks them as recovered; ends the others as lost, at the time of the last event before.
 */
void
lia_ami_model_resync (LiaAmiModel    *self,
                      LiaAmiSnapshot *snapshot,
                      gint64          now_ms)
{
  const gint64 last_ms = self->now_ms != 0 ? self->now_ms : now_ms;

  self->now_ms = MAX (self->now_ms, now_ms);
  apply_queues (self, snapshot);
  apply_members (self, snapshot); /* first: they tell whose telephone a channel is */
  lose_legs (self, snapshot, last_ms);
  for (guint i = 0; i < snapshot->channels->len; i++)
    apply_channel (self, snapshot, snapshot->channels->pdata[i], now_ms);
  for (guint i = 0; i < snapshot->entries->len; i++)
    apply_entry (self, snapshot->entries->pdata[i], now_ms);
  for (guint i = 0; i < snapshot->parked->len; i++)
    lia_ami_model_handle_parked (self, snapshot->parked->pdata[i]);
  lose_waits (self, snapshot, now_ms);
  finish (self, last_ms);
}

/* Audit --------------------------------------------------------------------------------------------------------------------------------- */

static void
audit_channel (LiaAmiModel   *self,
               LiaAmiMessage *item,
               GStrvBuilder  *differences)
{
  const char *uniqueid = get_text (item, "Uniqueid");
  const char *bridge = get_text (item, "BridgeId");
  LiaAmiLeg  *leg = lia_ami_model_find_leg (self, uniqueid);
  const char *known = leg != NULL && leg->bridge != NULL ? leg->bridge->id : "";

  if (leg == NULL)
    g_strv_builder_take (differences, g_strdup_printf ("channel %s (%s) is not known", get_text (item, "Channel"), uniqueid));
  else if (!g_str_equal (known, bridge))
    g_strv_builder_take (differences, g_strdup_printf ("channel %s is in bridge \"%s\", not \"%s\"", leg->channel, bridge, known));
}

static void
audit_leg (LiaAmiSnapshot *snapshot,
           GHashTable     *uniqueids,
           LiaAmiLeg      *leg,
           GStrvBuilder   *differences)
{
  if (!g_hash_table_contains (uniqueids, leg->uniqueid) && !g_hash_table_contains (snapshot->tainted, leg->channel))
    g_strv_builder_take (differences, g_strdup_printf ("channel %s (%s) is no more", leg->channel, leg->uniqueid));
  if (lia_ami_leg_is_waiting (leg) && !is_entered (snapshot, leg))
    g_strv_builder_take (differences, g_strdup_printf ("channel %s does not wait in %s", leg->channel, leg->wait->queue));
}

static void
audit_entry (LiaAmiModel   *self,
             LiaAmiMessage *item,
             GStrvBuilder  *differences)
{
  LiaAmiLeg  *leg = lia_ami_model_find_leg (self, get_text (item, "Uniqueid"));
  const char *queue = get_text (item, "Queue");

  if (leg != NULL && (!lia_ami_leg_is_waiting (leg) || !g_str_equal (leg->wait->queue, queue)))
    g_strv_builder_take (differences, g_strdup_printf ("channel %s waits in %s", leg->channel, queue));
}

static void
audit_members (LiaAmiModel    *self,
               LiaAmiSnapshot *snapshot,
               GStrvBuilder   *differences)
{
  g_autoptr (GPtrArray) members = lia_ami_model_list_members (self);

  for (guint i = 0; i < members->len; i++)
    {
      LiaQueueMember *member = members->pdata[i];

      if (!is_member_listed (snapshot, member))
        g_strv_builder_take (differences, g_strdup_printf ("%s is no member of %s", member->interface, member->queue));
    }
  for (guint i = 0; i < snapshot->members->len; i++)
    {
      const char      *queue = get_text (snapshot->members->pdata[i], "Queue");
      const char      *interface = get_text (snapshot->members->pdata[i], "Location");
      g_autofree char *key = g_strconcat (queue, "\n", interface, NULL);

      if (!g_hash_table_contains (self->members, key))
        g_strv_builder_take (differences, g_strdup_printf ("%s is a member of %s", interface, queue));
    }
}

/**
 * lia_ami_model_audit:
 * @snapshot: what the PBX lists now, with nothing having happened since the last message
 *
 * Returns: (transfer full): what is not as the model has it, a sentence each; empty when all is well
 */
GStrv
lia_ami_model_audit (LiaAmiModel    *self,
                     LiaAmiSnapshot *snapshot)
{
  g_autoptr (GStrvBuilder) differences = g_strv_builder_new ();
  g_autoptr (GHashTable) uniqueids = list_uniqueids (snapshot);
  GHashTableIter iter;
  LiaAmiLeg     *leg;

  for (guint i = 0; i < snapshot->channels->len; i++)
    audit_channel (self, snapshot->channels->pdata[i], differences);
  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&leg))
    audit_leg (snapshot, uniqueids, leg, differences);
  for (guint i = 0; i < snapshot->entries->len; i++)
    audit_entry (self, snapshot->entries->pdata[i], differences);
  audit_members (self, snapshot, differences);

  return g_strv_builder_end (differences);
}
