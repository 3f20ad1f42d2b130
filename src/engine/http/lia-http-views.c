/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of conversations, a page at a time. */

#include "lia-http-resources.h"

#include "lia-http-pages.h"
#include "lia-id.h"
#include "lia-json-text.h"
#include "lia-queries.h"
#include "lia-wire.h"

/** lia_http_add_rows: `rows` and `next` of a page. */
void
lia_http_add_rows (GString          *text,
                   const LiaRowPage *page)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < page->rows->len; i++)
    {
      g_autoptr (JsonObject) row = lia_wire_encode_conversation (g_ptr_array_index (page->rows, i));

      g_ptr_array_add (rows, lia_json_to_text (row));
    }
  lia_json_text_add_list (text, "rows", rows);
  lia_json_text_add_str (text, "next", page->next);
}

typedef struct
{
  gint64      agent_id;
  const char *view;
  const char *after;
  guint       limit;
} Rows;

/* A queue that is not there has no rows, but it is no view either. */
static gboolean
view_is_there (LiaDb      *db,
               const char *view,
               GError    **error)
{
  gint64 queue_id;
  gint64 n = 0;

  if (!g_str_has_prefix (view, "queue:"))
    return TRUE;
  if (lia_id_parse (view + strlen ("queue:"), "q", &queue_id) &&
      !lia_db_get_int (db, &n, error, "SELECT count(*) FROM queue WHERE id = $1", "i", queue_id))
    return FALSE;
  if (n == 1)
    return TRUE;

  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such view.");
  return FALSE;
}

static gboolean
read_rows (LiaDb    *db,
           gpointer  data,
           gpointer *result,
           GError  **error)
{
  const Rows *asked = data;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (LiaRowPage) page = NULL;
  gint64 head;

  if (!view_is_there (db, asked->view, error))
    return FALSE;
  page = lia_query_view (db, asked->agent_id, asked->view, asked->after, asked->limit, error);
  if (page == NULL || (head = lia_query_head (db, error)) < 0)
    return FALSE;

  lia_json_text_begin (text, NULL);
  lia_json_text_add_int (text, "seq", head);
  lia_http_add_rows (text, page);
  lia_json_text_add_int (text, "total", page->total);
  lia_json_text_end (text);
  *result = g_string_free_and_steal (g_steal_pointer (&text));
  return TRUE;
}

gboolean
lia_http_get_view_rows (LiaHttpCall *call,
                        GError     **error)
{
  Rows asked = { call->agent_id, lia_http_argument (call, 0), lia_http_query (call, "after"), 0 };

  return lia_http_query_limit (call, 50, &asked.limit, error) && lia_http_answer_read (call, read_rows, &asked, error);
}
