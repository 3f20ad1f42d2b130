/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes to trackers: sent as it was looked at, tried again, taken back while it has not left. And issues that are there already. */

#include "lia-commands-table.h"

#include "lia-async.h"
#include "lia-id.h"
#include "lia-notices.h"
#include "lia-push-files.h"
#include "lia-push-store.h"
#include "lia-push-wish.h"
#include "lia-queries-findings.h"
#include "lia-queries-issues.h"
#include "lia-questions.h"
#include "lia-time.h"
#include "lia-tracker-hub.h"
#include "lia-wire.h"

#define MAX_KEY 256

/* From prepare() and run() to after(): the tracker that has something to do, the issue that it was asked for, and the files that go there. */
typedef struct
{
  gint64     tracker_id;
  LiaIssue  *issue;
  GPtrArray *files;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_object (&work->issue);
  g_clear_pointer (&work->files, g_ptr_array_unref);
  g_free (work);
}

static Work *
get_work (LiaCommandCall *call)
{
  if (call->after_data == NULL)
    {
      call->after_data = g_new0 (Work, 1);
      call->free_after_data = work_free;
    }

  return call->after_data;
}

void
lia_command_push_after (LiaCommandCall *call)
{
  const Work *work = call->after_data;

  if (work != NULL)
    lia_tracker_hub_wake (lia_engine_get_trackers (call->engine), work->tracker_id);
}

/* One at a time, and each marker once: a second issue is nobody's wish. */
static gboolean
check_is_first (LiaCommandCall       *call,
                const LiaPushPreview *preview,
                gint64                root,
                gint64                tracker_id,
                GError              **error)
{
  gint64 n;
  gint64 open;

  if (!lia_db_get_int (call->db, &n, error, "SELECT count (*) FROM push WHERE marker = $1", "t", preview->marker) ||
      !lia_db_get_int (call->db, &open, error,
                       "SELECT count (*) FROM finding AS m CROSS JOIN push AS p ON p.finding_id = m.id WHERE m.root_id = $1 AND p.tracker_id = $2 "
                       "AND p.question_id = 0 AND p.state IN ('queued', 'sending', 'unknown', 'attaching', 'retracting')",
                       "ii", root, tracker_id))
    return FALSE;
  if (n > 0)
    lia_problem_set_invalid (error, "/marker", "exists", "This was sent already");
  else if (open > 0)
    lia_problem_set_invalid (error, "/finding", "exists", "This finding is on its way to that tracker already");

  return n == 0 && open == 0;
}

/* A question is answered once, and with words; its marker is new */
static gboolean
check_answer (LiaCommandCall       *call,
              const LiaPushPreview *preview,
              gint64                question_id,
              gint64               *issue_id,
              GError              **error)
{
  g_autofree char *words = g_strstrip (g_strdup (preview->source));
  gboolean         settled;
  gint64           n;

  if (!lia_question_find (call->db, question_id, &settled, error) || !lia_db_get_int (call->db, issue_id, error, "SELECT issue_id FROM question WHERE id = $1", "i", question_id) ||
      !lia_db_get_int (call->db, &n, error, "SELECT count (*) FROM push WHERE marker = $1", "t", preview->marker))
    return FALSE;
  if (settled || n > 0)
    lia_problem_set_invalid (error, settled ? "/question" : "/marker", "exists", "Somebody has answered that already");
  else if (*words == '\0')
    lia_problem_set_invalid (error, "/source", "missing", "Say what the engineers want to know");

  return !settled && n == 0 && *words != '\0';
}

/* It is made again, and has to be what somebody has looked at. */
static gboolean
check_hash (LiaCommandCall *call,
            LiaPushPreview *preview,
            const char     *hash,
            GError        **error)
{
  if (g_str_equal (preview->hash, hash))
    return TRUE;
  call->current = lia_wire_encode_push_preview (preview);
  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_VERSION_CONFLICT, "What would be sent is not what you have looked at. Look at it again.");

  return FALSE;
}

static DexFuture *
push_prepare_fiber (gpointer data)
{
  LiaCommandCall *call = data;
  g_auto (LiaPushWish) wish = { 0 };
  GError    *error = NULL;
  GPtrArray *files = NULL;
  Work      *work;

  if (lia_push_wish_read (&wish, call->d, &error))
    files = lia_push_files_clean (lia_engine_get_store (call->engine), wish.files, &error);
  if (files == NULL)
    return dex_future_new_for_error (error);
  work = g_new0 (Work, 1);
  work->files = files;
  call->free_after_data = work_free;

  return dex_future_new_for_pointer (work);
}

DexFuture *
lia_command_finding_push_prepare (LiaCommandCall *call)
{
  return lia_spawn (push_prepare_fiber, call, NULL);
}

static gboolean
check_files (GPtrArray *files,
             GError   **error)
{
  for (guint i = 0; i < files->len; i++)
    {
      const LiaPushFile *file = files->pdata[i];
      g_autofree char   *pointer = g_strdup_printf ("/files/%u", i);

      if (*file->problem == '\0')
        continue;
      lia_problem_set_invalid (error, pointer, "value", "“%s”: %s", file->name, file->problem);
      return FALSE;
    }

  return TRUE;
}

static JsonArray *
files_to_json (GPtrArray *files)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < files->len; i++)
    json_array_add_object_element (array, lia_wire_encode_push_file (files->pdata[i]));

  return array;
}

/** lia_command_finding_push: files what was looked at: the text itself is in the journal before anything leaves. */
gboolean
lia_command_finding_push (LiaCommandCall *call,
                          GError        **error)
{
  g_auto (LiaPushWish) wish = { 0 };
  g_autoptr (LiaPushPreview) preview = NULL;
  JsonObject *data;
  const char *hash;
  gint64      root = 0;
  gint64      issue = 0;
  gint64      seq;

  if (!lia_command_id (call, "finding", "f", &wish.finding_id, error) || !lia_push_wish_read (&wish, call->d, error) ||
      !lia_json_str (call->d, "hash", LIA_JSON_REQUIRED, 64, &hash, error))
    return FALSE;
  wish.sent_files = g_ptr_array_ref (get_work (call)->files);
  preview = lia_push_text_make (call->db, &wish, error);
  if (preview == NULL || !check_hash (call, preview, hash, error) || !check_files (preview->sent_files, error))
    return FALSE;
  lia_id_parse (preview->finding, "f", &root);
  if (wish.question_id != 0 ? !check_answer (call, preview, wish.question_id, &issue, error) : !check_is_first (call, preview, root, wish.tracker_id, error))
    return FALSE;

  data = json_object_new ();
  json_object_set_int_member (data, "finding", root);
  json_object_set_int_member (data, "tracker", wish.tracker_id);
  json_object_set_string_member (data, "marker", preview->marker);
  json_object_set_string_member (data, "title", preview->sent_title);
  json_object_set_string_member (data, "text", preview->sent_text);
  json_object_set_string_member (data, "hash", preview->hash);
  json_object_set_array_member (data, "files", files_to_json (preview->sent_files));
  if (wish.question_id != 0)
    {
      json_object_set_int_member (data, "question", wish.question_id);
      json_object_set_int_member (data, "issue", issue);
    }
  seq = lia_command_append (call, "finding.pushed", 0, data, error);
  if (seq == 0 || (wish.question_id != 0 && !lia_question_settle (call->db, wish.question_id, seq, call->agent_id, error)))
    return FALSE;
  lia_command_answer_id (call, "push", "p", seq);
  get_work (call)->tracker_id = wish.tracker_id;

  return TRUE;
}

/** lia_command_question_done: the engineers need no answer any more, or have it. */
gboolean
lia_command_question_done (LiaCommandCall *call,
                           GError        **error)
{
  gboolean settled;
  gint64   id;

  return lia_command_id (call, "question", "e", &id, error) && lia_question_find (call->db, id, &settled, error) &&
         (settled || lia_question_settle (call->db, id, 0, call->agent_id, error));
}

static LiaPush *
find_push (LiaCommandCall *call,
           gint64         *id,
           GError        **error)
{
  return lia_command_id (call, "push", "p", id, error) ? lia_query_push (call->db, *id, error) : NULL;
}

static gboolean
conflict (LiaCommandCall *call,
          LiaPush        *push,
          const char     *words,
          GError        **error)
{
  call->current = lia_wire_encode_push (push);
  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_VERSION_CONFLICT, words);

  return FALSE;
}

/* What it becomes when it is tried again: its files, when it is only these that are wanting. FALSE: there is nothing to try */
static gboolean
make_retry (LiaPush       *push,
            LiaPushChange *change)
{
  g_autofree char *missing = lia_push_files_missing (push->files);

  change->state = LIA_PUSH_QUEUED;
  if (push->state == LIA_PUSH_FAILED || push->state == LIA_PUSH_QUEUED)
    return TRUE;
  change->state = LIA_PUSH_RETRACTING;
  if (push->state == LIA_PUSH_RETRACTING)
    return TRUE;
  change->state = LIA_PUSH_ATTACHING;
  change->files = lia_push_files_copy (push->files);
  for (guint i = 0; i < change->files->len; i++)
    g_set_str (&((LiaPushFile *)change->files->pdata[i])->problem, "");

  return push->state == LIA_PUSH_ATTACHING || (push->state == LIA_PUSH_FILED && *missing != '\0');
}

/** lia_command_push_retry: what failed for good, or waits: now. */
gboolean
lia_command_push_retry (LiaCommandCall *call,
                        GError        **error)
{
  gint64        id;
  LiaPushChange change = { 0 };
  g_autoptr (LiaPush) push = find_push (call, &id, error);
  g_autoptr (GPtrArray) files = NULL;
  gboolean may;

  if (push == NULL)
    return FALSE;
  lia_id_parse (push->tracker, "t", &get_work (call)->tracker_id);
  if (push->state == LIA_PUSH_UNKNOWN)
    return TRUE; /* it is looked for by itself, and must not be sent too early */
  may = make_retry (push, &change);
  files = change.files;

  return may ? lia_push_append_change (call->db, id, call->agent_id, &change, error) : conflict (call, push, "This cannot be sent any more.", error);
}

/** lia_command_push_cancel: while it is certain that it has not left. */
gboolean
lia_command_push_cancel (LiaCommandCall *call,
                         GError        **error)
{
  gint64 id;
  g_autoptr (LiaPush) push = find_push (call, &id, error);

  if (push == NULL)
    return FALSE;
  if (push->state == LIA_PUSH_CANCELLED)
    return TRUE; /* that it does not leave is all that was asked for */
  if (push->state != LIA_PUSH_FAILED && push->state != LIA_PUSH_QUEUED)
    return conflict (call, push, push->state == LIA_PUSH_FILED || push->state == LIA_PUSH_ATTACHING ? "It has been filed already." : "It may have left already.", error);

  return lia_push_append_change (call->db, id, call->agent_id, &(LiaPushChange){ LIA_PUSH_CANCELLED }, error);
}

/** lia_command_push_retract: what has been filed is to be said no more. */
gboolean
lia_command_push_retract (LiaCommandCall *call,
                          GError        **error)
{
  gint64 id;
  g_autoptr (LiaPush) push = find_push (call, &id, error);

  if (push == NULL)
    return FALSE;
  if (push->state == LIA_PUSH_RETRACTING || push->state == LIA_PUSH_RETRACTED)
    return TRUE; /* that is all that was asked for */
  if (*push->question != '\0')
    return conflict (call, push, "An answer is a comment among others: take it back in the tracker.", error);
  if (push->state != LIA_PUSH_FILED && push->state != LIA_PUSH_ATTACHING)
    return conflict (call, push, "The tracker has no issue of it.", error);
  lia_id_parse (push->tracker, "t", &get_work (call)->tracker_id);

  return lia_push_append_change (call->db, id, call->agent_id, &(LiaPushChange){ LIA_PUSH_RETRACTING }, error);
}

/* A tracker's refusal, as the problem that it is for whoever asked. @failure: NULL = it shows nothing at all: it only listens */
static GError *
to_problem (const GError *failure)
{
  LiaProblem kind = LIA_PROBLEM_CHANNEL_DOWN;

  if (failure == NULL)
    return g_error_new_literal (LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "This tracker does not show its issues, so none can be linked.");
  if (failure->domain == LIA_TRACKER_ERROR && (failure->code == LIA_TRACKER_ERROR_NOT_FOUND || failure->code == LIA_TRACKER_ERROR_GONE))
    kind = LIA_PROBLEM_NOT_FOUND;

  return g_error_new_literal (LIA_PROBLEM, kind, failure->message);
}

static DexFuture *
link_prepare_fiber (gpointer data)
{
  LiaCommandCall *call = data;
  GError         *error = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (LiaTracker) tracker = NULL;
  Work       *work;
  const char *key;
  gint64      tracker_id;

  if (!lia_command_id (call, "tracker", "t", &tracker_id, &error) || !lia_json_str (call->d, "issue", LIA_JSON_REQUIRED, MAX_KEY, &key, &error) ||
      (tracker = lia_tracker_hub_dup (lia_engine_get_trackers (call->engine), tracker_id, &error)) == NULL)
    return dex_future_new_for_error (error);
  work = g_new0 (Work, 1);
  work->tracker_id = tracker_id;
  work->issue = lia_tracker_read (tracker, key, "", &failure);
  call->free_after_data = work_free;
  if (work->issue != NULL)
    return dex_future_new_for_pointer (work);
  work_free (work);

  return dex_future_new_for_error (to_problem (failure));
}

DexFuture *
lia_command_finding_link_prepare (LiaCommandCall *call)
{
  return lia_spawn (link_prepare_fiber, call, NULL);
}

static gboolean
find_root (LiaCommandCall *call,
           gint64         *root,
           GError        **error)
{
  gint64 id;
  g_autoptr (LiaFinding) finding =
      lia_command_id (call, "finding", "f", &id, error) ? lia_query_finding (call->db, id, lia_time_now (), error) : NULL;

  return finding != NULL && lia_id_parse (finding->id, "f", root);
}

/** lia_command_finding_link: the engineers know of it already. */
gboolean
lia_command_finding_link (LiaCommandCall *call,
                          GError        **error)
{
  const Work *work = call->after_data;
  JsonObject *data;
  JsonObject *issue;
  gint64      root;
  gint64      seq;
  gint64      id = 0;

  if (!find_root (call, &root, error))
    return FALSE;
  issue = lia_wire_encode_seen_issue (work->issue);
  data = json_object_new ();
  json_object_set_int_member (data, "finding", root);
  json_object_set_int_member (data, "tracker", work->tracker_id);
  json_object_set_object_member (data, "issue", issue);
  seq = lia_command_append (call, "issue.linked", 0, data, error);
  if (seq == 0 || !lia_db_get_int (call->db, &id, error, "SELECT id FROM issue WHERE tracker_id = $1 AND key = $2", "it", work->tracker_id, work->issue->key) ||
      !lia_notices_refresh (call->db, root, error))
    return FALSE;
  lia_command_answer_id (call, "issue", "i", id);

  return TRUE;
}

/** lia_command_finding_unlink: in the tracker nothing changes. */
gboolean
lia_command_finding_unlink (LiaCommandCall *call,
                            GError        **error)
{
  JsonObject *data;
  gint64      root;
  gint64      issue;
  gint64      finding = 0;

  if (!find_root (call, &root, error) || !lia_command_id (call, "issue", "i", &issue, error) ||
      !lia_db_get_int (call->db, &finding, error,
                       "SELECT coalesce (max (l.finding_id), 0) FROM finding AS m CROSS JOIN finding_issue AS l ON l.finding_id = m.id WHERE m.root_id = $1 AND l.issue_id = $2", "ii",
                       root, issue))
    return FALSE;
  if (finding == 0)
    return TRUE; /* that they have nothing to do with each other is all that was asked for */
  data = json_object_new ();
  json_object_set_int_member (data, "finding", finding);
  json_object_set_int_member (data, "issue", issue);

  return lia_command_append (call, "issue.unlinked", 0, data, error) != 0 && lia_notices_refresh (call->db, root, error);
}
