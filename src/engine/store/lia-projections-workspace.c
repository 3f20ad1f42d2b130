/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Agents, queues, channels and settings. An event names the thing by its number, or makes a new one of the event's number; fields that it does
 * not name stay as they are.
 */

#include "lia-json.h"
#include "lia-projections.h"

#define MAX_NAME 1024
#define DEFAULT_TARGET_MS (G_GINT64_CONSTANT (8) * 3600 * 1000)

static gboolean
id_of (LiaProjection *self,
       const char    *name,
       gint64        *id,
       GError       **error)
{
  if (!lia_json_int (self->data, name, LIA_JSON_OPTIONAL, 1, G_MAXINT64, id, error))
    return FALSE;

  if (*id == 0)
    *id = self->seq;

  return TRUE;
}

/* One stretch ends, the next one begins; the same once more is no news. */
static gboolean
note_availability (LiaProjection *self,
                   gint64         agent_id,
                   const char    *availability,
                   const char    *reason,
                   GError       **error)
{
  gint64 same = 0;

  if (!lia_db_get_int (self->db, &same, error,
                       "SELECT count (*) FROM agent_state WHERE agent_id = $1 AND to_at IS NULL AND availability = $2 AND reason = $3", "itt",
                       agent_id, availability, reason))
    return FALSE;
  if (same > 0)
    return TRUE;

  return lia_db_exec (self->db, error, "UPDATE agent_state SET to_at = $2 WHERE agent_id = $1 AND to_at IS NULL", "ii", agent_id, self->at_ms) &&
         lia_db_exec (self->db, error, "INSERT INTO agent_state (agent_id, from_at, seq, to_at, availability, reason) VALUES ($1, $2, $3, NULL, $4, $5)",
                      "iiitt", agent_id, self->at_ms, self->seq, availability, reason) &&
         lia_db_exec (self->db, error, "UPDATE agent SET reason = $2, since = $3 WHERE id = $1", "iti", agent_id, reason, self->at_ms);
}

/* What is said of a wrap-up goes with it. */
static gboolean
note_wrapup (LiaProjection *self,
             gint64         agent_id,
             gboolean       is_new,
             GError       **error)
{
  gint64      until_ms;
  const char *after;
  const char *reason;

  if (!lia_json_int (self->data, "until", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &until_ms, error) ||
      !lia_json_str (self->data, "after", LIA_JSON_OPTIONAL, MAX_NAME, &after, error) ||
      !lia_json_str (self->data, "after_reason", LIA_JSON_OPTIONAL, MAX_NAME, &reason, error))
    return FALSE;
  if (is_new && !lia_db_exec (self->db, error, "UPDATE agent SET until = $2 WHERE id = $1", "ii", agent_id, until_ms))
    return FALSE;
  if (!is_new && after == NULL)
    return TRUE;

  return lia_db_exec (self->db, error, "UPDATE agent SET after = coalesce ($2, 'available'), after_reason = coalesce ($3, '') WHERE id = $1", "itt",
                      agent_id, after, reason);
}

/* Absent, it stays; 0 is a number of chats, too. */
static gboolean
set_chats (LiaProjection *self,
           gint64         agent_id,
           GError       **error)
{
  gint64 chats;

  return !json_object_has_member (self->data, "chats") ||
         (lia_json_int (self->data, "chats", LIA_JSON_REQUIRED, 0, G_MAXINT64, &chats, error) &&
          lia_db_exec (self->db, error, "UPDATE agent SET chats = $2 WHERE id = $1", "ii", agent_id, chats));
}

/** lia_project_agent_changed: {agent?, name?, address?, role?, availability?, reason?, until?, after?, after_reason?, phone?, extension?, member?, chats?} */
gboolean
lia_project_agent_changed (LiaProjection *self,
                           GError       **error)
{
  gint64      id;
  const char *name;
  const char *address;
  const char *role;
  const char *availability;
  const char *reason;
  const char *phone;
  const char *extension;
  const char *member;

  if (!id_of (self, "agent", &id, error) ||
      !lia_json_str (self->data, "name", LIA_JSON_OPTIONAL, MAX_NAME, &name, error) ||
      !lia_json_str (self->data, "address", LIA_JSON_OPTIONAL, MAX_NAME, &address, error) ||
      !lia_json_str (self->data, "role", LIA_JSON_OPTIONAL, MAX_NAME, &role, error) ||
      !lia_json_str (self->data, "availability", LIA_JSON_OPTIONAL, MAX_NAME, &availability, error) ||
      !lia_json_str (self->data, "reason", LIA_JSON_OPTIONAL, MAX_NAME, &reason, error) ||
      !lia_json_str (self->data, "phone", LIA_JSON_OPTIONAL, MAX_NAME, &phone, error) ||
      !lia_json_str (self->data, "extension", LIA_JSON_OPTIONAL, MAX_NAME, &extension, error) ||
      !lia_json_str (self->data, "member", LIA_JSON_OPTIONAL, MAX_NAME, &member, error))
    return FALSE;

  return lia_db_exec (self->db, error,
                      "INSERT INTO agent (id, ver, name, address, role, availability, phone, extension, member) "
                      "VALUES ($1, 1, coalesce ($2, ''), coalesce ($3, ''), coalesce ($4, 'agent'), coalesce ($5, 'available'), coalesce ($6, ''), "
                      "coalesce ($7, ''), coalesce ($8, '')) "
                      "ON CONFLICT (id) DO UPDATE SET ver = ver + 1, name = coalesce ($2, name), address = coalesce ($3, address), "
                      "role = coalesce ($4, role), availability = coalesce ($5, availability), phone = coalesce ($6, phone), "
                      "extension = coalesce ($7, extension), member = coalesce ($8, member)",
                      "itttttttt", id, name, address, role, availability, phone, extension, member) &&
         (availability == NULL || note_availability (self, id, availability, reason != NULL ? reason : "", error)) &&
         note_wrapup (self, id, availability != NULL, error) && set_chats (self, id, error);
}

/* The part of the phone: an absent member leaves its column as it is, which coalesce() does for NULL only. */
static gboolean
set_queue_number (LiaProjection *self,
                  gint64         id,
                  const char    *member,
                  const char    *sql,
                  GError       **error)
{
  gint64 value;

  return !json_object_has_member (self->data, member) ||
         (lia_json_int (self->data, member, LIA_JSON_REQUIRED, 0, G_MAXINT64, &value, error) &&
          lia_db_exec (self->db, error, sql, "ii", id, value));
}

static gboolean
set_queue_phone (LiaProjection *self,
                 gint64         id,
                 GError       **error)
{
  const char *phone_name;
  const char *service_level;

  return lia_json_str (self->data, "phone_name", LIA_JSON_OPTIONAL, MAX_NAME, &phone_name, error) &&
         lia_json_str (self->data, "service_level", LIA_JSON_OPTIONAL, MAX_NAME, &service_level, error) &&
         lia_db_exec (self->db, error,
                      "UPDATE queue SET phone_name = coalesce ($2, phone_name), service_level = coalesce ($3, service_level) WHERE id = $1", "itt", id,
                      phone_name, service_level) &&
         set_queue_number (self, id, "phone_channel", "UPDATE queue SET phone_channel = $2 WHERE id = $1", error) &&
         set_queue_number (self, id, "service_target_ms", "UPDATE queue SET service_target_ms = $2 WHERE id = $1", error) &&
         set_queue_number (self, id, "short_ms", "UPDATE queue SET short_ms = $2 WHERE id = $1", error) &&
         set_queue_number (self, id, "wrapup_ms", "UPDATE queue SET wrapup_ms = $2 WHERE id = $1", error) &&
         set_queue_number (self, id, "callback_target_ms", "UPDATE queue SET callback_target_ms = $2 WHERE id = $1", error);
}

/* Absent, they stay; null takes them away. */
static gboolean
set_queue_hours (LiaProjection *self,
                 gint64         id,
                 GError       **error)
{
  JsonObject      *hours;
  g_autofree char *text = NULL;

  if (!json_object_has_member (self->data, "hours"))
    return TRUE;
  if (!lia_json_obj (self->data, "hours", LIA_JSON_OPTIONAL, &hours, error))
    return FALSE;

  text = hours != NULL ? lia_json_to_text (hours) : g_strdup ("");

  return lia_db_exec (self->db, error, "UPDATE queue SET hours = $2 WHERE id = $1", "it", id, text);
}

/**
 * lia_project_queue_changed: {queue?, name?, first_target_ms?, next_target_ms?, phone_channel?, phone_name?, service_target_ms?, short_ms?,
 * service_level?, wrapup_ms?, callback_target_ms?, hours?}; the first two targets stay when they are 0
 */
gboolean
lia_project_queue_changed (LiaProjection *self,
                           GError       **error)
{
  gint64      id;
  const char *name;
  gint64      first_target_ms;
  gint64      next_target_ms;

  if (!id_of (self, "queue", &id, error) ||
      !lia_json_str (self->data, "name", LIA_JSON_OPTIONAL, MAX_NAME, &name, error) ||
      !lia_json_int (self->data, "first_target_ms", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &first_target_ms, error) ||
      !lia_json_int (self->data, "next_target_ms", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &next_target_ms, error))
    return FALSE;

  return lia_db_exec (self->db, error,
                      "INSERT INTO queue (id, ver, name, first_target_ms, next_target_ms) "
                      "VALUES ($1, 1, coalesce ($2, ''), coalesce (nullif ($3, 0), $5), coalesce (nullif ($4, 0), $5)) "
                      "ON CONFLICT (id) DO UPDATE SET ver = ver + 1, name = coalesce ($2, name), "
                      "first_target_ms = coalesce (nullif ($3, 0), first_target_ms), next_target_ms = coalesce (nullif ($4, 0), next_target_ms)",
                      "itiii", id, name, first_target_ms, next_target_ms, DEFAULT_TARGET_MS) &&
         set_queue_phone (self, id, error) && set_queue_hours (self, id, error);
}

/** lia_project_channel_changed: {channel?, kind?, name?, queue?, config?} */
gboolean
lia_project_channel_changed (LiaProjection *self,
                             GError       **error)
{
  gint64           id;
  const char      *kind;
  const char      *name;
  gint64           queue_id;
  JsonObject      *config;
  g_autofree char *config_text = NULL;

  if (!id_of (self, "channel", &id, error) ||
      !lia_json_str (self->data, "kind", LIA_JSON_OPTIONAL, MAX_NAME, &kind, error) ||
      !lia_json_str (self->data, "name", LIA_JSON_OPTIONAL, MAX_NAME, &name, error) ||
      !lia_json_int (self->data, "queue", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &queue_id, error) ||
      !lia_json_obj (self->data, "config", LIA_JSON_OPTIONAL, &config, error))
    return FALSE;

  if (config != NULL)
    config_text = lia_json_to_text (config);

  return lia_db_exec (self->db, error,
                      "INSERT INTO channel (id, ver, kind, name, queue_id, config) "
                      "VALUES ($1, 1, coalesce ($2, 'mail'), coalesce ($3, ''), coalesce (nullif ($4, 0), 1), coalesce ($5, '{}')) "
                      "ON CONFLICT (id) DO UPDATE SET ver = ver + 1, kind = coalesce ($2, kind), name = coalesce ($3, name), "
                      "queue_id = coalesce (nullif ($4, 0), queue_id), config = coalesce ($5, config)",
                      "ittit", id, kind, name, queue_id, config_text);
}

/** lia_project_channel_removed: {channel}; its conversations stay */
gboolean
lia_project_channel_removed (LiaProjection *self,
                             GError       **error)
{
  gint64 id;

  if (!lia_json_int (self->data, "channel", LIA_JSON_REQUIRED, 1, G_MAXINT64, &id, error) ||
      !lia_db_exec (self->db, error, "DELETE FROM channel WHERE id = $1", "i", id))
    return FALSE;

  if (lia_db_changes (self->db) > 0)
    return TRUE;

  g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND, "There is no such channel");

  return FALSE;
}

/** lia_project_settings_changed: each member is a setting, null takes it away */
gboolean
lia_project_settings_changed (LiaProjection *self,
                              GError       **error)
{
  JsonObjectIter iter;
  const char    *key;
  JsonNode      *value;

  json_object_iter_init_ordered (&iter, self->data);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    {
      g_autofree char *text = json_to_string (value, FALSE);
      gboolean         ok;

      if (JSON_NODE_HOLDS_NULL (value))
        ok = lia_db_exec (self->db, error, "DELETE FROM setting WHERE key = $1", "t", key);
      else
        ok = lia_db_exec (self->db, error,
                          "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = $2", "tt", key, text);
      if (!ok)
        return FALSE;
    }

  return TRUE;
}
