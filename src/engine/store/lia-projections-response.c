/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Canned responses, their versions and their use. */

#include "lia-canned.h"
#include "lia-json.h"
#include "lia-projections-learning.h"

#define MILLIONTHS 1e6

static char *
dup_shortcut (JsonObject *response)
{
  const char *shortcut = NULL;

  lia_json_str (response, "shortcut", LIA_JSON_OPTIONAL, G_MAXSIZE, &shortcut, NULL);

  return g_utf8_casefold (shortcut != NULL ? shortcut : "", -1);
}

/** lia_project_response_changed: {response?:N, data:{…}}: the whole of it, as API.md gives it, without id, ver, owner and uses */
gboolean
lia_project_response_changed (LiaProjection *self,
                              GError       **error)
{
  g_autofree char *shortcut = NULL;
  g_autofree char *text = NULL;
  JsonObject      *response;
  const char      *scope;
  const char      *state;
  gint64           id;

  if (!lia_json_int (self->data, "response", LIA_JSON_OPTIONAL, 1, G_MAXINT64, &id, error) ||
      !lia_json_obj (self->data, "data", LIA_JSON_REQUIRED, &response, error) ||
      !lia_json_str (response, "scope", LIA_JSON_REQUIRED, 16, &scope, error) || !lia_json_str (response, "state", LIA_JSON_REQUIRED, 16, &state, error))
    return FALSE;

  id = id != 0 ? id : self->seq;
  shortcut = dup_shortcut (response);
  text = lia_json_to_text (response);

  return lia_db_exec (self->db, error,
                      "INSERT INTO response (id, ver, seq, scope, owner_id, state, shortcut, data) VALUES ($1, 1, $2, $3, $4, $5, $6, $7) "
                      "ON CONFLICT (id) DO UPDATE SET ver = ver + 1, seq = $2, scope = $3, state = $5, shortcut = $6, data = $7",
                      "iitittt", id, self->seq, scope, self->actor_id, state, shortcut, text) &&
         lia_db_exec (self->db, error, "INSERT INTO response_version (response_id, ver, seq) SELECT id, ver, seq FROM response WHERE id = $1", "i", id) &&
         lia_project_response_kept (self, id, state, error);
}

/** lia_project_response_published: {response:N, sites:[N…]}: who keeps an index is told by its `seq` */
gboolean
lia_project_response_published (LiaProjection *self,
                                GError       **error)
{
  JsonArray *sites;
  gint64     id;

  if (!lia_json_int (self->data, "response", LIA_JSON_REQUIRED, 1, G_MAXINT64, &id, error) ||
      !lia_json_arr (self->data, "sites", LIA_JSON_REQUIRED, G_MAXUINT, &sites, error) ||
      !lia_db_exec (self->db, error, "UPDATE response SET seq = $2 WHERE id = $1", "ii", id, self->seq) ||
      !lia_db_exec (self->db, error, "DELETE FROM response_site WHERE response_id = $1", "i", id))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (sites); i++)
    {
      gint64 site;

      if (!lia_json_arr_int (sites, i, 1, G_MAXINT64, &site, error) ||
          !lia_db_exec (self->db, error, "INSERT INTO response_site (response_id, channel_id) VALUES ($1, $2)", "ii", id, site))
        return FALSE;
    }

  return TRUE;
}

/** lia_project_response_removed: {response:N} */
gboolean
lia_project_response_removed (LiaProjection *self,
                              GError       **error)
{
  gint64 id;

  return lia_json_int (self->data, "response", LIA_JSON_REQUIRED, 1, G_MAXINT64, &id, error) &&
         lia_db_exec (self->db, error, "UPDATE response SET ver = ver + 1, seq = $2, state = 'removed', shortcut = '', data = '' WHERE id = $1", "ii", id,
                      self->seq) &&
         lia_db_exec (self->db, error, "DELETE FROM response_use WHERE response_id = $1", "i", id) &&
         lia_db_exec (self->db, error, "DELETE FROM response_site WHERE response_id = $1", "i", id) &&
         lia_project_response_kept (self, id, "removed", error);
}

static gboolean
count_use (LiaProjection *self,
           gint64         id,
           gint64         agent_id,
           gboolean       edited,
           GError       **error)
{
  gint64       decayed;
  LiaCannedUse use = { 0 };

  if (!lia_db_get_int (self->db, &decayed, error, "SELECT coalesce (max (decayed), 0) FROM response_use WHERE response_id = $1 AND agent_id = $2", "ii", id,
                       agent_id) ||
      !lia_db_get_int (self->db, &use.last_ms, error, "SELECT coalesce (max (last_at), 0) FROM response_use WHERE response_id = $1 AND agent_id = $2", "ii",
                       id, agent_id))
    return FALSE;

  use.count = (double)decayed / MILLIONTHS;
  use = lia_canned_use_after (&use, self->at_ms);

  return lia_db_exec (self->db, error,
                      "INSERT INTO response_use (response_id, agent_id, decayed, last_at, sent, edited) VALUES ($1, $2, $3, $4, 1, $5) "
                      "ON CONFLICT (response_id, agent_id) DO UPDATE SET decayed = $3, last_at = $4, sent = sent + 1, edited = edited + $5",
                      "iiiii", id, agent_id, (gint64)(use.count * MILLIONTHS + 0.5), use.last_ms, (gint64)edited);
}

/** lia_project_response_used: {response:N, agent:N, entry:N, edited:BOOL, …}: it was sent in that entry */
gboolean
lia_project_response_used (LiaProjection *self,
                           GError       **error)
{
  gint64   id;
  gint64   agent_id;
  gboolean edited;

  return lia_json_int (self->data, "response", LIA_JSON_REQUIRED, 1, G_MAXINT64, &id, error) &&
         lia_json_int (self->data, "agent", LIA_JSON_REQUIRED, 1, G_MAXINT64, &agent_id, error) &&
         lia_json_bool (self->data, "edited", LIA_JSON_OPTIONAL, &edited, error) &&
         lia_db_exec (self->db, error, "UPDATE response SET seq = $2 WHERE id = $1 AND state <> 'removed'", "ii", id, self->seq) &&
         (lia_db_changes (self->db) == 0 || (count_use (self, id, agent_id, edited, error) && count_use (self, id, 0, edited, error) &&
                                             lia_project_response_sent (self, id, agent_id, edited, error)));
}
