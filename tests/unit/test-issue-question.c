/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which comments of engineers want an answer, and which states say so. */

#include "lia-issue-question.h"

static void
test_asks (void)
{
  static const struct
  {
    const char *text;
    gboolean    asks;
  } cases[] = {
    { "Which browser was it?", TRUE },
    { "Which browser was it? Thanks.", TRUE },
    { "Really?!", TRUE },
    { "(which one?)", TRUE },
    { "“Which one?”", TRUE },
    { "哪个浏览器？", TRUE },
    { "أي متصفح؟", TRUE },
    { "Ποιος;", FALSE }, /* a semicolon it is in code, too */
    { "Is it https://example.org/?page=2", FALSE },
    { "Is it https://example.org/a?", TRUE },
    { "Seen. https://example.org/a?b=c", FALSE },
    { "Fixed in a7d2.", FALSE },
    { "", FALSE },
    { "> Which browser was it?\n\nFirefox.", FALSE },
    { "bq. Which browser was it?\n\nFirefox.", FALSE },
    { "> It fails.\n\nSince when?", TRUE },
    { "```\nif (a ? b : c)\n```\nDone", FALSE },
    { "{code}\nwhy?\n{code}", FALSE },
    { "The rule `a?` is wrong.", FALSE },
    { "a?b:c in line 3", FALSE },
    { "@liaison: the customer's version, please", TRUE },
    { "Tell @Liaison.", TRUE },
    { "[~liaison] the version, please", TRUE },
    { "@liaison-bot knows", FALSE },
    { "liaison knows", FALSE },
    { "mail to x@liaisons", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (lia_issue_question_asks (cases[i].text, "liaison"), ==, cases[i].asks);
    }
  g_assert_false (lia_issue_question_asks ("@ home", ""));
}

static void
test_states (void)
{
  static const char *const waits[] = { "Feedback", "needs info", "needs-info", "Needs: info", "needinfo", "Waiting for customer", "status/awaiting-response", "question", "Rückfrage" };
  static const char *const goes_on[] = { "New", "In Progress", "Closed", "info", "enhancement", "", "no feedback" };

  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_test_message ("%s", waits[i]);
      g_assert_true (lia_issue_question_is_state (waits[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (goes_on); i++)
    g_assert_false (lia_issue_question_is_state (goes_on[i]));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/issue-question/asks", test_asks);
  g_test_add_func ("/issue-question/states", test_states);

  return g_test_run ();
}
