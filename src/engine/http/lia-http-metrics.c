/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The queues of the telephone now, the figures of a stretch of time, and the rows behind each figure. */

#include "lia-http-resources.h"

#include "lia-id.h"
#include "lia-phone-hub.h"
#include "lia-queue-member.h"
#include "lia-queries-day.h"
#include "lia-queries-metrics.h"
#include "lia-time.h"
#include "lia-wire.h"
#include "lia-workspace.h"

/* What is asked for. */
typedef struct
{
  gint64      since_ms;
  gint64      until_ms;
  gint64      now_ms;
  gint64      queue_id;
  const char *name;
  const char *after;
  guint       limit;
  gint64      agent_id; /* who asks */
  gint64      of_agent; /* whose figure it is; 0: a queue's */
} Asked;

static gboolean
read_time (LiaHttpCall *call,
           const char  *name,
           gint64      *time_ms,
           GError     **error)
{
  const char      *text = lia_http_query (call, name);
  g_autofree char *pointer = g_strconcat ("/", name, NULL);

  if (text == NULL || lia_time_from_string (text, time_ms))
    return TRUE;
  lia_problem_set_invalid (error, pointer, "time", "“%s” is not a time", text);

  return FALSE;
}

static gboolean
read_stretch (LiaHttpCall *call,
              Asked       *asked,
              GError     **error)
{
  asked->now_ms = lia_time_now ();
  asked->since_ms = lia_day_begin (asked->now_ms);
  asked->until_ms = asked->now_ms;

  return read_time (call, "since", &asked->since_ms, error) && read_time (call, "until", &asked->until_ms, error);
}

static gboolean
check_supervisor (LiaDb       *db,
                  const Asked *asked,
                  GError     **error)
{
  gboolean allowed;

  if (!lia_workspace_is_supervisor (db, asked->agent_id, &allowed, error))
    return FALSE;
  if (!allowed)
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_FORBIDDEN, "This is for supervisors.");

  return allowed;
}

static gboolean
read_figures (LiaDb    *db,
              gpointer  data,
              gpointer *result,
              GError  **error)
{
  const Asked *asked = data;
  g_autoptr (LiaDayFigures) figures = NULL;
  g_autoptr (JsonObject) answer = NULL;

  if (!check_supervisor (db, asked, error) ||
      (figures = lia_query_day_figures (db, asked->since_ms, asked->until_ms, asked->now_ms, error)) == NULL)
    return FALSE;

  answer = lia_wire_encode_day_figures (figures);
  *result = lia_json_to_text (answer);

  return TRUE;
}

gboolean
lia_http_get_metrics_queues (LiaHttpCall *call,
                             GError     **error)
{
  Asked asked = { .agent_id = call->agent_id };

  return read_stretch (call, &asked, error) && lia_http_answer_read (call, read_figures, &asked, error);
}

/* The rows behind a figure ------------------------------------------------------------------------------------------------------------------ */

static JsonObject *
encode_row (const LiaMetricRow *row)
{
  g_autoptr (LiaQueueStay) stay = lia_queue_stay_new ();

  g_free (stay->entry);
  g_free (stay->conv);
  g_free (stay->queue);
  g_free (stay->customer_id);
  stay->entry = lia_id_format ("e", row->entry_seq);
  stay->conv = lia_id_format ("c", row->conversation_id);
  stay->queue = row->queue_id != 0 ? lia_id_format ("q", row->queue_id) : g_strdup ("");
  stay->customer_id = lia_id_format ("k", row->customer_id);
  g_set_str (&stay->customer_name, row->name);
  g_set_str (&stay->customer_address, row->address);
  stay->from_ms = row->wait.from_ms;
  stay->to_ms = row->wait.to_ms;
  stay->result = row->wait.result;
  stay->due_ms = row->due_ms;
  stay->handling_ms = row->handling_ms;

  return lia_wire_encode_queue_stay (stay);
}

/* One more than is asked for tells whether there are more. */
static char *
page_text (GPtrArray *rows,
           guint      limit)
{
  g_autoptr (JsonObject) answer = json_object_new ();
  JsonArray       *list = json_array_new ();
  g_autofree char *next = rows->len > limit ? lia_metric_row_cursor (rows->pdata[limit - 1]) : NULL;

  for (guint i = 0; i < MIN (rows->len, limit); i++)
    json_array_add_object_element (list, encode_row (rows->pdata[i]));
  json_object_set_array_member (answer, "rows", list);
  lia_json_set_str (answer, "next", next);

  return lia_json_to_text (answer);
}

static gboolean
read_rules (LiaDb         *db,
            gint64         queue_id,
            LiaQueueRules *rules,
            GError       **error)
{
  g_autoptr (GPtrArray) queues = lia_workspace_queue_values (db, queue_id, error);

  if (queues == NULL)
    return FALSE;
  if (queues->len == 0)
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such queue.");
      return FALSE;
    }
  *rules = lia_queue_rules (queues->pdata[0]);

  return TRUE;
}

static gboolean
read_rows (LiaDb    *db,
           gpointer  data,
           gpointer *result,
           GError  **error)
{
  const Asked *asked = data;
  g_autoptr (GPtrArray) rows = NULL;
  LiaMetricRowsAsked rows_asked = { asked->name, asked->queue_id, asked->since_ms, asked->until_ms, asked->now_ms, asked->after, asked->limit + 1 };

  if (!check_supervisor (db, asked, error) || (asked->of_agent == 0 && !read_rules (db, asked->queue_id, &rows_asked.rules, error)))
    return FALSE;
  rows_asked.agent_id = asked->of_agent;
  rows = lia_query_metric_rows (db, &rows_asked, error);
  if (rows == NULL)
    return FALSE;
  *result = page_text (rows, asked->limit);

  return TRUE;
}

gboolean
lia_http_get_metric_rows (LiaHttpCall *call,
                          GError     **error)
{
  const char *queue = lia_http_query (call, "queue");
  const char *agent = lia_http_query (call, "agent");
  Asked       asked = { .name = lia_http_argument (call, 0), .after = lia_http_query (call, "after"), .agent_id = call->agent_id };

  if (!lia_id_parse (queue, "q", &asked.queue_id) && !lia_id_parse (agent, "a", &asked.of_agent))
    {
      lia_problem_set_invalid (error, "/queue", "missing", "“queue” says of which queue, or “agent” of whom");
      return FALSE;
    }

  return read_stretch (call, &asked, error) && lia_http_query_limit (call, 50, &asked.limit, error) &&
         lia_http_answer_read (call, read_rows, &asked, error);
}

/* Now --------------------------------------------------------------------------------------------------------------------------------------- */

/* The stay that goes on in this queue, or NULL. */
static const LiaCallWait *
waits_in (LiaCall    *call,
          const char *queue)
{
  const LiaCallWait *wait = lia_call_last_wait (call);

  return wait != NULL && wait->to_ms == 0 && g_str_equal (wait->queue, queue) ? wait : NULL;
}

static int
compare_position (gconstpointer a,
                  gconstpointer b)
{
  const LiaCallWait *left = lia_call_last_wait (*(LiaCall *const *)a), *right = lia_call_last_wait (*(LiaCall *const *)b);

  return left->position != right->position ? (left->position > right->position) - (left->position < right->position) : (left->from_ms > right->from_ms) - (left->from_ms < right->from_ms);
}

/* @seen: whether who asks may see who it is; how many wait is no secret */
static JsonObject *
queue_now (LiaQueue  *queue,
           GPtrArray *calls,
           GPtrArray *members,
           gboolean   seen)
{
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();
  JsonObject *object = json_object_new ();
  JsonArray  *ids = json_array_new ();
  JsonArray  *list = json_array_new ();
  gint64      since_ms = lia_time_now (), now_ms = since_ms;

  for (guint i = 0; i < calls->len; i++)
    {
      const LiaCallWait *wait = waits_in (calls->pdata[i], queue->id);

      if (wait == NULL)
        continue;
      g_ptr_array_add (waiting, calls->pdata[i]);
      since_ms = MIN (since_ms, wait->from_ms);
    }
  g_ptr_array_sort (waiting, compare_position);
  for (guint i = 0; seen && i < waiting->len; i++)
    json_array_add_string_element (ids, ((LiaCall *)waiting->pdata[i])->uniqueid);
  for (guint i = 0; seen && i < members->len; i++)
    {
      if (g_str_equal (((LiaQueueMember *)members->pdata[i])->queue, queue->id))
        json_array_add_object_element (list, lia_wire_encode_queue_member (members->pdata[i]));
    }

  json_object_set_object_member (object, "queue", lia_wire_encode_queue (queue));
  json_object_set_int_member (object, "waiting", waiting->len);
  json_object_set_int_member (object, "longest_wait_s", (now_ms - since_ms) / 1000);
  json_object_set_array_member (object, "members", list);
  json_object_set_array_member (object, "calls", ids);

  return object;
}

/** lia_http_get_queues: the queues of the telephone as they are now; nothing of it is read from the store. */
gboolean
lia_http_get_queues (LiaHttpCall *call,
                     GError     **error)
{
  LiaPhoneHub   *hub = lia_engine_get_phone (call->engine);
  LiaPhoneSetup *setup = lia_phone_hub_get_setup (hub);
  g_autoptr (GPtrArray) calls = lia_phone_hub_dup_calls (hub);
  g_autoptr (GPtrArray) members = lia_phone_hub_dup_members (hub);
  g_autofree char *agent = lia_id_format ("a", call->agent_id);
  JsonObject      *answer = json_object_new ();
  JsonArray       *list = json_array_new ();

  for (guint i = 0; setup != NULL && i < setup->queues->len; i++)
    {
      LiaQueue *queue = setup->queues->pdata[i];

      if (queue->phone_channel[0] != '\0')
        json_array_add_object_element (list, queue_now (queue, calls, members, lia_phone_hub_sees_queue (hub, agent, queue->id)));
    }
  json_object_set_array_member (answer, "queues", list);
  lia_http_answer_object (call, SOUP_STATUS_OK, answer);

  return TRUE;
}
