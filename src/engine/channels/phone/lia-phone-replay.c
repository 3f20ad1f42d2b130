/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-replay.h"

#include "lia-ami-model.h"
#include "lia-ami-parser.h"
#include "lia-async.h"
#include "lia-time.h"

/*
 * The recording's first message is now; what follows comes as much later as it did then, divided by the speed. All times that are told are moved
 * in the same way, so that a replayed call happens now. A channel's number stays the recording's: playing it again is the same call again.
 */

struct _LiaPhoneReplay
{
  GObject parent_instance;

  char            *pbx_id;
  LiaPbx          *pbx;
  LiaAmiDirectory *directory;
  LiaAmiModel     *model;
  GPtrArray       *messages; /* of LiaAmiMessage, in order */
  guint            next;
  gint64           speed;
  gint64           then_ms; /* the recording's first message */
  gint64           now_ms;  /* when it was played */
  guint            timer;
  GHashTable      *pauses; /* char *: "queue\ninterface" -> LiaQueueMember, as somebody changed it here */
  LiaPhoneLink     link;
  DexFuture       *loading;
  gboolean         stopped;
};

static void provider_iface_init (LiaPhoneProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LiaPhoneReplay, lia_phone_replay, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (LIA_TYPE_PHONE_PROVIDER, provider_iface_init))

static gint64
move_time (LiaPhoneReplay *self,
           gint64          then_ms)
{
  return then_ms == 0 ? 0 : self->now_ms + (then_ms - self->then_ms) / self->speed;
}

static LiaCall *
move_call (LiaPhoneReplay *self,
           LiaCall        *recorded)
{
  LiaCall *call = lia_call_copy (recorded);

  call->created_ms = move_time (self, call->created_ms);
  call->answered_ms = move_time (self, call->answered_ms);
  call->ended_ms = move_time (self, call->ended_ms);
  call->wait_ms /= self->speed;
  call->hold_ms /= self->speed;
  for (guint i = 0; i < call->legs->len; i++)
    {
      LiaCallLeg *leg = call->legs->pdata[i];

      leg->started_ms = move_time (self, leg->started_ms);
      leg->ended_ms = move_time (self, leg->ended_ms);
    }
  for (guint i = 0; i < call->segments->len; i++)
    {
      LiaCallSegment *segment = call->segments->pdata[i];

      segment->from_ms = move_time (self, segment->from_ms);
      segment->to_ms = move_time (self, segment->to_ms);
    }
  for (guint i = 0; i < call->offers->len; i++)
    {
      LiaCallOffer *offer = call->offers->pdata[i];

      offer->from_ms = move_time (self, offer->from_ms);
      offer->to_ms = move_time (self, offer->to_ms);
    }
  for (guint i = 0; i < call->waits->len; i++)
    {
      LiaCallWait *wait = call->waits->pdata[i];

      wait->from_ms = move_time (self, wait->from_ms);
      wait->to_ms = move_time (self, wait->to_ms);
    }

  return call;
}

static char *
member_key (const char *queue,
            const char *interface)
{
  return g_strconcat (queue, "\n", interface, NULL);
}

/* As it was recorded, but paused as somebody here has said. */
static LiaQueueMember *
move_member (LiaPhoneReplay *self,
             LiaQueueMember *recorded)
{
  LiaQueueMember  *member = lia_queue_member_copy (recorded);
  g_autofree char *key = member_key (member->queue, member->interface);
  LiaQueueMember  *pause = g_hash_table_lookup (self->pauses, key);

  member->since_ms = move_time (self, member->since_ms);
  if (pause != NULL)
    {
      member->paused = pause->paused;
      g_set_str (&member->reason, pause->reason);
      member->since_ms = pause->since_ms;
    }

  return member;
}

static void
on_call_changed (LiaAmiModel    *model,
                 LiaCall        *recorded,
                 LiaPhoneReplay *self)
{
  g_autoptr (LiaCall) call = move_call (self, recorded);

  lia_phone_provider_call_changed (LIA_PHONE_PROVIDER (self), call);
}

static void
on_call_gone (LiaAmiModel    *model,
              const char     *uniqueid,
              const char     *into,
              LiaPhoneReplay *self)
{
  lia_phone_provider_call_gone (LIA_PHONE_PROVIDER (self), uniqueid, into);
}

static void
on_member_changed (LiaAmiModel    *model,
                   LiaQueueMember *recorded,
                   LiaPhoneReplay *self)
{
  g_autoptr (LiaQueueMember) member = move_member (self, recorded);

  lia_phone_provider_member_changed (LIA_PHONE_PROVIDER (self), member);
}

static void
on_member_gone (LiaAmiModel    *model,
                const char     *queue,
                const char     *interface,
                LiaPhoneReplay *self)
{
  lia_phone_provider_member_gone (LIA_PHONE_PROVIDER (self), queue, interface);
}

static void
on_queue_changed (LiaAmiModel    *model,
                  const char     *queue,
                  LiaPhoneReplay *self)
{
  lia_phone_provider_queue_changed (LIA_PHONE_PROVIDER (self), queue);
}

/* Playing --------------------------------------------------------------------------------------------------------------------------------- */

static void play (LiaPhoneReplay *self);

static gboolean
play_cb (gpointer data)
{
  LiaPhoneReplay *self = data;

  self->timer = 0;
  play (self);

  return G_SOURCE_REMOVE;
}

static gint64
message_time (LiaPhoneReplay *self)
{
  return self->next < self->messages->len ? lia_ami_message_get_time (self->messages->pdata[self->next]) : G_MAXINT64;
}

/* 0 = nothing comes any more. */
static gint64
next_time (LiaPhoneReplay *self)
{
  gint64 deadline_ms = lia_ami_model_get_deadline (self->model);
  gint64 next_ms = MIN (message_time (self), deadline_ms != 0 ? deadline_ms : G_MAXINT64);

  return next_ms != G_MAXINT64 ? next_ms : 0;
}

/* What was told at one moment is told at one moment again, however late this is: two moments that became one would leave out what was between them. */
static void
play_moment (LiaPhoneReplay *self,
             gint64          at_ms)
{
  while (message_time (self) <= at_ms)
    lia_ami_model_handle (self->model, self->messages->pdata[self->next++]);
  lia_ami_model_tick (self->model, at_ms);
  lia_ami_model_flush (self->model);
}

/* What is due; then to sleep until the next one is. */
static void
play (LiaPhoneReplay *self)
{
  gint64 wall_ms = lia_time_now ();
  gint64 recorded_ms = self->then_ms + (wall_ms - self->now_ms) * self->speed;
  gint64 next_ms;

  self->link.last_ok_ms = wall_ms;
  while (message_time (self) <= recorded_ms)
    play_moment (self, message_time (self));
  play_moment (self, recorded_ms);

  next_ms = next_time (self);
  if (next_ms != 0)
    self->timer = g_timeout_add ((guint)CLAMP (move_time (self, next_ms) - wall_ms, 1, G_MAXINT), play_cb, self);
}

static gboolean
expect_all (const char *action_id,
            gpointer    data)
{
  return TRUE;
}

static void
parse (LiaPhoneReplay *self,
       GBytes         *bytes)
{
  g_autoptr (LiaAmiParser) parser = lia_ami_parser_new (expect_all, NULL);
  LiaAmiMessage *message;
  gsize          length;
  const char    *text = g_bytes_get_data (bytes, &length);

  lia_ami_parser_feed (parser, text, length, LIA_AMI_NO_CLOCK);
  while ((message = lia_ami_parser_next (parser)) != NULL)
    {
      /* Answers to what somebody asked then carry no time. */
      if (lia_ami_message_get_kind (message) == LIA_AMI_EVENT && lia_ami_message_get_time (message) != 0)
        g_ptr_array_add (self->messages, message);
      else
        lia_ami_message_unref (message);
    }
}

static void
set_link (LiaPhoneReplay   *self,
          LiaPhoneLinkState state,
          const char       *reason,
          const char       *detail)
{
  self->link.state = state;
  self->link.reason = reason;
  self->link.detail = detail;
  self->link.since_ms = lia_time_now ();
  lia_phone_provider_link_changed (LIA_PHONE_PROVIDER (self));
}

static DexFuture *
load_fiber (gpointer data)
{
  LiaPhoneReplay *self = data;
  g_autoptr (GFile) file = g_file_new_for_path (self->pbx->traces);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = dex_await_boxed (dex_file_load_contents_bytes (file), &error);

  if (self->stopped)
    return dex_future_new_for_boolean (FALSE);
  if (bytes != NULL)
    parse (self, bytes);
  if (self->messages->len == 0)
    {
      set_link (self, LIA_PHONE_LINK_DOWN, "not-a-pbx", "There is no recording to play.");
      return dex_future_new_for_boolean (FALSE);
    }

  self->then_ms = lia_ami_message_get_time (self->messages->pdata[0]);
  self->now_ms = lia_time_now ();
  set_link (self, LIA_PHONE_LINK_UP, "", "");
  play (self);

  return dex_future_new_for_boolean (TRUE);
}

/* As a provider --------------------------------------------------------------------------------------------------------------------------- */

static void
replay_set_agents (LiaPhoneProvider *provider,
                   GPtrArray        *agents)
{
  LiaPhoneReplay *self = LIA_PHONE_REPLAY (provider);

  for (guint i = 0; i < agents->len; i++)
    {
      LiaAgent *agent = agents->pdata[i];

      if (agent->phone != NULL && agent->phone[0] != '\0')
        lia_ami_directory_add (self->directory, agent->id, agent->phone, agent->extension, agent->member);
    }
}

/* The recording begins anew, and so do its calls. */
static void
replay_restore (LiaPhoneProvider *provider,
                GPtrArray        *calls)
{
}

static void
replay_connect (LiaPhoneProvider *provider)
{
  LiaPhoneReplay *self = LIA_PHONE_REPLAY (provider);

  set_link (self, LIA_PHONE_LINK_CONNECTING, "", "");
  dex_clear (&self->loading);
  self->stopped = FALSE;
  self->loading = lia_spawn (load_fiber, g_object_ref (self), g_object_unref);
}

static DexFuture *
replay_disconnect (LiaPhoneProvider *provider)
{
  LiaPhoneReplay *self = LIA_PHONE_REPLAY (provider);

  self->stopped = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  dex_clear (&self->loading);
  self->link.state = LIA_PHONE_LINK_DOWN;

  return dex_future_new_for_boolean (TRUE);
}

static const LiaPhoneLink *
replay_get_link (LiaPhoneProvider *provider)
{
  return &LIA_PHONE_REPLAY (provider)->link;
}

static GPtrArray *
replay_dup_calls (LiaPhoneProvider *provider)
{
  LiaPhoneReplay *self = LIA_PHONE_REPLAY (provider);
  g_autoptr (GPtrArray) recorded = lia_ami_model_list_calls (self->model);
  GPtrArray *calls = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < recorded->len; i++)
    g_ptr_array_add (calls, move_call (self, recorded->pdata[i]));

  return calls;
}

static GPtrArray *
replay_dup_members (LiaPhoneProvider *provider)
{
  LiaPhoneReplay *self = LIA_PHONE_REPLAY (provider);
  g_autoptr (GPtrArray) recorded = lia_ami_model_list_members (self->model);
  GPtrArray *members = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < recorded->len; i++)
    g_ptr_array_add (members, move_member (self, recorded->pdata[i]));

  return members;
}

static GStrv
replay_dup_queues (LiaPhoneProvider *provider)
{
  return lia_ami_model_list_queues (LIA_PHONE_REPLAY (provider)->model);
}

static void
pause_members (LiaPhoneReplay  *self,
               LiaPhoneCommand *command)
{
  g_autoptr (GPtrArray) members = replay_dup_members (LIA_PHONE_PROVIDER (self));

  for (guint i = 0; i < members->len; i++)
    {
      LiaQueueMember *member = members->pdata[i];

      if (!g_str_equal (member->interface, command->target) || (command->queue[0] != '\0' && !g_str_equal (member->queue, command->queue)))
        continue;
      member->paused = command->on;
      g_set_str (&member->reason, command->on ? command->text : "");
      member->since_ms = lia_time_now ();
      g_hash_table_insert (self->pauses, member_key (member->queue, member->interface), g_object_ref (member));
      lia_phone_provider_member_changed (LIA_PHONE_PROVIDER (self), member);
    }
}

static DexFuture *
replay_run (LiaPhoneProvider *provider,
            LiaPhoneCommand  *command)
{
  LiaPhoneReplay *self = LIA_PHONE_REPLAY (provider);

  if (self->link.state != LIA_PHONE_LINK_UP)
    return dex_future_new_reject (LIA_PHONE_ERROR, LIA_PHONE_ERROR_DOWN, "The recording is not being played.");
  if (command->kind != LIA_PHONE_PAUSE)
    return dex_future_new_reject (LIA_PHONE_ERROR, LIA_PHONE_ERROR_UNSUPPORTED, "This is a recording: what happens in it cannot be changed.");
  pause_members (self, command);

  return dex_future_new_for_boolean (TRUE);
}

static void
provider_iface_init (LiaPhoneProviderInterface *iface)
{
  iface->set_agents = replay_set_agents;
  iface->restore = replay_restore;
  iface->connect = replay_connect;
  iface->disconnect = replay_disconnect;
  iface->get_link = replay_get_link;
  iface->dup_calls = replay_dup_calls;
  iface->dup_members = replay_dup_members;
  iface->dup_queues = replay_dup_queues;
  iface->run = replay_run;
}

static void
lia_phone_replay_dispose (GObject *object)
{
  LiaPhoneReplay *self = LIA_PHONE_REPLAY (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  dex_clear (&self->loading);

  G_OBJECT_CLASS (lia_phone_replay_parent_class)->dispose (object);
}

static void
lia_phone_replay_finalize (GObject *object)
{
  LiaPhoneReplay *self = LIA_PHONE_REPLAY (object);

  g_free (self->pbx_id);
  g_clear_object (&self->pbx);
  g_clear_object (&self->model);
  lia_ami_directory_unref (self->directory);
  g_ptr_array_unref (self->messages);
  g_hash_table_unref (self->pauses);

  G_OBJECT_CLASS (lia_phone_replay_parent_class)->finalize (object);
}

static void
lia_phone_replay_class_init (LiaPhoneReplayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lia_phone_replay_dispose;
  object_class->finalize = lia_phone_replay_finalize;
}

static void
lia_phone_replay_init (LiaPhoneReplay *self)
{
  self->directory = lia_ami_directory_new ();
  self->messages = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_ami_message_unref);
  self->pauses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->link.reason = "";
  self->link.detail = "";
}

/** lia_phone_replay_new: (transfer full): plays the file `traces` of @pbx, `speed` times as fast as it was. */
LiaPhoneProvider *
lia_phone_replay_new (const char *pbx_id,
                      LiaPbx     *pbx)
{
  LiaPhoneReplay *self = g_object_new (LIA_TYPE_PHONE_REPLAY, NULL);

  self->pbx_id = g_strdup (pbx_id);
  self->pbx = g_object_ref (pbx);
  self->speed = MAX (pbx->speed, 1);
  self->model = lia_ami_model_new (pbx_id, self->directory);
  g_signal_connect_object (self->model, "call-changed", G_CALLBACK (on_call_changed), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->model, "call-gone", G_CALLBACK (on_call_gone), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->model, "member-changed", G_CALLBACK (on_member_changed), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->model, "member-gone", G_CALLBACK (on_member_gone), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->model, "queue-changed", G_CALLBACK (on_queue_changed), self, G_CONNECT_DEFAULT);

  return LIA_PHONE_PROVIDER (self);
}
