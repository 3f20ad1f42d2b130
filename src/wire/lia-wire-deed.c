/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of the audit log. They are written as they were asked for: what of a command's fields is of use here is read. */

#include "lia-wire.h"

#include "lia-wire-fields.h"

#define AT(field) G_STRUCT_OFFSET (LiaDeed, field)

static const LiaField fields[] = {
  { "at", LIA_FIELD_TIME, AT (at_ms), LIA_JSON_REQUIRED },
  { "actor", LIA_FIELD_TEXT, AT (actor), LIA_JSON_REQUIRED },
  { "what", LIA_FIELD_TEXT, AT (what), LIA_JSON_REQUIRED },
  { "agent", LIA_FIELD_TEXT, AT (agent) },
};

static const LiaField command_fields[] = {
  { "queue", LIA_FIELD_TEXT, AT (queue) },
  { "mode", LIA_FIELD_TEXT, AT (mode) },
  { "reason", LIA_FIELD_TEXT, AT (reason) },
  { "on", LIA_FIELD_BOOL, AT (on) },
};

static const LiaField customer_fields[] = {
  { "name", LIA_FIELD_TEXT, AT (customer_name) },
  { "address", LIA_FIELD_TEXT, AT (customer_address) },
};

static gboolean
decode_part (LiaDeed        *deed,
             const LiaField *part,
             guint           n_fields,
             JsonObject     *object,
             const char     *name,
             GError        **error)
{
  JsonObject *member;

  if (!lia_json_obj (object, name, LIA_JSON_OPTIONAL, &member, error))
    return FALSE;
  if (member == NULL || lia_fields_decode (part, n_fields, deed, member, error))
    return TRUE;
  lia_problem_prefix (error, name, -1);

  return FALSE;
}

/** lia_wire_decode_deed: one row of GET /v1/audit. */
LiaDeed *
lia_wire_decode_deed (JsonObject *object,
                      GError    **error)
{
  g_autoptr (LiaDeed) deed = LIA_FIELDS_DECODE_NEW (lia_deed_new (), fields, object, error);

  if (deed == NULL || !decode_part (deed, command_fields, G_N_ELEMENTS (command_fields), object, "d", error) ||
      !decode_part (deed, customer_fields, G_N_ELEMENTS (customer_fields), object, "customer", error))
    return NULL;

  return g_steal_pointer (&deed);
}
