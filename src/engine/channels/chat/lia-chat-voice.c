/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * An offer is an entry of the kind "state", an answer an entry too: a promise, as when she asks for a call herself, or another state. All that both sides
 * show follows from these, so that it is the same in each window, and after whatever broke. An offer stands until it is answered, its time is over, the
 * chat is closed, or another one is made.
 */

#include "lia-chat-voice.h"

#include "lia-callback-owner.h"
#include "lia-entry.h"
#include "lia-id.h"
#include "lia-journal.h"
#include "lia-problem.h"
#include "lia-time.h"
#include "lia-wire.h"

#define CALL_WITHIN_MS (5 * G_GINT64_CONSTANT (60000)) /* she waits for it */

LiaChatVoiceAnswer *
lia_chat_voice_answer_new (LiaChatVisitor *visitor,
                           gint64          n,
                           const char     *number)
{
  LiaChatVoiceAnswer *self = g_new0 (LiaChatVoiceAnswer, 1);

  self->visitor = lia_chat_visitor_ref (visitor);
  self->n = n;
  self->number = g_strdup (number);

  return self;
}

void
lia_chat_voice_answer_free (gpointer answer)
{
  LiaChatVoiceAnswer *self = answer;

  lia_chat_visitor_unref (self->visitor);
  g_free (self->number);
  g_free (self);
}

/* The last offer in the conversation that goes on, and the state of it: whether it was answered, or the chat closed behind it. */
static LiaRows *
query_last (LiaDb      *db,
            const char *visitor,
            GError    **error)
{
  return lia_db_query (db, error,
                       "SELECT c.n, c.seq, h.conversation_id, json_extract (t.json, '$.d.until'), "
                       "EXISTS (SELECT 1 FROM chat_event AS a WHERE a.visitor = c.visitor AND a.cid = '" LIA_CHAT_VOICE_CID "' || c.n), "
                       "EXISTS (SELECT 1 FROM chat_event AS b JOIN entry AS f ON f.seq = b.seq AND f.kind = 'state' JOIN entry_text AS u ON u.seq = b.seq "
                       "WHERE b.visitor = c.visitor AND b.n > c.n AND json_extract (u.json, '$.d.what') = 'closed') "
                       "FROM chat_thread AS h JOIN chat_event AS c ON c.visitor = h.visitor "
                       "JOIN entry AS e ON e.seq = c.seq AND e.kind = 'state' AND e.conversation_id = h.conversation_id JOIN entry_text AS t ON t.seq = c.seq "
                       "WHERE h.visitor = $1 AND json_extract (t.json, '$.d.what') = '" LIA_CHAT_VOICE_OFFERED "' ORDER BY c.n DESC LIMIT 1",
                       "t", visitor);
}

/** lia_chat_voice_find: @found: the offer that stands for this visitor, if one does. */
gboolean
lia_chat_voice_find (LiaDb        *db,
                     const char   *visitor,
                     LiaChatVoice *found,
                     GError      **error)
{
  g_autoptr (LiaRows) rows = query_last (db, visitor, error);
  GError *failure = NULL;
  gint64  until_ms = 0;

  *found = (LiaChatVoice){ 0 };
  if (rows == NULL)
    return FALSE;
  if (lia_rows_next (rows, &failure) && lia_time_from_string (lia_rows_text (rows, 3), &until_ms) && until_ms > lia_time_now () &&
      lia_rows_int (rows, 4) == 0 && lia_rows_int (rows, 5) == 0)
    *found = (LiaChatVoice){ .n = lia_rows_int (rows, 0), .seq = lia_rows_int (rows, 1), .conversation_id = lia_rows_int (rows, 2) };
  if (failure != NULL)
    g_propagate_error (error, failure);

  return failure == NULL;
}

static JsonObject *
new_x (LiaChatVoiceAnswer *self,
       const char         *cid)
{
  JsonObject *x = json_object_new ();

  json_object_set_string_member (x, "visitor", self->visitor->visitor);
  json_object_set_string_member (x, "cid", cid);
  if (self->number != NULL)
    {
      json_object_set_int_member (x, "target_ms", CALL_WITHIN_MS);
      return x;
    }
  json_object_set_boolean_member (x, "quiet", TRUE);
  json_object_set_string_member (x, "then", "keep");

  return x;
}

static JsonObject *
new_details (LiaChatVoiceAnswer *self,
             const LiaChatVoice *offer,
             gint64              now_ms)
{
  g_autofree char *id = lia_id_format ("e", offer->seq);
  JsonObject      *d = json_object_new ();

  json_object_set_string_member (d, "what", self->number != NULL ? "callback" : LIA_CHAT_VOICE_DECLINED);
  json_object_set_string_member (d, "offer", id);
  if (self->number == NULL)
    return d;
  lia_json_set_time (d, "due", now_ms + CALL_WITHIN_MS);
  json_object_set_string_member (d, "number", self->number);
  json_object_set_string_member (d, "reason", "");
  json_object_set_boolean_member (d, "settled", FALSE);

  return d;
}

static LiaEntry *
new_entry (LiaChatVoiceAnswer *self,
           gint64              customer_id,
           gint64              now_ms)
{
  LiaEntry *entry = lia_entry_new ();

  entry->at_ms = now_ms;
  entry->kind = self->number != NULL ? LIA_ENTRY_PROMISE : LIA_ENTRY_STATE;
  entry->direction = LIA_DIRECTION_IN;
  entry->author_kind = LIA_AUTHOR_CUSTOMER;
  entry->author_id = lia_id_format ("k", customer_id);
  entry->author = lia_address_new (self->visitor->name, self->visitor->email);
  entry->text = g_strdup (self->number != NULL ? self->number : ""); /* by which it is found, and what is told of it */

  return entry;
}

static gint64
append (LiaChatVoiceAnswer *self,
        LiaDb              *db,
        const LiaChatVoice *offer,
        const char         *cid,
        GError            **error)
{
  static const char *const of_the_store[] = { "id", "seq", "conv", "d" };
  g_autoptr (LiaEntry) entry = NULL;
  g_autoptr (JsonObject) data = NULL;
  g_autofree char *text = NULL;
  gint64           customer_id;

  if (!lia_db_get_int (db, &customer_id, error, "SELECT customer_id FROM conversation WHERE id = $1", "i", offer->conversation_id))
    return 0;
  entry = new_entry (self, customer_id, lia_time_now ());
  data = lia_wire_encode_entry (entry);
  for (guint i = 0; i < G_N_ELEMENTS (of_the_store); i++)
    if (json_object_has_member (data, of_the_store[i]))
      json_object_remove_member (data, of_the_store[i]);
  json_object_set_object_member (data, "d", new_details (self, offer, entry->at_ms));
  json_object_set_object_member (data, "x", new_x (self, cid));
  text = lia_json_to_text (data);

  return lia_journal_append (db, &(LiaJournalEvent){ .kind = "entry.added", .conversation_id = offer->conversation_id, .data = text, .object = data }, error);
}

static gboolean
answer (LiaChatVoiceAnswer *self,
        LiaDb              *db,
        const char         *cid,
        GError            **error)
{
  LiaChatVoice offer;

  if (!lia_chat_voice_find (db, self->visitor->visitor, &offer, error))
    return FALSE;
  if (offer.n == 0 || offer.n != self->n)
    {
      lia_problem_set_invalid (error, "/offer", "over", "This call is not offered any more");
      return FALSE;
    }

  return append (self, db, &offer, cid, error) != 0 &&
         (self->number == NULL || lia_callback_give_anybody (db, lia_time_now (), offer.conversation_id, error));
}

/** lia_chat_voice_answer_write: #LiaStoreFunc: @n: (out) (transfer full): gint64 *: the visitor's number of the answer, also of one that came before. */
gboolean
lia_chat_voice_answer_write (LiaDb    *db,
                             gpointer  data,
                             gpointer *n,
                             GError  **error)
{
  static const char   query[] = "SELECT coalesce (max (n), 0) FROM chat_event WHERE visitor = $1 AND cid = $2";
  LiaChatVoiceAnswer *self = data;
  g_autofree char    *cid = g_strdup_printf (LIA_CHAT_VOICE_CID "%" G_GINT64_FORMAT, self->n);
  gint64              found;

  if (!lia_db_get_int (db, &found, error, query, "tt", self->visitor->visitor, cid) ||
      (found == 0 && (!answer (self, db, cid, error) || !lia_db_get_int (db, &found, error, query, "tt", self->visitor->visitor, cid))))
    return FALSE;
  *n = g_memdup2 (&found, sizeof found);

  return TRUE;
}
