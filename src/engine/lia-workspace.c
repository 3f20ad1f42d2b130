/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-workspace.h"

#include "lia-chat-picture.h"
#include "lia-id.h"
#include "lia-json-text.h"
#include "lia-queries-notices.h"
#include "lia-queries.h"
#include "lia-queue.h"
#include "lia-time.h"
#include "lia-wire.h"

static char *
take_text (JsonObject *object)
{
  g_autoptr (JsonObject) owned = object;

  return lia_json_to_text (owned);
}

static gboolean
finish (GError **failure,
        GError **error)
{
  if (*failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (failure));
  return FALSE;
}

#define AGENT_COLUMNS "id, name, address, role, availability, reason, since, phone, extension, member, until, after, after_reason, chats "

static LiaAgent *
read_agent (LiaRows *rows)
{
  LiaAgent *agent = lia_agent_new ();

  agent->id = lia_id_format ("a", lia_rows_int (rows, 0));
  agent->name = g_strdup (lia_rows_text (rows, 1));
  agent->address = g_strdup (lia_rows_text (rows, 2));
  agent->role = g_strdup (lia_rows_text (rows, 3));
  agent->availability = g_strdup (lia_rows_text (rows, 4));
  agent->reason = g_strdup (lia_rows_text (rows, 5));
  agent->since_ms = lia_rows_int (rows, 6);
  agent->phone = g_strdup (lia_rows_text (rows, 7));
  agent->extension = g_strdup (lia_rows_text (rows, 8));
  agent->member = g_strdup (lia_rows_text (rows, 9));
  agent->until_ms = lia_rows_int (rows, 10);
  agent->after = g_strdup (lia_rows_text (rows, 11));
  agent->after_reason = g_strdup (lia_rows_text (rows, 12));
  agent->chats = lia_rows_int (rows, 13);
  return agent;
}

LiaAgent *
lia_workspace_agent (LiaDb   *db,
                     gint64   agent_id,
                     GError **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT " AGENT_COLUMNS "FROM agent WHERE id = $1", "i", agent_id);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return NULL;
  if (lia_rows_next (rows, &failure))
    return read_agent (rows);
  if (finish (&failure, error))
    g_set_error_literal (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND, "There is no such agent.");
  return NULL;
}

/** lia_workspace_is_supervisor: whether an agent may see what all others do; admins may. */
gboolean
lia_workspace_is_supervisor (LiaDb    *db,
                             gint64    agent_id,
                             gboolean *is,
                             GError  **error)
{
  g_autoptr (LiaAgent) agent = lia_workspace_agent (db, agent_id, error);

  *is = lia_agent_supervises (agent);
  return agent != NULL;
}

/** lia_workspace_first_agent: who sits in front of an embedded engine. */
gint64
lia_workspace_first_agent (LiaDb   *db,
                           GError **error)
{
  gint64 id = 0;

  return lia_db_get_int (db, &id, error, "SELECT id FROM agent ORDER BY id LIMIT 1", "") ? id : 0;
}

/** lia_workspace_agent_values: of LiaAgent. */
GPtrArray *
lia_workspace_agent_values (LiaDb   *db,
                            GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT " AGENT_COLUMNS "FROM agent ORDER BY id", "");
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return NULL;

  while (lia_rows_next (rows, &failure))
    g_ptr_array_add (list, read_agent (rows));
  return finish (&failure, error) ? g_steal_pointer (&list) : NULL;
}

GPtrArray *
lia_workspace_agents (LiaDb   *db,
                      GError **error)
{
  g_autoptr (GPtrArray) agents = lia_workspace_agent_values (db, error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  if (agents == NULL)
    return NULL;

  for (guint i = 0; i < agents->len; i++)
    g_ptr_array_add (list, take_text (lia_wire_encode_agent (g_ptr_array_index (agents, i))));
  return g_steal_pointer (&list);
}

/* (nullable): NULL where nobody said */
static LiaHours *
read_hours (const char *text)
{
  g_autoptr (JsonObject) object = *text != '\0' ? lia_json_parse (text, -1, G_MAXSIZE, NULL) : NULL;

  return object != NULL ? lia_wire_decode_hours (object, NULL) : NULL;
}

static LiaQueue *
read_queue (LiaRows *rows)
{
  LiaQueue *queue = lia_queue_new ();

  queue->id = lia_id_format ("q", lia_rows_int (rows, 0));
  queue->name = g_strdup (lia_rows_text (rows, 1));
  queue->first_target_ms = lia_rows_int (rows, 2);
  queue->next_target_ms = lia_rows_int (rows, 3);
  queue->hidden = lia_rows_int (rows, 11) != 0;
  queue->phone_channel = lia_rows_int (rows, 4) != 0 && !queue->hidden ? lia_id_format ("h", lia_rows_int (rows, 4)) : g_strdup ("");
  queue->phone_name = g_strdup (lia_rows_text (rows, 5));
  queue->service_target_ms = lia_rows_int (rows, 6);
  queue->short_ms = lia_rows_int (rows, 7);
  queue->service_level = g_strdup (lia_rows_text (rows, 8));
  queue->wrapup_ms = lia_rows_int (rows, 9);
  queue->callback_target_ms = lia_rows_int (rows, 10);
  queue->hours = read_hours (lia_rows_text (rows, 12));
  return queue;
}

/** lia_workspace_queue_values: of LiaQueue: all queues, or one; an unknown one is an empty list. */
GPtrArray *
lia_workspace_queue_values (LiaDb   *db,
                            gint64   queue_id,
                            GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (LiaRows) rows = NULL;
  g_autoptr (GError) failure = NULL;

  rows = lia_db_query (db, error,
                       "SELECT id, name, first_target_ms, next_target_ms, phone_channel, phone_name, service_target_ms, short_ms, service_level, "
                       "wrapup_ms, callback_target_ms, EXISTS (SELECT 1 FROM channel, json_each (channel.config, '$.hidden_queues') AS hidden "
                       "WHERE channel.id = queue.phone_channel AND hidden.value = queue.phone_name), hours FROM queue WHERE $1 = 0 OR id = $1 ORDER BY id",
                       "i", queue_id);
  if (rows == NULL)
    return NULL;

  while (lia_rows_next (rows, &failure))
    g_ptr_array_add (list, read_queue (rows));
  return finish (&failure, error) ? g_steal_pointer (&list) : NULL;
}

GPtrArray *
lia_workspace_queues (LiaDb   *db,
                      GError **error)
{
  g_autoptr (GPtrArray) queues = lia_workspace_queue_values (db, 0, error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  if (queues == NULL)
    return NULL;

  for (guint i = 0; i < queues->len; i++)
    g_ptr_array_add (list, take_text (lia_wire_encode_queue (g_ptr_array_index (queues, i))));
  return g_steal_pointer (&list);
}

/* Where its password is kept stays in here. */
static char *
public_config (const char *config)
{
  g_autoptr (JsonObject) object = lia_json_parse (config, -1, LIA_JSON_MAX_BYTES, NULL);

  if (object == NULL)
    return g_strdup ("{}");
  if (json_object_has_member (object, "secret"))
    json_object_remove_member (object, "secret");
  return lia_json_to_text (object);
}

static LiaChannel *
read_channel (LiaRows    *rows,
              GHashTable *live)
{
  LiaChannel *channel = lia_channel_new ();
  LiaChannel *now;

  channel->id = lia_id_format ("h", lia_rows_int (rows, 0));
  channel->kind = g_strdup (lia_rows_text (rows, 1));
  channel->name = g_strdup (lia_rows_text (rows, 2));
  channel->queue = lia_id_format ("q", lia_rows_int (rows, 3));
  channel->config = public_config (lia_rows_text (rows, 4));

  now = live != NULL ? g_hash_table_lookup (live, channel->id) : NULL;
  channel->state = g_strdup (now != NULL ? now->state : "stopped");
  channel->detail = g_strdup (now != NULL ? now->detail : "");
  if (now != NULL)
    {
      channel->since_ms = now->since_ms;
      channel->last_ok_ms = now->last_ok_ms;
      g_strfreev (channel->abilities);
      channel->abilities = g_strdupv (now->abilities);
      channel->forged = now->forged;
      channel->forged_ms = now->forged_ms;
      channel->done = now->done;
      channel->total = now->total;
    }
  return channel;
}

/* Of all channels, or of one. */
static GPtrArray *
read_channels (LiaDb      *db,
               GHashTable *live,
               gint64      channel_id,
               GError    **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (LiaRows) rows = NULL;
  g_autoptr (GError) failure = NULL;

  rows = lia_db_query (db, error, "SELECT id, kind, name, queue_id, config FROM channel WHERE $1 = 0 OR id = $1 ORDER BY id", "i", channel_id);
  if (rows == NULL)
    return NULL;

  while (lia_rows_next (rows, &failure))
    {
      g_autoptr (LiaChannel) channel = read_channel (rows, live);

      g_ptr_array_add (list, take_text (lia_wire_encode_channel (channel)));
    }
  return finish (&failure, error) ? g_steal_pointer (&list) : NULL;
}

GPtrArray *
lia_workspace_channels (LiaDb      *db,
                        GHashTable *live,
                        GError    **error)
{
  return read_channels (db, live, 0, error);
}

/** lia_workspace_channel_config: (transfer full): its config as the engine keeps it, or %LIA_STORE_ERROR_NOT_FOUND. */
JsonObject *
lia_workspace_channel_config (LiaDb   *db,
                              gint64   channel_id,
                              GError **error)
{
  g_autofree char *text = lia_db_get_text (db, error, "SELECT config FROM channel WHERE id = $1", "i", channel_id);

  return text != NULL ? lia_json_parse (text, -1, LIA_JSON_MAX_BYTES, error) : NULL;
}

static gboolean
add_view (GPtrArray  *list,
          LiaDb      *db,
          gint64      agent_id,
          const char *id,
          const char *kind,
          const char *name,
          GError    **error)
{
  g_autoptr (LiaView) view = lia_view_new ();

  view->id = g_strdup (id);
  view->kind = g_strdup (kind);
  view->name = g_strdup (name);
  if (!lia_query_view_counts (db, agent_id, id, &view->total, &view->unread, error))
    return FALSE;

  g_ptr_array_add (list, take_text (lia_wire_encode_view (view)));
  return TRUE;
}

/** lia_workspace_views: in the order of the side bar, with their counts for this agent. */
GPtrArray *
lia_workspace_views (LiaDb   *db,
                     gint64   agent_id,
                     GError **error)
{
  static const char *const before[][2] = { { "mine", "My work" }, { "waiting", "Waiting" } };
  static const char *const after[][2] = { { "callbacks", "Callbacks" }, { "followups", "Follow-ups" }, { "closed", "Closed" }, { "all", "All" } };
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) queues = lia_workspace_queue_values (db, 0, error);

  if (queues == NULL)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    if (!add_view (list, db, agent_id, before[i][0], before[i][0], before[i][1], error))
      return NULL;
  for (guint i = 0; i < queues->len; i++)
    {
      LiaQueue        *queue = g_ptr_array_index (queues, i);
      g_autofree char *id = g_strconcat ("queue:", queue->id, NULL);

      if (!queue->hidden && !add_view (list, db, agent_id, id, "queue", queue->name, error))
        return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    if (!add_view (list, db, agent_id, after[i][0], after[i][0], after[i][1], error))
      return NULL;

  return g_steal_pointer (&list);
}

/** lia_workspace_settings: (transfer full): what is set, on top of what is so by itself. */
JsonObject *
lia_workspace_settings (LiaDb   *db,
                        GError **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT key, value FROM setting ORDER BY key", "");
  g_autoptr (JsonObject) settings = json_object_new ();
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return NULL;

  json_object_set_int_member (settings, "undo_send_s", 10);
  json_object_set_string_member (settings, "signature", "");
  json_object_set_boolean_member (settings, "sample", FALSE);
  json_object_set_int_member (settings, "notice_gap_days", LIA_NOTICE_GAP_DAYS);
  json_object_set_int_member (settings, "chat_offer_s", LIA_CHAT_OFFER_S);
  while (lia_rows_next (rows, &failure))
    {
      /* A value of any kind, and the one reader takes objects. */
      g_autofree char *text = g_strdup_printf ("{\"value\":%s}", lia_rows_text (rows, 1));
      g_autoptr (JsonObject) object = lia_json_parse (text, -1, LIA_JSON_MAX_BYTES, NULL);

      if (object != NULL)
        json_object_set_member (settings, lia_rows_text (rows, 0), json_object_dup_member (object, "value"));
    }
  return finish (&failure, error) ? g_steal_pointer (&settings) : NULL;
}

/** lia_workspace_changed_id: whom a `NAME.changed` event is about: named in its data, or made by it and so of its number. */
gint64
lia_workspace_changed_id (gint64      seq,
                          const char *name,
                          const char *data)
{
  g_autoptr (JsonObject) object = lia_json_parse (data, -1, LIA_JSON_MAX_BYTES, NULL);
  gint64 id = 0;

  if (object != NULL)
    lia_json_int (object, name, LIA_JSON_OPTIONAL, 1, G_MAXINT64, &id, NULL);
  return id != 0 ? id : seq;
}

static char *
wrap (const char *name,
      const char *raw)
{
  GString *text = g_string_new (NULL);

  lia_json_text_begin (text, NULL);
  lia_json_text_add (text, name, raw);
  lia_json_text_end (text);
  return g_string_free_and_steal (text);
}

static char *
wrap_first (const char *name,
            GPtrArray  *list,
            GError    **error)
{
  g_autoptr (GPtrArray) owned = list;

  if (owned == NULL)
    return NULL;
  if (owned->len > 0)
    return wrap (name, g_ptr_array_index (owned, 0));

  g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND, "There is no such %s.", name);
  return NULL;
}

static char *
agent_event (LiaDb   *db,
             gint64   agent_id,
             GError **error)
{
  g_autoptr (LiaAgent) agent = lia_workspace_agent (db, agent_id, error);
  g_autofree char *text = agent != NULL ? take_text (lia_wire_encode_agent (agent)) : NULL;

  return text != NULL ? wrap ("agent", text) : NULL;
}

static char *
queue_event (LiaDb   *db,
             gint64   queue_id,
             GError **error)
{
  g_autoptr (GPtrArray) queues = lia_workspace_queue_values (db, queue_id, error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  if (queues == NULL)
    return NULL;
  for (guint i = 0; i < queues->len; i++)
    g_ptr_array_add (list, take_text (lia_wire_encode_queue (g_ptr_array_index (queues, i))));
  return wrap_first ("queue", g_steal_pointer (&list), error);
}

static char *
settings_event (LiaDb   *db,
                GError **error)
{
  g_autoptr (JsonObject) settings = lia_workspace_settings (db, error);
  g_autofree char *text = settings != NULL ? lia_json_to_text (settings) : NULL;

  return text != NULL ? wrap ("settings", text) : NULL;
}

/* No more than which one: not every agent may read a response, and a finding's counts change with what is said, without an event of its own. */
static char *
naming_event (const char *name,
              const char *prefix,
              gint64      number)
{
  g_autofree char *id = lia_id_format (prefix, number);
  g_autofree char *raw = g_strdup_printf ("\"%s\"", id);

  return wrap (name, raw);
}

/* Which one, and how many are to be told now. */
static char *
notice_event (LiaDb   *db,
              gint64   number,
              GError **error)
{
  g_autofree char *id = lia_id_format ("n", number);
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 due;

  if (!lia_query_notices_due (db, lia_time_now (), &due, error))
    return NULL;
  lia_json_text_begin (text, NULL);
  lia_json_text_add_str (text, "notice", id);
  lia_json_text_add_int (text, "due", due);
  lia_json_text_end (text);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/**
 * lia_workspace_event:
 *
 * The `d` of an event about the workspace, as it is now.
 *
 * Returns: (transfer full) (nullable): JSON text; %LIA_STORE_ERROR_NOT_FOUND when the thing is gone
 */
char *
lia_workspace_event (LiaDb      *db,
                     GHashTable *live,
                     gint64      seq,
                     const char *kind,
                     const char *data,
                     GError    **error)
{
  if (g_str_equal (kind, "agent.changed"))
    return agent_event (db, lia_workspace_changed_id (seq, "agent", data), error);
  if (g_str_equal (kind, "queue.changed"))
    return queue_event (db, lia_workspace_changed_id (seq, "queue", data), error);
  if (g_str_equal (kind, "channel.changed"))
    return wrap_first ("channel", read_channels (db, live, lia_workspace_changed_id (seq, "channel", data), error), error);
  if (g_str_equal (kind, "settings.changed"))
    return settings_event (db, error);
  if (g_str_has_prefix (kind, "response."))
    return naming_event ("response", "r", lia_workspace_changed_id (seq, "response", data));
  if (g_str_has_prefix (kind, "finding."))
    return naming_event ("finding", "f", lia_workspace_changed_id (seq, "finding", data));
  if (g_str_has_prefix (kind, "push."))
    return naming_event ("push", "p", lia_workspace_changed_id (seq, "push", data));
  if (g_str_has_prefix (kind, "issue."))
    return naming_event ("issue", "i", lia_workspace_changed_id (seq, "issue", data));
  if (g_str_has_prefix (kind, "notice."))
    return notice_event (db, lia_workspace_changed_id (seq, "notice", data), error);
  if (g_str_equal (kind, "tracker.changed"))
    return wrap_first ("tracker", lia_workspace_trackers (db, live, lia_workspace_changed_id (seq, "tracker", data), error), error);
  if (g_str_equal (kind, "tracker.removed"))
    return naming_event ("tracker", "t", lia_workspace_changed_id (seq, "tracker", data));
  if (g_str_equal (kind, "channel.removed"))
    return naming_event ("channel", "h", lia_workspace_changed_id (seq, "channel", data));

  g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND, "An event of the unknown kind %s.", kind);
  return NULL;
}

/**
 * lia_workspace_read_channel_ids:
 * @kind: "mail" or "phone"
 * @result: (out) (transfer full): a #GArray of #gint64, the oldest first
 *
 * A #LiaStoreFunc: the channels that a hub of that kind has to run.
 */
gboolean
lia_workspace_read_channel_ids (LiaDb    *db,
                                gpointer  kind,
                                gpointer *result,
                                GError  **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) cause = NULL;
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT id FROM channel WHERE kind = $1 ORDER BY id", "t", (const char *)kind);

  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &cause))
    {
      gint64 id = lia_rows_int (rows, 0);
      g_array_append_val (ids, id);
    }
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  *result = g_steal_pointer (&ids);

  return TRUE;
}
