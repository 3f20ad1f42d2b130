/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-model-private.h"

#include <stdlib.h>
#include <string.h>

/*
 * The messages go to the file that keeps what they are about; what they change there marks the calls concerned, whose segments are then
 * computed anew from channels and bridges.
 */

#define MAX_SUSPECTS 256

enum {
  CALL_CHANGED,
  CALL_GONE,
  MEMBER_CHANGED,
  MEMBER_GONE,
  QUEUE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaAmiModel, lia_ami_model, G_TYPE_OBJECT)

static void
lia_ami_model_finalize (GObject *object)
{
  LiaAmiModel *self = (LiaAmiModel *)object;

  g_clear_pointer (&self->stale, g_ptr_array_unref);
  g_clear_pointer (&self->dirty, g_ptr_array_unref);
  g_clear_pointer (&self->gone, g_ptr_array_unref);
  g_clear_pointer (&self->new_members, g_hash_table_unref);
  g_clear_pointer (&self->gone_members, g_hash_table_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->legs, g_hash_table_unref);
  g_clear_pointer (&self->linked, g_hash_table_unref);
  g_clear_pointer (&self->calls, g_hash_table_unref);
  g_clear_pointer (&self->bridges, g_hash_table_unref);
  g_clear_pointer (&self->members, g_hash_table_unref);
  g_clear_pointer (&self->queues, g_hash_table_unref);
  g_clear_pointer (&self->new_queues, g_hash_table_unref);
  g_clear_pointer (&self->suspects, g_hash_table_unref);
  g_clear_pointer (&self->directory, lia_ami_directory_unref);
  g_clear_pointer (&self->pbx, g_free);

  G_OBJECT_CLASS (lia_ami_model_parent_class)->finalize (object);
}

static void
lia_ami_model_class_init (LiaAmiModelClass *klass)
{
  GType type = G_OBJECT_CLASS_TYPE (klass);

  G_OBJECT_CLASS (klass)->finalize = lia_ami_model_finalize;

  signals[CALL_CHANGED] = g_signal_new ("call-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_CALL);
  signals[CALL_GONE] = g_signal_new ("call-gone", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[MEMBER_CHANGED] = g_signal_new ("member-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_QUEUE_MEMBER);
  signals[MEMBER_GONE] = g_signal_new ("member-gone", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[QUEUE_CHANGED] = g_signal_new ("queue-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
lia_ami_model_init (LiaAmiModel *self)
{
  self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)lia_ami_call_free);
  self->linked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->legs = g_hash_table_new (g_str_hash, g_str_equal);
  self->names = g_hash_table_new (g_str_hash, g_str_equal);
  self->bridges = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)lia_ami_bridge_free);
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->new_queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->suspects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->new_members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->gone_members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->stale = g_ptr_array_new ();
  self->dirty = g_ptr_array_new ();
  self->gone = g_ptr_array_new_with_free_func (g_free);
}

/**
 * lia_ami_model_new:
 * @pbx: the phone channel's id, for the calls
 * @directory: whose the telephones are
 */
LiaAmiModel *
lia_ami_model_new (const char      *pbx,
                   LiaAmiDirectory *directory)
{
  LiaAmiModel *self = g_object_new (LIA_TYPE_AMI_MODEL, NULL);

  self->pbx = g_strdup (pbx);
  self->directory = lia_ami_directory_ref (directory);

  return self;
}

/* Messages ------------------------------------------------------------------------------------------------------------------------------ */

typedef void (*Handler) (LiaAmiModel   *self,
                         LiaAmiMessage *message);

typedef struct
{
  const char *name;
  Handler     handler;
} Route;

/* The PBX goes down. What did not end before ended now, seen or not. */
static void
handle_shutdown (LiaAmiModel   *self,
                 LiaAmiMessage *message)
{
  g_autoptr (LiaAmiSnapshot) nothing = lia_ami_snapshot_new ();

  lia_ami_model_resync (self, nothing, self->now_ms);
}

/* Queues' other events add nothing: AgentComplete comes late and is wrong after a redirection, transfers and merged bridges are seen by who is where. */
static const Route routes[] = {
  { "AgentCalled", lia_ami_model_handle_agent_called },
  { "AgentConnect", lia_ami_model_handle_agent_connect },
  { "AgentRingNoAnswer", lia_ami_model_handle_no_answer },
  { "BridgeEnter", lia_ami_model_handle_bridge },
  { "BridgeLeave", lia_ami_model_handle_bridge },
  { "ChanSpyStart", lia_ami_model_handle_spy },
  { "DialBegin", lia_ami_model_handle_dial_begin },
  { "DialEnd", lia_ami_model_handle_dial_end },
  { "Hangup", lia_ami_model_handle_hangup },
  { "HangupRequest", lia_ami_model_handle_hangup_request },
  { "Hold", lia_ami_model_handle_hold },
  { "LocalOptimizationBegin", lia_ami_model_handle_optimization },
  { "LocalOptimizationEnd", lia_ami_model_handle_optimization },
  { "MixMonitorStart", lia_ami_model_handle_recording },
  { "MixMonitorStop", lia_ami_model_handle_recording },
  { "NewCallerid", lia_ami_model_handle_newstate },
  { "Newchannel", lia_ami_model_handle_newchannel },
  { "Newstate", lia_ami_model_handle_newstate },
  { "ParkedCall", lia_ami_model_handle_parked },
  { "ParkedCallSwap", lia_ami_model_handle_parked },
  { "QueueCallerAbandon", lia_ami_model_handle_queue_abandon },
  { "QueueCallerJoin", lia_ami_model_handle_queue_join },
  { "QueueCallerLeave", lia_ami_model_handle_queue_leave },
  { "QueueMemberAdded", lia_ami_model_handle_member },
  { "QueueMemberPause", lia_ami_model_handle_member },
  { "QueueMemberPenalty", lia_ami_model_handle_member },
  { "QueueMemberRemoved", lia_ami_model_handle_member_removed },
  { "QueueMemberRinginuse", lia_ami_model_handle_member },
  { "QueueMemberStatus", lia_ami_model_handle_member },
  { "Rename", lia_ami_model_handle_rename },
  { "Shutdown", handle_shutdown },
  { "Unhold", lia_ami_model_handle_hold },
  { "UserEvent", lia_ami_model_handle_user_event },
};

static int
compare_route (const void *name,
               const void *route)
{
  return strcmp (name, ((const Route *)route)->name);
}

/*
 * Nothing of a damaged message is applied. Its channel, which the PBX writes before anything of a caller's, is the damager's: its call is marked, now
 * or when the channel is known.
 */
static void
suspect (LiaAmiModel   *self,
         LiaAmiMessage *message)
{
  const char *channel = lia_ami_message_get (message, "Channel");
  LiaAmiLeg  *leg = channel != NULL ? g_hash_table_lookup (self->names, channel) : NULL;

  if (leg != NULL && !leg->call->tainted)
    {
      leg->call->tainted = TRUE;
      lia_ami_model_touch (self, leg->call);
    }
  else if (leg == NULL && channel != NULL && g_hash_table_size (self->suspects) < MAX_SUSPECTS)
    {
      g_hash_table_add (self->suspects, g_strdup (channel));
    }
}

static void
derive_stale (LiaAmiModel *self)
{
  for (guint i = 0; i < self->stale->len; i++)
    lia_ami_model_derive (self, self->stale->pdata[i]);
  g_ptr_array_set_size (self->stale, 0);
}

/** lia_ami_model_handle: applies an event; all else is left alone. */
void
lia_ami_model_handle (LiaAmiModel   *self,
                      LiaAmiMessage *message)
{
  const gint64 time_ms = lia_ami_message_get_time (message);
  const Route *route = bsearch (lia_ami_message_get_name (message), routes, G_N_ELEMENTS (routes), sizeof *routes, compare_route);

  if (lia_ami_message_get_kind (message) != LIA_AMI_EVENT)
    return;

  if (self->deadline_ms != 0 && time_ms >= self->deadline_ms)
    lia_ami_model_tick (self, time_ms);
  self->now_ms = time_ms;
  if (lia_ami_message_get_taint (message) != 0)
    suspect (self, message);
  else if (route != NULL)
    route->handler (self, message);
  derive_stale (self);
}

/* Time ---------------------------------------------------------------------------------------------------------------------------------- */

static void
tick_leg (LiaAmiModel *self,
          LiaAmiLeg   *leg)
{
  if (lia_ami_leg_is_undecided (leg))
    {
      const gint64 due_ms = leg->wait->to_ms + LIA_AMI_UNDECIDED_MS;

      if (self->now_ms >= due_ms)
        lia_ami_model_close_wait (self, leg, leg->bridge != NULL ? LIA_WAIT_ANSWERED : LIA_WAIT_TIMED_OUT, self->now_ms);
      else
        lia_ami_model_want_tick (self, due_ms);
    }
  if (leg->segment != NULL && leg->segment->is_limbo)
    {
      const gint64 due_ms = leg->segment->from_ms + LIA_AMI_LIMBO_MS;

      if (self->now_ms >= due_ms)
        lia_ami_model_touch (self, leg->call);
      else
        lia_ami_model_want_tick (self, due_ms);
    }
}

static void
tick_call (LiaAmiModel *self,
           LiaAmiCall  *call)
{
  const gint64 due_ms = call->moving_ms + LIA_AMI_UNDECIDED_MS;

  if (call->moving_ms == 0)
    return;

  if (self->now_ms < due_ms)
    {
      lia_ami_model_want_tick (self, due_ms);
      return;
    }
  call->moving_ms = 0;
  lia_ami_model_touch (self, call);
}

/**
 * lia_ami_model_tick:
 * @now_ms: the last event's time and what has passed since
 *
 * Decides what is decided by nothing having happened.
 */
void
lia_ami_model_tick (LiaAmiModel *self,
                    gint64       now_ms)
{
  GHashTableIter iter;
  gpointer       value;

  if (self->deadline_ms == 0 || now_ms < self->deadline_ms)
    return;

  self->now_ms = MAX (self->now_ms, now_ms);
  self->deadline_ms = 0;
  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    tick_leg (self, value);
  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    tick_call (self, value);
  derive_stale (self);
}

/** lia_ami_model_get_deadline: when the next lia_ami_model_tick() is wanted; 0: not at all. */
gint64
lia_ami_model_get_deadline (LiaAmiModel *self)
{
  return self->deadline_ms;
}

/* Publishing ---------------------------------------------------------------------------------------------------------------------------- */

static void
publish_calls (LiaAmiModel *self)
{
  g_autoptr (GPtrArray) dirty = g_steal_pointer (&self->dirty);

  self->dirty = g_ptr_array_new ();
  for (guint i = 0; i < dirty->len; i++)
    {
      LiaAmiCall *call = dirty->pdata[i];

      call->is_dirty = FALSE;
      if (call->has_party)
        {
          g_autoptr (LiaCall) value = lia_ami_model_export (self, call);

          call->is_published = TRUE;
          g_signal_emit (self, signals[CALL_CHANGED], 0, value);
        }
      if (call->ended_ms != 0)
        lia_ami_model_forget_call (self, call);
    }
}

static void
publish_gone (LiaAmiModel *self)
{
  g_autoptr (GPtrArray) gone = g_steal_pointer (&self->gone);

  self->gone = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i + 1 < gone->len; i += 2)
    g_signal_emit (self, signals[CALL_GONE], 0, gone->pdata[i], gone->pdata[i + 1]);
}

static void
publish_members (LiaAmiModel *self)
{
  GHashTableIter iter;
  const char    *key;
  gpointer       member;

  g_hash_table_iter_init (&iter, self->gone_members);
  while (g_hash_table_iter_next (&iter, (gpointer *)&key, NULL))
    {
      g_auto (GStrv) parts = g_strsplit (key, "\n", 2);

      g_signal_emit (self, signals[MEMBER_GONE], 0, parts[0], parts[1]);
    }
  g_hash_table_iter_init (&iter, self->new_members);
  while (g_hash_table_iter_next (&iter, NULL, &member))
    g_signal_emit (self, signals[MEMBER_CHANGED], 0, member);
  g_hash_table_remove_all (self->gone_members);
  g_hash_table_remove_all (self->new_members);
}

static void
publish_queues (LiaAmiModel *self)
{
  GHashTableIter iter;
  const char    *queue;

  g_hash_table_iter_init (&iter, self->new_queues);
  while (g_hash_table_iter_next (&iter, (gpointer *)&queue, NULL))
    g_signal_emit (self, signals[QUEUE_CHANGED], 0, queue);
  g_hash_table_remove_all (self->new_queues);
}

/** lia_ami_model_flush: tells of all that has changed since the last time. Handlers of the signals must not change the model. */
void
lia_ami_model_flush (LiaAmiModel *self)
{
  publish_gone (self);
  publish_calls (self);
  publish_members (self);
  publish_queues (self);
}

/* Questions ----------------------------------------------------------------------------------------------------------------------------- */

/**
 * lia_ami_model_set_withheld:
 * @uniqueid: of the customer's channel
 *
 * The customer suppressed the number, which the PBX shows all the same: it tells so only when asked.
 */
void
lia_ami_model_set_withheld (LiaAmiModel *self,
                            const char  *uniqueid)
{
  LiaAmiLeg *leg = lia_ami_model_find_leg (self, uniqueid);

  if (leg == NULL)
    return;

  leg->call->withheld = TRUE;
  g_set_str (&leg->call->number, "");
  g_set_str (&leg->call->name, "");
  lia_ami_model_touch (self, leg->call);
  derive_stale (self);
}

/** lia_ami_model_set_recorded: what is recorded of the channel @uniqueid goes to the file @path, a path of the PBX. */
void
lia_ami_model_set_recorded (LiaAmiModel *self,
                            const char  *uniqueid,
                            const char  *path)
{
  if (lia_ami_model_add_recording (self, uniqueid, path))
    derive_stale (self);
}

/** lia_ami_model_set_sip: the Call-ID of an agent's channel, which the PBX tells when asked. */
void
lia_ami_model_set_sip (LiaAmiModel *self,
                       const char  *uniqueid,
                       const char  *sip)
{
  LiaAmiLeg *leg = lia_ami_model_find_leg (self, uniqueid);

  if (leg == NULL || !g_set_str (&leg->sip, sip))
    return;

  lia_ami_model_touch (self, leg->call);
  derive_stale (self);
}

/** lia_ami_model_find_channel: (transfer none) (nullable): the name of a channel that lives. */
const char *
lia_ami_model_find_channel (LiaAmiModel *self,
                            const char  *uniqueid)
{
  LiaAmiLeg *leg = lia_ami_model_find_leg (self, uniqueid);

  return leg != NULL ? leg->channel : NULL;
}

/** lia_ami_model_find_call: (transfer full) (nullable): the call as it is now; NULL when it has ended. */
LiaCall *
lia_ami_model_find_call (LiaAmiModel *self,
                         const char  *uniqueid)
{
  LiaAmiCall *call = g_hash_table_lookup (self->calls, uniqueid);

  return call != NULL && call->has_party && call->ended_ms == 0 ? lia_ami_model_export (self, call) : NULL;
}

/** lia_ami_model_list_calls: (transfer container) (element-type LiaCall): the calls that go on, in no order. */
GPtrArray *
lia_ami_model_list_calls (LiaAmiModel *self)
{
  GPtrArray     *calls = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  LiaAmiCall    *call;

  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&call))
    {
      if (call->has_party && call->ended_ms == 0)
        g_ptr_array_add (calls, lia_ami_model_export (self, call));
    }

  return calls;
}

/** lia_ami_model_list_members: (transfer container) (element-type LiaQueueMember): all members of all queues, in no order. */
GPtrArray *
lia_ami_model_list_members (LiaAmiModel *self)
{
  GPtrArray     *members = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer       member;

  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, NULL, &member))
    g_ptr_array_add (members, g_object_ref (member));

  return members;
}

/** lia_ami_model_list_queues: (transfer full): their names, in no order. */
GStrv
lia_ami_model_list_queues (LiaAmiModel *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  GHashTableIter iter;
  const char    *name;

  g_hash_table_iter_init (&iter, self->queues);
  while (g_hash_table_iter_next (&iter, (gpointer *)&name, NULL))
    g_strv_builder_add (names, name);

  return g_strv_builder_end (names);
}
