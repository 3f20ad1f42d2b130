/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-line.h"

#include "lia-async.h"
#include "lia-hub.h"
#include "lia-id.h"
#include "lia-phone-line-call.h"
#include "lia-phone-number.h"
#include "lia-phone-record.h"
#include "lia-time.h"
#include "lia-wire.h"

/*
 * provider: "call-changed" -> our ids -> streams (at once)
 *                                     -> store, when its milestones have changed; then streams once more, with what the store found out
 *
 * A call's writes are in order, because the store has one writer; so each may be on its way before the one before it is done. An ended call stays
 * here until it is written and nobody wraps it up.
 */

typedef struct
{
  LiaCall    *call;  /* as the streams have it */
  char       *marks; /* what was written last: see lia_phone_line_call_milestones() */
  GHashTable *freed; /* char *: agents who are done with it */
  GPtrArray  *wraps; /* of LiaCallSegment: wrap-ups, which no PBX knows of */
  guint       writing;
  gint64      agent_id;        /* who dialled it; 0 = nobody of ours, or not known */
  gint64      conversation_id; /* about what; 0 = not known */
} Live;

struct _LiaPhoneLine
{
  GObject parent_instance;

  LiaEngine        *engine; /* it owns us */
  gint64            channel_id;
  char             *id; /* "h_2" */
  LiaPbx           *pbx;
  LiaPhoneProvider *provider;
  LiaPhoneSetup    *setup;
  GHashTable       *lives;   /* char *: uniqueid -> Live */
  GHashTable       *members; /* char *: "queue\ninterface" -> LiaQueueMember */
  GPtrArray        *open;    /* of LiaCall: what went on when the engine ended; NULL once it is settled */
  gboolean          stopped;
};

enum {
  LINK_CHANGED,
  AGENT_FREE,
  MEMBER_CHANGED,
  QUEUE_UNKNOWN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaPhoneLine, lia_phone_line, G_TYPE_OBJECT)

static void
live_free (gpointer data)
{
  Live *live = data;

  g_clear_object (&live->call);
  g_free (live->marks);
  g_hash_table_unref (live->freed);
  g_ptr_array_unref (live->wraps);
  g_free (live);
}

static Live *
ensure_live (LiaPhoneLine *self,
             const char   *uniqueid)
{
  Live *live = g_hash_table_lookup (self->lives, uniqueid);

  if (live == NULL)
    {
      live = g_new0 (Live, 1);
      live->freed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      live->wraps = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_call_segment_unref);
      g_hash_table_insert (self->lives, g_strdup (uniqueid), live);
    }

  return live;
}

/* Telling the streams --------------------------------------------------------------------------------------------------------------------- */

/* @object: (transfer full) */
static void
tell (LiaPhoneLine *self,
      const char   *kind,
      const char   *name,
      JsonObject   *object)
{
  g_autoptr (JsonObject) d = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_object_member (d, name, object);
  text = lia_json_to_text (d);
  lia_hub_send_live (lia_engine_get_hub (self->engine), kind, text);
}

static void
tell_call (LiaPhoneLine *self,
           LiaCall      *call)
{
  tell (self, "call", "call", lia_wire_encode_call (call));
}

/* Our ids ---------------------------------------------------------------------------------------------------------------------------------- */

static void
set_queue_id (LiaPhoneLine *self,
              char        **name)
{
  LiaQueue *queue = name[0][0] != '\0' ? lia_phone_setup_find_phone_queue (self->setup, self->id, *name) : NULL;

  g_set_str (name, queue != NULL ? queue->id : "");
}

/* What the provider reports, as everybody else is to see it. */
static LiaCall *
translate (LiaPhoneLine *self,
           Live         *live,
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
  if (live->call != NULL)
    lia_phone_line_call_take_identity (call, live->call);
  lia_phone_line_call_set_wraps (call, live->wraps);

  return call;
}

/* Keeping ---------------------------------------------------------------------------------------------------------------------------------- */

static gboolean
is_wrapped (Live *live)
{
  for (guint i = 0; i < live->wraps->len; i++)
    {
      if (((LiaCallSegment *)live->wraps->pdata[i])->to_ms == 0)
        return FALSE;
    }

  return TRUE;
}

static void
forget_ended (LiaPhoneLine *self,
              const char   *uniqueid)
{
  Live *live = g_hash_table_lookup (self->lives, uniqueid);

  if (live != NULL && live->call != NULL && live->call->ended_ms != 0 && live->writing == 0 && is_wrapped (live))
    g_hash_table_remove (self->lives, uniqueid);
}

typedef struct
{
  LiaPhoneLine *line;
  char         *uniqueid;
} Written;

static void
written_free (gpointer data)
{
  Written *written = data;

  g_object_unref (written->line);
  g_free (written->uniqueid);
  g_free (written);
}

static DexFuture *
on_written (DexFuture *future,
            gpointer   data)
{
  Written      *written = data;
  LiaPhoneLine *self = written->line;
  Live         *live = g_hash_table_lookup (self->lives, written->uniqueid);
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaCall) known = lia_store_take (future, &error);

  if (known == NULL)
    g_warning ("a call could not be kept: %s", error->message);
  /* The last writes may end after the engine. */
  if (live == NULL || self->stopped)
    return dex_future_new_for_boolean (TRUE);

  live->writing--;
  if (known != NULL && live->call != NULL && (!g_str_equal (live->call->id, known->id) || !g_str_equal (live->call->disposition, known->disposition)))
    {
      LiaCall *call = lia_call_copy (live->call);

      lia_phone_line_call_take_identity (call, known);
      g_set_object (&live->call, call);
      g_object_unref (call);
      if (live->call->ended_ms == 0)
        tell_call (self, live->call);
    }
  forget_ended (self, written->uniqueid);

  return dex_future_new_for_boolean (TRUE);
}

static void
write_call (LiaPhoneLine *self,
            Live         *live)
{
  LiaPhoneRecord *record = lia_phone_record_new (self->channel_id, self->pbx->country, live->call);
  Written        *written = g_new0 (Written, 1);
  DexFuture      *future;

  record->agent_id = live->agent_id;
  record->conversation_id = live->conversation_id;
  written->line = g_object_ref (self);
  written->uniqueid = g_strdup (live->call->uniqueid);
  live->writing++;
  future = lia_store_write (lia_engine_get_store (self->engine), lia_phone_record_write, record, lia_phone_record_free, g_object_unref);
  dex_future_disown (dex_future_finally (future, on_written, written, written_free));
}

static void
keep (LiaPhoneLine *self,
      Live         *live)
{
  g_autofree char *marks = NULL;

  if (live->call->direction == LIA_CALL_INTERNAL)
    {
      forget_ended (self, live->call->uniqueid);
      return;
    }

  marks = lia_phone_line_call_milestones (live->call);
  if (g_strcmp0 (live->marks, marks) == 0)
    return;
  g_set_str (&live->marks, marks);
  write_call (self, live);
}

/* What agents have to do with a call -------------------------------------------------------------------------------------------------------- */

/* Who talked and has no part in it any more, told once; coming back begins anew. */
static void
tell_free_agents (LiaPhoneLine *self,
                  Live         *live)
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
        g_signal_emit (self, signals[AGENT_FREE], 0, segment->agent, call);
    }
}

/* What the provider reports ----------------------------------------------------------------------------------------------------------------- */

static void
take_call (LiaPhoneLine *self,
           LiaCall      *reported)
{
  Live *live = ensure_live (self, reported->uniqueid);
  g_autoptr (LiaCall) call = translate (self, live, reported);

  g_set_object (&live->call, call);
  tell_call (self, call);
  /* A wrap-up that begins is kept with the end that caused it. */
  tell_free_agents (self, live);
  keep (self, live);
}

static void
on_call_changed (LiaPhoneProvider *provider,
                 LiaCall          *reported,
                 LiaPhoneLine     *self)
{
  take_call (self, reported);
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
  lia_hub_send_live (lia_engine_get_hub (self->engine), "call.gone", text);
}

/* What was a call of its own is a part of another one: as an entry, it ends here. */
static void
on_call_gone (LiaPhoneProvider *provider,
              const char       *uniqueid,
              const char       *into,
              LiaPhoneLine     *self)
{
  Live *live = g_hash_table_lookup (self->lives, uniqueid);

  tell_gone (self, uniqueid, into);
  if (live == NULL || live->call == NULL)
    return;

  g_autoptr (LiaCall) ended = lia_phone_line_call_end (live->call, lia_time_now (), live->call->answered_ms != 0 ? LIA_CALL_OUTCOME_ANSWERED : LIA_CALL_OUTCOME_CANCELLED);
  g_set_object (&live->call, ended);
  keep (self, live);
}

static void
take_member (LiaPhoneLine   *self,
             LiaQueueMember *reported)
{
  g_autoptr (LiaQueueMember) member = lia_queue_member_copy (reported);
  char *key;

  set_queue_id (self, &member->queue);
  if (member->queue[0] == '\0')
    return;
  key = g_strconcat (member->queue, "\n", member->interface, NULL);
  g_hash_table_insert (self->members, key, g_object_ref (member));
  tell (self, "member", "member", lia_wire_encode_queue_member (member));
  g_signal_emit (self, signals[MEMBER_CHANGED], 0, member);
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

  if (ours == NULL)
    return;
  key = g_strconcat (ours->id, "\n", interface, NULL);
  g_hash_table_remove (self->members, key);
  json_object_set_string_member (d, "queue", ours->id);
  json_object_set_string_member (d, "interface", interface);
  text = lia_json_to_text (d);
  lia_hub_send_live (lia_engine_get_hub (self->engine), "member.gone", text);
}

static void
on_queue_changed (LiaPhoneProvider *provider,
                  const char       *queue,
                  LiaPhoneLine     *self)
{
  g_auto (GStrv) queues = lia_phone_provider_dup_queues (provider);

  if (g_strv_contains ((const char *const *)queues, queue) && lia_phone_setup_find_phone_queue (self->setup, self->id, queue) == NULL)
    g_signal_emit (self, signals[QUEUE_UNKNOWN], 0, queue);
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
  Live *live = ensure_live (self, seen->uniqueid);
  g_autoptr (LiaCall) ended = lia_phone_line_call_end (seen, at_ms, LIA_CALL_OUTCOME_LOST);

  g_set_object (&live->call, ended);
  tell_call (self, ended);
  tell_free_agents (self, live);
  keep (self, live);
}

static void
take_all (LiaPhoneLine *self)
{
  const LiaPhoneLink *link = lia_phone_provider_get_link (self->provider);
  g_autoptr (GPtrArray) calls = lia_phone_provider_dup_calls (self->provider);
  g_autoptr (GPtrArray) members = lia_phone_provider_dup_members (self->provider);
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) queues = lia_phone_provider_dup_queues (self->provider);

  for (guint i = 0; queues != NULL && queues[i] != NULL; i++)
    on_queue_changed (self->provider, queues[i], self);

  g_hash_table_remove_all (self->members);
  for (guint i = 0; i < members->len; i++)
    take_member (self, members->pdata[i]);

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
    take_all (self);
  g_signal_emit (self, signals[LINK_CHANGED], 0);
}

/* Coming and going ------------------------------------------------------------------------------------------------------------------------ */

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
  lia_phone_provider_restore (self->provider, self->open);
  lia_phone_provider_connect (self->provider);

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
    take_all (self);
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
  Live          *live;

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
  Live *live = g_hash_table_lookup (self->lives, uniqueid);

  return live != NULL ? live->call : NULL;
}

void
lia_phone_line_expect (LiaPhoneLine *self,
                       const char   *uniqueid,
                       gint64        agent_id,
                       gint64        conversation_id)
{
  Live *live = ensure_live (self, uniqueid);

  if (agent_id == 0 && live->call == NULL)
    {
      g_hash_table_remove (self->lives, uniqueid);
      return;
    }
  live->agent_id = agent_id;
  live->conversation_id = conversation_id;
}

static void
set_wrap (Live       *live,
          const char *agent,
          gboolean    on)
{
  gint64          now_ms = lia_time_now ();
  LiaCallSegment *wrap;

  for (guint i = 0; !on && i < live->wraps->len; i++)
    {
      wrap = live->wraps->pdata[i];
      if (g_str_equal (wrap->agent, agent) && wrap->to_ms == 0)
        wrap->to_ms = now_ms;
    }
  if (!on)
    return;

  wrap = lia_call_segment_new ();
  g_set_str (&wrap->agent, agent);
  wrap->kind = LIA_SEGMENT_WRAP;
  wrap->from_ms = now_ms;
  g_ptr_array_add (live->wraps, wrap);
}

void
lia_phone_line_wrap (LiaPhoneLine *self,
                     const char   *uniqueid,
                     const char   *agent,
                     gboolean      on)
{
  Live *live = g_hash_table_lookup (self->lives, uniqueid);

  if (live == NULL || live->call == NULL)
    return;

  g_autoptr (LiaCall) call = lia_call_copy (live->call);
  set_wrap (live, agent, on);
  lia_phone_line_call_set_wraps (call, live->wraps);
  g_set_object (&live->call, call);
  keep (self, live);
  forget_ended (self, uniqueid);
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
  self->setup = lia_phone_setup_ref (setup);
  g_signal_connect_object (provider, "link-changed", G_CALLBACK (on_link_changed), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (provider, "call-changed", G_CALLBACK (on_call_changed), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (provider, "call-gone", G_CALLBACK (on_call_gone), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (provider, "member-changed", G_CALLBACK (on_member_changed), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (provider, "member-gone", G_CALLBACK (on_member_gone), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (provider, "queue-changed", G_CALLBACK (on_queue_changed), self, G_CONNECT_DEFAULT);

  return self;
}

static void
lia_phone_line_finalize (GObject *object)
{
  LiaPhoneLine *self = LIA_PHONE_LINE (object);

  g_free (self->id);
  g_clear_object (&self->pbx);
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

  signals[LINK_CHANGED] = g_signal_new ("link-changed", LIA_TYPE_PHONE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[AGENT_FREE] =
      g_signal_new ("agent-free", LIA_TYPE_PHONE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, LIA_TYPE_CALL);
  signals[MEMBER_CHANGED] =
      g_signal_new ("member-changed", LIA_TYPE_PHONE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_QUEUE_MEMBER);
  signals[QUEUE_UNKNOWN] =
      g_signal_new ("queue-unknown", LIA_TYPE_PHONE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
lia_phone_line_init (LiaPhoneLine *self)
{
  self->lives = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, live_free);
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}
