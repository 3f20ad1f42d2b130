/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Raw mail in, rows out: with a real store and a real parse worker. */

#include "lia-blobs.h"
#include "lia-compose.h"
#include "lia-mail-store.h"
#include "lia-parse-worker.h"
#include "lia-test-mailbox.h"

#include <string.h>
#include <sys/wait.h>

#define NOW_MS (g_get_real_time () / 1000)
#define DAY_MS (24ll * 3600 * 1000)

typedef struct
{
  gint64   at_ms; /* 0 = now */
  gboolean seen;
  gboolean sent; /* in the Sent folder */
  gint64   uid;  /* 0 = the next one */
} Place;

static gint64
add_raw (TestMailbox *self,
         GBytes      *raw,
         Place        place)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_mail_fetched_free);
  g_autoptr (DexFuture) future = NULL;
  g_autoptr (GError) error = NULL;
  LiaMailFetched *fetched = g_new0 (LiaMailFetched, 1);
  const GValue   *value;

  fetched->raw = g_bytes_ref (raw);
  fetched->uid = place.uid != 0 ? place.uid : self->next_uid++;
  fetched->internal_date_ms = place.at_ms != 0 ? place.at_ms : NOW_MS;
  fetched->seen = place.seen;
  g_ptr_array_add (messages, fetched);
  future = lia_mail_ingest_add (self->ingest, self->channel, place.sent ? self->sent : self->inbox, 1, messages);
  test_settle (future);
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);

  return g_value_get_int64 (value);
}

static gint64
add (TestMailbox *self,
     const char  *text,
     Place        place)
{
  g_autoptr (GBytes) raw = g_bytes_new (text, strlen (text));

  return add_raw (self, raw, place);
}

typedef struct
{
  const char *sql;
  const char *types;
} Question;

static gboolean
ask (LiaDb    *db,
     gpointer  data,
     gpointer *result,
     GError  **error)
{
  char *text = lia_db_get_text (db, error, ((Question *)data)->sql, "");

  *result = text;

  return text != NULL;
}

/* The first column of the first row, as text. */
static char *
one (TestMailbox *self,
     const char  *sql)
{
  g_autoptr (GError) error = NULL;
  Question question = { .sql = g_intern_string (sql) };
  char    *text = test_wait (lia_store_read (self->base.store, ask, &question, NULL, g_free), &error);

  g_assert_no_error (error);

  return text;
}

#define assert_sql(self, sql, expected)         \
  G_STMT_START                                  \
  {                                             \
    g_autofree char *answer_ = one (self, sql); \
    g_assert_cmpstr (answer_, ==, expected);    \
  }                                             \
  G_STMT_END

#define FIRST                                                                                                                       \
  "From: Ann Lee <ann@example.com>\r\nTo: support@example.org\r\nSubject: Invoice 1042 is wrong\r\nMessage-ID: <1@example.com>\r\n" \
  "Date: Mon, 10 Nov 2025 10:00:00 +0100\r\n\r\nHello,\r\nthe amount is not what we agreed.\r\n"

static void
test_first (TestMailbox  *self,
            gconstpointer unused)
{
  g_assert_cmpint (add (self, FIRST, (Place){ 0 }), ==, 1);
  assert_sql (self, "SELECT name || ' ' || address FROM customer", "Ann Lee ann@example.com");
  assert_sql (self, "SELECT state || ' ' || subject || ' ' || channel FROM conversation", "open Invoice 1042 is wrong email");
  assert_sql (self, "SELECT json_extract (json, '$.text') FROM entry_text", "Hello,\nthe amount is not what we agreed.");
  assert_sql (self, "SELECT json_extract (json, '$.author.id') FROM entry_text", "k_5");
  assert_sql (self, "SELECT json_extract (json, '$.d') FROM entry_text", "{\"utc_offset_min\":60}");
  assert_sql (self, "SELECT why || ' ' || message_id || ' ' || direction FROM mail_message", "new 1@example.com in");
  assert_sql (self, "SELECT uid_done FROM mail_folder WHERE role = 'inbox'", "1");
}

static void
test_again (TestMailbox  *self,
            gconstpointer unused)
{
  g_assert_cmpint (add (self, FIRST, (Place){ .uid = 7 }), ==, 1);
  g_assert_cmpint (add (self, FIRST, (Place){ .uid = 7 }), ==, 0);
  /* another header line, another place: the same message */
  g_assert_cmpint (add (self, "Received: by mx\r\n" FIRST, (Place){ .uid = 8 }), ==, 0);
  assert_sql (self, "SELECT count(*) FROM mail_location", "2");
  assert_sql (self, "SELECT count(*) FROM entry", "1");
  /* the same Message-ID over other words: never thrown away */
  g_assert_cmpint (add (self, FIRST "No.\r\n", (Place){ .uid = 9 }), ==, 1);
  assert_sql (self, "SELECT uid_done FROM mail_folder WHERE role = 'inbox'", "7:9");
}

static void
test_raw_is_kept (TestMailbox  *self,
                  gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GBytes) raw = NULL;

  add (self, FIRST, (Place){ 0 });
  id = one (self, "SELECT raw FROM mail_message");
  raw = lia_blobs_get (self->base.directory, id, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw), FIRST, strlen (FIRST));
}

static void
test_answer (TestMailbox  *self,
             gconstpointer unused)
{
  add (self, FIRST, (Place){ 0 });
  add (self,
       "From: Ann Lee <ann@example.com>\r\nTo: support@example.org\r\nSubject: Re: Invoice\r\nMessage-ID: <2@example.com>\r\nIn-Reply-To: <1@example.com>\r\n\r\n"
       "Any news?\r\n\r\nHello, the amount is not what we agreed.\r\nthat is all\r\n\r\n> the amount is not what we agreed.\r\n",
       (Place){ 0 });
  assert_sql (self, "SELECT count(*) FROM conversation", "1");
  assert_sql (self, "SELECT why FROM mail_message WHERE message_id = '2@example.com'", "reference");
  assert_sql (self, "SELECT json_extract (json, '$.folds[0].kind') FROM entry_text ORDER BY seq DESC LIMIT 1", "quote");
}

/* A Message-ID that everybody can read in an archive leads nobody else into the conversation. */
static void
test_stranger (TestMailbox  *self,
               gconstpointer unused)
{
  add (self, FIRST, (Place){ 0 });
  add (self, "From: Eve <eve@elsewhere.example>\r\nTo: support@example.org\r\nSubject: Re: Invoice 1042 is wrong\r\nMessage-ID: <3@x>\r\nReferences: <1@example.com>\r\n\r\nHi\r\n",
       (Place){ 0 });
  add (self, "From: Carl <carl@example.com>\r\nTo: support@example.org\r\nSubject: x\r\nMessage-ID: <4@x>\r\nReferences: <1@example.com>\r\n\r\nHi from her colleague\r\n", (Place){ 0 });
  assert_sql (self, "SELECT group_concat (why, ' ') FROM (SELECT why FROM mail_message ORDER BY id)", "new new reference");
}

static void
test_same_subject (TestMailbox  *self,
                   gconstpointer unused)
{
  add (self, "From: a@one.example\r\nSubject: Help\r\nMessage-ID: <1@one>\r\n\r\nOne\r\n", (Place){ 0 });
  add (self, "From: a@one.example\r\nSubject: Re: Help\r\nMessage-ID: <2@one>\r\n\r\nTwo\r\n", (Place){ 0 });
  assert_sql (self, "SELECT count(*) FROM conversation", "2");
  assert_sql (self, "SELECT count(*) FROM customer", "1");
}

static void
test_late_parent (TestMailbox  *self,
                  gconstpointer unused)
{
  add (self, "From: a@one.example\r\nSubject: Re: Help\r\nMessage-ID: <2@one>\r\nReferences: <1@one>\r\n\r\nTwo\r\n", (Place){ 0 });
  add (self, "From: a@one.example\r\nSubject: Help\r\nMessage-ID: <1@one>\r\n\r\nOne\r\n", (Place){ 0 });
  assert_sql (self, "SELECT count(*) FROM conversation", "1");
  assert_sql (self, "SELECT why FROM mail_message WHERE message_id = '1@one'", "ghost");
}

typedef struct
{
  GBytes *key;
  char   *message_id;
} Outgoing;

static gboolean
queue_one (LiaDb    *db,
           gpointer  data,
           gpointer *result,
           GError  **error)
{
  Outgoing *self = data;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("Subject: x\r\n\r\nOur answer\r\n", 26);
  g_autoptr (GPtrArray) to = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  gint64 conversation = 0;

  g_ptr_array_add (to, lia_address_new ("", "Ann@Example.com"));
  self->key = lia_mail_store_key (db, error);

  if (self->key == NULL || !lia_db_get_int (db, &conversation, error, "SELECT id FROM conversation LIMIT 1", ""))
    return FALSE;

  self->message_id = lia_mail_token_message_id (self->key, conversation, "example.org");

  LiaMailOutgoing outgoing = { .channel_id = 3, .entry_seq = 999, .conversation_id = conversation, .message_id = self->message_id, .raw = "b_x", .bytes = bytes, .recipients = to };

  return lia_mail_store_add_outgoing (db, &outgoing, error);
}

static void
test_tokens (TestMailbox  *self,
             gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  Outgoing         outgoing = { 0 };
  g_autofree char *reply = NULL;
  g_autofree char *bounce = NULL;
  g_autofree char *copy = NULL;
  g_autofree char *address = NULL;
  g_autofree char *to_token = NULL;

  add (self, FIRST, (Place){ 0 });
  test_wait (lia_store_write (self->base.store, queue_one, &outgoing, NULL, NULL), &error);
  g_assert_no_error (error);

  /* by our Message-ID, from an address that nobody has seen before */
  reply = g_strdup_printf ("From: Ann <ann@home.example>\r\nTo: support@example.org\r\nMessage-ID: <5@x>\r\nIn-Reply-To: <%s>\r\n\r\nFrom home\r\n", outgoing.message_id);
  add (self, reply, (Place){ 0 });
  assert_sql (self, "SELECT why FROM mail_message WHERE message_id = '5@x'", "own-id");
  assert_sql (self, "SELECT json_extract (json, '$.flags[0]') FROM entry_text ORDER BY seq DESC LIMIT 1", "new-participant");

  /* by the token in the address */
  address = lia_mail_token_reply_address (outgoing.key, 6, "support@example.org");
  to_token = g_strdup_printf ("From: Ann <ann@example.com>\r\nTo: <%s>\r\nMessage-ID: <6@x>\r\n\r\nHello\r\n", address);
  add (self, to_token, (Place){ 0 });
  assert_sql (self, "SELECT why FROM mail_message WHERE message_id = '6@x'", "token");

  /* a bounce in which our header came back */
  bounce = g_strdup_printf ("From: MAILER-DAEMON@mx.example\r\nTo: support@example.org\r\nSubject: Undelivered\r\nMessage-ID: <7@mx>\r\nReturn-Path: <>\r\n"
                            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nNo such user\r\n"
                            "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <%s>\r\n--b--\r\n",
                            outgoing.message_id);
  add (self, bounce, (Place){ 0 });
  assert_sql (self, "SELECT why || ' ' || auto_class FROM mail_message WHERE message_id = '7@mx'", "bounce bounce");

  /* the copy that the provider filed, with another body */
  copy = g_strdup_printf ("From: support@example.org\r\nTo: ann@example.com\r\nMessage-ID: <%s>\r\n\r\nOur answer, rewritten\r\n", outgoing.message_id);
  g_assert_cmpint (add (self, copy, (Place){ .sent = TRUE }), ==, 0);
  assert_sql (self, "SELECT count(*) FROM conversation", "1");

  g_bytes_unref (outgoing.key);
  g_free (outgoing.message_id);
}

static void
test_sent_elsewhere (TestMailbox  *self,
                     gconstpointer unused)
{
  add (self, FIRST, (Place){ .at_ms = NOW_MS - 1000 });
  add (self, "From: Support <support@example.org>\r\nTo: Ann Lee <ann@example.com>\r\nSubject: Re: Invoice\r\nMessage-ID: <9@example.org>\r\nIn-Reply-To: <1@example.com>\r\n\r\nDone.\r\n",
       (Place){ .sent = TRUE, .seen = TRUE });
  assert_sql (self, "SELECT json_extract (json, '$.dir') || ' ' || json_extract (json, '$.flags[0]') || ' ' || json_extract (json, '$.author.kind') FROM entry_text ORDER BY seq DESC LIMIT 1",
              "out sent-elsewhere agent");
  assert_sql (self, "SELECT state FROM conversation", "pending");
  /* between ourselves */
  g_assert_cmpint (add (self, "From: support@example.org\r\nTo: bob@example.org\r\nMessage-ID: <10@example.org>\r\n\r\nHi Bob\r\n", (Place){ .sent = TRUE }), ==, 0);
  assert_sql (self, "SELECT count(*) FROM customer", "1");
}

static void
test_history (TestMailbox  *self,
              gconstpointer unused)
{
  add (self, "From: a@one.example\r\nSubject: Old\r\nMessage-ID: <1@one>\r\n\r\nOld\r\n", (Place){ .at_ms = NOW_MS - 30 * DAY_MS });
  add (self, "From: b@two.example\r\nSubject: Read\r\nMessage-ID: <1@two>\r\n\r\nRead\r\n", (Place){ .at_ms = NOW_MS - DAY_MS, .seen = TRUE });
  add (self, "From: c@three.example\r\nSubject: Unread\r\nMessage-ID: <1@three>\r\n\r\nUnread\r\n", (Place){ .at_ms = NOW_MS - DAY_MS });
  add (self, "From: d@four.example\r\nSubject: Read since then\r\nMessage-ID: <1@four>\r\n\r\nRead\r\n", (Place){ .seen = TRUE });
  assert_sql (self, "SELECT group_concat (state, ' ') FROM (SELECT state FROM conversation ORDER BY id)", "closed closed open open");
}

static void
test_automatic (TestMailbox  *self,
                gconstpointer unused)
{
  add (self, "From: a@one.example\r\nSubject: Out of office\r\nAuto-Submitted: auto-replied\r\nMessage-ID: <1@one>\r\n\r\nAway\r\n", (Place){ 0 });
  assert_sql (self, "SELECT state || ' ' || coalesce (due_at, 'none') FROM conversation", "closed none");
  assert_sql (self, "SELECT json_extract (json, '$.flags[0]') FROM entry_text", "auto-reply");
  add (self, "From: b@two.example\r\nSubject: News\r\nList-Unsubscribe: <mailto:x@y>\r\nMessage-ID: <1@two>\r\n\r\nNews\r\n", (Place){ 0 });
  assert_sql (self, "SELECT state || ' ' || coalesce (due_at, 'none') FROM conversation ORDER BY id DESC LIMIT 1", "open none");
}

static void
test_form (TestMailbox  *self,
           gconstpointer unused)
{
  add (self, "From: Website <support@example.org>\r\nReply-To: Ann <ann@example.com>\r\nTo: support@example.org\r\nSubject: Form\r\nMessage-ID: <1@w>\r\n\r\nHello there\r\n", (Place){ 0 });
  assert_sql (self, "SELECT address FROM customer", "ann@example.com");
  assert_sql (self, "SELECT state FROM conversation", "open");
}

/* The worker may open no files but those the C library keeps its character sets in. */
static void
test_charset (TestMailbox  *self,
              gconstpointer unused)
{
  add (self, "From: a@one.example\r\nSubject: =?koi8-r?q?=F0=D2=C9?=\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n\r\n\x1b$B%m%0\x1b(B\r\n", (Place){ 0 });
  assert_sql (self, "SELECT subject || ' ' || snippet FROM conversation", "При ログ");
}

static void
test_attachment (TestMailbox  *self,
                 gconstpointer unused)
{
  add (self,
       "From: a@one.example\r\nSubject: File\r\nMessage-ID: <1@one>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
       "Content-Type: text/html\r\n\r\n<p>See <b>file</b></p>\r\n--b\r\nContent-Type: application/pdf; name=\"../../a.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
       "JVBERi0xLjQK\r\n--b--\r\n",
       (Place){ 0 });
  assert_sql (self, "SELECT json_extract (json, '$.attachments[0].name') || ' ' || json_extract (json, '$.attachments[0].type') FROM entry_text", "a.pdf application/pdf");
  assert_sql (self, "SELECT json_extract (json, '$.html') || ' ' || json_extract (json, '$.text') FROM entry_text", "1 See file");
}

static char *
repeated (const char *head,
          const char *unit,
          gsize       times,
          gsize      *length)
{
  GString *text = g_string_new (head);

  while (times-- > 0)
    g_string_append (text, unit);

  *length = text->len;

  return g_string_free_and_steal (text);
}

#define BOMB "From: Eve <eve@evil.example>\r\nSubject: Bomb\r\nMIME-Version: 1.0\r\n"

static void
test_hostile (TestMailbox  *self,
              gconstpointer unused)
{
  const struct
  {
    const char *head;
    const char *unit;
    gsize       times;
    gboolean    parsed;
  } bombs[] = {
    { BOMB "Content-Type: multipart/mixed; boundary=b\r\n\r\n", "--b\r\n\r\n", 300000, FALSE },
    { BOMB, "X: y\r\n", 500000, FALSE },
    { BOMB "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", "X: y\r\n", 500000, TRUE },
    { BOMB, "Content-Type: message/rfc822\r\n\r\n", 1024, TRUE },
    { BOMB "Content-Type: text/html\r\n\r\n", "<div><span>", 200000, TRUE },
    { BOMB "Content-Type: text/html\r\n\r\n", "<b></i>", 500000, TRUE },
    { BOMB "Content-Type: text/plain; charset=\"no-such-charset\"\r\n\r\n", "\xff\xfe\x80", 100000, TRUE },
    { BOMB "Content-Type: text/plain; charset=utf-7\r\n\r\n", "+AAA", 100000, TRUE },
    { BOMB "\r\n", "0123456789abcdef0123456789abcde\n", 50 * 1024 * 1024 / 32 - 100, TRUE },
    { BOMB "\r\n", "0123456789abcdef0123456789abcde\n", 50 * 1024 * 1024 / 32 + 100, FALSE },
    { BOMB "To: ", "a@b,", 60000, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bombs); i++)
    {
      gsize            length;
      g_autofree char *text = repeated (bombs[i].head, bombs[i].unit, bombs[i].times, &length);
      g_autoptr (GBytes) raw = g_bytes_new_static (text, length);
      gint64           start = g_get_monotonic_time ();
      g_autofree char *state = NULL;

      g_assert_cmpint (add_raw (self, raw, (Place){ 0 }), ==, 1);
      state = one (self, "SELECT parse_state || ' ' || (SELECT coalesce (json_extract (json, '$.flags[0]'), '') FROM entry_text WHERE seq = entry_seq) FROM mail_message ORDER BY id DESC LIMIT 1");
      g_test_message ("bomb %u: %s, %" G_GINT64_FORMAT " ms", i, state, (g_get_monotonic_time () - start) / 1000);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);

      if (!bombs[i].parsed)
        g_assert_true (g_str_has_suffix (state, "unparsed"));
    }

  assert_sql (self, "SELECT count(*) FROM customer WHERE address = 'eve@evil.example'", "1");
  g_assert_cmpint (add (self, FIRST, (Place){ 0 }), ==, 1);
}

static void
test_renumbered (TestMailbox  *self,
                 gconstpointer unused)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new ();
  g_autoptr (DexFuture) future = lia_mail_ingest_add (self->ingest, self->channel, self->inbox, 2, messages);
  g_autoptr (GError) error = NULL;

  test_settle (future);
  g_assert_null (dex_future_get_value (future, &error));
  g_assert_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_CONFLICT);
}

/* Ends at every named place of the way in, then does it again: nothing is lost, nothing twice. */
static void
test_crash (void)
{
  static const char *const points[] = { "blobs-before-rename", "mail-ingest-before-write", "mail-ingest-in-transaction", "mail-ingest-after-write" };

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      g_autoptr (GError) error = NULL;
      TestMailbox      mailbox = { .inbox = 1, .sent = 2, .next_uid = 1 };
      g_autofree char *directory = g_dir_make_tmp ("liaison-store-XXXXXX", &error);
      const char      *arguments[] = { "/proc/self/exe", "crash-child", directory, NULL };
      g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "LIAISON_CRASH_AT", points[i], TRUE);
      int status;

      g_spawn_sync (NULL, (char **)arguments, environment, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
      g_assert_no_error (error);
      g_assert_true (WIFEXITED (status));
      g_assert_cmpint (WEXITSTATUS (status), ==, 70);

      mailbox.base.directory = g_strdup (directory);
      mailbox.base.store = lia_store_open (directory, &error);
      g_assert_no_error (error);
      mailbox.ingest = lia_mail_ingest_new (mailbox.base.store, "/proc/self/exe");
      mailbox.channel = 4;
      g_assert_cmpint (add (&mailbox, FIRST, (Place){ .uid = 1 }), ==, g_str_has_suffix (points[i], "after-write") ? 0 : 1);
      assert_sql (&mailbox, "SELECT count(*) FROM entry", "1");
      assert_sql (&mailbox, "SELECT count(*) FROM mail_location", "1");
      assert_sql (&mailbox, "SELECT uid_done FROM mail_folder WHERE role = 'inbox'", "1");
      test_mailbox_tear_down (&mailbox, NULL);
    }
}

static int
crash_child (const char *directory)
{
  TestMailbox mailbox = { .next_uid = 1 };
  g_autoptr (GError) error = NULL;

  mailbox.base.directory = g_strdup (directory);
  mailbox.base.store = lia_store_open (directory, &error);
  g_assert_no_error (error);
  test_wait (lia_store_write (mailbox.base.store, test_mailbox_make, &mailbox, NULL, NULL), &error);
  g_assert_no_error (error);
  mailbox.ingest = lia_mail_ingest_new (mailbox.base.store, "/proc/self/exe");
  add (&mailbox, FIRST, (Place){ 0 });

  return 0;
}

#define test(name, func) g_test_add ("/ingest/" name, TestMailbox, NULL, test_mailbox_set_up, func, test_mailbox_tear_down)

int
main (int   argc,
      char *argv[])
{
  if (argc > 1 && strcmp (argv[1], "parse-worker") == 0)
    return lia_parse_worker_main ();

  dex_init ();

  if (argc > 2 && strcmp (argv[1], "crash-child") == 0)
    return crash_child (argv[2]);

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  test ("first", test_first);
  test ("again", test_again);
  test ("raw-is-kept", test_raw_is_kept);
  test ("answer", test_answer);
  test ("stranger", test_stranger);
  test ("same-subject", test_same_subject);
  test ("late-parent", test_late_parent);
  test ("tokens", test_tokens);
  test ("sent-elsewhere", test_sent_elsewhere);
  test ("history", test_history);
  test ("automatic", test_automatic);
  test ("form", test_form);
  test ("charset", test_charset);
  test ("attachment", test_attachment);
  test ("hostile", test_hostile);
  test ("renumbered", test_renumbered);
  g_test_add_func ("/ingest/crash", test_crash);

  return g_test_run ();
}
