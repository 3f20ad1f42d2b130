/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is to be learnt from the use of canned responses: where they are edited, whether the customer had to write again, which rest. */

#include "lia-projections-learning.h"

#include "lia-json.h"

/* As long as a contact on the same subject counts against the first answer (FCR). */
#define AGAIN_MS "604800000"
#define MAX_EDITS 1000

/* Whether the response $1 is in use and has a text with the sentence @before in it */
#define SAYS(before)                                                                                                                     \
  "EXISTS (SELECT 1 FROM response AS r, json_each (r.data, '$.variants') AS v WHERE r.id = $1 AND r.state IN ('draft', 'reviewed') AND " \
  "instr (replace (json_extract (v.value, '$.body'), char (13), ''), " before ") > 0)"

/** lia_project_response_kept: it was made or changed, and is @state now. */
gboolean
lia_project_response_kept (LiaProjection *self,
                           gint64         response_id,
                           const char    *state,
                           GError       **error)
{
  gint64 live = g_str_equal (state, "draft") || g_str_equal (state, "reviewed");

  return lia_db_exec (self->db, error, "INSERT INTO response_rest VALUES ($1, $2, $3) ON CONFLICT (response_id) DO UPDATE SET live = $3", "iii", response_id,
                      self->at_ms, live) &&
         lia_db_exec (self->db, error, "UPDATE response_place SET live = " SAYS ("before") " WHERE response_id = $1", "i", response_id);
}

static gboolean
add_edit (LiaProjection *self,
          JsonObject    *edit,
          gint64         response_id,
          gint64         entry_seq,
          const char    *variant,
          guint          n,
          GError       **error)
{
  const char *before, *after;

  return lia_json_str (edit, "before", LIA_JSON_REQUIRED, G_MAXSIZE, &before, error) &&
         lia_json_str (edit, "after", LIA_JSON_REQUIRED, G_MAXSIZE, &after, error) &&
         lia_db_exec (self->db, error, "INSERT INTO response_edit VALUES ($1, $2, $3, $4, $5)", "iiitt", response_id, entry_seq, (gint64)n, before, after) &&
         lia_db_exec (self->db, error,
                      "INSERT INTO response_place (response_id, before, edited, last_at, variant) VALUES ($1, $2, 1, $3, $4) "
                      "ON CONFLICT (response_id, before) DO UPDATE SET edited = edited + 1, last_at = $3, variant = $4",
                      "itit", response_id, before, self->at_ms, variant) &&
         lia_db_exec (self->db, error, "UPDATE response_place SET live = " SAYS ("$2") " WHERE response_id = $1 AND before = $2 AND edited = 1", "it",
                      response_id, before);
}

static gboolean
add_edits (LiaProjection *self,
           gint64         response_id,
           gint64         entry_seq,
           const char    *variant,
           GError       **error)
{
  JsonArray *edits;
  guint      n = 0;

  if (!lia_json_arr (self->data, "edits", LIA_JSON_OPTIONAL, MAX_EDITS, &edits, error))
    return FALSE;
  n = edits != NULL ? json_array_get_length (edits) : 0;
  for (guint i = 0; i < n; i++)
    {
      JsonObject *edit;

      if (!lia_json_arr_obj (edits, i, &edit, error) || !add_edit (self, edit, response_id, entry_seq, variant, i, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_distance (JsonObject *data,
               gint64      distance[4],
               GError    **error)
{
  static const char *const names[] = { "words", "of_words", "characters", "of_characters" };
  JsonObject              *object;

  if (!lia_json_obj (data, "distance", LIA_JSON_OPTIONAL, &object, error))
    return FALSE;
  for (guint i = 0; object != NULL && i < G_N_ELEMENTS (names); i++)
    if (!lia_json_int (object, names[i], LIA_JSON_REQUIRED, 0, G_MAXUINT, &distance[i], error))
      return FALSE;

  return TRUE;
}

/* Once an entry, however often its message leaves */
static gboolean
keep_sent (LiaProjection *self,
           gint64         response_id,
           gint64         entry_seq,
           gint64         agent_id,
           gboolean       edited,
           GError       **error)
{
  gint64      ver, conversation_id;
  gint64      distance[4] = { 0 };
  const char *variant = NULL;

  if (!lia_json_int (self->data, "ver", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &ver, error) ||
      !lia_json_str (self->data, "variant", LIA_JSON_OPTIONAL, G_MAXSIZE, &variant, error) || !read_distance (self->data, distance, error) ||
      !lia_db_get_int (self->db, &conversation_id, error, "SELECT coalesce (max (conversation_id), 0) FROM entry WHERE seq = $1", "i", entry_seq))
    return FALSE;

  variant = variant != NULL ? variant : "";
  if (!lia_db_exec (self->db, error, "INSERT INTO response_sent VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, NULL) ON CONFLICT DO NOTHING",
                    "iiitiiiiiiii", response_id, entry_seq, ver, variant, agent_id, conversation_id, self->at_ms, (gint64)edited, distance[0], distance[1],
                    distance[2], distance[3]))
    return FALSE;
  if (lia_db_changes (self->db) == 0)
    return TRUE;

  return lia_db_exec (self->db, error, "UPDATE response_use SET words = words + $3, of_words = of_words + $4 WHERE response_id = $1 AND agent_id IN (0, $2)",
                      "iiii", response_id, agent_id, distance[0], distance[1]) &&
         add_edits (self, response_id, entry_seq, variant, error);
}

/**
 * lia_project_response_sent: of `response.used`, which is counted in `response_use` before. One that was told of before is not kept twice; of the
 * sample workspace's, which stand in no entry, only that they were.
 */
gboolean
lia_project_response_sent (LiaProjection *self,
                           gint64         response_id,
                           gint64         agent_id,
                           gboolean       edited,
                           GError       **error)
{
  gint64 entry_seq;

  return lia_json_int (self->data, "entry", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &entry_seq, error) &&
         (entry_seq == 0 || keep_sent (self, response_id, entry_seq, agent_id, edited, error)) &&
         lia_db_exec (self->db, error, "UPDATE response_rest SET since = max (since, $2) WHERE response_id = $1", "ii", response_id, self->at_ms);
}

/* Those of the entry $1 whose customer had not written again by $2, within the time in which that counts */
#define NOT_AGAIN "entry_seq = $1 AND reopened_at IS NULL AND at > $2 - " AGAIN_MS

/** lia_project_written_again: a customer's message of @at_ms, that wants an answer: the answer before it was not the last word. */
gboolean
lia_project_written_again (LiaProjection *self,
                           gint64         at_ms,
                           GError       **error)
{
  gint64 answer;

  return lia_db_get_int (self->db, &answer, error,
                         "SELECT coalesce ((SELECT seq FROM entry WHERE conversation_id = $1 AND answers = 1 AND at <= $2 ORDER BY at DESC, seq DESC LIMIT 1), 0)",
                         "ii", self->conversation_id, at_ms) &&
         lia_db_exec (self->db, error,
                      "UPDATE response_use SET reopened = reopened + 1 FROM (SELECT response_id AS id, agent_id AS agent FROM response_sent WHERE " NOT_AGAIN ") AS s "
                      "WHERE response_use.response_id = s.id AND response_use.agent_id IN (0, s.agent)",
                      "ii", answer, at_ms) &&
         lia_db_exec (self->db, error, "UPDATE response_sent SET reopened_at = $2 WHERE " NOT_AGAIN, "ii", answer, at_ms);
}

/** lia_project_suggestion_dismissed: {key, agent:N, dismissed:BOOL}; agent 0 is everybody */
gboolean
lia_project_suggestion_dismissed (LiaProjection *self,
                                  GError       **error)
{
  const char *key;
  gint64      agent_id;
  gboolean    dismissed;

  if (!lia_json_str (self->data, "key", LIA_JSON_REQUIRED, G_MAXSIZE, &key, error) ||
      !lia_json_int (self->data, "agent", LIA_JSON_REQUIRED, 0, G_MAXINT64, &agent_id, error) ||
      !lia_json_bool (self->data, "dismissed", LIA_JSON_REQUIRED, &dismissed, error))
    return FALSE;

  return dismissed ? lia_db_exec (self->db, error, "INSERT INTO suggestion_dismissed VALUES ($1, $2) ON CONFLICT DO NOTHING", "ti", key, agent_id)
                   : lia_db_exec (self->db, error, "DELETE FROM suggestion_dismissed WHERE key = $1 AND agent_id = $2", "ti", key, agent_id);
}
