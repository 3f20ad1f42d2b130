/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom to tell of a fix. */

#include "lia-wire.h"

#include "lia-wire-fields.h"

#define AT(field) G_STRUCT_OFFSET (LiaNotice, field)

static const LiaField fields[] = {
  { "id", LIA_FIELD_TEXT, AT (id), LIA_JSON_REQUIRED },
  { "finding", LIA_FIELD_TEXT, AT (finding) },
  { "title", LIA_FIELD_TEXT, AT (title) },
  { "conv", LIA_FIELD_TEXT, AT (conv) },
  { "topic", LIA_FIELD_TEXT, AT (topic) },
  { "organisation", LIA_FIELD_TEXT, AT (organisation) },
  { "language", LIA_FIELD_TEXT, AT (language) },
  { "formality", LIA_FIELD_TEXT, AT (formality) },
  { "channel", LIA_FIELD_TEXT, AT (channel) },
  { "email", LIA_FIELD_TEXT, AT (email) },
  { "phone", LIA_FIELD_TEXT, AT (phone) },
  { "quote", LIA_FIELD_TEXT, AT (quote) },
  { "state", LIA_FIELD_ENUM, AT (state), LIA_JSON_OPTIONAL, lia_notice_state_to_string, lia_notice_state_from_string },
  { "subject", LIA_FIELD_TEXT, AT (subject) },
  { "body", LIA_FIELD_TEXT, AT (body) },
  { "reason", LIA_FIELD_TEXT, AT (reason) },
  { "at", LIA_FIELD_TIME, AT (at_ms) },
  { "snooze_until", LIA_FIELD_TIME, AT (snooze_ms) },
  { "held_until", LIA_FIELD_TIME, AT (held_ms) },
  { "told_at", LIA_FIELD_TIME, AT (told_ms) },
  { "agent", LIA_FIELD_TEXT, AT (agent) },
  { "entry", LIA_FIELD_TEXT, AT (entry) },
};

#undef AT

/** lia_wire_encode_notice: as GET /v1/notices gives it. */
JsonObject *
lia_wire_encode_notice (LiaNotice *notice)
{
  JsonObject *object = lia_fields_encode_new (fields, G_N_ELEMENTS (fields), notice);

  json_object_set_object_member (object, "customer", lia_wire_encode_customer_of (notice->customer_id, notice->customer));
  if (notice->issue != NULL)
    json_object_set_object_member (object, "issue", lia_wire_encode_issue (notice->issue));
  else
    json_object_set_null_member (object, "issue");

  return object;
}

LiaNotice *
lia_wire_decode_notice (JsonObject *object,
                        GError    **error)
{
  g_autoptr (LiaNotice) notice = LIA_FIELDS_DECODE_NEW (lia_notice_new (), fields, object, error);
  JsonObject *issue;

  if (notice == NULL || !lia_wire_decode_customer_of (object, LIA_JSON_REQUIRED, &notice->customer_id, &notice->customer, error) || !lia_json_obj (object, "issue", LIA_JSON_OPTIONAL, &issue, error))
    return NULL;
  if (issue == NULL || (notice->issue = lia_wire_decode_issue (issue, error)) != NULL)
    return g_steal_pointer (&notice);
  lia_problem_prefix (error, "issue", -1);

  return NULL;
}
