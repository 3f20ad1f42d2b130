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
};

JsonObject *
lia_wire_encode_draft (LiaDraft *draft)
{
  return lia_fields_encode_new (fields, G_N_ELEMENTS (fields), draft);
}

/** lia_wire_decode_draft: its lists are never NULL, whatever was given. */
LiaDraft *
lia_wire_decode_draft (JsonObject *object,
                       GError    **error)
{
  return LIA_FIELDS_DECODE_NEW (lia_draft_new (), fields, object, error);
}
