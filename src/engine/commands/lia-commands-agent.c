/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drafts, customers' cards, one's own availability, settings. */

#include "lia-commands-table.h"

#include "lia-id.h"
#include "lia-phone-hub.h"
#include "lia-queries.h"
#include "lia-wire.h"
#include "lia-workspace.h"
#include "lia-zone.h"

#define MAX_NOTES_BYTES (64 * 1024)

static gboolean
is_empty (LiaDraft *draft)
{
  return (draft->body == NULL || draft->body[0] == '\0') && (draft->attachments == NULL || draft->attachments->len == 0);
}

gboolean
lia_command_draft_save (LiaCommandCall *call,
                        GError        **error)
{
  g_autoptr (LiaDraft) draft = lia_wire_decode_draft (call->d, error);
  g_autofree char *before = NULL;
  JsonObject      *data;

  if (draft == NULL)
    return FALSE;
  if (is_empty (draft))
    {
      before = lia_query_draft (call->db, call->agent_id, call->conversation_id, NULL);
      if (before == NULL)
        return TRUE;
    }

  data = json_object_new ();
  if (is_empty (draft))
    json_object_set_null_member (data, "draft");
  else
    json_object_set_object_member (data, "draft", lia_wire_encode_draft (draft));
  return lia_command_append (call, "draft.saved", 0, data, error) != 0;
}

static void
copy_given (JsonObject *to,
            const char *name,
            const char *value)
{
  if (value != NULL)
    json_object_set_string_member (to, name, value);
}

/* "" takes the zone away, "any" the form of address. */
static gboolean
read_manners (LiaCommandCall *call,
              const char    **zone,
              const char    **formality,
              GError        **error)
{
  g_autoptr (GTimeZone) known = NULL;
  LiaCannedFormality form;

  if (!lia_json_str (call->d, "zone", LIA_JSON_OPTIONAL, 100, zone, error) ||
      !lia_json_str (call->d, "formality", LIA_JSON_OPTIONAL, 32, formality, error))
    return FALSE;
  known = lia_zone_open (*zone);
  if (*zone != NULL && **zone != '\0' && known == NULL)
    {
      lia_problem_set_invalid (error, "/zone", "unknown", "“%s” is no time zone", *zone);
      return FALSE;
    }
  if (*formality != NULL && !lia_canned_formality_from_string (*formality, &form))
    {
      lia_problem_set_invalid (error, "/formality", "value", "“%s” is no form of address", *formality);
      return FALSE;
    }

  return TRUE;
}

gboolean
lia_command_customer_update (LiaCommandCall *call,
                             GError        **error)
{
  g_autoptr (LiaCustomer) customer = NULL;
  g_autoptr (LiaCustomer) after = NULL;
  JsonObject *data;
  const char *name;
  const char *org;
  const char *notes;
  const char *zone;
  const char *formality;
  gint64      id;

  if (!lia_command_id (call, "customer", "k", &id, error) ||
      !lia_json_str (call->d, "name", LIA_JSON_OPTIONAL, 200, &name, error) ||
      !lia_json_str (call->d, "org", LIA_JSON_OPTIONAL, 200, &org, error) ||
      !lia_json_str (call->d, "notes", LIA_JSON_OPTIONAL, MAX_NOTES_BYTES, &notes, error) || !read_manners (call, &zone, &formality, error))
    return FALSE;

  customer = lia_query_customer (call->db, id, error);
  if (customer == NULL)
    return FALSE;
  if (call->ver != 0 && call->ver != customer->ver)
    {
      call->current = lia_wire_encode_customer (customer);
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_VERSION_CONFLICT, "Somebody changed this customer meanwhile.");
      return FALSE;
    }

  data = json_object_new ();
  json_object_set_int_member (data, "customer", id);
  copy_given (data, "name", name);
  copy_given (data, "org", org);
  copy_given (data, "notes", notes);
  copy_given (data, "zone", zone);
  copy_given (data, "formality", formality);
  if (lia_command_append (call, "customer.changed", id, data, error) == 0)
    return FALSE;

  after = lia_query_customer (call->db, id, error);
  if (after == NULL)
    return FALSE;
  json_object_set_int_member (call->answer, "ver", after->ver);
  return TRUE;
}

/** lia_command_say_availability: what is said in a call's wrap-up comes after it, but for who is available, which ends it. */
gboolean
lia_command_say_availability (LiaCommandCall *call,
                              LiaAgent       *agent,
                              const char     *state,
                              const char     *reason,
                              GError        **error)
{
  const gboolean is_later = g_str_equal (agent->availability, "wrap-up") && !g_str_equal (state, "available");
  JsonObject    *data = json_object_new ();
  gint64         id = 0;

  lia_id_parse (agent->id, "a", &id);
  json_object_set_int_member (data, "agent", id);
  json_object_set_string_member (data, is_later ? "after" : "availability", state);
  copy_given (data, is_later ? "after_reason" : "reason", reason);

  return lia_command_append (call, "agent.changed", 0, data, error) != 0;
}

gboolean
lia_command_availability_set (LiaCommandCall *call,
                              GError        **error)
{
  static const char *const states[] = { "available", "busy", "paused", "offline", NULL };
  const char              *state;
  const char              *reason;
  g_autoptr (LiaAgent) me = NULL;

  if (!lia_json_str (call->d, "state", LIA_JSON_REQUIRED, 16, &state, error) ||
      !lia_json_str (call->d, "reason", LIA_JSON_OPTIONAL, 200, &reason, error))
    return FALSE;
  if (!g_strv_contains (states, state))
    {
      lia_problem_set_invalid (error, "/state", "unknown", "“%s” is not a state one can be in", state);
      return FALSE;
    }

  me = lia_workspace_agent (call->db, call->agent_id, error);

  return me != NULL && lia_command_say_availability (call, me, state, reason, error);
}

void
lia_command_availability_after (LiaCommandCall *call)
{
  g_autofree char *agent = lia_id_format ("a", call->agent_id);
  const char      *state = "";
  const char      *reason = NULL;

  lia_json_str (call->d, "state", LIA_JSON_REQUIRED, 16, &state, NULL);
  lia_json_str (call->d, "reason", LIA_JSON_OPTIONAL, 200, &reason, NULL);
  lia_phone_hub_set_availability (lia_engine_get_phone (call->engine), agent, state, reason != NULL ? reason : "");
}

#define LONGEST_MORE_S 3600

/** lia_command_wrapup_extend_prepare: my wrap-up ends so much later. */
DexFuture *
lia_command_wrapup_extend_prepare (LiaCommandCall *call)
{
  g_autofree char *agent = lia_id_format ("a", call->agent_id);
  GError          *error = NULL;
  gint64           by_s;

  if (!lia_json_int (call->d, "by_s", LIA_JSON_REQUIRED, 1, LONGEST_MORE_S, &by_s, &error))
    return dex_future_new_for_error (error);
  if (!lia_phone_hub_extend_wrapup (lia_engine_get_phone (call->engine), agent, by_s * 1000))
    return dex_future_new_reject (LIA_PROBLEM, LIA_PROBLEM_VERSION_CONFLICT, "You are not wrapping up a call now.");

  return dex_future_new_for_pointer (NULL);
}

/* Name, and how it is read: what is not here cannot be set. */
typedef struct
{
  const char *name;
  gint64      min;
  gint64      max; /* 0 = a text of up to `min` bytes */
} Setting;

static const Setting settings[] = {
  { "undo_send_s", 0, 60 },
  { "first_target_s", 60, 30 * 86400 },
  { "next_target_s", 60, 30 * 86400 },
  { "signature", 10000, 0 },
  { "notice_gap_days", 0, 365 },
  { "chat_offer_s", 1, 600 },
};

static gboolean
copy_setting (const Setting *setting,
              JsonObject    *from,
              JsonObject    *to,
              GError       **error)
{
  const char *text;
  gint64      number;

  if (!json_object_has_member (from, setting->name))
    return TRUE;

  if (setting->max == 0)
    {
      if (!lia_json_str (from, setting->name, LIA_JSON_REQUIRED, setting->min, &text, error))
        return FALSE;
      json_object_set_string_member (to, setting->name, text);
      return TRUE;
    }
  if (!lia_json_int (from, setting->name, LIA_JSON_REQUIRED, setting->min, setting->max, &number, error))
    return FALSE;
  json_object_set_int_member (to, setting->name, number);
  return TRUE;
}

/* The targets are the queues'. */
static gboolean
apply_targets (LiaCommandCall *call,
               JsonObject     *known,
               GError        **error)
{
  g_autoptr (GArray) queues = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (LiaRows) rows = NULL;
  g_autoptr (GError) failure = NULL;
  gint64 first_s;
  gint64 next_s;

  if (!lia_json_int (known, "first_target_s", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &first_s, error) ||
      !lia_json_int (known, "next_target_s", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &next_s, error))
    return FALSE;
  if (first_s == 0 && next_s == 0)
    return TRUE;

  rows = lia_db_query (call->db, error, "SELECT id FROM queue ORDER BY id", "");
  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &failure))
    {
      gint64 id = lia_rows_int (rows, 0);

      g_array_append_val (queues, id);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  for (guint i = 0; i < queues->len; i++)
    {
      JsonObject *data = json_object_new ();

      json_object_set_int_member (data, "queue", g_array_index (queues, gint64, i));
      json_object_set_int_member (data, "first_target_ms", first_s * 1000);
      json_object_set_int_member (data, "next_target_ms", next_s * 1000);
      if (lia_command_append (call, "queue.changed", 0, data, error) == 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
lia_command_settings_set (LiaCommandCall *call,
                          GError        **error)
{
  g_autoptr (JsonObject) known = json_object_new ();
  JsonObject *given;

  if (!lia_json_obj (call->d, "settings", LIA_JSON_REQUIRED, &given, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (!copy_setting (&settings[i], given, known, error))
      {
        lia_problem_prefix (error, "settings", -1);
        return FALSE;
      }
  if (json_object_get_size (known) < json_object_get_size (given))
    {
      lia_problem_set_invalid (error, "/settings", "unknown", "There is a setting that cannot be set");
      return FALSE;
    }

  return apply_targets (call, known, error) &&
         lia_command_append (call, "settings.changed", 0, g_steal_pointer (&known), error) != 0;
}
