/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Conversations: rows of a list, and whole ones, which have a few fields more. */

#include "lia-wire.h"

#include "lia-wire-fields.h"

#define AT(field) G_STRUCT_OFFSET (LiaConversation, field)

static const LiaField row_fields[] = {
  { "id", LIA_FIELD_TEXT, AT (id), LIA_JSON_REQUIRED },
  { "ver", LIA_FIELD_INT, AT (ver) },
  { "sort", LIA_FIELD_INT, AT (sort) },
  { "subject", LIA_FIELD_TEXT, AT (subject) },
  { "channel", LIA_FIELD_TEXT, AT (channel) },
  { "queue", LIA_FIELD_TEXT, AT (queue) },
  { "state", LIA_FIELD_ENUM, AT (state), LIA_JSON_OPTIONAL, lia_conversation_state_to_string, lia_conversation_state_from_string },
  { "assignee", LIA_FIELD_TEXT_OR_NULL, AT (assignee) },
  { "unread", LIA_FIELD_BOOL, AT (unread) },
  { "priority", LIA_FIELD_INT, AT (priority) },
  { "tags", LIA_FIELD_WORDS, AT (tags) },
  { "language", LIA_FIELD_TEXT, AT (language) },
  { "language_set", LIA_FIELD_BOOL, AT (language_set) },
  { "due_at", LIA_FIELD_TIME, AT (due_ms) },
  { "due_kind", LIA_FIELD_TEXT_OR_NULL, AT (due_kind) },
  { "waiting_since", LIA_FIELD_TIME, AT (waiting_since_ms) },
  { "snooze_until", LIA_FIELD_TIME, AT (snooze_until_ms) },
  { "last_at", LIA_FIELD_TIME, AT (last_ms) },
  { "snippet", LIA_FIELD_TEXT, AT (snippet) },
  { "entries", LIA_FIELD_INT, AT (entries) },
  { "sending", LIA_FIELD_TEXT, AT (sending) },
  { "draft", LIA_FIELD_BOOL, AT (draft) },
  { "callback", LIA_FIELD_BOOL, AT (callback) },
  { "question", LIA_FIELD_BOOL, AT (question) },
};

static const LiaField whole_fields[] = {
  { "seq", LIA_FIELD_INT, AT (seq) },
  { "created_at", LIA_FIELD_TIME, AT (created_ms) },
  { "closed_at", LIA_FIELD_TIME, AT (closed_ms) },
};

/** lia_wire_encode_conversation: a row, and with `seq`, `created_at` and `closed_at` when the value has a time of creation. */
JsonObject *
lia_wire_encode_conversation (LiaConversation *conversation)
{
  JsonObject *object = lia_fields_encode_new (row_fields, G_N_ELEMENTS (row_fields), conversation);

  json_object_set_object_member (object, "customer", lia_wire_encode_customer_of (conversation->customer_id, conversation->customer));
  if (conversation->created_ms != 0)
    lia_fields_encode (whole_fields, G_N_ELEMENTS (whole_fields), conversation, object);

  return object;
}

static gboolean
decode_customer (LiaConversation *conversation,
                 JsonObject      *object,
                 GError         **error)
{
  JsonObject *customer;
  const char *id = NULL;
  const char *name = NULL;
  const char *address = NULL;

  if (!lia_json_obj (object, "customer", LIA_JSON_OPTIONAL, &customer, error))
    return FALSE;

  if (customer != NULL && (!lia_json_str (customer, "id", LIA_JSON_OPTIONAL, 256, &id, error) ||
                           !lia_json_str (customer, "name", LIA_JSON_OPTIONAL, 1024, &name, error) ||
                           !lia_json_str (customer, "address", LIA_JSON_OPTIONAL, 1024, &address, error)))
    {
      lia_problem_prefix (error, "customer", -1);
      return FALSE;
    }

  conversation->customer_id = g_strdup (id != NULL ? id : "");
  conversation->customer = lia_address_new (name != NULL ? name : "", address != NULL ? address : "");

  return TRUE;
}

LiaConversation *
lia_wire_decode_conversation (JsonObject *object,
                              GError    **error)
{
  g_autoptr (LiaConversation) conversation = lia_conversation_new ();

  if (!lia_fields_decode (row_fields, G_N_ELEMENTS (row_fields), conversation, object, error) ||
      !lia_fields_decode (whole_fields, G_N_ELEMENTS (whole_fields), conversation, object, error) ||
      !decode_customer (conversation, object, error))
    return NULL;

  return g_steal_pointer (&conversation);
}
