/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What engineers write below our issues: what is a question to us becomes an entry of a conversation in which that was said, where whoever filed the issue finds it
 * among her work. Which are questions lia-issue-question.c says; where the issue's state says that the engineers wait, the newest comment is one, whatever it says.
 */

#include "lia-question-store.h"

#include "lia-id.h"
#include "lia-issue-question.h"
#include "lia-journal.h"
#include "lia-json.h"
#include "lia-queries-issues.h"
#include "lia-time.h"

#include <string.h>

#define MAX_TEXT_BYTES 20000

static void
hearing_free (gpointer data)
{
  LiaHearing *hearing = data;

  g_free (hearing->key);
  g_free (hearing->updated);
  g_free (hearing);
}

/* A tracker's clock counts seconds at best: what is written in the one in which we read shows only when we look once more. */
#define AGAIN_MS 2000

typedef struct
{
  gint64 tracker_id;
  gint64 limit;
  gint64 now_ms;
} Question;

static gboolean
list (LiaDb    *db,
      gpointer  data,
      gpointer *result,
      GError  **error)
{
  const Question *self = data;
  g_autoptr (GPtrArray) hearings = g_ptr_array_new_with_free_func (hearing_free);
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT i.id, h.agent_id, i.key, h.at, coalesce (i.json ->> '$.updated_at', '') AS now, "
                                           "coalesce (i.json ->> '$.wants_info', 0), h.wants_info FROM issue_heard AS h CROSS JOIN issue AS i ON i.id = h.issue_id "
                                           "WHERE i.tracker_id = $1 AND (h.updated <> now OR (h.again > 0 AND h.again <= $3)) AND EXISTS (SELECT 1 FROM finding_issue AS l WHERE l.issue_id = i.id) "
                                           "ORDER BY now LIMIT $2",
                                           "iii", self->tracker_id, self->limit, self->now_ms - AGAIN_MS);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &failure))
    {
      LiaHearing *hearing = g_new0 (LiaHearing, 1);

      hearing->issue_id = lia_rows_int (rows, 0);
      hearing->agent_id = lia_rows_int (rows, 1);
      hearing->key = g_strdup (lia_rows_text (rows, 2));
      hearing->since_ms = lia_rows_int (rows, 3);
      hearing->updated = g_strdup (lia_rows_text (rows, 4));
      hearing->wants_info = lia_rows_int (rows, 5) != 0;
      hearing->wanted_info = lia_rows_int (rows, 6) != 0;
      g_ptr_array_add (hearings, hearing);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  *result = g_steal_pointer (&hearings);

  return TRUE;
}

/** lia_question_store_list: (transfer full) (element-type LiaHearing): a few issues that were changed since their comments were read, or in the second in which they were. */
GPtrArray *
lia_question_store_list (LiaStore *store,
                         gint64    tracker_id,
                         gint64    limit,
                         GError  **error)
{
  Question question = { tracker_id, limit, g_get_real_time () / 1000 };

  return lia_store_await (lia_store_read (store, list, &question, NULL, (GDestroyNotify)g_ptr_array_unref), error);
}

/* Where a question is asked ----------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  gint64 conversation_id;
  gint64 finding_id;
  gint64 assignee_id;
  char  *state;
  char  *finding; /* its title */
} Place;

static void
place_clear (Place *self)
{
  g_free (self->state);
  g_free (self->finding);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/*
 * Of the conversations in which it was said: one of whoever filed the issue, then one that nobody has to do with, then the newest. FALSE without an error: nobody
 * says it any more.
 */
static gboolean
find_place (LiaDb            *db,
            const LiaHearing *hearing,
            Place            *place,
            GError          **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT c.id, r.id, coalesce (c.assignee_id, 0), c.state, r.title FROM finding_issue AS l CROSS JOIN finding AS f ON f.id = l.finding_id "
                                           "CROSS JOIN finding AS r ON r.id = f.root_id CROSS JOIN finding AS m ON m.root_id = r.id CROSS JOIN quote AS q ON q.finding_id = m.id "
                                           "CROSS JOIN conversation AS c ON c.id = q.conversation_id WHERE l.issue_id = $1 "
                                           "ORDER BY coalesce (c.assignee_id, 0) = $2 DESC, c.assignee_id IS NULL OR c.state = 'closed' DESC, q.seq DESC LIMIT 1",
                                           "ii", hearing->issue_id, hearing->agent_id);

  if (rows == NULL || !lia_rows_next (rows, error))
    return FALSE;
  *place = (Place){
    .conversation_id = lia_rows_int (rows, 0),
    .finding_id = lia_rows_int (rows, 1),
    .assignee_id = lia_rows_int (rows, 2),
    .state = g_strdup (lia_rows_text (rows, 3)),
    .finding = g_strdup (lia_rows_text (rows, 4)),
  };

  return TRUE;
}

/* The entry --------------------------------------------------------------------------------------------------------------------------------- */

static gboolean
is_shown (gunichar letter)
{
  return letter == '\n' || letter == '\t' || !(g_unichar_iscntrl (letter) || letter == 0xfeff || letter == 0x061c || letter == 0x200e || letter == 0x200f || (letter >= 0x2028 && letter <= 0x202e) || (letter >= 0x2066 && letter <= 0x2069));
}

/* Without signs that nobody sees and that turn what stands around them */
static char *
clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) shown = g_string_new (NULL);

  for (const char *at = valid; *at != '\0' && shown->len < MAX_TEXT_BYTES; at = g_utf8_next_char (at))
    if (is_shown (g_utf8_get_char (at)))
      g_string_append_unichar (shown, g_utf8_get_char (at));

  return g_strstrip (g_string_free_and_steal (g_steal_pointer (&shown)));
}

static JsonObject *
new_details (const LiaHearing        *hearing,
             const LiaTrackerComment *comment,
             const Place             *place,
             LiaIssue                *issue)
{
  JsonObject      *d = json_object_new ();
  g_autofree char *finding = lia_id_format ("f", place->finding_id);

  json_object_set_string_member (d, "what", "question");
  json_object_set_string_member (d, "issue", issue->id);
  json_object_set_string_member (d, "tracker", issue->tracker);
  json_object_set_string_member (d, "key", issue->key);
  json_object_set_string_member (d, "url", issue->url);
  json_object_set_string_member (d, "state", issue->state);
  json_object_set_string_member (d, "title", place->finding);
  json_object_set_string_member (d, "finding", finding);
  json_object_set_string_member (d, "comment", comment->key);
  json_object_set_string_member (d, "was", place->state);
  json_object_set_boolean_member (d, "settled", FALSE);
  json_object_set_string_member (d, "push", "");
  json_object_set_string_member (d, "problem", "");

  return d;
}

static gboolean
append_entry (LiaDb      *db,
              gint64      conversation_id,
              const char *kind,
              const char *author,
              const char *text,
              JsonObject *d,
              GError    **error)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autofree char *json = NULL;
  JsonObject      *by = json_object_new ();

  json_object_set_string_member (by, "kind", "system");
  json_object_set_string_member (by, "name", author);
  json_object_set_string_member (data, "kind", kind);
  lia_json_set_time (data, "at", lia_time_now ());
  json_object_set_object_member (data, "author", by);
  json_object_set_string_member (data, "text", text);
  json_object_set_object_member (data, "d", d);
  json = lia_json_to_text (data);

  return lia_journal_append (db, &(LiaJournalEvent){ .kind = "entry.added", .conversation_id = conversation_id, .data = json }, error) != 0;
}

/* Whose the issue is with us gets it, unless the conversation is a colleague's, who knows the customer. Else it is for whoever is in the queue. */
static gboolean
give (LiaDb            *db,
      const LiaHearing *hearing,
      const Place      *place,
      GError          **error)
{
  g_autofree char *agent = lia_id_format ("a", hearing->agent_id);
  JsonObject      *d;

  if (hearing->agent_id == 0 || place->assignee_id == hearing->agent_id || (place->assignee_id != 0 && !g_str_equal (place->state, "closed")))
    return TRUE;
  d = json_object_new ();
  json_object_set_string_member (d, "what", "assigned");
  json_object_set_string_member (d, "from", "open");
  json_object_set_string_member (d, "assignee", agent);

  return append_entry (db, place->conversation_id, "state", "", "", d, error);
}

static gboolean
ask (LiaDb                   *db,
     const LiaHearing        *hearing,
     const LiaTrackerComment *comment,
     GError                 **error)
{
  g_auto (Place) place = { 0 };
  g_autoptr (GError) failure = NULL;
  g_autoptr (LiaIssue) issue = NULL;
  g_autofree char *author = clean (comment->author);
  g_autofree char *text = clean (comment->text);
  gint64           n;
  gint64           tracker_id;

  if (!lia_db_get_int (db, &n, error, "SELECT count (*) FROM question WHERE issue_id = $1 AND comment = $2", "it", hearing->issue_id, comment->key) ||
      !lia_db_get_int (db, &tracker_id, error, "SELECT tracker_id FROM issue WHERE id = $1", "i", hearing->issue_id))
    return FALSE;
  if (n > 0)
    return TRUE; /* one is read again when another one follows */
  if (!find_place (db, hearing, &place, &failure))
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      return error == NULL || *error == NULL;
    }
  issue = lia_query_issue (db, tracker_id, hearing->key, error);

  return issue != NULL && append_entry (db, place.conversation_id, "note", author, text, new_details (hearing, comment, &place, issue), error) &&
         give (db, hearing, &place, error);
}

/* What is new -------------------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  const LiaHearing         *hearing;
  const LiaTrackerComments *comments;
} Taking;

static gboolean
is_new (const LiaHearing        *hearing,
        const LiaTrackerComment *comment)
{
  return comment->at_ms >= hearing->since_ms && !comment->is_own && strstr (comment->text, "Ref: liaison-") == NULL;
}

/* The questions among what is new, or, where they wait for us, the newest of that */
static GPtrArray *
pick (const Taking *self)
{
  GPtrArray         *picked = g_ptr_array_new ();
  LiaTrackerComment *newest = NULL;

  for (guint i = 0; i < self->comments->items->len; i++)
    {
      LiaTrackerComment *comment = self->comments->items->pdata[i];

      if (!is_new (self->hearing, comment))
        continue;
      if (newest == NULL || comment->at_ms >= newest->at_ms)
        newest = comment;
      if (lia_issue_question_asks (comment->text, self->comments->login))
        g_ptr_array_add (picked, comment);
    }
  if (picked->len == 0 && newest != NULL && self->hearing->wants_info)
    g_ptr_array_add (picked, newest);

  return picked;
}

static gboolean
note_heard (LiaDb        *db,
            const Taking *self,
            GError      **error)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autofree char *text = NULL;
  gint64           at_ms = self->hearing->since_ms;

  for (guint i = 0; i < self->comments->items->len; i++)
    at_ms = MAX (at_ms, ((LiaTrackerComment *)self->comments->items->pdata[i])->at_ms);
  json_object_set_int_member (data, "issue", self->hearing->issue_id);
  json_object_set_string_member (data, "updated", self->hearing->updated);
  json_object_set_int_member (data, "at", at_ms);
  json_object_set_boolean_member (data, "wants_info", self->hearing->wants_info);
  text = lia_json_to_text (data);

  return lia_journal_append (db, &(LiaJournalEvent){ .kind = "issue.heard", .data = text }, error) != 0;
}

static gboolean
take (LiaDb    *db,
      gpointer  data,
      gpointer *result,
      GError  **error)
{
  const Taking    *self = data;
  g_autofree char *key = g_strconcat ("state ", self->hearing->updated, NULL);
  g_autoptr (GPtrArray) picked = pick (self);
  LiaTrackerComment silent = { .key = key, .author = (char *)"", .text = (char *)"" };

  if (picked->len == 0 && self->hearing->wants_info && !self->hearing->wanted_info)
    g_ptr_array_add (picked, &silent); /* they wait, and nobody says for what */
  for (guint i = 0; i < picked->len; i++)
    if (!ask (db, self->hearing, picked->pdata[i], error))
      return FALSE;

  return note_heard (db, self, error);
}

/** lia_question_store_take: what of @comments is a question to us becomes an entry; it is known up to there. */
gboolean
lia_question_store_take (LiaStore                 *store,
                         const LiaHearing         *hearing,
                         const LiaTrackerComments *comments,
                         GError                  **error)
{
  Taking taking = { hearing, comments };

  return dex_await (lia_store_write (store, take, &taking, NULL, NULL), error);
}
