/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the engine reads: pages join without a gap, each agent sees the own unread marks, no plan is a scan. */

#include "lia-idempotency.h"
#include "lia-problem.h"
#include "lia-queries.h"
#include "lia-test-journal.h"
#include "lia-wake.h"

#include <string.h>

#define N_CONVERSATIONS 25

typedef struct
{
  LiaDb *db;
  gint64 customers[2];
  gint64 conversations[N_CONVERSATIONS];
  gint64 entries[N_CONVERSATIONS];
} Fixture;

static gint64
add_entry (Fixture    *self,
           guint       which,
           const char *kind,
           const char *direction,
           const char *author,
           gint64      at_ms,
           const char *text)
{
  g_autofree char *at = lia_time_to_string (at_ms);
  g_autofree char *data = g_strdup_printf ("{\"kind\":\"%s\",\"dir\":%s,\"at\":\"%s\",\"author\":{\"kind\":\"agent\",\"id\":\"%s\",\"name\":\"N\",\"address\":\"\"},"
                                           "\"subject\":\"Subject %u\",\"text\":\"%s\",\"d\":{}}",
                                           kind, direction, at, author, which, text);

  return test_append (self->db, "entry.added", self->conversations[which], 0, 0, at_ms, data);
}

static void
add_state (Fixture    *self,
           guint       which,
           gint64      at_ms,
           const char *details)
{
  g_autofree char *data = g_strdup_printf ("{\"kind\":\"state\",\"author\":{\"kind\":\"agent\",\"id\":\"a_1\"},\"d\":%s}", details);

  test_append (self->db, "entry.added", self->conversations[which], 0, 1, at_ms, data);
}

static void
set_up (Fixture      *self,
        gconstpointer unused)
{
  self->db = test_open_memory ();
  test_append (self->db, "agent.changed", 0, 0, 0, TEST_NOON, "{\"agent\":2,\"name\":\"Bo\"}");
  self->customers[0] = test_append (self->db, "customer.created", 0, 0, 0, TEST_NOON,
                                    "{\"name\":\"Ann Lee\",\"org\":\"Łódź AG\",\"addresses\":[{\"kind\":\"email\",\"value\":\"Ann@Example.com\"},"
                                    "{\"kind\":\"phone\",\"value\":\"+49 30 123\"}]}");
  self->customers[1] = test_append (self->db, "customer.created", 0, 0, 0, TEST_NOON,
                                    "{\"name\":\"Anna Müller\",\"addresses\":[{\"kind\":\"email\",\"value\":\"anna@example.net\"}]}");

  for (guint i = 0; i < N_CONVERSATIONS; i++)
    {
      g_autofree char *text = g_strdup_printf ("The amount of invoice ORD-%u is wrong, 退款政策", i);

      self->conversations[i] = test_append (self->db, "conversation.created", 0, self->customers[i % 2], 0, TEST_NOON,
                                            "{\"subject\":\"Invoice\",\"channel\":\"email\"}");
      self->entries[i] = add_entry (self, i, "email", "\"in\"", "k_4", TEST_NOON + (i % 5) * TEST_HOUR, text);
    }
}

/* Small answers may be sorted: the candidates of a name, a page of what was found, the few failed messages of a conversation. */
static gboolean
is_bounded (const char *scan)
{
  return strstr (scan, "VIRTUAL TABLE") != NULL || g_str_has_prefix (scan, "SCAN (subquery") || g_str_has_prefix (scan, "SCAN w:") ||
         g_str_has_prefix (scan, "SCAN f:") || g_str_has_prefix (scan, "SCAN CONSTANT ROW") || strstr (scan, "journal_head") != NULL ||
         strstr (scan, "customer_word WHERE word >= $1") != NULL || strstr (scan, "MATCH $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3") != NULL || strstr (scan, "CASE state WHEN") != NULL ||
         strstr (scan, "FROM address WHERE customer_id = $1 ORDER BY place") != NULL || strstr (scan, "ORDER BY sort LIMIT 1") != NULL;
}

/* Whatever a test has run, reads and projections: nothing may read a whole table. */
static void
tear_down (Fixture      *self,
           gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) scans = lia_db_list_scans (self->db, &error);

  g_assert_no_error (error);
  for (guint i = 0; scans[i] != NULL; i++)
    {
      if (!is_bounded (scans[i]))
        g_error ("%s", scans[i]);
    }

  lia_db_close (self->db);
}

/* Reads a view page by page and checks that rows stand in order, each once. */
static guint
count_by_pages (Fixture    *self,
                const char *view,
                guint       limit)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *after = NULL;
  gint64           last_sort = G_MININT64;

  do
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LiaRowPage) page = lia_query_view (self->db, 1, view, after, limit, &error);

      g_assert_no_error (error);
      g_assert_cmpint (page->rows->len, <=, limit);
      for (guint i = 0; i < page->rows->len; i++)
        {
          LiaConversation *row = g_ptr_array_index (page->rows, i);

          g_assert_cmpint (row->sort, >=, last_sort);
          last_sort = row->sort;
          g_assert_true (g_hash_table_add (seen, g_strdup (row->id)));
        }
      g_set_str (&after, page->next);
    }
  while (after != NULL);

  return g_hash_table_size (seen);
}

static void
assert_counts (Fixture    *self,
               const char *view,
               gint64      total,
               gint64      unread)
{
  g_autoptr (GError) error = NULL;
  gint64 got_total;
  gint64 got_unread;

  g_assert_true (lia_query_view_counts (self->db, 1, view, &got_total, &got_unread, &error));
  g_assert_no_error (error);
  g_assert_cmpint (got_total, ==, total);
  g_assert_cmpint (got_unread, ==, unread);
  g_assert_cmpint (count_by_pages (self, view, 7), ==, total);
}

static void
test_views (Fixture      *self,
            gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gboolean contains;
  gint64   n;

  assert_counts (self, "waiting", 25, 25);
  assert_counts (self, "all", 25, 25);
  assert_counts (self, "queue:q_1", 25, 25);
  assert_counts (self, "mine", 0, 0);
  assert_counts (self, "callbacks", 0, 0);

  add_state (self, 0, TEST_NOON, "{\"what\":\"assigned\",\"assignee\":\"a_1\"}");
  add_state (self, 1, TEST_NOON, "{\"what\":\"assigned\",\"assignee\":\"a_2\"}");
  add_state (self, 2, TEST_NOON, "{\"what\":\"closed\"}");
  add_state (self, 3, TEST_NOON, "{\"what\":\"snoozed\",\"until\":\"2027-01-16T08:00:00.000Z\"}");
  test_append (self->db, "conversation.read", self->conversations[0], 0, 1, TEST_NOON, "{\"seq\":100}");
  test_append (self->db, "conversation.read", self->conversations[1], 0, 2, TEST_NOON, "{\"seq\":100}");

  assert_counts (self, "mine", 1, 0);
  assert_counts (self, "waiting", 21, 21);
  assert_counts (self, "queue:q_1", 23, 22);
  assert_counts (self, "closed", 1, 1);
  assert_counts (self, "followups", 1, 1);
  assert_counts (self, "all", 24, 23);

  g_assert_true (lia_query_view_contains (self->db, 1, "mine", self->conversations[0], &contains, &error));
  g_assert_true (contains);
  g_assert_true (lia_query_view_contains (self->db, 2, "mine", self->conversations[0], &contains, &error));
  g_assert_false (contains);

  g_assert_false (lia_query_view_counts (self->db, 1, "nothing", &n, &n, &error));
  g_assert_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (lia_query_view (self->db, 1, "all", "junk", 10, &error));
  g_assert_error (error, LIA_PROBLEM, LIA_PROBLEM_VALIDATION);
}

static void
test_conversation (Fixture      *self,
                   gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaConversation) mine = NULL;
  g_autoptr (LiaConversation) colleagues = NULL;
  g_autofree char *draft = NULL;

  add_state (self, 0, TEST_NOON, "{\"what\":\"tagged\",\"tags\":[\"billing\",\"späť\"]}");
  test_append (self->db, "draft.saved", self->conversations[0], 0, 1, TEST_NOON, "{\"draft\":{\"body\":\"Dear\"}}");
  test_append (self->db, "conversation.read", self->conversations[0], 0, 1, TEST_NOON, "{\"seq\":1000}");

  mine = lia_query_conversation (self->db, 1, self->conversations[0], &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mine->customer->name, ==, "Ann Lee");
  g_assert_cmpstr (mine->customer->address, ==, "Ann@Example.com");
  g_assert_cmpstr (mine->tags[1], ==, "späť");
  g_assert_cmpstr (mine->due_kind, ==, "first");
  g_assert_cmpstr (mine->snippet, ==, "The amount of invoice ORD-0 is wrong, 退款政策");
  g_assert_cmpint (mine->entries, ==, 1);
  g_assert_true (mine->draft);
  g_assert_false (mine->unread);

  colleagues = lia_query_conversation (self->db, 2, self->conversations[0], &error);
  g_assert_false (colleagues->draft);
  g_assert_true (colleagues->unread);

  draft = lia_query_draft (self->db, 1, self->conversations[0], &error);
  g_assert_cmpstr (draft, ==, "{\"body\":\"Dear\"}");
  g_assert_null (lia_query_draft (self->db, 2, self->conversations[0], &error));
  g_assert_no_error (error);
  g_assert_null (lia_query_conversation (self->db, 1, 99999, &error));
  g_assert_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND);
}

static void
test_timeline (Fixture      *self,
               gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  gint64           seen = 0;
  guint            n = 0;

  for (guint i = 0; i < 30; i++)
    add_entry (self, 0, "note", "null", i % 2 ? "a_1" : "a_2", TEST_NOON + (i % 7) * TEST_MINUTE, "x");

  do
    {
      g_autoptr (LiaEntryPage) page = lia_query_timeline (self->db, self->conversations[0], before, 8, &error);

      g_assert_no_error (error);
      n += page->entries->len;
      g_set_str (&before, page->next);
    }
  while (before != NULL);

  g_assert_cmpint (n, ==, 31);

  seen = self->entries[0];
  for (gint64 agent = 1; agent <= 2; agent++)
    {
      g_autoptr (LiaEntryPage) news = lia_query_entries_after (self->db, self->conversations[0], seen, agent, 100, &error);

      g_assert_no_error (error);
      g_assert_cmpint (news->entries->len, ==, 15);
    }

  g_assert_cmpint (lia_query_unread_from (self->db, 1, self->conversations[0], &error), ==, self->entries[0]);
  test_append (self->db, "conversation.read", self->conversations[0], 0, 1, TEST_NOON, "{\"seq\":1000}");
  g_assert_cmpint (lia_query_unread_from (self->db, 1, self->conversations[0], &error), ==, 0);
  g_assert_no_error (error);
}

static void
test_customers (Fixture      *self,
                gconstpointer unused)
{
  static const struct
  {
    const char *typed;
    guint       n;
    const char *first;
  } cases[] = {
    { "ann", 2, "Ann Lee" },
    { "anna@example.net", 1, "Anna Müller" },
    { "ann@example.com", 1, "Ann Lee" },
    { "lodz", 1, "Ann Lee" },
    { "mull an", 1, "Anna Müller" },
    { "  ", 0, NULL },
    { "zzz", 0, NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaCustomer) customer = lia_query_customer (self->db, self->customers[0], &error);
  g_autoptr (LiaRowPage) page = NULL;
  g_autoptr (LiaEntryPage) timeline = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (customer->addresses->len, ==, 2);
  g_assert_cmpint (customer->conversations, ==, 13);
  g_assert_cmpint (customer->open, ==, 13);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) found = lia_query_customers_like (self->db, cases[i].typed, 10, &error);

      g_assert_no_error (error);
      g_assert_cmpint (found->len, ==, cases[i].n);
      if (found->len > 0)
        g_assert_cmpstr (((LiaCustomer *)g_ptr_array_index (found, 0))->name, ==, cases[i].first);
    }

  g_assert_cmpint (lia_query_customer_by_address (self->db, "email", "ANN@example.com", &error), ==, self->customers[0]);
  g_assert_cmpint (lia_query_customer_by_address (self->db, "phone", "+49-30-123", &error), ==, self->customers[0]);
  g_assert_cmpint (lia_query_customer_by_address (self->db, "email", "nobody@example.com", &error), ==, 0);
  g_assert_no_error (error);

  page = lia_query_customer_conversations (self->db, 1, self->customers[0], NULL, 5, &error);
  g_assert_no_error (error);
  g_assert_cmpint (page->rows->len, ==, 5);
  g_assert_cmpint (page->total, ==, 13);
  g_assert_nonnull (page->next);
  timeline = lia_query_customer_timeline (self->db, self->customers[0], NULL, 100, &error);
  g_assert_no_error (error);
  g_assert_cmpint (timeline->entries->len, ==, 13);
}

static guint
search (Fixture    *self,
        const char *typed,
        guint       limit)
{
  g_autofree char *before = NULL;
  gint64           last_at = G_MAXINT64;
  guint            n = 0;

  do
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *next = NULL;
      g_autoptr (GPtrArray) found = lia_query_search (self->db, 1, typed, before, limit, &next, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < found->len; i++)
        {
          LiaFound *one = g_ptr_array_index (found, i);

          g_assert_cmpint (one->at_ms, <=, last_at);
          last_at = one->at_ms;
          g_assert_true (g_utf8_validate (one->snippet, -1, NULL));
          for (guint j = 0; j < one->marks->len; j++)
            g_assert_cmpint (g_array_index (one->marks, gsize, j), <=, strlen (one->snippet));
        }
      n += found->len;
      g_set_str (&before, next);
    }
  while (before != NULL);

  return n;
}

static void
test_search (Fixture      *self,
             gconstpointer unused)
{
  static const char *const anything[] = { "C++", "foo\"bar", "NEAR(", "-refund", "*", "a:b", "^x", "\"", "{x} : y", "\xff", "words:amount", "AND OR NOT", "" };
  g_autoptr (GError) error = NULL;
  g_autofree char *next = NULL;
  g_autoptr (GPtrArray) found = NULL;
  LiaFound *one;

  g_assert_cmpint (search (self, "amount", 7), ==, 25);
  g_assert_cmpint (search (self, "\"wrong amount\"", 7), ==, 0);
  g_assert_cmpint (search (self, "\"invoice ord-7\"", 7), ==, 1);
  g_assert_cmpint (search (self, "ord7", 7), ==, 1);
  g_assert_cmpint (search (self, "amou wrong", 7), ==, 0);
  g_assert_cmpint (search (self, "wrong amou", 7), ==, 25);
  g_assert_cmpint (search (self, "款政", 7), ==, 25);
  g_assert_cmpint (search (self, "Subject 12", 7), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (anything); i++)
    search (self, anything[i], 7);

  found = lia_query_search (self->db, 1, "ORD-7", NULL, 5, &next, &error);
  g_assert_no_error (error);
  one = g_ptr_array_index (found, 0);
  g_assert_cmpstr (one->snippet, ==, "The amount of invoice ORD-7 is wrong, 退款政策");
  g_assert_cmpint (one->marks->len, ==, 4);
  g_assert_cmpint (g_array_index (one->marks, gsize, 0), ==, 22);
  g_assert_cmpint (g_array_index (one->marks, gsize, 1), ==, 25);
  g_assert_cmpint (one->seq, ==, self->entries[7]);
}

/* A few words are asked for one by one, 65 and more as a beginning: nobody may see a difference. */
static void
test_search_beginnings (Fixture      *self,
                        gconstpointer unused)
{
  for (guint i = 0; i < 70; i++)
    {
      g_autofree char *text = g_strdup_printf ("contract%c%c contracts continued", 'a' + i / 26, 'a' + i % 26);

      add_entry (self, 1, "note", "null", "a_1", TEST_NOON, text);
      if (i == 10)
        g_assert_cmpint (search (self, "contract", 200), ==, 11);
    }

  g_assert_cmpint (search (self, "contract", 200), ==, 70);
  g_assert_cmpint (search (self, "contracta", 200), ==, 26);
  g_assert_cmpint (search (self, "contractab", 200), ==, 1);
  g_assert_cmpint (search (self, "contracts continu", 200), ==, 70);
  g_assert_cmpint (search (self, "contracts-contin", 200), ==, 70);
  g_assert_cmpint (search (self, "cont", 200), ==, 70);
  g_assert_cmpint (search (self, "contractx", 200), ==, 0);
}

static gint64
first_found (Fixture    *self,
             const char *typed)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *next = NULL;
  g_autoptr (GPtrArray) found = lia_query_search (self->db, 1, typed, NULL, 1, &next, &error);

  g_assert_no_error (error);
  g_assert_cmpint (found->len, ==, 1);

  return ((LiaFound *)g_ptr_array_index (found, 0))->seq;
}

/* A first sync brings old mail newest first, an import a thousand messages of one instant: all are found, in the order of time. */
static void
test_search_order (Fixture      *self,
                   gconstpointer unused)
{
  gint64 newest = add_entry (self, 0, "note", "null", "a_1", TEST_NOON + TEST_HOUR, "heron");

  for (guint i = 0; i < 20; i++)
    add_entry (self, 0, "note", "null", "a_1", TEST_NOON - i * TEST_HOUR, "heron");
  g_assert_cmpint (search (self, "heron", 3), ==, 21);
  g_assert_cmpint (first_found (self, "heron"), ==, newest);

  for (guint i = 0; i < 1100; i++)
    newest = add_entry (self, 0, "note", "null", "a_1", TEST_NOON, "osprey");
  g_assert_cmpint (search (self, "osprey", 100), ==, 1100);
  g_assert_cmpint (first_found (self, "osprey"), ==, newest);
}

/* What is sent later than it was written. */
static void
test_search_moved (Fixture      *self,
                   gconstpointer unused)
{
  g_autofree char *at = lia_time_to_string (TEST_NOON + 3 * TEST_HOUR);
  g_autofree char *change = NULL;
  gint64           moved = add_entry (self, 0, "note", "null", "a_1", TEST_NOON, "heron");
  gint64           newest = add_entry (self, 0, "note", "null", "a_1", TEST_NOON + TEST_HOUR, "heron");

  g_assert_cmpint (first_found (self, "heron"), ==, newest);
  change = g_strdup_printf ("{\"entry\":%" G_GINT64_FORMAT ",\"set\":{\"at\":\"%s\"}}", moved, at);
  test_append (self->db, "entry.changed", 0, 0, 0, TEST_NOON, change);
  g_assert_cmpint (first_found (self, "heron"), ==, moved);
  g_assert_cmpint (search (self, "heron", 1), ==, 2);
}

static void
test_wake (Fixture      *self,
           gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 tomorrow;
  gint64 next;
  guint  n;

  lia_time_from_string ("2027-01-16T08:00:00.000Z", &tomorrow);
  g_assert_true (lia_conversations_wake_due (self->db, TEST_NOON, &n, &next, &error));
  g_assert_cmpint (n, ==, 0);
  g_assert_cmpint (next, ==, 0);

  add_state (self, 3, TEST_NOON, "{\"what\":\"snoozed\",\"until\":\"2027-01-16T08:00:00.000Z\"}");
  add_state (self, 4, TEST_NOON, "{\"what\":\"snoozed\",\"until\":\"2027-01-17T08:00:00.000Z\"}");
  g_assert_true (lia_conversations_wake_due (self->db, TEST_NOON, &n, &next, &error));
  g_assert_cmpint (n, ==, 0);
  g_assert_cmpint (next, ==, tomorrow);
  g_assert_true (lia_conversations_wake_due (self->db, tomorrow, &n, &next, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 1);
  g_assert_cmpint (next, ==, tomorrow + 24 * TEST_HOUR);
  assert_counts (self, "followups", 1, 1);
}

static void
test_idempotency (Fixture      *self,
                  gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;
  LiaIdempotency   verdict;

  g_assert_true (lia_idempotency_find (self->db, 1, "k", "h", &verdict, &answer, &error));
  g_assert_cmpint (verdict, ==, LIA_IDEMPOTENCY_NEW);
  g_assert_true (lia_idempotency_keep (self->db, 1, "k", "h", "{}", &error));
  g_assert_true (lia_idempotency_find (self->db, 1, "k", "h", &verdict, &answer, &error));
  g_assert_cmpint (verdict, ==, LIA_IDEMPOTENCY_REPEATED);
  g_assert_cmpstr (answer, ==, "{}");
  g_assert_true (lia_idempotency_find (self->db, 1, "k", "other", &verdict, NULL, &error));
  g_assert_cmpint (verdict, ==, LIA_IDEMPOTENCY_REUSED);
  g_assert_true (lia_idempotency_find (self->db, 2, "k", "h", &verdict, NULL, &error));
  g_assert_cmpint (verdict, ==, LIA_IDEMPOTENCY_NEW);
  g_assert_true (lia_idempotency_forget_old (self->db, &error));
  g_assert_no_error (error);
}

#define ADD(path, func) g_test_add ("/queries/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("views", test_views);
  ADD ("conversation", test_conversation);
  ADD ("timeline", test_timeline);
  ADD ("customers", test_customers);
  ADD ("search", test_search);
  ADD ("search-beginnings", test_search_beginnings);
  ADD ("search-order", test_search_order);
  ADD ("search-moved", test_search_moved);
  ADD ("wake", test_wake);
  ADD ("idempotency", test_idempotency);

  return g_test_run ();
}
