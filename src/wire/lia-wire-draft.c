/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drafts, which are also what message.send takes. */

#include "lia-wire.h"

#include "lia-wire-fields.h"

#define AT(field) G_STRUCT_OFFSET (LiaDraft, field)

static const LiaField fields[] = {
  { "key", LIA_FIELD_TEXT_OR_NULL, AT (key) },
  { "mode", LIA_FIELD_TEXT, AT (mode) },
  { "reply", LIA_FIELD_TEXT, AT (reply) },
  { "entry", LIA_FIELD_TEXT_OR_NULL, AT (entry) },
  { "body", LIA_FIELD_TEXT, AT (body) },
  { "subject", LIA_FIELD_TEXT, AT (subject) },
  { "to", LIA_FIELD_ADDRESSES, AT (to) },
  { "cc", LIA_FIELD_ADDRESSES, AT (cc) },
  { "bcc", LIA_FIELD_ADDRESSES, AT (bcc) },
  { "attachments", LIA_FIELD_ATTACHMENTS, AT (attachments) },
  { "fields", LIA_FIELD_TEXT_OR_NULL, AT (fields) },
};

#undef AT
#define AT(field) G_STRUCT_OFFSET (LiaDraftResponse, field)

static const LiaField response_fields[] = {
  { "response", LIA_FIELD_TEXT, AT (response), LIA_JSON_REQUIRED },
  { "formality", LIA_FIELD_ENUM, AT (formality), LIA_JSON_OPTIONAL, lia_canned_formality_to_string, lia_canned_formality_from_string },
  { "edited", LIA_FIELD_BOOL, AT (edited) },
  { "text", LIA_FIELD_TEXT, AT (text) },
  { "sent", LIA_FIELD_TEXT_OR_NULL, AT (sent) },
};

static void
encode_responses (JsonObject *object,
                  GPtrArray  *responses)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < responses->len; i++)
    json_array_add_object_element (array, lia_fields_encode_new (response_fields, G_N_ELEMENTS (response_fields), responses->pdata[i]));
  json_object_set_array_member (object, "canned", array);
}

static gpointer
decode_response (JsonObject *object,
                 GError    **error)
{
  g_autoptr (LiaDraftResponse) response = lia_draft_response_new ();

  return lia_fields_decode (response_fields, G_N_ELEMENTS (response_fields), response, object, error) ? g_steal_pointer (&response) : NULL;
}

/** lia_wire_encode_draft: its responses are `canned`, as in message.send. */
JsonObject *
lia_wire_encode_draft (LiaDraft *draft)
{
  JsonObject *object = lia_fields_encode_new (fields, G_N_ELEMENTS (fields), draft);

  if (draft->responses != NULL && draft->responses->len > 0)
    encode_responses (object, draft->responses);
  if (draft->fields == NULL)
    json_object_remove_member (object, "fields");

  return object;
}

/** lia_wire_decode_draft: its lists are never NULL, whatever was given. */
LiaDraft *
lia_wire_decode_draft (JsonObject *object,
                       GError    **error)
{
  g_autoptr (LiaDraft) draft = lia_draft_new ();

  if (!lia_fields_decode (fields, G_N_ELEMENTS (fields), draft, object, error))
    return NULL;
  draft->responses = lia_wire_decode_list (object, "canned", decode_response, (GDestroyNotify)lia_draft_response_unref, error);

  return draft->responses != NULL ? g_steal_pointer (&draft) : NULL;
}
