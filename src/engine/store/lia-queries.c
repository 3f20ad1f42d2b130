/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of queries share: cursors, a row as a value, and the answers' types. */

#include "lia-queries-private.h"

#include "lia-id.h"
#include "lia-json.h"
#include "lia-problem.h"

void
lia_row_page_free (LiaRowPage *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self->next);
  g_free (self);
}

void
lia_entry_page_free (LiaEntryPage *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_free (self->next);
  g_free (self);
}

void
lia_found_free (LiaFound *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->conversation);
  g_free (self->entry_id);
  g_free (self->snippet);
  g_clear_pointer (&self->marks, g_array_unref);
  g_free (self);
}

/** lia_cursor_format: (transfer full): opaque for clients. */
char *
lia_cursor_format (gint64 first,
                   gint64 second)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT, first, second);
}

/** lia_cursor_parse: NULL leaves @cursor as it is; anything that is no cursor of ours is %LIA_PROBLEM_VALIDATION. */
gboolean
lia_cursor_parse (const char *text,
                  LiaCursor  *cursor,
                  GError    **error)
{
  g_auto (GStrv) parts = NULL;

  if (text == NULL)
    return TRUE;

  parts = g_strsplit (text, ".", 3);
  if (g_strv_length (parts) == 2 && g_ascii_string_to_signed (parts[0], 10, G_MININT64, G_MAXINT64, &cursor->first, NULL) &&
      g_ascii_string_to_signed (parts[1], 10, G_MININT64, G_MAXINT64, &cursor->second, NULL))
    return TRUE;

  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_VALIDATION, "This is no cursor of a list");

  return FALSE;
}

/** lia_query_finish: what comes after a loop over rows: passes on why it ended early. */
gboolean
lia_query_finish (GError **failure,
                  GError **error)
{
  if (*failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (failure));

  return FALSE;
}

/* `["a","b"]`, which is ours, to words. */
static GStrv
read_tags (const char *json)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autofree char *text = g_strdup_printf ("{\"tags\":%s}", json);
  g_autoptr (JsonObject) object = NULL;
  JsonArray *tags = NULL;

  if (g_str_equal (json, "[]"))
    return g_strv_builder_end (words);

  object = lia_json_parse (text, -1, G_MAXSIZE, NULL);
  if (object != NULL)
    lia_json_arr (object, "tags", LIA_JSON_OPTIONAL, G_MAXUINT, &tags, NULL);

  for (guint i = 0; tags != NULL && i < json_array_get_length (tags); i++)
    {
      const char *word;

      if (lia_json_arr_str (tags, i, G_MAXSIZE, &word, NULL))
        g_strv_builder_add (words, word);
    }

  return g_strv_builder_end (words);
}

/** lia_query_read_row: (transfer full): %LIA_ROW_COLUMNS as a value; @whole with what only a single conversation has. */
LiaConversation *
lia_query_read_row (LiaRows *rows,
                    gboolean whole)
{
  LiaConversation *row = lia_conversation_new ();

  row->id = lia_id_format ("c", lia_rows_int (rows, 0));
  row->ver = lia_rows_int (rows, 1);
  row->sort = lia_rows_int (rows, 2);
  row->subject = g_strdup (lia_rows_text (rows, 3));
  row->customer_id = lia_id_format ("k", lia_rows_int (rows, 4));
  row->customer = lia_address_new (lia_rows_text (rows, 5), lia_rows_text (rows, 6));
  row->channel = g_strdup (lia_rows_text (rows, 7));
  row->queue = lia_id_format ("q", lia_rows_int (rows, 8));
  lia_conversation_state_from_string (lia_rows_text (rows, 9), &row->state);
  row->assignee = lia_rows_is_null (rows, 10) ? NULL : lia_id_format ("a", lia_rows_int (rows, 10));
  row->unread = lia_rows_int (rows, 11) != 0;
  row->priority = lia_rows_int (rows, 12);
  g_strfreev (row->tags);
  row->tags = read_tags (lia_rows_text (rows, 13));
  row->due_ms = lia_rows_int (rows, 14);
  row->due_kind = g_strdup (lia_rows_text (rows, 15));
  row->waiting_since_ms = lia_rows_int (rows, 16);
  row->snooze_until_ms = lia_rows_int (rows, 17);
  row->last_ms = lia_rows_int (rows, 18);
  row->snippet = g_strdup (lia_rows_text (rows, 19));
  row->entries = lia_rows_int (rows, 20);
  row->sending = g_strdup (lia_rows_text (rows, 21));
  row->draft = lia_rows_int (rows, 22) != 0;
  row->callback = lia_rows_int (rows, 23) != 0;
  row->question = lia_rows_int (rows, 29) != 0;
  row->language = g_strdup (lia_rows_text (rows, 24));
  row->language_set = lia_rows_int (rows, 25) != 0;

  if (whole)
    {
      row->seq = lia_rows_int (rows, 26);
      row->created_ms = lia_rows_int (rows, 27);
      row->closed_ms = lia_rows_int (rows, 28);
    }

  return row;
}

/** lia_query_head: the number of the last event; -1 with @error set when it failed. */
gint64
lia_query_head (LiaDb   *db,
                GError **error)
{
  gint64 head = 0;

  return lia_db_get_int (db, &head, error, "SELECT last_seq FROM journal_head", "") ? head : -1;
}

/** lia_query_read_head: the same for lia_store_read(), to be freed with g_free(). */
gboolean
lia_query_read_head (LiaDb    *db,
                     gpointer  data,
                     gpointer *result,
                     GError  **error)
{
  gint64 head = lia_query_head (db, error);

  *result = head >= 0 ? g_memdup2 (&head, sizeof head) : NULL;

  return head >= 0;
}

/** lia_query_conversation: (transfer full): the whole conversation as this agent sees it, or NULL with %LIA_STORE_ERROR_NOT_FOUND. */
LiaConversation *
lia_query_conversation (LiaDb   *db,
                        gint64   agent_id,
                        gint64   conversation_id,
                        GError **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT " LIA_ROW_COLUMNS "FROM conversation AS c" LIA_ROW_JOINS "WHERE c.id = $2", "ii",
                                           agent_id, conversation_id);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return NULL;

  if (lia_rows_next (rows, &failure))
    return lia_query_read_row (rows, TRUE);

  if (lia_query_finish (&failure, error))
    g_set_error_literal (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND, "There is no such conversation");

  return NULL;
}
