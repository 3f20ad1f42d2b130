/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions of the engineers: whether somebody has answered. An answer that cannot be given, or is taken back before it has left, is none. */

#include "lia-questions.h"

#include "lia-id.h"
#include "lia-journal.h"
#include "lia-json.h"
#include "lia-problem.h"
#include "lia-queries.h"

/** lia_question_find: %LIA_PROBLEM_NOT_FOUND when the entry @id is none */
gboolean
lia_question_find (LiaDb    *db,
                   gint64    id,
                   gboolean *settled,
                   GError  **error)
{
  gint64 found;

  if (!lia_db_get_int (db, &found, error, "SELECT coalesce (max (settled), -1) FROM question WHERE id = $1", "i", id))
    return FALSE;
  *settled = found > 0;
  if (found < 0)
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such question.");

  return found >= 0;
}

static gboolean
append (LiaDb      *db,
        gint64      id,
        gint64      actor_id,
        JsonObject *d,
        GError    **error)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autofree char *text = NULL;
  JsonObject      *set = json_object_new ();

  json_object_set_object_member (set, "d", json_object_ref (d));
  json_object_set_int_member (data, "entry", id);
  json_object_set_object_member (data, "set", set);
  text = lia_json_to_text (data);

  return lia_journal_append (db, &(LiaJournalEvent){ .kind = "entry.changed", .actor_id = actor_id, .data = text }, error) != 0;
}

static JsonObject *
read_details (LiaDb   *db,
              gint64   id,
              GError **error)
{
  g_autofree char *text = lia_query_entry (db, id, error);
  g_autoptr (JsonObject) entry = text != NULL ? lia_json_parse (text, -1, G_MAXSIZE, error) : NULL;
  JsonObject *d;

  return entry != NULL && lia_json_obj (entry, "d", LIA_JSON_REQUIRED, &d, error) ? json_object_ref (d) : NULL;
}

/** lia_question_settle: @push_id: the answer; 0: none is needed */
gboolean
lia_question_settle (LiaDb   *db,
                     gint64   id,
                     gint64   push_id,
                     gint64   actor_id,
                     GError **error)
{
  g_autoptr (JsonObject) d = read_details (db, id, error);
  g_autofree char *push = push_id != 0 ? lia_id_format ("p", push_id) : g_strdup ("");

  if (d == NULL)
    return FALSE;
  json_object_set_boolean_member (d, "settled", TRUE);
  json_object_set_string_member (d, "push", push);
  json_object_set_string_member (d, "problem", "");

  return append (db, id, actor_id, d, error);
}

static gboolean
change_answer (LiaDb      *db,
               gint64      id,
               const char *push,
               gboolean    leaves,
               const char *problem,
               GError    **error)
{
  g_autoptr (JsonObject) d = read_details (db, id, error);
  const char *newest = NULL;
  gboolean    settled = FALSE;

  if (d == NULL || !lia_json_str (d, "push", LIA_JSON_OPTIONAL, 64, &newest, error) || !lia_json_bool (d, "settled", LIA_JSON_REQUIRED, &settled, error))
    return FALSE;
  if (g_strcmp0 (newest, push) != 0 || settled == leaves)
    return TRUE;
  json_object_set_boolean_member (d, "settled", leaves);
  json_object_set_string_member (d, "problem", leaves ? "" : problem);

  return append (db, id, 0, d, error);
}

/** lia_question_follow_push: @push_id: an answer, or not; @leaves: it is on its way, or there; else it never will be */
gboolean
lia_question_follow_push (LiaDb   *db,
                          gint64   push_id,
                          gboolean leaves,
                          GError **error)
{
  g_autofree char *push = lia_id_format ("p", push_id);
  g_autofree char *problem = NULL;
  gint64           question;

  if (!lia_db_get_int (db, &question, error, "SELECT question_id FROM push WHERE id = $1", "i", push_id))
    return FALSE;
  if (question == 0)
    return TRUE;
  problem = lia_db_get_text (db, error, "SELECT problem FROM push WHERE id = $1", "i", push_id);

  return problem != NULL && change_answer (db, question, push, leaves, problem, error);
}
