/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-queries-responses.h"

#include "lia-id.h"
#include "lia-problem.h"
#include "lia-queries-private.h"
#include "lia-wire.h"

/* Of agent $1; $2 is what follows. A team's is for everybody, a private one for its owner. */
#define COLUMNS                                                                                                                   \
  "SELECT r.id, r.ver, r.seq, r.owner_id, r.state <> 'removed' AND (r.scope = 'team' OR r.owner_id = $1), r.data, "               \
  "coalesce (own.decayed, 0), coalesce (own.last_at, 0), coalesce (team.decayed, 0), coalesce (team.last_at, 0) FROM response r " \
  "LEFT JOIN response_use own ON own.response_id = r.id AND own.agent_id = $1 "                                                   \
  "LEFT JOIN response_use team ON team.response_id = r.id AND team.agent_id = 0 "

#define MILLIONTHS 1e6

void
lia_response_row_free (gpointer row)
{
  LiaResponseRow *self = row;

  g_free (self->id);
  g_clear_object (&self->canned);
  g_free (self);
}

static LiaCanned *
decode (const char *text,
        GError    **error)
{
  g_autoptr (JsonObject) object = lia_json_parse (text, -1, G_MAXSIZE, error);

  return object != NULL ? lia_wire_decode_canned (object, error) : NULL;
}

/** lia_response_encode_data: @canned without what the store keeps in columns of its own, or knows better, as a journal event carries it. */
JsonObject *
lia_response_encode_data (LiaCanned *canned)
{
  static const char *const of_the_store[] = { "id", "ver", "owner", "own_use", "team_use" };
  JsonObject              *data = lia_wire_encode_canned (canned);

  for (guint i = 0; i < G_N_ELEMENTS (of_the_store); i++)
    if (json_object_has_member (data, of_the_store[i]))
      json_object_remove_member (data, of_the_store[i]);

  return data;
}

static LiaCannedUse
read_use (LiaRows *rows,
          int      column)
{
  return (LiaCannedUse){ (double)lia_rows_int (rows, column) / MILLIONTHS, lia_rows_int (rows, column + 1) };
}

static LiaCanned *
read_canned (LiaRows *rows,
             GError **error)
{
  g_autoptr (LiaCanned) canned = decode (lia_rows_text (rows, 5), error);

  if (canned == NULL)
    return NULL;

  g_free (canned->id);
  g_free (canned->owner);
  canned->id = lia_id_format ("r", lia_rows_int (rows, 0));
  canned->ver = lia_rows_int (rows, 1);
  canned->owner = lia_id_format ("a", lia_rows_int (rows, 3));
  canned->own_use = read_use (rows, 6);
  canned->team_use = read_use (rows, 8);

  return g_steal_pointer (&canned);
}

static LiaResponseRow *
read_row (LiaRows *rows,
          GError **error)
{
  LiaResponseRow *row = g_new0 (LiaResponseRow, 1);

  row->seq = lia_rows_int (rows, 2);
  row->id = lia_id_format ("r", lia_rows_int (rows, 0));
  if (lia_rows_int (rows, 4) == 0 || (row->canned = read_canned (rows, error)) != NULL)
    return row;
  lia_response_row_free (row);

  return NULL;
}

/**
 * lia_query_responses:
 * @since: changed or used after that event; 0 = all
 *
 * Returns: (element-type LiaResponseRow) (transfer full): in the order of their last change, at most @limit
 */
GPtrArray *
lia_query_responses (LiaDb   *db,
                     gint64   agent_id,
                     gint64   since,
                     guint    limit,
                     GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (lia_response_row_free);
  g_autoptr (LiaRows) rows = lia_db_query (db, error, COLUMNS "WHERE r.seq > $2 ORDER BY r.seq LIMIT $3", "iii", agent_id, since, (gint64)limit);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return NULL;
  while (lia_rows_next (rows, &failure))
    {
      LiaResponseRow *row = read_row (rows, error);

      if (row == NULL)
        return NULL;
      g_ptr_array_add (found, row);
    }

  return lia_query_finish (&failure, error) ? g_steal_pointer (&found) : NULL;
}

/** lia_query_response: %LIA_PROBLEM_NOT_FOUND also when it is somebody else's private one. */
LiaCanned *
lia_query_response (LiaDb   *db,
                    gint64   agent_id,
                    gint64   id,
                    GError **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error, COLUMNS "WHERE r.id = $2", "ii", agent_id, id);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return NULL;
  if (lia_rows_next (rows, &failure) && lia_rows_int (rows, 4) != 0)
    return read_canned (rows, error);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such response.");

  return NULL;
}

/**
 * lia_query_response_with_shortcut:
 * @shortcut: in any letters
 * @except_id: a response that may have it
 *
 * Returns: (transfer full): the title of another one that @agent_id finds by it, "" when there is none; NULL with @error
 */
char *
lia_query_response_with_shortcut (LiaDb      *db,
                                  gint64      agent_id,
                                  const char *shortcut,
                                  gint64      except_id,
                                  GError    **error)
{
  g_autofree char *folded = g_utf8_casefold (shortcut, -1);

  if (*folded == '\0')
    return g_strdup ("");

  return lia_db_get_text (db, error,
                          "SELECT coalesce (max (json_extract (data, '$.title')), '') FROM response "
                          "WHERE shortcut = $1 AND shortcut <> '' AND id <> $2 AND state <> 'retired' AND (scope = 'team' OR owner_id = $3)",
                          "tii", folded, except_id, agent_id);
}

void
lia_response_version_free (gpointer version)
{
  LiaResponseVersion *self = version;

  g_free (self->agent);
  g_clear_object (&self->canned);
  g_free (self);
}

static LiaResponseVersion *
read_version (LiaRows *rows,
              GError **error)
{
  g_autoptr (LiaCanned) canned = decode (lia_rows_text (rows, 3), error);
  LiaResponseVersion *version;

  if (canned == NULL)
    return NULL;

  version = g_new0 (LiaResponseVersion, 1);
  version->ver = lia_rows_int (rows, 0);
  version->at_ms = lia_rows_int (rows, 1);
  version->agent = lia_rows_is_null (rows, 2) ? g_strdup ("") : lia_id_format ("a", lia_rows_int (rows, 2));
  version->canned = g_steal_pointer (&canned);
  version->canned->ver = version->ver;

  return version;
}

/**
 * lia_query_response_versions:
 * @before_ver: only older ones; 0 = all
 *
 * Returns: (element-type LiaResponseVersion) (transfer full): the newest first
 */
GPtrArray *
lia_query_response_versions (LiaDb   *db,
                             gint64   id,
                             gint64   before_ver,
                             guint    limit,
                             GError **error)
{
  g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func (lia_response_version_free);
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT v.ver, j.at, j.actor_id, json_extract (j.data, '$.data') FROM response_version v "
                                           "JOIN journal j ON j.seq = v.seq WHERE v.response_id = $1 AND ($2 = 0 OR v.ver < $2) ORDER BY v.ver DESC LIMIT $3",
                                           "iii", id, before_ver, (gint64)limit);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return NULL;
  while (lia_rows_next (rows, &failure))
    {
      LiaResponseVersion *version = read_version (rows, error);

      if (version == NULL)
        return NULL;
      g_ptr_array_add (versions, version);
    }

  return lia_query_finish (&failure, error) ? g_steal_pointer (&versions) : NULL;
}
