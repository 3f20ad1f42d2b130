/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-due.h"

#define HOUR (G_GINT64_CONSTANT (3600) * 1000)

static const LiaDueFacts waiting = {
  .state = LIA_CONVERSATION_OPEN,
  .waiting_since_ms = 10 * HOUR,
  .first_target_ms = 8 * HOUR,
  .next_target_ms = 4 * HOUR,
  .last_ms = 11 * HOUR,
};

static void
assert_due (const LiaDueFacts *facts,
            gint64             due_ms,
            const char        *kind)
{
  LiaDue due = lia_due_compute (facts);

  g_assert_cmpint (due.due_ms, ==, due_ms);
  g_assert_cmpstr (due.kind, ==, kind);
  if (due_ms != 0)
    g_assert_cmpint (due.sort, ==, due_ms);
}

static void
test_answers (void)
{
  LiaDueFacts facts = waiting;

  assert_due (&facts, 18 * HOUR, "first");
  facts.last_out_ms = 9 * HOUR;
  assert_due (&facts, 14 * HOUR, "next");
  facts.target_ms = HOUR;
  assert_due (&facts, 11 * HOUR, "next");
  facts.state = LIA_CONVERSATION_PENDING;
  assert_due (&facts, 0, NULL);
  facts.state = LIA_CONVERSATION_CLOSED;
  assert_due (&facts, 0, NULL);
}

static void
test_snooze (void)
{
  LiaDueFacts facts = waiting;

  facts.state = LIA_CONVERSATION_SNOOZED;
  facts.snooze_until_ms = 30 * HOUR;
  assert_due (&facts, 30 * HOUR, "snooze");
  facts.state = LIA_CONVERSATION_OPEN;
  facts.woken_ms = 30 * HOUR;
  assert_due (&facts, 18 * HOUR, "first");
  facts.waiting_since_ms = 0;
  assert_due (&facts, 30 * HOUR, "snooze");
}

static void
test_sort (void)
{
  LiaDueFacts older = { .state = LIA_CONVERSATION_PENDING, .last_ms = 10 * HOUR };
  LiaDueFacts newer = { .state = LIA_CONVERSATION_OPEN, .last_ms = 20 * HOUR };
  LiaDueFacts closed = { .state = LIA_CONVERSATION_CLOSED, .last_ms = 5 * HOUR, .closed_ms = 20 * HOUR };

  g_assert_cmpint (lia_due_compute (&waiting).sort, <, lia_due_compute (&newer).sort);
  g_assert_cmpint (lia_due_compute (&newer).sort, <, lia_due_compute (&older).sort);
  g_assert_cmpint (lia_due_compute (&closed).sort, ==, lia_due_compute (&newer).sort);
  g_assert_cmpint (lia_due_compute (&older).sort, <, G_GINT64_CONSTANT (1) << 53);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/due/answers", test_answers);
  g_test_add_func ("/due/snooze", test_snooze);
  g_test_add_func ("/due/sort", test_sort);

  return g_test_run ();
}
