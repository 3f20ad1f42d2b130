/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the use of responses says about the library. Each list is read along an index and stops after so many rows; what is one agent's alone is
 * in nobody else's list.
 */

#include "lia-queries-learning.h"

#include "lia-id.h"
#include "lia-json.h"
#include "lia-problem.h"
#include "lia-queries-private.h"

#include <string.h>

#define DAY_MS (G_GINT64_CONSTANT (24) * 3600 * 1000)
#define UNUSED_MS (90 * DAY_MS)
#define MAX_PLACES "500"
#define LAST_USES "20"
#define MIN_EDITED 3
#define MAX_DISMISSED "2000"

/* Not to be seen by agent $1 again */
#define NOT_DISMISSED(key) "NOT EXISTS (SELECT 1 FROM suggestion_dismissed AS s WHERE s.key = " key " AND s.agent_id IN (0, $1))"
#define FOR_AGENT "(r.scope = 'team' OR r.owner_id = $1)"

#define UNUSED_KEY "'unused:r_' || u.response_id || ':' || u.since"

static void
set_id (JsonObject *object,
        const char *name,
        const char *prefix,
        gint64      id)
{
  g_autofree char *text = lia_id_format (prefix, id);

  json_object_set_string_member (object, name, text);
}

/** lia_query_unused_responses: (transfer full): longest unused first; see API.md */
JsonArray *
lia_query_unused_responses (LiaDb   *db,
                            gint64   agent_id,
                            gint64   now_ms,
                            guint    limit,
                            GError **error)
{
  g_autoptr (JsonArray) list = json_array_new ();
  g_autoptr (GError) failure = NULL;
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT u.response_id, u.since, " UNUSED_KEY " FROM response_rest AS u CROSS JOIN response AS r ON r.id = u.response_id "
                                           "WHERE u.live = 1 AND u.since < $2 AND " FOR_AGENT " AND " NOT_DISMISSED (UNUSED_KEY) " ORDER BY u.since LIMIT $3",
                                           "iii", agent_id, now_ms - UNUSED_MS, (gint64)limit);

  if (rows == NULL)
    return NULL;
  while (lia_rows_next (rows, &failure))
    {
      JsonObject *one = json_object_new ();

      json_object_set_string_member (one, "key", lia_rows_text (rows, 2));
      set_id (one, "response", "r", lia_rows_int (rows, 0));
      lia_json_set_time (one, "since", lia_rows_int (rows, 1));
      json_array_add_object_element (list, one);
    }

  return lia_query_finish (&failure, error) ? g_steal_pointer (&list) : NULL;
}

/* The sentence's number is a hash: a key that says the same after the place was edited again. */
static char *
edited_key (gint64      response_id,
            const char *before)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, before, -1);

  return g_strdup_printf ("edited:r_%" G_GINT64_FORMAT ":%.16s", response_id, sum);
}

/* The last uses of the text $3 of the response $1, along an index */
#define USES "(SELECT s.entry_seq, s.reopened_at FROM response_sent AS s WHERE s.response_id = $1 AND s.variant = $3 ORDER BY s.entry_seq DESC LIMIT " LAST_USES ") AS u"
#define OF_PLACE "e.response_id = $1 AND e.entry_seq = u.entry_seq AND e.before = $2"

typedef struct
{
  gint64      response_id;
  const char *before;
  const char *variant; /* the text in which it stands */
} Place;

/* What the sentence became most often, when at least two agree */
static gboolean
add_proposal (LiaDb       *db,
              JsonObject  *one,
              const Place *place,
              GError     **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT e.after, count (*) AS same FROM " USES " CROSS JOIN response_edit AS e ON " OF_PLACE
                                           " GROUP BY e.after ORDER BY same DESC, e.after LIMIT 1",
                                           "itt", place->response_id, place->before, place->variant);

  if (rows == NULL)
    return FALSE;
  json_object_set_null_member (one, "after");
  json_object_set_int_member (one, "same", 1);
  if (lia_rows_next (rows, &failure) && lia_rows_int (rows, 1) > 1)
    {
      json_object_set_string_member (one, "after", lia_rows_text (rows, 0));
      json_object_set_int_member (one, "same", lia_rows_int (rows, 1));
    }

  return lia_query_finish (&failure, error);
}

/* How many of the last uses of the text that has the sentence changed it. FALSE without @error: too few */
static gboolean
add_counts (LiaDb       *db,
            JsonObject  *one,
            const Place *place,
            GError     **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT count (*), coalesce (sum (EXISTS (SELECT 1 FROM response_edit AS e WHERE " OF_PLACE ")), 0), "
                                           "count (u.reopened_at) FROM " USES,
                                           "itt", place->response_id, place->before, place->variant);
  gint64 of = 0, edited = 0, reopened = 0;

  if (rows == NULL)
    return FALSE;
  if (lia_rows_next (rows, &failure))
    {
      of = lia_rows_int (rows, 0);
      edited = lia_rows_int (rows, 1);
      reopened = lia_rows_int (rows, 2);
    }
  json_object_set_int_member (one, "edited", edited);
  json_object_set_int_member (one, "of", of);
  json_object_set_int_member (one, "reopened", reopened);

  return lia_query_finish (&failure, error) && edited >= MIN_EDITED && edited * 10 >= of * 6;
}

static gboolean
is_dismissed (LiaDb      *db,
              const char *key,
              gint64      agent_id,
              gboolean   *is,
              GError    **error)
{
  gint64 n;

  if (!lia_db_get_int (db, &n, error, "SELECT count (*) FROM suggestion_dismissed WHERE key = $1 AND agent_id IN (0, $2)", "ti", key, agent_id))
    return FALSE;
  *is = n > 0;

  return TRUE;
}

/* One place that was edited often, if it is a suggestion */
static gboolean
add_place (LiaDb       *db,
           JsonArray   *list,
           gint64       agent_id,
           const Place *place,
           GError     **error)
{
  g_autoptr (JsonObject) one = json_object_new ();
  g_autoptr (GError) failure = NULL;
  g_autofree char *key = edited_key (place->response_id, place->before);
  gboolean         dismissed = FALSE;
  gboolean         is = is_dismissed (db, key, agent_id, &dismissed, &failure) && !dismissed && add_counts (db, one, place, &failure);

  if (failure == NULL && is)
    {
      json_object_set_string_member (one, "key", key);
      set_id (one, "response", "r", place->response_id);
      json_object_set_string_member (one, "before", place->before);
      if (add_proposal (db, one, place, &failure))
        json_array_add_object_element (list, g_steal_pointer (&one));
    }

  return lia_query_finish (&failure, error);
}

/** lia_query_edited_responses: (transfer full): the places that were edited last, first, while the responses say what was changed; see API.md */
JsonArray *
lia_query_edited_responses (LiaDb   *db,
                            gint64   agent_id,
                            guint    limit,
                            GError **error)
{
  g_autoptr (JsonArray) list = json_array_new ();
  g_autoptr (GError) failure = NULL;
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT p.response_id, p.before, p.variant FROM response_place AS p CROSS JOIN response AS r ON r.id = p.response_id "
                                           "WHERE p.edited >= 3 AND p.live = 1 AND " FOR_AGENT " ORDER BY p.last_at DESC LIMIT " MAX_PLACES,
                                           "i", agent_id);

  if (rows == NULL)
    return NULL;
  while (json_array_get_length (list) < limit && lia_rows_next (rows, &failure))
    if (!add_place (db, list, agent_id, &(Place){ lia_rows_int (rows, 0), lia_rows_text (rows, 1), lia_rows_text (rows, 2) }, error))
      return NULL;

  return lia_query_finish (&failure, error) ? g_steal_pointer (&list) : NULL;
}

/**
 * lia_query_response_figures: (transfer full): how it was used, by everybody; see API.md. %LIA_PROBLEM_NOT_FOUND also when it is somebody else's
 * private one.
 */
JsonObject *
lia_query_response_figures (LiaDb   *db,
                            gint64   agent_id,
                            gint64   response_id,
                            GError **error)
{
  static const char *const names[] = { "sent", "edited", "reopened", "words", "of_words" };
  g_autoptr (JsonObject) figures = json_object_new ();
  g_autoptr (GError) failure = NULL;
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT coalesce (u.sent, 0), coalesce (u.edited, 0), coalesce (u.reopened, 0), coalesce (u.words, 0), coalesce (u.of_words, 0) "
                                           "FROM response AS r LEFT JOIN response_use AS u ON u.response_id = r.id AND u.agent_id = 0 "
                                           "WHERE r.id = $2 AND r.state <> 'removed' AND " FOR_AGENT,
                                           "ii", agent_id, response_id);

  if (rows == NULL)
    return NULL;
  if (!lia_rows_next (rows, &failure))
    {
      if (lia_query_finish (&failure, error))
        g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such response.");
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    json_object_set_int_member (figures, names[i], lia_rows_int (rows, (int)i));

  return g_steal_pointer (&figures);
}

/** lia_query_dismissed_twins: (transfer full): pairs that an app finds by itself, from all that it may see */
JsonArray *
lia_query_dismissed_twins (LiaDb   *db,
                           gint64   agent_id,
                           GError **error)
{
  g_autoptr (JsonArray) list = json_array_new ();
  g_autoptr (GError) failure = NULL;
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT DISTINCT key FROM suggestion_dismissed WHERE key >= 'twins:' AND key < 'twins;' AND agent_id IN (0, $1) LIMIT " MAX_DISMISSED,
                                           "i", agent_id);

  if (rows == NULL)
    return NULL;
  while (lia_rows_next (rows, &failure))
    json_array_add_string_element (list, lia_rows_text (rows, 0));

  return lia_query_finish (&failure, error) ? g_steal_pointer (&list) : NULL;
}
