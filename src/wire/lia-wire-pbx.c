/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a telephone system is reached. */

#include "lia-wire.h"

#include "lia-phone-number.h"
#include "lia-wire-fields.h"

#define AT(field) G_STRUCT_OFFSET (LiaPbx, field)

static const LiaField fields[] = {
  { "system", LIA_FIELD_TEXT, AT (system), LIA_JSON_REQUIRED },
  { "name", LIA_FIELD_TEXT, AT (name) },
  { "host", LIA_FIELD_TEXT, AT (host) },
  { "port", LIA_FIELD_INT, AT (port) },
  { "tls", LIA_FIELD_TEXT, AT (tls) },
  { "login", LIA_FIELD_TEXT, AT (login) },
  { "ca", LIA_FIELD_TEXT_OR_NULL, AT (ca) },
  { "country", LIA_FIELD_TEXT, AT (country) },
  { "context", LIA_FIELD_TEXT, AT (context) },
  { "traces", LIA_FIELD_TEXT, AT (traces) },
  { "speed", LIA_FIELD_INT, AT (speed) },
};

static gboolean
check (LiaPbx  *pbx,
       GError **error)
{
  if (pbx->port < 0 || pbx->port > 65535)
    lia_problem_set_invalid (error, "/port", "range", "A port is between 1 and 65535");
  else if (!g_str_equal (pbx->tls, "tls") && !g_str_equal (pbx->tls, "none") && !g_str_equal (pbx->tls, ""))
    lia_problem_set_invalid (error, "/tls", "value", "Only “tls” and “none” are possible");
  else if (pbx->country[0] != '\0' && !lia_phone_number_is_country (pbx->country))
    lia_problem_set_invalid (error, "/country", "value", "“%s” is not a country’s code", pbx->country);
  else
    return TRUE;

  return FALSE;
}

JsonObject *
lia_wire_encode_pbx (LiaPbx *pbx)
{
  return lia_fields_encode_new (fields, G_N_ELEMENTS (fields), pbx);
}

LiaPbx *
lia_wire_decode_pbx (JsonObject *object,
                     GError    **error)
{
  g_autoptr (LiaPbx) pbx = LIA_FIELDS_DECODE_NEW (lia_pbx_new (), fields, object, error);

  return pbx != NULL && check (pbx, error) ? g_steal_pointer (&pbx) : NULL;
}
