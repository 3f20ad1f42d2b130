/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calls with their parts, and members of queues. */

#include "lia-wire.h"

#include "lia-wire-fields.h"

#define ENUM(name) LIA_JSON_OPTIONAL, name##_to_string, name##_from_string

static const LiaField leg_fields[] = {
  { "uniqueid", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaCallLeg, uniqueid), LIA_JSON_REQUIRED },
  { "channel", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaCallLeg, channel) },
  { "kind", LIA_FIELD_ENUM, G_STRUCT_OFFSET (LiaCallLeg, kind), ENUM (lia_leg_kind) },
  { "agent", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaCallLeg, agent) },
  { "mode", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaCallLeg, mode) },
  { "sip", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaCallLeg, sip) },
  { "state", LIA_FIELD_ENUM, G_STRUCT_OFFSET (LiaCallLeg, state), ENUM (lia_leg_state) },
  { "held", LIA_FIELD_BOOL, G_STRUCT_OFFSET (LiaCallLeg, held) },
  { "started", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaCallLeg, started_ms) },
  { "ended", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaCallLeg, ended_ms) },
  { "cause", LIA_FIELD_INT, G_STRUCT_OFFSET (LiaCallLeg, cause) },
};

static const LiaField segment_fields[] = {
  { "agent", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaCallSegment, agent) },
  { "kind", LIA_FIELD_ENUM, G_STRUCT_OFFSET (LiaCallSegment, kind), ENUM (lia_segment_kind) },
  { "from", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaCallSegment, from_ms) },
  { "to", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaCallSegment, to_ms) },
};

static const LiaField offer_fields[] = {
  { "agent", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaCallOffer, agent) },
  { "from", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaCallOffer, from_ms) },
  { "to", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaCallOffer, to_ms) },
  { "result", LIA_FIELD_ENUM, G_STRUCT_OFFSET (LiaCallOffer, result), ENUM (lia_offer_result) },
};

static const LiaField wait_fields[] = {
  { "queue", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaCallWait, queue) },
  { "from", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaCallWait, from_ms) },
  { "to", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaCallWait, to_ms) },
  { "position", LIA_FIELD_INT, G_STRUCT_OFFSET (LiaCallWait, position) },
  { "result", LIA_FIELD_ENUM, G_STRUCT_OFFSET (LiaCallWait, result), ENUM (lia_wait_result) },
};

static const LiaField recording_fields[] = {
  { "file", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaCallRecording, file), LIA_JSON_REQUIRED },
  { "leg", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaCallRecording, leg) },
  { "voicemail", LIA_FIELD_BOOL, G_STRUCT_OFFSET (LiaCallRecording, is_voicemail) },
  { "state", LIA_FIELD_ENUM, G_STRUCT_OFFSET (LiaCallRecording, state), ENUM (lia_recording_state) },
  { "problem", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaCallRecording, problem) },
  { "from", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaCallRecording, from_ms) },
  { "to", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaCallRecording, to_ms) },
};

static const LiaField consent_fields[] = {
  { "agent", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaCallConsent, agent) },
  { "at", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaCallConsent, at_ms) },
};

#define AT(field) G_STRUCT_OFFSET (LiaCall, field)

static const LiaField fields[] = {
  { "id", LIA_FIELD_TEXT, AT (id) },
  { "conv", LIA_FIELD_TEXT, AT (conv) },
  { "customer", LIA_FIELD_TEXT, AT (customer) },
  { "match", LIA_FIELD_ENUM, AT (match), ENUM (lia_match_level) },
  { "match_reason", LIA_FIELD_TEXT, AT (match_reason) },
  { "disposition", LIA_FIELD_TEXT, AT (disposition) },
  { "pbx", LIA_FIELD_TEXT, AT (pbx), LIA_JSON_REQUIRED },
  { "uniqueid", LIA_FIELD_TEXT, AT (uniqueid), LIA_JSON_REQUIRED },
  { "linked", LIA_FIELD_WORDS, AT (linked) },
  { "dir", LIA_FIELD_ENUM, AT (direction), ENUM (lia_call_direction) },
  { "state", LIA_FIELD_ENUM, AT (state), ENUM (lia_call_state) },
  { "outcome", LIA_FIELD_ENUM, AT (outcome), ENUM (lia_call_outcome) },
  { "did", LIA_FIELD_TEXT, AT (did) },
  { "queue", LIA_FIELD_TEXT, AT (queue) },
  { "number", LIA_FIELD_TEXT, AT (number) },
  { "e164", LIA_FIELD_TEXT, AT (e164) },
  { "name", LIA_FIELD_TEXT, AT (name) },
  { "withheld", LIA_FIELD_BOOL, AT (withheld) },
  { "slot", LIA_FIELD_TEXT, AT (slot) },
  { "recording", LIA_FIELD_BOOL, AT (recording) },
  { "tainted", LIA_FIELD_BOOL, AT (tainted) },
  { "recovered", LIA_FIELD_BOOL, AT (recovered) },
  { "offline", LIA_FIELD_BOOL, AT (offline) },
  { "created", LIA_FIELD_TIME, AT (created_ms) },
  { "answered", LIA_FIELD_TIME, AT (answered_ms) },
  { "ended", LIA_FIELD_TIME, AT (ended_ms) },
  { "wait_s", LIA_FIELD_SECONDS, AT (wait_ms) },
  { "hold_s", LIA_FIELD_SECONDS, AT (hold_ms) },
};

#define PART(type, name)                                                                       \
  static JsonObject *encode_##name (gpointer part)                                             \
  {                                                                                            \
    return lia_fields_encode_new (name##_fields, G_N_ELEMENTS (name##_fields), part);          \
  }                                                                                            \
                                                                                               \
  static gpointer decode_##name (JsonObject *object, GError **error)                           \
  {                                                                                            \
    g_autoptr (type) part = lia_call_##name##_new ();                                          \
                                                                                               \
    if (!lia_fields_decode (name##_fields, G_N_ELEMENTS (name##_fields), part, object, error)) \
      return NULL;                                                                             \
                                                                                               \
    return g_steal_pointer (&part);                                                            \
  }

PART (LiaCallLeg, leg)
PART (LiaCallSegment, segment)
PART (LiaCallOffer, offer)
PART (LiaCallWait, wait)
PART (LiaCallRecording, recording)
PART (LiaCallConsent, consent)

static const struct
{
  const char *name;
  gsize       offset;
  JsonObject *(*encode) (gpointer part);
  LiaDecodeFunc  decode;
  GDestroyNotify unref;
} parts[] = {
  { "legs", AT (legs), encode_leg, decode_leg, (GDestroyNotify)lia_call_leg_unref },
  { "segments", AT (segments), encode_segment, decode_segment, (GDestroyNotify)lia_call_segment_unref },
  { "offers", AT (offers), encode_offer, decode_offer, (GDestroyNotify)lia_call_offer_unref },
  { "waits", AT (waits), encode_wait, decode_wait, (GDestroyNotify)lia_call_wait_unref },
  { "recordings", AT (recordings), encode_recording, decode_recording, (GDestroyNotify)lia_call_recording_unref },
  { "consents", AT (consents), encode_consent, decode_consent, (GDestroyNotify)lia_call_consent_unref },
};

JsonObject *
lia_wire_encode_consent (LiaCallConsent *consent)
{
  return encode_consent (consent);
}

/** lia_wire_encode_call: also `duration_s`: from the answer to the end. */
JsonObject *
lia_wire_encode_call (LiaCall *call)
{
  JsonObject *object = lia_fields_encode_new (fields, G_N_ELEMENTS (fields), call);
  gboolean    talked = call->answered_ms != 0 && call->ended_ms > call->answered_ms;

  json_object_set_int_member (object, "duration_s", talked ? (call->ended_ms - call->answered_ms) / 1000 : 0);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      GPtrArray *list = *(GPtrArray **)G_STRUCT_MEMBER_P (call, parts[i].offset);
      JsonArray *array = json_array_new ();

      for (guint j = 0; j < list->len; j++)
        json_array_add_object_element (array, parts[i].encode (list->pdata[j]));
      json_object_set_array_member (object, parts[i].name, array);
    }
  lia_wire_set_effort (object, call->effort);

  return object;
}

LiaCall *
lia_wire_decode_call (JsonObject *object,
                      GError    **error)
{
  g_autoptr (LiaCall) call = lia_call_new ();

  if (!lia_fields_decode (fields, G_N_ELEMENTS (fields), call, object, error) || !lia_wire_get_effort (object, &call->effort, error))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      GPtrArray **place = (GPtrArray **)G_STRUCT_MEMBER_P (call, parts[i].offset);
      GPtrArray  *list = lia_wire_decode_list (object, parts[i].name, parts[i].decode, parts[i].unref, error);

      if (list == NULL)
        return NULL;
      g_ptr_array_unref (*place);
      *place = list;
    }

  return g_steal_pointer (&call);
}

static const LiaField member_fields[] = {
  { "queue", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaQueueMember, queue), LIA_JSON_REQUIRED },
  { "agent", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaQueueMember, agent) },
  { "interface", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaQueueMember, interface), LIA_JSON_REQUIRED },
  { "phone", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaQueueMember, phone) },
  { "name", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaQueueMember, name) },
  { "state", LIA_FIELD_ENUM, G_STRUCT_OFFSET (LiaQueueMember, state), ENUM (lia_member_state) },
  { "paused", LIA_FIELD_BOOL, G_STRUCT_OFFSET (LiaQueueMember, paused) },
  { "reason", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaQueueMember, reason) },
  { "since", LIA_FIELD_TIME, G_STRUCT_OFFSET (LiaQueueMember, since_ms) },
  { "penalty", LIA_FIELD_INT, G_STRUCT_OFFSET (LiaQueueMember, penalty) },
};

JsonObject *
lia_wire_encode_queue_member (LiaQueueMember *member)
{
  return lia_fields_encode_new (member_fields, G_N_ELEMENTS (member_fields), member);
}

LiaQueueMember *
lia_wire_decode_queue_member (JsonObject *object,
                              GError    **error)
{
  return LIA_FIELDS_DECODE_NEW (lia_queue_member_new (), member_fields, object, error);
}
