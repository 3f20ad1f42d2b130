/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When customers have what they asked for, and how they are told. */

#include "lia-issue-stage.h"
#include "lia-notice.h"

#include <locale.h>

static LiaIssue *
new_issue (gboolean    is_closed,
           const char *state)
{
  LiaIssue *issue = lia_issue_new ();

  issue->is_closed = is_closed;
  g_set_str (&issue->state, state);

  return issue;
}

static void
test_stage (void)
{
  static const struct
  {
    gboolean      is_closed;
    const char   *state;
    const char   *done; /* separated by commas */
    LiaIssueStage stage;
  } cases[] = {
    { FALSE, "New", "", LIA_ISSUE_OPEN },
    { FALSE, "Resolved", "", LIA_ISSUE_OPEN },
    { TRUE, "Closed", "", LIA_ISSUE_DONE },
    { TRUE, "closed", "", LIA_ISSUE_DONE },
    { TRUE, "closed: completed", "", LIA_ISSUE_DONE },
    { TRUE, "closed: not_planned", "", LIA_ISSUE_SHUT },
    { TRUE, "closed: duplicate", "", LIA_ISSUE_SHUT },
    { TRUE, "Rejected", "", LIA_ISSUE_SHUT },
    { TRUE, "Won’t Fix", "", LIA_ISSUE_SHUT },
    { TRUE, "RESOLVED: WONTFIX", "", LIA_ISSUE_SHUT },
    { TRUE, "RESOLVED: INCOMPLETE", "", LIA_ISSUE_SHUT },
    { TRUE, "RESOLVED: FIXED", "", LIA_ISSUE_DONE },
    { TRUE, "VERIFIED: FIXED", "Verified: Fixed", LIA_ISSUE_DONE },
    { TRUE, "moved to another project", "", LIA_ISSUE_SHUT },
    { TRUE, "Not rejected", "", LIA_ISSUE_DONE },
    { FALSE, "Rejected", "", LIA_ISSUE_OPEN },
    { FALSE, "Released", "Released", LIA_ISSUE_DONE },
    { FALSE, "in  production", "Released,In production", LIA_ISSUE_DONE },
    { FALSE, "Resolved", "Released", LIA_ISSUE_OPEN },
    { TRUE, "Closed", "Released", LIA_ISSUE_SHUT },
    { TRUE, "Rejected", "Rejected", LIA_ISSUE_DONE },
    { TRUE, "", "", LIA_ISSUE_DONE },
    { TRUE, "已关闭", "已关闭", LIA_ISSUE_DONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LiaTrackerSetup) tracker = lia_tracker_setup_new ();
      g_autoptr (LiaIssue) issue = new_issue (cases[i].is_closed, cases[i].state);

      g_strfreev (tracker->done);
      tracker->done = g_strsplit (cases[i].done, ",", -1);
      g_test_message ("%s, done: %s", cases[i].state, cases[i].done);
      g_assert_cmpint (lia_issue_stage (issue, tracker), ==, cases[i].stage);
      if (*cases[i].done == '\0')
        g_assert_cmpint (lia_issue_stage (issue, NULL), ==, cases[i].stage);
    }
}

/* Where what it is planned for has to be out, too. */
static void
test_stage_by_release (void)
{
  static const struct
  {
    gboolean      is_closed;
    const char   *state;
    const char   *done;
    const char   *milestone;
    gboolean      is_released;
    LiaIssueStage stage;
  } cases[] = {
    { TRUE, "Closed", NULL, "2.1", FALSE, LIA_ISSUE_UNRELEASED },
    { TRUE, "Closed", NULL, "2.1", TRUE, LIA_ISSUE_DONE },
    { TRUE, "Closed", NULL, "", FALSE, LIA_ISSUE_DONE },
    { FALSE, "In Progress", NULL, "2.1", FALSE, LIA_ISSUE_OPEN },
    { FALSE, "In Progress", NULL, "2.1", TRUE, LIA_ISSUE_OPEN },
    { TRUE, "Rejected", NULL, "2.1", FALSE, LIA_ISSUE_SHUT },
    { TRUE, "Rejected", NULL, "2.1", TRUE, LIA_ISSUE_SHUT },
    { FALSE, "Verified", "Verified", "2.1", FALSE, LIA_ISSUE_UNRELEASED },
    { FALSE, "Verified", "Verified", "2.1", TRUE, LIA_ISSUE_DONE },
    { TRUE, "Closed", "Verified", "2.1", TRUE, LIA_ISSUE_SHUT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LiaTrackerSetup) tracker = lia_tracker_setup_new ();
      g_autoptr (LiaIssue) issue = new_issue (cases[i].is_closed, cases[i].state);

      g_strfreev (tracker->done);
      tracker->done = g_strsplit (cases[i].done != NULL ? cases[i].done : "", ",", -1);
      tracker->by_release = TRUE;
      g_set_str (&issue->milestone, cases[i].milestone);
      issue->is_released = cases[i].is_released;
      g_test_message ("%s, in “%s”", cases[i].state, cases[i].milestone);
      g_assert_cmpint (lia_issue_stage (issue, tracker), ==, cases[i].stage);
      tracker->by_release = FALSE;
      g_assert_cmpint (lia_issue_stage (issue, tracker), !=, LIA_ISSUE_UNRELEASED);
    }
}

static void
test_way (void)
{
  static const struct
  {
    const char  *channel;
    const char  *email;
    const char  *phone;
    gboolean     is_there;
    LiaNoticeWay way;
  } cases[] = {
    { "email", "a@b.c", "", FALSE, LIA_NOTICE_BY_EMAIL },
    { "email", "a@b.c", "+491", TRUE, LIA_NOTICE_BY_EMAIL },
    { "phone", "a@b.c", "+491", FALSE, LIA_NOTICE_BY_PHONE },
    { "phone", "a@b.c", "", FALSE, LIA_NOTICE_BY_EMAIL },
    { "phone", "", "", FALSE, LIA_NOTICE_BY_NOTHING },
    { "email", "", "+491", FALSE, LIA_NOTICE_BY_PHONE },
    { "chat", "a@b.c", "+491", TRUE, LIA_NOTICE_BY_CHAT },
    { "chat", "a@b.c", "+491", FALSE, LIA_NOTICE_BY_EMAIL },
    { "chat", "", "", TRUE, LIA_NOTICE_BY_CHAT },
    { "chat", "", "", FALSE, LIA_NOTICE_BY_NOTHING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LiaNotice) notice = lia_notice_new ();

      g_test_message ("%s, %s, %s", cases[i].channel, cases[i].email, cases[i].phone);
      g_set_str (&notice->channel, cases[i].channel);
      g_set_str (&notice->email, cases[i].email);
      g_set_str (&notice->phone, cases[i].phone);
      g_assert_cmpint (lia_notice_get_way (notice, cases[i].is_there), ==, cases[i].way);
    }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notice/stage", test_stage);
  g_test_add_func ("/notice/stage-by-release", test_stage_by_release);
  g_test_add_func ("/notice/way", test_way);

  return g_test_run ();
}
