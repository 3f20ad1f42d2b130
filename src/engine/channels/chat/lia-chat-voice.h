/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-visitor.h"
#include "lia-db.h"

G_BEGIN_DECLS

/* From chat to telephone: a call that an agent has offered in a chat, and what its visitor says to that. */

#define LIA_CHAT_VOICE_OFFERED "call-offered"
#define LIA_CHAT_VOICE_DECLINED "call-declined"
#define LIA_CHAT_VOICE_CID "offer:" /* and the visitor's number of the offer: what she answers is written once */

/**
 * LiaChatVoice:
 * @n: the visitor's number of the offer that stands; 0: none does
 */
typedef struct
{
  gint64 conversation_id;
  gint64 seq;
  gint64 n;
} LiaChatVoice;

/**
 * LiaChatVoiceAnswer:
 * @n: which offer, by the visitor's number of it
 * @number: (nullable): where she is to be called (E.164); NULL: she does not want to be
 */
typedef struct
{
  LiaChatVisitor *visitor;
  gint64          n;
  char           *number;
} LiaChatVoiceAnswer;

gboolean            lia_chat_voice_find (LiaDb        *db,
                                         const char   *visitor,
                                         LiaChatVoice *found,
                                         GError      **error);
LiaChatVoiceAnswer *lia_chat_voice_answer_new (LiaChatVisitor *visitor,
                                               gint64          n,
                                               const char     *number);
void                lia_chat_voice_answer_free (gpointer answer);
gboolean            lia_chat_voice_answer_write (LiaDb    *db,
                                                 gpointer  answer,
                                                 gpointer *n,
                                                 GError  **error);

G_END_DECLS
