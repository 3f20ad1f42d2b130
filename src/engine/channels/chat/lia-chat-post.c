/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a visitor writes becomes an entry of her conversation, once for each name (`cid`) that she gave it. She is a customer by her chat address from
 * her first message on: who only looks leaves nothing.
 */

#include "lia-chat-post.h"

#include "lia-callback-owner.h"
#include "lia-chat-answer-time.h"
#include "lia-chat-way.h"
#include "lia-id.h"
#include "lia-journal.h"
#include "lia-problem.h"
#include "lia-queries.h"
#include "lia-time.h"
#include "lia-wire.h"

#include <string.h>

#define MAX_SUBJECT 70
#define SAME_CONCERN_MS (24 * G_GINT64_CONSTANT (3600000)) /* after that a closed conversation is another matter */

LiaChatPost *
lia_chat_post_new (LiaChatVisitor *visitor,
                   const char     *cid,
                   const char     *body,
                   gint64          target_ms,
                   gboolean        may_begin)
{
  LiaChatPost *self = g_new0 (LiaChatPost, 1);

  self->visitor = lia_chat_visitor_ref (visitor);
  self->cid = g_strdup (cid);
  self->body = g_strdup (body);
  self->target_ms = target_ms;
  self->may_begin = may_begin;

  return self;
}

/** lia_chat_post_set_left: nobody was there: it is to be answered by e-mail. */
void
lia_chat_post_set_left (LiaChatPost *self,
                        const char  *name,
                        const char  *email,
                        const char  *mailbox)
{
  self->from = lia_address_new (name, email);
  self->mailbox = g_strdup (mailbox);
}

/** lia_chat_post_set_file: the message is this file. */
void
lia_chat_post_set_file (LiaChatPost   *self,
                        LiaAttachment *file)
{
  g_set_object (&self->file, file);
}

/** lia_chat_post_set_number: she asks to be called there; what she has typed is what it is about. */
void
lia_chat_post_set_number (LiaChatPost *self,
                          const char  *number)
{
  self->number = g_strdup (number);
}

void
lia_chat_post_free (gpointer post)
{
  LiaChatPost *self = post;

  lia_chat_visitor_unref (self->visitor);
  g_free (self->cid);
  g_free (self->body);
  g_clear_pointer (&self->from, lia_address_unref);
  g_clear_object (&self->file);
  g_free (self->mailbox);
  g_free (self->number);
  g_free (self);
}

/* Where one row is wanted: FALSE and no @error when there is none. */
static gboolean
take_row (LiaRows *rows,
          GError **error)
{
  return rows != NULL && lia_rows_next (rows, error);
}

/* It came before: the visitor did not hear that it was written. */
static gboolean
find_repeated (LiaChatPost   *self,
               LiaDb         *db,
               LiaChatPosted *posted,
               GError       **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT c.n, e.conversation_id FROM chat_event AS c JOIN entry AS e ON e.seq = c.seq "
                                           "WHERE c.visitor = $1 AND c.cid = $2",
                                           "tt", self->visitor->visitor, self->cid);

  if (!take_row (rows, error))
    return FALSE;
  posted->n = lia_rows_int (rows, 0);
  posted->conversation_id = lia_rows_int (rows, 1);

  return TRUE;
}

/* The conversation that goes on, if one does, and in any case the customer, if she is one. */
static gboolean
find_conversation (LiaChatPost *self,
                   LiaDb       *db,
                   gint64      *conversation_id,
                   gint64      *customer_id,
                   GError     **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT c.id, c.customer_id, c.state = 'closed' AND c.last_at < $2 FROM chat_thread AS t "
                                           "JOIN conversation AS c ON c.id = t.conversation_id WHERE t.visitor = $1",
                                           "ti", self->visitor->visitor, lia_time_now () - SAME_CONCERN_MS);
  g_autoptr (GError) failure = NULL;

  if (take_row (rows, &failure))
    {
      *customer_id = lia_rows_int (rows, 1);
      *conversation_id = lia_rows_int (rows, 2) == 0 ? lia_rows_int (rows, 0) : 0;
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));

  return rows != NULL && *error == NULL;
}

static gint64
append (LiaDb      *db,
        const char *kind,
        gint64      conversation_id,
        gint64      customer_id,
        JsonObject *data,
        GError    **error)
{
  g_autoptr (JsonObject) owned = data;
  g_autofree char *text = lia_json_to_text (owned);
  LiaJournalEvent  event = { .kind = kind, .conversation_id = conversation_id, .customer_id = customer_id, .data = text, .object = owned };

  return lia_journal_append (db, &event, error);
}

static void
add_address (JsonArray  *addresses,
             const char *kind,
             const char *value)
{
  JsonObject *address = json_object_new ();

  json_object_set_string_member (address, "kind", kind);
  json_object_set_string_member (address, "value", value);
  json_array_add_object_element (addresses, address);
}

/*
 * What was only typed is no address of hers: whoever types another's would read along with what that one writes. Where an answer by e-mail is asked for
 * it is as good as the sender of a mail: what we write goes to that address, and not to the chat.
 */
static gint64
make_customer (LiaChatPost *self,
               LiaDb       *db,
               GError     **error)
{
  LiaChatVisitor *visitor = self->visitor;
  JsonObject     *data = json_object_new ();
  JsonArray      *addresses = json_array_new ();

  add_address (addresses, "chat", visitor->visitor);
  if (self->from != NULL)
    add_address (addresses, "email", self->from->address);
  else if (visitor->verified && lia_address_is_valid_email (visitor->email))
    add_address (addresses, "email", visitor->email);
  json_object_set_string_member (data, "name", self->from != NULL ? self->from->name : visitor->name);
  json_object_set_array_member (data, "addresses", addresses);

  return append (db, "customer.created", 0, 0, data, error);
}

/* Who leaves a message is whoever has that address, as with a mail. */
static gint64
find_sender (LiaChatPost *self,
             LiaDb       *db,
             GError     **error)
{
  return self->from != NULL ? lia_query_customer_by_address (db, "email", self->from->address, error) : 0;
}

/* Somebody whose site says who she is may be known by her e-mail address. */
static gint64
find_known (LiaChatPost *self,
            LiaDb       *db,
            GError     **error)
{
  LiaChatVisitor *visitor = self->visitor;
  JsonObject     *data;
  JsonArray      *addresses;
  gint64          customer_id;

  if (!visitor->verified || !lia_address_is_valid_email (visitor->email))
    return 0;
  customer_id = lia_query_customer_by_address (db, "email", visitor->email, error);
  if (customer_id == 0)
    return 0;

  data = json_object_new ();
  addresses = json_array_new ();
  add_address (addresses, "chat", visitor->visitor);
  json_object_set_int_member (data, "customer", customer_id);
  json_object_set_array_member (data, "add_addresses", addresses);

  return append (db, "customer.changed", 0, customer_id, data, error) != 0 ? customer_id : 0;
}

/* The first line, no longer than a subject is. */
static char *
make_subject (const char *body)
{
  g_autofree char *line = g_strstrip (g_strdup (body));
  g_autofree char *start = NULL;

  line[strcspn (line, "\r\n")] = '\0';
  if (g_utf8_strlen (line, -1) <= MAX_SUBJECT)
    return g_steal_pointer (&line);
  start = g_utf8_substring (line, 0, MAX_SUBJECT);

  return g_strconcat (start, "…", NULL);
}

static gint64
begin (LiaChatPost *self,
       LiaDb       *db,
       gint64       customer_id,
       GError     **error)
{
  g_autofree char *subject = self->from != NULL ? make_subject (self->body) : NULL;
  JsonObject      *data;
  gint64           queue_id;

  if (!self->may_begin)
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_RATE_LIMITED, "Too many conversations were begun.");
      return 0;
    }
  if (!lia_db_get_int (db, &queue_id, error, "SELECT queue_id FROM channel WHERE id = $1", "i", self->visitor->channel_id))
    return 0;
  if (customer_id == 0)
    customer_id = lia_query_customer_by_address (db, "chat", self->visitor->visitor, error);
  if (customer_id == 0 && *error == NULL)
    customer_id = find_sender (self, db, error);
  if (customer_id == 0 && *error == NULL)
    customer_id = find_known (self, db, error);
  if (customer_id == 0 && *error == NULL)
    customer_id = make_customer (self, db, error);
  if (customer_id == 0)
    return 0;

  data = json_object_new ();
  json_object_set_string_member (data, "subject", subject != NULL ? subject : "");
  json_object_set_string_member (data, "channel", self->from != NULL ? "email" : "chat");
  json_object_set_int_member (data, "queue", queue_id);

  return append (db, "conversation.created", 0, customer_id, data, error);
}

static JsonObject *
new_x (LiaChatPost *self,
       gint64       mailbox_id)
{
  JsonObject *x = json_object_new ();

  json_object_set_int_member (x, "channel", self->from != NULL ? mailbox_id : self->visitor->channel_id);
  if (self->from != NULL)
    json_object_set_int_member (x, "site", self->visitor->channel_id);
  json_object_set_string_member (x, "visitor", self->visitor->visitor);
  json_object_set_string_member (x, "cid", self->cid);
  if (*self->visitor->locale != '\0')
    json_object_set_string_member (x, "locale", self->visitor->locale);
  if (self->target_ms != 0)
    json_object_set_int_member (x, "target_ms", self->target_ms);

  return x;
}

/* The mailbox that answers, and its address: the site's, or the first; none is an error. */
static gint64
find_mailbox (LiaChatPost *self,
              LiaDb       *db,
              char       **address,
              GError     **error)
{
  gint64 found;

  if (!lia_chat_way_find_mailbox (db, self->mailbox, &found, error))
    return 0;
  if (found == 0)
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_CHANNEL_DOWN, "There is no mailbox to answer from.");
  else
    *address = lia_db_get_text (db, error, "SELECT json_extract (config, '$.address') FROM channel WHERE id = $1", "i", found);

  return *address != NULL ? found : 0;
}

/* What was left is a mail, but for the way by which it came. */
static void
make_mail (LiaChatPost *self,
           LiaEntry    *entry,
           const char  *mailbox)
{
  entry->kind = LIA_ENTRY_EMAIL;
  entry->subject = make_subject (self->body);
  g_clear_pointer (&entry->author, lia_address_unref);
  entry->author = lia_address_ref (self->from);
  entry->from = lia_address_ref (self->from);
  entry->to = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  g_ptr_array_add (entry->to, lia_address_new (NULL, mailbox));
}

static LiaEntry *
new_entry (LiaChatPost *self,
           gint64       customer_id)
{
  LiaChatVisitor *visitor = self->visitor;
  LiaEntry       *entry = lia_entry_new ();

  entry->at_ms = lia_time_now ();
  entry->kind = LIA_ENTRY_CHAT;
  entry->direction = LIA_DIRECTION_IN;
  entry->author_kind = LIA_AUTHOR_CUSTOMER;
  entry->author_id = lia_id_format ("k", customer_id);
  entry->author = lia_address_new (visitor->name, visitor->email);
  entry->text = g_strdup (self->body);
  if (self->file != NULL)
    {
      entry->attachments = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (entry->attachments, g_object_ref (self->file));
    }
  entry->details = g_strdup (visitor->verified ? "{\"verified\":true}" : "{\"verified\":false}");

  return entry;
}

/* The same work as a caller who was missed makes: an entry that waits until somebody has called. */
static gint64
append_promise (LiaChatPost   *self,
                LiaDb         *db,
                LiaChatPosted *posted,
                GError       **error)
{
  static const char *const of_the_store[] = { "id", "seq", "conv", "d" };
  g_autoptr (LiaEntry) entry = NULL;
  JsonObject *data;
  JsonObject *d = json_object_new ();
  JsonObject *x = new_x (self, 0);
  gint64      customer_id = 0;

  lia_db_get_int (db, &customer_id, error, "SELECT customer_id FROM conversation WHERE id = $1", "i", posted->conversation_id);
  entry = new_entry (self, customer_id);
  entry->kind = LIA_ENTRY_PROMISE;
  json_object_set_int_member (x, "target_ms", MAX (posted->answer_by_ms - entry->at_ms, 1));
  json_object_set_string_member (d, "what", "callback");
  lia_json_set_time (d, "due", posted->answer_by_ms);
  json_object_set_string_member (d, "number", self->number);
  json_object_set_string_member (d, "reason", self->body);
  json_object_set_boolean_member (d, "settled", FALSE);
  data = lia_wire_encode_entry (entry);
  for (guint i = 0; i < G_N_ELEMENTS (of_the_store); i++)
    if (json_object_has_member (data, of_the_store[i]))
      json_object_remove_member (data, of_the_store[i]);
  json_object_set_object_member (data, "d", d);
  json_object_set_object_member (data, "x", x);

  return append (db, "entry.added", posted->conversation_id, 0, data, error);
}

static gint64
append_call (LiaChatPost   *self,
             LiaDb         *db,
             LiaChatPosted *posted,
             GError       **error)
{
  gint64 seq;

  if (!lia_chat_call_time_read (db, self->visitor->channel_id, &posted->answer_by_ms, error))
    return 0;
  seq = append_promise (self, db, posted, error);

  return seq != 0 && lia_callback_give_anybody (db, lia_time_now (), posted->conversation_id, error) ? seq : 0;
}

static gint64
append_entry (LiaChatPost *self,
              LiaDb       *db,
              gint64       conversation_id,
              GError     **error)
{
  static const char *const of_the_store[] = { "id", "seq", "conv" };
  g_autoptr (LiaEntry) entry = NULL;
  g_autofree char *mailbox = NULL;
  JsonObject      *data;
  gint64           customer_id;
  gint64           mailbox_id = 0;

  if (!lia_db_get_int (db, &customer_id, error, "SELECT customer_id FROM conversation WHERE id = $1", "i", conversation_id) ||
      (self->from != NULL && (mailbox_id = find_mailbox (self, db, &mailbox, error)) == 0))
    return 0;
  entry = new_entry (self, customer_id);
  if (self->from != NULL)
    make_mail (self, entry, mailbox);
  data = lia_wire_encode_entry (entry);
  for (guint i = 0; i < G_N_ELEMENTS (of_the_store); i++)
    if (json_object_has_member (data, of_the_store[i]))
      json_object_remove_member (data, of_the_store[i]);
  json_object_set_object_member (data, "x", new_x (self, mailbox_id));

  return append (db, "entry.added", conversation_id, 0, data, error);
}

static gboolean
post (LiaChatPost   *self,
      LiaDb         *db,
      LiaChatPosted *posted,
      GError       **error)
{
  gint64 customer_id = 0;
  gint64 seq;

  if (!find_conversation (self, db, &posted->conversation_id, &customer_id, error))
    return FALSE;
  if (posted->conversation_id == 0)
    {
      posted->began = TRUE;
      posted->conversation_id = begin (self, db, customer_id, error);
      if (posted->conversation_id == 0)
        return FALSE;
    }
  seq = self->number != NULL ? append_call (self, db, posted, error) : append_entry (self, db, posted->conversation_id, error);

  return seq != 0 && lia_db_get_int (db, &posted->n, error, "SELECT n FROM chat_event WHERE seq = $1", "i", seq);
}

/** lia_chat_post_write: #LiaStoreFunc: @posted: (out) (transfer full): a #LiaChatPosted, to be freed with g_free() */
gboolean
lia_chat_post_write (LiaDb    *db,
                     gpointer  data,
                     gpointer *result,
                     GError  **error)
{
  g_autofree LiaChatPosted *posted = g_new0 (LiaChatPosted, 1);
  GError                   *failure = NULL;

  if (!find_repeated (data, db, posted, &failure) && failure == NULL)
    post (data, db, posted, &failure);
  if (failure == NULL && ((LiaChatPost *)data)->number != NULL && posted->answer_by_ms == 0)
    lia_chat_call_time_read (db, ((LiaChatPost *)data)->visitor->channel_id, &posted->answer_by_ms, &failure);
  if (failure == NULL && ((LiaChatPost *)data)->from != NULL)
    lia_chat_answer_time_read (db, ((LiaChatPost *)data)->visitor->channel_id, &posted->answer_by_ms, &failure);
  if (failure == NULL)
    *result = g_steal_pointer (&posted);
  else
    g_propagate_error (error, failure);

  return failure == NULL;
}
