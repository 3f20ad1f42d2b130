/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Issues in trackers, and the ledger of what left for them. */

#include "lia-http-resources.h"

#include "lia-id.h"
#include "lia-queries-issues.h"
#include "lia-tracker-hub.h"
#include "lia-wire.h"

typedef struct
{
  gint64      finding_id;
  gint64      conversation_id;
  gint64      customer_id;
  const char *before;
  guint       limit;
} Asked;

typedef JsonObject *(*Encode) (gpointer value);

static JsonObject *
to_rows (GPtrArray *values,
         Encode     encode)
{
  JsonObject *answer = json_object_new ();
  JsonArray  *rows = json_array_new ();

  for (guint i = 0; i < values->len; i++)
    json_array_add_object_element (rows, encode (values->pdata[i]));
  json_object_set_array_member (answer, "rows", rows);

  return answer;
}

static gboolean
read_id (LiaHttpCall *call,
         const char  *name,
         const char  *prefix,
         gint64      *id,
         GError     **error)
{
  g_autofree char *pointer = g_strconcat ("/", name, NULL);
  const char      *text = lia_http_query (call, name);

  if (text == NULL || lia_id_parse (text, prefix, id))
    return TRUE;
  lia_problem_set_invalid (error, pointer, "id", "“%s” is no %s", text, name);

  return FALSE;
}

static gboolean
read_pushes (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  const Asked     *asked = data;
  g_autofree char *next = NULL;
  g_autoptr (GPtrArray) pushes = lia_query_pushes (db, asked->finding_id, asked->before, asked->limit, &next, error);
  g_autoptr (JsonObject) answer = NULL;

  if (pushes == NULL)
    return FALSE;
  answer = to_rows (pushes, (Encode)lia_wire_encode_push);
  lia_json_set_str (answer, "next", next);
  *result = lia_json_to_text (answer);

  return TRUE;
}

/** lia_http_get_pushes: what left, the newest first. */
gboolean
lia_http_get_pushes (LiaHttpCall *call,
                     GError     **error)
{
  Asked asked = { .before = lia_http_query (call, "before") };

  return read_id (call, "finding", "f", &asked.finding_id, error) && lia_http_query_limit (call, 50, &asked.limit, error) &&
         lia_http_answer_read (call, read_pushes, &asked, error);
}

static gboolean
read_issues (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  const Asked *asked = data;
  g_autoptr (GPtrArray) issues = lia_query_issues_of (db, asked->conversation_id, asked->customer_id, error);
  g_autoptr (JsonObject) answer = NULL;

  if (issues == NULL)
    return FALSE;
  answer = to_rows (issues, (Encode)lia_wire_encode_issue);
  *result = lia_json_to_text (answer);

  return TRUE;
}

/** lia_http_get_issues: of a conversation, or of a customer. */
gboolean
lia_http_get_issues (LiaHttpCall *call,
                     GError     **error)
{
  Asked asked = { 0 };

  return read_id (call, "conversation", "c", &asked.conversation_id, error) && read_id (call, "customer", "k", &asked.customer_id, error) &&
         lia_http_answer_read (call, read_issues, &asked, error);
}

/** lia_http_get_tracker_issues: what the tracker itself finds. */
gboolean
lia_http_get_tracker_issues (LiaHttpCall *call,
                             GError     **error)
{
  const char *text = lia_http_query (call, "q");
  g_autoptr (LiaTracker) tracker = NULL;
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) failure = NULL;
  gint64 id;

  if (!lia_http_argument_id (call, 0, "t", &id, error))
    return FALSE;
  if (text == NULL || *text == '\0')
    {
      lia_problem_set_invalid (error, "/q", "missing", "Say what to look for");
      return FALSE;
    }
  tracker = lia_tracker_hub_dup (lia_engine_get_trackers (call->engine), id, error);
  if (tracker == NULL)
    return FALSE;
  issues = lia_tracker_search (tracker, text, &failure);
  if (issues == NULL)
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_CHANNEL_DOWN, failure->message);
      return FALSE;
    }
  lia_http_answer_object (call, SOUP_STATUS_OK, to_rows (issues, (Encode)lia_wire_encode_issue));

  return TRUE;
}
