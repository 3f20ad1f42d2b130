/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands behind an entry: the untouched original, and its HTML. */

#include "lia-http-resources.h"

#include "lia-http-pages.h"

static gboolean
read_inside (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  *result = lia_query_entry_x (db, *(gint64 *)data, error);
  return *result != NULL;
}

/* The blob that `x` of the entry names. */
static char *
await_blob_id (LiaHttpCall *call,
               const char  *name,
               GError     **error)
{
  LiaStore        *store = lia_engine_get_store (call->engine);
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) inside = NULL;
  const char *id = NULL;
  gint64      seq;

  if (!lia_http_argument_id (call, 0, "e", &seq, error))
    return NULL;
  text = lia_store_await (lia_store_read (store, read_inside, &seq, NULL, g_free), error);
  if (text == NULL)
    return NULL;

  inside = lia_json_parse (text, -1, G_MAXSIZE, error);
  if (inside == NULL || !lia_json_str (inside, name, LIA_JSON_OPTIONAL, 128, &id, error))
    return NULL;
  if (id == NULL)
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "This entry has none.");
  return g_strdup (id);
}

gboolean
lia_http_get_entry_source (LiaHttpCall *call,
                           GError     **error)
{
  g_autofree char *id = await_blob_id (call, "raw", error);

  return id != NULL && lia_http_answer_blob (call, id, "message/rfc822", error);
}

gboolean
lia_http_get_entry_html (LiaHttpCall *call,
                         GError     **error)
{
  g_autofree char *id = await_blob_id (call, "html", error);

  return id != NULL && lia_http_answer_blob (call, id, "text/html; charset=utf-8", error);
}
