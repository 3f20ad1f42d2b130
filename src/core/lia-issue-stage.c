/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-issue-stage.h"

#include <string.h>

/*
 * What trackers call an issue that was closed without anything being done, as its whole state or, as GitHub has it, behind “closed: ”. Compared
 * without case, blanks and signs.
 */
static const char *const refusals[] = {
  "rejected",
  "wontfix",
  "wontdo",
  "notplanned",
  "invalid",
  "duplicate",
  "declined",
  "cannotreproduce",
  "incomplete",
  "moved",
  "movedtoanotherproject",
  "worksforme",
  "notabug",
  "cancelled",
  "canceled",
  "obsolete",
  "abgelehnt",
};

/* "Won’t fix" -> "wontfix" */
static char *
fold (const char *state)
{
  g_autofree char *lower = g_utf8_strdown (state, -1);
  GString         *folded = g_string_new (NULL);

  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_isalnum (g_utf8_get_char (p)))
        g_string_append_unichar (folded, g_utf8_get_char (p));
    }

  return g_string_free_and_steal (folded);
}

static gboolean
is_one_of (const char        *state,
           const char *const *states)
{
  g_autofree char *folded = fold (state);

  for (guint i = 0; states[i] != NULL; i++)
    {
      g_autofree char *other = fold (states[i]);

      if (g_str_equal (folded, other))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_refusal (const char *state)
{
  const char      *reason = strrchr (state, ':');
  g_autofree char *folded = fold (reason != NULL ? reason : state);

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      if (g_str_equal (folded, refusals[i]))
        return TRUE;
    }

  return FALSE;
}

static LiaIssueStage
judge_state (LiaIssue          *issue,
             const char *const *done)
{
  const gboolean by_name = done != NULL && done[0] != NULL;

  if (by_name && is_one_of (issue->state, done))
    return LIA_ISSUE_DONE;
  if (!issue->is_closed)
    return LIA_ISSUE_OPEN;

  return by_name || is_refusal (issue->state) ? LIA_ISSUE_SHUT : LIA_ISSUE_DONE;
}

/**
 * lia_issue_stage:
 * @tracker: (nullable): where it is, as that is set up: by the states in which customers have it ("Released"), without any once it is closed, unless the
 *   word for that says that nothing was done; and by what it is planned for, where that counts. What is planned for nothing waits for nothing
 */
LiaIssueStage
lia_issue_stage (LiaIssue        *issue,
                 LiaTrackerSetup *tracker)
{
  const LiaIssueStage stage = judge_state (issue, tracker != NULL ? (const char *const *)tracker->done : NULL);
  const gboolean      waits = tracker != NULL && tracker->by_release && *issue->milestone != '\0' && !issue->is_released;

  return stage == LIA_ISSUE_DONE && waits ? LIA_ISSUE_UNRELEASED : stage;
}
