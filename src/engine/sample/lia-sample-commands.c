/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-sample-call.h"
#include "lia-sample-commands.h"

/* What can be asked for. As a PBX does, a command says whether it is accepted; what comes of it is seen in the calls. */

#define COLLEAGUE_RINGS_MS (3 * LIA_SAMPLE_SECOND_MS)
#define PARKED_FOR_MS (4 * LIA_SAMPLE_MINUTE_MS)
#define PARKING_PLACE "701"

gboolean
lia_sample_refuse (GError      **error,
                   LiaPhoneError code,
                   const char   *why)
{
  g_set_error_literal (error, LIA_PHONE_ERROR, code, why);

  return FALSE;
}

static LiaSampleLine *
find_line (LiaSamplePhone *self,
           const char     *uniqueid)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      LiaSampleLine *line = self->lines->pdata[i];

      if (g_str_equal (line->call->uniqueid, uniqueid) && line->call->ended_ms == 0)
        return line;
    }

  return NULL;
}

LiaSampleSeat *
lia_sample_find_seat (LiaSamplePhone *self,
                      const char     *phone,
                      const char     *extension)
{
  for (guint i = 0; i < self->seats->len; i++)
    {
      LiaSampleSeat *seat = self->seats->pdata[i];

      if (g_strcmp0 (seat->phone, phone) == 0 || g_strcmp0 (seat->extension, extension) == 0)
        return seat;
    }

  return NULL;
}

/* Whom the agent wants to speak to, or to hand over to */
static LiaSampleSeat *
find_colleague (LiaSamplePhone *self,
                const char     *target,
                GError        **error)
{
  LiaSampleSeat *seat = lia_sample_find_seat (self, NULL, target);

  if (seat == NULL || seat == self->person)
    lia_sample_refuse (error, LIA_PHONE_ERROR_NO_TARGET, "From the sample only the colleagues in it can be reached.");
  else if (seat->line != NULL)
    lia_sample_refuse (error, LIA_PHONE_ERROR_STATE, "This colleague is in a call.");
  else
    return seat;

  return NULL;
}

static gboolean
needs_talk (const LiaSampleAsk *ask,
            GError            **error)
{
  if (ask->line->call->state == LIA_CALL_TALKING || ask->line->call->state == LIA_CALL_HELD || ask->line->call->state == LIA_CALL_CONSULTING)
    return TRUE;

  return lia_sample_refuse (error, LIA_PHONE_ERROR_STATE, "Nobody has answered yet.");
}

static gboolean
needs_customer (const LiaSampleAsk *ask,
                GError            **error)
{
  if (ask->line->call->state == LIA_CALL_CONSULTING)
    return lia_sample_refuse (error, LIA_PHONE_ERROR_STATE, "The customer waits while a colleague is asked.");

  return needs_talk (ask, error);
}

gboolean
lia_sample_needs_free_seat (const LiaSampleAsk *ask,
                            GError            **error)
{
  if (ask->seat == NULL)
    return lia_sample_refuse (error, LIA_PHONE_ERROR_UNREACHABLE, "The telephone is not there.");

  return ask->seat->line == NULL || lia_sample_refuse (error, LIA_PHONE_ERROR_STATE, "This telephone is in a call.");
}

gboolean
lia_sample_needs_waiting (const LiaSampleAsk *ask,
                          GError            **error)
{
  return lia_call_is_waiting (ask->line->call) || lia_sample_refuse (error, LIA_PHONE_ERROR_GONE, "This caller does not wait any more.");
}

static void
part (LiaSamplePhone     *self,
      const LiaSampleAsk *ask,
      LiaSegmentKind      kind)
{
  lia_sample_call_part (ask->line->call, ask->seat->agent, kind, self->now_ms);
}

/* A call of one's own ---------------------------------------------------------------------------------------------------------------------- */

static gboolean
run_dial (LiaSamplePhone     *self,
          const LiaSampleAsk *ask,
          GError            **error)
{
  if (!lia_sample_needs_free_seat (ask, error))
    return FALSE;
  lia_sample_phone_dial (self, ask->seat, ask->command->uniqueid, ask->command->target);

  return TRUE;
}

static gboolean
run_answer (LiaSamplePhone     *self,
            const LiaSampleAsk *ask,
            GError            **error)
{
  if (ask->line->seat != ask->seat || ask->line->call->state != LIA_CALL_RINGING)
    return lia_sample_refuse (error, LIA_PHONE_ERROR_STATE, "It does not ring.");
  lia_sample_phone_connect (self, ask->line);

  return TRUE;
}

/* The customer goes to the colleague who was asked. */
static void
hand_over (LiaSamplePhone *self,
           LiaSampleLine  *line)
{
  LiaSampleSeat *colleague = line->asked;

  lia_sample_phone_release (self, line, line->seat);
  lia_sample_call_part (line->call, colleague->agent, LIA_SEGMENT_TALK, self->now_ms);
  line->seat = colleague;
  line->asked = NULL;
  line->leaves_ms = self->now_ms + line->talk_ms;
}

/* Nobody is lost: whoever was rung for stays in the queue, and whoever a colleague speaks for goes to them. */
static gboolean
run_hangup (LiaSamplePhone     *self,
            const LiaSampleAsk *ask,
            GError            **error)
{
  LiaSampleLine *line = ask->line;

  if (line->seat != ask->seat)
    return lia_sample_refuse (error, LIA_PHONE_ERROR_STATE, "This telephone has no part in the call.");

  if (line->call->state == LIA_CALL_DIALLING)
    {
      lia_sample_phone_end (self, line, LIA_CALL_OUTCOME_CANCELLED);
    }
  else if (line->call->state == LIA_CALL_RINGING)
    {
      lia_sample_call_close_offer (line->call, ask->seat->agent, LIA_OFFER_REJECTED, self->now_ms);
      lia_sample_phone_release (self, line, ask->seat);
      line->step = NULL;
      line->step_ms = 0;
      line->taken = FALSE;
      self->next_ring_ms = self->now_ms + LIA_SAMPLE_MINUTE_MS;
    }
  else if (line->asked != NULL && line->step == NULL)
    {
      hand_over (self, line);
    }
  else
    {
      lia_sample_phone_end (self, line, LIA_CALL_OUTCOME_ANSWERED);
    }

  return TRUE;
}

static gboolean
run_hold (LiaSamplePhone     *self,
          const LiaSampleAsk *ask,
          GError            **error)
{
  if (!needs_customer (ask, error))
    return FALSE;
  part (self, ask, ask->command->on ? LIA_SEGMENT_HOLD : LIA_SEGMENT_TALK);

  return TRUE;
}

/* There is no sound that could be cut off, and nobody who would listen to keys. */
static gboolean
run_nothing (LiaSamplePhone     *self,
             const LiaSampleAsk *ask,
             GError            **error)
{
  return needs_talk (ask, error);
}

static gboolean
run_record (LiaSamplePhone     *self,
            const LiaSampleAsk *ask,
            GError            **error)
{
  if (!needs_talk (ask, error))
    return FALSE;
  ask->line->call->recording = ask->command->on;

  return TRUE;
}

static gboolean
run_park (LiaSamplePhone     *self,
          const LiaSampleAsk *ask,
          GError            **error)
{
  if (!needs_customer (ask, error))
    return FALSE;
  part (self, ask, LIA_SEGMENT_PARK);
  g_set_str (&ask->line->call->slot, PARKING_PLACE);
  ask->line->leaves_ms = self->now_ms + PARKED_FOR_MS;
  ask->line->seat = NULL;
  ask->seat->line = NULL;
  ask->seat->free_ms = self->now_ms;
  lia_sample_phone_set_member_state (self, ask->seat, LIA_MEMBER_FREE);

  return TRUE;
}

static gboolean
run_unpark (LiaSamplePhone     *self,
            const LiaSampleAsk *ask,
            GError            **error)
{
  LiaSampleLine  *line = ask->line;
  LiaCallSegment *parked = lia_call_find_segment (line->call, LIA_SEGMENT_PARK, NULL);

  if (line->call->state != LIA_CALL_PARKED || parked == NULL)
    return lia_sample_refuse (error, LIA_PHONE_ERROR_GONE, "This caller is not parked any more.");
  if (!lia_sample_needs_free_seat (ask, error))
    return FALSE;

  lia_sample_call_leave (line->call, parked->agent, self->now_ms);
  g_set_str (&line->call->slot, "");
  lia_sample_call_add_leg (line->call, LIA_LEG_AGENT, ask->seat->agent, ask->seat->phone, LIA_LEG_UP, self->now_ms);
  part (self, ask, LIA_SEGMENT_TALK);
  line->seat = ask->seat;
  ask->seat->line = line;
  line->leaves_ms = self->now_ms + PARKED_FOR_MS;
  lia_sample_phone_set_member_state (self, ask->seat, LIA_MEMBER_IN_USE);

  return TRUE;
}

static gboolean
run_park_or_take_back (LiaSamplePhone     *self,
                       const LiaSampleAsk *ask,
                       GError            **error)
{
  return ask->command->on ? run_park (self, ask, error) : run_unpark (self, ask, error);
}

/* With colleagues ------------------------------------------------------------------------------------------------------------------------- */

static gboolean
run_transfer (LiaSamplePhone     *self,
              const LiaSampleAsk *ask,
              GError            **error)
{
  LiaSampleSeat *colleague = needs_customer (ask, error) ? find_colleague (self, ask->command->target, error) : NULL;

  if (colleague == NULL)
    return FALSE;
  lia_sample_phone_release (self, ask->line, ask->seat);
  lia_sample_phone_ring (self, ask->line, colleague);

  return TRUE;
}

static void
colleague_answers (LiaSamplePhone *self,
                   LiaSampleLine  *line)
{
  line->step = NULL;
  line->step_ms = 0;
  lia_sample_call_close_offer (line->call, line->asked->agent, LIA_OFFER_ANSWERED, self->now_ms);
  lia_sample_call_part (line->call, line->asked->agent, LIA_SEGMENT_CONSULT, self->now_ms);
  lia_sample_phone_set_member_state (self, line->asked, LIA_MEMBER_IN_USE);
  line->changed = TRUE;
}

static gboolean
run_consult (LiaSamplePhone     *self,
             const LiaSampleAsk *ask,
             GError            **error)
{
  LiaSampleSeat *colleague = needs_customer (ask, error) ? find_colleague (self, ask->command->target, error) : NULL;

  if (colleague == NULL)
    return FALSE;
  part (self, ask, LIA_SEGMENT_CONSULT);
  lia_sample_call_offer (ask->line->call, colleague->agent, colleague->phone, self->now_ms);
  ask->line->asked = colleague;
  colleague->line = ask->line;
  lia_sample_phone_set_member_state (self, colleague, LIA_MEMBER_RINGING);
  lia_sample_phone_later (self, ask->line, COLLEAGUE_RINGS_MS, colleague_answers);

  return TRUE;
}

static gboolean
run_complete (LiaSamplePhone     *self,
              const LiaSampleAsk *ask,
              GError            **error)
{
  if (ask->line->asked == NULL || ask->line->step != NULL)
    return lia_sample_refuse (error, LIA_PHONE_ERROR_STATE, "The colleague has not answered.");
  hand_over (self, ask->line);

  return TRUE;
}

static gboolean
run_cancel (LiaSamplePhone     *self,
            const LiaSampleAsk *ask,
            GError            **error)
{
  LiaSampleSeat *colleague = ask->line->asked;

  if (colleague == NULL)
    return lia_sample_refuse (error, LIA_PHONE_ERROR_STATE, "No colleague is being asked.");
  ask->line->step = NULL;
  ask->line->step_ms = 0;
  lia_sample_call_close_offer (ask->line->call, colleague->agent, LIA_OFFER_CANCELLED, self->now_ms);
  lia_sample_phone_release (self, ask->line, colleague);
  part (self, ask, LIA_SEGMENT_TALK);

  return TRUE;
}

static gboolean
run_supervise (LiaSamplePhone     *self,
               const LiaSampleAsk *ask,
               GError            **error)
{
  return lia_sample_refuse (error, LIA_PHONE_ERROR_UNSUPPORTED, "There is nothing to be heard in the sample.");
}

static gboolean (*const runs[]) (LiaSamplePhone     *self,
                                 const LiaSampleAsk *ask,
                                 GError            **error) = {
  [LIA_PHONE_DIAL] = run_dial,
  [LIA_PHONE_ANSWER] = run_answer,
  [LIA_PHONE_HANGUP] = run_hangup,
  [LIA_PHONE_HOLD] = run_hold,
  [LIA_PHONE_MUTE] = run_nothing,
  [LIA_PHONE_DTMF] = run_nothing,
  [LIA_PHONE_TRANSFER] = run_transfer,
  [LIA_PHONE_CONSULT] = run_consult,
  [LIA_PHONE_COMPLETE] = run_complete,
  [LIA_PHONE_CANCEL] = run_cancel,
  [LIA_PHONE_PARK] = run_park_or_take_back,
  [LIA_PHONE_RECORD] = run_record,
  [LIA_PHONE_TAKE] = lia_sample_run_take,
  [LIA_PHONE_SUPERVISE] = run_supervise,
  [LIA_PHONE_PAUSE] = lia_sample_run_pause,
  [LIA_PHONE_LOGIN] = lia_sample_run_login,
  [LIA_PHONE_MOVE] = lia_sample_run_move,
  [LIA_PHONE_PRIORITY] = lia_sample_run_priority,
};

/* The agent's part in a call is asked for by its telephone; who waits and who is parked is everybody's. */
static gboolean
check (const LiaSampleAsk *ask,
       GError            **error)
{
  static const guint about_members = 1 << LIA_PHONE_DIAL | 1 << LIA_PHONE_SUPERVISE | 1 << LIA_PHONE_PAUSE | 1 << LIA_PHONE_LOGIN;
  static const guint about_anybody = 1 << LIA_PHONE_TAKE | 1 << LIA_PHONE_MOVE | 1 << LIA_PHONE_PRIORITY;
  guint              kind = 1 << ask->command->kind;

  if ((kind & about_members) != 0)
    return TRUE;
  if (ask->line == NULL)
    return lia_sample_refuse (error, LIA_PHONE_ERROR_GONE, "The call is over.");
  if ((kind & about_anybody) != 0 || ask->line->call->state == LIA_CALL_PARKED || (ask->seat != NULL && ask->line->seat == ask->seat))
    return TRUE;

  return lia_sample_refuse (error, LIA_PHONE_ERROR_STATE, "This telephone has no part in the call.");
}

/* Pauses that follow from what colleagues do are asked for by nobody. */
static void
attend (LiaSamplePhone     *self,
        const LiaSampleAsk *ask)
{
  if (ask->command->kind == LIA_PHONE_PAUSE && (self->person == NULL || !g_str_equal (ask->command->target, self->person->phone)))
    return;
  self->unattended = 0;
  if (self->next_caller_ms == G_MAXINT64)
    self->next_caller_ms = self->now_ms;
}

gboolean
lia_sample_phone_command (LiaSamplePhone  *self,
                          LiaPhoneCommand *command,
                          GError         **error)
{
  const LiaSampleAsk ask = { find_line (self, command->uniqueid), lia_sample_find_seat (self, command->phone, NULL), command };

  if (!check (&ask, error) || !runs[command->kind](self, &ask, error))
    return FALSE;
  if (ask.line != NULL)
    ask.line->changed = TRUE;
  attend (self, &ask);
  lia_sample_phone_settle (self);

  return TRUE;
}
