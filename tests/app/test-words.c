/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the lists say: times, due times, snoozing, tags, the table of shortcuts. */
#include "lia-connection-button.h"
#include "lia-effort-words.h"
#include "lia-format.h"
#include "lia-push-words.h"
#include "lia-shortcuts.h"
#include "lia-tags-dialog.h"

#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

/* Wednesday, 2026-11-18 10:30 UTC */
#define NOW_MS G_GINT64_CONSTANT (1794997800000)

static void
test_times (void)
{
  const struct
  {
    gint64      ago_ms;
    const char *text;
  } cases[] = {
    { 10 * 1000, "Now" },
    { -10 * 1000, "Now" },
    { 5 * MINUTE_MS, "5 min" },
    { 59 * MINUTE_MS, "59 min" },
    { 2 * HOUR_MS, "08:30" },
    { 12 * HOUR_MS, "Yesterday" },
    { 3 * DAY_MS, "Sun" },
    { 20 * DAY_MS, "29 Oct" },
    { 400 * DAY_MS, "14 Oct 2025" },
    { NOW_MS, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = lia_format_time (NOW_MS - cases[i].ago_ms, NOW_MS);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Who only chats has an address that is none for people. */
static void
test_visitors (void)
{
  g_autoptr (LiaAddress) unnamed = lia_address_new ("", "visitor-5c0ff1e5c0ff1e00#shop");
  g_autoptr (LiaAddress) named = lia_address_new ("Ann Lee", "visitor-5c0ff1e5c0ff1e00#shop");
  g_autofree char *number = lia_format_customer (unnamed);
  g_autofree char *name = lia_format_customer (named);
  g_autofree char *site = lia_format_address (unnamed->address);
  g_autofree char *mail = lia_format_address ("visitor-1@example.com");

  g_assert_cmpstr (number, ==, "Visitor 5c0f");
  g_assert_cmpstr (name, ==, "Ann Lee");
  g_assert_cmpstr (site, ==, "Chat on shop");
  g_assert_cmpstr (mail, ==, "visitor-1@example.com");
}

/* Mail alone is expected to have a subject. */
static void
test_subject (void)
{
  static const struct
  {
    const char *channel;
    const char *subject;
    const char *text;
  } cases[] = {
    { "email", "Broken gear", "Broken gear" },
    { "email", "", "(no subject)" },
    { "phone", "", "Phone call" },
    { "chat", "", "Chat" },
    { "chat", "Broken gear", "Broken gear" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LiaConversation) conversation = lia_conversation_new ();

      g_set_str (&conversation->channel, cases[i].channel);
      g_set_str (&conversation->subject, cases[i].subject);
      g_assert_cmpstr (lia_format_subject (conversation), ==, cases[i].text);
    }
}

/* What callers tried stands below how the connection is, and only if there was something. */
static void
test_forged (void)
{
  g_autoptr (LiaChannel) channel = lia_channel_new ();
  g_autoptr (GDateTime) midnight = g_date_time_new_local (2024, 3, 12, 0, 0, 0);
  g_autofree char *none = NULL;
  g_autofree char *one = NULL;
  g_autofree char *many = NULL;

  g_set_str (&channel->kind, "phone");
  g_set_str (&channel->state, "ready");
  none = lia_channel_words (channel);
  g_assert_cmpstr (none, ==, "Connected; calls are shown at once");

  channel->forged = 1;
  channel->forged_ms = g_date_time_to_unix (midnight) * 1000;
  one = lia_channel_words (channel);
  g_assert_cmpstr (one, ==, "Connected; calls are shown at once\n1 message that a caller tried to forge was ignored: 12 Mar 2024");
  channel->forged = 3;
  many = lia_channel_words (channel);
  g_assert_cmpstr (many, ==, "Connected; calls are shown at once\n3 messages that a caller tried to forge were ignored, the last: 12 Mar 2024");
}

static void
test_due (void)
{
  const struct
  {
    LiaConversationState state;
    gint64               due_in_ms;
    gint64               snoozed_for_ms;
    LiaDueUrgency        urgency;
    const char          *text;
  } cases[] = {
    { LIA_CONVERSATION_OPEN, 30 * MINUTE_MS, 0, LIA_DUE_SOON, "Due in 30 min" },
    { LIA_CONVERSATION_OPEN, 1000, 0, LIA_DUE_SOON, "Due in 1 min" },
    { LIA_CONVERSATION_OPEN, 5 * HOUR_MS, 0, LIA_DUE_LATER, "Due in 5 h" },
    { LIA_CONVERSATION_OPEN, 3 * DAY_MS, 0, LIA_DUE_LATER, "Due in 3 days" },
    { LIA_CONVERSATION_OPEN, 0, 0, LIA_DUE_OVERDUE, "0 min overdue" },
    { LIA_CONVERSATION_OPEN, -3 * HOUR_MS, 0, LIA_DUE_OVERDUE, "3 h overdue" },
    { LIA_CONVERSATION_SNOOZED, -HOUR_MS, DAY_MS, LIA_DUE_SNOOZED, "Until tomorrow 10:30" },
    { LIA_CONVERSATION_CLOSED, -HOUR_MS, 0, LIA_DUE_NONE, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LiaConversation) conversation = lia_conversation_new ();
      g_autofree char *text = NULL;

      conversation->state = cases[i].state;
      conversation->due_ms = NOW_MS + cases[i].due_in_ms;
      conversation->snooze_until_ms = cases[i].snoozed_for_ms != 0 ? NOW_MS + cases[i].snoozed_for_ms : 0;
      text = lia_format_due (conversation, NOW_MS);
      g_assert_cmpint (lia_due_urgency (conversation, NOW_MS), ==, cases[i].urgency);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* What stands beside a caller: only what is more than this call itself. */
static void
test_effort (void)
{
  const struct
  {
    LiaEffort   effort;
    const char *call;
    const char *today;
    const char *recent;
  } cases[] = {
    { { .open = 1 }, "", "No calls today", "0 contacts" },
    { { .calls_today = 1, .contacts = 1, .open = 1, .waited_today_ms = 20000 }, "", "1 call today, none answered", "1 contact" },
    { { .calls_today = 3, .contacts = 3, .open = 1 }, "3 calls today, none answered", "3 calls today, none answered", "3 contacts" },
    { { 3, 1, 12 * MINUTE_MS - 20000, 4 * MINUTE_MS + 20000, 7, 2, 21 * MINUTE_MS, 2 },
      "3 calls today, 1 answered · waited 12 min · talked 4 min · 7 contacts in 30 days · 2 open conversations",
      "3 calls today, 1 answered · waited 12 min · talked 4 min",
      "7 contacts · handed on 2 times · waited 21 min" },
    { { .calls_today = 1, .contacts = 5, .transfers = 1, .open = 1 }, "5 contacts in 30 days", "1 call today, none answered", "5 contacts · handed on once" },
  };
  g_autofree char *unknown = lia_effort_words_call (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *call = lia_effort_words_call (&cases[i].effort);
      g_autofree char *today = lia_effort_words_today (&cases[i].effort);
      g_autofree char *recent = lia_effort_words_recent (&cases[i].effort);

      g_assert_cmpstr (call, ==, cases[i].call);
      g_assert_cmpstr (today, ==, cases[i].today);
      g_assert_cmpstr (recent, ==, cases[i].recent);
    }
  g_assert_cmpstr (unknown, ==, "");
}

static void
test_tags (void)
{
  g_auto (GStrv) tags = lia_tags_parse (" billing, Bug,, bug ,später ");
  g_auto (GStrv) none = lia_tags_parse (" , ");

  g_assert_cmpstrv (tags, ((const char *const[]){ "billing", "Bug", "später", NULL }));
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

/* GTK's inspector, libadwaita's preview, the input method's characters by number, the previous hit of a search, plain text from the clipboard, redo */
static const char *const taken[] = { "<Shift><Control>i", "<Shift><Control>d", "<Shift><Control>m", "<Shift><Control>u", "<Shift><Control>g",
                                     "<Shift><Control>v", "<Shift><Control>z", NULL };

static void
test_shortcuts (void)
{
  guint              n_shortcuts;
  const LiaShortcut *shortcuts = lia_shortcuts_get (&n_shortcuts);
  g_autoptr (GHashTable) accels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n_shortcuts; i++)
    {
      guint            key;
      GdkModifierType  modifiers;
      g_autofree char *accel = NULL;

      if (shortcuts[i].target != NULL)
        {
          g_autoptr (GVariant) target = g_variant_parse (NULL, shortcuts[i].target, NULL, NULL, NULL);

          g_assert_nonnull (target);
        }
      if (shortcuts[i].accel == NULL)
        continue;
      g_assert_true (gtk_accelerator_parse (shortcuts[i].accel, &key, &modifiers));
      accel = gtk_accelerator_name (key, modifiers);
      g_assert_false (g_strv_contains (taken, accel));
      g_assert_true (g_hash_table_add (accels, g_steal_pointer (&accel)));
    }
}

static char *
about (LiaIssue   *issue,
       GListModel *trackers,
       gboolean    is_released)
{
  issue->is_released = is_released;
  return lia_push_words_issue_about (issue, trackers);
}

/* Closed is not delivered where a tracker says so, until its release is out. */
static void
test_released (void)
{
  g_autoptr (GListStore) trackers = g_list_store_new (LIA_TYPE_TRACKER_SETUP);
  g_autoptr (LiaTrackerSetup) tracker = lia_tracker_setup_new ();
  g_autoptr (LiaIssue) issue = lia_issue_new ();
  g_autofree char *waiting = NULL;
  g_autofree char *out = NULL;
  g_autofree char *closed = NULL;

  g_set_str (&tracker->id, "t_5");
  g_set_str (&issue->tracker, "t_5");
  g_set_str (&issue->state, "Closed");
  g_set_str (&issue->milestone, "2.1");
  issue->is_closed = TRUE;
  g_list_store_append (trackers, tracker);
  closed = about (issue, G_LIST_MODEL (trackers), FALSE);
  g_assert_cmpstr (closed, ==, "Closed · planned for 2.1");
  g_assert_cmpstr (lia_push_words_issue_icon (issue, G_LIST_MODEL (trackers)), ==, "lia-check-round-symbolic");

  tracker->by_release = TRUE;
  waiting = about (issue, G_LIST_MODEL (trackers), FALSE);
  g_assert_cmpstr (waiting, ==, "Fixed, not yet released · planned for 2.1");
  g_assert_cmpstr (lia_push_words_issue_icon (issue, G_LIST_MODEL (trackers)), ==, "lia-waiting-symbolic");
  out = about (issue, G_LIST_MODEL (trackers), TRUE);
  g_assert_cmpstr (out, ==, "Closed · released in 2.1");
  g_assert_cmpstr (lia_push_words_issue_icon (issue, G_LIST_MODEL (trackers)), ==, "lia-check-round-symbolic");
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/words/times", test_times);
  g_test_add_func ("/words/visitors", test_visitors);
  g_test_add_func ("/words/subject", test_subject);
  g_test_add_func ("/words/forged", test_forged);
  g_test_add_func ("/words/due", test_due);
  g_test_add_func ("/words/effort", test_effort);
  g_test_add_func ("/words/tags", test_tags);
  g_test_add_func ("/words/shortcuts", test_shortcuts);
  g_test_add_func ("/words/released", test_released);

  return g_test_run ();
}
