/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is to call back whoever nobody answered. */

#include "lia-phone-record.h"

#include "lia-projections.h"
#include "lia-test-journal.h"

typedef struct
{
  LiaDb *db;
  gint64 channel;
  gint64 anna;
  gint64 bob;
  gint64 clara;
  guint  calls;
} Fixture;

static gint64
add_agent (Fixture    *self,
           const char *name,
           const char *availability)
{
  g_autofree char *data = g_strdup_printf ("{\"name\":\"%s\",\"role\":\"agent\",\"availability\":\"%s\"}", name, availability);

  return test_append (self->db, "agent.changed", 0, 0, 0, TEST_NOON, data);
}

static void
set_availability (Fixture    *self,
                  gint64      agent,
                  const char *availability)
{
  g_autofree char *data = g_strdup_printf ("{\"agent\":%d,\"availability\":\"%s\"}", (int)agent, availability);

  test_append (self->db, "agent.changed", 0, 0, 0, TEST_NOON, data);
}

static void
set_up (Fixture      *self,
        gconstpointer unused)
{
  self->db = test_open_memory ();
  self->channel = test_append (self->db, "channel.changed", 0, 0, 0, TEST_NOON, "{\"kind\":\"phone\",\"name\":\"PBX\",\"queue\":1,\"config\":{}}");
  self->anna = add_agent (self, "Anna", "available");
  self->bob = add_agent (self, "Bob", "busy");
  self->clara = add_agent (self, "Clara", "offline");
}

static void
tear_down (Fixture      *self,
           gconstpointer unused)
{
  lia_db_close (self->db);
}

static LiaCall *
new_call (Fixture    *self,
          const char *number)
{
  LiaCall *call = lia_call_new ();

  g_free (call->uniqueid);
  call->uniqueid = g_strdup_printf ("1.%u", ++self->calls);
  g_set_str (&call->pbx, "h_3");
  g_set_str (&call->number, number);
  g_set_str (&call->e164, number);
  g_set_str (&call->queue, "q_1");
  call->state = LIA_CALL_WAITING;
  call->created_ms = TEST_NOON + self->calls * TEST_MINUTE;

  return call;
}

static void
end (LiaCall       *call,
     LiaCallOutcome outcome)
{
  call->state = LIA_CALL_ENDED;
  call->outcome = outcome;
  call->ended_ms = call->created_ms + 30000;
}

/* @members: of the queue, 0 after the last one */
static void
write_call (Fixture *self,
            LiaCall *call,
            gint64   members[])
{
  LiaPhoneRecord *record = lia_phone_record_new (self->channel, "DE", call);
  gpointer        known = NULL;
  GError         *error = NULL;

  for (guint i = 0; members[i] != 0; i++)
    g_array_append_val (record->members, members[i]);
  g_assert_true (lia_phone_record_write (self->db, record, &known, &error));
  g_assert_no_error (error);
  g_object_unref (known);
  lia_phone_record_free (record);
}

static void
miss (Fixture    *self,
      const char *number,
      gint64      members[])
{
  g_autoptr (LiaCall) call = new_call (self, number);

  write_call (self, call, members);
  end (call, LIA_CALL_OUTCOME_ABANDONED);
  write_call (self, call, members);
}

static void
add_segment (LiaCall       *call,
             gint64         agent,
             LiaSegmentKind kind)
{
  LiaCallSegment *segment = lia_call_segment_new ();

  g_free (segment->agent);
  segment->agent = g_strdup_printf ("a_%d", (int)agent);
  segment->kind = kind;
  segment->from_ms = call->created_ms;
  segment->to_ms = call->ended_ms;
  g_ptr_array_add (call->segments, segment);
}

/* @agent spoke with them, and that is over and done with. */
static void
speak (Fixture    *self,
       const char *number,
       gint64      agent)
{
  g_autoptr (LiaCall) call = new_call (self, number);
  gint64 conversation = 0;

  end (call, LIA_CALL_OUTCOME_ANSWERED);
  call->answered_ms = call->created_ms + 1000;
  add_segment (call, agent, LIA_SEGMENT_TALK);
  write_call (self, call, (gint64[]){ 0 });
  g_assert_true (lia_db_get_int (self->db, &conversation, NULL, "SELECT conversation_id FROM call ORDER BY seq DESC LIMIT 1", ""));
  test_append (self->db, "entry.added", conversation, 0, agent, call->ended_ms, "{\"kind\":\"state\",\"d\":{\"what\":\"closed\"}}");
}

/* Of the newest conversation; 0 = nobody */
static gint64
get_owner (Fixture *self)
{
  return test_get_int (self->db, "SELECT coalesce (assignee_id, 0) FROM conversation ORDER BY id DESC LIMIT 1");
}

/* Whom they know, though others have less to do. */
static void
test_last_agent (Fixture      *self,
                 gconstpointer unused)
{
  speak (self, "+4930111", self->bob);
  speak (self, "+4930222", self->anna);
  miss (self, "+4930111", (gint64[]){ self->anna, self->bob, 0 });
  g_assert_cmpint (get_owner (self), ==, self->bob);
  g_assert_cmpint (test_get_int (self->db, "SELECT count (*) FROM callback JOIN conversation AS c ON c.id = conversation_id WHERE owner_id = c.assignee_id"), ==, 1);

  speak (self, "+4930333", self->bob);
  miss (self, "+4930333", (gint64[]){ self->anna, self->bob, 0 });
  g_assert_cmpint (get_owner (self), ==, self->bob);
}

/* Whom they know is in another queue, or has gone home. */
static void
test_last_agent_not_there (Fixture      *self,
                           gconstpointer unused)
{
  speak (self, "+4930111", self->bob);
  miss (self, "+4930111", (gint64[]){ self->anna, 0 });
  g_assert_cmpint (get_owner (self), ==, self->anna);

  speak (self, "+4930222", self->clara);
  miss (self, "+4930222", (gint64[]){ self->bob, self->clara, 0 });
  g_assert_cmpint (get_owner (self), ==, self->bob);
}

/* Who has the fewest; of those who have as many, who got one the longest ago. */
static void
test_fewest (Fixture      *self,
             gconstpointer unused)
{
  gint64 members[] = { self->anna, self->bob, 0 };

  miss (self, "+4930111", members);
  g_assert_cmpint (get_owner (self), ==, self->anna);
  miss (self, "+4930222", members);
  g_assert_cmpint (get_owner (self), ==, self->bob);
  miss (self, "+4930333", members);
  g_assert_cmpint (get_owner (self), ==, self->anna);
  speak (self, "+4930111", self->anna);
  miss (self, "+4930444", (gint64[]){ self->bob, self->anna, 0 });
  g_assert_cmpint (get_owner (self), ==, self->bob);
}

/* At night somebody has it nevertheless. */
static void
test_nobody_here (Fixture      *self,
                  gconstpointer unused)
{
  set_availability (self, self->bob, "offline");
  speak (self, "+4930111", self->clara);
  miss (self, "+4930111", (gint64[]){ self->bob, self->clara, 0 });
  g_assert_cmpint (get_owner (self), ==, self->clara);
}

static void
test_no_members (Fixture      *self,
                 gconstpointer unused)
{
  speak (self, "+4930111", self->anna);
  miss (self, "+4930111", (gint64[]){ 0 });
  g_assert_cmpint (get_owner (self), ==, 0);
  g_assert_cmpint (test_get_int (self->db, "SELECT total FROM view_total WHERE view = 'waiting'"), ==, 1);
}

/* A call for one of us, past all queues. */
static void
test_direct (Fixture      *self,
             gconstpointer unused)
{
  g_autoptr (LiaCall) call = new_call (self, "+4930111");

  g_set_str (&call->queue, "");
  end (call, LIA_CALL_OUTCOME_NO_ANSWER);
  add_segment (call, self->bob, LIA_SEGMENT_RING);
  write_call (self, call, (gint64[]){ 0 });
  g_assert_cmpint (get_owner (self), ==, self->bob);
}

/* Whose it is already, it stays. What is put back for everybody is not given away again by what comes of the same call afterwards. */
static void
test_stays (Fixture      *self,
            gconstpointer unused)
{
  gint64 members[] = { self->anna, self->bob, 0 };
  g_autoptr (LiaCall) call = new_call (self, "+4930111");
  LiaCallRecording *recording = lia_call_recording_new ();
  gint64            head;

  end (call, LIA_CALL_OUTCOME_TIMED_OUT);
  write_call (self, call, members);
  g_assert_cmpint (get_owner (self), ==, self->anna);
  head = test_get_int (self->db, "SELECT last_seq FROM journal_head");
  write_call (self, call, members);
  g_assert_cmpint (test_get_int (self->db, "SELECT last_seq FROM journal_head"), ==, head);

  test_append (self->db, "entry.added", test_get_int (self->db, "SELECT id FROM conversation"), 0, self->anna, TEST_NOON,
               "{\"kind\":\"state\",\"d\":{\"what\":\"released\"}}");
  g_set_str (&recording->file, "a.wav");
  g_ptr_array_add (call->recordings, recording);
  write_call (self, call, members);
  g_assert_cmpint (test_get_int (self->db, "SELECT last_seq FROM journal_head"), ==, head + 2);
  g_assert_cmpint (get_owner (self), ==, 0);

  miss (self, "+4930111", members);
  g_assert_cmpint (get_owner (self), !=, 0);
}

/* Who gets through is nobody's to call back. */
static void
test_answered (Fixture      *self,
               gconstpointer unused)
{
  g_autoptr (LiaCall) call = new_call (self, "+4930111");

  write_call (self, call, (gint64[]){ self->anna, 0 });
  end (call, LIA_CALL_OUTCOME_ANSWERED);
  call->answered_ms = call->created_ms + 1000;
  write_call (self, call, (gint64[]){ self->anna, 0 });
  g_assert_cmpint (get_owner (self), ==, 0);
}

static char *
dump (Fixture *self)
{
  GError *error = NULL;
  char   *text = lia_db_get_text (self->db, &error,
                                  "SELECT (SELECT group_concat (format ('%s %s %s', seq, owner_id, result), '|') FROM callback) || '/' || "
                                    "(SELECT group_concat (format ('%s %s %s', id, assignee_id, ver), '|') FROM conversation)",
                                  "");

  g_assert_no_error (error);

  return text;
}

/* Whatever has changed since, it was given to whom it was given. */
static void
test_rebuild (Fixture      *self,
              gconstpointer unused)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  GError          *error = NULL;

  miss (self, "+4930111", (gint64[]){ self->anna, self->bob, 0 });
  miss (self, "+4930222", (gint64[]){ self->anna, self->bob, 0 });
  set_availability (self, self->anna, "offline");
  before = dump (self);

  g_assert_true (lia_db_exec (self->db, &error, "BEGIN IMMEDIATE", ""));
  g_assert_true (lia_projections_rebuild (self->db, &error));
  g_assert_no_error (error);
  after = dump (self);
  g_assert_cmpstr (after, ==, before);
  g_assert_true (lia_db_exec (self->db, &error, "COMMIT", ""));
}

#define ADD(name, func) g_test_add ("/callback-owner/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("last-agent", test_last_agent);
  ADD ("last-agent-not-there", test_last_agent_not_there);
  ADD ("fewest", test_fewest);
  ADD ("nobody-here", test_nobody_here);
  ADD ("no-members", test_no_members);
  ADD ("direct", test_direct);
  ADD ("stays", test_stays);
  ADD ("answered", test_answered);
  ADD ("rebuild", test_rebuild);

  return g_test_run ();
}
