/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recordings and voicemail: what a file may be called, when it is asked for again, and what becomes of the entry. */

#include "lia-ari.h"
#include "lia-phone-fetch-rules.h"
#include "lia-phone-file.h"
#include "lia-phone-record.h"
#include "lia-phone-recordings.h"
#include "lia-projections.h"
#include "lia-queries.h"
#include "lia-test-journal.h"
#include "lia-wire.h"

/* Names ------------------------------------------------------------------------------------------------------------------------------------ */

static void
test_names (void)
{
  static const struct
  {
    const char *path;
    const char *name; /* NULL: it is none */
  } cases[] = {
    { "/var/spool/asterisk/monitor/auto-1795360288-201-5551000.wav", "auto-1795360288-201-5551000.wav" },
    { "/var/spool/asterisk/monitor/2026/11/22/in-1.5.WAV", "2026/11/22/in-1.5.WAV" },
    { "/var/spool/asterisk/recording/a.gsm", "a.gsm" },
    { "liaison-voicemail-1795360373.3.wav", "liaison-voicemail-1795360373.3.wav" },
    { "/var/spool/asterisk/monitor/../../../etc/asterisk/a.wav", NULL },
    { "../a.wav", NULL },
    { "x/../a.wav", NULL },
    { "./a.wav", NULL },
    { "a//b.wav", NULL },
    { "/etc/asterisk/a.wav", NULL },
    { "/var/spool/asterisk/monitor/", NULL },
    { "", NULL },
    { "a", NULL },
    { "a.", NULL },
    { "a.w/v", NULL },
    { "folder/.wav", NULL },
    { "a.waaaaaaaaav", NULL },
    { "a\\..\\b.wav", NULL },
    { "a\nb.wav", NULL },
    { "a\xe2\x80\xae.wav", NULL },
    { "a\xff.wav", NULL },
  };
  g_autofree char *long_name = g_strnfill (300, 'a');
  g_autofree char *too_long = g_strconcat (long_name, ".wav", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = lia_phone_file_from_path (cases[i].path);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
  g_assert_false (lia_phone_file_is_name (too_long));
}

static void
test_addresses (void)
{
  static const char *const good[] = { "https://pbx.example.org:8089", "https://pbx.example.org/asterisk/", "http://127.0.0.1:8088", "http://localhost:8088/", "http://[::1]:8088" };
  static const char *const bad[] = { "", "pbx", "http://pbx.example.org", "http://127.0.0.1.example.org", "ftp://127.0.0.1", "https://", "https://u:p@pbx.example.org",
                                     "https://pbx.example.org/?a=b", "https://pbx.example.org/#a" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (lia_ari_is_url (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (lia_ari_is_url (bad[i]));
}

/* Rules ------------------------------------------------------------------------------------------------------------------------------------ */

static void
test_delays (void)
{
  gint64 sum_ms = 0;

  g_assert_cmpint (lia_phone_fetch_delay (0), ==, 1000);
  g_assert_cmpint (lia_phone_fetch_delay (3), ==, 8000);
  g_assert_cmpint (lia_phone_fetch_delay (1000), ==, 10 * TEST_MINUTE);
  for (guint i = 0; i < 6; i++)
    sum_ms += lia_phone_fetch_delay (i);
  g_assert_cmpint (sum_ms, >, TEST_MINUTE);
}

static void
test_hope (void)
{
  g_autoptr (GError) gone = g_error_new_literal (LIA_PHONE_ERROR, LIA_PHONE_ERROR_GONE, "");
  g_autoptr (GError) down = g_error_new_literal (LIA_PHONE_ERROR, LIA_PHONE_ERROR_DOWN, "");
  g_autoptr (GError) useless = g_error_new_literal (LIA_PHONE_ERROR, LIA_PHONE_ERROR_UNSUPPORTED, "");

  g_assert_false (lia_phone_fetch_is_hopeless (gone, TEST_MINUTE));
  g_assert_true (lia_phone_fetch_is_hopeless (gone, 2 * TEST_MINUTE));
  g_assert_false (lia_phone_fetch_is_hopeless (down, 23 * TEST_HOUR));
  g_assert_true (lia_phone_fetch_is_hopeless (down, 24 * TEST_HOUR));
  g_assert_true (lia_phone_fetch_is_hopeless (useless, 0));
}

static void
test_whole (void)
{
  static const guint8 whole[] = "RIFF\x06\0\0\0WAVEfm";
  static const guint8 other[] = "not a sound of this kind";

  g_assert_true (lia_phone_fetch_is_whole (whole, 14));
  g_assert_false (lia_phone_fetch_is_whole (whole, 13));
  g_assert_true (lia_phone_fetch_is_whole (other, sizeof other));
}

/* The store -------------------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  LiaDb   *db;
  gint64   channel;
  LiaCall *call;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer unused)
{
  LiaCallRecording *recording = lia_call_recording_new ();
  g_autofree char  *pbx = NULL;

  self->db = test_open_memory ();
  self->channel = test_append (self->db, "channel.changed", 0, 0, 0, TEST_NOON, "{\"kind\":\"phone\",\"name\":\"PBX\",\"queue\":1,\"config\":{}}");
  self->call = lia_call_new ();
  pbx = g_strdup_printf ("h_%" G_GINT64_FORMAT, self->channel);
  g_set_str (&self->call->pbx, pbx);
  g_set_str (&self->call->uniqueid, "1.1");
  g_set_str (&self->call->number, "03012345678");
  g_set_str (&self->call->e164, "+493012345678");
  g_set_str (&self->call->queue, "q_1");
  self->call->state = LIA_CALL_TALKING;
  self->call->created_ms = TEST_NOON;
  g_set_str (&recording->file, "a.wav");
  recording->from_ms = TEST_NOON + 1000;
  g_ptr_array_add (self->call->recordings, recording);
}

static void
tear_down (Fixture      *self,
           gconstpointer unused)
{
  g_object_unref (self->call);
  lia_db_close (self->db);
}

static void
write_call (Fixture *self,
            gboolean can_fetch)
{
  LiaPhoneRecord *record = lia_phone_record_new (self->channel, "DE", self->call);
  g_autoptr (LiaCall) known = NULL;
  GError *error = NULL;

  record->can_fetch = can_fetch;
  g_assert_true (lia_phone_record_write (self->db, record, (gpointer *)&known, &error));
  g_assert_no_error (error);
  lia_phone_record_free (record);
}

static LiaCallRecording *
end (Fixture       *self,
     LiaCallOutcome outcome)
{
  LiaCallRecording *recording = self->call->recordings->pdata[0];

  self->call->state = LIA_CALL_ENDED;
  self->call->outcome = outcome;
  self->call->ended_ms = TEST_NOON + TEST_MINUTE;
  self->call->answered_ms = outcome == LIA_CALL_OUTCOME_ANSWERED ? TEST_NOON : 0;
  recording->to_ms = TEST_NOON + TEST_MINUTE;
  recording->is_voicemail = outcome == LIA_CALL_OUTCOME_VOICEMAIL;

  return recording;
}

static gint64
get_int (Fixture    *self,
         const char *sql)
{
  gint64  value = 0;
  GError *error = NULL;

  lia_db_get_int (self->db, &value, &error, sql, "");
  g_assert_no_error (error);

  return value;
}

static LiaEntry *
read_entry (Fixture *self)
{
  GError          *error = NULL;
  g_autofree char *text = lia_query_entry (self->db, get_int (self, "SELECT seq FROM call"), &error);
  g_autoptr (JsonObject) object = lia_json_parse (text, -1, G_MAXSIZE, &error);
  LiaEntry *entry = lia_wire_decode_entry (object, &error);

  g_assert_no_error (error);

  return entry;
}

static LiaCall *
read_call (Fixture *self)
{
  GError          *error = NULL;
  g_autofree char *text = lia_query_entry (self->db, get_int (self, "SELECT seq FROM call"), &error);
  g_autoptr (JsonObject) object = lia_json_parse (text, -1, G_MAXSIZE, &error);
  JsonObject *d;
  LiaCall    *call;

  g_assert_true (lia_json_obj (object, "d", LIA_JSON_REQUIRED, &d, &error));
  call = lia_wire_decode_call (d, &error);
  g_assert_no_error (error);

  return call;
}

static LiaRecordingState
state_of (Fixture *self)
{
  g_autoptr (LiaCall) call = read_call (self);

  g_assert_cmpint (call->recordings->len, ==, 1);

  return ((LiaCallRecording *)call->recordings->pdata[0])->state;
}

static void
settle (Fixture          *self,
        LiaRecordingState state,
        const char       *problem)
{
  LiaPhoneFetched *fetched = g_new0 (LiaPhoneFetched, 1);
  GError          *error = NULL;

  fetched->seq = get_int (self, "SELECT seq FROM call");
  fetched->file = g_strdup ("a.wav");
  fetched->state = state;
  fetched->problem = g_strdup (problem);
  if (state == LIA_RECORDING_KEPT)
    {
      fetched->attachment = lia_attachment_new ();
      fetched->attachment->blob = g_strdup ("b_1");
      fetched->attachment->name = g_strdup ("a.wav");
      fetched->attachment->type = g_strdup ("audio/x-wav");
      fetched->attachment->size_bytes = 10;
    }
  g_assert_true (lia_phone_recordings_settle (self->db, fetched, NULL, &error));
  g_assert_no_error (error);
  lia_phone_fetched_free (fetched);
}

static void
test_wanted_when_complete (Fixture      *self,
                           gconstpointer unused)
{
  g_autoptr (GPtrArray) wanted = NULL;
  GError *error = NULL;

  write_call (self, TRUE);
  g_assert_cmpint (get_int (self, "SELECT count(*) FROM recording"), ==, 0);
  g_assert_cmpint (state_of (self), ==, LIA_RECORDING_RUNNING);

  end (self, LIA_CALL_OUTCOME_ANSWERED);
  write_call (self, TRUE);
  g_assert_cmpint (state_of (self), ==, LIA_RECORDING_FETCHING);
  g_assert_true (lia_phone_recordings_read (self->db, &self->channel, (gpointer *)&wanted, &error));
  g_assert_no_error (error);
  g_assert_cmpint (wanted->len, ==, 1);
  g_assert_cmpstr (((LiaPhoneWanted *)wanted->pdata[0])->file, ==, "a.wav");
  g_assert_cmpint (((LiaPhoneWanted *)wanted->pdata[0])->ended_ms, ==, TEST_NOON + TEST_MINUTE);
}

/* Without a way to it, it stays where it is, and nobody looks for it. */
static void
test_remote (Fixture      *self,
             gconstpointer unused)
{
  end (self, LIA_CALL_OUTCOME_ANSWERED);
  write_call (self, FALSE);
  g_assert_cmpint (state_of (self), ==, LIA_RECORDING_REMOTE);
  g_assert_cmpint (get_int (self, "SELECT count(*) FROM recording"), ==, 0);
}

/* Fetched twice, after a crash in between, it is kept once; and a report that comes later takes nothing away. */
static void
test_kept_once (Fixture      *self,
                gconstpointer unused)
{
  g_autoptr (LiaEntry) entry = NULL;
  LiaCallSegment *wrap = lia_call_segment_new ();
  gint64          head;

  end (self, LIA_CALL_OUTCOME_ANSWERED);
  write_call (self, TRUE);
  settle (self, LIA_RECORDING_KEPT, "");
  head = get_int (self, "SELECT last_seq FROM journal_head");
  settle (self, LIA_RECORDING_KEPT, "");
  g_assert_cmpint (get_int (self, "SELECT last_seq FROM journal_head"), ==, head);

  wrap->kind = LIA_SEGMENT_WRAP;
  wrap->from_ms = TEST_NOON + TEST_MINUTE;
  g_ptr_array_add (self->call->segments, wrap);
  write_call (self, TRUE);
  g_assert_cmpint (get_int (self, "SELECT last_seq FROM journal_head"), >, head);
  g_assert_cmpint (state_of (self), ==, LIA_RECORDING_KEPT);
  g_assert_cmpint (get_int (self, "SELECT count(*) FROM recording"), ==, 0);
  entry = read_entry (self);
  g_assert_cmpint (entry->attachments->len, ==, 1);
  g_assert_cmpstr (((LiaAttachment *)entry->attachments->pdata[0])->blob, ==, "b_1");
}

/* That it does not work is said once, not at each try; in the end it is given up. */
static void
test_given_up (Fixture      *self,
               gconstpointer unused)
{
  g_autoptr (LiaCall) call = NULL;
  gint64 head;

  end (self, LIA_CALL_OUTCOME_ANSWERED);
  write_call (self, TRUE);
  settle (self, LIA_RECORDING_FETCHING, "Wrong login");
  head = get_int (self, "SELECT last_seq FROM journal_head");
  settle (self, LIA_RECORDING_FETCHING, "Wrong login");
  g_assert_cmpint (get_int (self, "SELECT last_seq FROM journal_head"), ==, head);
  g_assert_cmpint (get_int (self, "SELECT count(*) FROM recording"), ==, 1);

  settle (self, LIA_RECORDING_FAILED, "Wrong login");
  g_assert_cmpint (get_int (self, "SELECT count(*) FROM recording"), ==, 0);
  call = read_call (self);
  g_assert_cmpstr (((LiaCallRecording *)call->recordings->pdata[0])->problem, ==, "Wrong login");
}

/* A message is work until somebody has dealt with it, also when its caller hid the number; what arrives later does not begin it anew. */
static void
test_voicemail (Fixture      *self,
                gconstpointer unused)
{
  gint64           conversation;
  g_autofree char *closed = NULL;

  g_set_str (&self->call->number, "");
  g_set_str (&self->call->e164, "");
  self->call->withheld = TRUE;
  write_call (self, TRUE);
  end (self, LIA_CALL_OUTCOME_VOICEMAIL);
  write_call (self, TRUE);

  g_assert_cmpint (get_int (self, "SELECT count(*) FROM entry WHERE kind = 'voicemail' AND waits = 1"), ==, 1);
  g_assert_cmpint (get_int (self, "SELECT count(*) FROM conversation WHERE state = 'open' AND callback = 1 AND due_at IS NOT NULL"), ==, 1);

  conversation = get_int (self, "SELECT id FROM conversation");
  closed = g_strdup ("{\"kind\":\"state\",\"d\":{\"what\":\"closed\",\"from\":\"open\",\"to\":\"closed\"}}");
  test_append (self->db, "entry.added", conversation, 0, 1, TEST_NOON + 2 * TEST_MINUTE, closed);
  g_assert_cmpint (get_int (self, "SELECT count(*) FROM conversation WHERE state = 'closed'"), ==, 1);
  settle (self, LIA_RECORDING_KEPT, "");
  g_assert_cmpint (get_int (self, "SELECT count(*) FROM conversation WHERE state = 'closed'"), ==, 1);
}

static void
test_rebuild (Fixture      *self,
              gconstpointer unused)
{
  GError *error = NULL;

  write_call (self, TRUE);
  end (self, LIA_CALL_OUTCOME_VOICEMAIL);
  write_call (self, TRUE);
  g_assert_cmpint (get_int (self, "SELECT count(*) FROM recording"), ==, 1);
  g_assert_true (lia_db_exec (self->db, &error, "BEGIN IMMEDIATE", ""));
  g_assert_true (lia_projections_rebuild (self->db, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_int (self, "SELECT count(*) FROM recording"), ==, 1);
  g_assert_cmpint (get_int (self, "SELECT count(*) FROM entry WHERE kind = 'voicemail' AND waits = 1"), ==, 1);
  g_assert_true (lia_db_exec (self->db, &error, "COMMIT", ""));
}

#define ADD(name, func) g_test_add ("/phone-recording/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/phone-recording/names", test_names);
  g_test_add_func ("/phone-recording/addresses", test_addresses);
  g_test_add_func ("/phone-recording/delays", test_delays);
  g_test_add_func ("/phone-recording/hope", test_hope);
  g_test_add_func ("/phone-recording/whole", test_whole);
  ADD ("wanted-when-complete", test_wanted_when_complete);
  ADD ("remote", test_remote);
  ADD ("kept-once", test_kept_once);
  ADD ("given-up", test_given_up);
  ADD ("voicemail", test_voicemail);
  ADD ("rebuild", test_rebuild);

  return g_test_run ();
}
