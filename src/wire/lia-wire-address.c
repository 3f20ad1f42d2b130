/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Addresses and attachments: the parts that several values have. */

#include "lia-wire.h"

#include "lia-wire-fields.h"

JsonObject *
lia_wire_encode_address (const LiaAddress *address)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", address->name);
  json_object_set_string_member (object, "address", address->address);

  return object;
}

LiaAddress *
lia_wire_decode_address (JsonObject *object,
                         GError    **error)
{
  const char *name;
  const char *address;

  if (!lia_json_str (object, "name", LIA_JSON_OPTIONAL, 1024, &name, error) ||
      !lia_json_str (object, "address", LIA_JSON_REQUIRED, 1024, &address, error))
    return NULL;

  return lia_address_new (name != NULL ? name : "", address);
}

static const LiaField attachment_fields[] = {
  { "blob", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaAttachment, blob), LIA_JSON_REQUIRED },
  { "name", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaAttachment, name) },
  { "type", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaAttachment, type) },
  { "size", LIA_FIELD_INT, G_STRUCT_OFFSET (LiaAttachment, size_bytes) },
  { "inline", LIA_FIELD_BOOL, G_STRUCT_OFFSET (LiaAttachment, is_inline) },
  { "cid", LIA_FIELD_TEXT_OR_NULL, G_STRUCT_OFFSET (LiaAttachment, cid) },
  { "dangerous", LIA_FIELD_BOOL, G_STRUCT_OFFSET (LiaAttachment, dangerous) },
};

JsonObject *
lia_wire_encode_attachment (LiaAttachment *attachment)
{
  return lia_fields_encode_new (attachment_fields, G_N_ELEMENTS (attachment_fields), attachment);
}

LiaAttachment *
lia_wire_decode_attachment (JsonObject *object,
                            GError    **error)
{
  return LIA_FIELDS_DECODE_NEW (lia_attachment_new (), attachment_fields, object, error);
}
