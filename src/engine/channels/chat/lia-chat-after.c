/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Both are entries of the conversation, and events of the visitor's thread: her other windows, and the next page, know of them. Neither opens the
 * conversation again or answers anything.
 */

#include "lia-chat-after.h"

#include "lia-chat-talk.h"
#include "lia-chat-words.h"
#include "lia-compose.h"
#include "lia-entry.h"
#include "lia-id.h"
#include "lia-journal.h"
#include "lia-mail-store.h"
#include "lia-problem.h"
#include "lia-queries.h"
#include "lia-time.h"
#include "lia-wire.h"
#include "lia-workspace.h"

#include <string.h>

/* @x: (transfer full) */
static gint64
append (LiaDb      *db,
        gint64      conversation_id,
        LiaEntry   *entry,
        JsonObject *x,
        GError    **error)
{
  static const char *const of_the_store[] = { "id", "seq", "conv" };
  g_autoptr (JsonObject) data = lia_wire_encode_entry (entry);
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (of_the_store); i++)
    if (json_object_has_member (data, of_the_store[i]))
      json_object_remove_member (data, of_the_store[i]);
  json_object_set_object_member (data, "x", x);
  text = lia_json_to_text (data);

  return lia_journal_append (db, &(LiaJournalEvent){ .kind = "entry.added", .conversation_id = conversation_id, .data = text, .object = data }, error);
}

static JsonObject *
new_x (const char *visitor)
{
  JsonObject *x = json_object_new ();

  json_object_set_string_member (x, "visitor", visitor);
  json_object_set_boolean_member (x, "quiet", TRUE);
  json_object_set_string_member (x, "then", "keep");

  return x;
}

static gboolean
find_conversation (LiaDb          *db,
                   LiaChatVisitor *visitor,
                   gint64         *conversation_id,
                   GError        **error)
{
  return lia_db_get_int (db, conversation_id, error, "SELECT coalesce (max (conversation_id), 0) FROM chat_thread WHERE visitor = $1", "t",
                         visitor->visitor);
}

static gboolean
refuse (GError    **error,
        const char *why)
{
  lia_problem_set_invalid (error, "/", "state", "%s", why);
  return FALSE;
}

/* Whether it helped ---------------------------------------------------------------------------------------------------------------------- */

void
lia_chat_rating_free (gpointer rating)
{
  LiaChatRating *self = rating;

  lia_chat_visitor_unref (self->visitor);
  g_free (self->rating);
  g_free (self);
}

static char *
make_details (const LiaChatRating *self)
{
  g_autoptr (JsonObject) d = json_object_new ();

  json_object_set_string_member (d, "kind", self->rating);

  return lia_json_to_text (d);
}

static gboolean
add_rating (LiaChatRating *self,
            LiaDb         *db,
            gint64         conversation_id,
            GError       **error)
{
  g_autoptr (LiaEntry) entry = lia_entry_new ();
  gint64 customer_id;

  if (!lia_db_get_int (db, &customer_id, error, "SELECT customer_id FROM conversation WHERE id = $1", "i", conversation_id))
    return FALSE;
  entry->at_ms = lia_time_now ();
  entry->kind = LIA_ENTRY_SURVEY;
  entry->direction = LIA_DIRECTION_IN;
  entry->author_kind = LIA_AUTHOR_CUSTOMER;
  entry->author_id = lia_id_format ("k", customer_id);
  entry->author = lia_address_new (self->visitor->name, self->visitor->email);
  entry->text = g_strdup ("");
  entry->details = make_details (self);

  return append (db, conversation_id, entry, new_x (self->visitor->visitor), error) != 0;
}

/* She changes her mind. */
static gboolean
change_rating (LiaChatRating *self,
               LiaDb         *db,
               gint64         seq,
               GError       **error)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autofree char *text = NULL;
  JsonObject      *set = json_object_new ();
  JsonObject      *d = json_object_new ();

  json_object_set_string_member (d, "kind", self->rating);
  json_object_set_object_member (set, "d", d);
  json_object_set_int_member (data, "entry", seq);
  json_object_set_object_member (data, "set", set);
  text = lia_json_to_text (data);

  return lia_journal_append (db, &(LiaJournalEvent){ .kind = "entry.changed", .data = text, .object = data }, error) != 0;
}

/* #LiaStoreFunc: one rating each time that we close it. */
gboolean
lia_chat_rating_write (LiaDb    *db,
                       gpointer  rating,
                       gpointer *result,
                       GError  **error)
{
  LiaChatRating *self = rating;
  gint64         conversation_id;
  gint64         closed;
  gint64         before;

  if (!find_conversation (db, self->visitor, &conversation_id, error) ||
      !lia_db_get_int (db, &closed, error,
                       "SELECT coalesce (max (seq), 0) FROM entry JOIN entry_text AS t USING (seq) WHERE conversation_id = $1 AND kind = 'state' "
                       "AND json_extract (t.json, '$.d.what') = 'closed'",
                       "i", conversation_id) ||
      !lia_db_get_int (db, &before, error,
                       "SELECT coalesce (max (e.seq), 0) FROM chat_event AS c JOIN entry AS e ON e.seq = c.seq WHERE c.visitor = $1 AND e.kind = 'survey' "
                       "AND e.seq > $2",
                       "ti", self->visitor->visitor, closed))
    return FALSE;
  if (closed == 0)
    return refuse (error, "It is not over yet.");

  return before != 0 ? change_rating (self, db, before, error) : add_rating (self, db, conversation_id, error);
}

/* The talk as a mail --------------------------------------------------------------------------------------------------------------------- */

void
lia_chat_transcript_free (gpointer transcript)
{
  LiaChatTranscript *self = transcript;

  lia_chat_visitor_unref (self->visitor);
  g_free (self->cid);
  g_free (self->address);
  g_free (self->zone);
  g_free (self);
}

/* Where it goes: what is typed counts only where we know nothing better, and stays so for the next time. */
static gboolean
find_address (LiaChatWay *way,
              const char *typed,
              GError    **error)
{
  if (way->mailbox_id == 0)
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_CHANNEL_DOWN, "There is no mailbox to send from.");
      return FALSE;
    }
  if (way->address == NULL && lia_address_is_valid_email (typed))
    way->address = lia_address_new ("", typed);
  if (way->address == NULL)
    lia_problem_set_invalid (error, "/email", "address", "Where should it be sent?");

  return way->address != NULL;
}

/* Nobody's words but a stranger's own would go to an address that she made up. */
static gboolean
check_answered (LiaDb   *db,
                gint64   conversation_id,
                GError **error)
{
  gint64 n;

  if (!lia_db_get_int (db, &n, error, "SELECT count (*) FROM entry WHERE conversation_id = $1 AND kind = 'chat' AND dir = 'out'", "i", conversation_id))
    return FALSE;

  return n > 0 || refuse (error, "Nobody has answered yet.");
}

static LiaMailbox *
read_mailbox (LiaDb            *db,
              const LiaChatWay *way,
              GError          **error)
{
  g_autoptr (JsonObject) config = lia_workspace_channel_config (db, way->mailbox_id, error);

  return config != NULL ? lia_wire_decode_mailbox (config, error) : NULL;
}

/* @entry, which says who sends it, becomes the mail. */
static gboolean
fill (LiaEntry         *entry,
      LiaDb            *db,
      const LiaChatWay *way,
      gint64            conversation_id,
      GError          **error)
{
  g_autoptr (GBytes) key = lia_mail_store_key (db, error);
  g_autoptr (LiaMailbox) mailbox = key != NULL ? read_mailbox (db, way, error) : NULL;
  g_autofree char *message_id = NULL;
  const char      *at;

  if (mailbox == NULL)
    return FALSE;
  at = strrchr (mailbox->address, '@');
  message_id = lia_mail_token_message_id (key, conversation_id, at != NULL ? at + 1 : "localhost");
  entry->kind = LIA_ENTRY_EMAIL;
  entry->direction = LIA_DIRECTION_OUT;
  g_free (entry->subject);
  entry->subject = lia_chat_words_say (way->language, "subject", way->site);
  entry->from = lia_address_new (mailbox->sender_name != NULL && *mailbox->sender_name != '\0' ? mailbox->sender_name : way->site, mailbox->address);
  g_clear_pointer (&entry->to, g_ptr_array_unref);
  entry->to = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  g_ptr_array_add (entry->to, lia_address_ref (way->address));
  entry->message_id = g_strdup_printf ("<%s>", message_id);
  entry->send_state = LIA_SEND_QUEUED;
  g_set_str (&entry->details, "{\"transcript\":true}");

  return TRUE;
}

static gboolean
add_outbox (LiaDb            *db,
            const LiaChatWay *way,
            gint64            conversation_id,
            gint64            seq,
            const LiaEntry   *entry,
            GError          **error)
{
  g_autofree char *message_id = g_strndup (entry->message_id + 1, strlen (entry->message_id) - 2);

  return lia_db_exec (db, error,
                      "INSERT INTO outbox (id, channel_id, conversation_id, agent_id, state, not_before, next_try, message_id, sender, created_at) "
                      "VALUES ($1, $2, $3, NULL, 'queued', $4, $4, $5, $6, $4)",
                      "iiiitt", seq, way->mailbox_id, conversation_id, entry->at_ms, message_id, entry->from->address) &&
         lia_db_exec (db, error, "INSERT INTO outbox_recipient (outbox_id, address) VALUES ($1, $2)", "it", seq, way->address->address);
}

/**
 * lia_chat_transcript_send: puts all that was said in a conversation into the outbox, as a mail to its visitor.
 * @typed: where to, if nothing better is known; or ""
 * @zone: in which times are told
 * @cid: (nullable): her name of it
 * @entry: who sends it, and when
 *
 * Returns: the entry's number, or 0: %LIA_PROBLEM_CHANNEL_DOWN without a mailbox, "/email" where no address is known
 */
gint64
lia_chat_transcript_send (LiaDb      *db,
                          gint64      conversation_id,
                          const char *typed,
                          const char *zone,
                          const char *cid,
                          LiaEntry   *entry,
                          GError    **error)
{
  g_autoptr (LiaChatWay) way = lia_chat_way_read (db, conversation_id, 0, error);
  JsonObject *x;
  gint64      head;
  gint64      seq;

  if (way == NULL || !check_answered (db, conversation_id, error) || !find_address (way, typed, error) || !fill (entry, db, way, conversation_id, error))
    return 0;
  g_free (entry->text);
  entry->text = lia_chat_talk_transcript (db, way, conversation_id, zone, error);
  head = entry->text != NULL ? lia_query_head (db, error) : -1;
  if (head < 0)
    return 0;
  entry->outbox = lia_id_format ("o", head + 1);
  x = new_x (way->visitor);
  json_object_set_int_member (x, "channel", way->mailbox_id);
  json_object_set_int_member (x, "site", way->site_id);
  if (cid != NULL)
    json_object_set_string_member (x, "cid", cid);
  seq = append (db, conversation_id, entry, x, error);

  return seq != 0 && add_outbox (db, way, conversation_id, seq, entry, error) ? seq : 0;
}

/* Nobody of us sends what she asks for. */
static gboolean
send (LiaChatTranscript *self,
      LiaDb             *db,
      gint64             conversation_id,
      GError           **error)
{
  g_autoptr (LiaEntry) entry = lia_entry_new ();

  entry->at_ms = lia_time_now ();
  entry->author_kind = LIA_AUTHOR_SYSTEM;

  return lia_chat_transcript_send (db, conversation_id, self->address, self->zone, self->cid, entry, error) != 0;
}

static gint64
find_sent (LiaChatTranscript *self,
           LiaDb             *db,
           GError           **error)
{
  gint64 n;

  return lia_db_get_int (db, &n, error, "SELECT coalesce (max (n), 0) FROM chat_event WHERE visitor = $1 AND cid = $2", "tt", self->visitor->visitor,
                         self->cid)
             ? n
             : -1;
}

/* #LiaStoreFunc: @result: gint64 *: her number of it */
gboolean
lia_chat_transcript_write (LiaDb    *db,
                           gpointer  transcript,
                           gpointer *result,
                           GError  **error)
{
  LiaChatTranscript *self = transcript;
  gint64             n = find_sent (self, db, error);
  gint64             conversation_id;

  if (n == 0 && find_conversation (db, self->visitor, &conversation_id, error) && send (self, db, conversation_id, error))
    n = find_sent (self, db, error);
  if (n > 0)
    *result = g_memdup2 (&n, sizeof n);

  return n > 0;
}
