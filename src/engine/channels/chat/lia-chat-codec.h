/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-news.h"
#include "lia-chat-state.h"
#include "lia-json.h"

G_BEGIN_DECLS

#define LIA_CHAT_MAX_CHARACTERS 8000
#define LIA_CHAT_PING_S 25

/* What is spoken with visitors: API.md, “The chat of web sites”. Pure. */

typedef enum {
  LIA_CHAT_FRAME_UNKNOWN, /* of a later version */
  LIA_CHAT_FRAME_HELLO,
  LIA_CHAT_FRAME_SEND,
  LIA_CHAT_FRAME_TYPING,
  LIA_CHAT_FRAME_ACK,
  LIA_CHAT_FRAME_READ,
  LIA_CHAT_FRAME_PAGES,
  LIA_CHAT_FRAME_PING,
  LIA_CHAT_FRAME_PONG,
} LiaChatFrameType;

/**
 * LiaChatFrame:
 * @cid: of a message, also of one that is refused, where it has one
 * @seq: of an ack and a read; what a hello has already
 *
 * What a visitor says. Texts belong to @object.
 */
typedef struct
{
  LiaChatFrameType type;
  const char      *token;
  const char      *cid;
  const char      *body;
  gint64           seq;
  JsonArray       *pages;
  JsonObject      *object;
} LiaChatFrame;

/** LiaChatLeft: what a visitor leaves for an answer by e-mail. Texts belong to what it was read from. */
typedef struct
{
  const char *cid;
  const char *body;
  const char *name;
  const char *email;
  const char *number; /* or NULL: where she wants to be called */
} LiaChatLeft;

gboolean lia_chat_is_cid (const char *text);
gboolean lia_chat_left_read (LiaChatLeft *self,
                             JsonObject  *object,
                             GError     **error);
gboolean lia_chat_frame_read (LiaChatFrame *self,
                              const char   *text,
                              gsize         length,
                              GError      **error);
void     lia_chat_frame_clear (LiaChatFrame *self);
gboolean lia_chat_cid_read (JsonObject  *object,
                            const char **cid,
                            GError     **error);
gboolean lia_chat_message_read (JsonObject  *object,
                                const char **cid,
                                const char **body,
                                GError     **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LiaChatFrame, lia_chat_frame_clear)

char *lia_chat_write_hello (const LiaChatState *state);
char *lia_chat_write_state (const LiaChatState *state);
char *lia_chat_write_events (const LiaChatPage *page,
                             guint              from,
                             guint              n);
char *lia_chat_write_poll (const LiaChatPage  *page,
                           const LiaChatState *state);
char *lia_chat_write_ack (const char *cid,
                          gint64      n);
char *lia_chat_write_left (const char *cid,
                           gint64      n,
                           gint64      answer_by_ms);
char *lia_chat_write_error (const char *cid,
                            JsonObject *problem);
char *lia_chat_write_read (gint64 n);
char *lia_chat_write_joined (void);
char *lia_chat_write_typing (const char *name);

G_END_DECLS
