/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Findings in all orders, by what the engineers have of them, and how long it took; over merging and parting. */

#include "lia-test-journal.h"

#include "lia-id.h"
#include "lia-queries-findings.h"

#define AGENT 1
#define DAY (24 * TEST_HOUR)

typedef struct
{
  LiaDb *db;
  gint64 conversations[3]; /* each another customer's */
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->db = test_open_memory ();
  for (guint i = 0; i < G_N_ELEMENTS (self->conversations); i++)
    {
      gint64 customer = test_append (self->db, "customer.created", 0, 0, 0, TEST_NOON, "{\"name\":\"Ann\",\"addresses\":[]}");

      self->conversations[i] = test_append (self->db, "conversation.created", 0, customer, 0, TEST_NOON, "{\"subject\":\"Money\",\"channel\":\"email\"}");
    }
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  lia_db_close (self->db);
}

static gint64
say (Fixture    *self,
     gint64      finding,
     guint       customer,
     gint64      at_ms,
     const char *importance)
{
  g_autofree char *data = g_strdup_printf ("{\"kind\":\"finding\",\"author\":{\"kind\":\"agent\",\"id\":\"a_1\"},\"text\":\"so\",\"d\":{\"finding\":\"f_%" G_GINT64_FORMAT
                                           "\",\"importance\":\"%s\"}}",
                                           finding, importance);

  return test_append (self->db, "entry.added", self->conversations[customer], 0, AGENT, at_ms, data);
}

static gint64
make (Fixture    *self,
      const char *title)
{
  g_autofree char *data = g_strdup_printf ("{\"kind\":\"bug\",\"title\":\"%s\"}", title);

  return test_append (self->db, "finding.captured", 0, 0, AGENT, TEST_NOON, data);
}

/* The titles in order, with blanks between them; read by pages of two. */
static char *
list (Fixture          *self,
      LiaFindingFilter *filter)
{
  g_autoptr (GString) titles = g_string_new (NULL);
  g_autofree char *after = NULL;

  do
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *next = NULL;
      g_autoptr (GPtrArray) page = lia_query_findings (self->db, filter, after, 2, TEST_NOON, &next, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < page->len; i++)
        g_string_append_printf (titles, "%s%s", titles->len > 0 ? " " : "", ((LiaFinding *)page->pdata[i])->title);
      g_set_str (&after, next);
    }
  while (after != NULL);

  return g_string_free_and_steal (g_steal_pointer (&titles));
}

static void
assert_list (Fixture         *self,
             LiaFindingFilter filter,
             const char      *titles)
{
  g_autofree char *found = list (self, &filter);

  g_assert_cmpstr (found, ==, titles);
}

static void
assert_sorted (Fixture       *self,
               LiaFindingSort sort,
               const char    *titles)
{
  assert_list (self, (LiaFindingFilter){ .sort = sort }, titles);
}

/* Once long ago by two, three times long ago by one who needs it, and twice of late. */
static void
test_orders (Fixture      *self,
             gconstpointer data)
{
  gint64 old = make (self, "old");
  gint64 often = make (self, "often");
  gint64 late = make (self, "late");

  say (self, old, 0, TEST_NOON - 90 * DAY, "normal");
  say (self, old, 1, TEST_NOON - 91 * DAY, "normal");
  for (guint i = 0; i < 3; i++)
    say (self, often, 0, TEST_NOON - 30 * DAY, "blocking");
  say (self, late, 2, TEST_NOON - 4 * DAY, "low");
  say (self, late, 2, TEST_NOON - 20 * DAY, "low");

  assert_sorted (self, LIA_FINDING_SORT_LAST, "late often old");
  assert_sorted (self, LIA_FINDING_SORT_AGE, "old often late");
  assert_sorted (self, LIA_FINDING_SORT_CUSTOMERS, "old late often");
  assert_sorted (self, LIA_FINDING_SORT_IMPORTANCE, "often late old");
  assert_sorted (self, LIA_FINDING_SORT_TREND, "late often old");
  assert_list (self, (LiaFindingFilter){ .since_ms = TEST_NOON - 30 * DAY }, "late often");

  /* Four times more of late counts more than twice. */
  for (guint i = 0; i < 4; i++)
    say (self, often, 0, TEST_NOON - 5 * DAY, "low");
  assert_sorted (self, LIA_FINDING_SORT_TREND, "often late old");
}

static void
test_half_life (Fixture      *self,
                gconstpointer data)
{
  gint64 twice = make (self, "twice");
  gint64 once = make (self, "once");

  say (self, twice, 0, TEST_NOON - 14 * DAY, "normal");
  say (self, twice, 1, TEST_NOON - 14 * DAY, "normal");
  say (self, once, 0, TEST_NOON - TEST_MINUTE, "normal");
  assert_sorted (self, LIA_FINDING_SORT_TREND, "twice once");
  say (self, once, 0, TEST_NOON + 2 * TEST_MINUTE, "normal");
  assert_sorted (self, LIA_FINDING_SORT_TREND, "once twice");
}

#define CALL(more)                                                                                                                                             \
  "{\"kind\":\"call\",\"d\":{\"pbx\":\"h_1\",\"uniqueid\":\"1.1\",\"dir\":\"in\",\"state\":\"talking\",\"created_at\":\"2027-01-15T07:00:00Z\",\"segments\":[" \
  "{\"agent\":\"a_1\",\"kind\":\"talk\",\"from\":\"2027-01-15T07:00:00Z\",\"to\":\"2027-01-15T07:05:00Z\"}" more "]}}"

/* Also of a call that ends after it was captured. */
static void
test_minutes (Fixture      *self,
              gconstpointer data)
{
  gint64           silent = make (self, "silent");
  gint64           spoken = make (self, "spoken");
  gint64           call;
  g_autofree char *set = NULL;

  say (self, spoken, 0, TEST_NOON, "normal");
  say (self, silent, 1, TEST_NOON, "normal");
  assert_sorted (self, LIA_FINDING_SORT_MINUTES, "spoken silent");
  call = test_append (self->db, "entry.added", self->conversations[1], 0, AGENT, TEST_NOON, CALL (""));
  assert_sorted (self, LIA_FINDING_SORT_MINUTES, "silent spoken");
  g_assert_cmpint (test_get_int (self->db, "SELECT max (phone_ms) FROM finding"), ==, 5 * TEST_MINUTE);

  set = g_strdup_printf ("{\"entry\":%" G_GINT64_FORMAT ",\"set\":" CALL (",{\"agent\":\"a_1\",\"kind\":\"wrap\",\"from\":\"2027-01-15T07:05:00Z\",\"to\":\"2027-01-15T07:07:00Z\"}") "}", call);
  test_append (self->db, "entry.changed", self->conversations[1], 0, AGENT, TEST_NOON, set);
  g_assert_cmpint (test_get_int (self->db, "SELECT max (phone_ms) FROM finding"), ==, 7 * TEST_MINUTE);
}

static void
merge (Fixture *self,
       gint64   finding,
       gint64   into,
       gint64   at_ms)
{
  g_autofree char *data = g_strdup_printf ("{\"finding\":%" G_GINT64_FORMAT ",\"into\":%" G_GINT64_FORMAT "}", finding, into);

  test_append (self->db, "finding.merged", 0, 0, AGENT, at_ms, data);
}

static void
unmerge (Fixture *self,
         gint64   finding)
{
  g_autofree char *data = g_strdup_printf ("{\"finding\":%" G_GINT64_FORMAT "}", finding);

  test_append (self->db, "finding.unmerged", 0, 0, AGENT, TEST_NOON + DAY, data);
}

static void
set_state (Fixture    *self,
           gint64      finding,
           gint64      at_ms,
           const char *state)
{
  g_autofree char *data = g_strdup_printf ("{\"finding\":%" G_GINT64_FORMAT ",\"state\":\"%s\"}", finding, state);

  test_append (self->db, "finding.changed", 0, 0, AGENT, at_ms, data);
}

static gint64
link_issue (Fixture    *self,
            gint64      finding,
            gint64      tracker,
            const char *key,
            gboolean    closed,
            gint64      at_ms)
{
  g_autofree char *data = g_strdup_printf ("{\"finding\":%" G_GINT64_FORMAT ",\"tracker\":%" G_GINT64_FORMAT ",\"issue\":{\"key\":\"%s\",\"url\":\"https://t.example/%s\",\"title\":\"x\",\"closed\":%s}}",
                                           finding, tracker, key, key, closed ? "true" : "false");

  return test_append (self->db, "issue.linked", 0, 0, AGENT, at_ms, data);
}

static void
close_issue (Fixture *self,
             gint64   issue,
             gint64   at_ms)
{
  g_autofree char *data = g_strdup_printf ("{\"issue\":%" G_GINT64_FORMAT ",\"set\":{\"key\":\"7\",\"url\":\"https://t.example/7\",\"title\":\"x\",\"closed\":true}}", issue);

  test_append (self->db, "issue.changed", 0, 0, AGENT, at_ms, data);
}

static LiaFinding *
read_finding (Fixture *self,
              gint64   id)
{
  g_autoptr (GError) error = NULL;
  LiaFinding *finding = lia_query_finding (self->db, id, TEST_NOON, &error);

  g_assert_no_error (error);

  return finding;
}

static void
assert_state (Fixture        *self,
              gint64          id,
              LiaFindingState state,
              gint64          linked_ms,
              gint64          fixed_ms)
{
  g_autoptr (LiaFinding) finding = read_finding (self, id);

  g_assert_cmpint (finding->state, ==, state);
  g_assert_cmpint (finding->linked_ms, ==, linked_ms);
  g_assert_cmpint (finding->fixed_ms, ==, fixed_ms);
}

/* What the engineers have of the one they have of both, since they have it; each has its own again when they are parted. */
static void
test_merged_state (Fixture      *self,
                   gconstpointer data)
{
  gint64 first = make (self, "first");
  gint64 second = make (self, "second");
  gint64 issue;

  say (self, first, 0, TEST_NOON, "normal");
  say (self, second, 1, TEST_NOON, "normal");
  issue = link_issue (self, second, 5, "7", FALSE, TEST_NOON + TEST_HOUR);
  merge (self, second, first, TEST_NOON + 2 * TEST_HOUR);
  assert_state (self, first, LIA_FINDING_LINKED, TEST_NOON + TEST_HOUR, 0);
  close_issue (self, issue, TEST_NOON + 3 * TEST_HOUR);
  assert_state (self, first, LIA_FINDING_FIXED, TEST_NOON + TEST_HOUR, TEST_NOON + 3 * TEST_HOUR);

  unmerge (self, second);
  assert_state (self, first, LIA_FINDING_NEW, 0, 0);
  assert_state (self, second, LIA_FINDING_FIXED, TEST_NOON + TEST_HOUR, TEST_NOON + DAY);
  merge (self, second, first, TEST_NOON + 2 * DAY);
  assert_state (self, first, LIA_FINDING_FIXED, TEST_NOON + TEST_HOUR, TEST_NOON + DAY);
}

static void
test_merged_open (Fixture      *self,
                  gconstpointer data)
{
  gint64 fixed = make (self, "fixed");
  gint64 open = make (self, "open");

  say (self, fixed, 0, TEST_NOON, "normal");
  say (self, open, 1, TEST_NOON, "normal");
  link_issue (self, fixed, 5, "7", TRUE, TEST_NOON + TEST_HOUR);
  link_issue (self, open, 5, "8", FALSE, TEST_NOON + TEST_HOUR);
  merge (self, open, fixed, TEST_NOON + 2 * TEST_HOUR);
  {
    g_autoptr (LiaFinding) finding = read_finding (self, fixed);

    g_assert_cmpint (finding->state, ==, LIA_FINDING_LINKED);
    g_assert_cmpuint (finding->issues->len, ==, 2);
  }
  unmerge (self, open);
  {
    g_autoptr (LiaFinding) finding = read_finding (self, fixed);

    g_assert_cmpint (finding->state, ==, LIA_FINDING_FIXED);
  }
}

/* What somebody said of it counts again when the engineers have nothing of it. */
static void
test_set_state (Fixture      *self,
                gconstpointer data)
{
  gint64 by_hand = make (self, "by-hand");
  gint64 other = make (self, "other");

  say (self, by_hand, 0, TEST_NOON, "normal");
  say (self, other, 1, TEST_NOON, "normal");
  set_state (self, by_hand, TEST_NOON, "fixed");
  merge (self, other, by_hand, TEST_NOON + TEST_HOUR);
  assert_state (self, by_hand, LIA_FINDING_FIXED, 0, TEST_NOON);
  unmerge (self, other);
  link_issue (self, other, 5, "8", FALSE, TEST_NOON + TEST_HOUR);
  merge (self, other, by_hand, TEST_NOON + TEST_HOUR);
  assert_state (self, by_hand, LIA_FINDING_LINKED, TEST_NOON + TEST_HOUR, 0);
  unmerge (self, other);
  assert_state (self, by_hand, LIA_FINDING_FIXED, TEST_NOON + TEST_HOUR, TEST_NOON + DAY);
}

static void
test_trackers (Fixture      *self,
               gconstpointer data)
{
  gint64 none = make (self, "none");
  gint64 one = make (self, "one");
  gint64 both = make (self, "both");
  gint64 merged = make (self, "merged");

  say (self, none, 0, TEST_NOON, "normal");
  say (self, one, 0, TEST_NOON + 1, "normal");
  say (self, both, 0, TEST_NOON + 2, "normal");
  say (self, merged, 0, TEST_NOON + 3, "normal");
  link_issue (self, one, 5, "7", FALSE, TEST_NOON);
  link_issue (self, both, 5, "8", FALSE, TEST_NOON);
  link_issue (self, merged, 6, "8", FALSE, TEST_NOON);
  assert_list (self, (LiaFindingFilter){ .tracker_id = 6 }, "merged");
  merge (self, merged, both, TEST_NOON);
  assert_list (self, (LiaFindingFilter){ .tracker_id = 5 }, "both one");
  assert_list (self, (LiaFindingFilter){ .tracker_id = 6 }, "both");
  assert_list (self, (LiaFindingFilter){ .tracker_id = 7 }, "");
  assert_list (self, (LiaFindingFilter){ .tracker_id = LIA_FINDING_NO_TRACKER }, "none");
  assert_list (self, (LiaFindingFilter){ .tracker_id = LIA_FINDING_NO_TRACKER, .text = "none" }, "none");
  assert_list (self, (LiaFindingFilter){ .tracker_id = 5, .text = "none" }, "");
  assert_list (self, (LiaFindingFilter){ .tracker_id = 6, .text = "both" }, "both");
}

/* Of ten, the fifth and the ninth; what went back in time is of no span. */
static void
test_spans (Fixture      *self,
            gconstpointer data)
{
  LiaFindingFilter filter = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaFindingFigures) figures = NULL;

  for (guint i = 1; i <= 10; i++)
    {
      gint64 finding = make (self, "x");

      say (self, finding, 0, TEST_NOON, "normal");
      set_state (self, finding, TEST_NOON + i * TEST_HOUR, "linked");
      if (i <= 2)
        set_state (self, finding, TEST_NOON + 2 * i * TEST_HOUR, "fixed");
    }
  say (self, make (self, "y"), 0, TEST_NOON, "normal");
  figures = lia_query_finding_figures (self->db, &filter, &error);
  g_assert_no_error (error);
  g_assert_cmpint (figures->states[LIA_FINDING_NEW], ==, 1);
  g_assert_cmpint (figures->states[LIA_FINDING_LINKED], ==, 8);
  g_assert_cmpint (figures->spans[LIA_FINDING_LINKED].n, ==, 10);
  g_assert_cmpint (figures->spans[LIA_FINDING_LINKED].p50_ms, ==, 5 * TEST_HOUR);
  g_assert_cmpint (figures->spans[LIA_FINDING_LINKED].p90_ms, ==, 9 * TEST_HOUR);
  g_assert_cmpint (figures->spans[LIA_FINDING_FIXED].n, ==, 2);
  g_assert_cmpint (figures->spans[LIA_FINDING_FIXED].p50_ms, ==, TEST_HOUR);
  g_assert_cmpint (figures->spans[LIA_FINDING_TOLD].n, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/findings/orders", Fixture, NULL, set_up, test_orders, tear_down);
  g_test_add ("/findings/half-life", Fixture, NULL, set_up, test_half_life, tear_down);
  g_test_add ("/findings/minutes", Fixture, NULL, set_up, test_minutes, tear_down);
  g_test_add ("/findings/merged-state", Fixture, NULL, set_up, test_merged_state, tear_down);
  g_test_add ("/findings/merged-open", Fixture, NULL, set_up, test_merged_open, tear_down);
  g_test_add ("/findings/set-state", Fixture, NULL, set_up, test_set_state, tear_down);
  g_test_add ("/findings/trackers", Fixture, NULL, set_up, test_trackers, tear_down);
  g_test_add ("/findings/spans", Fixture, NULL, set_up, test_spans, tear_down);

  return g_test_run ();
}
