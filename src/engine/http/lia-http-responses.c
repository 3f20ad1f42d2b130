/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Canned responses, for the index that each app keeps, and what one of them was. */

#include "lia-http-resources.h"

#include "lia-id.h"
#include "lia-queries-published.h"
#include "lia-queries-responses.h"
#include "lia-queries.h"
#include "lia-wire.h"

typedef struct
{
  gint64  agent_id;
  gint64  id;
  guint64 since;
  guint   limit;
} Asked;

/* The app begins with nothing: what is not for it has never been there. */
static void
add_row (const Asked          *asked,
         const LiaResponseRow *row,
         JsonArray            *rows,
         JsonArray            *gone)
{
  if (row->canned != NULL)
    json_array_add_object_element (rows, lia_wire_encode_canned (row->canned));
  else if (asked->since > 0)
    json_array_add_string_element (gone, row->id);
}

static gboolean
read_responses (LiaDb    *db,
                gpointer  data,
                gpointer *result,
                GError  **error)
{
  const Asked *asked = data;
  g_autoptr (GPtrArray) found = lia_query_responses (db, asked->agent_id, (gint64)asked->since, asked->limit + 1, error);
  g_autoptr (JsonObject) answer = json_object_new ();
  JsonArray *rows = json_array_new ();
  JsonArray *gone = json_array_new ();
  gint64     upto = (gint64)asked->since;
  gboolean   more;

  json_object_set_array_member (answer, "rows", rows);
  json_object_set_array_member (answer, "gone", gone);
  if (found == NULL)
    return FALSE;

  more = found->len > asked->limit;
  for (guint i = 0; i < found->len - (more ? 1 : 0); i++)
    {
      const LiaResponseRow *row = found->pdata[i];

      add_row (asked, row, rows, gone);
      upto = row->seq;
    }
  json_object_set_int_member (answer, "seq", upto);
  json_object_set_boolean_member (answer, "more", more);
  *result = lia_json_to_text (answer);

  return TRUE;
}

/** lia_http_get_responses: pages in the order of change: `seq` is the next call's `since`. */
gboolean
lia_http_get_responses (LiaHttpCall *call,
                        GError     **error)
{
  Asked asked = { .agent_id = call->agent_id };

  return lia_http_query_number (call, "since", 0, G_MAXINT64, &asked.since, error) && lia_http_query_limit (call, 200, &asked.limit, error) &&
         lia_http_answer_read (call, read_responses, &asked, error);
}

static JsonObject *
encode_version (const LiaResponseVersion *version,
                const char               *id)
{
  JsonObject *object = json_object_new ();

  g_set_str (&version->canned->id, id);
  json_object_set_int_member (object, "ver", version->ver);
  lia_json_set_time (object, "at", version->at_ms);
  json_object_set_string_member (object, "agent", version->agent);
  json_object_set_object_member (object, "response", lia_wire_encode_canned (version->canned));

  return object;
}

static gboolean
read_versions (LiaDb    *db,
               gpointer  data,
               gpointer *result,
               GError  **error)
{
  const Asked *asked = data;
  g_autoptr (LiaCanned) canned = lia_query_response (db, asked->agent_id, asked->id, error);
  g_autoptr (GPtrArray) versions = canned != NULL ? lia_query_response_versions (db, asked->id, (gint64)asked->since, asked->limit + 1, error) : NULL;
  g_autoptr (JsonObject) answer = json_object_new ();
  JsonArray *rows = json_array_new ();

  json_object_set_array_member (answer, "rows", rows);
  if (versions == NULL)
    return FALSE;
  for (guint i = 0; i < MIN (versions->len, asked->limit); i++)
    json_array_add_object_element (rows, encode_version (versions->pdata[i], canned->id));
  json_object_set_boolean_member (answer, "more", versions->len > asked->limit);
  *result = lia_json_to_text (answer);

  return TRUE;
}

/** lia_http_get_response_versions: the newest first; `before` is a version. */
gboolean
lia_http_get_response_versions (LiaHttpCall *call,
                                GError     **error)
{
  Asked asked = { .agent_id = call->agent_id };

  return lia_http_argument_id (call, 0, "r", &asked.id, error) && lia_http_query_number (call, "before", 0, G_MAXINT64, &asked.since, error) &&
         lia_http_query_limit (call, 50, &asked.limit, error) && lia_http_answer_read (call, read_versions, &asked, error);
}

static gboolean
read_published (LiaDb    *db,
                gpointer  data,
                gpointer *result,
                GError  **error)
{
  g_autoptr (JsonObject) answer = json_object_new ();
  JsonArray *rows = lia_published_figures (db, error);

  if (rows == NULL)
    return FALSE;
  json_object_set_array_member (answer, "rows", rows);
  *result = lia_json_to_text (answer);

  return TRUE;
}

/** lia_http_get_published: which responses visitors of which site find, and what they did with them. */
gboolean
lia_http_get_published (LiaHttpCall *call,
                        GError     **error)
{
  return lia_http_answer_read (call, read_published, NULL, error);
}
