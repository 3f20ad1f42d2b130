/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Issue trackers as they are set up. */

#include "lia-json.h"
#include "lia-projections.h"

/** lia_project_tracker_changed: {tracker?:N, config?}; without a number a new one, without a config it is only its state that is another one */
gboolean
lia_project_tracker_changed (LiaProjection *self,
                             GError       **error)
{
  g_autofree char *text = NULL;
  JsonObject      *config;
  gint64           id;

  if (!lia_json_int (self->data, "tracker", LIA_JSON_OPTIONAL, 1, G_MAXINT64, &id, error) ||
      !lia_json_obj (self->data, "config", LIA_JSON_OPTIONAL, &config, error))
    return FALSE;
  if (config == NULL)
    return TRUE;

  text = lia_json_to_text (config);

  return lia_db_exec (self->db, error,
                      "INSERT INTO tracker (id, ver, config) VALUES ($1, 1, $2) ON CONFLICT (id) DO UPDATE SET ver = ver + 1, config = $2", "it",
                      id != 0 ? id : self->seq, text);
}

/** lia_project_tracker_removed: {tracker:N}; the issues in it stay as they were seen last */
gboolean
lia_project_tracker_removed (LiaProjection *self,
                             GError       **error)
{
  gint64 id;

  return lia_json_int (self->data, "tracker", LIA_JSON_REQUIRED, 1, G_MAXINT64, &id, error) &&
         lia_db_exec (self->db, error, "DELETE FROM tracker WHERE id = $1", "i", id);
}
