/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-line-private.h"

#include "lia-hub.h"
#include "lia-phone-hub.h"
#include "lia-phone-line-call.h"
#include "lia-phone-number.h"
#include "lia-time.h"
#include "lia-wire.h"

/* What the provider reports: with our ids, to the streams and to be kept. */

/* Telling the streams --------------------------------------------------------------------------------------------------------------------- */

static gboolean
sees_call (LiaEngine  *engine,
           const char *agent,
           gpointer    call)
{
  return lia_phone_hub_sees_call (lia_engine_get_phone (engine), agent, call);
}

static gboolean
sees_member (LiaEngine  *engine,
             const char *agent,
             gpointer    member)
{
  return lia_phone_hub_sees_member (lia_engine_get_phone (engine), agent, member);
}

/* @object: (transfer full); @thing: what it is about, for @filter */
static void
tell (LiaPhoneLine *self,
      const char   *kind,
      const char   *name,
      JsonObject   *object,
      LiaHubFilter  filter,
      gpointer      thing)
{
  g_autoptr (JsonObject) d = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_object_member (d, name, object);
  text = lia_json_to_text (d);
  lia_hub_send_live (lia_engine_get_hub (self->engine), kind, text, filter, thing);
}

void
lia_phone_line_tell_call (LiaPhoneLine *self,
                          LiaCall      *call)
{
  tell (self, "call", "call", lia_wire_encode_call (call), sees_call, call);
}

static void
tell_gone (LiaPhoneLine *self,
           const char   *uniqueid,
           const char   *into)
{
  g_autoptr (JsonObject) d = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_string_member (d, "pbx", self->id);
  json_object_set_string_member (d, "uniqueid", uniqueid);
  json_object_set_string_member (d, "into", into);
  text = lia_json_to_text (d);
  lia_hub_send_live (lia_engine_get_hub (self->engine), "call.gone", text, NULL, NULL);
}

/* Our ids ---------------------------------------------------------------------------------------------------------------------------------- */

static void
set_queue_id (LiaPhoneLine *self,
              char        **name)
{
  LiaQueue *queue = name[0][0] != '\0' ? lia_phone_setup_find_phone_queue (self->setup, self->id, *name) : NULL;

  g_set_str (name, queue != NULL ? queue->id : "");
}

static void
set_queue_name (LiaPhoneLine *self,
                char        **id)
{
  LiaQueue *queue = lia_phone_setup_find_queue (self->setup, *id);

  g_set_str (id, queue != NULL ? queue->phone_name : "");
}

/** lia_phone_line_name_queues: (transfer full): @kept: a call with our ids; returns it as the provider reported it. */
LiaCall *
lia_phone_line_name_queues (LiaPhoneLine *self,
                            LiaCall      *kept)
{
  LiaCall *call = lia_call_copy (kept);

  set_queue_name (self, &call->queue);
  for (guint i = 0; i < call->waits->len; i++)
    set_queue_name (self, &((LiaCallWait *)call->waits->pdata[i])->queue);

  return call;
}

LiaCall *
lia_phone_line_translate (LiaPhoneLine *self,
                          LiaCall      *reported)
{
  LiaCall *call = lia_call_copy (reported);

  set_queue_id (self, &call->queue);
  for (guint i = 0; i < call->waits->len; i++)
    set_queue_id (self, &((LiaCallWait *)call->waits->pdata[i])->queue);

  call->withheld |= call->direction == LIA_CALL_IN && lia_phone_number_is_withheld (call->number);
  if (call->withheld)
    g_set_str (&call->number, "");
  if (call->e164[0] == '\0')
    {
      g_autofree char *e164 = lia_phone_number_parse (call->number, self->pbx->country);

      g_set_str (&call->e164, e164 != NULL ? e164 : "");
    }

  return call;
}

static gboolean
is_hidden (LiaPhoneLine *self,
           const char   *queue)
{
  return self->pbx->hidden_queues != NULL && g_strv_contains ((const char *const *)self->pbx->hidden_queues, queue);
}

gboolean
lia_phone_line_is_others (LiaPhoneLine *self,
                          LiaCall      *reported)
{
  for (guint i = 0; i < reported->segments->len; i++)
    {
      const LiaCallSegment *segment = reported->segments->pdata[i];

      if (segment->kind == LIA_SEGMENT_TALK && segment->agent[0] != '\0')
        return FALSE;
    }
  for (guint i = 0; i < reported->waits->len; i++)
    {
      if (!is_hidden (self, ((LiaCallWait *)reported->waits->pdata[i])->queue))
        return FALSE;
    }

  return reported->direction == LIA_CALL_IN && reported->waits->len > 0;
}

/* What agents have to do with a call -------------------------------------------------------------------------------------------------------- */

/* Who talked and has no part in it any more, told once; coming back begins anew. */
static void
tell_free_agents (LiaPhoneLine *self,
                  LiaPhoneLive *live)
{
  g_autoptr (LiaCall) call = g_object_ref (live->call);

  for (guint i = 0; i < call->segments->len; i++)
    {
      const LiaCallSegment *segment = call->segments->pdata[i];

      if (segment->kind != LIA_SEGMENT_TALK || segment->agent[0] == '\0')
        continue;
      if (lia_phone_line_call_has_part (call, segment->agent))
        g_hash_table_remove (live->freed, segment->agent);
      else if (g_hash_table_add (live->freed, g_strdup (segment->agent)))
        g_signal_emit_by_name (self, "agent-free", segment->agent, call);
    }
}

/* What the provider reports ----------------------------------------------------------------------------------------------------------------- */

static void
take_call (LiaPhoneLine *self,
           LiaCall      *reported)
{
  LiaPhoneLive *live = lia_phone_line_ensure (self, reported->uniqueid);
  g_autoptr (LiaCall) call = lia_phone_line_translate (self, reported);

  if (live->call != NULL)
    lia_phone_line_call_take_identity (call, live->call);
  lia_phone_line_call_set_wraps (call, live->wraps);
  g_set_object (&live->call, call);
  live->is_others = lia_phone_line_is_others (self, reported);
  lia_phone_line_tell_call (self, call);
  /* A wrap-up that begins is kept with the end that caused it. */
  tell_free_agents (self, live);
  lia_phone_line_keep (self, live);
  g_signal_emit_by_name (self, "calls-changed");
}

/* One that the PBX has and we do not yet: whoever hears of "queue-unknown" makes it. */
static gboolean
is_new_queue (LiaPhoneLine *self,
              const char   *queue)
{
  g_auto (GStrv) queues = NULL;

  if (queue[0] == '\0' || is_hidden (self, queue) || lia_phone_setup_find_phone_queue (self->setup, self->id, queue) != NULL)
    return FALSE;
  queues = lia_phone_provider_dup_queues (self->provider);

  return queues != NULL && g_strv_contains ((const char *const *)queues, queue);
}

/* An end is told once. It says in whose queue the call was, and how long its agent may wrap it up. */
static void
on_call_changed (LiaPhoneProvider *provider,
                 LiaCall          *reported,
                 LiaPhoneLine     *self)
{
  if (reported->ended_ms != 0 && is_new_queue (self, reported->queue))
    g_set_object (&lia_phone_line_ensure (self, reported->uniqueid)->ended, reported);
  else
    take_call (self, reported);
}

static void
take_ended (LiaPhoneLine *self)
{
  g_autoptr (GPtrArray) ended = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  LiaPhoneLive  *live;

  g_hash_table_iter_init (&iter, self->lives);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&live))
    {
      if (live->ended != NULL)
        g_ptr_array_add (ended, g_steal_pointer (&live->ended));
    }
  for (guint i = 0; i < ended->len; i++)
    take_call (self, ended->pdata[i]);
}

/* What was a call of its own is a part of another one: as an entry, it ends here. */
static void
on_call_gone (LiaPhoneProvider *provider,
              const char       *uniqueid,
              const char       *into,
              LiaPhoneLine     *self)
{
  LiaPhoneLive *live = g_hash_table_lookup (self->lives, uniqueid);

  tell_gone (self, uniqueid, into);
  if (live == NULL || live->call == NULL)
    return;

  g_autoptr (LiaCall) ended = lia_phone_line_call_end (live->call, lia_time_now (), live->call->answered_ms != 0 ? LIA_CALL_OUTCOME_ANSWERED : LIA_CALL_OUTCOME_CANCELLED);
  g_set_object (&live->call, ended);
  lia_phone_line_keep (self, live);
  g_signal_emit_by_name (self, "calls-changed");
}

/* Who comes into a queue, or goes, sees other calls from then on. */
static void
sees_otherwise (LiaPhoneLine *self,
                const char   *agent)
{
  if (agent[0] != '\0')
    lia_hub_send_all_live (lia_engine_get_hub (self->engine), agent);
}

static void
take_member (LiaPhoneLine   *self,
             LiaQueueMember *reported)
{
  g_autoptr (LiaQueueMember) member = lia_queue_member_copy (reported);
  gboolean is_new;
  char    *key;

  set_queue_id (self, &member->queue);
  if (member->queue[0] == '\0')
    return;
  key = g_strconcat (member->queue, "\n", member->interface, NULL);
  is_new = g_hash_table_insert (self->members, key, g_object_ref (member));
  tell (self, "member", "member", lia_wire_encode_queue_member (member), sees_member, member);
  if (is_new && !self->taking_all)
    sees_otherwise (self, member->agent);
  if (!self->taking_all)
    g_signal_emit_by_name (self, "member-changed", member, is_new);
}

static void
on_member_changed (LiaPhoneProvider *provider,
                   LiaQueueMember   *reported,
                   LiaPhoneLine     *self)
{
  take_member (self, reported);
}

static void
on_member_gone (LiaPhoneProvider *provider,
                const char       *queue,
                const char       *interface,
                LiaPhoneLine     *self)
{
  LiaQueue        *ours = lia_phone_setup_find_phone_queue (self->setup, self->id, queue);
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) d = json_object_new ();
  g_autoptr (LiaQueueMember) member = NULL;

  if (ours == NULL)
    return;
  key = g_strconcat (ours->id, "\n", interface, NULL);
  g_set_object (&member, g_hash_table_lookup (self->members, key));
  g_hash_table_remove (self->members, key);
  json_object_set_string_member (d, "queue", ours->id);
  json_object_set_string_member (d, "interface", interface);
  text = lia_json_to_text (d);
  lia_hub_send_live (lia_engine_get_hub (self->engine), "member.gone", text, NULL, NULL);
  if (member != NULL)
    sees_otherwise (self, member->agent);
}

static void
on_queue_changed (LiaPhoneProvider *provider,
                  const char       *queue,
                  LiaPhoneLine     *self)
{
  if (is_new_queue (self, queue))
    g_signal_emit_by_name (self, "queue-unknown", queue);
}

/* When all is known ---------------------------------------------------------------------------------------------------------------------- */

static gboolean
is_there (GPtrArray *calls,
          LiaCall   *call)
{
  for (guint i = 0; i < calls->len; i++)
    {
      if (g_str_equal (((LiaCall *)calls->pdata[i])->uniqueid, call->uniqueid))
        return TRUE;
    }

  return FALSE;
}

static void
lose (LiaPhoneLine *self,
      LiaCall      *seen,
      gint64        at_ms)
{
  LiaPhoneLive *live = lia_phone_line_ensure (self, seen->uniqueid);
  g_autoptr (LiaCall) ended = lia_phone_line_call_end (seen, at_ms, LIA_CALL_OUTCOME_LOST);

  lia_phone_line_call_set_wraps (ended, live->wraps);
  g_set_object (&live->call, ended);
  lia_phone_line_tell_call (self, ended);
  tell_free_agents (self, live);
  lia_phone_line_keep (self, live);
  g_signal_emit_by_name (self, "calls-changed");
}

void
lia_phone_line_take_all (LiaPhoneLine *self)
{
  const LiaPhoneLink *link = lia_phone_provider_get_link (self->provider);
  g_autoptr (GPtrArray) calls = lia_phone_provider_dup_calls (self->provider);
  g_autoptr (GPtrArray) members = lia_phone_provider_dup_members (self->provider);
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) queues = lia_phone_provider_dup_queues (self->provider);

  for (guint i = 0; queues != NULL && queues[i] != NULL; i++)
    on_queue_changed (self->provider, queues[i], self);

  self->taking_all = TRUE;
  g_hash_table_remove_all (self->members);
  for (guint i = 0; i < members->len; i++)
    take_member (self, members->pdata[i]);
  self->taking_all = FALSE;
  g_signal_emit_by_name (self, "members-listed");

  take_ended (self);
  lia_phone_line_add_calls (self, before);
  for (guint i = 0; i < before->len; i++)
    {
      if (!is_there (calls, before->pdata[i]))
        lose (self, before->pdata[i], link->last_ok_ms);
    }
  for (guint i = 0; i < calls->len; i++)
    take_call (self, calls->pdata[i]);

  for (guint i = 0; self->open != NULL && i < self->open->len; i++)
    {
      if (!is_there (calls, self->open->pdata[i]))
        lose (self, self->open->pdata[i], lia_phone_line_call_last_seen (self->open->pdata[i]));
    }
  g_clear_pointer (&self->open, g_ptr_array_unref);
}

static void
on_link_changed (LiaPhoneProvider *provider,
                 LiaPhoneLine     *self)
{
  if (lia_phone_provider_get_link (provider)->state == LIA_PHONE_LINK_UP)
    {
      lia_phone_line_take_all (self);
      lia_phone_catch_up_look_back (self->catch_up);
    }
  g_signal_emit_by_name (self, "link-changed");
}

static void
on_forged (LiaPhoneProvider *provider,
           LiaPhoneLine     *self)
{
  g_signal_emit_by_name (self, "forged");
}

/** lia_phone_line_listen: to the provider, from now on. */
void
lia_phone_line_listen (LiaPhoneLine *self)
{
  g_signal_connect_object (self->provider, "link-changed", G_CALLBACK (on_link_changed), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->provider, "forged", G_CALLBACK (on_forged), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->provider, "call-changed", G_CALLBACK (on_call_changed), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->provider, "call-gone", G_CALLBACK (on_call_gone), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->provider, "member-changed", G_CALLBACK (on_member_changed), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->provider, "member-gone", G_CALLBACK (on_member_gone), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->provider, "queue-changed", G_CALLBACK (on_queue_changed), self, G_CONNECT_DEFAULT);
}
