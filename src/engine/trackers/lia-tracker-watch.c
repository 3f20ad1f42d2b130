/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-tracker-watch.h"

#include "lia-issue-store.h"
#include "lia-question-store.h"
#include "lia-time.h"
#include "lia-tracker-verdict.h"

/*
 * A round asks what has changed since the cursor, and then for a few of our issues one by one, in turn: a list of changes does not say what was deleted,
 * moved to another project or is not shown to us any more. These questions are conditional, so most answers are short. What was written below an issue is asked
 * of those that have changed, each once a change.
 *
 * Where customers have what they asked for only with a release, the list of these is asked for first, once for all issues: a release comes out without a change
 * of them. An issue is out with its release, whatever else is said of it here; one for which that is another answer than before is read again, for a release may
 * have got another name, too.
 */

#define ROUND_MS (60 * 1000)
#define MAX_PAGES 20
#define ONE_BY_ONE 5 /* issues a round */
#define HEARD 5      /* */
#define RELEASED 20  /* */

struct _LiaTrackerWatch
{
  LiaStore   *store;
  gint64      tracker_id;
  LiaTracker *tracker;
  GHashTable *validators; /* key -> of the answer that is known */
  gboolean    by_release;
  GHashTable *releases; /* names of those that are out; NULL = not known */
  char       *releases_validator;
  guint       turn;
  guint       failures; /* one after the other */
  gint64      next_ms;
  gboolean    hurried; /* while a round went on */
};

/** lia_tracker_watch_new: @by_release: as the tracker is set up */
LiaTrackerWatch *
lia_tracker_watch_new (LiaStore   *store,
                       gint64      tracker_id,
                       LiaTracker *tracker,
                       gboolean    by_release)
{
  LiaTrackerWatch *self = g_new0 (LiaTrackerWatch, 1);

  self->store = g_object_ref (store);
  self->tracker_id = tracker_id;
  self->tracker = g_object_ref (tracker);
  self->validators = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->by_release = by_release;
  self->releases_validator = g_strdup ("");

  return self;
}

void
lia_tracker_watch_free (LiaTrackerWatch *self)
{
  g_object_unref (self->store);
  g_object_unref (self->tracker);
  g_hash_table_unref (self->validators);
  g_clear_pointer (&self->releases, g_hash_table_unref);
  g_free (self->releases_validator);
  g_free (self);
}

/** lia_tracker_watch_get_next: when to look again. */
gint64
lia_tracker_watch_get_next (const LiaTrackerWatch *self)
{
  return self->next_ms;
}

/** lia_tracker_watch_hurry: somebody wants to know now; what has become of all that we know of is asked, too. */
void
lia_tracker_watch_hurry (LiaTrackerWatch *self)
{
  self->next_ms = 0;
  self->hurried = TRUE;
  self->turn = 0;
}

/* Each tenth of a minute earlier or later, so that those who look do not all come at once */
static void
plan (LiaTrackerWatch *self,
      const GError    *failure)
{
  const gint64 now_ms = lia_time_now ();

  self->failures = failure != NULL ? self->failures + 1 : 0;
  if (self->hurried)
    self->next_ms = 0;
  else if (failure == NULL)
    self->next_ms = now_ms + (gint64)(ROUND_MS * (0.9 + g_random_double () / 5));
  else
    self->next_ms = MAX (lia_tracker_back_off (self->failures, lia_tracker_error_get_until (failure), now_ms, g_random_double ()), now_ms + ROUND_MS);
}

/* What is planned for nothing is not released */
static gboolean
is_released (LiaTrackerWatch *self,
             LiaIssue        *issue)
{
  return self->releases != NULL && g_hash_table_contains (self->releases, issue->milestone);
}

/* FALSE with @failure: what the tracker says; with @error: the store does not work */
static gboolean
take_changes (LiaTrackerWatch *self,
              GError         **failure,
              GError         **error)
{
  g_autofree char *cursor = NULL;
  gboolean         more = TRUE;

  if (!lia_issue_store_get_cursor (self->store, self->tracker_id, &cursor, error))
    return FALSE;
  for (guint i = 0; more && i < MAX_PAGES; i++)
    {
      g_autoptr (LiaTrackerChanges) changes = lia_tracker_changed_since (self->tracker, cursor, failure);

      for (guint j = 0; changes != NULL && j < changes->issues->len; j++)
        ((LiaIssue *)changes->issues->pdata[j])->is_released = is_released (self, changes->issues->pdata[j]);
      if (changes == NULL || !lia_issue_store_take (self->store, self->tracker_id, changes->issues, changes->cursor, error))
        return FALSE;
      g_set_str (&cursor, changes->cursor);
      more = changes->more;
    }

  return TRUE;
}

/* What a person is told when an issue cannot be seen any more; NULL: that says nothing of the issue */
static const char *
get_words (const GError *failure)
{
  switch (failure->code)
    {
    case LIA_TRACKER_ERROR_NOT_FOUND:
    case LIA_TRACKER_ERROR_GONE:
      return "The tracker has no such issue any more: it was deleted, or moved to where Liaison’s login may not look. Ask an engineer, or link another issue.";
    case LIA_TRACKER_ERROR_PERMISSION:
      return "The tracker does not show this issue to Liaison’s login any more. Ask an administrator of the tracker for the right to see it.";
    case LIA_TRACKER_ERROR_MOVED:
      return "The issue has moved to another address. Open it in the tracker, and link it again where it is now.";
    default:
      return NULL;
    }
}

static gboolean
look_at (LiaTrackerWatch *self,
         LiaIssue        *issue,
         gboolean         anyway,
         GError         **failure,
         GError         **error)
{
  const char *validator = !anyway && *issue->problem == '\0' ? g_hash_table_lookup (self->validators, issue->key) : NULL;
  g_autoptr (GError) refusal = NULL;
  g_autoptr (LiaIssue) now = lia_tracker_read (self->tracker, issue->key, validator != NULL ? validator : "", &refusal);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  if (now == NULL && refusal == NULL)
    return TRUE; /* as it was */
  if (now == NULL && get_words (refusal) != NULL)
    return lia_issue_store_set_problem (self->store, issue, get_words (refusal), error);
  if (now == NULL)
    {
      g_propagate_error (failure, g_steal_pointer (&refusal));
      return FALSE;
    }
  g_hash_table_replace (self->validators, g_strdup (issue->key), g_strdup (now->validator));
  now->is_released = is_released (self, now);
  g_ptr_array_add (one, now);

  return lia_issue_store_take (self->store, self->tracker_id, one, NULL, error);
}

static gboolean
is_any_planned (GPtrArray *issues)
{
  for (guint i = 0; i < issues->len; i++)
    if (*((LiaIssue *)issues->pdata[i])->milestone != '\0')
      return TRUE;

  return FALSE;
}

/* FALSE with @failure: it does not say which releases are out, so nothing can be said of its issues either */
static gboolean
ask_releases (LiaTrackerWatch *self,
              GError         **failure)
{
  GHashTable *releases = lia_tracker_releases (self->tracker, &self->releases_validator, failure);

  if (releases == NULL)
    return *failure == NULL;
  g_clear_pointer (&self->releases, g_hash_table_unref);
  self->releases = releases;

  return TRUE;
}

static gboolean
look_at_releases (LiaTrackerWatch *self,
                  GError         **failure,
                  GError         **error)
{
  g_autoptr (GPtrArray) issues = self->by_release ? lia_issue_store_list (self->store, self->tracker_id, error) : NULL;
  guint n_asked = 0;

  if (issues == NULL)
    return !self->by_release;
  if (!is_any_planned (issues))
    return TRUE;
  if (!ask_releases (self, failure))
    return FALSE;
  for (guint i = 0; i < issues->len && n_asked < RELEASED; i++)
    {
      LiaIssue *issue = issues->pdata[i];

      if (issue->is_released == is_released (self, issue) || *issue->problem != '\0')
        continue;
      n_asked++;
      if (!look_at (self, issue, TRUE, failure, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
look_one_by_one (LiaTrackerWatch *self,
                 GError         **failure,
                 GError         **error)
{
  g_autoptr (GPtrArray) issues = lia_issue_store_list (self->store, self->tracker_id, error);

  if (issues == NULL)
    return FALSE;
  for (guint i = 0; i < MIN (issues->len, ONE_BY_ONE); i++)
    if (!look_at (self, issues->pdata[(self->turn + i) % issues->len], FALSE, failure, error))
      return FALSE;
  self->turn += ONE_BY_ONE;

  return TRUE;
}

static gboolean
hear_one (LiaTrackerWatch  *self,
          const LiaHearing *hearing,
          GError          **failure,
          GError          **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (LiaTrackerComments) comments = lia_tracker_comments (self->tracker, hearing->key, hearing->since_ms, &refusal);

  if (comments == NULL && get_words (refusal) == NULL)
    {
      g_propagate_error (failure, g_steal_pointer (&refusal));
      return FALSE;
    }
  if (comments == NULL)
    comments = lia_tracker_comments_new (""); /* what can be said of that the issue itself says */

  return lia_question_store_take (self->store, hearing, comments, error);
}

static gboolean
hear (LiaTrackerWatch *self,
      GError         **failure,
      GError         **error)
{
  g_autoptr (GPtrArray) hearings = lia_question_store_list (self->store, self->tracker_id, HEARD, error);

  if (hearings == NULL)
    return FALSE;
  for (guint i = 0; i < hearings->len; i++)
    if (!hear_one (self, hearings->pdata[i], failure, error))
      return FALSE;

  return TRUE;
}

/**
 * lia_tracker_watch_look:
 * @failure: (out): what the tracker says instead of an answer; it is asked again later
 *
 * One round. FALSE with @error: the store does not work.
 */
gboolean
lia_tracker_watch_look (LiaTrackerWatch *self,
                        GError         **failure,
                        GError         **error)
{
  gboolean done;

  self->hurried = FALSE;
  done = look_at_releases (self, failure, error) && take_changes (self, failure, error) && look_one_by_one (self, failure, error) && hear (self, failure, error);
  plan (self, *failure);

  return done || *failure != NULL;
}
