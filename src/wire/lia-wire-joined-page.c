/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What `call.join` answers. */

#include "lia-wire.h"

#include "lia-wire-fields.h"

#define AT(field) G_STRUCT_OFFSET (LiaJoinedPage, field)

static const LiaField fields[] = {
  { "entry", LIA_FIELD_TEXT, AT (entry), LIA_JSON_REQUIRED },
  { "conv", LIA_FIELD_TEXT, AT (conversation) },
  { "customer", LIA_FIELD_TEXT, AT (customer) },
  { "name", LIA_FIELD_TEXT, AT (name) },
  { "email", LIA_FIELD_TEXT, AT (email) },
  { "url", LIA_FIELD_TEXT, AT (url) },
  { "title", LIA_FIELD_TEXT, AT (title) },
  { "verified", LIA_FIELD_BOOL, AT (verified) },
  { "same", LIA_FIELD_BOOL, AT (same) },
};

LiaJoinedPage *
lia_wire_decode_joined_page (JsonObject *object,
                             GError    **error)
{
  return LIA_FIELDS_DECODE_NEW (lia_joined_page_new (), fields, object, error);
}
