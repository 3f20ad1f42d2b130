/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a telephone system is reached. */

#include "lia-wire.h"

#include "lia-dial-rules.h"
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
  { "dial_abroad", LIA_FIELD_TEXT, AT (dial_abroad) },
  { "dial_agent", LIA_FIELD_TEXT, AT (dial_agent) },
  { "dial_supervisor", LIA_FIELD_TEXT, AT (dial_supervisor) },
  { "dial_admin", LIA_FIELD_TEXT, AT (dial_admin) },
  { "dial_per_minute", LIA_FIELD_INT, AT (dial_per_minute) },
  { "hidden_queues", LIA_FIELD_WORDS, AT (hidden_queues) },
  { "recordings_url", LIA_FIELD_TEXT, AT (recordings_url) },
  { "recordings_login", LIA_FIELD_TEXT, AT (recordings_login) },
  { "traces", LIA_FIELD_TEXT, AT (traces) },
  { "speed", LIA_FIELD_INT, AT (speed) },
};

static gboolean
check_rules (LiaPbx  *pbx,
             GError **error)
{
  const struct
  {
    const char *pointer;
    const char *patterns;
  } rules[] = { { "/dial_agent", pbx->dial_agent }, { "/dial_supervisor", pbx->dial_supervisor }, { "/dial_admin", pbx->dial_admin } };

  if (!lia_dial_rules_is_abroad (pbx->dial_abroad))
    {
      lia_problem_set_invalid (error, "/dial_abroad", "value", "Only “agent”, “supervisor”, “admin” and “nobody” are possible");
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if (lia_dial_rules_are_valid (rules[i].patterns))
        continue;
      lia_problem_set_invalid (error, rules[i].pointer, "value", "“%s” are no numbers", rules[i].patterns);
      return FALSE;
    }
  if (pbx->dial_per_minute >= 0 && pbx->dial_per_minute <= LIA_DIAL_MAX_PER_MINUTE)
    return TRUE;
  lia_problem_set_invalid (error, "/dial_per_minute", "range", "Between 0 and %d calls in a minute are possible", LIA_DIAL_MAX_PER_MINUTE);

  return FALSE;
}

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
    return check_rules (pbx, error);

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
