/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-sample-call.h"
#include "lia-sample-phone-private.h"

#include "lia-time.h"

/* The provider: the clock, the link, and what there is. What happens is in lia-sample-exchange.c, what can be asked for in lia-sample-commands.c. */

#define WARM_UP_MS (4 * LIA_SAMPLE_MINUTE_MS) /* so that there are calls from the first moment on */
#define FIRST_RING_MS (90 * LIA_SAMPLE_SECOND_MS)

static const char *const queues[] = { LIA_SAMPLE_SUPPORT, LIA_SAMPLE_ORDERS, NULL };

static void provider_iface_init (LiaPhoneProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LiaSamplePhone, lia_sample_phone, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (LIA_TYPE_PHONE_PROVIDER, provider_iface_init))

static void
seat_free (gpointer data)
{
  LiaSampleSeat *self = data;

  g_free (self->agent);
  g_free (self->phone);
  g_free (self->extension);
  g_ptr_array_unref (self->members);
  g_free (self);
}

static void
line_free (gpointer data)
{
  LiaSampleLine *self = data;

  g_object_unref (self->call);
  g_free (self);
}

static void
missed_free (gpointer data)
{
  LiaSampleMissed *self = data;

  g_free (self->number);
  g_free (self);
}

static void
set_link (LiaSamplePhone   *self,
          LiaPhoneLinkState state)
{
  self->link.state = state;
  self->link.since_ms = lia_time_now ();
  lia_phone_provider_link_changed (LIA_PHONE_PROVIDER (self));
}

/* The clock ------------------------------------------------------------------------------------------------------------------------------- */

static void schedule (LiaSamplePhone *self);

static gboolean
on_due_cb (gpointer data)
{
  LiaSamplePhone *self = data;

  self->timer = 0;
  self->link.last_ok_ms = lia_time_now ();
  lia_sample_phone_play (self, self->link.last_ok_ms);
  schedule (self);

  return G_SOURCE_REMOVE;
}

static void
schedule (LiaSamplePhone *self)
{
  gint64 deadline_ms = lia_sample_phone_get_deadline (self);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->link.state == LIA_PHONE_LINK_UP && deadline_ms != G_MAXINT64)
    self->timer = g_timeout_add ((guint)CLAMP (deadline_ms - lia_time_now (), 1, G_MAXINT), on_due_cb, self);
}

/* As a provider --------------------------------------------------------------------------------------------------------------------------- */

static LiaSampleSeat *
find_seat (LiaSamplePhone *self,
           const char     *agent)
{
  for (guint i = 0; i < self->seats->len; i++)
    {
      LiaSampleSeat *seat = self->seats->pdata[i];

      if (g_str_equal (seat->agent, agent))
        return seat;
    }

  return NULL;
}

/** lia_sample_phone_add_member: the telephone stands in one queue more, as free as it is. */
LiaQueueMember *
lia_sample_phone_add_member (LiaSamplePhone *self,
                             LiaSampleSeat  *seat,
                             const char     *queue,
                             const char     *name)
{
  LiaQueueMember *member = lia_queue_member_new ();

  g_set_str (&member->queue, queue);
  g_set_str (&member->agent, seat->agent);
  g_set_str (&member->interface, seat->phone);
  g_set_str (&member->phone, seat->phone);
  g_set_str (&member->name, name);
  member->state = seat->line != NULL ? LIA_MEMBER_IN_USE : LIA_MEMBER_FREE;
  member->since_ms = self->now_ms;
  g_ptr_array_add (seat->members, member);
  seat->changed = TRUE;

  return member;
}

static void
add_seat (LiaSamplePhone *self,
          LiaAgent       *agent)
{
  LiaSampleSeat *seat = g_new0 (LiaSampleSeat, 1);

  seat->agent = g_strdup (agent->id);
  seat->phone = g_strdup (agent->phone);
  seat->extension = g_strdup (agent->extension);
  seat->members = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; queues[i] != NULL; i++)
    {
      LiaQueueMember *member = lia_sample_phone_add_member (self, seat, queues[i], agent->name);

      /* A wrap-up does not outlive the engine. */
      member->paused = !g_str_equal (agent->availability, "available") && !g_str_equal (agent->availability, "wrap-up");
      g_set_str (&member->reason, agent->reason != NULL ? agent->reason : "");
    }
  g_ptr_array_add (self->seats, seat);
}

static void
sample_set_agents (LiaPhoneProvider *provider,
                   GPtrArray        *agents)
{
  LiaSamplePhone *self = LIA_SAMPLE_PHONE (provider);

  for (guint i = 0; i < agents->len; i++)
    {
      LiaAgent *agent = agents->pdata[i];

      if (agent->phone != NULL && agent->phone[0] != '\0' && find_seat (self, agent->id) == NULL)
        add_seat (self, agent);
    }
}

/* lia-sample-day.c has seen to it that there are none. */
static void
sample_restore (LiaPhoneProvider *provider,
                GPtrArray        *calls)
{
}

/* Some minutes have gone by unseen: somebody waits, somebody talks. */
static void
sample_connect (LiaPhoneProvider *provider)
{
  LiaSamplePhone *self = LIA_SAMPLE_PHONE (provider);
  gint64          now_ms = lia_time_now ();

  self->link.state = LIA_PHONE_LINK_SYNCING;
  lia_sample_phone_open (self, now_ms - WARM_UP_MS, LIA_SAMPLE_PACE_MS);
  lia_sample_phone_use_person (self, now_ms + FIRST_RING_MS);
  self->quiet = TRUE;
  lia_sample_phone_play (self, now_ms);
  self->quiet = FALSE;
  self->link.last_ok_ms = now_ms;
  set_link (self, LIA_PHONE_LINK_UP);
  schedule (self);
}

static DexFuture *
sample_disconnect (LiaPhoneProvider *provider)
{
  LiaSamplePhone *self = LIA_SAMPLE_PHONE (provider);

  self->link.state = LIA_PHONE_LINK_DOWN;
  schedule (self);

  return dex_future_new_for_boolean (TRUE);
}

static const LiaPhoneLink *
sample_get_link (LiaPhoneProvider *provider)
{
  return &LIA_SAMPLE_PHONE (provider)->link;
}

static GPtrArray *
sample_dup_calls (LiaPhoneProvider *provider)
{
  LiaSamplePhone *self = LIA_SAMPLE_PHONE (provider);
  GPtrArray      *calls = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->lines->len; i++)
    g_ptr_array_add (calls, lia_call_copy (((LiaSampleLine *)self->lines->pdata[i])->call));

  return calls;
}

static GPtrArray *
sample_dup_members (LiaPhoneProvider *provider)
{
  LiaSamplePhone *self = LIA_SAMPLE_PHONE (provider);
  GPtrArray      *members = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->seats->len; i++)
    {
      LiaSampleSeat *seat = self->seats->pdata[i];

      for (guint m = 0; m < seat->members->len; m++)
        g_ptr_array_add (members, lia_queue_member_copy (seat->members->pdata[m]));
    }

  return members;
}

static GStrv
sample_dup_queues (LiaPhoneProvider *provider)
{
  return g_strdupv ((char **)queues);
}

static DexFuture *
sample_run (LiaPhoneProvider *provider,
            LiaPhoneCommand  *command)
{
  LiaSamplePhone *self = LIA_SAMPLE_PHONE (provider);
  GError         *error = NULL;

  if (self->link.state != LIA_PHONE_LINK_UP)
    return dex_future_new_reject (LIA_PHONE_ERROR, LIA_PHONE_ERROR_DOWN, "The sample’s telephones are not there.");

  self->now_ms = MAX (self->now_ms, lia_time_now ());
  if (!lia_sample_phone_command (self, command, &error))
    return dex_future_new_for_error (error);
  schedule (self);

  return dex_future_new_for_boolean (TRUE);
}

static const char *const *
sample_get_abilities (LiaPhoneProvider *provider)
{
  static const char *const abilities[] = { "answer", "mute", NULL };

  return abilities;
}

static void
provider_iface_init (LiaPhoneProviderInterface *iface)
{
  iface->set_agents = sample_set_agents;
  iface->restore = sample_restore;
  iface->connect = sample_connect;
  iface->disconnect = sample_disconnect;
  iface->get_link = sample_get_link;
  iface->dup_calls = sample_dup_calls;
  iface->dup_members = sample_dup_members;
  iface->dup_queues = sample_dup_queues;
  iface->run = sample_run;
  iface->get_abilities = sample_get_abilities;
}

static void
lia_sample_phone_dispose (GObject *object)
{
  LiaSamplePhone *self = LIA_SAMPLE_PHONE (object);

  g_clear_handle_id (&self->timer, g_source_remove);

  G_OBJECT_CLASS (lia_sample_phone_parent_class)->dispose (object);
}

static void
lia_sample_phone_finalize (GObject *object)
{
  LiaSamplePhone *self = LIA_SAMPLE_PHONE (object);

  g_free (self->pbx_id);
  g_rand_free (self->rand);
  g_clear_pointer (&self->callers, g_ptr_array_unref);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->seats);
  g_ptr_array_unref (self->missed);

  G_OBJECT_CLASS (lia_sample_phone_parent_class)->finalize (object);
}

static void
lia_sample_phone_class_init (LiaSamplePhoneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lia_sample_phone_dispose;
  object_class->finalize = lia_sample_phone_finalize;
}

static void
lia_sample_phone_init (LiaSamplePhone *self)
{
  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->seats = g_ptr_array_new_with_free_func (seat_free);
  self->missed = g_ptr_array_new_with_free_func (missed_free);
  self->next_caller_ms = G_MAXINT64;
  self->link.reason = "";
  self->link.detail = "";
}

LiaSamplePhone *
lia_sample_phone_new (const char *pbx_id,
                      guint32     seed)
{
  LiaSamplePhone *self = g_object_new (LIA_TYPE_SAMPLE_PHONE, NULL);

  self->pbx_id = g_strdup (pbx_id);
  self->rand = g_rand_new_with_seed (seed);
  self->callers = lia_sample_callers_load (self->rand, NULL); /* in the program */

  return self;
}

void
lia_sample_phone_open (LiaSamplePhone *self,
                       gint64          now_ms,
                       gint64          pace_ms)
{
  self->opened_ms = now_ms;
  self->now_ms = now_ms;
  self->next_caller_ms = now_ms;
  self->pace_ms = pace_ms;
  self->unattended = 0;
  for (guint i = 0; i < self->seats->len; i++)
    {
      LiaSampleSeat *seat = self->seats->pdata[i];

      seat->free_ms = now_ms;
      for (guint m = 0; m < seat->members->len; m++)
        ((LiaQueueMember *)seat->members->pdata[m])->since_ms = now_ms;
    }
}

void
lia_sample_phone_use_person (LiaSamplePhone *self,
                             gint64          first_ring_ms)
{
  for (guint i = 0; i < self->seats->len; i++)
    {
      LiaSampleSeat *seat = self->seats->pdata[i];

      if (g_str_equal (seat->phone, LIA_SAMPLE_OWN_PHONE))
        self->person = seat;
    }
  self->next_ring_ms = first_ring_ms;
}
