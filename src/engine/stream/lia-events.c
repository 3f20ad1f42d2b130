/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Journal rows -> events. An event shows the thing as it is now, not as it was when it happened: a client applies what is newer than its own,
 * so a replay never goes back in time. On a store thread.
 */

#include "lia-events.h"

#include "lia-id.h"
#include "lia-json-text.h"
#include "lia-queries.h"
#include "lia-time.h"
#include "lia-wire.h"
#include "lia-workspace.h"

#define MAX_EVENTS 100          /* of one frame */
#define ENTRY_ROOM (900 * 1024) /* of a frame of its own; a mail's text has 256 KiB at most */

typedef struct
{
  LiaDb        *db;
  gint64        agent_id;
  GHashTable   *live; /* see lia-workspace.h */
  LiaEventPage *page;
  GHashTable   *rows;  /* gint64 * -> char *: a conversation that changes often in a page is read once */
  GString      *frame; /* events separated by commas */
  guint         n_events;
} Builder;

/* A row of the journal. */
typedef struct
{
  gint64      seq;
  gint64      at_ms;
  const char *kind;
  gint64      conversation_id;
  gint64      customer_id;
  gint64      actor_id;
  const char *key;
  gint64      ver;
  const char *data;
} Row;

void
lia_event_page_free (LiaEventPage *self)
{
  g_ptr_array_unref (self->frames);
  g_array_unref (self->touched);
  g_free (self);
}

static void
flush (Builder *self)
{
  g_autoptr (GString) text = NULL;
  gsize length;

  if (self->n_events == 0)
    return;

  text = g_string_new (NULL);
  if (self->n_events == 1)
    {
      g_string_append (text, "{\"t\":\"ev\",");
      g_string_append (text, self->frame->str + 1); /* without its brace */
    }
  else
    {
      g_string_append_printf (text, "{\"t\":\"evs\",\"evs\":[%s]}", self->frame->str);
    }

  length = text->len;
  g_ptr_array_add (self->page->frames, g_bytes_new_take (g_string_free_and_steal (g_steal_pointer (&text)), length));
  g_string_truncate (self->frame, 0);
  self->n_events = 0;
}

static void
add_event (Builder    *self,
           const Row  *row,
           const char *kind,
           const char *d)
{
  g_autofree char *at = lia_time_to_string (row->at_ms);
  g_autofree char *conversation = row->conversation_id != 0 ? lia_id_format ("c", row->conversation_id) : NULL;
  g_autofree char *actor = row->actor_id != 0 ? lia_id_format ("a", row->actor_id) : NULL;

  if (self->n_events == MAX_EVENTS || (self->n_events > 0 && self->frame->len + strlen (d) > LIA_FRAME_ROOM))
    flush (self);

  if (self->n_events > 0)
    g_string_append_c (self->frame, ',');
  g_string_append_printf (self->frame, "{\"seq\":%" G_GINT64_FORMAT, row->seq);
  lia_json_text_add_str (self->frame, "at", at);
  lia_json_text_add_str (self->frame, "k", kind);
  lia_json_text_add_str (self->frame, "conv", conversation);
  lia_json_text_add_str (self->frame, "actor", actor);
  lia_json_text_add_str (self->frame, "key", row->key);
  lia_json_text_add_int (self->frame, "ver", row->ver);
  lia_json_text_add (self->frame, "d", d);
  lia_json_text_end (self->frame);
  self->n_events++;
}

static const char *
row_text (Builder *self,
          gint64   conversation_id,
          GError **error)
{
  char *text = g_hash_table_lookup (self->rows, &conversation_id);
  g_autoptr (LiaConversation) conversation = NULL;
  g_autoptr (JsonObject) object = NULL;

  if (text != NULL)
    return text;

  conversation = lia_query_conversation (self->db, self->agent_id, conversation_id, error);
  if (conversation == NULL)
    return NULL;

  object = lia_wire_encode_conversation (conversation);
  text = lia_json_to_text (object);
  g_hash_table_insert (self->rows, g_memdup2 (&conversation_id, sizeof conversation_id), text);
  return text;
}

/* What does not fit a frame is named, and read over HTTP. */
static gboolean
add_entry (Builder   *self,
           const Row *row,
           gint64     entry_seq,
           GError   **error)
{
  g_autoptr (GString) d = g_string_new (NULL);
  g_autofree char *entry = lia_query_entry (self->db, entry_seq, error);
  g_autofree char *id = lia_id_format ("e", entry_seq);
  const char      *conversation;

  if (entry == NULL)
    return FALSE;
  conversation = row_text (self, row->conversation_id, error);
  if (conversation == NULL)
    return FALSE;

  lia_json_text_begin (d, NULL);
  if (strlen (entry) + strlen (conversation) <= ENTRY_ROOM)
    {
      lia_json_text_add (d, "entry", entry);
    }
  else
    {
      lia_json_text_add (d, "entry", NULL);
      lia_json_text_add_str (d, "large", id);
    }
  lia_json_text_add (d, "row", conversation);
  lia_json_text_end (d);
  add_event (self, row, row->kind, d->str);
  return TRUE;
}

static gboolean
add_entry_changed (Builder   *self,
                   const Row *row,
                   GError   **error)
{
  g_autoptr (JsonObject) data = lia_json_parse (row->data, -1, G_MAXSIZE, error);
  gint64 entry_seq;

  return data != NULL &&
         lia_json_int (data, "entry", LIA_JSON_REQUIRED, 1, G_MAXINT64, &entry_seq, error) &&
         add_entry (self, row, entry_seq, error);
}

static gboolean
add_one (Builder    *self,
         const Row  *row,
         const char *kind,
         const char *name,
         const char *raw)
{
  g_autoptr (GString) d = g_string_new (NULL);

  lia_json_text_begin (d, NULL);
  lia_json_text_add (d, name, raw);
  lia_json_text_end (d);
  add_event (self, row, kind, d->str);
  return TRUE;
}

static gboolean
add_conversation (Builder   *self,
                  const Row *row,
                  GError   **error)
{
  const char *text = row_text (self, row->conversation_id, error);

  return text != NULL && add_one (self, row, "conversation.changed", "row", text);
}

static gboolean
add_customer (Builder   *self,
              const Row *row,
              GError   **error)
{
  g_autoptr (LiaCustomer) customer = lia_query_customer (self->db, row->customer_id, error);
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *text = NULL;

  if (customer == NULL)
    return FALSE;
  object = lia_wire_encode_customer (customer);
  text = lia_json_to_text (object);
  return add_one (self, row, "customer.changed", "customer", text);
}

static gboolean
add_read (Builder   *self,
          const Row *row,
          GError   **error)
{
  if (row->actor_id == self->agent_id)
    add_event (self, row, row->kind, row->data);
  return TRUE;
}

static gboolean
add_draft (Builder   *self,
           const Row *row,
           GError   **error)
{
  g_autofree char *id = lia_id_format ("c", row->conversation_id);
  g_autofree char *raw = g_strdup_printf ("\"%s\"", id);

  return row->actor_id != self->agent_id || add_one (self, row, "draft.changed", "conversation", raw);
}

static gboolean
add_workspace (Builder   *self,
               const Row *row,
               GError   **error)
{
  g_autofree char *d = lia_workspace_event (self->db, self->live, row->seq, row->kind, row->data, error);

  if (d == NULL)
    return FALSE;
  add_event (self, row, row->kind, d);
  return TRUE;
}

static gboolean
add (Builder   *self,
     const Row *row,
     GError   **error)
{
  if (g_str_equal (row->kind, "entry.added"))
    return add_entry (self, row, row->seq, error);
  if (g_str_equal (row->kind, "entry.changed"))
    return add_entry_changed (self, row, error);
  if (g_str_equal (row->kind, "conversation.created"))
    return add_conversation (self, row, error);
  if (g_str_has_prefix (row->kind, "customer."))
    return add_customer (self, row, error);
  if (g_str_equal (row->kind, "conversation.read"))
    return add_read (self, row, error);
  if (g_str_equal (row->kind, "draft.saved"))
    return add_draft (self, row, error);
  /* Who listened to whom is told to nobody: administrators read it. Suggestions are asked for. */
  if (g_str_equal (row->kind, "audit.noted") || g_str_equal (row->kind, "suggestion.dismissed"))
    return TRUE;
  return add_workspace (self, row, error);
}

/* A row may have gone meanwhile (a channel that was removed): its end has an event of its own. */
static gboolean
add_or_skip (Builder   *self,
             const Row *row,
             GError   **error)
{
  g_autoptr (GError) failure = NULL;

  if (add (self, row, &failure) || g_error_matches (failure, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
build (Builder *self,
       LiaRows *rows,
       GError **error)
{
  g_autoptr (GError) failure = NULL;

  while (lia_rows_next (rows, &failure))
    {
      /* Copies: reading more with the same connection must not depend on how long a cursor's texts live. */
      g_autofree char *kind = g_strdup (lia_rows_text (rows, 2));
      g_autofree char *key = g_strdup (lia_rows_text (rows, 6));
      g_autofree char *data = g_strdup (lia_rows_text (rows, 8));
      Row              row = {
                     .seq = lia_rows_int (rows, 0),
                     .at_ms = lia_rows_int (rows, 1),
                     .kind = kind,
                     .conversation_id = lia_rows_int (rows, 3),
                     .customer_id = lia_rows_int (rows, 4),
                     .actor_id = lia_rows_int (rows, 5),
                     .key = key,
                     .ver = lia_rows_int (rows, 7),
                     .data = data,
      };

      if (!add_or_skip (self, &row, error))
        return FALSE;
      if (row.conversation_id != 0)
        g_array_append_val (self->page->touched, row.conversation_id);
    }

  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * lia_events_read:
 * @agent_id: for whom: rows carry what is unread for her, drafts are only hers
 * @live: (nullable): states of channels, see lia-workspace.h
 * @since: the first event is the one after this
 * @upto: the last one; keep the stretch to some hundred
 *
 * Returns: (transfer full) (nullable): what to send
 */
LiaEventPage *
lia_events_read (LiaDb      *db,
                 gint64      agent_id,
                 GHashTable *live,
                 gint64      since,
                 gint64      upto,
                 GError    **error)
{
  g_autoptr (LiaEventPage) page = g_new0 (LiaEventPage, 1);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GString) frame = g_string_new (NULL);
  g_autoptr (LiaRows) rows = NULL;
  Builder builder = { db, agent_id, live, page, known, frame, 0 };

  page->frames = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  page->touched = g_array_new (FALSE, FALSE, sizeof (gint64));

  rows = lia_db_query (db, error,
                       "SELECT seq, at, kind, conversation_id, customer_id, actor_id, command_key, ver, data FROM journal "
                       "WHERE seq > $1 AND seq <= $2 ORDER BY seq",
                       "ii", since, upto);
  if (rows == NULL || !build (&builder, rows, error))
    return NULL;

  flush (&builder);
  return g_steal_pointer (&page);
}
