/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is to be told of a fix. */

#include "lia-http-resources.h"

#include "lia-id.h"
#include "lia-queries-notices.h"
#include "lia-time.h"
#include "lia-wire.h"

typedef struct
{
  LiaNoticeFilter filter;
  const char     *after;
  guint           limit;
} Asked;

static gboolean
read_notices (LiaDb    *db,
              gpointer  data,
              gpointer *result,
              GError  **error)
{
  const Asked     *asked = data;
  const gint64     now_ms = lia_time_now ();
  g_autofree char *next = NULL;
  g_autoptr (GPtrArray) notices = lia_query_notices (db, &asked->filter, asked->after, asked->limit, now_ms, &next, error);
  g_autoptr (JsonObject) answer = json_object_new ();
  JsonArray *rows = json_array_new ();
  gint64     due;

  json_object_set_array_member (answer, "rows", rows);
  if (notices == NULL || !lia_query_notices_due (db, now_ms, &due, error))
    return FALSE;
  for (guint i = 0; i < notices->len; i++)
    json_array_add_object_element (rows, lia_wire_encode_notice (notices->pdata[i]));
  json_object_set_int_member (answer, "due", due);
  lia_json_set_str (answer, "next", next);
  *result = lia_json_to_text (answer);

  return TRUE;
}

static gboolean
read_filter (LiaHttpCall     *call,
             LiaNoticeFilter *filter,
             GError         **error)
{
  static const char *const states[] = { "due", "snoozed", "sent", "skipped", "cancelled", NULL };
  const char              *state = lia_http_query (call, "state");
  const char              *finding = lia_http_query (call, "finding");

  filter->state = state != NULL ? state : "due";
  if (!g_strv_contains (states, filter->state))
    lia_problem_set_invalid (error, "/state", "value", "“%s” is no state", filter->state);
  else if (finding != NULL && !lia_id_parse (finding, "f", &filter->finding_id))
    lia_problem_set_invalid (error, "/finding", "id", "“%s” is no finding", finding);
  else
    return TRUE;

  return FALSE;
}

/** lia_http_get_notices: the oldest first. */
gboolean
lia_http_get_notices (LiaHttpCall *call,
                      GError     **error)
{
  Asked asked = { .after = lia_http_query (call, "after") };

  return read_filter (call, &asked.filter, error) && lia_http_query_limit (call, 50, &asked.limit, error) && lia_http_answer_read (call, read_notices, &asked, error);
}
