/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-async.h"
#include "lia-imap-session.h"
#include "lia-imap.h"
#include "lia-parse-worker.h"
#include "lia-sasl.h"
#include "lia-test-mailbox.h"
#include "lia-transcript.h"
#include "lia-uid-set.h"

#include <string.h>

/*
 * Fields: do (login, append, session), login, password, nonce (of SCRAM). For session: known (what the store has of the folder: "uidvalidity
 * uidnext modseq uids", and "incomplete"), plain, silence (ms), and store (what it has afterwards).
 */

typedef struct
{
  LiaTranscript *transcript;
  LiaMailbox    *mailbox;
  TestMailbox   *store;
  char          *result;
} Play;

static const char *
password_of (Play *play)
{
  return lia_transcript_get (play->transcript, "password", "secret");
}

/* As lia_imap_open() does, but with a known nonce. */
static LiaImap *
open_with_nonce (Play       *play,
                 const char *nonce,
                 GError    **error)
{
  static const char *const scram[] = { "SCRAM-SHA-256", NULL };
  g_autoptr (LiaImap) imap = lia_imap_connect (play->mailbox, error);
  g_autoptr (LiaSasl) sasl = lia_sasl_new (scram, play->mailbox->login, password_of (play), TRUE, error);

  lia_sasl_set_nonce (sasl, nonce);
  if (imap == NULL || !lia_imap_authenticate (imap, sasl, error))
    return NULL;

  return g_steal_pointer (&imap);
}

static gboolean
log_in (Play    *play,
        GError **error)
{
  const char *nonce = lia_transcript_get (play->transcript, "nonce", NULL);
  g_autoptr (LiaImap) imap = nonce != NULL ? open_with_nonce (play, nonce, error) : lia_imap_open (play->mailbox, password_of (play), error);
  g_autoptr (GBytes) message = g_bytes_new_static ("Subject: x\r\n\r\nx\r\n", 17);

  if (imap == NULL)
    return FALSE;

  return !g_str_equal (lia_transcript_get (play->transcript, "do", ""), "append") || lia_imap_append (imap, "Sent", "\\Seen", 1, message, error);
}

static void
on_session_cb (gboolean ready,
               gint64   done,
               gint64   total,
               gpointer data)
{
}

static gboolean
run_session (Play    *play,
             GError **error)
{
  g_autoptr (LiaImapSession) session = lia_imap_session_new (play->store->base.store, play->store->ingest, play->store->channel, "inbox", on_session_cb, NULL);
  const char *silence = lia_transcript_get (play->transcript, "silence", NULL);

  if (lia_transcript_get (play->transcript, "plain", NULL) != NULL)
    lia_imap_session_set_plain (session);
  if (silence != NULL)
    lia_imap_session_set_silence (session, g_ascii_strtoull (silence, NULL, 10));

  return lia_imap_session_run (session, play->mailbox, password_of (play), error);
}

static DexFuture *
play_fiber (gpointer data)
{
  Play *play = data;
  g_autoptr (GError) error = NULL;

  if (play->store != NULL ? run_session (play, &error) : log_in (play, &error))
    play->result = g_strdup ("ok");
  else if (error->domain == LIA_MAIL_ERROR && error->code == LIA_MAIL_ERROR_CLOSED)
    play->result = g_strdup ("closed");
  else
    play->result = g_strdup (lia_mail_error_to_code (error));
  if (error != NULL)
    g_test_message ("%s", error->message);

  return dex_future_new_for_boolean (TRUE);
}

static void
run (Play *play)
{
  g_autoptr (DexFuture) fiber = lia_spawn (play_fiber, play, NULL);

  test_settle (fiber);
}

/* The store ------------------------------------------------------------------------------------------------------------------------- */

static gboolean
know (LiaDb    *db,
      gpointer  data,
      gpointer *result,
      GError  **error)
{
  const gint64 *numbers = data;

  return lia_db_exec (db, error, "UPDATE mail_folder SET uidvalidity = $1, uidnext = $2, modseq = $3, last_sync_at = $4 WHERE role = 'inbox'", "iiii",
                      numbers[0], numbers[1], numbers[2], numbers[3]);
}

/* Messages with these numbers are in the store already. */
static void
add_known (TestMailbox *store,
           gint64       uidvalidity,
           const char  *uids)
{
  g_autoptr (LiaUidSet) set = lia_uid_set_new (uids);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_mail_fetched_free);
  g_autoptr (GError) error = NULL;

  for (gint64 uid = 1; uid < 100; uid++)
    {
      if (!lia_uid_set_contains (set, uid))
        continue;
      LiaMailFetched  *message = g_new0 (LiaMailFetched, 1);
      g_autofree char *text = g_strdup_printf ("From: <eve%d@example.com>\r\nMessage-ID: <known%d@example.com>\r\nSubject: Known %d\r\n\r\nHello\r\n", (int)uid,
                                               (int)uid, (int)uid);
      message->raw = g_bytes_new (text, strlen (text));
      message->uid = uid;
      message->internal_date_ms = g_get_real_time () / 1000;
      g_ptr_array_add (messages, message);
    }

  g_autoptr (DexFuture) added = lia_mail_ingest_add (store->ingest, store->channel, store->inbox, uidvalidity, messages);
  test_settle (added);
  g_assert_cmpint (dex_future_get_status (added), ==, DEX_FUTURE_STATUS_RESOLVED);
}

static void
prepare (TestMailbox   *store,
         LiaTranscript *transcript)
{
  gint64 numbers[4] = { 0 };
  g_auto (GStrv) known = g_strsplit (lia_transcript_get (transcript, "known", "0 0 0"), " ", -1);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    numbers[i] = g_ascii_strtoll (known[i], NULL, 10);
  numbers[3] = g_strv_length (known) == 4; /* when the last sync was complete */
  test_wait (lia_store_write (store->base.store, know, numbers, NULL, NULL), &error);
  g_assert_no_error (error);
  if (g_strv_length (known) > 3)
    add_known (store, numbers[0], known[3]);
}

static gboolean
describe (LiaDb    *db,
          gpointer  data,
          gpointer *result,
          GError  **error)
{
  *result = lia_db_get_text (db, error,
                             "SELECT uidvalidity || ' ' || uidnext || ' ' || modseq || ' done ' || uid_done || ' here ' ||"
                             " coalesce((SELECT group_concat(uid || flags, ',' ORDER BY uid) FROM mail_location WHERE folder = f.id AND gone_at IS NULL), '') ||"
                             " CASE last_sync_at WHEN 0 THEN ' incomplete' ELSE '' END"
                             " FROM mail_folder f WHERE role = 'inbox'",
                             "");

  return *result != NULL;
}

static char *
play_session (LiaTranscript *transcript,
              LiaMailbox    *mailbox)
{
  TestMailbox store = { 0 };
  Play        play = { transcript, mailbox, &store, NULL };
  const char *expected = lia_transcript_get (transcript, "store", NULL);
  g_autoptr (GError) error = NULL;

  test_mailbox_set_up (&store, NULL);
  prepare (&store, transcript);
  run (&play);
  g_autofree char *after = test_wait (lia_store_read (store.base.store, describe, NULL, NULL, g_free), &error);
  g_assert_no_error (error);
  test_mailbox_tear_down (&store, NULL);
  if (expected != NULL)
    g_assert_cmpstr (after, ==, expected);

  return play.result;
}

static char *
play (LiaTranscript *transcript,
      LiaMailbox    *mailbox)
{
  Play play = { transcript, mailbox, NULL, NULL };

  if (g_str_equal (lia_transcript_get (transcript, "do", ""), "session"))
    return play_session (transcript, mailbox);
  run (&play);

  return play.result;
}

int
main (int    argc,
      char **argv)
{
  if (argc > 1 && strcmp (argv[1], "parse-worker") == 0)
    return lia_parse_worker_main ();

  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  lia_transcript_add_tests ("imap", play);

  return g_test_run ();
}
