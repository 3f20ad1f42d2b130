/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-chat-news.h"

#include "lia-chat-voice.h"
#include "lia-entry-facts.h"
#include "lia-journal.h"
#include "lia-json-text.h"
#include "lia-json.h"
#include "lia-time.h"

#include <string.h>

#define PAGE_ROWS 50
#define MAX_TEXT (64 * 1024)
#define MAX_FILES 1000

LiaChatSince *
lia_chat_since_new (const char *visitor,
                    gint64      n)
{
  LiaChatSince *self = g_new0 (LiaChatSince, 1);

  self->visitor = g_strdup (visitor);
  self->n = n;
  return self;
}

void
lia_chat_since_free (gpointer since)
{
  g_free (((LiaChatSince *)since)->visitor);
  g_free (since);
}

LiaChatArrived *
lia_chat_arrived_new (const char *visitor,
                      gint64      after,
                      gint64      upto)
{
  LiaChatArrived *self = g_new0 (LiaChatArrived, 1);

  self->visitor = g_strdup (visitor);
  self->after = after;
  self->upto = upto;
  return self;
}

void
lia_chat_arrived_free (gpointer arrived)
{
  g_free (((LiaChatArrived *)arrived)->visitor);
  g_free (arrived);
}

void
lia_chat_page_free (gpointer page)
{
  g_ptr_array_unref (((LiaChatPage *)page)->events);
  g_free (page);
}

void
lia_chat_news_free (gpointer news)
{
  LiaChatNews *self = news;

  g_hash_table_unref (self->visitors);
  g_hash_table_unref (self->seen);
  g_free (self);
}

/* What a visitor sees -------------------------------------------------------------------------------------------------------------------- */

static gboolean
add_file (GPtrArray  *list,
          JsonObject *file,
          GError    **error)
{
  const char *name;
  const char *type;
  gint64      size;
  GString    *text;

  if (!lia_json_str (file, "name", LIA_JSON_OPTIONAL, MAX_TEXT, &name, error) || !lia_json_str (file, "type", LIA_JSON_OPTIONAL, MAX_TEXT, &type, error) ||
      !lia_json_int (file, "size", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &size, error))
    return FALSE;
  text = g_string_new (NULL);
  lia_json_text_begin (text, NULL);
  lia_json_text_add_str (text, "name", name != NULL ? name : "");
  lia_json_text_add_str (text, "type", type != NULL ? type : "");
  lia_json_text_add_int (text, "size", size);
  lia_json_text_end (text);
  g_ptr_array_add (list, g_string_free_and_steal (text));

  return TRUE;
}

static gboolean
add_files (GString    *text,
           JsonObject *entry,
           GError    **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  JsonArray *files;

  if (!lia_json_arr (entry, "attachments", LIA_JSON_OPTIONAL, MAX_FILES, &files, error))
    return FALSE;
  for (guint i = 0; files != NULL && i < json_array_get_length (files); i++)
    {
      JsonObject *file;

      if (!lia_json_arr_obj (files, i, &file, error) || !add_file (list, file, error))
        return FALSE;
    }
  if (list->len > 0)
    lia_json_text_add_list (text, "files", list);

  return TRUE;
}

/* What is told of us is a name: no address, no id. Of a mail it is what its author wrote: she has the rest above it. */
static gboolean
add_message (GString    *text,
             JsonObject *entry,
             const char *cid,
             gboolean    is_mail,
             GError    **error)
{
  g_autofree char *visible = NULL;
  const char      *direction;
  const char      *body;
  const char      *name = NULL;
  JsonObject      *author;

  if (!lia_json_str (entry, "dir", LIA_JSON_OPTIONAL, 8, &direction, error) || !lia_json_str (entry, "text", LIA_JSON_OPTIONAL, G_MAXSIZE, &body, error) ||
      !lia_json_obj (entry, "author", LIA_JSON_OPTIONAL, &author, error) ||
      (author != NULL && !lia_json_str (author, "name", LIA_JSON_OPTIONAL, MAX_TEXT, &name, error)))
    return FALSE;

  visible = is_mail ? lia_entry_facts_visible_text (entry, error) : NULL;
  if (is_mail && visible == NULL)
    return FALSE;
  lia_json_text_add_str (text, "kind", "message");
  lia_json_text_add_str (text, "from", g_strcmp0 (direction, "out") == 0 ? "agent" : "visitor");
  lia_json_text_add_str (text, "name", name != NULL ? name : "");
  lia_json_text_add_str (text, "body", is_mail ? g_strstrip (visible) : body != NULL ? body
                                                                                     : "");
  if (cid != NULL)
    lia_json_text_add_str (text, "cid", cid);
  else if (is_mail)
    lia_json_text_add_str (text, "by", "email");

  /* What came with a mail is where the mail is. */
  return is_mail || add_files (text, entry, error);
}

/* Which offer it answers, by her number of it: her name of the answer says it. */
static void
add_offer (GString    *text,
           const char *cid)
{
  if (cid != NULL && g_str_has_prefix (cid, LIA_CHAT_VOICE_CID))
    lia_json_text_add_int (text, "offer", g_ascii_strtoll (cid + strlen (LIA_CHAT_VOICE_CID), NULL, 10));
}

/* She has asked to be called. */
static gboolean
add_call (GString    *text,
          JsonObject *entry,
          const char *cid,
          GError    **error)
{
  const char *number;
  const char *due;
  JsonObject *d;

  if (!lia_json_obj (entry, "d", LIA_JSON_REQUIRED, &d, error) || !lia_json_str (d, "number", LIA_JSON_REQUIRED, MAX_TEXT, &number, error) ||
      !lia_json_str (d, "due", LIA_JSON_REQUIRED, MAX_TEXT, &due, error))
    return FALSE;
  lia_json_text_add_str (text, "kind", "callback");
  lia_json_text_add_str (text, "from", "visitor");
  lia_json_text_add_str (text, "number", number);
  lia_json_text_add_str (text, "due", due);
  if (cid != NULL)
    lia_json_text_add_str (text, "cid", cid);
  if (json_object_has_member (d, "offer"))
    add_offer (text, cid);

  return TRUE;
}

/* A call that one of us offers: for how much longer, as her clock may be another one. */
static gboolean
add_offered (GString    *text,
             JsonObject *entry,
             JsonObject *d,
             GError    **error)
{
  const char *name = NULL;
  gint64      until_ms;
  JsonObject *author;

  if (!lia_json_time (d, "until", LIA_JSON_REQUIRED, &until_ms, error) || !lia_json_obj (entry, "author", LIA_JSON_OPTIONAL, &author, error) ||
      (author != NULL && !lia_json_str (author, "name", LIA_JSON_OPTIONAL, MAX_TEXT, &name, error)))
    return FALSE;
  lia_json_text_add_str (text, "from", "agent");
  lia_json_text_add_str (text, "name", name != NULL ? name : "");
  lia_json_text_add_int (text, "left_s", (MAX (until_ms - lia_time_now (), 0) + 999) / 1000);

  return TRUE;
}

static gboolean
add_state (GString    *text,
           JsonObject *entry,
           const char *cid,
           GError    **error)
{
  const char *what;
  JsonObject *d;

  if (!lia_json_obj (entry, "d", LIA_JSON_REQUIRED, &d, error) || !lia_json_str (d, "what", LIA_JSON_REQUIRED, MAX_TEXT, &what, error))
    return FALSE;
  lia_json_text_add_str (text, "kind", what);
  if (g_str_equal (what, LIA_CHAT_VOICE_OFFERED))
    return add_offered (text, entry, d, error);
  if (g_str_equal (what, LIA_CHAT_VOICE_DECLINED))
    {
      lia_json_text_add_str (text, "from", "visitor");
      add_offer (text, cid);
    }

  return TRUE;
}

/* Of a mail: whether it is no answer, but all that was said. */
static gboolean
is_transcript (JsonObject *entry)
{
  JsonObject *details;
  gboolean    is = FALSE;

  return lia_json_obj (entry, "d", LIA_JSON_OPTIONAL, &details, NULL) && details != NULL &&
         lia_json_bool (details, "transcript", LIA_JSON_OPTIONAL, &is, NULL) && is;
}

/* The talk was sent to her. Where to is told as far as she knows it again. */
static gboolean
add_transcript (GString    *text,
                JsonObject *entry,
                GError    **error)
{
  JsonArray       *list;
  JsonObject      *to;
  const char      *address;
  const char      *at;
  g_autofree char *hint = NULL;

  if (!lia_json_arr (entry, "to", LIA_JSON_REQUIRED, G_MAXUINT, &list, error) || !lia_json_arr_obj (list, 0, &to, error) ||
      !lia_json_str (to, "address", LIA_JSON_REQUIRED, MAX_TEXT, &address, error))
    return FALSE;
  at = strrchr (address, '@');
  hint = g_strdup_printf ("%.*s…%s", (int)(g_utf8_next_char (address) - address), address, at != NULL ? at : "");
  lia_json_text_add_str (text, "kind", "transcript");
  lia_json_text_add_str (text, "to", hint);

  return TRUE;
}

/* @rows: n, cid, kind, the entry, its state */
static gboolean
add_content (GString    *text,
             LiaRows    *rows,
             JsonObject *entry,
             GError    **error)
{
  const char *kind = lia_rows_text (rows, 2);
  const char *cid = lia_rows_is_null (rows, 1) ? NULL : lia_rows_text (rows, 1);

  if (g_strcmp0 (kind, "state") == 0)
    return add_state (text, entry, cid, error);
  if (g_strcmp0 (kind, "survey") == 0)
    {
      lia_json_text_add_str (text, "kind", "rated");
      return TRUE;
    }
  /* Taken back: its number stays. */
  if (g_strcmp0 (lia_rows_text (rows, 4), "cancelled") == 0)
    {
      lia_json_text_add_str (text, "kind", "withdrawn");
      return TRUE;
    }

  if (g_strcmp0 (kind, "promise") == 0)
    return add_call (text, entry, cid, error);
  if (g_strcmp0 (kind, "email") == 0 && is_transcript (entry))
    return add_transcript (text, entry, error);

  return add_message (text, entry, cid, g_strcmp0 (kind, "email") == 0, error);
}

static char *
read_event (LiaRows *rows,
            GError **error)
{
  g_autoptr (JsonObject) entry = lia_json_parse (lia_rows_text (rows, 3), -1, G_MAXSIZE, error);
  GString    *text;
  const char *at;

  if (entry == NULL || !lia_json_str (entry, "at", LIA_JSON_REQUIRED, 64, &at, error))
    return NULL;
  text = g_string_new (NULL);
  lia_json_text_begin (text, NULL);
  lia_json_text_add_int (text, "seq", lia_rows_int (rows, 0));
  lia_json_text_add_str (text, "at", at);
  if (!add_content (text, rows, entry, error))
    {
      g_string_free (text, TRUE);
      return NULL;
    }
  lia_json_text_end (text);

  return g_string_free_and_steal (text);
}

/** lia_chat_page_read: @since: #LiaChatSince; @page: #LiaChatPage */
gboolean
lia_chat_page_read (LiaDb    *db,
                    gpointer  data,
                    gpointer *result,
                    GError  **error)
{
  LiaChatSince *since = data;
  g_autoptr (LiaChatPage) page = g_new0 (LiaChatPage, 1);
  g_autoptr (LiaRows) rows = NULL;
  GError *failure = NULL;

  page->events = g_ptr_array_new_with_free_func (g_free);
  page->first_n = since->n + 1;
  rows = lia_db_query (db, error,
                       "SELECT c.n, c.cid, e.kind, t.json, e.state FROM chat_event AS c JOIN entry AS e ON e.seq = c.seq JOIN entry_text AS t ON t.seq = c.seq "
                       "WHERE c.visitor = $1 AND c.n > $2 ORDER BY c.n LIMIT $3",
                       "tii", since->visitor, since->n, (gint64)PAGE_ROWS + 1);
  if (rows == NULL)
    return FALSE;

  while (failure == NULL && lia_rows_next (rows, &failure))
    {
      char *event = page->events->len < PAGE_ROWS ? read_event (rows, &failure) : NULL;

      if (event != NULL)
        g_ptr_array_add (page->events, event);
      else if (failure == NULL)
        page->more = TRUE;
    }
  if (failure == NULL)
    *result = g_steal_pointer (&page);
  else
    g_propagate_error (error, failure);

  return failure == NULL;
}

/* What is new ---------------------------------------------------------------------------------------------------------------------------- */

static gboolean
read_visitors (LiaDb                *db,
               const LiaChatStretch *stretch,
               LiaChatNews          *news,
               GError              **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT c.visitor, max (e.dir IS NOT 'in') FROM chat_event AS c JOIN entry AS e ON e.seq = c.seq "
                                           "WHERE c.seq > $1 AND c.seq <= $2 GROUP BY c.visitor",
                                           "ii", stretch->after, stretch->upto);
  GError *failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &failure))
    g_hash_table_insert (news->visitors, g_strdup (lia_rows_text (rows, 0)), GINT_TO_POINTER (lia_rows_int (rows, 1) != 0));
  if (failure != NULL)
    g_propagate_error (error, failure);

  return failure == NULL;
}

static gboolean
read_seen (LiaDb                *db,
           const LiaChatStretch *stretch,
           LiaChatNews          *news,
           GError              **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT r.visitor, (SELECT max (c.n) FROM chat_event AS c WHERE c.visitor = r.visitor AND c.seq <= r.seq) FROM "
                                           "(SELECT t.visitor AS visitor, max (json_extract (j.data, '$.seq')) AS seq FROM journal AS j "
                                           "JOIN chat_thread AS t ON t.conversation_id = j.conversation_id "
                                           "WHERE j.seq > $1 AND j.seq <= $2 AND j.kind = 'conversation.read' GROUP BY t.visitor) AS r",
                                           "ii", stretch->after, stretch->upto);
  GError *failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &failure))
    {
      gint64 n = lia_rows_int (rows, 1);

      if (n > 0)
        g_hash_table_insert (news->seen, g_strdup (lia_rows_text (rows, 0)), g_memdup2 (&n, sizeof n));
    }
  if (failure != NULL)
    g_propagate_error (error, failure);

  return failure == NULL;
}

/** lia_chat_news_read: @stretch: #LiaChatStretch; @news: #LiaChatNews */
gboolean
lia_chat_news_read (LiaDb    *db,
                    gpointer  stretch,
                    gpointer *result,
                    GError  **error)
{
  const LiaChatStretch *self = stretch;
  g_autoptr (LiaChatNews) news = g_new0 (LiaChatNews, 1);
  gint64 agents;
  gint64 queue;

  news->visitors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  news->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!read_visitors (db, self, news, error) || !read_seen (db, self, news, error) ||
      !lia_db_get_int (db, &agents, error, "SELECT EXISTS (SELECT 1 FROM journal WHERE seq > $1 AND seq <= $2 AND kind = 'agent.changed')", "ii",
                       self->after, self->upto) ||
      !lia_db_get_int (db, &queue, error,
                       "SELECT EXISTS (SELECT 1 FROM journal AS j JOIN chat_thread AS t ON t.conversation_id = j.conversation_id "
                       "WHERE j.seq > $1 AND j.seq <= $2 AND j.kind <> 'conversation.read')",
                       "ii", self->after, self->upto))
    return FALSE;
  news->agents = agents != 0;
  news->queue = queue != 0;
  *result = g_steal_pointer (&news);

  return TRUE;
}

/** lia_chat_entry_read: @since: #LiaChatSince; @entry: gint64 *: the entry that is this very event, or the last one before. */
gboolean
lia_chat_entry_read (LiaDb    *db,
                     gpointer  since,
                     gpointer *entry,
                     GError  **error)
{
  const LiaChatSince *self = since;
  gint64              seq;

  if (!lia_db_get_int (db, &seq, error, "SELECT coalesce (max (seq), 0) FROM chat_event WHERE visitor = $1 AND n <= $2", "ti", self->visitor, self->n))
    return FALSE;
  *entry = g_memdup2 (&seq, sizeof seq);

  return TRUE;
}

/* Delivered ------------------------------------------------------------------------------------------------------------------------------ */

static gboolean
set_delivered (LiaDb   *db,
               gint64   seq,
               GError **error)
{
  g_autofree char *data = g_strdup_printf ("{\"entry\":%" G_GINT64_FORMAT ",\"set\":{\"state\":\"delivered\"}}", seq);
  LiaJournalEvent  event = { .kind = "entry.changed", .data = data };

  return lia_journal_append (db, &event, error) != 0;
}

/** lia_chat_arrived_write: @arrived: #LiaChatArrived: what we sent, and she has, is delivered. */
gboolean
lia_chat_arrived_write (LiaDb    *db,
                        gpointer  arrived,
                        gpointer *result,
                        GError  **error)
{
  const LiaChatArrived *self = arrived;
  g_autoptr (GArray) seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT c.seq FROM chat_event AS c JOIN entry AS e ON e.seq = c.seq WHERE c.visitor = $1 AND c.n > $2 "
                                           "AND c.n <= $3 AND e.kind = 'chat' AND e.dir = 'out' AND e.state = 'sent' ORDER BY c.n",
                                           "tii", self->visitor, self->after, self->upto);
  GError *failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &failure))
    g_array_append_vals (seqs, &(gint64){ lia_rows_int (rows, 0) }, 1);
  for (guint i = 0; failure == NULL && i < seqs->len; i++)
    set_delivered (db, g_array_index (seqs, gint64, i), &failure);
  if (failure != NULL)
    g_propagate_error (error, failure);

  return failure == NULL;
}
