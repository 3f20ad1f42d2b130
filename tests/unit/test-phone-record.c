/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calls into the store: whose they are, where they go, and that none is written twice. */

#include "lia-phone-record.h"

#include "lia-audit.h"
#include "lia-projections.h"
#include "lia-test-journal.h"

typedef struct
{
  LiaDb *db;
  gint64 channel;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer unused)
{
  self->db = test_open_memory ();
  self->channel = test_append (self->db, "channel.changed", 0, 0, 0, TEST_NOON, "{\"kind\":\"phone\",\"name\":\"PBX\",\"queue\":1,\"config\":{}}");
}

static void
tear_down (Fixture      *self,
           gconstpointer unused)
{
  lia_db_close (self->db);
}

static gint64
add_customer (Fixture    *self,
              const char *number)
{
  g_autofree char *data = g_strdup_printf ("{\"name\":\"Ann Lee\",\"addresses\":[{\"kind\":\"phone\",\"value\":\"%s\"}]}", number);

  return test_append (self->db, "customer.created", 0, 0, 0, TEST_NOON, data);
}

static LiaCall *
new_call (const char *uniqueid,
          const char *number,
          const char *e164)
{
  LiaCall     *call = lia_call_new ();
  LiaCallWait *wait = lia_call_wait_new ();

  g_set_str (&call->pbx, "h_3");
  g_set_str (&call->uniqueid, uniqueid);
  g_set_str (&call->number, number);
  g_set_str (&call->e164, e164);
  g_set_str (&call->queue, "q_1");
  call->state = LIA_CALL_WAITING;
  call->created_ms = TEST_NOON;
  g_set_str (&wait->queue, "q_1");
  wait->from_ms = TEST_NOON;
  g_ptr_array_add (call->waits, wait);

  return call;
}

static void
end (LiaCall       *call,
     LiaCallOutcome outcome,
     LiaWaitResult  result)
{
  LiaCallWait *wait = lia_call_last_wait (call);

  call->state = LIA_CALL_ENDED;
  call->outcome = outcome;
  call->ended_ms = TEST_NOON + TEST_MINUTE;
  call->answered_ms = outcome == LIA_CALL_OUTCOME_ANSWERED ? TEST_NOON + 1000 : 0;
  wait->to_ms = outcome == LIA_CALL_OUTCOME_ANSWERED ? call->answered_ms : call->ended_ms;
  wait->result = result;
}

static LiaCall *
write_call (Fixture *self,
            LiaCall *call)
{
  LiaPhoneRecord *record = lia_phone_record_new (self->channel, "DE", call);
  LiaCall        *known = NULL;
  GError         *error = NULL;

  g_assert_true (lia_phone_record_write (self->db, record, (gpointer *)&known, &error));
  g_assert_no_error (error);
  lia_phone_record_free (record);

  return known;
}

/* A number in the card is written as people write it. */
static void
test_known_customer (Fixture      *self,
                     gconstpointer unused)
{
  gint64           customer = add_customer (self, "030 / 123 456-78");
  g_autofree char *id = g_strdup_printf ("k_%" G_GINT64_FORMAT, customer);
  g_autoptr (LiaCall) call = new_call ("1.1", "+493012345678", "+493012345678");
  g_autoptr (LiaCall) known = write_call (self, call);

  g_assert_cmpstr (known->customer, ==, id);
  g_assert_cmpint (known->match, ==, LIA_MATCH_EXACT);
  g_assert_cmpstr (known->match_reason, ==, "same-number");
}

/* What only looks alike is a new customer: that it may be an old one is for people to say. */
static void
test_only_alike (Fixture      *self,
                 gconstpointer unused)
{
  gint64           customer = add_customer (self, "9912345678 9999");
  g_autofree char *id = NULL;
  g_autoptr (LiaCall) call = new_call ("1.1", "12345679999", "");
  g_autoptr (LiaCall) known = write_call (self, call);

  id = g_strdup_printf ("k_%" G_GINT64_FORMAT, customer);
  g_assert_cmpstr (known->customer, !=, id);
  g_assert_cmpint (known->match, <, LIA_MATCH_EXACT);
  g_assert_cmpint (test_get_int (self->db, "SELECT count(*) FROM customer"), ==, 2);
}

/* Two have the number: nobody is picked. */
static void
test_several (Fixture      *self,
              gconstpointer unused)
{
  g_autoptr (LiaCall) call = new_call ("1.1", "03012345678", "+493012345678");
  g_autoptr (LiaCall) known = NULL;

  add_customer (self, "+493012345678");
  add_customer (self, "030 12345678");
  known = write_call (self, call);

  g_assert_cmpint (known->match, ==, LIA_MATCH_LIKELY);
  g_assert_cmpstr (known->match_reason, ==, "several");
  g_assert_cmpint (test_get_int (self->db, "SELECT count(*) FROM customer"), ==, 3);
}

/* Nobody can say who hides: each time it is somebody new, and nobody can call back. */
static void
test_withheld (Fixture      *self,
               gconstpointer unused)
{
  g_autoptr (LiaCall) first = new_call ("1.1", "", "");
  g_autoptr (LiaCall) second = new_call ("1.2", "", "");

  first->withheld = second->withheld = TRUE;
  g_object_unref (write_call (self, first));
  g_assert_cmpint (test_get_int (self->db, "SELECT count(*) FROM conversation WHERE state = 'open' AND waiting_since IS NOT NULL"), ==, 1);
  g_object_unref (write_call (self, second));
  end (first, LIA_CALL_OUTCOME_ABANDONED, LIA_WAIT_ABANDONED);
  g_object_unref (write_call (self, first));

  g_assert_cmpint (test_get_int (self->db, "SELECT count(*) FROM customer"), ==, 2);
  g_assert_cmpint (test_get_int (self->db, "SELECT count(*) FROM address"), ==, 0);
  g_assert_cmpint (test_get_int (self->db, "SELECT count(*) FROM conversation WHERE callback = 1"), ==, 0);
  g_assert_cmpint (test_get_int (self->db, "SELECT count(*) FROM conversation WHERE state = 'pending'"), ==, 1);
}

static void
test_once (Fixture      *self,
           gconstpointer unused)
{
  g_autoptr (LiaCall) call = new_call ("1.1", "03012345678", "+493012345678");
  g_autoptr (LiaCall) first = write_call (self, call);
  g_autoptr (LiaCall) again = write_call (self, call);

  g_assert_cmpstr (first->id, ==, again->id);
  g_assert_cmpint (test_get_int (self->db, "SELECT count(*) FROM call"), ==, 1);
  g_assert_cmpint (test_get_int (self->db, "SELECT count(*) FROM entry"), ==, 1);
  g_assert_cmpint (test_get_int (self->db, "SELECT seq FROM call"), ==, test_get_int (self->db, "SELECT seq FROM entry"));
}

/* What is over does not begin again. */
static void
test_ended_stays (Fixture      *self,
                  gconstpointer unused)
{
  g_autoptr (LiaCall) call = new_call ("1.1", "03012345678", "+493012345678");
  g_autoptr (LiaCall) ended = lia_call_copy (call);
  gint64 head;

  end (ended, LIA_CALL_OUTCOME_ANSWERED, LIA_WAIT_ANSWERED);
  g_object_unref (write_call (self, ended));
  head = test_get_int (self->db, "SELECT last_seq FROM journal_head");
  g_object_unref (write_call (self, call));

  g_assert_cmpint (test_get_int (self->db, "SELECT last_seq FROM journal_head"), ==, head);
  g_assert_cmpint (test_get_int (self->db, "SELECT count(*) FROM call WHERE ended_at IS NOT NULL"), ==, 1);
}

static void
write_left (Fixture *self,
            LiaCall *call)
{
  LiaPhoneRecord *record = lia_phone_record_new (self->channel, "DE", call);
  LiaCall        *known = NULL;
  GError         *error = NULL;

  record->call->offline = TRUE;
  g_assert_true (lia_phone_record_write_left (self->db, record, (gpointer *)&known, &error));
  g_assert_no_error (error);
  g_object_unref (known);
  lia_phone_record_free (record);
}

/* What the PBX noted is a call like any other, once, and changes nothing of one whose end was seen. */
static void
test_left_once (Fixture      *self,
                gconstpointer unused)
{
  g_autoptr (LiaCall) call = new_call ("1.1", "03012345678", "+493012345678");
  g_autoptr (LiaCall) other = NULL;
  gint64 head;

  end (call, LIA_CALL_OUTCOME_ABANDONED, LIA_WAIT_ABANDONED);
  write_left (self, call);
  g_assert_cmpint (test_get_int (self->db, "SELECT callback FROM conversation"), ==, 1);
  g_assert_cmpint (test_get_int (self->db, "SELECT due_at FROM conversation"), ==, TEST_NOON + 61 * TEST_MINUTE);

  head = test_get_int (self->db, "SELECT last_seq FROM journal_head");
  write_left (self, call);
  other = lia_call_copy (call);
  end (other, LIA_CALL_OUTCOME_TIMED_OUT, LIA_WAIT_TIMED_OUT);
  write_left (self, other);
  g_assert_cmpint (test_get_int (self->db, "SELECT last_seq FROM journal_head"), ==, head);
}

/* The connection went in the middle of a call: the end that was not seen is the PBX's, with what was seen before. */
static void
test_left_of_lost (Fixture      *self,
                   gconstpointer unused)
{
  g_autoptr (LiaCall) seen = new_call ("1.1", "03012345678", "+493012345678");
  g_autoptr (LiaCall) left = lia_call_copy (seen);

  end (seen, LIA_CALL_OUTCOME_LOST, LIA_WAIT_LOST);
  g_object_unref (write_call (self, seen));
  g_assert_cmpint (test_get_int (self->db, "SELECT callback FROM conversation"), ==, 1);

  end (left, LIA_CALL_OUTCOME_ANSWERED, LIA_WAIT_ANSWERED);
  left->ended_ms = TEST_NOON + 5 * TEST_MINUTE;
  write_left (self, left);
  g_assert_cmpint (test_get_int (self->db, "SELECT count(*) FROM call"), ==, 1);
  g_assert_cmpint (test_get_int (self->db, "SELECT ended_at FROM call WHERE outcome = 'answered'"), ==, TEST_NOON + 5 * TEST_MINUTE);
  g_assert_cmpint (test_get_int (self->db, "SELECT count(*) FROM call_wait WHERE result = 'answered'"), ==, 1);
  g_assert_cmpint (test_get_int (self->db, "SELECT callback FROM conversation"), ==, 0);
}

/* Nobody is to be called back who was spoken with since; who could not reach us once more is. */
static void
test_left_reached_later (Fixture      *self,
                         gconstpointer unused)
{
  g_autoptr (LiaCall) missed = new_call ("1.1", "03012345678", "+493012345678");
  g_autoptr (LiaCall) answered = new_call ("1.2", "03012345678", "+493012345678");
  g_autoptr (LiaCall) again = new_call ("1.3", "03012345678", "+493012345678");

  end (answered, LIA_CALL_OUTCOME_ANSWERED, LIA_WAIT_ANSWERED);
  answered->created_ms += 5 * TEST_MINUTE;
  answered->answered_ms += 5 * TEST_MINUTE;
  answered->ended_ms += 5 * TEST_MINUTE;
  g_object_unref (write_call (self, answered));
  end (missed, LIA_CALL_OUTCOME_ABANDONED, LIA_WAIT_ABANDONED);
  write_left (self, missed);
  g_assert_cmpint (test_get_int (self->db, "SELECT count(*) FROM call"), ==, 2);
  g_assert_cmpint (test_get_int (self->db, "SELECT callback FROM conversation"), ==, 0);

  end (again, LIA_CALL_OUTCOME_ABANDONED, LIA_WAIT_ABANDONED);
  again->created_ms += 20 * TEST_MINUTE;
  again->ended_ms += 20 * TEST_MINUTE;
  write_left (self, again);
  g_assert_cmpint (test_get_int (self->db, "SELECT callback FROM conversation"), ==, 1);
}

/* The queue's target while one waits (20 s), its target for calling back (1 h) from the end on. */
static void
test_due (Fixture      *self,
          gconstpointer unused)
{
  g_autoptr (LiaCall) call = new_call ("1.1", "03012345678", "+493012345678");

  g_object_unref (write_call (self, call));
  g_assert_cmpint (test_get_int (self->db, "SELECT due_at FROM conversation"), ==, TEST_NOON + 20000);
  g_assert_cmpint (test_get_int (self->db, "SELECT callback FROM conversation"), ==, 0);

  end (call, LIA_CALL_OUTCOME_ABANDONED, LIA_WAIT_ABANDONED);
  g_object_unref (write_call (self, call));
  g_assert_cmpint (test_get_int (self->db, "SELECT due_at FROM conversation"), ==, TEST_NOON + TEST_MINUTE + TEST_HOUR);
  g_assert_cmpint (test_get_int (self->db, "SELECT callback FROM conversation"), ==, 1);
}

/* We called back and somebody answered: nothing waits any more. */
static void
test_called_back (Fixture      *self,
                  gconstpointer unused)
{
  g_autoptr (LiaCall) missed = new_call ("1.1", "03012345678", "+493012345678");
  g_autoptr (LiaCall) back = new_call ("1.2", "03012345678", "+493012345678");

  end (missed, LIA_CALL_OUTCOME_ABANDONED, LIA_WAIT_ABANDONED);
  g_object_unref (write_call (self, missed));

  back->direction = LIA_CALL_OUT;
  back->created_ms = TEST_NOON + TEST_HOUR;
  g_ptr_array_set_size (back->waits, 0);
  back->state = LIA_CALL_DIALLING;
  g_object_unref (write_call (self, back));
  g_assert_cmpint (test_get_int (self->db, "SELECT callback FROM conversation"), ==, 1);

  back->state = LIA_CALL_TALKING;
  back->answered_ms = TEST_NOON + TEST_HOUR + 5000;
  g_object_unref (write_call (self, back));
  g_assert_cmpint (test_get_int (self->db, "SELECT count(*) FROM conversation"), ==, 1);
  g_assert_cmpint (test_get_int (self->db, "SELECT callback FROM conversation"), ==, 0);
  g_assert_cmpint (test_get_int (self->db, "SELECT count(*) FROM conversation WHERE state = 'pending'"), ==, 1);
  g_assert_cmpint (test_get_int (self->db, "SELECT total FROM view_total WHERE view = 'callbacks'"), ==, 0);
}

/* What an outsider may have forged names nobody. */
static void
test_tainted (Fixture      *self,
              gconstpointer unused)
{
  g_autoptr (LiaCall) call = new_call ("1.1", "03012345678", "+493012345678");

  call->tainted = TRUE;
  g_set_str (&call->name, "The Director");
  g_object_unref (write_call (self, call));

  g_assert_cmpint (test_get_int (self->db, "SELECT count(*) FROM customer WHERE name = ''"), ==, 1);
}

static void
test_open (Fixture      *self,
           gconstpointer unused)
{
  g_autoptr (LiaCall) open = new_call ("1.1", "03012345678", "+493012345678");
  g_autoptr (LiaCall) ended = new_call ("1.2", "03012345679", "+493012345679");
  g_autoptr (GPtrArray) found = NULL;
  GError *error = NULL;

  end (ended, LIA_CALL_OUTCOME_ANSWERED, LIA_WAIT_ANSWERED);
  g_object_unref (write_call (self, open));
  g_object_unref (write_call (self, ended));
  g_assert_true (lia_phone_record_read_open (self->db, &self->channel, (gpointer *)&found, &error));
  g_assert_no_error (error);
  g_assert_cmpint (found->len, ==, 1);
  g_assert_cmpstr (((LiaCall *)found->pdata[0])->uniqueid, ==, "1.1");
}

static void
add_segment (LiaCall       *call,
             const char    *agent,
             LiaSegmentKind kind,
             gint64         from_ms,
             gint64         to_ms)
{
  LiaCallSegment *segment = lia_call_segment_new ();

  g_set_str (&segment->agent, agent);
  segment->kind = kind;
  segment->from_ms = from_ms;
  segment->to_ms = to_ms;
  g_ptr_array_add (call->segments, segment);
}

/* Answered after a second, on hold for two of its minutes, handed on to a colleague */
static void
write_long_call (Fixture    *self,
                 const char *uniqueid,
                 gint64      at_ms)
{
  g_autoptr (LiaCall) call = new_call (uniqueid, "03012345678", "+493012345678");
  LiaCallWait *wait = lia_call_last_wait (call);

  end (call, LIA_CALL_OUTCOME_ANSWERED, LIA_WAIT_ANSWERED);
  call->created_ms = wait->from_ms = at_ms;
  call->answered_ms = wait->to_ms = at_ms + 1000;
  call->ended_ms = at_ms + 10 * TEST_MINUTE;
  add_segment (call, "a_2", LIA_SEGMENT_TALK, at_ms + 1000, at_ms + TEST_MINUTE);
  add_segment (call, "a_2", LIA_SEGMENT_HOLD, at_ms + TEST_MINUTE, at_ms + 3 * TEST_MINUTE);
  add_segment (call, "a_3", LIA_SEGMENT_TALK, at_ms + 3 * TEST_MINUTE, at_ms + 10 * TEST_MINUTE);
  g_object_unref (write_call (self, call));
}

/* Beside who rings stands what they have been through: a missed call, a long one, one of yesterday, one of long ago, and this one. */
static void
test_effort (Fixture      *self,
             gconstpointer unused)
{
  g_autoptr (LiaCall) missed = new_call ("1.1", "03012345678", "+493012345678");
  g_autoptr (LiaCall) other = new_call ("1.2", "03099999999", "+493099999999");
  g_autoptr (LiaCall) call = new_call ("1.3", "03012345678", "+493012345678");
  g_autoptr (LiaCall) known = NULL;
  g_autofree char *entry = NULL;

  add_customer (self, "+493012345678");
  write_long_call (self, "0.1", TEST_NOON - 31 * 24 * TEST_HOUR);
  write_long_call (self, "0.2", TEST_NOON - 24 * TEST_HOUR);
  write_long_call (self, "0.3", TEST_NOON - TEST_HOUR);
  end (missed, LIA_CALL_OUTCOME_ABANDONED, LIA_WAIT_ABANDONED);
  g_object_unref (write_call (self, missed));
  g_object_unref (write_call (self, other));
  call->created_ms += 2 * TEST_MINUTE;
  lia_call_last_wait (call)->from_ms += 2 * TEST_MINUTE;
  known = write_call (self, call);

  g_assert_nonnull (known->effort);
  g_assert_cmpint (known->effort->calls_today, ==, 3);
  g_assert_cmpint (known->effort->answered_today, ==, 1);
  g_assert_cmpint (known->effort->waited_today_ms, ==, 1000 + 3 * TEST_MINUTE);
  g_assert_cmpint (known->effort->talked_today_ms, ==, 8 * TEST_MINUTE - 1000);
  g_assert_cmpint (known->effort->contacts, ==, 4);
  g_assert_cmpint (known->effort->transfers, ==, 2);
  g_assert_cmpint (known->effort->waited_ms, ==, 2000 + 5 * TEST_MINUTE);
  g_assert_cmpint (known->effort->open, ==, test_get_int (self->db, "SELECT open FROM customer ORDER BY id LIMIT 1"));

  /* It is of the moment, and no part of what is kept of the call. */
  call->effort = lia_effort_copy (known->effort);
  call->state = LIA_CALL_RINGING;
  g_object_unref (write_call (self, call));
  entry = lia_db_get_text (self->db, NULL, "SELECT group_concat (json) FROM entry_text", "");
  g_assert_null (strstr (entry, "effort"));
}

/* Whom one can only guess, or nobody can know, is not told of as if it were certain. */
static void
test_effort_of_the_certain (Fixture      *self,
                            gconstpointer unused)
{
  g_autoptr (LiaCall) alike = new_call ("1.1", "12345679999", "");
  g_autoptr (LiaCall) withheld = new_call ("1.2", "", "");
  g_autoptr (LiaCall) unknown = new_call ("1.3", "03012345678", "+493012345678");
  LiaCall *calls[] = { alike, withheld, unknown };

  add_customer (self, "9912345678 9999");
  withheld->withheld = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (LiaCall) known = write_call (self, calls[i]);

      g_assert_cmpint (known->match, <, LIA_MATCH_EXACT);
      g_assert_null (known->effort);
    }
}

/* The audit log names who called: what it keeps is the call's name. */
static void
test_audit_of_caller (Fixture      *self,
                      gconstpointer unused)
{
  g_autoptr (LiaCall) call = new_call ("1.1", "03012345678", "+493012345678");
  g_autoptr (JsonObject) page = NULL;
  g_autofree char *text = NULL;
  GError          *error = NULL;

  add_customer (self, "+493012345678");
  g_object_unref (write_call (self, call));
  test_append (self->db, "audit.noted", 0, 0, 1, TEST_NOON, "{\"what\":\"queue.priority\",\"d\":{\"call\":\"1.1\",\"priority\":3}}");
  test_append (self->db, "audit.noted", 0, 0, 1, TEST_NOON, "{\"what\":\"queue.priority\",\"d\":{\"call\":\"9.9\",\"priority\":3}}");
  page = lia_query_audit (self->db, 0, NULL, 50, &error);
  g_assert_no_error (error);
  text = lia_json_to_text (page);
  g_assert_nonnull (strstr (text, "\"call\":\"9.9\",\"priority\":3}}"));
  g_assert_nonnull (strstr (text, "\"customer\":null"));
  g_assert_nonnull (strstr (text, "\"name\":\"Ann Lee\",\"address\":\"+493012345678\"}"));
}

static char *
dump (Fixture *self)
{
  GError *error = NULL;
  char   *text = lia_db_get_text (self->db, &error,
                                  "SELECT (SELECT group_concat (format ('%s %s %s %s', seq, uniqueid, outcome, ended_at), '|') FROM call) || '/' || "
                                    "(SELECT group_concat (format ('%s %s %s', queue_id, to_at, result), '|') FROM call_wait) || '/' || "
                                    "(SELECT group_concat (format ('%s %s %s %s', state, callback, due_at, ver), '|') FROM conversation) || '/' || "
                                    "(SELECT group_concat (format ('%s %s', availability, from_at), '|') FROM agent_state)",
                                  "");

  g_assert_no_error (error);

  return text;
}

static void
test_rebuild (Fixture      *self,
              gconstpointer unused)
{
  g_autoptr (LiaCall) call = new_call ("1.1", "03012345678", "+493012345678");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  GError          *error = NULL;

  test_append (self->db, "agent.changed", 0, 0, 0, TEST_NOON, "{\"agent\":1,\"availability\":\"paused\",\"reason\":\"Lunch\"}");
  g_object_unref (write_call (self, call));
  end (call, LIA_CALL_OUTCOME_TIMED_OUT, LIA_WAIT_TIMED_OUT);
  g_object_unref (write_call (self, call));
  before = dump (self);

  g_assert_true (lia_db_exec (self->db, &error, "BEGIN IMMEDIATE", ""));
  g_assert_true (lia_projections_rebuild (self->db, &error));
  g_assert_no_error (error);
  after = dump (self);
  g_assert_cmpstr (after, ==, before);
  g_assert_nonnull (strstr (after, "timed-out"));
  g_assert_true (lia_db_exec (self->db, &error, "COMMIT", ""));
}

#define ADD(name, func) g_test_add ("/phone-record/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("known-customer", test_known_customer);
  ADD ("only-alike", test_only_alike);
  ADD ("several", test_several);
  ADD ("withheld", test_withheld);
  ADD ("effort", test_effort);
  ADD ("effort-of-the-certain", test_effort_of_the_certain);
  ADD ("audit-of-caller", test_audit_of_caller);
  ADD ("once", test_once);
  ADD ("ended-stays", test_ended_stays);
  ADD ("left-once", test_left_once);
  ADD ("left-of-lost", test_left_of_lost);
  ADD ("left-reached-later", test_left_reached_later);
  ADD ("due", test_due);
  ADD ("called-back", test_called_back);
  ADD ("tainted", test_tainted);
  ADD ("open", test_open);
  ADD ("rebuild", test_rebuild);

  return g_test_run ();
}
