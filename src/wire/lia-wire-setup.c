/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a workspace consists of: agents, queues, channels and how they are reached, views. */

#include "lia-wire.h"

#include "lia-wire-fields.h"

static const LiaField agent_fields[] = {
  { "id", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaAgent, id), LIA_JSON_REQUIRED },
  { "name", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaAgent, name) },
  { "address", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaAgent, address) },
  { "role", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaAgent, role) },
  { "availability", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaAgent, availability) },
  { "reason", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaAgent, reason) },
  { "since", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaAgent, since_ms) },
  { "until", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaAgent, until_ms) },
  { "phone", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaAgent, phone) },
  { "extension", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaAgent, extension) },
  { "member", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaAgent, member) },
  { "chats", LIA_FIELD_INT, G_STRUCT_OFFSET (LiaAgent, chats) },
};

JsonObject *
lia_wire_encode_agent (LiaAgent *agent)
{
  return lia_fields_encode_new (agent_fields, G_N_ELEMENTS (agent_fields), agent);
}

LiaAgent *
lia_wire_decode_agent (JsonObject *object,
                       GError    **error)
{
  return LIA_FIELDS_DECODE_NEW (lia_agent_new (), agent_fields, object, error);
}

static const LiaField queue_fields[] = {
  { "id", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaQueue, id), LIA_JSON_REQUIRED },
  { "name", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaQueue, name) },
  { "first_target_s", LIA_FIELD_SECONDS, G_STRUCT_OFFSET (LiaQueue, first_target_ms) },
  { "next_target_s", LIA_FIELD_SECONDS, G_STRUCT_OFFSET (LiaQueue, next_target_ms) },
  { "phone_channel", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaQueue, phone_channel) },
  { "phone_name", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaQueue, phone_name) },
  { "hidden", LIA_FIELD_BOOL, G_STRUCT_OFFSET (LiaQueue, hidden) },
  { "service_target_s", LIA_FIELD_SECONDS, G_STRUCT_OFFSET (LiaQueue, service_target_ms) },
  { "short_s", LIA_FIELD_SECONDS, G_STRUCT_OFFSET (LiaQueue, short_ms) },
  { "service_level", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaQueue, service_level) },
  { "wrapup_s", LIA_FIELD_SECONDS, G_STRUCT_OFFSET (LiaQueue, wrapup_ms) },
  { "callback_target_s", LIA_FIELD_SECONDS, G_STRUCT_OFFSET (LiaQueue, callback_target_ms) },
};

JsonObject *
lia_wire_encode_queue (LiaQueue *queue)
{
  JsonObject *object = lia_fields_encode_new (queue_fields, G_N_ELEMENTS (queue_fields), queue);

  if (queue->hours != NULL)
    json_object_set_object_member (object, "hours", lia_wire_encode_hours (queue->hours));
  else
    json_object_set_null_member (object, "hours");

  return object;
}

LiaQueue *
lia_wire_decode_queue (JsonObject *object,
                       GError    **error)
{
  g_autoptr (LiaQueue) queue = LIA_FIELDS_DECODE_NEW (lia_queue_new (), queue_fields, object, error);
  JsonObject *hours;

  if (queue == NULL || !lia_json_obj (object, "hours", LIA_JSON_OPTIONAL, &hours, error))
    return NULL;
  if (hours != NULL && (queue->hours = lia_wire_decode_hours (hours, error)) == NULL)
    {
      lia_problem_prefix (error, "hours", -1);
      return NULL;
    }

  return g_steal_pointer (&queue);
}

static const LiaField view_fields[] = {
  { "id", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaView, id), LIA_JSON_REQUIRED },
  { "kind", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaView, kind) },
  { "name", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaView, name) },
  { "total", LIA_FIELD_INT, G_STRUCT_OFFSET (LiaView, total) },
  { "unread", LIA_FIELD_INT, G_STRUCT_OFFSET (LiaView, unread) },
};

JsonObject *
lia_wire_encode_view (LiaView *view)
{
  return lia_fields_encode_new (view_fields, G_N_ELEMENTS (view_fields), view);
}

LiaView *
lia_wire_decode_view (JsonObject *object,
                      GError    **error)
{
  return LIA_FIELDS_DECODE_NEW (lia_view_new (), view_fields, object, error);
}

static const LiaField diagnosis_fields[] = {
  { "step", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaDiagnosis, step), LIA_JSON_REQUIRED },
  { "state", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaDiagnosis, state) },
  { "code", LIA_FIELD_TEXT_OR_NULL, G_STRUCT_OFFSET (LiaDiagnosis, code) },
  { "detail", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaDiagnosis, detail) },
  { "file", LIA_FIELD_TEXT_OR_NULL, G_STRUCT_OFFSET (LiaDiagnosis, file) },
  { "paste", LIA_FIELD_TEXT_OR_NULL, G_STRUCT_OFFSET (LiaDiagnosis, paste) },
};

JsonObject *
lia_wire_encode_diagnosis (LiaDiagnosis *diagnosis)
{
  return lia_fields_encode_new (diagnosis_fields, G_N_ELEMENTS (diagnosis_fields), diagnosis);
}

LiaDiagnosis *
lia_wire_decode_diagnosis (JsonObject *object,
                           GError    **error)
{
  return LIA_FIELDS_DECODE_NEW (lia_diagnosis_new (), diagnosis_fields, object, error);
}

static const LiaField channel_fields[] = {
  { "id", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaChannel, id), LIA_JSON_REQUIRED },
  { "kind", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaChannel, kind) },
  { "name", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaChannel, name) },
  { "queue", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaChannel, queue) },
  { "state", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaChannel, state) },
  { "detail", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaChannel, detail) },
  { "since", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaChannel, since_ms) },
  { "last_ok", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaChannel, last_ok_ms) },
  { "abilities", LIA_FIELD_WORDS, G_STRUCT_OFFSET (LiaChannel, abilities) },
  { "forged", LIA_FIELD_INT, G_STRUCT_OFFSET (LiaChannel, forged) },
  { "forged_last", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaChannel, forged_ms) },
};

static const LiaField progress_fields[] = {
  { "done", LIA_FIELD_INT, G_STRUCT_OFFSET (LiaChannel, done) },
  { "total", LIA_FIELD_INT, G_STRUCT_OFFSET (LiaChannel, total) },
};

JsonObject *
lia_wire_encode_channel (LiaChannel *channel)
{
  JsonObject *object = lia_fields_encode_new (channel_fields, G_N_ELEMENTS (channel_fields), channel);
  JsonObject *config = channel->config != NULL ? lia_json_parse (channel->config, -1, LIA_JSON_MAX_BYTES, NULL) : NULL;

  if (channel->total > 0)
    json_object_set_object_member (object, "progress",
                                   lia_fields_encode_new (progress_fields, G_N_ELEMENTS (progress_fields), channel));
  else
    json_object_set_null_member (object, "progress");
  json_object_set_object_member (object, "config", config != NULL ? config : json_object_new ());

  return object;
}

LiaChannel *
lia_wire_decode_channel (JsonObject *object,
                         GError    **error)
{
  g_autoptr (LiaChannel) channel = lia_channel_new ();
  JsonObject *progress;
  JsonObject *config;

  if (!lia_fields_decode (channel_fields, G_N_ELEMENTS (channel_fields), channel, object, error) ||
      !lia_json_obj (object, "progress", LIA_JSON_OPTIONAL, &progress, error) ||
      !lia_json_obj (object, "config", LIA_JSON_OPTIONAL, &config, error))
    return NULL;

  if (progress != NULL && !lia_fields_decode (progress_fields, G_N_ELEMENTS (progress_fields), channel, progress, error))
    {
      lia_problem_prefix (error, "progress", -1);
      return NULL;
    }
  channel->config = config != NULL ? lia_json_to_text (config) : g_strdup ("{}");

  return g_steal_pointer (&channel);
}
