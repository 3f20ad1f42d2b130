/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-http-resources.h"

#include "lia-json-text.h"
#include "lia-queries.h"
#include "lia-time.h"
#include "lia-wire.h"

typedef struct
{
  gint64      agent_id;
  const char *words;
  const char *before;
  guint       limit;
} Search;

static JsonArray *
encode_marks (const GArray *marks)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; marks != NULL && i + 1 < marks->len; i += 2)
    {
      JsonArray *mark = json_array_new ();

      json_array_add_int_element (mark, (gint64)g_array_index (marks, gsize, i));
      json_array_add_int_element (mark, (gint64)g_array_index (marks, gsize, i + 1));
      json_array_add_array_element (array, mark);
    }
  return array;
}

static char *
encode_hit (const LiaFound *found)
{
  g_autoptr (JsonObject) hit = json_object_new ();

  json_object_set_object_member (hit, "conversation", lia_wire_encode_conversation (found->conversation));
  json_object_set_string_member (hit, "entry", found->entry_id);
  json_object_set_int_member (hit, "seq", found->seq);
  lia_json_set_time (hit, "at", found->at_ms);
  json_object_set_string_member (hit, "snippet", found->snippet);
  json_object_set_array_member (hit, "marks", encode_marks (found->marks));
  return lia_json_to_text (hit);
}

static gboolean
read_hits (LiaDb    *db,
           gpointer  data,
           gpointer *result,
           GError  **error)
{
  const Search    *asked = data;
  g_autofree char *next = NULL;
  g_autoptr (GPtrArray) found = lia_query_search (db, asked->agent_id, asked->words, asked->before, asked->limit, &next, error);
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func (g_free);
  GString *text;

  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (hits, encode_hit (g_ptr_array_index (found, i)));

  text = g_string_new (NULL);
  lia_json_text_begin (text, NULL);
  lia_json_text_add_list (text, "hits", hits);
  lia_json_text_add_str (text, "next", next);
  lia_json_text_end (text);
  *result = g_string_free_and_steal (text);
  return TRUE;
}

/** lia_http_get_search: whatever is typed is searched for; there is no text that is an error. */
gboolean
lia_http_get_search (LiaHttpCall *call,
                     GError     **error)
{
  const char *words = lia_http_query (call, "q");
  Search      asked = { call->agent_id, words != NULL ? words : "", lia_http_query (call, "before"), 0 };

  return lia_http_query_limit (call, 20, &asked.limit, error) && lia_http_answer_read (call, read_hits, &asked, error);
}
