/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What is counted of calls: rows beside the entry that a call is. Whoever talks to the customer of a conversation that is nobody's has it.
 */

#include "lia-projections-call.h"

#include "lia-id.h"
#include "lia-projections-finding.h"
#include "lia-wire.h"

static gint64
number_of (const char *id,
           const char *prefix)
{
  gint64 number = 0;

  lia_id_parse (id, prefix, &number);

  return number;
}

static gboolean
write_call (LiaProjection *self,
            gint64         seq,
            LiaCall       *call,
            GError       **error)
{
  return lia_db_exec (self->db, error,
                      "INSERT INTO call (seq, channel_id, uniqueid, conversation_id, dir, queue_id, state, outcome, created_at, answered_at, ended_at, seen_at) "
                      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, nullif ($10, 0), nullif ($11, 0), $12) "
                      "ON CONFLICT (seq) DO UPDATE SET queue_id = $6, state = $7, outcome = $8, answered_at = nullif ($10, 0), "
                      "ended_at = nullif ($11, 0), seen_at = $12",
                      "iititittiiii",
                      seq, number_of (call->pbx, "h"), call->uniqueid, self->conversation_id, lia_call_direction_to_string (call->direction),
                      number_of (call->queue, "q"), lia_call_state_to_string (call->state), lia_call_outcome_to_string (call->outcome),
                      call->created_ms, call->answered_ms, call->ended_ms, self->at_ms);
}

static gboolean
write_waits (LiaProjection *self,
             gint64         seq,
             LiaCall       *call,
             GError       **error)
{
  if (!lia_db_exec (self->db, error, "DELETE FROM call_wait WHERE seq = $1", "i", seq))
    return FALSE;

  for (guint i = 0; i < call->waits->len; i++)
    {
      const LiaCallWait *wait = call->waits->pdata[i];

      if (!lia_db_exec (self->db, error,
                        "INSERT INTO call_wait (seq, n, queue_id, from_at, to_at, result) VALUES ($1, $2, $3, $4, nullif ($5, 0), $6)", "iiiiit",
                        seq, (gint64)i, number_of (wait->queue, "q"), wait->from_ms, wait->to_ms, lia_wait_result_to_string (wait->result)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_segments (LiaProjection *self,
                gint64         seq,
                LiaCall       *call,
                GError       **error)
{
  if (!lia_db_exec (self->db, error, "DELETE FROM call_segment WHERE seq = $1", "i", seq))
    return FALSE;

  for (guint i = 0; i < call->segments->len; i++)
    {
      const LiaCallSegment *segment = call->segments->pdata[i];

      if (!lia_db_exec (self->db, error,
                        "INSERT INTO call_segment (seq, n, agent_id, kind, from_at, to_at) VALUES ($1, $2, $3, $4, $5, nullif ($6, 0))", "iiitii",
                        seq, (gint64)i, number_of (segment->agent, "a"), lia_segment_kind_to_string (segment->kind), segment->from_ms, segment->to_ms))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_recordings (LiaProjection *self,
                  gint64         seq,
                  LiaCall       *call,
                  GError       **error)
{
  if (!lia_db_exec (self->db, error, "DELETE FROM recording WHERE seq = $1", "i", seq))
    return FALSE;

  for (guint i = 0; i < call->recordings->len; i++)
    {
      const LiaCallRecording *recording = call->recordings->pdata[i];

      if (recording->state == LIA_RECORDING_FETCHING &&
          !lia_db_exec (self->db, error, "INSERT OR IGNORE INTO recording (seq, file, channel_id, ended_at) VALUES ($1, $2, $3, $4)", "itii",
                        seq, recording->file, number_of (call->pbx, "h"), recording->to_ms))
        return FALSE;
    }

  return TRUE;
}

/**
 * lia_project_call:
 * @details: `d` of an entry of kind "call" or "voicemail"; one without a PBX (a sample's) has no rows of its own
 * @record: of its conversation, to be changed; the caller saves it
 */
gboolean
lia_project_call (LiaProjection         *self,
                  gint64                 entry_seq,
                  JsonObject            *details,
                  LiaConversationRecord *record,
                  GError               **error)
{
  g_autoptr (LiaCall) call = NULL;
  const LiaCallSegment *talk;

  if (details == NULL || !json_object_has_member (details, "uniqueid"))
    return TRUE;

  call = lia_wire_decode_call (details, error);
  if (call == NULL)
    return FALSE;

  if (call->queue[0] != '\0' && call->ended_ms == 0)
    record->place.queue_id = number_of (call->queue, "q");
  talk = lia_call_find_segment (call, LIA_SEGMENT_TALK, NULL);
  if (talk != NULL && record->place.assignee_id == 0)
    record->place.assignee_id = number_of (talk->agent, "a");

  return write_call (self, entry_seq, call, error) &&
         write_waits (self, entry_seq, call, error) &&
         write_segments (self, entry_seq, call, error) &&
         write_recordings (self, entry_seq, call, error) &&
         lia_project_finding_calls (self, error);
}
