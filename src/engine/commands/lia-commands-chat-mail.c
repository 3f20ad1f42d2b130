/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The answer to a visitor who has left: a mail in the same conversation, which quotes what was said, and is also seen in the panel when she comes back.
 */

#include "lia-commands-table.h"

#include "lia-chat-after.h"
#include "lia-chat-hub.h"
#include "lia-chat-talk.h"
#include "lia-chat-words.h"
#include "lia-id.h"
#include "lia-reply.h"
#include "lia-workspace.h"

#include <string.h>

#define MAX_EMAIL 254
#define MAX_ZONE 64

/* The last mail of this talk, which the next one answers. */
typedef struct
{
  gint64 seq; /* 0: there is none */
  char  *subject;
} Parent;

static void
parent_clear (Parent *self)
{
  g_free (self->subject);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parent, parent_clear)

static gboolean
find_parent (LiaCommandCall   *call,
             const LiaChatWay *way,
             Parent           *parent,
             GError          **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (call->db, error,
                                           "SELECT e.seq, coalesce (json_extract (t.json, '$.subject'), '') FROM chat_event AS c JOIN entry AS e ON e.seq = c.seq "
                                           "JOIN entry_text AS t ON t.seq = c.seq WHERE c.visitor = $1 AND e.conversation_id = $2 AND e.kind = 'email' "
                                           "AND e.state <> 'cancelled' ORDER BY c.n DESC LIMIT 1",
                                           "ti", way->visitor, call->conversation_id);
  GError *failure = NULL;

  if (rows == NULL)
    return FALSE;
  if (lia_rows_next (rows, &failure))
    {
      parent->seq = lia_rows_int (rows, 0);
      parent->subject = g_strdup (lia_rows_text (rows, 1));
    }
  if (failure != NULL)
    g_propagate_error (error, failure);

  return failure == NULL;
}

static char *
make_subject (LiaCommandCall   *call,
              const LiaChatWay *way,
              const Parent     *parent,
              GError          **error)
{
  g_autofree char *subject = NULL;

  if (parent->subject != NULL && *parent->subject != '\0')
    return lia_reply_subject (parent->subject, "reply");
  subject = lia_db_get_text (call->db, error, "SELECT subject FROM conversation WHERE id = $1", "i", call->conversation_id);
  if (subject == NULL)
    return NULL;

  return *subject != '\0' ? g_steal_pointer (&subject) : lia_chat_words_say (way->language, "subject", way->site);
}

static char *
make_text (LiaCommandCall   *call,
           const LiaChatWay *way,
           const char       *body,
           gsize            *own_bytes,
           GError          **error)
{
  g_autoptr (JsonObject) settings = lia_workspace_settings (call->db, error);
  g_autofree char *quote = settings != NULL ? lia_chat_talk_quote (call->db, way, call->conversation_id, error) : NULL;
  g_autofree char *own = g_strchomp (g_strdup (body));
  const char      *signature = NULL;

  if (quote == NULL)
    return NULL;
  lia_json_str (settings, "signature", LIA_JSON_OPTIONAL, G_MAXSIZE, &signature, NULL);
  *own_bytes = strlen (own);

  return lia_reply_assemble (own, signature, quote);
}

static JsonArray *
new_recipients (const LiaChatWay *way)
{
  JsonObject *address = json_object_new ();
  JsonArray  *to = json_array_new ();

  json_object_set_string_member (address, "name", way->address->name);
  json_object_set_string_member (address, "address", way->address->address);
  json_array_add_object_element (to, address);

  return to;
}

/* As an agent would have asked for it in the editor for mail. */
static JsonObject *
new_request (LiaCommandCall   *call,
             const LiaChatWay *way,
             const Parent     *parent,
             const char       *subject,
             const char       *text)
{
  static const char *const as_asked[] = { "attachments", "then", "canned" };

  JsonObject      *d = json_object_new ();
  g_autofree char *answered = parent->seq != 0 ? lia_id_format ("e", parent->seq) : NULL;

  json_object_set_string_member (d, "mode", "email");
  json_object_set_string_member (d, "reply", answered != NULL ? "reply" : "new");
  if (answered != NULL)
    json_object_set_string_member (d, "entry", answered);
  json_object_set_string_member (d, "subject", subject);
  json_object_set_string_member (d, "body", text);
  json_object_set_array_member (d, "to", new_recipients (way));
  for (guint i = 0; i < G_N_ELEMENTS (as_asked); i++)
    if (json_object_has_member (call->d, as_asked[i]))
      json_object_set_member (d, as_asked[i], json_object_dup_member (call->d, as_asked[i]));

  return d;
}

/** lia_command_chat_mail: the answer of `message.send` with the mode "chat" goes by mail. */
gboolean
lia_command_chat_mail (LiaCommandCall   *call,
                       const LiaChatWay *way,
                       const char       *body,
                       GError          **error)
{
  g_auto (Parent) parent = { 0 };
  LiaCommandMail   mail = { .mailbox_id = way->mailbox_id, .visitor = way->visitor, .is_chat = TRUE };
  g_autofree char *subject = find_parent (call, way, &parent, error) ? make_subject (call, way, &parent, error) : NULL;
  g_autofree char *text = subject != NULL ? make_text (call, way, body, &mail.own_bytes, error) : NULL;
  JsonObject      *asked = call->d;
  gboolean         done;

  if (text == NULL)
    return FALSE;
  call->d = new_request (call, way, &parent, subject, text);
  done = lia_command_mail_send (call, &mail, error);
  json_object_unref (call->d);
  call->d = asked;
  if (done)
    json_object_set_string_member (call->answer, "by", "email");

  return done;
}

/** lia_command_chat_transcript: all that was said, as a mail to the visitor. */
gboolean
lia_command_chat_transcript (LiaCommandCall *call,
                             GError        **error)
{
  g_autoptr (LiaEntry) entry = lia_command_new_entry (call, LIA_ENTRY_EMAIL, error);
  const char *email;
  const char *zone;
  gint64      seq;

  if (entry == NULL || !lia_json_str (call->d, "email", LIA_JSON_OPTIONAL, MAX_EMAIL, &email, error) ||
      !lia_json_str (call->d, "zone", LIA_JSON_OPTIONAL, MAX_ZONE, &zone, error))
    return FALSE;
  seq = lia_chat_transcript_send (call->db, call->conversation_id, email != NULL ? email : "", zone != NULL ? zone : "", NULL, entry, error);
  if (seq == 0)
    return FALSE;
  lia_command_answer_id (call, "entry", "e", seq);
  json_object_set_string_member (call->answer, "to", ((LiaAddress *)entry->to->pdata[0])->address);

  return TRUE;
}

/** lia_command_message_prepare: since when the visitor of the conversation is away. */
DexFuture *
lia_command_message_prepare (LiaCommandCall *call)
{
  call->visitor_left_ms = lia_chat_hub_get_left (lia_engine_get_chat (call->engine), call->conversation_id);

  return dex_future_new_for_pointer (NULL);
}
