/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What events do to conversations, and that a rebuild from the journal arrives at equal rows. */

#include "lia-projections.h"
#include "lia-queries.h"
#include "lia-test-journal.h"

typedef struct
{
  LiaDb *db;
  gint64 customer;
  gint64 conversation;
} Fixture;

static gint64
add_message (Fixture    *self,
             const char *direction,
             gint64      at_ms,
             const char *more)
{
  g_autofree char *at = lia_time_to_string (at_ms);
  g_autofree char *data = g_strdup_printf ("{\"kind\":\"email\",\"dir\":\"%s\",\"at\":\"%s\",\"author\":{\"kind\":\"%s\",\"id\":\"%s\","
                                           "\"name\":\"Ann Lee\",\"address\":\"ann@example.com\"},\"subject\":\"Invoice ORD-2026/117\","
                                           "\"text\":\"The Rückerstattung\\n is late\\n> earlier words\",\"folds\":[{\"start\":29,\"end\":44,\"kind\":\"quote\"}]%s}",
                                           direction, at, direction[0] == 'i' ? "customer" : "agent",
                                           direction[0] == 'i' ? "k_3" : "a_1", more);

  return test_append (self->db, "entry.added", self->conversation, 0, direction[0] == 'i' ? 0 : 1, at_ms, data);
}

static gint64
add_state (Fixture    *self,
           gint64      at_ms,
           const char *details)
{
  g_autofree char *data = g_strdup_printf ("{\"kind\":\"state\",\"dir\":null,\"d\":%s}", details);

  return test_append (self->db, "entry.added", self->conversation, 0, 1, at_ms, data);
}

static gint64
change_entry (Fixture    *self,
              gint64      seq,
              const char *set)
{
  g_autofree char *data = g_strdup_printf ("{\"entry\":%" G_GINT64_FORMAT ",\"set\":%s}", seq, set);

  return test_append (self->db, "entry.changed", self->conversation, 0, 0, TEST_NOON, data);
}

static void
set_up (Fixture      *self,
        gconstpointer unused)
{
  self->db = test_open_memory ();
  self->customer = test_append (self->db, "customer.created", 0, 0, 0, TEST_NOON,
                                "{\"name\":\"Ann Lee\",\"addresses\":[{\"kind\":\"email\",\"value\":\"Ann@Example.com\"},{\"kind\":\"phone\",\"value\":\"+49 (30) 123-456\"}]}");
  self->conversation = test_append (self->db, "conversation.created", 0, self->customer, 0, TEST_NOON,
                                    "{\"subject\":\"Invoice\",\"channel\":\"email\",\"queue\":1}");
}

static void
tear_down (Fixture      *self,
           gconstpointer unused)
{
  lia_db_close (self->db);
}

/* One line of everything that matters about a conversation. */
static void
assert_row (Fixture    *self,
            const char *expected)
{
  GError          *error = NULL;
  g_autofree char *row = lia_db_get_text (self->db, &error,
                                          "SELECT format ('%s %s %s %s', state, coalesce (due_kind, '-'), "
                                          "coalesce ((due_at - 1800000000000) / 60000, '-'), coalesce (sending, '')) FROM conversation WHERE id = $1",
                                          "i", self->conversation);

  g_assert_no_error (error);
  g_assert_cmpstr (row, ==, expected);
}

static void
test_waiting (Fixture      *self,
              gconstpointer unused)
{
  assert_row (self, "open - - ");
  add_message (self, "in", TEST_NOON, "");
  assert_row (self, "open first 480 ");
  add_message (self, "in", TEST_NOON + TEST_HOUR, "");
  assert_row (self, "open first 480 ");
  add_message (self, "out", TEST_NOON + 2 * TEST_HOUR, "");
  assert_row (self, "pending - - ");
  add_message (self, "in", TEST_NOON + 3 * TEST_HOUR, ",\"x\":{\"target_ms\":3600000}");
  assert_row (self, "open next 240 ");
  add_message (self, "out", TEST_NOON + 4 * TEST_HOUR, ",\"x\":{\"then\":\"keep\"}");
  assert_row (self, "open - - ");
}

/* The customer's clock is behind, and answers at once: that must not count as answered before. */
static void
test_quick_reply (Fixture      *self,
                  gconstpointer unused)
{
  add_message (self, "out", TEST_NOON, "");
  add_message (self, "in", TEST_NOON - 5 * TEST_MINUTE, "");
  assert_row (self, "open next 475 ");
}

static void
add_words (Fixture    *self,
           const char *direction,
           gint64      at_ms,
           const char *text,
           const char *flags)
{
  g_autofree char *at = lia_time_to_string (at_ms);
  g_autofree char *data = g_strdup_printf ("{\"kind\":\"email\",\"dir\":\"%s\",\"at\":\"%s\",\"text\":\"%s\",\"folds\":[],\"flags\":[%s]}",
                                           direction, at, text, flags);

  test_append (self->db, "entry.added", self->conversation, 0, direction[0] == 'i' ? 0 : 1, at_ms, data);
}

static void
assert_language (Fixture    *self,
                 const char *expected)
{
  g_autofree char *actual = lia_db_get_text (self->db, NULL, "SELECT lang || ' ' || lang_set FROM conversation WHERE id = $1", "i", self->conversation);

  g_assert_cmpstr (actual, ==, expected);
}

#define GERMAN "Das Paket ist gestern angekommen, aber der Griff ist kaputt."
#define FRENCH "Le colis est arrivé hier mais la poignée est cassée."

static void
test_language (Fixture      *self,
               gconstpointer unused)
{
  assert_language (self, " 0");
  add_words (self, "in", TEST_NOON, GERMAN, "");
  assert_language (self, "de 0");
  add_words (self, "in", TEST_NOON + TEST_HOUR, "Ok", "");
  assert_language (self, "de 0");
  add_words (self, "out", TEST_NOON + 2 * TEST_HOUR, FRENCH, "");
  add_words (self, "in", TEST_NOON + 3 * TEST_HOUR, FRENCH, "\"auto-reply\"");
  add_words (self, "in", TEST_NOON - TEST_HOUR, FRENCH, "");
  assert_language (self, "de 0");
  add_words (self, "in", TEST_NOON + 4 * TEST_HOUR, FRENCH, "");
  assert_language (self, "fr 0");

  add_state (self, TEST_NOON + 5 * TEST_HOUR, "{\"what\":\"language\",\"language\":\"pl\"}");
  add_words (self, "in", TEST_NOON + 6 * TEST_HOUR, GERMAN, "");
  assert_language (self, "pl 1");
  add_state (self, TEST_NOON + 7 * TEST_HOUR, "{\"what\":\"language\",\"language\":\"\"}");
  assert_language (self, " 0");
  add_words (self, "in", TEST_NOON + 8 * TEST_HOUR, GERMAN, "");
  assert_language (self, "de 0");
}

/* A first sync brings the newest first. */
static void
test_history (Fixture      *self,
              gconstpointer unused)
{
  add_message (self, "out", TEST_NOON + 5 * TEST_HOUR, ",\"flags\":[\"sent-elsewhere\"]");
  add_message (self, "in", TEST_NOON + 4 * TEST_HOUR, "");
  assert_row (self, "pending - - ");
  add_message (self, "in", TEST_NOON + 6 * TEST_HOUR, "");
  assert_row (self, "open next 840 ");
  add_message (self, "out", TEST_NOON + 3 * TEST_HOUR, "");
  assert_row (self, "open next 840 ");
  add_message (self, "in", TEST_NOON + 2 * TEST_HOUR, "");
  assert_row (self, "open next 840 ");
}

static void
test_states (Fixture      *self,
             gconstpointer unused)
{
  add_message (self, "in", TEST_NOON, "");
  add_state (self, TEST_NOON, "{\"what\":\"assigned\",\"assignee\":\"a_1\"}");
  add_state (self, TEST_NOON, "{\"what\":\"snoozed\",\"until\":\"2027-01-15T20:00:00.000Z\"}");
  assert_row (self, "snoozed snooze 720 ");
  add_state (self, TEST_NOON + 12 * TEST_HOUR, "{\"what\":\"woken\"}");
  assert_row (self, "open first 480 ");
  add_state (self, TEST_NOON, "{\"what\":\"closed\"}");
  assert_row (self, "closed - - ");
  add_state (self, TEST_NOON, "{\"what\":\"reopened\"}");
  assert_row (self, "open first 480 ");
  add_message (self, "out", TEST_NOON + TEST_HOUR, "");
  add_state (self, TEST_NOON + TEST_HOUR, "{\"what\":\"closed\"}");
  add_message (self, "in", TEST_NOON + 2 * TEST_HOUR, ",\"flags\":[\"auto-reply\"]");
  assert_row (self, "closed - - ");
  add_message (self, "in", TEST_NOON + 2 * TEST_HOUR, "");
  assert_row (self, "open next 600 ");
  add_state (self, TEST_NOON, "{\"what\":\"snoozed\",\"until\":\"2027-01-15T20:00:00.000Z\"}");
  add_message (self, "in", TEST_NOON + 3 * TEST_HOUR, "");
  assert_row (self, "open next 600 ");
}

/* Mail from before our watch is on the timeline and asks for nothing; the next message does. */
static void
test_quiet (Fixture      *self,
            gconstpointer unused)
{
  self->conversation = test_append (self->db, "conversation.created", 0, self->customer, 0, TEST_NOON,
                                    "{\"channel\":\"email\",\"queue\":\"q_1\",\"state\":\"closed\"}");
  add_message (self, "in", TEST_NOON - TEST_HOUR, ",\"x\":{\"quiet\":true}");
  add_message (self, "out", TEST_NOON, ",\"x\":{\"quiet\":true}");
  assert_row (self, "closed - - ");
  add_message (self, "in", TEST_NOON + TEST_HOUR, "");
  assert_row (self, "open first 540 ");
}

static void
test_sending (Fixture      *self,
              gconstpointer unused)
{
  gint64 sent;

  add_message (self, "in", TEST_NOON, "");
  sent = add_message (self, "out", TEST_NOON + TEST_HOUR, ",\"state\":\"queued\",\"message_id\":null");
  assert_row (self, "pending - - queued");
  add_state (self, TEST_NOON + TEST_HOUR, "{\"what\":\"closed\"}");
  change_entry (self, sent, "{\"state\":\"failed\",\"problem\":\"No such user\"}");
  assert_row (self, "open first 480 failed");
  change_entry (self, sent, "{\"state\":\"queued\",\"problem\":null}");
  assert_row (self, "pending - - queued");
  change_entry (self, sent, "{\"state\":\"sent\",\"message_id\":\"x@example.org\"}");
  assert_row (self, "pending - - ");
  sent = add_message (self, "out", TEST_NOON + 2 * TEST_HOUR, ",\"state\":\"queued\"");
  change_entry (self, sent, "{\"state\":\"cancelled\"}");
  assert_row (self, "open - - ");
}

static void
test_entry_text (Fixture      *self,
                 gconstpointer unused)
{
  GError          *error = NULL;
  gint64           seq = add_message (self, "in", TEST_NOON, ",\"x\":{\"raw\":\"b_1\"}");
  g_autofree char *json = lia_db_get_text (self->db, &error, "SELECT json FROM entry_text WHERE seq = $1", "i", seq);
  g_autofree char *start = g_strdup_printf ("{\"id\":\"e_%" G_GINT64_FORMAT "\",\"seq\":%" G_GINT64_FORMAT ",\"conv\":\"c_4\",\"at\":\"2027-01-15T08:00:00.000Z\"", seq, seq);
  g_autofree char *snippet = lia_db_get_text (self->db, &error, "SELECT snippet FROM conversation", "");

  g_assert_true (g_str_has_prefix (json, start));
  g_assert_null (g_strstr_len (json, -1, "b_1"));
  g_assert_cmpstr (snippet, ==, "The Rückerstattung is late");
}

/* Most entries never change: a second copy would be half of the store. */
static void
test_entry_text_once (Fixture      *self,
                      gconstpointer unused)
{
  static const char copies[] = "SELECT (json IS NOT NULL) || ' ' || (x IS NOT NULL) FROM entry WHERE seq = $1";
  GError           *error = NULL;
  gint64            seq = add_message (self, "out", TEST_NOON, ",\"x\":{\"raw\":\"b_1\"},\"state\":\"queued\"");
  g_autofree char  *kept = lia_db_get_text (self->db, &error, copies, "i", seq);
  g_autofree char  *changed = NULL;
  g_autofree char  *text = NULL;

  g_assert_cmpstr (kept, ==, "0 0");
  change_entry (self, seq, "{\"state\":\"sent\"}");
  changed = lia_db_get_text (self->db, &error, copies, "i", seq);
  g_assert_cmpstr (changed, ==, "1 0");
  text = lia_db_get_text (self->db, &error, "SELECT json_extract (json, '$.state') || ' ' || json_extract (x, '$.raw') FROM entry_text WHERE seq = $1", "i", seq);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "sent b_1");
}

/* Of what was never sent nothing stays but the newest, and nothing at all once it is thrown away. */
static void
test_drafts (Fixture      *self,
             gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  test_append (self->db, "draft.saved", self->conversation, 0, 1, TEST_NOON, "{\"draft\":{\"body\":\"secret one\"}}");
  test_append (self->db, "draft.saved", self->conversation, 0, 1, TEST_NOON, "{\"draft\":{\"body\":\"secret two\"}}");
  test_append (self->db, "draft.saved", self->conversation, 0, 2, TEST_NOON, "{\"draft\":{\"body\":\"secret of Bo\"}}");
  g_assert_true (lia_db_get_int (self->db, &n, &error, "SELECT count (*) FROM journal WHERE data LIKE '%secret%'", ""));
  g_assert_cmpint (n, ==, 2);
  test_append (self->db, "draft.saved", self->conversation, 0, 1, TEST_NOON, "{\"draft\":null}");
  g_assert_true (lia_db_get_int (self->db, &n, &error, "SELECT count (*) FROM journal WHERE data LIKE '%secret%'", ""));
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 1);
}

static void
test_not_there (Fixture      *self,
                gconstpointer unused)
{
  static const LiaJournalEvent events[] = {
    { .kind = "entry.added", .conversation_id = 999, .data = "{\"kind\":\"note\"}" },
    { .kind = "entry.changed", .data = "{\"entry\":999}" },
    { .kind = "conversation.created", .customer_id = 999, .data = "{\"channel\":\"email\"}" },
    { .kind = "customer.changed", .data = "{\"customer\":999}" },
    { .kind = "conversation.read", .conversation_id = 999, .data = "{\"seq\":1}" },
    { .kind = "draft.saved", .conversation_id = 999, .data = "{\"draft\":{}}" },
    { .kind = "channel.removed", .data = "{\"channel\":999}" },
  };
  static const LiaJournalEvent mistakes[] = {
    { .kind = "no.such.kind", .data = "{}" },
    { .kind = "settings.changed", .data = "[" },
    { .kind = "entry.added", .conversation_id = 4, .data = "{\"kind\":7}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (lia_journal_append (self->db, &events[i], &error), ==, 0);
      g_assert_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND);
    }

  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (lia_journal_append (self->db, &mistakes[i], &error), ==, 0);
      g_assert_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_INTERNAL);
    }
}

/* Everything that projections hold, as text. */
static char *
dump (LiaDb *db)
{
  static const char *const queries[] = {
    "SELECT group_concat (format ('%s', json_array (id, ver, name, address, role, availability)), x'0a') FROM agent",
    "SELECT group_concat (json_array (id, ver, name, first_target_ms, next_target_ms), x'0a') FROM queue",
    "SELECT group_concat (json_array (id, ver, kind, name, queue_id, config), x'0a') FROM channel",
    "SELECT group_concat (json_array (key, value), x'0a') FROM setting",
    "SELECT group_concat (json_array (id, ver, name, org, lang, notes, address, conversations, open, created_at), x'0a') FROM customer",
    "SELECT group_concat (json_array (customer_id, kind, norm, raw, rev, place), x'0a') FROM address",
    "SELECT group_concat (json_array (word, customer_id), x'0a') FROM customer_word",
    "SELECT group_concat (json_array (id, ver, customer_id, channel, queue_id, state, assignee_id, subject, priority, tags, sort, due_at, due_kind, "
    "waiting_since, target_ms, snooze_until, woken_at, last_out_at, last_at, last_seq, last_in_seq, entries, snippet, sending, created_at, closed_at), x'0a') "
    "FROM conversation",
    "SELECT group_concat (json_array (seq, conversation_id, customer_id, at, kind, dir, agent_id, waits, answers, target_ms, state, message_id, place, x, json), x'0a') FROM entry",
    "SELECT group_concat (json_array (agent_id, conversation_id, seq, current), x'0a') FROM conversation_read",
    "SELECT group_concat (json_array (agent_id, conversation_id, json, at, seq), x'0a') FROM draft",
    "SELECT group_concat (json_array (view, of, total, inbound), x'0a') FROM view_total",
    "SELECT group_concat (json_array (agent_id, view, of, n), x'0a') FROM view_read",
    "SELECT group_concat (rowid, x'0a') FROM entry_words WHERE entry_words MATCH 'ord2026117'",
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      GError          *error = NULL;
      g_autofree char *rows = lia_db_get_text (db, &error, queries[i], "");

      g_assert_no_error (error);
      g_string_append_printf (text, "%s\n--\n", rows != NULL ? rows : "");
    }

  return g_string_free_and_steal (text);
}

/* The counters are right when they equal a count over everything. */
static void
assert_counts (LiaDb *db)
{
  static const struct
  {
    const char *view;
    const char *of;
    const char *where;
  } views[] = {
    { "all", "0", "state <> 'closed'" },
    { "closed", "0", "state = 'closed'" },
    { "followups", "0", "state = 'snoozed'" },
    { "waiting", "0", "state = 'open' AND assignee_id IS NULL" },
    { "queue", "1", "state IN ('open', 'pending') AND queue_id = 1" },
    { "mine", "1", "state IN ('open', 'pending') AND assignee_id = 1" },
    { "mine", "2", "state IN ('open', 'pending') AND assignee_id = 2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      g_autofree char *counted = g_strdup_printf (
          "SELECT count (*) || ' ' || coalesce (sum (last_in_seq <> 0), 0) || ' ' || coalesce (sum (last_in_seq <> 0 AND last_in_seq <= coalesce ("
          "(SELECT seq FROM conversation_read WHERE conversation_id = id AND agent_id = 1), 0)), 0) FROM conversation WHERE %s",
          views[i].where);
      g_autofree char *kept = g_strdup_printf (
          "SELECT coalesce ((SELECT total || ' ' || inbound FROM view_total WHERE view = '%s' AND of = %s), '0 0') || ' ' || "
          "coalesce ((SELECT n FROM view_read WHERE agent_id = 1 AND view = '%s' AND of = %s), 0)",
          views[i].view, views[i].of, views[i].view, views[i].of);
      g_autoptr (GError) error = NULL;
      g_autofree char *expected = lia_db_get_text (db, &error, counted, "");
      g_autofree char *actual = NULL;

      g_assert_no_error (error);
      actual = lia_db_get_text (db, &error, kept, "");
      g_assert_no_error (error);
      g_assert_cmpstr (actual, ==, expected);
    }
}

static void
do_anything (Fixture *self,
             gint64  *last_out,
             gint64   at_ms)
{
  static const char *const states[] = {
    "{\"what\":\"assigned\",\"assignee\":\"a_1\"}",
    "{\"what\":\"assigned\",\"assignee\":\"a_2\"}",
    "{\"what\":\"released\"}",
    "{\"what\":\"snoozed\",\"until\":\"2027-01-20T20:00:00.000Z\"}",
    "{\"what\":\"woken\"}",
    "{\"what\":\"closed\"}",
    "{\"what\":\"reopened\"}",
    "{\"what\":\"tagged\",\"tags\":[\"billing\",\"späť\"]}",
    "{\"what\":\"renamed\",\"subject\":\"Another\"}",
    "{\"what\":\"language\",\"language\":\"pl\"}",
    "{\"what\":\"language\",\"language\":\"\"}",
    "{\"what\":\"moved\",\"queue\":\"q_1\"}",
  };
  static const char *const changes[] = {
    "{\"state\":\"sending\"}",
    "{\"state\":\"sent\",\"message_id\":\"m@x\"}",
    "{\"state\":\"failed\",\"problem\":\"no\"}",
    "{\"state\":\"cancelled\"}",
    "{\"state\":\"queued\"}",
    "{\"state\":\"sent\",\"at\":\"2027-01-15T11:30:00.000Z\"}",
  };
  g_autofree char *read = g_strdup_printf ("{\"seq\":%d}", g_test_rand_bit () ? 0 : g_test_rand_int_range (1, 3000));

  switch (g_test_rand_int_range (0, 11))
    {
    case 0:
    case 1:
    case 2:
      add_message (self, "in", at_ms, g_test_rand_bit () ? "" : ",\"flags\":[\"auto-reply\"],\"x\":{\"target_ms\":60000}");
      break;
    case 3:
      *last_out = add_message (self, "out", at_ms, g_test_rand_bit () ? ",\"state\":\"queued\"" : ",\"state\":\"sent\",\"x\":{\"then\":\"keep\"}");
      break;
    case 4:
    case 5:
      add_state (self, at_ms, states[g_test_rand_int_range (0, G_N_ELEMENTS (states))]);
      break;
    case 6:
      if (*last_out != 0)
        change_entry (self, *last_out, changes[g_test_rand_int_range (0, G_N_ELEMENTS (changes))]);
      break;
    case 7:
      test_append (self->db, "conversation.read", self->conversation, 0, 1, at_ms, read);
      break;
    case 8:
      test_append (self->db, "draft.saved", self->conversation, 0, 1, at_ms, g_test_rand_bit () ? "{\"draft\":{\"body\":\"x\"}}" : "{\"draft\":null}");
      break;
    case 9:
      test_append (self->db, "customer.changed", 0, 0, 1, at_ms,
                   "{\"customer\":3,\"org\":\"Łódź AG\",\"add_addresses\":[{\"kind\":\"email\",\"value\":\"b@example.com\"}]}");
      break;
    default:
      test_append (self->db, g_test_rand_bit () ? "queue.changed" : "settings.changed", 0, 0, 1, at_ms,
                   g_test_rand_bit () ? "{\"queue\":1,\"first_target_ms\":7200000}" : "{\"queue\":1,\"next_target_ms\":3600000}");
      break;
    }
}

static void
test_rebuild (Fixture      *self,
              gconstpointer unused)
{
  GError          *error = NULL;
  gint64           conversations[12];
  gint64           last_out[12] = { 0 };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  test_append (self->db, "agent.changed", 0, 0, 0, TEST_NOON, "{\"agent\":2,\"name\":\"Bo\"}");
  test_append (self->db, "channel.changed", 0, 0, 0, TEST_NOON, "{\"name\":\"support@example.org\",\"config\":{\"imap\":{}}}");

  for (guint i = 0; i < G_N_ELEMENTS (conversations); i++)
    conversations[i] = test_append (self->db, "conversation.created", 0, self->customer, 0, TEST_NOON, i % 3 == 0 ? "{\"channel\":\"email\",\"state\":\"closed\"}" : "{\"channel\":\"email\"}");

  for (guint i = 0; i < 2000; i++)
    {
      guint which = g_test_rand_int_range (0, G_N_ELEMENTS (conversations));

      self->conversation = conversations[which];
      do_anything (self, &last_out[which], TEST_NOON + g_test_rand_int_range (-1000, 1000) * TEST_MINUTE);
    }

  assert_counts (self->db);
  before = dump (self->db);
  g_assert_true (lia_projections_rebuild (self->db, &error));
  g_assert_no_error (error);
  after = dump (self->db);
  g_assert_cmpstr (after, ==, before);
}

/* A journal that cannot be read is none that is empty. */
static void
test_unreadable_head (Fixture      *self,
                      gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LiaDb   *db = lia_db_open (":memory:", FALSE, &error);
  gpointer head = NULL;

  g_assert_no_error (error);
  g_assert_false (lia_query_read_head (db, NULL, &head, &error));
  g_assert_nonnull (error);
  g_assert_null (head);
  lia_db_close (db);
}

#define ADD(path, func) g_test_add ("/journal/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("waiting", test_waiting);
  ADD ("quick-reply", test_quick_reply);
  ADD ("history", test_history);
  ADD ("language", test_language);
  ADD ("states", test_states);
  ADD ("unreadable-head", test_unreadable_head);
  ADD ("quiet", test_quiet);
  ADD ("sending", test_sending);
  ADD ("entry-text", test_entry_text);
  ADD ("entry-text-once", test_entry_text_once);
  ADD ("drafts", test_drafts);
  ADD ("not-there", test_not_there);
  ADD ("rebuild", test_rebuild);

  return g_test_run ();
}
