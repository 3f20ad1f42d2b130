/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-line-private.h"

#include "lia-async.h"
#include "lia-id.h"
#include "lia-phone-line-call.h"
#include "lia-phone-record.h"
#include "lia-time.h"

/*
 * provider: "call-changed" -> our ids -> streams (at once)
 *                                     -> store, when its milestones have changed; then streams once more, with what the store found out
 *
 * The first row is lia-phone-line-report.c, the second lia-phone-line-keep.c.
 */

G_DEFINE_FINAL_TYPE (LiaPhoneLine, lia_phone_line, G_TYPE_OBJECT)

/* Coming and going ------------------------------------------------------------------------------------------------------------------------ */

/* What the provider does not know of a call: who has wrapped it up, and who has had the chance to. */
static void
recall (LiaPhoneLine *self,
        LiaCall      *call)
{
  LiaPhoneLive *live = lia_phone_line_ensure (self, call->uniqueid);

  for (guint i = 0; i < call->segments->len; i++)
    {
      LiaCallSegment *segment = call->segments->pdata[i];

      if (segment->kind == LIA_SEGMENT_WRAP)
        g_ptr_array_add (live->wraps, lia_call_segment_copy (segment));
      else if (segment->kind == LIA_SEGMENT_TALK && segment->agent[0] != '\0' && !lia_phone_line_call_has_part (call, segment->agent))
        g_hash_table_add (live->freed, g_strdup (segment->agent));
    }
  if (call->ended_ms != 0)
    g_set_object (&live->call, call);
}

static void
tell_open_wraps (LiaPhoneLine *self,
                 LiaCall      *call)
{
  for (guint i = 0; i < call->segments->len; i++)
    {
      const LiaCallSegment *segment = call->segments->pdata[i];

      if (segment->kind == LIA_SEGMENT_WRAP && segment->to_ms == 0)
        g_signal_emit_by_name (self, "wrap-found", segment->agent, call, segment->from_ms);
    }
}

/* Calls that are over were read for their wrap-ups alone. */
static void
recall_all (LiaPhoneLine *self)
{
  g_autoptr (GPtrArray) known = g_ptr_array_copy (self->open, (GCopyFunc)(void (*) (void))g_object_ref, NULL);

  g_ptr_array_set_free_func (known, g_object_unref);
  for (guint i = self->open->len; i-- > 0;)
    {
      LiaCall *call = self->open->pdata[i];

      recall (self, call);
      if (call->ended_ms != 0)
        g_ptr_array_remove_index (self->open, i);
    }
  for (guint i = 0; i < known->len; i++)
    tell_open_wraps (self, known->pdata[i]);
}

/* The provider goes on with what it reported before the engine ended. */
static void
restore (LiaPhoneLine *self)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->open->len; i++)
    g_ptr_array_add (calls, lia_phone_line_name_queues (self, self->open->pdata[i]));
  lia_phone_provider_restore (self->provider, calls);
}

static DexFuture *
start_fiber (gpointer data)
{
  LiaPhoneLine *self = data;
  GError       *error = NULL;
  DexFuture    *reading = lia_store_read (lia_engine_get_store (self->engine), lia_phone_record_read_open, &self->channel_id, NULL, (GDestroyNotify)g_ptr_array_unref);

  self->open = lia_store_await (reading, &error);
  if (self->open == NULL)
    return dex_future_new_for_error (error);
  if (self->stopped)
    return dex_future_new_for_boolean (FALSE);

  lia_phone_provider_set_agents (self->provider, self->setup->agents);
  recall_all (self);
  restore (self);
  lia_phone_provider_connect (self->provider);
  lia_phone_catch_up_start (self->catch_up);
  lia_phone_fetcher_start (self->fetcher);

  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
lia_phone_line_start (LiaPhoneLine *self)
{
  return lia_spawn (start_fiber, g_object_ref (self), g_object_unref);
}

DexFuture *
lia_phone_line_stop (LiaPhoneLine *self)
{
  self->stopped = TRUE;
  g_clear_handle_id (&self->retry, g_source_remove);
  lia_phone_catch_up_stop (self->catch_up);
  lia_phone_fetcher_stop (self->fetcher);
  g_signal_handlers_disconnect_by_data (self->provider, self);

  return lia_phone_provider_disconnect (self->provider);
}

void
lia_phone_line_set_setup (LiaPhoneLine  *self,
                          LiaPhoneSetup *setup)
{
  g_clear_pointer (&self->setup, lia_phone_setup_unref);
  self->setup = lia_phone_setup_ref (setup);
  lia_phone_provider_set_agents (self->provider, setup->agents);
  /* What could not be placed before may have a queue now. */
  if (lia_phone_provider_get_link (self->provider)->state == LIA_PHONE_LINK_UP)
    lia_phone_line_take_all (self);
}

const char *
lia_phone_line_get_id (LiaPhoneLine *self)
{
  return self->id;
}

LiaPbx *
lia_phone_line_get_pbx (LiaPhoneLine *self)
{
  return self->pbx;
}

LiaPhoneProvider *
lia_phone_line_get_provider (LiaPhoneLine *self)
{
  return self->provider;
}

void
lia_phone_line_wake_fetcher (LiaPhoneLine *self)
{
  lia_phone_fetcher_wake (self->fetcher);
}

GHashTable *
lia_phone_line_get_members (LiaPhoneLine *self)
{
  return self->members;
}

void
lia_phone_line_add_calls (LiaPhoneLine *self,
                          GPtrArray    *calls)
{
  GHashTableIter iter;
  LiaPhoneLive  *live;

  g_hash_table_iter_init (&iter, self->lives);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&live))
    {
      if (live->call != NULL && live->call->ended_ms == 0)
        g_ptr_array_add (calls, g_object_ref (live->call));
    }
}

LiaCall *
lia_phone_line_find_call (LiaPhoneLine *self,
                          const char   *uniqueid)
{
  LiaPhoneLive *live = g_hash_table_lookup (self->lives, uniqueid);

  return live != NULL ? live->call : NULL;
}

void
lia_phone_line_expect (LiaPhoneLine *self,
                       const char   *uniqueid,
                       gint64        agent_id,
                       gint64        conversation_id)
{
  LiaPhoneLive *live = lia_phone_line_ensure (self, uniqueid);

  if (agent_id == 0 && live->call == NULL)
    {
      g_hash_table_remove (self->lives, uniqueid);
      return;
    }
  live->agent_id = agent_id;
  live->conversation_id = conversation_id;
}

static void
begin_wrap (LiaPhoneLive *live,
            const char   *agent)
{
  LiaCallSegment *wrap = lia_call_segment_new ();

  g_set_str (&wrap->agent, agent);
  wrap->kind = LIA_SEGMENT_WRAP;
  wrap->from_ms = lia_time_now ();
  g_ptr_array_add (live->wraps, wrap);
}

static void
end_wraps (LiaPhoneLive *live,
           const char   *agent,
           gint64        at_ms)
{
  for (guint i = 0; i < live->wraps->len; i++)
    {
      LiaCallSegment *wrap = live->wraps->pdata[i];

      if (g_str_equal (wrap->agent, agent) && wrap->to_ms == 0)
        wrap->to_ms = MAX (at_ms, wrap->from_ms);
    }
}

/* A call that goes on and has not been reported again has its wrap-ups with the next report. */
static void
keep_wraps (LiaPhoneLine *self,
            LiaPhoneLive *live,
            const char   *uniqueid)
{
  g_autoptr (LiaCall) call = live->call != NULL ? lia_call_copy (live->call) : NULL;

  if (call == NULL)
    return;
  lia_phone_line_call_set_wraps (call, live->wraps);
  g_set_object (&live->call, call);
  lia_phone_line_keep (self, live);
  lia_phone_line_forget_ended (self, uniqueid);
}

void
lia_phone_line_hold_call (LiaPhoneLine *self,
                          const char   *uniqueid,
                          gboolean      on)
{
  LiaPhoneLive *live = g_hash_table_lookup (self->lives, uniqueid);

  if (live == NULL || (!on && live->holds == 0))
    return;
  live->holds += on ? 1 : -1;
  if (!on)
    lia_phone_line_forget_ended (self, uniqueid);
}

void
lia_phone_line_begin_wrap (LiaPhoneLine *self,
                           const char   *uniqueid,
                           const char   *agent)
{
  LiaPhoneLive *live = g_hash_table_lookup (self->lives, uniqueid);

  if (live == NULL)
    return;
  begin_wrap (live, agent);
  keep_wraps (self, live, uniqueid);
}

void
lia_phone_line_end_wrap (LiaPhoneLine *self,
                         const char   *uniqueid,
                         const char   *agent,
                         gint64        at_ms)
{
  LiaPhoneLive *live = g_hash_table_lookup (self->lives, uniqueid);

  if (live == NULL)
    return;
  end_wraps (live, agent, at_ms);
  keep_wraps (self, live, uniqueid);
}

LiaPhoneLine *
lia_phone_line_new (LiaEngine        *engine,
                    gint64            channel_id,
                    LiaPbx           *pbx,
                    LiaPhoneProvider *provider,
                    LiaPhoneSetup    *setup)
{
  LiaPhoneLine *self = g_object_new (LIA_TYPE_PHONE_LINE, NULL);

  self->engine = engine;
  self->channel_id = channel_id;
  self->id = lia_id_format ("h", channel_id);
  self->pbx = g_object_ref (pbx);
  self->provider = g_object_ref (provider);
  self->fetcher = lia_phone_fetcher_new (engine, channel_id, provider);
  self->setup = lia_phone_setup_ref (setup);
  self->catch_up = lia_phone_catch_up_new (self, lia_engine_get_store (engine), channel_id);
  lia_phone_line_listen (self);

  return self;
}

static void
lia_phone_line_finalize (GObject *object)
{
  LiaPhoneLine *self = LIA_PHONE_LINE (object);

  g_free (self->id);
  g_clear_object (&self->catch_up);
  g_clear_object (&self->pbx);
  g_clear_object (&self->fetcher);
  g_clear_object (&self->provider);
  g_clear_pointer (&self->setup, lia_phone_setup_unref);
  g_clear_pointer (&self->open, g_ptr_array_unref);
  g_hash_table_unref (self->lives);
  g_hash_table_unref (self->members);

  G_OBJECT_CLASS (lia_phone_line_parent_class)->finalize (object);
}

static void
lia_phone_line_class_init (LiaPhoneLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_phone_line_finalize;

  g_signal_new ("link-changed", LIA_TYPE_PHONE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("forged", LIA_TYPE_PHONE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("agent-free", LIA_TYPE_PHONE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, LIA_TYPE_CALL);
  g_signal_new ("calls-changed", LIA_TYPE_PHONE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("wrap-found", LIA_TYPE_PHONE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING, LIA_TYPE_CALL, G_TYPE_INT64);
  g_signal_new ("member-changed", LIA_TYPE_PHONE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, LIA_TYPE_QUEUE_MEMBER, G_TYPE_BOOLEAN);
  g_signal_new ("members-listed", LIA_TYPE_PHONE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("queue-unknown", LIA_TYPE_PHONE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
lia_phone_line_init (LiaPhoneLine *self)
{
  self->lives = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, lia_phone_live_free);
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}
