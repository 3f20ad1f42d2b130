/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-sample-day.h"

#include "lia-id.h"
#include "lia-journal.h"
#include "lia-json.h"
#include "lia-phone-line-call.h"
#include "lia-phone-record.h"
#include "lia-phone-setup.h"
#include "lia-queries-day.h"
#include "lia-sample-call.h"
#include "lia-sample-phone.h"
#include "lia-time.h"

/* The same telephone system as the live one, played quickly from the morning on; on a store thread, in one transaction. */

#define SECOND_MS G_GINT64_CONSTANT (1000)
#define MINUTE_MS (60 * SECOND_MS)
#define OPEN_MS (9 * 60 * MINUTE_MS) /* so much of a day is told at the most */
#define PACE_MS (9 * MINUTE_MS)
#define NOW_MS (5 * MINUTE_MS)    /* before now, the live calls begin */
#define LUNCH_MS (12 * MINUTE_MS) /* so long ago, whoever is paused began to be */
#define ANSWER_MS (20 * SECOND_MS)

typedef struct
{
  LiaDb         *db;
  gint64         channel_id;
  char          *id; /* "h_2" */
  LiaPhoneSetup *setup;
  gint64         from_ms;
  gint64         now_ms;
} Day;

static gboolean
keep (Day     *self,
      LiaCall *call,
      GError **error)
{
  LiaPhoneRecord *record = lia_phone_record_new (self->channel_id, "GB", call);
  gpointer        known = NULL;
  gboolean        ok;

  record->at_ms = call->ended_ms;
  ok = lia_phone_record_write (self->db, record, &known, error);
  g_clear_object (&known);
  lia_phone_record_free (record);

  return ok;
}

/* Who was there --------------------------------------------------------------------------------------------------------------------------- */

static LiaAgent *
find_colleague (Day *self)
{
  LiaAgent *found = NULL;

  for (guint i = 0; i < self->setup->agents->len; i++)
    {
      LiaAgent *agent = self->setup->agents->pdata[i];

      if (agent->phone[0] != '\0' && !g_str_equal (agent->phone, LIA_SAMPLE_OWN_PHONE))
        found = agent;
    }

  return found;
}

static gboolean
finish (Day     *self,
        LiaCall *call,
        GError **error)
{
  LiaAgent *colleague = find_colleague (self);
  gint64    at_ms = MIN (self->now_ms, lia_phone_line_call_last_seen (call) + ANSWER_MS);

  if (call->direction != LIA_CALL_IN && call->answered_ms == 0)
    {
      lia_sample_call_end (call, LIA_CALL_OUTCOME_CANCELLED, at_ms);
      return keep (self, call, error);
    }
  if (call->answered_ms == 0 && colleague != NULL)
    {
      lia_sample_call_stop_waiting (call, LIA_WAIT_ANSWERED, at_ms);
      lia_sample_call_offer (call, colleague->id, colleague->phone, at_ms);
      lia_sample_call_close_offer (call, colleague->id, LIA_OFFER_ANSWERED, at_ms);
      lia_sample_call_part (call, colleague->id, LIA_SEGMENT_TALK, at_ms);
    }
  lia_sample_call_end (call, LIA_CALL_OUTCOME_ANSWERED, MIN (self->now_ms, at_ms + MINUTE_MS));

  return keep (self, call, error);
}

static gboolean
finish_open_calls (Day     *self,
                   GError **error)
{
  gpointer open = NULL;

  if (!lia_phone_record_read_open (self->db, &self->channel_id, &open, error))
    return FALSE;

  g_autoptr (GPtrArray) calls = open;
  for (guint i = 0; i < calls->len; i++)
    {
      if (!finish (self, calls->pdata[i], error))
        return FALSE;
    }

  return TRUE;
}

/* Who called meanwhile -------------------------------------------------------------------------------------------------------------------- */

static void
on_call_changed (LiaPhoneProvider *phone,
                 LiaCall          *call,
                 GPtrArray        *ended)
{
  if (call->ended_ms != 0)
    g_ptr_array_add (ended, lia_call_copy (call));
}

static void
set_queue_id (Day   *self,
              char **name)
{
  LiaQueue *queue = lia_phone_setup_find_phone_queue (self->setup, self->id, *name);

  g_set_str (name, queue != NULL ? queue->id : "");
}

/* As LiaPhoneLine and LiaPhoneDesk would have told it: our queues, the number in full, and a wrap-up. */
static void
complete (Day     *self,
          LiaCall *call)
{
  LiaCallSegment *talk = lia_call_find_segment (call, LIA_SEGMENT_TALK, NULL);

  g_set_str (&call->e164, call->number);
  set_queue_id (self, &call->queue);
  for (guint i = 0; i < call->waits->len; i++)
    set_queue_id (self, &((LiaCallWait *)call->waits->pdata[i])->queue);

  if (talk == NULL || call->direction != LIA_CALL_IN)
    return;

  LiaCallSegment *wrap = lia_call_segment_new ();
  g_set_str (&wrap->agent, talk->agent);
  wrap->kind = LIA_SEGMENT_WRAP;
  wrap->from_ms = talk->to_ms;
  wrap->to_ms = talk->to_ms + ANSWER_MS / 2 + talk->from_ms % ANSWER_MS;
  g_ptr_array_add (call->segments, wrap);
}

static gboolean
make_up_calls (Day     *self,
               GError **error)
{
  g_autoptr (LiaSamplePhone) phone = lia_sample_phone_new (self->id, (guint32)(self->from_ms / MINUTE_MS));
  g_autoptr (GPtrArray) ended = g_ptr_array_new_with_free_func (g_object_unref);

  g_signal_connect (phone, "call-changed", G_CALLBACK (on_call_changed), ended);
  lia_phone_provider_set_agents (LIA_PHONE_PROVIDER (phone), self->setup->agents);
  lia_sample_phone_open (phone, self->from_ms, PACE_MS);
  lia_sample_phone_play (phone, self->now_ms - NOW_MS);

  for (guint i = 0; i < ended->len; i++)
    {
      complete (self, ended->pdata[i]);
      if (!keep (self, ended->pdata[i], error))
        return FALSE;
    }

  return TRUE;
}

/* Who was here ---------------------------------------------------------------------------------------------------------------------------- */

static gboolean
say_where (Day        *self,
           LiaAgent   *agent,
           const char *availability,
           const char *reason,
           gint64      at_ms,
           GError    **error)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autofree char *text = NULL;
  LiaJournalEvent  event = { .kind = "agent.changed", .at_ms = at_ms };
  gint64           number = 0;

  lia_id_parse (agent->id, "a", &number);
  json_object_set_int_member (data, "agent", number);
  json_object_set_string_member (data, "availability", availability);
  json_object_set_string_member (data, "reason", reason);
  text = lia_json_to_text (data);
  event.data = text;

  return lia_journal_append (self->db, &event, error) != 0;
}

/* They came this morning, be it only now. */
static gboolean
say_who_was_here (Day     *self,
                  GError **error)
{
  gboolean came = self->from_ms < self->now_ms - NOW_MS;

  for (guint i = 0; i < self->setup->agents->len; i++)
    {
      LiaAgent *agent = self->setup->agents->pdata[i];
      gint64    paused_ms = MAX (self->from_ms, self->now_ms - LUNCH_MS);

      if (agent->phone[0] == '\0' || (!came && !g_str_equal (agent->availability, "offline")))
        continue;
      if (!say_where (self, agent, "available", "", MIN (self->from_ms, self->now_ms), error))
        return FALSE;
      if (g_str_equal (agent->availability, "paused") && !say_where (self, agent, "paused", agent->reason, paused_ms, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
find_begin (Day     *self,
            GError **error)
{
  gint64 last_ms = 0;

  if (!lia_db_get_int (self->db, &last_ms, error, "SELECT coalesce (max (created_at), 0) FROM call WHERE channel_id = $1", "i", self->channel_id))
    return FALSE;
  self->from_ms = MAX (lia_day_begin (self->now_ms), self->now_ms - OPEN_MS);
  self->from_ms = MAX (self->from_ms, last_ms + MINUTE_MS);

  return TRUE;
}

static gboolean
read_setup (Day     *self,
            GError **error)
{
  gpointer setup = NULL;

  if (!lia_phone_setup_read (self->db, NULL, &setup, error))
    return FALSE;
  g_clear_pointer (&self->setup, lia_phone_setup_unref);
  self->setup = setup;

  return TRUE;
}

gboolean
lia_sample_day_write (LiaDb    *db,
                      gpointer  channel_id,
                      gpointer *result,
                      GError  **error)
{
  Day      self = { .db = db, .channel_id = *(gint64 *)channel_id, .now_ms = lia_time_now () };
  gboolean ok;

  self.id = lia_id_format ("h", self.channel_id);
  ok = read_setup (&self, error) && finish_open_calls (&self, error) && find_begin (&self, error) && say_who_was_here (&self, error) &&
       read_setup (&self, error) && make_up_calls (&self, error);
  g_clear_pointer (&self.setup, lia_phone_setup_unref);
  g_free (self.id);

  return ok;
}
