/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Many canned responses at once: what an import saves, and what takes it back. All that is not refused is written in one transaction, which also
 * keeps the answer: a repeat writes nothing. What is refused is refused alone, in its place in the answer, and is no reason to refuse the others.
 */

#include "lia-commands-response-private.h"

#include "lia-http-call.h"
#include "lia-id.h"
#include "lia-queries-responses.h"
#include "lia-wire.h"

#define MAX_ROWS 500

/* @row: what is asked of one response; @answer: to be filled. Nothing may have been written when it is refused. */
typedef gboolean (*RowFunc) (LiaCommandCall *call,
                             JsonObject     *row,
                             JsonObject     *answer,
                             GError        **error);

/* Only a mistake in the row is the row's own; a store that fails takes all of them back. */
static gboolean
run_row (LiaCommandCall *call,
         RowFunc         run,
         JsonObject     *row,
         JsonArray      *answers,
         GError        **error)
{
  JsonObject *answer = json_object_new ();
  g_autoptr (GError) failure = NULL;

  json_array_add_object_element (answers, answer);
  if (run (call, row, answer, &failure))
    return TRUE;
  if (failure->domain != LIA_PROBLEM)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  json_object_set_object_member (answer, "problem", lia_http_problem (failure, NULL));

  return TRUE;
}

static gboolean
run_rows (LiaCommandCall *call,
          RowFunc         run,
          GError        **error)
{
  JsonArray *rows;
  JsonArray *answers;

  if (!lia_json_arr (call->d, "responses", LIA_JSON_REQUIRED, MAX_ROWS, &rows, error))
    return FALSE;

  answers = json_array_new ();
  json_object_set_array_member (call->answer, "rows", answers);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row;

      if (!lia_json_arr_obj (rows, i, &row, error))
        {
          lia_problem_prefix (error, "responses", i);
          return FALSE;
        }
      if (!run_row (call, run, row, answers, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
answer_saved (JsonObject *answer,
              LiaCanned  *saved)
{
  if (saved == NULL)
    return FALSE;
  json_object_set_string_member (answer, "response", saved->id);
  json_object_set_int_member (answer, "ver", saved->ver);
  g_object_unref (saved);

  return TRUE;
}

static gboolean
save_row (LiaCommandCall *call,
          JsonObject     *row,
          JsonObject     *answer,
          GError        **error)
{
  g_autoptr (LiaCanned) after = lia_wire_decode_canned (row, error);
  g_autoptr (LiaCanned) current = NULL;

  return after != NULL && answer_saved (answer, lia_response_save (call, after, after->ver, &current, error));
}

/** lia_command_response_import: {responses:[{response}…]}: each as in response.save, its `ver` the one that was changed */
gboolean
lia_command_response_import (LiaCommandCall *call,
                             GError        **error)
{
  return run_rows (call, save_row, error);
}

/* What I did not write, or what was written on, is not mine to take back. */
static gboolean
check_last (LiaCommandCall           *call,
            const LiaResponseVersion *last,
            gint64                    ver,
            GError                  **error)
{
  g_autofree char *me = lia_id_format ("a", call->agent_id);

  if (last->ver != ver)
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_VERSION_CONFLICT, "This response was changed again meanwhile.");
  else if (g_strcmp0 (last->agent, me) != 0)
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_FORBIDDEN, "A colleague made this version.");
  else
    return TRUE;

  return FALSE;
}

static gboolean
revert (LiaCommandCall *call,
        LiaCanned      *now,
        LiaCanned      *earlier,
        JsonObject     *answer,
        GError        **error)
{
  g_autoptr (LiaCanned) current = NULL;

  if (earlier == NULL)
    {
      json_object_set_string_member (answer, "response", now->id);
      return lia_response_remove (call, now, error);
    }
  g_free (earlier->id);
  earlier->id = g_strdup (now->id);

  return answer_saved (answer, lia_response_save (call, earlier, now->ver, &current, error));
}

static gboolean
revert_row (LiaCommandCall *call,
            JsonObject     *row,
            JsonObject     *answer,
            GError        **error)
{
  g_autoptr (LiaCanned) now = NULL;
  g_autoptr (GPtrArray) versions = NULL;
  const LiaResponseVersion *earlier;
  const char               *name;
  gint64                    ver;
  gint64                    id;

  if (!lia_json_str (row, "response", LIA_JSON_REQUIRED, 32, &name, error) || !lia_json_int (row, "ver", LIA_JSON_REQUIRED, 1, G_MAXINT64, &ver, error))
    return FALSE;
  if (!lia_id_parse (name, "r", &id))
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such response.");
      return FALSE;
    }
  now = lia_query_response (call->db, call->agent_id, id, error);
  versions = now != NULL ? lia_query_response_versions (call->db, id, 0, 2, error) : NULL;
  if (versions == NULL || !check_last (call, versions->pdata[0], ver, error))
    return FALSE;
  earlier = versions->len > 1 ? versions->pdata[1] : NULL;

  return revert (call, now, earlier != NULL ? earlier->canned : NULL, answer, error);
}

/** lia_command_response_revert: {responses:[{response, ver}…]}: back to what each was before that version, which is mine and the last */
gboolean
lia_command_response_revert (LiaCommandCall *call,
                             GError        **error)
{
  return run_rows (call, revert_row, error);
}
