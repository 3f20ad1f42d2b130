/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-imap-sync.h"

typedef struct
{
  const char     *name;
  gint64          known[4]; /* uidvalidity, uidnext, modseq, last_sync */
  LiaImapSelected now;
  LiaImapPlan     expected;
} Case;

#define NOW(validity, next, mod, count, condstore_, qresync_) \
  { .uidvalidity = validity, .uidnext = next, .modseq = mod, .exists = count, .condstore = condstore_, .qresync = qresync_ }

static const Case cases[] = {
  { "first time", { 0, 0, 0, 0 }, NOW (5, 100, 40, 99, TRUE, FALSE), { .list = TRUE } },
  { "nothing new, qresync", { 5, 100, 40, 1 }, NOW (5, 100, 40, 99, TRUE, TRUE), { 0 } },
  { "new mail, qresync", { 5, 100, 40, 1 }, NOW (5, 103, 44, 102, TRUE, TRUE), { .list_from = 100 } },
  { "no UIDNEXT told, qresync", { 5, 100, 40, 1 }, NOW (5, 0, 44, 102, TRUE, TRUE), { .list_from = 100 } },
  { "first sync was cut, qresync", { 5, 100, 40, 0 }, NOW (5, 100, 40, 99, TRUE, TRUE), { .list = TRUE } },
  { "condstore, flags changed", { 5, 100, 40, 1 }, NOW (5, 100, 41, 99, TRUE, FALSE), { .list = TRUE, .changed_since = 40 } },
  { "condstore, nothing changed", { 5, 100, 40, 1 }, NOW (5, 100, 40, 99, TRUE, FALSE), { .list = TRUE } },
  { "condstore, folder without numbers", { 5, 100, 0, 1 }, NOW (5, 100, 0, 99, TRUE, FALSE), { .list = TRUE, .flags_from = 1 } },
  { "plain", { 5, 9000, 0, 1 }, NOW (5, 9001, 0, 99, FALSE, FALSE), { .list = TRUE, .flags_from = 7000 } },
  { "another folder", { 5, 100, 40, 1 }, NOW (6, 100, 40, 99, TRUE, TRUE), { .reset = TRUE, .list = TRUE } },
  { "restored: UIDNEXT went back", { 5, 100, 40, 1 }, NOW (5, 90, 40, 80, TRUE, TRUE), { .reset = TRUE, .list = TRUE } },
  { "restored: HIGHESTMODSEQ went back", { 5, 100, 40, 1 }, NOW (5, 100, 39, 80, TRUE, TRUE), { .reset = TRUE, .list = TRUE } },
};

static void
test_plan (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *test = &cases[i];
      g_autoptr (LiaImapFolderState) known = lia_imap_folder_state_new ();

      known->uidvalidity = test->known[0];
      known->uidnext = test->known[1];
      known->modseq = test->known[2];
      known->last_sync_ms = test->known[3];
      LiaImapPlan plan = lia_imap_plan (known, &test->now);
      g_test_message ("%s", test->name);
      g_assert_cmpint (plan.reset, ==, test->expected.reset);
      g_assert_cmpint (plan.list, ==, test->expected.list);
      g_assert_cmpint (plan.list_from, ==, test->expected.list_from);
      g_assert_cmpint (plan.changed_since, ==, test->expected.changed_since);
      g_assert_cmpint (plan.flags_from, ==, test->expected.flags_from);
    }
}

static GArray *
listing (guint  n,
         gint64 size_bytes)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (LiaImapListed));

  for (guint i = n; i > 0; i--)
    {
      LiaImapListed listed = { i, size_bytes };
      g_array_append_val (list, listed);
    }

  return list;
}

static void
assert_batches (GArray     *list,
                const char *expected)
{
  g_autoptr (GString) batches = g_string_new (NULL);
  guint position = 0;

  for (;;)
    {
      g_autoptr (LiaUidSet) batch = lia_imap_next_batch (list, &position);
      if (batch == NULL)
        break;
      g_autofree char *text = lia_uid_set_to_string (batch);
      g_string_append_printf (batches, "%s%s", batches->len > 0 ? " " : "", text);
    }
  g_assert_cmpstr (batches->str, ==, expected);
}

static void
test_batches (void)
{
  g_autoptr (GArray) small = listing (250, 1000);
  g_autoptr (GArray) large = listing (5, 1500 * 1024);
  g_autoptr (GArray) huge = listing (3, 30 * 1024 * 1024);
  g_autoptr (GArray) none = listing (0, 0);

  assert_batches (small, "151:250 51:150 1:50");
  assert_batches (large, "4:5 2:3 1");
  assert_batches (huge, "3 2 1");
  assert_batches (none, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap-sync/plan", test_plan);
  g_test_add_func ("/imap-sync/batches", test_batches);

  return g_test_run ();
}
