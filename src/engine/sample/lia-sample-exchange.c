/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-sample-call.h"
#include "lia-sample-phone-private.h"

/*
 * What happens by itself. Each call has at most two things before it: what its telephones do next (`step`), and that its customer hangs up
 * (`leaves_ms`). Whoever changes a call marks it; lia_sample_phone_settle() tells all that is marked.
 */

#define MOST_WAITING 5
#define FEW_WAITING 2
#define FULL_MS (20 * LIA_SAMPLE_SECOND_MS)
#define PERSON_RINGS_MS (20 * LIA_SAMPLE_SECOND_MS)
#define BETWEEN_RINGS_MS (90 * LIA_SAMPLE_SECOND_MS)
#define AFTER_MISSED_MS (6 * LIA_SAMPLE_MINUTE_MS)
#define DIALLED_RINGS_MS (15 * LIA_SAMPLE_SECOND_MS)
#define LEFT_ALONE 400 /* callers that nobody did anything about */

/** lia_sample_phone_draw: a number from @least to @most. */
gint64
lia_sample_phone_draw (LiaSamplePhone *self,
                       gint64          least,
                       gint64          most)
{
  return least + (gint64)(g_rand_double (self->rand) * (double)(most - least));
}

void
lia_sample_phone_later (LiaSamplePhone *self,
                        LiaSampleLine  *line,
                        gint64          in_ms,
                        LiaSampleStep   step)
{
  line->step = step;
  line->step_ms = self->now_ms + in_ms;
}

static void
cancel_step (LiaSampleLine *line)
{
  line->step = NULL;
  line->step_ms = 0;
}

void
lia_sample_phone_set_member_state (LiaSamplePhone *self,
                                   LiaSampleSeat  *seat,
                                   LiaMemberState  state)
{
  for (guint i = 0; i < seat->members->len; i++)
    {
      LiaQueueMember *member = seat->members->pdata[i];

      if (member->state == state)
        continue;
      member->state = state;
      member->since_ms = self->now_ms;
      seat->changed = TRUE;
    }
}

/* Calls come and end ---------------------------------------------------------------------------------------------------------------------- */

static LiaSampleLine *
add_line (LiaSamplePhone  *self,
          const char      *uniqueid,
          LiaCallDirection direction)
{
  LiaSampleLine   *line = g_new0 (LiaSampleLine, 1);
  g_autofree char *name = uniqueid != NULL ? g_strdup (uniqueid) : g_strdup_printf ("%" G_GINT64_FORMAT ".%u", self->opened_ms, ++self->n_calls);

  line->call = lia_sample_call_new (self->pbx_id, name, direction, self->now_ms);
  line->changed = TRUE;
  g_ptr_array_add (self->lines, line);

  return line;
}

static guint
count_waiting (LiaSamplePhone *self)
{
  guint n = 0;

  for (guint i = 0; i < self->lines->len; i++)
    n += lia_call_is_waiting (((LiaSampleLine *)self->lines->pdata[i])->call) ? 1 : 0;

  return n;
}

/* Callers come in bursts, and sooner while hardly anybody waits. */
static gint64
draw_gap (LiaSamplePhone *self)
{
  double u = g_rand_double (self->rand);
  gint64 mean_ms = count_waiting (self) < FEW_WAITING ? self->pace_ms * 2 / 3 : self->pace_ms;

  return 2 * LIA_SAMPLE_SECOND_MS + (gint64)((double)mean_ms * 3 * u * u);
}

static void
let_in (LiaSamplePhone *self)
{
  LiaSampleCaller *caller;
  LiaSampleLine   *line;

  if (self->unattended >= LEFT_ALONE)
    {
      self->next_caller_ms = G_MAXINT64;
      return;
    }
  self->next_caller_ms = self->now_ms + (count_waiting (self) < MOST_WAITING ? draw_gap (self) : FULL_MS);
  if (count_waiting (self) >= MOST_WAITING)
    return;

  self->unattended++;
  caller = lia_sample_callers_pick (self->callers, self->n_callers++, self->rand);
  line = add_line (self, NULL, LIA_CALL_IN);
  g_set_str (&line->call->number, caller->number);
  g_set_str (&line->call->name, caller->name);
  line->call->withheld = caller->withheld;
  lia_sample_call_add_leg (line->call, LIA_LEG_CUSTOMER, "", "PJSIP/trunk", LIA_LEG_UP, self->now_ms);
  lia_sample_call_wait (line->call, caller->queue, self->now_ms);
  line->talk_ms = caller->talk_ms;
  line->leaves_ms = self->now_ms + caller->patience_ms;
}

static void
remember_missed (LiaSamplePhone *self,
                 LiaCall        *call)
{
  LiaSampleMissed *missed;

  lia_sample_phone_forget_missed (self, call->number);
  if (call->withheld)
    return;
  missed = g_new0 (LiaSampleMissed, 1);
  missed->number = g_strdup (call->number);
  missed->due_ms = self->now_ms + lia_sample_phone_draw (self, 4 * LIA_SAMPLE_MINUTE_MS, 9 * LIA_SAMPLE_MINUTE_MS);
  g_ptr_array_add (self->missed, missed);
}

/* Somebody speaks to them. */
void
lia_sample_phone_forget_missed (LiaSamplePhone *self,
                                const char     *number)
{
  for (guint i = self->missed->len; i-- > 0;)
    {
      if (g_str_equal (((LiaSampleMissed *)self->missed->pdata[i])->number, number))
        g_ptr_array_remove_index (self->missed, i);
    }
}

void
lia_sample_phone_release (LiaSamplePhone *self,
                          LiaSampleLine  *line,
                          LiaSampleSeat  *seat)
{
  if (line->seat == seat)
    line->seat = NULL;
  if (line->asked == seat)
    line->asked = NULL;
  if (seat == NULL || seat->line != line)
    return;
  lia_sample_call_leave (line->call, seat->agent, self->now_ms);
  seat->line = NULL;
  seat->free_ms = self->now_ms + (seat == self->person ? 0 : lia_sample_phone_draw (self, 4, 15) * LIA_SAMPLE_SECOND_MS);
  lia_sample_phone_set_member_state (self, seat, LIA_MEMBER_FREE);
  line->changed = TRUE;
}

void
lia_sample_phone_end (LiaSamplePhone *self,
                      LiaSampleLine  *line,
                      LiaCallOutcome  outcome)
{
  lia_sample_call_end (line->call, outcome, self->now_ms);
  lia_sample_phone_release (self, line, line->seat);
  lia_sample_phone_release (self, line, line->asked);
  cancel_step (line);
  line->leaves_ms = 0;
  line->changed = TRUE;
  if (outcome == LIA_CALL_OUTCOME_ABANDONED)
    remember_missed (self, line->call);
}

/* A person who is rung just when the customer gives up is not to blame. */
static void
leave (LiaSamplePhone *self,
       LiaSampleLine  *line)
{
  lia_sample_phone_end (self, line, line->call->answered_ms != 0 ? LIA_CALL_OUTCOME_ANSWERED : LIA_CALL_OUTCOME_ABANDONED);
}

/* Telephones ring and answer -------------------------------------------------------------------------------------------------------------- */

static void
go_on_talking (LiaSamplePhone *self,
               LiaSampleLine  *line)
{
  cancel_step (line);
  lia_sample_call_part (line->call, line->seat->agent, LIA_SEGMENT_TALK, self->now_ms);
  line->changed = TRUE;
}

/* A colleague looks something up. */
static void
look_up (LiaSamplePhone *self,
         LiaSampleLine  *line)
{
  lia_sample_call_part (line->call, line->seat->agent, LIA_SEGMENT_HOLD, self->now_ms);
  line->changed = TRUE;
  lia_sample_phone_later (self, line, lia_sample_phone_draw (self, 8, 20) * LIA_SAMPLE_SECOND_MS, go_on_talking);
}

void
lia_sample_phone_connect (LiaSamplePhone *self,
                          LiaSampleLine  *line)
{
  const char *agent = line->seat->agent;

  cancel_step (line);
  lia_sample_call_stop_waiting (line->call, line->taken ? LIA_WAIT_GRABBED : LIA_WAIT_ANSWERED, self->now_ms);
  lia_sample_call_close_offer (line->call, agent, LIA_OFFER_ANSWERED, self->now_ms);
  lia_sample_call_part (line->call, agent, LIA_SEGMENT_TALK, self->now_ms);
  lia_sample_phone_set_member_state (self, line->seat, LIA_MEMBER_IN_USE);
  lia_sample_phone_forget_missed (self, line->call->number);
  line->taken = FALSE;
  line->changed = TRUE;
  line->leaves_ms = self->now_ms + line->talk_ms * (line->seat == self->person ? 3 : 1);
  if (line->seat == self->person)
    self->next_ring_ms = self->now_ms + line->talk_ms + BETWEEN_RINGS_MS;
  else if (lia_sample_phone_draw (self, 0, 4) == 0)
    lia_sample_phone_later (self, line, line->talk_ms / 3, look_up);
}

static void
give_up_ringing (LiaSamplePhone *self,
                 LiaSampleLine  *line)
{
  cancel_step (line);
  lia_sample_call_close_offer (line->call, line->seat->agent, LIA_OFFER_NO_ANSWER, self->now_ms);
  lia_sample_phone_release (self, line, line->seat);
  self->next_ring_ms = self->now_ms + AFTER_MISSED_MS;
}

void
lia_sample_phone_ring (LiaSamplePhone *self,
                       LiaSampleLine  *line,
                       LiaSampleSeat  *seat)
{
  line->seat = seat;
  seat->line = line;
  line->changed = TRUE;
  lia_sample_call_offer (line->call, seat->agent, seat->phone, self->now_ms);
  lia_sample_phone_set_member_state (self, seat, LIA_MEMBER_RINGING);
  if (seat == self->person && !line->taken)
    lia_sample_phone_later (self, line, PERSON_RINGS_MS, give_up_ringing);
  else if (seat == self->person)
    lia_sample_phone_later (self, line, LIA_SAMPLE_SECOND_MS, lia_sample_phone_connect);
  else
    lia_sample_phone_later (self, line, lia_sample_phone_draw (self, 2, 7) * LIA_SAMPLE_SECOND_MS, lia_sample_phone_connect);
}

/* Outgoing -------------------------------------------------------------------------------------------------------------------------------- */

static void
not_answered (LiaSamplePhone *self,
              LiaSampleLine  *line)
{
  lia_sample_phone_end (self, line, LIA_CALL_OUTCOME_NO_ANSWER);
}

static void
customer_answers (LiaSamplePhone *self,
                  LiaSampleLine  *line)
{
  LiaCallLeg *customer = line->call->legs->pdata[line->call->legs->len - 1];

  customer->state = LIA_LEG_UP;
  lia_sample_phone_connect (self, line);
}

/* The agent's own telephone is up: now the other one rings. Some do not answer. */
static void
ring_customer (LiaSamplePhone *self,
               LiaSampleLine  *line)
{
  lia_sample_call_close_offer (line->call, line->seat->agent, LIA_OFFER_ANSWERED, self->now_ms);
  lia_sample_call_add_leg (line->call, LIA_LEG_CUSTOMER, "", "PJSIP/trunk", LIA_LEG_RINGING, self->now_ms);
  lia_sample_phone_set_member_state (self, line->seat, LIA_MEMBER_IN_USE);
  line->changed = TRUE;
  if (lia_sample_phone_draw (self, 0, 5) == 0)
    lia_sample_phone_later (self, line, DIALLED_RINGS_MS, not_answered);
  else
    lia_sample_phone_later (self, line, lia_sample_phone_draw (self, 3, 9) * LIA_SAMPLE_SECOND_MS, customer_answers);
}

/** lia_sample_phone_dial: @uniqueid: (nullable): the call's name. Nobody is called: what follows is made up, too. */
LiaSampleLine *
lia_sample_phone_dial (LiaSamplePhone *self,
                       LiaSampleSeat  *seat,
                       const char     *uniqueid,
                       const char     *number)
{
  LiaSampleLine *line = add_line (self, uniqueid, LIA_CALL_OUT);

  g_set_str (&line->call->number, number);
  line->talk_ms = lia_sample_phone_draw (self, 30, 90) * LIA_SAMPLE_SECOND_MS;
  line->seat = seat;
  seat->line = line;
  lia_sample_call_offer (line->call, seat->agent, seat->phone, self->now_ms);
  lia_sample_phone_set_member_state (self, seat, LIA_MEMBER_RINGING);
  lia_sample_phone_later (self, line, LIA_SAMPLE_SECOND_MS, ring_customer);

  return line;
}

/* Time ------------------------------------------------------------------------------------------------------------------------------------ */

static void
step_line (LiaSamplePhone *self,
           LiaSampleLine  *line)
{
  if (line->step_ms != 0 && line->step_ms <= self->now_ms)
    line->step (self, line);
  else if (line->leaves_ms != 0 && line->leaves_ms <= self->now_ms)
    leave (self, line);
}

static void
step_all (LiaSamplePhone *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    step_line (self, self->lines->pdata[i]);
  if (self->next_caller_ms <= self->now_ms)
    let_in (self);
}

static void
hasten (gint64 *deadline_ms,
        gint64  at_ms)
{
  if (at_ms != 0 && at_ms < *deadline_ms)
    *deadline_ms = at_ms;
}

/** lia_sample_phone_get_deadline: when something happens next. */
gint64
lia_sample_phone_get_deadline (LiaSamplePhone *self)
{
  gint64 deadline_ms = self->next_caller_ms;

  for (guint i = 0; i < self->lines->len; i++)
    {
      LiaSampleLine *line = self->lines->pdata[i];

      hasten (&deadline_ms, line->step_ms);
      hasten (&deadline_ms, line->leaves_ms);
    }
  for (guint i = 0; i < self->missed->len; i++)
    {
      LiaSampleMissed *missed = self->missed->pdata[i];

      if (missed->due_ms > self->now_ms)
        hasten (&deadline_ms, missed->due_ms);
    }
  for (guint i = 0; i < self->seats->len; i++)
    {
      LiaSampleSeat *seat = self->seats->pdata[i];

      if (seat->free_ms > self->now_ms)
        hasten (&deadline_ms, seat->free_ms);
    }
  if (self->person != NULL && self->next_ring_ms > self->now_ms)
    hasten (&deadline_ms, self->next_ring_ms);

  return deadline_ms;
}

void
lia_sample_phone_play (LiaSamplePhone *self,
                       gint64          until_ms)
{
  gint64 deadline_ms;

  while ((deadline_ms = lia_sample_phone_get_deadline (self)) <= until_ms)
    {
      self->now_ms = MAX (self->now_ms, deadline_ms);
      step_all (self);
      lia_sample_phone_settle (self);
    }
  self->now_ms = MAX (self->now_ms, until_ms);
}
