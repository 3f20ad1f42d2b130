/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What agents say of a call: its note, what it came to, that no call back is needed. In the command's transaction. */

#include "lia-commands-table.h"

#include "lia-id.h"
#include "lia-notices.h"
#include "lia-phone-hub.h"
#include "lia-queries.h"
#include "lia-time.h"
#include "lia-wire.h"

#define MAX_TEXT_BYTES (64 * 1024)
#define MAX_CONSENTS 1000

static gboolean
find_entry (LiaCommandCall *call,
            gint64         *seq,
            GError        **error)
{
  const char *uniqueid;
  const char *pbx;
  gint64      channel_id = 0;

  if (!lia_json_str (call->d, "call", LIA_JSON_REQUIRED, 128, &uniqueid, error) ||
      !lia_json_str (call->d, "pbx", LIA_JSON_OPTIONAL, 32, &pbx, error))
    return FALSE;
  lia_id_parse (pbx, "h", &channel_id);

  return lia_db_get_int (call->db, seq, error, "SELECT seq FROM call WHERE uniqueid = $1 AND ($2 = 0 OR channel_id = $2) ORDER BY seq DESC LIMIT 1", "ti",
                         uniqueid, channel_id);
}

static gboolean
add_text (LiaCommandCall *call,
          LiaJsonNeed     need,
          JsonObject     *set,
          GError        **error)
{
  const char *text;

  if (!lia_json_str (call->d, "text", need, MAX_TEXT_BYTES, &text, error))
    return FALSE;
  if (text != NULL)
    json_object_set_string_member (set, "text", text);

  return TRUE;
}

gboolean
lia_command_call_note (LiaCommandCall *call,
                       GError        **error)
{
  g_autoptr (JsonObject) set = json_object_new ();
  gint64 seq;

  return add_text (call, LIA_JSON_REQUIRED, set, error) && find_entry (call, &seq, error) &&
         lia_command_change_entry (call, seq, g_steal_pointer (&set), error);
}

/* What was known of consent, and this. */
static JsonArray *
with_consent (LiaCommandCall *call,
              JsonObject     *d,
              GError        **error)
{
  g_autoptr (LiaCallConsent) consent = lia_call_consent_new ();
  JsonArray *all = json_array_new ();
  JsonArray *before;

  if (!lia_json_arr (d, "consents", LIA_JSON_OPTIONAL, MAX_CONSENTS, &before, error))
    {
      json_array_unref (all);
      return NULL;
    }
  for (guint i = 0; before != NULL && i < json_array_get_length (before); i++)
    json_array_add_element (all, json_array_dup_element (before, i));
  g_free (consent->agent);
  consent->agent = lia_id_format ("a", call->agent_id);
  consent->at_ms = lia_time_now ();
  json_array_add_object_element (all, lia_wire_encode_consent (consent));

  return all;
}

/** lia_command_call_record: the PBX records by now, or has stopped; what is kept is that the other side has agreed. */
gboolean
lia_command_call_record (LiaCommandCall *call,
                         GError        **error)
{
  g_autoptr (JsonObject) set = json_object_new ();
  g_autoptr (JsonObject) d = NULL;
  g_autoptr (GError) failure = NULL;
  JsonArray *consents;
  gboolean   on = FALSE;
  gboolean   consent = FALSE;
  gint64     seq;

  if (!lia_json_bool (call->d, "on", LIA_JSON_REQUIRED, &on, error) || !lia_json_bool (call->d, "consent", LIA_JSON_OPTIONAL, &consent, error))
    return FALSE;
  if (!on || !consent)
    return TRUE;

  /* A call between colleagues has no entry. */
  if (!find_entry (call, &seq, &failure))
    return g_error_matches (failure, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND) || (g_propagate_error (error, g_steal_pointer (&failure)), FALSE);
  d = lia_command_entry_details (call, seq, error);
  consents = d != NULL ? with_consent (call, d, error) : NULL;
  if (consents == NULL)
    return FALSE;

  json_object_set_array_member (d, "consents", consents);
  json_object_set_object_member (set, "d", g_steal_pointer (&d));

  return lia_command_change_entry (call, seq, g_steal_pointer (&set), error);
}

gboolean
lia_command_call_wrapup (LiaCommandCall *call,
                         GError        **error)
{
  g_autoptr (JsonObject) set = json_object_new ();
  g_autoptr (JsonObject) d = NULL;
  const char *disposition;
  gint64      seq;

  if (!lia_json_str (call->d, "disposition", LIA_JSON_REQUIRED, 200, &disposition, error) ||
      !add_text (call, LIA_JSON_OPTIONAL, set, error) || !find_entry (call, &seq, error) || (d = lia_command_entry_details (call, seq, error)) == NULL)
    return FALSE;

  json_object_set_string_member (d, "disposition", disposition);
  json_object_set_object_member (set, "d", g_steal_pointer (&d));

  return lia_command_change_entry (call, seq, g_steal_pointer (&set), error);
}

void
lia_command_call_wrapup_after (LiaCommandCall *call)
{
  g_autofree char *agent = lia_id_format ("a", call->agent_id);

  lia_phone_hub_end_wrapup (lia_engine_get_phone (call->engine), agent);
}

/** lia_command_callback_done: no call is needed any more. */
gboolean
lia_command_callback_done (LiaCommandCall *call,
                           GError        **error)
{
  g_autoptr (JsonObject) d = NULL;
  JsonObject *set;
  gint64      conversation;
  gint64      seq;
  gint64      n = 0;

  if (!lia_command_id (call, "entry", "e", &seq, error) ||
      !lia_db_get_int (call->db, &n, error, "SELECT count(*) FROM entry WHERE seq = $1 AND kind IN ('call', 'voicemail', 'promise')", "i", seq))
    return FALSE;
  if (n == 0)
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such call back.");
      return FALSE;
    }
  d = lia_command_entry_details (call, seq, error);
  if (d == NULL)
    return FALSE;

  json_object_set_boolean_member (d, "settled", TRUE);
  set = json_object_new ();
  json_object_set_object_member (set, "d", g_steal_pointer (&d));

  return lia_command_change_entry (call, seq, set, error) &&
         lia_db_get_int (call->db, &conversation, error, "SELECT conversation_id FROM entry WHERE seq = $1", "i", seq) &&
         lia_notices_follow_calls (call->db, conversation, error);
}
