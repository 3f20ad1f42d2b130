/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-push-turn.h"

#include "lia-crash-point.h"
#include "lia-push-files.h"
#include "lia-push-store.h"
#include "lia-time.h"
#include "lia-tracker-verdict.h"

#define MAX_WAIT_MS (5 * 60 * 1000)
#define LOOK_AGAIN_MS (30 * 1000) /* what nobody knows the outcome of is not sent again before, nor before twice that */

typedef struct
{
  LiaStore   *store;
  LiaTracker *tracker;
  LiaPush    *push;
  GError     *refusal; /* what the tracker says instead of doing it */
} Turn;

/* When what was sent last at @tried_ms may be sent again, at the earliest */
static gint64
after_unknown (gint64 tried_ms)
{
  return tried_ms + LOOK_AGAIN_MS + (gint64)(g_random_double () * LOOK_AGAIN_MS);
}

/* When what failed is tried again; 0: as soon as somebody has entered another key */
static gint64
after_failure (const LiaPush *push,
               const GError  *failure)
{
  if (g_error_matches (failure, LIA_TRACKER_ERROR, LIA_TRACKER_ERROR_AUTH))
    return 0;

  return lia_tracker_back_off ((guint)push->tries + 1, lia_tracker_error_get_until (failure), lia_time_now (), g_random_double ());
}

static gboolean
may_still_go (const GError *failure)
{
  return g_error_matches (failure, LIA_TRACKER_ERROR, LIA_TRACKER_ERROR_AUTH) || lia_tracker_may_repeat (failure->code);
}

static gboolean
settle (Turn     *self,
        LiaIssue *issue,
        GError  **error)
{
  LiaPushChange change = { LIA_PUSH_FAILED, .problem = self->refusal != NULL ? self->refusal->message : NULL, .issue = issue };

  if (issue != NULL)
    change.state = self->push->files->len > 0 ? LIA_PUSH_ATTACHING : LIA_PUSH_FILED;
  else if (g_error_matches (self->refusal, LIA_TRACKER_ERROR, LIA_TRACKER_ERROR_UNKNOWN_OUTCOME))
    {
      change.state = LIA_PUSH_UNKNOWN;
      change.retry_ms = after_unknown (lia_time_now ());
    }
  else if (may_still_go (self->refusal))
    {
      change.state = LIA_PUSH_QUEUED;
      change.retry_ms = after_failure (self->push, self->refusal);
    }

  return lia_push_store_change (self->store, self->push, &change, error);
}

/* What may have arrived is looked for at once, and sent again only after a while: trackers can be slow to show what they have taken. */
static gboolean
look_for (Turn    *self,
          GError **error)
{
  g_autoptr (LiaIssue) issue = lia_tracker_find_by_marker (self->tracker, self->push->marker, self->push->first_ms, &self->refusal);
  LiaPushChange change = { LIA_PUSH_UNKNOWN, .problem = self->refusal != NULL ? self->refusal->message : self->push->problem };

  if (issue != NULL)
    return settle (self, issue, error);
  if (self->refusal == NULL)
    change.retry_ms = after_unknown (self->push->tried_ms);
  else if (!lia_tracker_may_repeat (self->refusal->code))
    change.retry_ms = lia_time_now () + MAX_WAIT_MS;
  else
    change.retry_ms = lia_tracker_back_off ((guint)self->push->tries, lia_tracker_error_get_until (self->refusal), lia_time_now (), g_random_double ());

  return lia_push_store_change (self->store, self->push, &change, error);
}

/* That it is on its way is durable before the first byte of it leaves. */
static gboolean
send_one (Turn    *self,
          GError **error)
{
  g_autoptr (LiaTrackerDraft) draft = lia_tracker_draft_new (self->push->marker, self->push->title, self->push->text);
  g_autoptr (LiaIssue) issue = NULL;

  if (!lia_push_store_change (self->store, self->push, &(LiaPushChange){ LIA_PUSH_SENDING }, error))
    return FALSE;
  self->push->state = LIA_PUSH_SENDING;
  lia_crash_point ("push-claimed");
  issue = lia_tracker_file_once (self->tracker, draft, self->push->first_ms, &self->refusal);
  lia_crash_point ("push-answered");

  return settle (self, issue, error);
}

/* It is there, or never will be */
static gboolean
note_file (Turn       *self,
           gint        index,
           const char *problem,
           GError    **error)
{
  g_autoptr (GPtrArray) files = lia_push_files_copy (self->push->files);
  LiaPushFile     *file = files->pdata[index];
  g_autofree char *missing = NULL;
  gboolean         more;

  file->is_there = problem == NULL;
  g_set_str (&file->problem, problem != NULL ? problem : "");
  more = lia_push_files_next (files) >= 0;
  missing = more ? NULL : lia_push_files_missing (files);

  return lia_push_store_change (self->store, self->push, &(LiaPushChange){ more ? LIA_PUSH_ATTACHING : LIA_PUSH_FILED, .problem = missing, .files = files }, error);
}

/* The issue is there, whatever becomes of its files. Each of them is known again by what it is, so one that may have arrived is simply sent again. */
static gboolean
attach_one (Turn    *self,
            GError **error)
{
  const gint       index = lia_push_files_next (self->push->files);
  LiaPushFile     *file = index >= 0 ? self->push->files->pdata[index] : NULL;
  g_autofree char *key = lia_push_store_get_key (self->store, self->push, error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (LiaTrackerFile) sent = NULL;

  if (key == NULL)
    return FALSE;
  if (file == NULL)
    return lia_push_store_change (self->store, self->push, &(LiaPushChange){ LIA_PUSH_FILED }, error);
  bytes = lia_push_files_load (self->store, file, NULL);
  if (bytes == NULL)
    return note_file (self, index, "The file cannot be read any more.", error);

  sent = lia_tracker_file_new (file->name, file->type, bytes);
  lia_tracker_attach (self->tracker, key, sent, &self->refusal);
  lia_crash_point ("push-attached");
  if (self->refusal == NULL || !may_still_go (self->refusal))
    return note_file (self, index, self->refusal != NULL ? self->refusal->message : NULL, error);

  return lia_push_store_change (self->store, self->push, &(LiaPushChange){ LIA_PUSH_ATTACHING, .problem = self->refusal->message, .retry_ms = after_failure (self->push, self->refusal) }, error);
}

/* Whoever has read it has read it: nothing is unsaid, but it stands there no more */
static gboolean
retract (Turn    *self,
         GError **error)
{
  g_autofree char *key = lia_push_store_get_key (self->store, self->push, error);
  g_autofree char *text = g_strdup_printf ("This report was withdrawn by whoever had sent it.\n\nRef: %s", self->push->marker);
  g_autofree char *words = NULL;
  LiaPushChange    change = { LIA_PUSH_RETRACTED };

  if (key == NULL)
    return FALSE;
  lia_tracker_retract (self->tracker, key, "Withdrawn", text, &self->refusal);
  lia_crash_point ("push-retracted");
  if (self->refusal != NULL && may_still_go (self->refusal))
    {
      change = (LiaPushChange){ LIA_PUSH_RETRACTING, .problem = self->refusal->message, .retry_ms = after_failure (self->push, self->refusal) };
    }
  else if (self->refusal != NULL)
    {
      words = g_strconcat ("It could not be withdrawn. ", self->refusal->message, NULL);
      change = (LiaPushChange){ LIA_PUSH_FILED, .problem = words };
    }
  else if (lia_push_files_are_there (self->push->files))
    change.problem = "Its files are still there: ask an administrator of the tracker to delete them.";

  return lia_push_store_change (self->store, self->push, &change, error);
}

/* An answer is a comment that is known again by its marker, so one that may have arrived is simply written again. */
static gboolean
answer (Turn    *self,
        GError **error)
{
  g_autofree char *key = lia_push_store_get_key (self->store, self->push, error);
  LiaPushChange    change = { LIA_PUSH_FILED };

  if (key == NULL || !lia_push_store_change (self->store, self->push, &(LiaPushChange){ LIA_PUSH_SENDING }, error))
    return FALSE;
  self->push->state = LIA_PUSH_SENDING;
  lia_crash_point ("answer-claimed");
  lia_tracker_upsert_summary (self->tracker, key, self->push->marker, self->push->text, &self->refusal);
  lia_crash_point ("answer-given");
  if (self->refusal != NULL)
    change = (LiaPushChange){ LIA_PUSH_FAILED, .problem = self->refusal->message };
  if (self->refusal != NULL && may_still_go (self->refusal))
    {
      change.state = LIA_PUSH_QUEUED;
      change.retry_ms = after_failure (self->push, self->refusal);
    }

  return lia_push_store_change (self->store, self->push, &change, error);
}

static gboolean
take_turn (Turn    *self,
           GError **error)
{
  const gboolean waited = self->push->tried_ms + LOOK_AGAIN_MS <= lia_time_now () && self->push->retry_ms != 0;

  if (*self->push->question != '\0')
    return answer (self, error);
  if (self->push->state == LIA_PUSH_ATTACHING)
    return attach_one (self, error);
  if (self->push->state == LIA_PUSH_RETRACTING)
    return retract (self, error);

  return self->push->state == LIA_PUSH_UNKNOWN && !waited ? look_for (self, error) : send_one (self, error);
}

/**
 * lia_push_turn:
 * @push: what is due
 * @refusal: (out) (nullable): what the tracker says instead of doing it
 *
 * One step of it. What comes of that is durable afterwards. In a fiber.
 *
 * Returns: FALSE when the store does not work, %LIA_STORE_ERROR_CONFLICT when @push is in another state by now
 */
gboolean
lia_push_turn (LiaStore   *store,
               LiaTracker *tracker,
               LiaPush    *push,
               GError    **refusal,
               GError    **error)
{
  Turn           turn = { store, tracker, push, NULL };
  const gboolean done = take_turn (&turn, error);

  *refusal = turn.refusal;

  return done;
}
