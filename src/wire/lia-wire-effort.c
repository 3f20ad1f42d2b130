/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a customer has been through, as a part of a customer or of a live call. */

#include "lia-wire.h"

#include "lia-wire-fields.h"

#define AT(field) G_STRUCT_OFFSET (LiaEffort, field)

static const LiaField fields[] = {
  { "calls_today", LIA_FIELD_INT, AT (calls_today) },
  { "answered_today", LIA_FIELD_INT, AT (answered_today) },
  { "waited_today_s", LIA_FIELD_SECONDS, AT (waited_today_ms) },
  { "talked_today_s", LIA_FIELD_SECONDS, AT (talked_today_ms) },
  { "contacts", LIA_FIELD_INT, AT (contacts) },
  { "transfers", LIA_FIELD_INT, AT (transfers) },
  { "waited_s", LIA_FIELD_SECONDS, AT (waited_ms) },
  { "open", LIA_FIELD_INT, AT (open) },
};

/** lia_wire_set_effort: @effort: (nullable): NULL where nothing is known, or nothing is to be said: then the member is left out. */
void
lia_wire_set_effort (JsonObject      *object,
                     const LiaEffort *effort)
{
  if (effort != NULL)
    json_object_set_object_member (object, "effort", lia_fields_encode_new (fields, G_N_ELEMENTS (fields), effort));
}

/** lia_wire_get_effort: @effort: (out) (transfer full) (nullable): NULL where nothing is said. */
gboolean
lia_wire_get_effort (JsonObject *object,
                     LiaEffort **effort,
                     GError    **error)
{
  g_autofree LiaEffort *value = NULL;
  JsonObject           *member;

  if (!lia_json_obj (object, "effort", LIA_JSON_OPTIONAL, &member, error))
    return FALSE;
  if (member == NULL)
    return TRUE;

  value = g_new0 (LiaEffort, 1);
  if (!lia_fields_decode (fields, G_N_ELEMENTS (fields), value, member, error))
    {
      lia_problem_prefix (error, "effort", -1);
      return FALSE;
    }
  g_free (*effort);
  *effort = g_steal_pointer (&value);

  return TRUE;
}
