/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-provider-private.h"

#include "lia-agent.h"
#include "lia-async.h"
#include "lia-time.h"

#include <string.h>

/*
 *   client "events" -> held while lists are being made, else -> model -> flush, at most every 40 ms -> signals
 *
 * Nothing is told one by one while the link is not up: the change to "up" stands for all of it.
 */

#define FLUSH_US (40 * 1000)
#define AUDIT_MS (60 * 1000)

static void provider_iface_init (LiaPhoneProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LiaAmiProvider, lia_ami_provider, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (LIA_TYPE_PHONE_PROVIDER, provider_iface_init))

/* Clock ------------------------------------------------------------------------------------------------------------------------------- */

/** lia_ami_provider_now: the last event's time, which is by our clock, and what has passed since: it is not set in the middle of a call. */
gint64
lia_ami_provider_now (LiaAmiProvider *self)
{
  return self->last_ms != 0 ? self->last_ms + (g_get_monotonic_time () - self->seen_us) / 1000 : lia_time_now ();
}

/* What the model makes of it --------------------------------------------------------------------------------------------------------------- */

static gboolean
tick_cb (gpointer data)
{
  LiaAmiProvider *self = data;

  self->ticking = 0;
  if (self->held == NULL)
    lia_ami_model_tick (self->model, lia_ami_provider_now (self));
  lia_ami_provider_flush_soon (self);

  return G_SOURCE_REMOVE;
}

static void
tick_when_due (LiaAmiProvider *self)
{
  const gint64 deadline_ms = lia_ami_model_get_deadline (self->model);

  g_clear_handle_id (&self->ticking, g_source_remove);
  if (deadline_ms != 0 && !self->stopped)
    self->ticking = g_timeout_add ((guint)CLAMP (deadline_ms - lia_ami_provider_now (self), 1, G_MAXINT), tick_cb, self);
}

/** lia_ami_provider_flush: tells of all that has changed, and wakes who waits for something to change. */
void
lia_ami_provider_flush (LiaAmiProvider *self)
{
  g_autoptr (DexPromise) changed = g_steal_pointer (&self->changed);

  g_clear_handle_id (&self->flushing, g_source_remove);
  self->changed = dex_promise_new ();
  self->flushed_us = g_get_monotonic_time ();
  lia_ami_model_flush (self->model);
  tick_when_due (self);
  dex_promise_resolve_boolean (changed, TRUE);
}

static gboolean
flush_cb (gpointer data)
{
  LiaAmiProvider *self = data;

  self->flushing = 0;
  lia_ami_provider_flush (self);

  return G_SOURCE_REMOVE;
}

/** lia_ami_provider_flush_soon: at once after a pause, else with what comes in the next instant. */
void
lia_ami_provider_flush_soon (LiaAmiProvider *self)
{
  const gint64 due_us = self->flushed_us + FLUSH_US - g_get_monotonic_time ();

  if (self->flushing == 0 && !self->stopped)
    self->flushing = g_timeout_add ((guint)CLAMP (due_us / 1000, 0, FLUSH_US / 1000), flush_cb, self);
}

/** lia_ami_provider_apply: @event is the next that has happened. */
void
lia_ami_provider_apply (LiaAmiProvider *self,
                        LiaAmiMessage  *event)
{
  lia_ami_model_handle (self->model, event);
  lia_ami_provider_watch_consults (self, event);
  lia_ami_provider_watch_recordings (self, event);
}

static void
on_call_changed (LiaAmiModel    *model,
                 LiaCall        *call,
                 LiaAmiProvider *self)
{
  lia_ami_provider_ask_sip (self, call);
  if (lia_ami_provider_may_tell (self, call))
    lia_phone_provider_call_changed (LIA_PHONE_PROVIDER (self), call);
  if (call->ended_ms != 0)
    g_hash_table_remove (self->unveiled, call->uniqueid);
}

static void
on_call_gone (LiaAmiModel    *model,
              const char     *uniqueid,
              const char     *into,
              LiaAmiProvider *self)
{
  g_hash_table_remove (self->unveiled, uniqueid);
  if (!g_hash_table_remove (self->veiled, uniqueid) && self->link.state == LIA_PHONE_LINK_UP)
    lia_phone_provider_call_gone (LIA_PHONE_PROVIDER (self), uniqueid, into);
}

static void
on_member_changed (LiaAmiModel    *model,
                   LiaQueueMember *member,
                   LiaAmiProvider *self)
{
  if (self->link.state == LIA_PHONE_LINK_UP)
    lia_phone_provider_member_changed (LIA_PHONE_PROVIDER (self), member);
}

static void
on_member_gone (LiaAmiModel    *model,
                const char     *queue,
                const char     *interface,
                LiaAmiProvider *self)
{
  if (self->link.state == LIA_PHONE_LINK_UP)
    lia_phone_provider_member_gone (LIA_PHONE_PROVIDER (self), queue, interface);
}

static void
on_queue_changed (LiaAmiModel    *model,
                  const char     *queue,
                  LiaAmiProvider *self)
{
  if (self->link.state == LIA_PHONE_LINK_UP)
    lia_phone_provider_queue_changed (LIA_PHONE_PROVIDER (self), queue);
}

/* As a provider --------------------------------------------------------------------------------------------------------------------------- */

static void
ami_set_agents (LiaPhoneProvider *provider,
                GPtrArray        *agents)
{
  LiaAmiProvider *self = LIA_AMI_PROVIDER (provider);

  g_ptr_array_set_size (self->agents, 0);
  lia_ami_directory_clear (self->directory);
  for (guint i = 0; i < agents->len; i++)
    {
      LiaAgent *agent = agents->pdata[i];

      if (agent->phone == NULL || *agent->phone == '\0')
        continue;
      g_ptr_array_add (self->agents, g_object_ref (agent));
      lia_ami_directory_add (self->directory, agent->id, agent->phone, agent->extension, agent->member);
    }
  if (self->link.state == LIA_PHONE_LINK_UP)
    lia_ami_provider_want_resync (self);
}

static void
ami_restore (LiaPhoneProvider *provider,
             GPtrArray        *calls)
{
  LiaAmiProvider *self = LIA_AMI_PROVIDER (provider);

  for (guint i = 0; i < calls->len; i++)
    {
      LiaCall *call = calls->pdata[i];

      g_hash_table_add (self->unveiled, g_strdup (call->uniqueid));
      lia_ami_model_restore (self->model, call);
    }
}

static void
ami_connect (LiaPhoneProvider *provider)
{
  LiaAmiProvider *self = LIA_AMI_PROVIDER (provider);

  g_return_if_fail (self->life == NULL);

  self->stopped = FALSE;
  self->life = lia_spawn (lia_ami_provider_link_fiber, g_object_ref (self), g_object_unref);
}

static DexFuture *
ami_disconnect (LiaPhoneProvider *provider)
{
  LiaAmiProvider *self = LIA_AMI_PROVIDER (provider);

  self->stopped = TRUE;
  self->link.state = LIA_PHONE_LINK_DOWN;
  g_clear_handle_id (&self->flushing, g_source_remove);
  g_clear_handle_id (&self->ticking, g_source_remove);
  lia_ami_provider_wake (self);
  if (self->client != NULL)
    lia_ami_client_close (self->client);

  return self->life != NULL ? g_steal_pointer (&self->life) : dex_future_new_for_boolean (TRUE);
}

static const LiaPhoneLink *
ami_get_link (LiaPhoneProvider *provider)
{
  LiaAmiProvider *self = LIA_AMI_PROVIDER (provider);

  return &self->link;
}

static GPtrArray *
ami_dup_calls (LiaPhoneProvider *provider)
{
  LiaAmiProvider *self = LIA_AMI_PROVIDER (provider);
  GPtrArray      *calls = lia_ami_model_list_calls (self->model);

  for (guint i = calls->len; i-- > 0;)
    {
      if (g_hash_table_contains (self->veiled, ((LiaCall *)calls->pdata[i])->uniqueid))
        g_ptr_array_remove_index_fast (calls, i);
    }

  return calls;
}

static GPtrArray *
ami_dup_members (LiaPhoneProvider *provider)
{
  return lia_ami_model_list_members (LIA_AMI_PROVIDER (provider)->model);
}

static GStrv
ami_dup_queues (LiaPhoneProvider *provider)
{
  return lia_ami_model_list_queues (LIA_AMI_PROVIDER (provider)->model);
}

static DexFuture *
ami_run (LiaPhoneProvider *provider,
         LiaPhoneCommand  *command)
{
  return lia_ami_provider_run (LIA_AMI_PROVIDER (provider), command);
}

static DexFuture *
ami_list_left (LiaPhoneProvider *provider,
               guint             day)
{
  return lia_ami_provider_list_left (LIA_AMI_PROVIDER (provider), day);
}

static DexFuture *
ami_forget_left (LiaPhoneProvider *provider,
                 GPtrArray        *calls)
{
  return lia_ami_provider_forget_left (LIA_AMI_PROVIDER (provider), calls);
}

static void
provider_iface_init (LiaPhoneProviderInterface *iface)
{
  iface->set_agents = ami_set_agents;
  iface->restore = ami_restore;
  iface->connect = ami_connect;
  iface->disconnect = ami_disconnect;
  iface->get_link = ami_get_link;
  iface->dup_calls = ami_dup_calls;
  iface->dup_members = ami_dup_members;
  iface->dup_queues = ami_dup_queues;
  iface->run = ami_run;
  iface->list_left = ami_list_left;
  iface->forget_left = ami_forget_left;
  iface->can_fetch = lia_ami_provider_can_fetch;
  iface->fetch = lia_ami_provider_fetch;
}

/**
 * lia_ami_provider_set_audit:
 * @audit_ms: how often what is known is compared with what the PBX lists; a minute by default
 */
void
lia_ami_provider_set_audit (LiaAmiProvider *self,
                            guint           audit_ms)
{
  self->audit_ms = audit_ms;
}

static void
lia_ami_provider_finalize (GObject *object)
{
  LiaAmiProvider *self = LIA_AMI_PROVIDER (object);

  g_clear_handle_id (&self->flushing, g_source_remove);
  g_clear_handle_id (&self->ticking, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->model, self);
  dex_clear (&self->life);
  dex_clear (&self->wake);
  dex_clear (&self->changed);
  dex_clear (&self->greeted);
  g_clear_object (&self->client);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_clear_error (&self->lost);
  g_hash_table_unref (self->consults);
  g_hash_table_unref (self->refused);
  g_hash_table_unref (self->busy);
  g_hash_table_unref (self->asked);
  g_hash_table_unref (self->unveiled);
  g_hash_table_unref (self->veiled);
  g_hash_table_unref (self->healed);
  g_strfreev (self->doubts);
  g_free (self->hello);
  g_free (self->detail);
  g_ptr_array_unref (self->agents);
  g_object_unref (self->model);
  lia_ami_directory_unref (self->directory);
  g_clear_object (&self->ari);
  g_object_unref (self->pbx);
  explicit_bzero (self->password, strlen (self->password));
  g_free (self->password);
  g_free (self->pbx_id);

  G_OBJECT_CLASS (lia_ami_provider_parent_class)->finalize (object);
}

static void
lia_ami_provider_class_init (LiaAmiProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_ami_provider_finalize;
}

static void
lia_ami_provider_init (LiaAmiProvider *self)
{
  self->directory = lia_ami_directory_new ();
  self->agents = g_ptr_array_new_with_free_func (g_object_unref);
  self->wake = dex_promise_new ();
  self->changed = dex_promise_new ();
  self->healed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->veiled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->unveiled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->busy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->consults = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->audit_ms = AUDIT_MS;
  self->link.reason = self->link.detail = "";
  self->link.since_ms = lia_time_now ();
}

/**
 * lia_ami_provider_new:
 * @pbx_id: the phone channel's id, for the calls
 * @password: of @pbx->login
 * @recordings_password: (nullable): of @pbx->recordings_login
 */
LiaPhoneProvider *
lia_ami_provider_new (const char *pbx_id,
                      LiaPbx     *pbx,
                      const char *password,
                      const char *recordings_password)
{
  LiaAmiProvider *self = g_object_new (LIA_TYPE_AMI_PROVIDER, NULL);

  self->pbx_id = g_strdup (pbx_id);
  self->pbx = g_object_ref (pbx);
  self->password = g_strdup (password);
  if (pbx->recordings_url != NULL && *pbx->recordings_url != '\0' && recordings_password != NULL)
    self->ari = lia_ari_new (pbx, recordings_password);
  self->model = lia_ami_model_new (pbx_id, self->directory);
  g_signal_connect (self->model, "call-changed", G_CALLBACK (on_call_changed), self);
  g_signal_connect (self->model, "call-gone", G_CALLBACK (on_call_gone), self);
  g_signal_connect (self->model, "member-changed", G_CALLBACK (on_member_changed), self);
  g_signal_connect (self->model, "member-gone", G_CALLBACK (on_member_gone), self);
  g_signal_connect (self->model, "queue-changed", G_CALLBACK (on_queue_changed), self);

  return LIA_PHONE_PROVIDER (self);
}
