/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-chat-codec.h"

#include "lia-address.h"
#include "lia-chat-pages.h"
#include "lia-json-text.h"
#include "lia-problem.h"
#include "lia-time.h"

#include <string.h>

#define MAX_FRAME (64 * 1024)
#define MAX_TOKEN 128
#define MAX_CID 64
#define MAX_NAME 200
#define MAX_EMAIL 254
#define STEP_MS 30000 /* what is said of a wait is no more exact than it is known */
#define MAX_BODY_BYTES (LIA_CHAT_MAX_CHARACTERS * 4)

static const struct
{
  const char      *word;
  LiaChatFrameType type;
} types[] = {
  { "hello", LIA_CHAT_FRAME_HELLO },
  { "send", LIA_CHAT_FRAME_SEND },
  { "typing", LIA_CHAT_FRAME_TYPING },
  { "ack", LIA_CHAT_FRAME_ACK },
  { "read", LIA_CHAT_FRAME_READ },
  { "pages", LIA_CHAT_FRAME_PAGES },
  { "ping", LIA_CHAT_FRAME_PING },
  { "pong", LIA_CHAT_FRAME_PONG },
};

static LiaChatFrameType
type_of (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].word, word))
      return types[i].type;

  return LIA_CHAT_FRAME_UNKNOWN;
}

/** lia_chat_is_cid: whether it can be a visitor's name of a message. */
gboolean
lia_chat_is_cid (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= MAX_CID &&
         strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:") == length;
}

/** lia_chat_cid_read: her name of something that is to be done once. */
gboolean
lia_chat_cid_read (JsonObject  *object,
                   const char **cid,
                   GError     **error)
{
  const char *name;

  *cid = NULL;
  if (!lia_json_str (object, "cid", LIA_JSON_REQUIRED, G_MAXSIZE, &name, error))
    return FALSE;
  if (lia_chat_is_cid (name))
    *cid = name;
  else
    lia_problem_set_invalid (error, "/cid", "value", "“cid” is of at most %d letters, digits, and “-_.:”", MAX_CID);

  return *cid != NULL;
}

/** lia_chat_message_read: `{"cid":"…","body":"…"}`, checked; @cid is also there where only the body is refused. */
gboolean
lia_chat_message_read (JsonObject  *object,
                       const char **cid,
                       const char **body,
                       GError     **error)
{
  *body = NULL;
  if (!lia_chat_cid_read (object, cid, error))
    return FALSE;
  if (!lia_json_str (object, "body", LIA_JSON_REQUIRED, MAX_BODY_BYTES, body, error))
    return FALSE;
  if (g_utf8_strlen (*body, -1) > LIA_CHAT_MAX_CHARACTERS)
    lia_problem_set_invalid (error, "/body", "length", "A message has at most %d characters", LIA_CHAT_MAX_CHARACTERS);
  else if ((*body)[strspn (*body, " \t\r\n")] == '\0')
    lia_problem_set_invalid (error, "/body", "missing", "The message is empty");
  else
    return TRUE;

  return FALSE;
}

/** lia_chat_left_read: `{"cid":"…","body":"…","name":"…","email":"…"}`, checked. */
gboolean
lia_chat_left_read (LiaChatLeft *self,
                    JsonObject  *object,
                    GError     **error)
{
  *self = (LiaChatLeft){ 0 };
  if (!lia_chat_message_read (object, &self->cid, &self->body, error) || !lia_json_str (object, "name", LIA_JSON_OPTIONAL, MAX_NAME, &self->name, error) ||
      !lia_json_str (object, "email", LIA_JSON_REQUIRED, MAX_EMAIL, &self->email, error))
    return FALSE;
  if (self->name == NULL)
    self->name = "";
  if (lia_address_is_valid_email (self->email) && strpbrk (self->name, "\r\n") == NULL)
    return TRUE;
  lia_problem_set_invalid (error, "/email", "address", "“%s” is not an e-mail address", self->email);

  return FALSE;
}

static gboolean
read_content (LiaChatFrame *self,
              GError      **error)
{
  switch (self->type)
    {
    case LIA_CHAT_FRAME_HELLO:
      return lia_json_str (self->object, "token", LIA_JSON_REQUIRED, MAX_TOKEN, &self->token, error) &&
             lia_json_int (self->object, "since", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &self->seq, error);

    case LIA_CHAT_FRAME_SEND:
      return lia_chat_message_read (self->object, &self->cid, &self->body, error);

    case LIA_CHAT_FRAME_ACK:
    case LIA_CHAT_FRAME_READ:
      return lia_json_int (self->object, "seq", LIA_JSON_REQUIRED, 0, G_MAXINT64, &self->seq, error);

    case LIA_CHAT_FRAME_PAGES:
      return lia_json_arr (self->object, "pages", LIA_JSON_REQUIRED, LIA_CHAT_MAX_PAGES, &self->pages, error) && lia_chat_pages_check (self->pages, error);

    case LIA_CHAT_FRAME_TYPING:
    case LIA_CHAT_FRAME_PING:
    case LIA_CHAT_FRAME_PONG:
    case LIA_CHAT_FRAME_UNKNOWN:
    default:
      return TRUE;
    }
}

/**
 * lia_chat_frame_read:
 * @self: is to be cleared in any case
 *
 * Returns: FALSE with %LIA_PROBLEM; where the `type` is one of ours the frame alone is wrong, else what came is nothing of this protocol
 */
gboolean
lia_chat_frame_read (LiaChatFrame *self,
                     const char   *text,
                     gsize         length,
                     GError      **error)
{
  const char *word;

  *self = (LiaChatFrame){ 0 };
  self->object = lia_json_parse (text, length, MAX_FRAME, error);
  if (self->object == NULL || !lia_json_str (self->object, "t", LIA_JSON_REQUIRED, 64, &word, error))
    return FALSE;
  self->type = type_of (word);

  return read_content (self, error);
}

void
lia_chat_frame_clear (LiaChatFrame *self)
{
  g_clear_pointer (&self->object, json_object_unref);
}

/* What we say ---------------------------------------------------------------------------------------------------------------------------- */

static GString *
begin (const char *type)
{
  GString *text = g_string_new (NULL);

  lia_json_text_begin (text, NULL);
  lia_json_text_add_str (text, "t", type);

  return text;
}

static char *
end (GString *text)
{
  lia_json_text_end (text);
  return g_string_free_and_steal (text);
}

static void
add_state (GString            *text,
           const LiaChatState *state)
{
  lia_json_text_add_str (text, "state", state->state);
  lia_json_text_add_str (text, "availability", state->available ? "online" : "away");
  if (state->position > 0)
    {
      GString *queue = g_string_new (NULL);

      lia_json_text_begin (queue, NULL);
      lia_json_text_add_int (queue, "position", state->position);
      if (state->wait_ms > 0)
        lia_json_text_add_int (queue, "wait_s", (state->wait_ms + STEP_MS - 1) / STEP_MS * (STEP_MS / 1000));
      lia_json_text_end (queue);
      lia_json_text_add (text, "queue", queue->str);
      g_string_free (queue, TRUE);
    }
  else
    {
      lia_json_text_add (text, "queue", "null");
    }
  if (state->opens_ms > 0)
    {
      g_autofree char *opens = lia_time_to_string (state->opens_ms);

      lia_json_text_add_str (text, "opens_at", opens);
    }
}

/** lia_chat_write_hello: she is known; what follows is behind her `since`. */
char *
lia_chat_write_hello (const LiaChatState *state)
{
  GString *text = begin ("hello");

  lia_json_text_add_int (text, "seq", state->last_n);
  lia_json_text_add_int (text, "ping_s", LIA_CHAT_PING_S);
  add_state (text, state);

  return end (text);
}

/** lia_chat_write_state: who is there, and how long she has to wait. */
char *
lia_chat_write_state (const LiaChatState *state)
{
  GString *text = begin ("state");

  add_state (text, state);

  return end (text);
}

static void
add_events (GString           *text,
            const LiaChatPage *page,
            guint              from,
            guint              n)
{
  g_autoptr (GPtrArray) part = g_ptr_array_new ();

  for (guint i = from; i < from + n; i++)
    g_ptr_array_add (part, page->events->pdata[i]);
  lia_json_text_add_int (text, "last", page->first_n + from + n - 1);
  lia_json_text_add_list (text, "events", part);
}

/** lia_chat_write_events: @n of a page's events, from its @from'th on. */
char *
lia_chat_write_events (const LiaChatPage *page,
                       guint              from,
                       guint              n)
{
  GString *text = begin ("events");

  add_events (text, page, from, n);

  return end (text);
}

/** lia_chat_write_poll: a whole page, and how things stand, for who is not told of changes. */
char *
lia_chat_write_poll (const LiaChatPage  *page,
                     const LiaChatState *state)
{
  GString *text = begin ("events");

  add_events (text, page, 0, page->events->len);
  add_state (text, state);

  return end (text);
}

/** lia_chat_write_ack: her message is written, as her @n'th event. */
char *
lia_chat_write_ack (const char *cid,
                    gint64      n)
{
  GString *text = begin ("ack");

  lia_json_text_add_str (text, "cid", cid);
  lia_json_text_add_int (text, "seq", n);

  return end (text);
}

/** lia_chat_write_left: as an ack, and when an answer by e-mail is probable. */
char *
lia_chat_write_left (const char *cid,
                     gint64      n,
                     gint64      answer_by_ms)
{
  GString         *text = begin ("ack");
  g_autofree char *answer_by = lia_time_to_string (answer_by_ms);

  lia_json_text_add_str (text, "cid", cid);
  lia_json_text_add_int (text, "seq", n);
  lia_json_text_add_str (text, "answer_by", answer_by);

  return end (text);
}

/** lia_chat_write_error: @cid: (nullable): of the message that was refused; @problem: (transfer full) */
char *
lia_chat_write_error (const char *cid,
                      JsonObject *problem)
{
  GString *text = begin ("err");

  if (cid != NULL)
    lia_json_text_add_str (text, "cid", cid);
  lia_json_text_add_object (text, "problem", problem);

  return end (text);
}

/** lia_chat_write_read: one of us has seen it up to her @n'th event. */
char *
lia_chat_write_read (gint64 n)
{
  GString *text = begin ("read");

  lia_json_text_add_int (text, "seq", n);

  return end (text);
}

/** lia_chat_write_joined: the code that she read out was typed. */
char *
lia_chat_write_joined (void)
{
  return end (begin ("joined"));
}

/** lia_chat_write_typing: @name: of whoever types */
char *
lia_chat_write_typing (const char *name)
{
  GString *text = begin ("typing");

  lia_json_text_add_str (text, "name", name);

  return end (text);
}
