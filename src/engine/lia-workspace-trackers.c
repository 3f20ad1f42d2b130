/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-workspace.h"

#include "lia-id.h"
#include "lia-queries-trackers.h"
#include "lia-wire.h"

/**
 * lia_workspace_trackers:
 * @live: (nullable): as of channels: "t_5" -> #LiaChannel, whose state it is
 * @tracker_id: 0 = all
 */
GPtrArray *
lia_workspace_trackers (LiaDb      *db,
                        GHashTable *live,
                        gint64      tracker_id,
                        GError    **error)
{
  g_autoptr (GPtrArray) trackers = lia_query_trackers (db, error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *id = lia_id_format ("t", tracker_id);

  if (trackers == NULL)
    return NULL;
  for (guint i = 0; i < trackers->len; i++)
    {
      LiaTrackerSetup *tracker = trackers->pdata[i];
      LiaChannel      *now = live != NULL ? g_hash_table_lookup (live, tracker->id) : NULL;
      g_autoptr (JsonObject) object = NULL;

      if (tracker_id != 0 && !g_str_equal (tracker->id, id))
        continue;
      if (now != NULL)
        {
          g_set_str (&tracker->state, now->state);
          g_set_str (&tracker->detail, now->detail);
          tracker->last_ok_ms = now->last_ok_ms;
        }
      object = lia_wire_encode_tracker (tracker);
      g_ptr_array_add (list, lia_json_to_text (object));
    }

  return g_steal_pointer (&list);
}
