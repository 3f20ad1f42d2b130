/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-address.h"
#include "lia-attachment.h"
#include "lia-chat-visitor.h"

G_BEGIN_DECLS

/**
 * LiaChatPost:
 *
 * A message of a visitor on its way into the store.
 */
typedef struct
{
  LiaChatVisitor *visitor;
  char           *cid;
  char           *body;
  gint64          target_ms; /* within which the first answer is due; 0 = as the queue has it */
  gboolean        may_begin; /* a new conversation */
  LiaAddress     *from;      /* left for an answer by e-mail: whose; NULL: said in the chat */
  LiaAttachment  *file;      /* or NULL */
  char           *number;    /* where she wants to be called (E.164), or NULL */
  char           *mailbox;   /* by which it is answered ("h_1"), or "": the first */
} LiaChatPost;

/**
 * LiaChatPosted:
 *
 * What became of it.
 */
typedef struct
{
  gint64   n; /* the visitor's number of it */
  gint64   conversation_id;
  gboolean began;        /* a new conversation */
  gint64   answer_by_ms; /* of what was left: when it is probably answered; of a call: when it is due */
} LiaChatPosted;

LiaChatPost *lia_chat_post_new (LiaChatVisitor *visitor,
                                const char     *cid,
                                const char     *body,
                                gint64          target_ms,
                                gboolean        may_begin);
void         lia_chat_post_set_left (LiaChatPost *self,
                                     const char  *name,
                                     const char  *email,
                                     const char  *mailbox);
void         lia_chat_post_set_number (LiaChatPost *self,
                                       const char  *number);
void         lia_chat_post_set_file (LiaChatPost   *self,
                                     LiaAttachment *file);
void         lia_chat_post_free (gpointer post);
gboolean     lia_chat_post_write (LiaDb    *db,
                                  gpointer  post,
                                  gpointer *posted,
                                  GError  **error);

G_END_DECLS
