/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one does to others is written down, in the transaction of the command itself: it is done and known, or neither. */

#include "lia-commands-table.h"

#include "lia-id.h"

static gboolean
is_about_others (LiaCommandCall *call)
{
  g_autofree char *me = lia_id_format ("a", call->agent_id);
  const char      *agent = NULL;

  lia_json_str (call->d, "agent", LIA_JSON_OPTIONAL, 32, &agent, NULL);

  return agent != NULL ? !g_str_equal (agent, me) : json_object_has_member (call->d, "call");
}

/** lia_command_note_audit: @name: the command's; what one does with oneself is nobody's business. */
gboolean
lia_command_note_audit (LiaCommandCall *call,
                        const char     *name,
                        GError        **error)
{
  JsonObject *data;

  if (!is_about_others (call))
    return TRUE;

  data = json_object_new ();
  json_object_set_string_member (data, "what", name);
  json_object_set_object_member (data, "d", json_object_ref (call->d));

  return lia_command_append (call, "audit.noted", 0, data, error) != 0;
}
