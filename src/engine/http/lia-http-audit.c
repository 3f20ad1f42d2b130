/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was done to others, for supervisors. */

#include "lia-http-resources.h"

#include "lia-audit.h"
#include "lia-id.h"
#include "lia-workspace.h"

typedef struct
{
  gint64      agent_id; /* who asks */
  gint64      of;       /* whose deeds, and what was done to whom; 0: everybody */
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
  g_autoptr (JsonObject) page = NULL;
  gboolean allowed;

  if (!lia_workspace_is_supervisor (db, asked->agent_id, &allowed, error))
    return FALSE;
  if (!allowed)
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_FORBIDDEN, "This is for supervisors.");
      return FALSE;
    }
  page = lia_query_audit (db, asked->of, asked->before, asked->limit, error);
  if (page == NULL)
    return FALSE;
  *result = lia_json_to_text (page);

  return TRUE;
}

gboolean
lia_http_get_audit (LiaHttpCall *call,
                    GError     **error)
{
  const char *of = lia_http_query (call, "agent");
  Asked       asked = { call->agent_id, 0, lia_http_query (call, "before"), 0 };

  if (of != NULL && !lia_id_parse (of, "a", &asked.of))
    {
      lia_problem_set_invalid (error, "/agent", "id", "“%s” is no agent", of);
      return FALSE;
    }

  return lia_http_query_limit (call, 50, &asked.limit, error) && lia_http_answer_read (call, read_audit, &asked, error);
}
