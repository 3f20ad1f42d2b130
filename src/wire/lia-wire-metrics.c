/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The wallboard's figures, and the stays in queues behind one of them. */

#include "lia-wire.h"

#include "lia-wire-fields.h"

#define ENUM(name) LIA_JSON_OPTIONAL, name##_to_string, name##_from_string
#define QUEUE_FIGURE(name) G_STRUCT_OFFSET (LiaQueueDay, figures.name)
#define HOUR_FIGURE(name) G_STRUCT_OFFSET (LiaHourFigures, figures.name)
#define AGENT_FIGURE(name) G_STRUCT_OFFSET (LiaAgentDay, figures.name)

static const LiaField queue_fields[] = {
  { "queue", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaQueueDay, queue), LIA_JSON_REQUIRED },
  { "waiting", LIA_FIELD_INT, QUEUE_FIGURE (waiting) },
  { "longest_wait_now_s", LIA_FIELD_SECONDS, QUEUE_FIGURE (longest_now_ms) },
  { "longest_wait_s", LIA_FIELD_SECONDS, QUEUE_FIGURE (longest_ms) },
  { "entered", LIA_FIELD_INT, QUEUE_FIGURE (entered) },
  { "offered", LIA_FIELD_INT, QUEUE_FIGURE (offered) },
  { "answered", LIA_FIELD_INT, QUEUE_FIGURE (answered) },
  { "abandoned", LIA_FIELD_INT, QUEUE_FIGURE (abandoned) },
  { "short", LIA_FIELD_INT, QUEUE_FIGURE (short_ones) },
  { "timed_out", LIA_FIELD_INT, QUEUE_FIGURE (timed_out) },
  { "flow_out", LIA_FIELD_INT, QUEUE_FIGURE (flow_out) },
  { "closed", LIA_FIELD_INT, QUEUE_FIGURE (closed) },
  { "lost", LIA_FIELD_INT, QUEUE_FIGURE (lost) },
  { "service_level", LIA_FIELD_RATIO, QUEUE_FIGURE (service_level) },
  { "service_level_kind", LIA_FIELD_ENUM, G_STRUCT_OFFSET (LiaQueueDay, kind), ENUM (lia_service_level) },
  { "asa_s", LIA_FIELD_MEAN_SECONDS, QUEUE_FIGURE (asa_ms) },
  { "wait_median_s", LIA_FIELD_MEAN_SECONDS, QUEUE_FIGURE (median_ms) },
  { "wait_p90_s", LIA_FIELD_MEAN_SECONDS, QUEUE_FIGURE (p90_ms) },
  { "aht_s", LIA_FIELD_MEAN_SECONDS, G_STRUCT_OFFSET (LiaQueueDay, aht_ms) },
  { "callbacks_due", LIA_FIELD_INT, G_STRUCT_OFFSET (LiaQueueDay, callbacks_due) },
  { "callbacks_late", LIA_FIELD_INT, G_STRUCT_OFFSET (LiaQueueDay, callbacks_late) },
  { "callbacks_judged", LIA_FIELD_INT, G_STRUCT_OFFSET (LiaQueueDay, callbacks_judged) },
  { "callbacks_kept", LIA_FIELD_INT, G_STRUCT_OFFSET (LiaQueueDay, callbacks_kept) },
  { "callback_kept", LIA_FIELD_RATIO, G_STRUCT_OFFSET (LiaQueueDay, callback_kept) },
};

static const LiaField hour_fields[] = {
  { "from", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaHourFigures, from_ms), LIA_JSON_REQUIRED },
  { "entered", LIA_FIELD_INT, HOUR_FIGURE (entered) },
  { "offered", LIA_FIELD_INT, HOUR_FIGURE (offered) },
  { "answered", LIA_FIELD_INT, HOUR_FIGURE (answered) },
  { "abandoned", LIA_FIELD_INT, HOUR_FIGURE (abandoned) },
  { "service_level", LIA_FIELD_RATIO, HOUR_FIGURE (service_level) },
  { "asa_s", LIA_FIELD_MEAN_SECONDS, HOUR_FIGURE (asa_ms) },
};

static const LiaField agent_fields[] = {
  { "agent", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaAgentDay, agent), LIA_JSON_REQUIRED },
  { "handled", LIA_FIELD_INT, AGENT_FIGURE (handled) },
  { "talk_s", LIA_FIELD_SECONDS, AGENT_FIGURE (talk_ms) },
  { "hold_s", LIA_FIELD_SECONDS, AGENT_FIGURE (hold_ms) },
  { "wrap_s", LIA_FIELD_SECONDS, AGENT_FIGURE (wrap_ms) },
  { "ring_s", LIA_FIELD_SECONDS, AGENT_FIGURE (ring_ms) },
  { "available_s", LIA_FIELD_SECONDS, AGENT_FIGURE (available_ms) },
  { "paused_s", LIA_FIELD_SECONDS, AGENT_FIGURE (paused_ms) },
  { "aht_s", LIA_FIELD_MEAN_SECONDS, AGENT_FIGURE (aht_ms) },
  { "occupancy", LIA_FIELD_RATIO, AGENT_FIGURE (occupancy) },
};

static const LiaField day_fields[] = {
  { "since", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaDayFigures, since_ms), LIA_JSON_REQUIRED },
  { "until", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaDayFigures, until_ms), LIA_JSON_REQUIRED },
};

static JsonObject *
encode_queue (const LiaQueueDay *day)
{
  JsonObject *object = lia_fields_encode_new (queue_fields, G_N_ELEMENTS (queue_fields), day);
  JsonArray  *hours = json_array_new ();

  for (guint i = 0; i < day->hours->len; i++)
    json_array_add_object_element (hours, lia_fields_encode_new (hour_fields, G_N_ELEMENTS (hour_fields), day->hours->pdata[i]));
  json_object_set_array_member (object, "hours", hours);

  return object;
}

/** lia_wire_encode_day_figures: */
JsonObject *
lia_wire_encode_day_figures (LiaDayFigures *figures)
{
  JsonObject *object = lia_fields_encode_new (day_fields, G_N_ELEMENTS (day_fields), figures);
  JsonArray  *queues = json_array_new ();
  JsonArray  *agents = json_array_new ();

  for (guint i = 0; i < figures->queues->len; i++)
    json_array_add_object_element (queues, encode_queue (figures->queues->pdata[i]));
  for (guint i = 0; i < figures->agents->len; i++)
    json_array_add_object_element (agents, lia_fields_encode_new (agent_fields, G_N_ELEMENTS (agent_fields), figures->agents->pdata[i]));
  json_object_set_array_member (object, "queues", queues);
  json_object_set_array_member (object, "agents", agents);

  return object;
}

static gpointer
decode_hour (JsonObject *object,
             GError    **error)
{
  g_autofree LiaHourFigures *hour = lia_hour_figures_new ();

  if (!lia_fields_decode (hour_fields, G_N_ELEMENTS (hour_fields), hour, object, error))
    return NULL;

  return g_steal_pointer (&hour);
}

static gpointer
decode_queue (JsonObject *object,
              GError    **error)
{
  g_autoptr (LiaQueueDay) day = lia_queue_day_new ();
  GPtrArray *hours;

  if (!lia_fields_decode (queue_fields, G_N_ELEMENTS (queue_fields), day, object, error) ||
      (hours = lia_wire_decode_list (object, "hours", decode_hour, g_free, error)) == NULL)
    return NULL;
  g_ptr_array_unref (day->hours);
  day->hours = hours;

  return g_steal_pointer (&day);
}

static gpointer
decode_agent (JsonObject *object,
              GError    **error)
{
  g_autoptr (LiaAgentDay) day = lia_agent_day_new ();

  if (!lia_fields_decode (agent_fields, G_N_ELEMENTS (agent_fields), day, object, error))
    return NULL;

  return g_steal_pointer (&day);
}

/** lia_wire_decode_day_figures: the answer of GET /v1/metrics/queues, and the `d` of a frame `metrics`. */
LiaDayFigures *
lia_wire_decode_day_figures (JsonObject *object,
                             GError    **error)
{
  g_autoptr (LiaDayFigures) figures = LIA_FIELDS_DECODE_NEW (lia_day_figures_new (), day_fields, object, error);
  g_autoptr (GPtrArray) queues = NULL;
  g_autoptr (GPtrArray) agents = NULL;

  if (figures == NULL ||
      (queues = lia_wire_decode_list (object, "queues", decode_queue, (GDestroyNotify)lia_queue_day_free, error)) == NULL ||
      (agents = lia_wire_decode_list (object, "agents", decode_agent, (GDestroyNotify)lia_agent_day_free, error)) == NULL)
    return NULL;

  g_ptr_array_unref (figures->queues);
  g_ptr_array_unref (figures->agents);
  figures->queues = g_steal_pointer (&queues);
  figures->agents = g_steal_pointer (&agents);

  return g_steal_pointer (&figures);
}

static const LiaField stay_fields[] = {
  { "entry", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaQueueStay, entry), LIA_JSON_REQUIRED },
  { "conv", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaQueueStay, conv) },
  { "queue", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaQueueStay, queue) },
  { "from", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaQueueStay, from_ms) },
  { "to", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaQueueStay, to_ms) },
  { "result", LIA_FIELD_ENUM, G_STRUCT_OFFSET (LiaQueueStay, result), ENUM (lia_wait_result) },
  { "due", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaQueueStay, due_ms) },
  { "handling_s", LIA_FIELD_MEAN_SECONDS, G_STRUCT_OFFSET (LiaQueueStay, handling_ms) },
};

static const LiaField customer_fields[] = {
  { "id", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaQueueStay, customer_id) },
  { "name", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaQueueStay, customer_name) },
  { "address", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaQueueStay, customer_address) },
};

/** lia_wire_encode_queue_stay: one row of GET /v1/metrics/{name}/rows. */
JsonObject *
lia_wire_encode_queue_stay (LiaQueueStay *stay)
{
  JsonObject *object = lia_fields_encode_new (stay_fields, G_N_ELEMENTS (stay_fields), stay);

  json_object_set_object_member (object, "customer", lia_fields_encode_new (customer_fields, G_N_ELEMENTS (customer_fields), stay));

  return object;
}

LiaQueueStay *
lia_wire_decode_queue_stay (JsonObject *object,
                            GError    **error)
{
  g_autoptr (LiaQueueStay) stay = LIA_FIELDS_DECODE_NEW (lia_queue_stay_new (), stay_fields, object, error);
  JsonObject *customer;

  if (stay == NULL || !lia_json_obj (object, "customer", LIA_JSON_REQUIRED, &customer, error))
    return NULL;
  if (!lia_fields_decode (customer_fields, G_N_ELEMENTS (customer_fields), stay, customer, error))
    {
      lia_problem_prefix (error, "customer", -1);
      return NULL;
    }

  return g_steal_pointer (&stay);
}
