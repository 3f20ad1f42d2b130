/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-http-resources.h"

#include "lia-http-pages.h"
#include "lia-id.h"
#include "lia-json-text.h"
#include "lia-queries.h"
#include "lia-wire.h"

/** lia_http_add_timeline: `timeline` and `next` of a page. */
void
lia_http_add_timeline (GString            *text,
                       const LiaEntryPage *page)
{
  lia_json_text_add_list (text, "timeline", page->entries);
  lia_json_text_add_str (text, "next", page->next);
}

typedef struct
{
  gint64      agent_id;
  gint64      conversation_id;
  const char *before;
  guint       limit;
} Timeline;

static gboolean
read_conversation (LiaDb    *db,
                   gpointer  data,
                   gpointer *result,
                   GError  **error)
{
  const Timeline *asked = data;
  g_autoptr (LiaConversation) conversation = lia_query_conversation (db, asked->agent_id, asked->conversation_id, error);
  g_autoptr (LiaEntryPage) page = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *draft = NULL;
  g_autoptr (GError) failure = NULL;
  gint64 head;
  gint64 unread_from;

  if (conversation == NULL ||
      (page = lia_query_timeline (db, asked->conversation_id, asked->before, asked->limit, error)) == NULL ||
      (head = lia_query_head (db, error)) < 0)
    return FALSE;

  unread_from = lia_query_unread_from (db, asked->agent_id, asked->conversation_id, &failure);
  if (failure == NULL)
    draft = lia_query_draft (db, asked->agent_id, asked->conversation_id, &failure);
  if (failure != NULL && !g_error_matches (failure, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  lia_json_text_begin (text, NULL);
  lia_json_text_add_int (text, "seq", head);
  lia_json_text_add_object (text, "conversation", lia_wire_encode_conversation (conversation));
  lia_http_add_timeline (text, page);
  if (unread_from > 0)
    lia_json_text_add_int (text, "unread_from", unread_from);
  else
    lia_json_text_add (text, "unread_from", NULL);
  lia_json_text_add (text, "draft", draft);
  lia_json_text_end (text);
  *result = g_string_free_and_steal (g_steal_pointer (&text));
  return TRUE;
}

gboolean
lia_http_get_conversation (LiaHttpCall *call,
                           GError     **error)
{
  Timeline asked = { call->agent_id, 0, lia_http_query (call, "before"), 0 };

  return lia_http_argument_id (call, 0, "c", &asked.conversation_id, error) &&
         lia_http_query_limit (call, 50, &asked.limit, error) &&
         lia_http_answer_read (call, read_conversation, &asked, error);
}
