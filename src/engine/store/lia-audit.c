/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-audit.h"

#include "lia-id.h"
#include "lia-projections.h"
#include "lia-queries-private.h"
#include "lia-time.h"

/** lia_project_audit_noted: {what, d}; of `d` only `agent` is looked at. */
gboolean
lia_project_audit_noted (LiaProjection *self,
                         GError       **error)
{
  const char      *what;
  const char      *agent;
  JsonObject      *d;
  gint64           agent_id = 0;
  g_autofree char *text = NULL;

  if (!lia_json_str (self->data, "what", LIA_JSON_REQUIRED, 64, &what, error) || !lia_json_obj (self->data, "d", LIA_JSON_REQUIRED, &d, error) ||
      !lia_json_str (d, "agent", LIA_JSON_OPTIONAL, 32, &agent, error))
    return FALSE;
  if (agent != NULL)
    lia_id_parse (agent, "a", &agent_id);
  text = lia_json_to_text (d);

  return lia_db_exec (self->db, error, "INSERT INTO audit (seq, at, actor_id, what, agent_id, d) VALUES ($1, $2, $3, $4, $5, $6)", "iiitit", self->seq, self->at_ms,
                      self->actor_id, what, agent_id, text);
}

/* Whose call it was: what is kept of the command is the call's name on its telephone system. NULL where the call was never in the store. */
static gboolean
add_customer (JsonObject *row,
              JsonObject *d,
              LiaDb      *db,
              GError    **error)
{
  const char *call = NULL;
  g_autoptr (JsonObject) customer = NULL;
  g_autoptr (LiaRows) rows = NULL;
  g_autoptr (GError) failure = NULL;

  if (!lia_json_str (d, "call", LIA_JSON_OPTIONAL, 128, &call, error))
    return FALSE;
  rows = lia_db_query (db, error,
                       "SELECT k.id, k.name, k.address FROM channel AS h CROSS JOIN call AS c INDEXED BY call_uniqueid ON c.channel_id = h.id AND c.uniqueid = $1 "
                       "CROSS JOIN conversation AS v ON v.id = c.conversation_id CROSS JOIN customer AS k ON k.id = v.customer_id LIMIT 1",
                       "t", call);
  if (rows == NULL)
    return FALSE;
  if (lia_rows_next (rows, &failure))
    {
      g_autofree char *id = lia_id_format ("k", lia_rows_int (rows, 0));

      customer = json_object_new ();
      json_object_set_string_member (customer, "id", id);
      json_object_set_string_member (customer, "name", lia_rows_text (rows, 1));
      json_object_set_string_member (customer, "address", lia_rows_text (rows, 2));
      json_object_set_object_member (row, "customer", g_steal_pointer (&customer));
    }
  else
    {
      json_object_set_null_member (row, "customer");
    }

  return lia_query_finish (&failure, error);
}

static JsonObject *
read_row (LiaDb   *db,
          LiaRows *rows,
          GError **error)
{
  g_autoptr (JsonObject) d = lia_json_parse (lia_rows_text (rows, 5), -1, LIA_JSON_MAX_BYTES, error);
  g_autoptr (JsonObject) row = json_object_new ();
  g_autofree char *actor = lia_id_format ("a", lia_rows_int (rows, 2));
  g_autofree char *agent = lia_rows_int (rows, 4) != 0 ? lia_id_format ("a", lia_rows_int (rows, 4)) : NULL;

  if (d == NULL || !add_customer (row, d, db, error))
    return NULL;
  lia_json_set_time (row, "at", lia_rows_int (rows, 1));
  json_object_set_string_member (row, "actor", actor);
  json_object_set_string_member (row, "what", lia_rows_text (rows, 3));
  lia_json_set_str (row, "agent", agent);
  json_object_set_object_member (row, "d", g_steal_pointer (&d));

  return g_steal_pointer (&row);
}

JsonObject *
lia_query_audit (LiaDb      *db,
                 gint64      agent_id,
                 const char *before,
                 guint       limit,
                 GError    **error)
{
  g_autoptr (JsonObject) page = json_object_new ();
  JsonArray       *list = json_array_new ();
  LiaCursor        cursor = { G_MAXINT64, G_MAXINT64 };
  g_autofree char *next = NULL;
  gint64           last = 0;
  g_autoptr (LiaRows) rows = NULL;
  g_autoptr (GError) failure = NULL;

  json_object_set_array_member (page, "rows", list);
  if (!lia_cursor_parse (before, &cursor, error))
    return NULL;
  rows = lia_db_query (db, error, "SELECT seq, at, actor_id, what, agent_id, d FROM audit WHERE seq < $1 AND ($3 = 0 OR $3 IN (actor_id, agent_id)) ORDER BY seq DESC LIMIT $2", "iii",
                       cursor.second, (gint64)limit + 1, agent_id);
  if (rows == NULL)
    return NULL;
  while (next == NULL && lia_rows_next (rows, &failure))
    {
      JsonObject *row;

      if (json_array_get_length (list) == limit)
        {
          next = lia_cursor_format (0, last);
          break;
        }
      row = read_row (db, rows, error);
      if (row == NULL)
        return NULL;
      json_array_add_object_element (list, row);
      last = lia_rows_int (rows, 0);
    }
  lia_json_set_str (page, "next", next);

  return lia_query_finish (&failure, error) ? g_steal_pointer (&page) : NULL;
}
