/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The queues of the telephone now, the figures of a stretch of time, and the rows behind each figure. */

#include "lia-http-resources.h"

#include "lia-id.h"
#include "lia-phone-hub.h"
#include "lia-queue-member.h"
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
  GPtrArray  *members; /* of LiaQueueMember */
} Asked;

static gint64
midnight (gint64 now_ms)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);
  g_autoptr (GDateTime) begin = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now), 0, 0, 0);

  return g_date_time_to_unix (begin) * 1000;
}

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
  asked->since_ms = midnight (asked->now_ms);
  asked->until_ms = asked->now_ms;

  return read_time (call, "since", &asked->since_ms, error) && read_time (call, "until", &asked->until_ms, error);
}

/* Where nothing has happened there is no figure. */
static void
set_figure (JsonObject *object,
            const char *name,
            double      value,
            double      unit)
{
  if (value == LIA_METRIC_NONE)
    json_object_set_null_member (object, name);
  else
    json_object_set_double_member (object, name, value / unit);
}

static void
add_queue_figures (JsonObject            *object,
                   const LiaQueueFigures *figures)
{
  json_object_set_int_member (object, "waiting", figures->waiting);
  json_object_set_int_member (object, "longest_wait_now_s", figures->longest_now_ms / 1000);
  json_object_set_int_member (object, "longest_wait_s", figures->longest_ms / 1000);
  json_object_set_int_member (object, "entered", figures->entered);
  json_object_set_int_member (object, "offered", figures->offered);
  json_object_set_int_member (object, "answered", figures->answered);
  json_object_set_int_member (object, "abandoned", figures->abandoned);
  json_object_set_int_member (object, "short", figures->short_ones);
  json_object_set_int_member (object, "timed_out", figures->timed_out);
  json_object_set_int_member (object, "flow_out", figures->flow_out);
  json_object_set_int_member (object, "closed", figures->closed);
  json_object_set_int_member (object, "lost", figures->lost);
  set_figure (object, "service_level", figures->service_level, 1);
  set_figure (object, "asa_s", figures->asa_ms, 1000);
  set_figure (object, "wait_median_s", figures->median_ms, 1000);
  set_figure (object, "wait_p90_s", figures->p90_ms, 1000);
}

static const char *
state_of (LiaQueueMember *member)
{
  if (member->state == LIA_MEMBER_UNREACHABLE || member->state == LIA_MEMBER_INVALID)
    return "unreachable";
  if (member->state == LIA_MEMBER_RINGING || member->state == LIA_MEMBER_RINGING_IN_USE)
    return "ringing";
  if (member->state == LIA_MEMBER_IN_USE || member->state == LIA_MEMBER_BUSY || member->state == LIA_MEMBER_ON_HOLD)
    return "talking";
  if (!member->paused)
    return "available";

  return g_str_equal (member->reason, "Wrap-up") ? "wrap-up" : "paused";
}

static JsonObject *
count_members (GPtrArray  *members,
               const char *queue)
{
  static const char *const states[] = { "available", "ringing", "talking", "wrap-up", "paused", "unreachable" };
  JsonObject              *object = json_object_new ();

  for (guint s = 0; s < G_N_ELEMENTS (states); s++)
    {
      gint64 n = 0;

      for (guint i = 0; i < members->len; i++)
        {
          LiaQueueMember *member = members->pdata[i];

          n += g_str_equal (member->queue, queue) && g_str_equal (state_of (member), states[s]);
        }
      json_object_set_int_member (object, states[s], n);
    }

  return object;
}

/* A queue's rules, its number. */
static LiaQueueRules
rules_of (LiaQueue *queue,
          gint64   *number)
{
  LiaQueueRules rules = { queue->service_target_ms, queue->short_ms, LIA_SERVICE_LEVEL_NEGATIVE };

  lia_service_level_from_string (queue->service_level, &rules.service_level);
  lia_id_parse (queue->id, "q", number);

  return rules;
}

static JsonObject *
new_queue (LiaDb       *db,
           const Asked *asked,
           LiaQueue    *queue,
           GError     **error)
{
  gint64        number = 0;
  LiaQueueRules rules = rules_of (queue, &number);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GArray) waits = lia_query_metric_waits (db, number, asked->since_ms, asked->until_ms, error);
  g_autoptr (GArray) spans = waits != NULL ? lia_query_metric_spans_of_queue (db, number, asked->since_ms, asked->until_ms, error) : NULL;
  LiaQueueFigures figures;
  LiaAgentFigures handling;
  gint64          due;
  gint64          late;

  if (spans == NULL || !lia_query_metric_callbacks (db, number, asked->now_ms, &due, &late, error))
    return NULL;

  lia_metrics_of_queue (&figures, (const LiaMetricWait *)(gpointer)waits->data, waits->len, &rules, asked->now_ms);
  lia_metrics_of_agent (&handling, (const LiaMetricSpan *)(gpointer)spans->data, spans->len, asked->since_ms, asked->now_ms);
  json_object_set_string_member (object, "queue", queue->id);
  add_queue_figures (object, &figures);
  json_object_set_string_member (object, "service_level_kind", lia_service_level_to_string (rules.service_level));
  set_figure (object, "aht_s", handling.aht_ms, 1000);
  json_object_set_int_member (object, "callbacks_due", due);
  json_object_set_int_member (object, "callbacks_late", late);
  json_object_set_object_member (object, "agents", count_members (asked->members, queue->id));

  return g_steal_pointer (&object);
}

static JsonObject *
new_agent (LiaDb       *db,
           const Asked *asked,
           LiaAgent    *agent,
           GError     **error)
{
  gint64          number = 0;
  gint64          until_ms = MIN (asked->until_ms, asked->now_ms);
  JsonObject     *object;
  LiaAgentFigures figures;
  g_autoptr (GArray) spans = NULL;

  lia_id_parse (agent->id, "a", &number);
  spans = lia_query_metric_spans_of_agent (db, number, asked->since_ms, until_ms, error);
  if (spans == NULL)
    return NULL;

  lia_metrics_of_agent (&figures, (const LiaMetricSpan *)(gpointer)spans->data, spans->len, asked->since_ms, until_ms);
  object = json_object_new ();
  json_object_set_string_member (object, "agent", agent->id);
  json_object_set_int_member (object, "handled", figures.handled);
  json_object_set_int_member (object, "talk_s", figures.talk_ms / 1000);
  json_object_set_int_member (object, "hold_s", figures.hold_ms / 1000);
  json_object_set_int_member (object, "wrap_s", figures.wrap_ms / 1000);
  json_object_set_int_member (object, "ring_s", figures.ring_ms / 1000);
  json_object_set_int_member (object, "available_s", figures.available_ms / 1000);
  json_object_set_int_member (object, "paused_s", figures.paused_ms / 1000);
  set_figure (object, "aht_s", figures.aht_ms, 1000);
  set_figure (object, "occupancy", figures.occupancy, 1);

  return object;
}

static JsonArray *
list_queues (LiaDb       *db,
             const Asked *asked,
             GError     **error)
{
  g_autoptr (GPtrArray) queues = lia_workspace_queue_values (db, 0, error);
  g_autoptr (JsonArray) list = json_array_new ();

  for (guint i = 0; queues != NULL && i < queues->len; i++)
    {
      LiaQueue   *queue = queues->pdata[i];
      JsonObject *object;

      if (queue->phone_channel[0] == '\0')
        continue;
      object = new_queue (db, asked, queue, error);
      if (object == NULL)
        return NULL;
      json_array_add_object_element (list, object);
    }

  return queues != NULL ? g_steal_pointer (&list) : NULL;
}

static JsonArray *
list_agents (LiaDb       *db,
             const Asked *asked,
             GError     **error)
{
  g_autoptr (GPtrArray) agents = lia_workspace_agent_values (db, error);
  g_autoptr (JsonArray) list = json_array_new ();

  for (guint i = 0; agents != NULL && i < agents->len; i++)
    {
      JsonObject *object = new_agent (db, asked, agents->pdata[i], error);

      if (object == NULL)
        return NULL;
      json_array_add_object_element (list, object);
    }

  return agents != NULL ? g_steal_pointer (&list) : NULL;
}

static gboolean
read_figures (LiaDb    *db,
              gpointer  data,
              gpointer *result,
              GError  **error)
{
  const Asked *asked = data;
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autoptr (JsonArray) queues = list_queues (db, asked, error);
  JsonArray *agents = queues != NULL ? list_agents (db, asked, error) : NULL;

  if (agents == NULL)
    return FALSE;

  lia_json_set_time (answer, "since", asked->since_ms);
  lia_json_set_time (answer, "until", asked->until_ms);
  json_object_set_array_member (answer, "queues", g_steal_pointer (&queues));
  json_object_set_array_member (answer, "agents", agents);
  *result = lia_json_to_text (answer);

  return TRUE;
}

gboolean
lia_http_get_metrics_queues (LiaHttpCall *call,
                             GError     **error)
{
  g_autoptr (GPtrArray) members = lia_phone_hub_dup_members (lia_engine_get_phone (call->engine));
  Asked asked = { .members = members };

  return read_stretch (call, &asked, error) && lia_http_answer_read (call, read_figures, &asked, error);
}

/* The rows behind a figure ------------------------------------------------------------------------------------------------------------------ */

/* Whether a stay is one of those that the figure counts. */
static gboolean
belongs (const char          *name,
         const LiaMetricWait *wait,
         const LiaQueueRules *rules,
         gint64               now_ms)
{
  gint64   length_ms = (wait->to_ms != 0 ? wait->to_ms : now_ms) - wait->from_ms;
  gboolean is_short = lia_metrics_is_short (wait, rules);

  if (g_str_equal (name, "answered"))
    return lia_metrics_is_answered (wait->result);
  if (g_str_equal (name, "abandoned"))
    return wait->result == LIA_WAIT_ABANDONED && !is_short;
  if (g_str_equal (name, "short"))
    return is_short;
  if (g_str_equal (name, "timed_out"))
    return wait->result == LIA_WAIT_TIMED_OUT;
  if (g_str_equal (name, "flow_out"))
    return wait->result == LIA_WAIT_TRANSFERRED;
  if (g_str_equal (name, "closed"))
    return wait->result == LIA_WAIT_CLOSED;
  if (g_str_equal (name, "lost"))
    return wait->result == LIA_WAIT_LOST;
  if (g_str_equal (name, "waiting"))
    return wait->result == LIA_WAIT_OPEN;
  if (g_str_equal (name, "late"))
    return length_ms > rules->target_ms && wait->result != LIA_WAIT_TRANSFERRED && wait->result != LIA_WAIT_CLOSED;

  return TRUE; /* "entered" */
}

static void
set_id (JsonObject *object,
        const char *name,
        const char *prefix,
        gint64      number)
{
  g_autofree char *id = lia_id_format (prefix, number);

  json_object_set_string_member (object, name, id);
}

static JsonObject *
encode_row (const LiaMetricRow *row,
            gint64              now_ms)
{
  JsonObject *object = json_object_new ();
  JsonObject *customer = json_object_new ();

  set_id (customer, "id", "k", row->customer_id);
  json_object_set_string_member (customer, "name", row->name);
  json_object_set_string_member (customer, "address", row->address);
  set_id (object, "entry", "e", row->entry_seq);
  set_id (object, "conv", "c", row->conversation_id);
  json_object_set_object_member (object, "customer", customer);
  set_id (object, "queue", "q", row->queue_id);
  lia_json_set_time (object, "from", row->wait.from_ms);
  lia_json_set_time (object, "to", row->wait.to_ms);
  json_object_set_int_member (object, "wait_s", ((row->wait.to_ms != 0 ? row->wait.to_ms : now_ms) - row->wait.from_ms) / 1000);
  json_object_set_string_member (object, "result", lia_wait_result_to_string (row->wait.result));

  return object;
}

static gboolean
read_rows (LiaDb    *db,
           gpointer  data,
           gpointer *result,
           GError  **error)
{
  const Asked *asked = data;
  g_autoptr (GPtrArray) queues = lia_workspace_queue_values (db, asked->queue_id, error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autofree char    *next = NULL;
  const LiaMetricRow *last = NULL;
  JsonArray          *list;
  LiaQueueRules       rules;
  gint64              number;

  if (queues == NULL)
    return FALSE;
  if (queues->len == 0)
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such queue.");
      return FALSE;
    }
  rules = rules_of (queues->pdata[0], &number);
  rows = lia_query_metric_rows (db, asked->queue_id, asked->since_ms, asked->until_ms, asked->after, error);
  if (rows == NULL)
    return FALSE;

  list = json_array_new ();
  json_object_set_array_member (answer, "rows", list);
  for (guint i = 0; i < rows->len && next == NULL; i++)
    {
      const LiaMetricRow *row = rows->pdata[i];

      if (!belongs (asked->name, &row->wait, &rules, asked->now_ms))
        continue;
      if (json_array_get_length (list) == asked->limit)
        next = lia_metric_row_cursor (last);
      else
        json_array_add_object_element (list, encode_row (row, asked->now_ms));
      last = row;
    }
  lia_json_set_str (answer, "next", next);
  *result = lia_json_to_text (answer);

  return TRUE;
}

gboolean
lia_http_get_metric_rows (LiaHttpCall *call,
                          GError     **error)
{
  static const char *const names[] = { "entered", "answered", "abandoned", "short", "timed_out", "flow_out", "closed", "lost", "waiting", "late", NULL };
  const char              *queue = lia_http_query (call, "queue");
  Asked                    asked = { .name = lia_http_argument (call, 0), .after = lia_http_query (call, "after") };

  if (!g_strv_contains (names, asked.name))
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such figure.");
      return FALSE;
    }
  if (queue == NULL || !lia_id_parse (queue, "q", &asked.queue_id))
    {
      lia_problem_set_invalid (error, "/queue", "missing", "“queue” says of which queue");
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

static JsonObject *
queue_now (LiaQueue  *queue,
           GPtrArray *calls,
           GPtrArray *members)
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
  for (guint i = 0; i < waiting->len; i++)
    json_array_add_string_element (ids, ((LiaCall *)waiting->pdata[i])->uniqueid);
  for (guint i = 0; i < members->len; i++)
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
  JsonObject *answer = json_object_new ();
  JsonArray  *list = json_array_new ();

  for (guint i = 0; setup != NULL && i < setup->queues->len; i++)
    {
      LiaQueue *queue = setup->queues->pdata[i];

      if (queue->phone_channel[0] != '\0')
        json_array_add_object_element (list, queue_now (queue, calls, members));
    }
  json_object_set_array_member (answer, "queues", list);
  lia_http_answer_object (call, SOUP_STATUS_OK, answer);

  return TRUE;
}
