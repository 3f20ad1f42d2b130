/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

G_BEGIN_DECLS

#define LIA_CHAT_OFFER_S 25 /* how long an offer stands, where nobody has said otherwise */

/** LiaChatPictureAgent: as the journal has her. */
typedef struct
{
  gint64   id;
  gboolean available;
  gboolean offline;
  gint64   since_ms;
  gint64   chats; /* whose visitors are there */
  gint64   capacity;
} LiaChatPictureAgent;

/** LiaChatPictureChat: a visitor who is there, and waits for an answer that nobody who is here owes her. */
typedef struct
{
  gint64 id;
  gint64 queue_id;
  gint64 since_ms;
  gint64 owner_id; /* who has it, and is away; 0 = nobody */
  gint64 last_agent_id;
  char  *name;
  char  *text; /* what she said last */
} LiaChatPictureChat;

/** LiaChatPicture: what there is to route. */
typedef struct
{
  GArray    *agents; /* of LiaChatPictureAgent */
  GPtrArray *chats;  /* of LiaChatPictureChat */
  gint64     offer_ms;
} LiaChatPicture;

/** LiaChatPictureQuestion: whom it is asked about: lists of numbers, as JSON. */
typedef struct
{
  char *present; /* conversations whose visitors are there */
  char *here;    /* agents at their apps, or who were a moment ago */
} LiaChatPictureQuestion;

void     lia_chat_picture_question_free (gpointer question);
void     lia_chat_picture_free (gpointer picture);
gboolean lia_chat_picture_read (LiaDb    *db,
                                gpointer  data,
                                gpointer *result,
                                GError  **error);

G_END_DECLS
