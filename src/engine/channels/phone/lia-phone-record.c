/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-record.h"

#include "lia-callback-owner.h"
#include "lia-id.h"
#include "lia-journal.h"
#include "lia-notices.h"
#include "lia-phone-line-call.h"
#include "lia-phone-match.h"
#include "lia-queries-effort.h"
#include "lia-queries.h"
#include "lia-time.h"
#include "lia-wire.h"
#include "lia-workspace.h"

/*
 * Calls into the store. A call is one entry, found again by (channel, uniqueid), so that what is reported twice, or once more after a restart, is
 * written once. What others said of the call meanwhile (disposition, settled) stands in the store and is kept.
 */

#define SAME_CONCERN_MS (G_GINT64_CONSTANT (14) * 24 * 3600 * 1000)

LiaPhoneRecord *
lia_phone_record_new (gint64      channel_id,
                      const char *country,
                      LiaCall    *call)
{
  LiaPhoneRecord *self = g_new0 (LiaPhoneRecord, 1);

  self->channel_id = channel_id;
  self->country = g_strdup (country);
  self->members = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->call = lia_call_copy (call);
  /* Of the moment only: what stays of a call says nothing of others. */
  g_clear_pointer (&self->call->effort, g_free);

  return self;
}

void
lia_phone_record_free (gpointer record)
{
  LiaPhoneRecord *self = record;

  g_free (self->country);
  g_object_unref (self->call);
  g_array_unref (self->members);
  g_free (self);
}

static gboolean
is_just_missing (GError **failure,
                 GError **error)
{
  if (*failure == NULL || g_error_matches (*failure, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (failure));

  return FALSE;
}

gint64
lia_phone_record_find (LiaDb      *db,
                       gint64      channel_id,
                       const char *uniqueid,
                       GError    **error)
{
  g_autoptr (GError) failure = NULL;
  gint64 seq = 0;

  if (!lia_db_get_int (db, &seq, &failure, "SELECT seq FROM call WHERE channel_id = $1 AND uniqueid = $2", "it", channel_id, uniqueid))
    is_just_missing (&failure, error);

  return seq;
}

/* The call as its entry has it, without what can be added to it. */
static LiaCall *
read_call (LiaDb    *db,
           gint64    seq,
           gboolean *settled,
           GError  **error)
{
  g_autofree char *text = lia_query_entry (db, seq, error);
  g_autoptr (JsonObject) entry = text != NULL ? lia_json_parse (text, -1, G_MAXSIZE, error) : NULL;
  JsonObject *d;

  if (entry == NULL || !lia_json_obj (entry, "d", LIA_JSON_REQUIRED, &d, error) ||
      !lia_json_bool (d, "settled", LIA_JSON_OPTIONAL, settled, error))
    return NULL;

  return lia_wire_decode_call (d, error);
}

static gint64
append (LiaPhoneRecord *self,
        LiaDb          *db,
        const char     *kind,
        gint64          conversation_id,
        gint64          customer_id,
        JsonObject     *data,
        GError        **error)
{
  g_autoptr (JsonObject) owned = data;
  g_autofree char *text = lia_json_to_text (owned);
  LiaJournalEvent  event = {
     .kind = kind,
     .conversation_id = conversation_id,
     .customer_id = customer_id,
     .actor_id = self->agent_id,
     .at_ms = self->at_ms,
     .data = text,
     .object = owned,
  };

  return lia_journal_append (db, &event, error);
}

/* Within what time somebody has to be there: to answer while the customer waits, to call back afterwards. */
static gboolean
read_target (LiaPhoneRecord *self,
             LiaDb          *db,
             gint64         *target_ms,
             GError        **error)
{
  gint64 queue_id = 0;
  g_autoptr (GError) failure = NULL;

  lia_id_parse (self->call->queue, "q", &queue_id);
  *target_ms = 0;
  if (self->call->ended_ms != 0)
    lia_db_get_int (db, target_ms, &failure, "SELECT callback_target_ms FROM queue WHERE id = $1", "i", queue_id);
  else
    lia_db_get_int (db, target_ms, &failure, "SELECT service_target_ms FROM queue WHERE id = $1", "i", queue_id);
  if (!is_just_missing (&failure, error))
    return FALSE;
  if (self->call->ended_ms != 0 && *target_ms != 0)
    *target_ms += self->call->ended_ms - self->call->created_ms;

  return TRUE;
}

/* What is added to the entry that stays in the engine. */
static JsonObject *
new_x (LiaPhoneRecord *self,
       gint64          target_ms)
{
  JsonObject *x = json_object_new ();

  json_object_set_int_member (x, "channel", self->channel_id);
  json_object_set_int_member (x, "target_ms", target_ms);

  return x;
}

static JsonObject *
new_customer (LiaCall *call)
{
  JsonObject *data = json_object_new ();
  JsonArray  *addresses = json_array_new ();
  const char *number = call->e164[0] != '\0' ? call->e164 : call->number;

  if (number[0] != '\0' && !call->withheld)
    {
      JsonObject *address = json_object_new ();

      json_object_set_string_member (address, "kind", "phone");
      json_object_set_string_member (address, "value", number);
      json_array_add_object_element (addresses, address);
    }
  json_object_set_string_member (data, "name", call->tainted || call->withheld ? "" : call->name);
  json_object_set_array_member (data, "addresses", addresses);

  return data;
}

/* The customer's newest concern, while it is not too old to be meant. */
static gboolean
find_conversation (LiaDb   *db,
                   gint64   customer_id,
                   gint64   at_ms,
                   gint64  *conversation_id,
                   GError **error)
{
  g_autoptr (GError) failure = NULL;

  *conversation_id = 0;
  lia_db_get_int (db, conversation_id, &failure,
                  "SELECT id FROM conversation WHERE customer_id = $1 AND state <> 'closed' AND last_at >= $2 ORDER BY last_at DESC, id DESC LIMIT 1", "ii",
                  customer_id, at_ms - SAME_CONCERN_MS);

  return is_just_missing (&failure, error);
}

static gint64
make_conversation (LiaPhoneRecord *self,
                   LiaDb          *db,
                   gint64          customer_id,
                   GError        **error)
{
  JsonObject *data = json_object_new ();

  json_object_set_string_member (data, "subject", "");
  json_object_set_string_member (data, "channel", "phone");
  if (self->call->queue[0] != '\0')
    json_object_set_string_member (data, "queue", self->call->queue);

  return append (self, db, "conversation.created", 0, customer_id, data, error);
}

/* Customer and conversation of a call that was not known. */
static gboolean
find_place (LiaPhoneRecord *self,
            LiaDb          *db,
            gint64         *customer_id,
            gint64         *conversation_id,
            GError        **error)
{
  if (self->conversation_id != 0)
    {
      *conversation_id = self->conversation_id;
      self->call->match = LIA_MATCH_EXACT;
      return lia_db_get_int (db, customer_id, error, "SELECT customer_id FROM conversation WHERE id = $1", "i", self->conversation_id);
    }

  if (!lia_phone_match_customer (db, self->call, self->country, customer_id, error))
    return FALSE;
  if (*customer_id == 0)
    {
      *customer_id = append (self, db, "customer.created", 0, 0, new_customer (self->call), error);
      *conversation_id = 0;
      if (*customer_id == 0)
        return FALSE;
    }
  else if (!find_conversation (db, *customer_id, self->call->created_ms, conversation_id, error))
    {
      return FALSE;
    }
  if (*conversation_id == 0)
    *conversation_id = make_conversation (self, db, *customer_id, error);

  return *conversation_id != 0;
}

static LiaAddress *
author_of (LiaPhoneRecord *self,
           LiaDb          *db,
           LiaEntry       *entry,
           GError        **error)
{
  LiaCall *call = self->call;

  if (call->direction == LIA_CALL_OUT)
    {
      g_autoptr (LiaAgent) agent = self->agent_id != 0 ? lia_workspace_agent (db, self->agent_id, error) : NULL;

      if (self->agent_id != 0 && agent == NULL)
        return NULL;
      entry->author_kind = agent != NULL ? LIA_AUTHOR_AGENT : LIA_AUTHOR_SYSTEM;
      entry->author_id = g_strdup (agent != NULL ? agent->id : NULL);
      return lia_address_new (agent != NULL ? agent->name : "", agent != NULL ? agent->address : "");
    }

  entry->author_kind = LIA_AUTHOR_CUSTOMER;
  entry->author_id = g_strdup (call->customer);

  return lia_address_new (call->tainted ? "" : call->name, call->e164[0] != '\0' ? call->e164 : call->number);
}

/* A message that somebody has left is an entry of its own kind. */
static LiaEntryKind
kind_of (LiaCall *call)
{
  return call->ended_ms != 0 && call->outcome == LIA_CALL_OUTCOME_VOICEMAIL ? LIA_ENTRY_VOICEMAIL : LIA_ENTRY_CALL;
}

/* What is complete is to be fetched, once. */
static void
want_recordings (LiaPhoneRecord *self)
{
  for (guint i = 0; i < self->call->recordings->len; i++)
    {
      LiaCallRecording *recording = self->call->recordings->pdata[i];

      if (recording->state == LIA_RECORDING_RUNNING && recording->to_ms != 0)
        recording->state = self->can_fetch ? LIA_RECORDING_FETCHING : LIA_RECORDING_REMOTE;
    }
}

static JsonObject *
new_details (LiaCall *call,
             gboolean settled)
{
  JsonObject *d = lia_wire_encode_call (call);

  if (settled)
    json_object_set_boolean_member (d, "settled", TRUE);

  return d;
}

static JsonObject *
new_entry (LiaPhoneRecord *self,
           LiaDb          *db,
           gint64          target_ms,
           gboolean        settled,
           GError        **error)
{
  static const char *const of_the_store[] = { "id", "seq", "conv", "d" };
  g_autoptr (LiaEntry) entry = lia_entry_new ();
  JsonObject *data;

  entry->at_ms = self->call->created_ms;
  entry->kind = kind_of (self->call);
  entry->direction = self->call->direction == LIA_CALL_OUT ? LIA_DIRECTION_OUT : LIA_DIRECTION_IN;
  entry->author = author_of (self, db, entry, error);
  if (entry->author == NULL)
    return NULL;
  entry->details = g_strdup ("{}");

  data = lia_wire_encode_entry (entry);
  for (guint i = 0; i < G_N_ELEMENTS (of_the_store); i++)
    json_object_remove_member (data, of_the_store[i]);
  json_object_set_object_member (data, "d", new_details (self->call, settled));
  json_object_set_object_member (data, "x", new_x (self, target_ms));

  return data;
}

/* Whoever could not reach us, and was reached by a later call that is told of first, waits no longer. */
static gboolean
was_reached (LiaDb   *db,
             LiaCall *call,
             gint64   customer_id,
             gint64  *reached,
             GError **error)
{
  *reached = 0;
  if (!call->offline || call->outcome == LIA_CALL_OUTCOME_ANSWERED)
    return TRUE;

  return lia_db_get_int (db, reached, error,
                         "SELECT EXISTS (SELECT 1 FROM entry e INDEXED BY entry_customer JOIN call k ON k.seq = e.seq "
                         "WHERE e.customer_id = $1 AND e.at > $2 AND k.answered_at IS NOT NULL)",
                         "ii", customer_id, call->created_ms);
}

/* Who was missed has to be called, and who had to be called may have been. */
static gboolean
after_call (LiaPhoneRecord *self,
            LiaDb          *db,
            GError        **error)
{
  gint64 conversation_id = 0;

  return lia_callback_give_owner (db, self->call, self->members, error) &&
         (!lia_id_parse (self->call->conv, "c", &conversation_id) || lia_notices_follow_calls (db, conversation_id, error));
}

static gboolean
add (LiaPhoneRecord *self,
     LiaDb          *db,
     GError        **error)
{
  LiaCall    *call = self->call;
  gint64      customer_id = 0;
  gint64      conversation_id = 0;
  gint64      target_ms;
  gint64      reached;
  gint64      head;
  JsonObject *data;

  if (!find_place (self, db, &customer_id, &conversation_id, error) || !read_target (self, db, &target_ms, error) ||
      !was_reached (db, call, customer_id, &reached, error) ||
      (head = lia_query_head (db, error)) < 0)
    return FALSE;

  /* The entry tells its own number, which is the next one: there is one writer. */
  g_free (call->id);
  call->id = lia_id_format ("e", head + 1);
  g_free (call->conv);
  call->conv = lia_id_format ("c", conversation_id);
  g_free (call->customer);
  call->customer = lia_id_format ("k", customer_id);
  want_recordings (self);
  data = new_entry (self, db, target_ms, reached != 0, error);

  return data != NULL && append (self, db, "entry.added", conversation_id, 0, data, error) == head + 1 &&
         (call->ended_ms == 0 || after_call (self, db, error));
}

/* How far a recording has been fetched is known here alone. */
static void
take_recordings (LiaCall *call,
                 LiaCall *before)
{
  for (guint i = 0; i < before->recordings->len; i++)
    {
      LiaCallRecording *known = before->recordings->pdata[i];
      LiaCallRecording *recording = lia_call_find_recording (call, known->file);

      if (known->state == LIA_RECORDING_RUNNING)
        continue;
      if (recording == NULL)
        {
          g_ptr_array_add (call->recordings, lia_call_recording_copy (known));
          continue;
        }
      recording->state = known->state;
      g_set_str (&recording->problem, known->problem);
    }
}

static void
take_consents (LiaCall *call,
               LiaCall *before)
{
  g_ptr_array_set_size (call->consents, 0);
  for (guint i = 0; i < before->consents->len; i++)
    g_ptr_array_add (call->consents, lia_call_consent_copy (before->consents->pdata[i]));
}

static void
take_identity (LiaCall *call,
               LiaCall *before)
{
  g_set_str (&call->id, before->id);
  g_set_str (&call->conv, before->conv);
  g_set_str (&call->customer, before->customer);
  g_set_str (&call->match_reason, before->match_reason);
  g_set_str (&call->disposition, before->disposition);
  call->match = before->match;
}

static gboolean
has_more_recordings (LiaCall *call,
                     LiaCall *before)
{
  for (guint i = 0; i < call->recordings->len; i++)
    if (lia_call_find_recording (before, ((LiaCallRecording *)call->recordings->pdata[i])->file) == NULL)
      return TRUE;

  return FALSE;
}

/* What has ended is not begun again by a report that comes once more; but its wrap-up may follow, and the end or a recording that nobody saw. */
static gboolean
is_news (LiaCall *call,
         LiaCall *before)
{
  if (before->ended_ms == 0 || (before->outcome == LIA_CALL_OUTCOME_LOST && call->outcome != LIA_CALL_OUTCOME_LOST))
    return TRUE;

  return call->ended_ms != 0 && (has_more_recordings (call, before) || lia_call_find_segment (call, LIA_SEGMENT_WRAP, NULL) != NULL);
}

static gboolean
change (LiaPhoneRecord *self,
        LiaDb          *db,
        gint64          seq,
        GError        **error)
{
  gboolean settled = FALSE;
  g_autoptr (LiaCall) before = read_call (db, seq, &settled, error);
  JsonObject *data;
  JsonObject *set;
  gint64      target_ms;

  if (before == NULL)
    return FALSE;
  take_identity (self->call, before);
  take_consents (self->call, before);
  take_recordings (self->call, before);
  if (!is_news (self->call, before))
    return TRUE;
  if (!read_target (self, db, &target_ms, error))
    return FALSE;

  want_recordings (self);
  set = json_object_new ();
  json_object_set_string_member (set, "kind", lia_entry_kind_to_string (kind_of (self->call)));
  json_object_set_object_member (set, "d", new_details (self->call, settled));
  data = json_object_new ();
  json_object_set_int_member (data, "entry", seq);
  json_object_set_object_member (data, "set", set);
  json_object_set_object_member (data, "x", new_x (self, target_ms));

  return append (self, db, "entry.changed", 0, 0, data, error) != 0 &&
         (self->call->ended_ms == 0 || before->outcome == self->call->outcome || after_call (self, db, error));
}

/* Not where one can only guess who it is, nor of whom nobody can know. That it cannot be counted is no reason to lose the call. */
static LiaEffort *
read_effort (LiaDb   *db,
             LiaCall *call)
{
  gint64 customer_id = 0;

  if (call->match != LIA_MATCH_EXACT || call->withheld || call->ended_ms != 0 || !lia_id_parse (call->customer, "k", &customer_id))
    return NULL;

  return lia_query_effort (db, customer_id, call->created_ms, NULL);
}

gboolean
lia_phone_record_write (LiaDb    *db,
                        gpointer  record,
                        gpointer *result,
                        GError  **error)
{
  LiaPhoneRecord *self = record;
  g_autoptr (GError) failure = NULL;
  gint64   seq = lia_phone_record_find (db, self->channel_id, self->call->uniqueid, &failure);
  LiaCall *known;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (seq != 0 ? !change (self, db, seq, error) : !add (self, db, error))
    return FALSE;

  known = lia_call_new ();
  take_identity (known, self->call);
  take_consents (known, self->call);
  known->effort = read_effort (db, self->call);
  *result = known;

  return TRUE;
}

gboolean
lia_phone_record_write_left (LiaDb    *db,
                             gpointer  record,
                             gpointer *result,
                             GError  **error)
{
  LiaPhoneRecord *self = record;
  g_autoptr (GError) failure = NULL;
  g_autoptr (LiaCall) before = NULL;
  gboolean settled = FALSE;
  gint64   seq = lia_phone_record_find (db, self->channel_id, self->call->uniqueid, &failure);

  if (seq != 0)
    before = read_call (db, seq, &settled, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (before != NULL)
    {
      LiaCall *whole = lia_phone_line_call_complete (before, self->call);

      g_object_unref (self->call);
      self->call = whole;
    }

  return lia_phone_record_write (db, self, result, error);
}

gboolean
lia_phone_record_read_open (LiaDb    *db,
                            gpointer  channel_id,
                            gpointer *result,
                            GError  **error)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT seq FROM call INDEXED BY call_open WHERE channel_id = $1 AND ended_at IS NULL UNION "
                                           "SELECT k.seq FROM call_segment s INDEXED BY call_segment_wraps CROSS JOIN call k ON k.seq = s.seq "
                                           "WHERE s.kind = 'wrap' AND s.to_at IS NULL AND k.channel_id = $1 ORDER BY 1",
                                           "i", *(gint64 *)channel_id);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;

  while (lia_rows_next (rows, &failure))
    {
      gboolean settled;
      LiaCall *call = read_call (db, lia_rows_int (rows, 0), &settled, error);

      if (call == NULL)
        return FALSE;
      g_ptr_array_add (calls, call);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  *result = g_steal_pointer (&calls);

  return TRUE;
}
