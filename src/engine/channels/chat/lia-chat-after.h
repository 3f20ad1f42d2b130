/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-visitor.h"
#include "lia-db.h"
#include "lia-entry.h"

G_BEGIN_DECLS

/* What remains to be done when all is said: whether it helped, and the talk as a mail. */

/**
 * LiaChatRating:
 * @rating: "good", "fair" or "bad"
 */
typedef struct
{
  LiaChatVisitor *visitor;
  char           *rating;
} LiaChatRating;

/**
 * LiaChatTranscript:
 * @cid: her name of it, under which it is sent once
 * @address: what she typed, where no address of hers is known; or ""
 * @zone: in which times are told, or ""
 */
typedef struct
{
  LiaChatVisitor *visitor;
  char           *cid;
  char           *address;
  char           *zone;
} LiaChatTranscript;

void     lia_chat_rating_free (gpointer rating);
gboolean lia_chat_rating_write (LiaDb    *db,
                                gpointer  rating,
                                gpointer *result,
                                GError  **error);
void     lia_chat_transcript_free (gpointer transcript);
gboolean lia_chat_transcript_write (LiaDb    *db,
                                    gpointer  transcript,
                                    gpointer *n,
                                    GError  **error);
gint64   lia_chat_transcript_send (LiaDb      *db,
                                   gint64      conversation_id,
                                   const char *typed,
                                   const char *zone,
                                   const char *cid,
                                   LiaEntry   *entry,
                                   GError    **error);

G_END_DECLS
