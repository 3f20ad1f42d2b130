/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The account of the telephone in the app. */

#include "lia-wire.h"

#include "lia-wire-fields.h"

#define AT(field) G_STRUCT_OFFSET (LiaSoftphone, field)

static const LiaField fields[] = {
  { "server", LIA_FIELD_TEXT, AT (server), LIA_JSON_REQUIRED },
  { "port", LIA_FIELD_INT, AT (port) },
  { "transport", LIA_FIELD_TEXT, AT (transport), LIA_JSON_REQUIRED },
  { "user", LIA_FIELD_TEXT, AT (user), LIA_JSON_REQUIRED },
  { "secret", LIA_FIELD_TEXT, AT (secret), LIA_JSON_REQUIRED },
  { "ca", LIA_FIELD_TEXT_OR_NULL, AT (ca) },
};

static gboolean
check (LiaSoftphone *softphone,
       GError      **error)
{
  if (softphone->port < 0 || softphone->port > 65535)
    lia_problem_set_invalid (error, "/port", "range", "A port is between 1 and 65535");
  else if (!g_str_equal (softphone->transport, "tls") && !g_str_equal (softphone->transport, "tcp") && !g_str_equal (softphone->transport, "udp"))
    lia_problem_set_invalid (error, "/transport", "value", "Only “tls”, “tcp” and “udp” are possible");
  else
    return TRUE;

  return FALSE;
}

JsonObject *
lia_wire_encode_softphone (LiaSoftphone *softphone)
{
  return lia_fields_encode_new (fields, G_N_ELEMENTS (fields), softphone);
}

LiaSoftphone *
lia_wire_decode_softphone (JsonObject *object,
                           GError    **error)
{
  g_autoptr (LiaSoftphone) softphone = LIA_FIELDS_DECODE_NEW (lia_softphone_new (), fields, object, error);

  return softphone != NULL && check (softphone, error) ? g_steal_pointer (&softphone) : NULL;
}
