/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the use of the library says about it. */

#include "lia-http-resources.h"

#include "lia-queries-learning.h"
#include "lia-time.h"

typedef struct
{
  gint64 agent_id;
  gint64 response_id;
  gint64 now_ms;
  guint  limit;
} Asked;

static gboolean
take (JsonObject *answer,
      const char *name,
      JsonArray  *list)
{
  if (list != NULL)
    json_object_set_array_member (answer, name, list);

  return list != NULL;
}

static gboolean
read_learning (LiaDb    *db,
               gpointer  data,
               gpointer *result,
               GError  **error)
{
  const Asked *asked = data;
  g_autoptr (JsonObject) answer = json_object_new ();

  if (!take (answer, "unused", lia_query_unused_responses (db, asked->agent_id, asked->now_ms, asked->limit, error)) ||
      !take (answer, "edited", lia_query_edited_responses (db, asked->agent_id, asked->limit, error)) ||
      !take (answer, "by_hand", lia_query_answers_by_hand (db, asked->agent_id, asked->now_ms, asked->limit, error)) ||
      !take (answer, "dismissed", lia_query_dismissed_twins (db, asked->agent_id, error)))
    return FALSE;
  *result = lia_json_to_text (answer);

  return TRUE;
}

/** lia_http_get_learning: four lists, read together. */
gboolean
lia_http_get_learning (LiaHttpCall *call,
                       GError     **error)
{
  Asked asked = { .agent_id = call->agent_id, .now_ms = lia_time_now () };

  return lia_http_query_limit (call, 50, &asked.limit, error) && lia_http_answer_read (call, read_learning, &asked, error);
}

static gboolean
read_figures (LiaDb    *db,
              gpointer  data,
              gpointer *result,
              GError  **error)
{
  const Asked *asked = data;
  g_autoptr (JsonObject) figures = lia_query_response_figures (db, asked->agent_id, asked->response_id, error);

  if (figures != NULL)
    *result = lia_json_to_text (figures);

  return figures != NULL;
}

/** lia_http_get_response_figures: how often it was used, and what became of it. */
gboolean
lia_http_get_response_figures (LiaHttpCall *call,
                               GError     **error)
{
  Asked asked = { .agent_id = call->agent_id };

  return lia_http_argument_id (call, 0, "r", &asked.response_id, error) && lia_http_answer_read (call, read_figures, &asked, error);
}
