/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sample's telephone system by a clock of the test's own. */

#include "lia-agent.h"
#include "lia-sample-phone-private.h"

#define START_MS G_GINT64_CONSTANT (1767603600000)
#define HOUR_MS (60 * LIA_SAMPLE_MINUTE_MS)

static const struct
{
  const char *id;
  const char *phone;
  const char *extension;
  const char *availability;
} staff[] = {
  { "a_1", LIA_SAMPLE_OWN_PHONE, "201", "available" },
  { "a_2", "PJSIP/tom", "202", "available" },
  { "a_3", "PJSIP/sofie", "203", "paused" },
  { "a_4", "PJSIP/kenji", "204", "available" },
};

/* What the system told, and what it has to be like. */
typedef struct
{
  LiaSamplePhone *phone;
  GHashTable     *calls; /* char *: uniqueid -> LiaCall, the last that was told */
  GHashTable     *ended; /* char *: uniqueid */
  GHashTable     *numbers;
  guint           most_live;
  guint           n_withheld;
} Fixture;

/* An agent has one thing to do with a call at a time; a call that has ended has nothing open. */
static void
check_call (LiaCall *call)
{
  for (guint i = 0; i < call->segments->len; i++)
    {
      const LiaCallSegment *segment = call->segments->pdata[i];

      g_assert_cmpstr (segment->agent, !=, "");
      g_assert_true (segment->to_ms == 0 || segment->to_ms >= segment->from_ms);
      for (guint j = 0; j < i; j++)
        {
          const LiaCallSegment *before = call->segments->pdata[j];

          g_assert_false (g_str_equal (before->agent, segment->agent) && before->to_ms == 0);
        }
      g_assert_true (call->ended_ms == 0 || segment->to_ms != 0);
    }
  for (guint i = 0; i < call->waits->len; i++)
    g_assert_true (call->ended_ms == 0 || ((LiaCallWait *)call->waits->pdata[i])->to_ms != 0);
  for (guint i = 0; i < call->legs->len; i++)
    g_assert_true (call->ended_ms == 0 || ((LiaCallLeg *)call->legs->pdata[i])->ended_ms != 0);
  g_assert_cmpint (call->ended_ms != 0, ==, call->outcome != LIA_CALL_OUTCOME_NONE);
}

static void
on_call_changed (LiaPhoneProvider *provider,
                 LiaCall          *call,
                 Fixture          *self)
{
  check_call (call);
  g_assert_false (g_hash_table_contains (self->ended, call->uniqueid));
  self->n_withheld += call->withheld && !g_hash_table_contains (self->calls, call->uniqueid) ? 1 : 0;
  if (call->ended_ms != 0)
    g_hash_table_add (self->ended, g_strdup (call->uniqueid));
  if (call->direction == LIA_CALL_IN)
    g_hash_table_add (self->numbers, g_strdup (call->number));
  g_hash_table_insert (self->calls, g_strdup (call->uniqueid), g_object_ref (call));
  self->most_live = MAX (self->most_live, self->phone->lines->len);
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (GPtrArray) agents = g_ptr_array_new_with_free_func (g_object_unref);

  self->phone = lia_sample_phone_new ("h_2", LIA_SAMPLE_SEED);
  self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->ended = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_signal_connect (self->phone, "call-changed", G_CALLBACK (on_call_changed), self);
  for (gsize i = 0; i < G_N_ELEMENTS (staff); i++)
    {
      LiaAgent *agent = lia_agent_new ();

      g_set_str (&agent->id, staff[i].id);
      g_set_str (&agent->name, staff[i].id);
      g_set_str (&agent->phone, staff[i].phone);
      g_set_str (&agent->extension, staff[i].extension);
      g_set_str (&agent->availability, staff[i].availability);
      g_ptr_array_add (agents, agent);
    }
  lia_phone_provider_set_agents (LIA_PHONE_PROVIDER (self->phone), agents);
  lia_sample_phone_open (self->phone, START_MS, LIA_SAMPLE_PACE_MS);
  lia_sample_phone_use_person (self->phone, START_MS + 5 * LIA_SAMPLE_MINUTE_MS);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_hash_table_unref (self->calls);
  g_hash_table_unref (self->ended);
  g_hash_table_unref (self->numbers);
  g_assert_finalize_object (self->phone);
}

static void
play_for (Fixture *self,
          gint64   span_ms)
{
  lia_sample_phone_play (self->phone, self->phone->now_ms + span_ms);
}

static guint
count (Fixture     *self,
       LiaCallState state)
{
  g_autoptr (GPtrArray) calls = lia_phone_provider_dup_calls (LIA_PHONE_PROVIDER (self->phone));
  guint n = 0;

  for (guint i = 0; i < calls->len; i++)
    n += ((LiaCall *)calls->pdata[i])->state == state ? 1 : 0;

  return n;
}

static LiaCall *
find_told (Fixture *self,
           gboolean (*fits) (LiaCall *call))
{
  GHashTableIter iter;
  LiaCall       *call;

  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&call))
    {
      if (fits (call))
        return call;
    }

  return NULL;
}

static guint
count_told (Fixture *self,
            gboolean (*fits) (LiaCall *call))
{
  g_autoptr (GPtrArray) calls = g_hash_table_get_values_as_ptr_array (self->calls);
  guint n = 0;

  for (guint i = 0; i < calls->len; i++)
    n += fits (calls->pdata[i]) ? 1 : 0;

  return n;
}

/* Plays until a call fits, for an hour at the most. */
static LiaCall *
wait_for (Fixture *self,
          gboolean (*fits) (LiaCall *call))
{
  for (guint i = 0; i < 3600; i++)
    {
      LiaCall *call = find_told (self, fits);

      if (call != NULL)
        return call;
      play_for (self, LIA_SAMPLE_SECOND_MS);
    }
  g_assert_not_reached ();
}

/* Outlives the call that was told */
static const char *
name_of (LiaCall *call)
{
  return g_intern_string (call->uniqueid);
}

static LiaCall *
told (Fixture    *self,
      const char *uniqueid)
{
  return g_hash_table_lookup (self->calls, uniqueid);
}

static gboolean
ask (Fixture            *self,
     LiaPhoneCommandKind kind,
     const char         *uniqueid,
     const char         *target,
     gboolean            on)
{
  g_autoptr (LiaPhoneCommand) command = lia_phone_command_new (kind);
  g_autoptr (GError) error = NULL;
  gboolean done;

  g_set_str (&command->uniqueid, uniqueid);
  g_set_str (&command->phone, LIA_SAMPLE_OWN_PHONE);
  g_set_str (&command->target, target);
  command->on = on;
  done = lia_sample_phone_command (self->phone, command, &error);
  g_assert_true (done || error->domain == LIA_PHONE_ERROR);

  return done;
}

static const LiaCallSegment *
last_part (LiaCall *call)
{
  return call->segments->pdata[call->segments->len - 1];
}

static gboolean
waits (LiaCall *call)
{
  return call->state == LIA_CALL_WAITING;
}

static gboolean
rings_me (LiaCall *call)
{
  const LiaCallLeg *leg = call->legs->pdata[call->legs->len - 1];

  return call->state == LIA_CALL_RINGING && leg->state == LIA_LEG_RINGING && g_str_equal (leg->agent, "a_1");
}

static gboolean
gave_up (LiaCall *call)
{
  return call->outcome == LIA_CALL_OUTCOME_ABANDONED && !call->withheld;
}

static gboolean
is_outgoing (LiaCall *call)
{
  return call->direction == LIA_CALL_OUT && call->answered_ms != 0;
}

static gboolean
is_on_hold (LiaCall *call)
{
  return call->state == LIA_CALL_HELD;
}

/* Takes who waits; one second later they talk. */
static const char *
take (Fixture *self)
{
  const char *uniqueid = name_of (wait_for (self, waits));
  LiaCall    *call;

  g_assert_true (ask (self, LIA_PHONE_TAKE, uniqueid, "", TRUE));
  g_assert_cmpint (told (self, uniqueid)->state, ==, LIA_CALL_RINGING);
  play_for (self, LIA_SAMPLE_SECOND_MS);
  call = told (self, uniqueid);
  g_assert_cmpint (call->state, ==, LIA_CALL_TALKING);
  g_assert_cmpstr (last_part (call)->agent, ==, "a_1");
  g_assert_cmpint (lia_call_last_wait (call)->result, ==, LIA_WAIT_GRABBED);

  return uniqueid;
}

/* Who is taken and refused has waited all the time. */
static void
test_take_and_refuse (Fixture      *self,
                      gconstpointer data)
{
  const char *uniqueid = name_of (wait_for (self, waits));
  LiaCall    *call;

  g_assert_true (ask (self, LIA_PHONE_TAKE, uniqueid, "", TRUE));
  g_assert_true (ask (self, LIA_PHONE_HANGUP, uniqueid, "", TRUE));
  call = told (self, uniqueid);
  g_assert_cmpint (call->state, ==, LIA_CALL_WAITING);
  g_assert_cmpuint (call->waits->len, ==, 1);
  g_assert_cmpint (lia_call_last_wait (call)->result, ==, LIA_WAIT_OPEN);
}

static void
test_first_minutes (Fixture      *self,
                    gconstpointer data)
{
  play_for (self, 4 * LIA_SAMPLE_MINUTE_MS);

  g_assert_cmpuint (count (self, LIA_CALL_WAITING) + count (self, LIA_CALL_RINGING), >=, 2);
  g_assert_cmpuint (count (self, LIA_CALL_TALKING) + count (self, LIA_CALL_HELD), >=, 1);
  g_assert_null (find_told (self, rings_me));
  play_for (self, 6 * LIA_SAMPLE_MINUTE_MS);
  g_assert_cmpuint (self->n_withheld, ==, 1);
}

static void
test_it_rings_me (Fixture      *self,
                  gconstpointer data)
{
  const char *uniqueid = name_of (wait_for (self, rings_me));
  LiaCall    *call;

  g_assert_cmpint (self->phone->now_ms, >=, START_MS + 5 * LIA_SAMPLE_MINUTE_MS);
  play_for (self, 21 * LIA_SAMPLE_SECOND_MS);
  call = told (self, uniqueid);
  g_assert_false (rings_me (call));
  g_assert_true (ask (self, LIA_PHONE_ANSWER, name_of (wait_for (self, rings_me)), "", TRUE));
  g_assert_cmpuint (count (self, LIA_CALL_TALKING), >=, 1);
}

static void
test_who_gives_up_is_called (Fixture      *self,
                             gconstpointer data)
{
  g_autoptr (LiaCall) outgoing = g_object_ref (wait_for (self, is_outgoing));
  GHashTableIter iter;
  LiaCall       *call;
  guint          n_given_up = 0;

  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&call))
    n_given_up += gave_up (call) && g_str_equal (call->number, outgoing->number) && call->ended_ms < outgoing->created_ms ? 1 : 0;
  g_assert_cmpuint (n_given_up, ==, 1);
  wait_for (self, is_on_hold);
}

static void
test_my_call (Fixture      *self,
              gconstpointer data)
{
  const char *uniqueid = take (self);

  g_assert_true (ask (self, LIA_PHONE_HOLD, uniqueid, "", TRUE));
  g_assert_cmpint (told (self, uniqueid)->state, ==, LIA_CALL_HELD);
  play_for (self, 5 * LIA_SAMPLE_SECOND_MS);
  g_assert_true (ask (self, LIA_PHONE_HOLD, uniqueid, "", FALSE));
  g_assert_cmpint (told (self, uniqueid)->hold_ms, ==, 5 * LIA_SAMPLE_SECOND_MS);
  g_assert_true (ask (self, LIA_PHONE_MUTE, uniqueid, "", TRUE));
  g_assert_true (ask (self, LIA_PHONE_RECORD, uniqueid, "", TRUE));
  g_assert_true (told (self, uniqueid)->recording);

  g_assert_true (ask (self, LIA_PHONE_PARK, uniqueid, "", TRUE));
  g_assert_cmpint (told (self, uniqueid)->state, ==, LIA_CALL_PARKED);
  g_assert_false (ask (self, LIA_PHONE_HOLD, uniqueid, "", TRUE));
  g_assert_true (ask (self, LIA_PHONE_PARK, uniqueid, "", FALSE));
  g_assert_cmpint (told (self, uniqueid)->state, ==, LIA_CALL_TALKING);

  g_assert_true (ask (self, LIA_PHONE_HANGUP, uniqueid, "", TRUE));
  g_assert_cmpint (told (self, uniqueid)->outcome, ==, LIA_CALL_OUTCOME_ANSWERED);
  g_assert_false (ask (self, LIA_PHONE_HANGUP, uniqueid, "", TRUE));
}

static const char *
free_colleague (Fixture *self)
{
  for (guint i = 1; i < self->phone->seats->len; i++)
    {
      LiaSampleSeat *seat = self->phone->seats->pdata[i];

      if (seat->line == NULL)
        return seat->extension;
    }
  g_assert_not_reached ();
}

static void
test_a_colleague_is_asked (Fixture      *self,
                           gconstpointer data)
{
  const char *uniqueid = take (self);
  const char *colleague = free_colleague (self);

  g_assert_false (ask (self, LIA_PHONE_CONSULT, uniqueid, "+441632960999", TRUE));
  g_assert_true (ask (self, LIA_PHONE_CONSULT, uniqueid, colleague, TRUE));
  g_assert_cmpint (told (self, uniqueid)->state, ==, LIA_CALL_CONSULTING);
  g_assert_false (ask (self, LIA_PHONE_COMPLETE, uniqueid, "", TRUE));
  g_assert_true (ask (self, LIA_PHONE_CANCEL, uniqueid, "", TRUE));
  g_assert_cmpint (told (self, uniqueid)->state, ==, LIA_CALL_TALKING);

  g_assert_true (ask (self, LIA_PHONE_CONSULT, uniqueid, colleague, TRUE));
  play_for (self, 4 * LIA_SAMPLE_SECOND_MS);
  g_assert_true (ask (self, LIA_PHONE_COMPLETE, uniqueid, "", TRUE));
  g_assert_cmpint (told (self, uniqueid)->state, ==, LIA_CALL_TALKING);
  g_assert_cmpstr (last_part (told (self, uniqueid))->agent, !=, "a_1");
  play_for (self, 10 * LIA_SAMPLE_MINUTE_MS);
  g_assert_cmpint (told (self, uniqueid)->outcome, ==, LIA_CALL_OUTCOME_ANSWERED);
}

static void
test_transfer (Fixture      *self,
               gconstpointer data)
{
  const char *uniqueid = take (self);

  g_assert_false (ask (self, LIA_PHONE_TRANSFER, uniqueid, "999", TRUE));
  g_assert_true (ask (self, LIA_PHONE_TRANSFER, uniqueid, free_colleague (self), TRUE));
  g_assert_cmpint (told (self, uniqueid)->state, ==, LIA_CALL_RINGING);
  play_for (self, 10 * LIA_SAMPLE_SECOND_MS);
  g_assert_cmpint (told (self, uniqueid)->state, ==, LIA_CALL_TALKING);
}

static void
test_nobody_is_dialled (Fixture      *self,
                        gconstpointer data)
{
  g_assert_true (ask (self, LIA_PHONE_DIAL, "lia-1", "+441632960114", TRUE));
  g_assert_cmpint (told (self, "lia-1")->state, ==, LIA_CALL_DIALLING);
  g_assert_false (ask (self, LIA_PHONE_DIAL, "lia-2", "+441632960114", TRUE));
  play_for (self, 20 * LIA_SAMPLE_SECOND_MS);
  g_assert_true (told (self, "lia-1")->answered_ms != 0 || told (self, "lia-1")->outcome == LIA_CALL_OUTCOME_NO_ANSWER);
}

/* For two days somebody uses it: it goes on, with as many calls at a time and the same people. */
static void
test_it_goes_on (Fixture      *self,
                 gconstpointer data)
{
  guint before = 0;

  for (guint hour = 0; hour < 48; hour++)
    {
      g_autofree char *uniqueid = g_strdup_printf ("lia-%u", hour);

      play_for (self, HOUR_MS);
      ask (self, LIA_PHONE_DIAL, uniqueid, "+441632960114", TRUE);
      g_assert_cmpuint (g_hash_table_size (self->calls), >, before + 20);
      before = g_hash_table_size (self->calls);
    }
  g_test_message ("%u calls, %u of them given up, %u numbers, %u at a time", before, count_told (self, gave_up), g_hash_table_size (self->numbers), self->most_live);
  g_assert_cmpuint (count_told (self, gave_up), <, before / 5);
  g_assert_cmpuint (self->most_live, <, 15);
  g_assert_cmpuint (g_hash_table_size (self->numbers), <=, 69);
  g_assert_cmpuint (self->n_withheld, ==, 1);
  g_assert_cmpuint (self->phone->missed->len, <, 10);
}

static void
test_left_alone_it_rests (Fixture      *self,
                          gconstpointer data)
{
  guint n_calls;

  play_for (self, 12 * HOUR_MS);
  n_calls = g_hash_table_size (self->calls);
  g_assert_cmpuint (self->phone->lines->len, ==, 0);
  play_for (self, 12 * HOUR_MS);
  g_assert_cmpuint (g_hash_table_size (self->calls), ==, n_calls);
  g_assert_cmpint (lia_sample_phone_get_deadline (self->phone), ==, G_MAXINT64);

  g_assert_true (ask (self, LIA_PHONE_PAUSE, "", LIA_SAMPLE_OWN_PHONE, TRUE));
  play_for (self, HOUR_MS);
  g_assert_cmpuint (g_hash_table_size (self->calls), >, n_calls + 20);
}

#define ADD(name, function) g_test_add ("/sample-phone/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("first-minutes", test_first_minutes);
  ADD ("take-and-refuse", test_take_and_refuse);
  ADD ("it-rings-me", test_it_rings_me);
  ADD ("who-gives-up-is-called", test_who_gives_up_is_called);
  ADD ("my-call", test_my_call);
  ADD ("a-colleague-is-asked", test_a_colleague_is_asked);
  ADD ("transfer", test_transfer);
  ADD ("nobody-is-dialled", test_nobody_is_dialled);
  ADD ("it-goes-on", test_it_goes_on);
  ADD ("left-alone-it-rests", test_left_alone_it_rests);

  return g_test_run ();
}
