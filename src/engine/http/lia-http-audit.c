/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was done to others, for administrators. */

#include "lia-http-resources.h"

#include "lia-audit.h"
#include "lia-workspace.h"

typedef struct
{
  gint64      agent_id;
  const char *before;
  guint       limit;
} Asked;

static gboolean
read_audit (LiaDb    *db,
            gpointer  data,
            gpointer *result,
            GError  **error)
{
  const Asked *asked = data;
  g_autoptr (LiaAgent) me = lia_workspace_agent (db, asked->agent_id, error);
  g_autoptr (JsonObject) page = NULL;

  if (me == NULL)
    return FALSE;
  if (!g_str_equal (me->role, "admin"))
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_FORBIDDEN, "This is for administrators.");
      return FALSE;
    }
  page = lia_query_audit (db, asked->before, asked->limit, error);
  if (page == NULL)
    return FALSE;
  *result = lia_json_to_text (page);

  return TRUE;
}

gboolean
lia_http_get_audit (LiaHttpCall *call,
                    GError     **error)
{
  Asked asked = { call->agent_id, lia_http_query (call, "before"), 0 };

  return lia_http_query_limit (call, 50, &asked.limit, error) && lia_http_answer_read (call, read_audit, &asked, error);
}
