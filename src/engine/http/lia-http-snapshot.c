/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-http-resources.h"

#include "lia-id.h"
#include "lia-json-text.h"
#include "lia-phone-hub.h"
#include "lia-queries.h"
#include "lia-wire.h"
#include "lia-workspace.h"

typedef struct
{
  gint64      agent_id;
  const char *epoch;
  GHashTable *live;
  JsonArray  *calls;
  JsonArray  *members;
} Snapshot;

static gboolean
add_list (GString    *text,
          const char *name,
          GPtrArray  *list)
{
  g_autoptr (GPtrArray) owned = list;

  if (owned == NULL)
    return FALSE;
  lia_json_text_add_list (text, name, owned);
  return TRUE;
}

static gboolean
read_snapshot (LiaDb    *db,
               gpointer  data,
               gpointer *result,
               GError  **error)
{
  const Snapshot *snapshot = data;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (LiaAgent) me = lia_workspace_agent (db, snapshot->agent_id, error);
  g_autoptr (JsonObject) settings = NULL;
  gint64 head;

  if (me == NULL || (head = lia_query_head (db, error)) < 0 || (settings = lia_workspace_settings (db, error)) == NULL)
    return FALSE;

  lia_json_text_begin (text, NULL);
  lia_json_text_add_str (text, "epoch", snapshot->epoch);
  lia_json_text_add_int (text, "seq", head);
  lia_json_text_add_object (text, "me", lia_wire_encode_agent (me));
  if (!add_list (text, "agents", lia_workspace_agents (db, error)) ||
      !add_list (text, "queues", lia_workspace_queues (db, error)) ||
      !add_list (text, "channels", lia_workspace_channels (db, snapshot->live, error)) ||
      !add_list (text, "trackers", lia_workspace_trackers (db, snapshot->live, 0, error)) ||
      !add_list (text, "views", lia_workspace_views (db, snapshot->agent_id, error)))
    return FALSE;
  lia_json_text_add_array (text, "calls", snapshot->calls);
  lia_json_text_add_array (text, "members", snapshot->members);
  lia_json_text_add_object (text, "settings", g_steal_pointer (&settings));
  lia_json_text_end (text);

  *result = g_string_free_and_steal (g_steal_pointer (&text));
  return TRUE;
}

/** lia_http_get_snapshot: in one transaction, so that `seq` and the data agree. */
gboolean
lia_http_get_snapshot (LiaHttpCall *call,
                       GError     **error)
{
  g_autoptr (GHashTable) live = lia_engine_dup_channels (call->engine);
  g_autofree char *agent = lia_id_format ("a", call->agent_id);
  g_autoptr (JsonArray) calls = lia_phone_hub_list_calls (lia_engine_get_phone (call->engine), agent);
  g_autoptr (JsonArray) members = lia_phone_hub_list_members (lia_engine_get_phone (call->engine), agent);
  Snapshot snapshot = { call->agent_id, lia_store_get_epoch (lia_engine_get_store (call->engine)), live, calls, members };

  return lia_http_answer_read (call, read_snapshot, &snapshot, error);
}
