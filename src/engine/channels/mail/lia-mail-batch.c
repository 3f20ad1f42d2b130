/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-mail-batch.h"

#include "lia-crash-point.h"
#include "lia-journal.h"
#include "lia-json.h"
#include "lia-mail-entry.h"
#include "lia-mail-store.h"
#include "lia-thread.h"
#include "lia-uid-set.h"

#include <string.h>

/*
 * One batch, one transaction: messages, where they lie, customers, conversations, entries, and `uid_done`. Whatever of it was here before is
 * found again by (folder, uidvalidity, uid) and by (Message-ID, body), so that a batch handed in twice, after a crash or a move, adds nothing.
 * Store thread.
 */

#define FRESH_MS (14ll * 24 * 60 * 60 * 1000)

/* What the whole batch needs to know. */
typedef struct
{
  LiaDb        *db;
  LiaMailBatch *batch;
  GBytes       *key;
  GHashTable   *own;  /* folded addresses of our mailboxes and agents */
  char         *role; /* of the folder */
  char         *done; /* UIDs */
  gint64        queue_id;
  gint64        since_ms; /* when the mailbox was set up: what came before is history */
} Context;

/* What one message turned out to be. */
typedef struct
{
  const LiaMailItem *item;
  gboolean           outgoing; /* sent by us with another program */
  gboolean           opens;    /* somebody waits for an answer */
  LiaAddress        *party;    /* the customer's address; borrowed */
  GPtrArray         *people;   /* of LiaAddress, without us */
  LiaThreadAnswer    thread;
  gint64             customer_id;
  gint64             conversation_id;
} Arrival;

static void
context_clear (Context *self)
{
  g_clear_pointer (&self->key, g_bytes_unref);
  g_clear_pointer (&self->own, g_hash_table_unref);
  g_clear_pointer (&self->role, g_free);
  g_clear_pointer (&self->done, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Context, context_clear)

static void
arrival_clear (Arrival *self)
{
  g_clear_pointer (&self->people, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arrival, arrival_clear)

static void
item_clear (gpointer data)
{
  LiaMailItem *self = data;

  g_clear_pointer (&self->mime, lia_mime_free);
  g_free (self->body_hash);
  g_free (self->raw);
  g_free (self->html);
  g_strfreev (self->parts);
}

LiaMailBatch *
lia_mail_batch_new (gint64     channel_id,
                    gint64     folder_id,
                    gint64     uidvalidity,
                    GPtrArray *messages)
{
  LiaMailBatch *self = g_atomic_rc_box_new0 (LiaMailBatch);

  self->channel_id = channel_id;
  self->folder_id = folder_id;
  self->uidvalidity = uidvalidity;
  self->messages = g_ptr_array_ref (messages);
  self->now_ms = g_get_real_time () / 1000;
  self->items = g_array_new (FALSE, TRUE, sizeof (LiaMailItem));
  g_array_set_clear_func (self->items, item_clear);

  return self;
}

LiaMailBatch *
lia_mail_batch_ref (LiaMailBatch *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
batch_clear (gpointer data)
{
  LiaMailBatch *self = data;

  g_array_unref (self->items);
  g_ptr_array_unref (self->messages);
}

void
lia_mail_batch_unref (LiaMailBatch *self)
{
  g_atomic_rc_box_release_full (self, batch_clear);
}

/* "no such row" is an answer here. */
static gboolean
get_int (LiaDb    *db,
         gint64   *value,
         gboolean *found,
         GError  **error,
         GError   *local_error)
{
  *found = local_error == NULL;

  if (local_error == NULL)
    return TRUE;

  *value = 0;

  if (g_error_matches (local_error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND))
    {
      g_error_free (local_error);
      return TRUE;
    }

  g_propagate_error (error, local_error);

  return FALSE;
}

static char *
own_key (const char *address)
{
  g_autofree char *folded = lia_address_fold (address);
  char            *at = strrchr (folded, '@');
  char            *plus = strchr (folded, '+');

  if (at != NULL && plus != NULL && plus < at)
    memmove (plus, at, strlen (at) + 1);

  return g_steal_pointer (&folded);
}

static gboolean
is_own (const Context *self,
        const char    *address)
{
  g_autofree char *key = own_key (address);

  return g_hash_table_contains (self->own, key);
}

static gboolean
read_rows (Context    *self,
           const char *sql,
           void (*take) (Context *self, LiaRows *rows),
           GError **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (self->db, error, sql, "");
  g_autoptr (GError) local_error = NULL;

  if (rows == NULL)
    return FALSE;

  while (lia_rows_next (rows, &local_error))
    take (self, rows);

  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static void
take_agent (Context *self,
            LiaRows *rows)
{
  g_hash_table_add (self->own, own_key (lia_rows_text (rows, 0)));
}

static void
take_channel (Context *self,
              LiaRows *rows)
{
  g_autoptr (JsonObject) config = lia_json_parse (lia_rows_text (rows, 2), -1, LIA_JSON_MAX_BYTES, NULL);
  const char *address = NULL;

  if (lia_rows_int (rows, 0) == self->batch->channel_id)
    self->queue_id = lia_rows_int (rows, 1);

  if (config != NULL && lia_json_str (config, "address", LIA_JSON_OPTIONAL, 320, &address, NULL) && address != NULL)
    g_hash_table_add (self->own, own_key (address));
}

static gboolean
read_folder (Context *self,
             GError **error)
{
  LiaMailBatch *batch = self->batch;
  g_autoptr (LiaRows) rows =
      lia_db_query (self->db, error, "SELECT uidvalidity, role, uid_done FROM mail_folder WHERE id = $1 AND channel_id = $2", "ii", batch->folder_id, batch->channel_id);
  g_autoptr (GError) local_error = NULL;

  if (rows == NULL)
    return FALSE;

  if (!lia_rows_next (rows, &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        g_set_error_literal (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND, "This folder is not known any more");

      return FALSE;
    }

  if (lia_rows_int (rows, 0) != batch->uidvalidity)
    {
      g_set_error_literal (error, LIA_STORE_ERROR, LIA_STORE_ERROR_CONFLICT, "The server numbered this folder anew in the meantime");
      return FALSE;
    }

  self->role = g_strdup (lia_rows_text (rows, 1));
  self->done = g_strdup (lia_rows_text (rows, 2));

  return TRUE;
}

static gboolean
context_load (Context *self,
              GError **error)
{
  GError  *local_error = NULL;
  gboolean found;

  self->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->key = lia_mail_store_key (self->db, error);

  if (self->key == NULL || !read_folder (self, error) || !read_rows (self, "SELECT address FROM agent WHERE address <> ''", take_agent, error) ||
      !read_rows (self, "SELECT id, queue_id, config FROM channel WHERE kind = 'mail'", take_channel, error))
    return FALSE;

  /* A channel has the number of the event that made it. */
  lia_db_get_int (self->db, &self->since_ms, &local_error, "SELECT at FROM journal WHERE seq = $1", "i", self->batch->channel_id);

  return get_int (self->db, &self->since_ms, &found, error, local_error);
}

static gboolean
add_location (Context           *self,
              const LiaMailItem *item,
              gint64             message,
              GError           **error)
{
  const LiaMailFetched *fetched = item->fetched;
  g_autofree char      *flags = g_strconcat (fetched->answered ? "A" : "", fetched->flagged ? "F" : "", fetched->seen ? "S" : "", NULL);

  return lia_db_exec (self->db, error,
                      "INSERT INTO mail_location (message, folder, uidvalidity, uid, flags) VALUES ($1, $2, $3, $4, $5) "
                      "ON CONFLICT (folder, uidvalidity, uid) DO NOTHING",
                      "iiiit", message, self->batch->folder_id, self->batch->uidvalidity, fetched->uid, flags);
}

/* Whether the message is here already; then only its place may be news. */
static gboolean
is_known (Context           *self,
          const LiaMailItem *item,
          gboolean          *known,
          GError           **error)
{
  const char *message_id = item->mime->message_id != NULL ? item->mime->message_id : "";
  GError     *local_error = NULL;
  gint64      id = 0;

  lia_db_get_int (self->db, &id, &local_error, "SELECT message FROM mail_location WHERE folder = $1 AND uidvalidity = $2 AND uid = $3", "iii",
                  self->batch->folder_id, self->batch->uidvalidity, item->fetched->uid);

  if (!get_int (self->db, &id, known, error, local_error))
    return FALSE;

  if (*known)
    return TRUE;

  local_error = NULL;
  lia_db_get_int (self->db, &id, &local_error, "SELECT id FROM mail_message WHERE message_id = $1 AND body_hash = $2", "tt", message_id, item->body_hash);

  if (!get_int (self->db, &id, known, error, local_error))
    return FALSE;

  /* Providers rewrite the copy that they file, so in Sent our Message-ID is enough. Elsewhere anybody could have taken it. */
  if (!*known && *message_id != '\0' && strcmp (self->role, "sent") == 0)
    {
      local_error = NULL;
      lia_db_get_int (self->db, &id, &local_error, "SELECT id FROM mail_message WHERE message_id = $1 AND direction = 'out' LIMIT 1", "t", message_id);

      if (!get_int (self->db, &id, known, error, local_error))
        return FALSE;
    }

  return !*known || add_location (self, item, id, error);
}

static void
add_people (const Context *self,
            GPtrArray     *people,
            LiaAddress    *address)
{
  if (address != NULL && lia_address_is_valid_email (address->address) && !is_own (self, address->address))
    g_ptr_array_add (people, lia_address_ref (address));
}

static void
find_people (const Context *self,
             Arrival       *arrival)
{
  const LiaMime *mime = arrival->item->mime;
  gboolean       through_form;

  arrival->people = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);

  /* A web form writes in our name or nobody's; the customer is whom the answer shall go to. */
  through_form = mime->from == NULL || is_own (self, mime->from->address) || lia_mail_entry_is_nobody (mime->from);

  if (!arrival->outgoing && through_form)
    add_people (self, arrival->people, mime->reply_to);

  if (!arrival->outgoing)
    {
      add_people (self, arrival->people, mime->from);
      add_people (self, arrival->people, mime->reply_to);
    }

  for (guint i = 0; i < mime->to->len; i++)
    add_people (self, arrival->people, g_ptr_array_index (mime->to, i));

  for (guint i = 0; i < mime->cc->len; i++)
    add_people (self, arrival->people, g_ptr_array_index (mime->cc, i));

  arrival->party = arrival->people->len > 0 ? g_ptr_array_index (arrival->people, 0) : NULL;

  /* From one of us to us: a colleague asks, and is the customer here. */
  if (!arrival->outgoing && mime->from != NULL && is_own (self, mime->from->address) && (mime->reply_to == NULL || is_own (self, mime->reply_to->address)))
    arrival->party = mime->from;
}

static gboolean
find_thread (Context *self,
             Arrival *arrival,
             GError **error)
{
  const LiaMailItem *item = arrival->item;
  g_autoptr (GPtrArray) parties = g_ptr_array_new_with_free_func (g_free);
  LiaThreadQuestion question = {
    .mime = item->mime,
    .raw = item->fetched->raw,
    .key = self->key,
    .parties = parties,
    .at_ms = item->fetched->internal_date_ms,
    .new_work = item->fetched->internal_date_ms >= self->since_ms,
  };
  gboolean found;
  GError  *local_error = NULL;

  /* What comes in is proved by its sender, what went out by those it went to. */
  if (arrival->party != NULL && !arrival->outgoing)
    g_ptr_array_add (parties, lia_address_fold (arrival->party->address));

  if (item->mime->from != NULL && !arrival->outgoing)
    g_ptr_array_add (parties, lia_address_fold (item->mime->from->address));

  for (guint i = 0; arrival->outgoing && i < arrival->people->len; i++)
    g_ptr_array_add (parties, lia_address_fold (((LiaAddress *)g_ptr_array_index (arrival->people, i))->address));

  if (!lia_thread_find (self->db, &question, &arrival->thread, error))
    return FALSE;

  arrival->conversation_id = arrival->thread.conversation_id;

  if (arrival->conversation_id == 0)
    return TRUE;

  lia_db_get_int (self->db, &arrival->customer_id, &local_error, "SELECT customer_id FROM conversation WHERE id = $1", "i", arrival->conversation_id);

  return get_int (self->db, &arrival->customer_id, &found, error, local_error);
}

static gint64
append (Context    *self,
        const char *kind,
        Arrival    *arrival,
        JsonObject *data,
        GError    **error)
{
  g_autofree char *text = lia_json_to_text (data);
  LiaJournalEvent  event = {
     .kind = kind,
     .conversation_id = arrival->conversation_id,
     .customer_id = arrival->customer_id,
     .at_ms = arrival->item->fetched->internal_date_ms,
     .data = text,
     .object = data,
  };

  return lia_journal_append (self->db, &event, error);
}

/* Who wrote, as a customer; 0 where nobody has that address. */
static gboolean
find_customer (Context          *self,
               const LiaAddress *address,
               gint64           *customer_id,
               GError          **error)
{
  g_autofree char *norm = lia_address_fold (address->address);
  GError          *local_error = NULL;
  gboolean         found;

  lia_db_get_int (self->db, customer_id, &local_error, "SELECT customer_id FROM address WHERE kind = 'email' AND norm = $1 ORDER BY customer_id LIMIT 1", "t", norm);

  return get_int (self->db, customer_id, &found, error, local_error);
}

static gboolean
ensure_customer (Context *self,
                 Arrival *arrival,
                 GError **error)
{
  g_autoptr (LiaAddress) nobody = lia_address_new ("", "");
  LiaAddress *party = arrival->party != NULL ? arrival->party : nobody;

  if (*party->address != '\0' && !find_customer (self, party, &arrival->customer_id, error))
    return FALSE;

  if (arrival->customer_id == 0)
    {
      g_autoptr (JsonObject) data = lia_mail_entry_customer (party);

      arrival->customer_id = append (self, "customer.created", arrival, data, error);
    }

  return arrival->customer_id != 0;
}

static gboolean
ensure_conversation (Context *self,
                     Arrival *arrival,
                     GError **error)
{
  const LiaMailFetched *fetched = arrival->item->fetched;
  const char *class = arrival->item->mime->auto_class;
  g_autoptr (JsonObject) data = NULL;
  gboolean history = arrival->outgoing ? fetched->internal_date_ms < self->since_ms : !arrival->opens;

  if (arrival->conversation_id != 0)
    return TRUE;

  /* Lists and mailings want no answer, but to be seen once. */
  if (!arrival->outgoing && !fetched->seen && fetched->internal_date_ms >= self->batch->now_ms - FRESH_MS &&
      (strcmp (class, "list") == 0 || strcmp (class, "bulk") == 0))
    history = FALSE;

  data = lia_mail_entry_conversation (arrival->item->mime->subject, self->queue_id, history);

  return ensure_customer (self, arrival, error) && (arrival->conversation_id = append (self, "conversation.created", arrival, data, error)) != 0;
}

/* The texts that a quote may come from, newest first. */
static gboolean
earlier_texts (Context *self,
               Arrival *arrival,
               GStrv   *texts,
               GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GError) local_error = NULL;

  if (arrival->thread.conversation_id != 0)
    {
      g_autoptr (LiaRows) rows = lia_db_query (self->db, error,
                                               "SELECT json_extract (t.json, '$.text') FROM entry AS e JOIN entry_text AS t ON t.seq = e.seq "
                                               "WHERE e.conversation_id = $1 AND e.kind = 'email' ORDER BY e.at DESC, e.seq DESC LIMIT 10",
                                               "i", arrival->thread.conversation_id);

      if (rows == NULL)
        return FALSE;

      while (lia_rows_next (rows, &local_error))
        {
          if (!lia_rows_is_null (rows, 0))
            g_strv_builder_add (builder, lia_rows_text (rows, 0));
        }

      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }

  *texts = g_strv_builder_end (builder);

  return TRUE;
}

static gint64
add_entry (Context *self,
           Arrival *arrival,
           GError **error)
{
  g_auto (GStrv) earlier = NULL;
  g_autoptr (JsonObject) data = NULL;
  LiaMailEntrySource source = {
    .item = arrival->item,
    .channel_id = self->batch->channel_id,
    .outgoing = arrival->outgoing,
    .new_participant = arrival->thread.new_participant,
    .quiet = arrival->outgoing ? arrival->thread.conversation_id == 0 && arrival->item->fetched->internal_date_ms < self->since_ms : !arrival->opens,
    .author = arrival->outgoing || arrival->party == NULL ? arrival->item->mime->from : arrival->party,
  };

  if (!earlier_texts (self, arrival, &earlier, error))
    return 0;

  if (source.author != NULL && !arrival->outgoing && !find_customer (self, source.author, &source.author_id, error))
    return 0;

  source.earlier = (const char *const *)earlier;
  data = lia_mail_entry_build (&source);

  return append (self, "entry.added", arrival, data, error);
}

static gboolean
add_message (Context *self,
             Arrival *arrival,
             gint64   entry_seq,
             GError **error)
{
  static const char *const states[] = { "parsed", "too-complex", "failed" };
  const LiaMailItem       *item = arrival->item;
  const LiaMime           *mime = item->mime;

  return lia_db_exec (self->db, error,
                      "INSERT INTO mail_message (channel_id, entry_seq, conversation_id, direction, message_id, body_hash, raw, size, sent_at, received_at, "
                      "auto_class, auth, parse_state, why) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
                      "iiittttiiitttt", self->batch->channel_id, entry_seq, arrival->conversation_id, arrival->outgoing ? "out" : "in",
                      mime->message_id != NULL ? mime->message_id : "", item->body_hash, item->raw, (gint64)g_bytes_get_size (item->fetched->raw),
                      mime->date_ms, item->fetched->internal_date_ms, lia_mail_entry_class (mime), mime->auth != NULL ? mime->auth : "", states[mime->state],
                      arrival->thread.why) &&
         add_location (self, item, lia_db_last_id (self->db), error);
}

static gboolean
opens (const Context *self,
       const Arrival *arrival)
{
  const LiaMailFetched *fetched = arrival->item->fetched;
  const char *class = arrival->item->mime->auto_class;
  gboolean for_people = strcmp (class, "human") == 0 || (strcmp (class, "bounce") == 0 && arrival->thread.conversation_id != 0);

  if (arrival->outgoing || !for_people || fetched->internal_date_ms < self->batch->now_ms - FRESH_MS)
    return FALSE;

  /* Before the mailbox was ours, whatever somebody had read was dealt with; since then reading it elsewhere is no answer. */
  return (!fetched->seen && !fetched->answered) || fetched->internal_date_ms >= self->since_ms;
}

static gboolean
add_item (Context           *self,
          const LiaMailItem *item,
          gint64            *added,
          GError           **error)
{
  g_auto (Arrival) arrival = { .item = item, .outgoing = strcmp (self->role, "sent") == 0 };
  gboolean known;
  gint64   entry_seq;

  if (!is_known (self, item, &known, error))
    return FALSE;

  if (known)
    return TRUE;

  find_people (self, &arrival);

  /* What we sent to nobody but ourselves is no customer's business. */
  if (arrival.outgoing && arrival.party == NULL)
    return TRUE;

  if (!find_thread (self, &arrival, error))
    return FALSE;

  arrival.opens = opens (self, &arrival);

  if (!ensure_conversation (self, &arrival, error) || (entry_seq = add_entry (self, &arrival, error)) == 0 ||
      !add_message (self, &arrival, entry_seq, error) ||
      !lia_thread_remember (self->db, item->mime, arrival.conversation_id, entry_seq, arrival.people, error))
    return FALSE;

  (*added)++;

  return TRUE;
}

/**
 * lia_mail_batch_write:
 * @batch: a prepared #LiaMailBatch
 * @result: (out): how many messages are new, as GINT_TO_POINTER()
 *
 * A #LiaStoreFunc.
 */
gboolean
lia_mail_batch_write (LiaDb    *db,
                      gpointer  batch,
                      gpointer *result,
                      GError  **error)
{
  g_auto (Context) self = { .db = db, .batch = batch };
  g_autoptr (LiaUidSet) done = NULL;
  g_autofree char *done_text = NULL;
  gint64           added = 0;

  if (!context_load (&self, error))
    return FALSE;

  done = lia_uid_set_new (self.done);

  for (guint i = 0; i < self.batch->items->len; i++)
    {
      const LiaMailItem *item = &g_array_index (self.batch->items, LiaMailItem, i);

      if (!add_item (&self, item, &added, error))
        return FALSE;

      lia_uid_set_add (done, item->fetched->uid, item->fetched->uid);
    }

  lia_crash_point ("mail-ingest-in-transaction");
  done_text = lia_uid_set_to_string (done);
  *result = GINT_TO_POINTER (added);

  return lia_db_exec (db, error, "UPDATE mail_folder SET uid_done = $2 WHERE id = $1", "it", self.batch->folder_id, done_text);
}
