/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"
#include "lia-mime.h"

G_BEGIN_DECLS

/**
 * LiaThreadQuestion:
 *
 * A message that looks for its conversation.
 */
typedef struct
{
  const LiaMime *mime;
  GBytes        *raw;      /* for bounces, which carry what came back */
  GBytes        *key;      /* lia_mail_store_key() */
  GPtrArray     *parties;  /* of char *: folded addresses, not ours; any of them may prove that it belongs there */
  gint64         at_ms;    /* when it was received */
  gboolean       new_work; /* FALSE: imported as history, so a conversation that closed long ago goes on */
} LiaThreadQuestion;

typedef struct
{
  gint64      conversation_id; /* 0 = begins a new one */
  const char *why;             /* static: "token", "own-id", "bounce", "pinned", "reference", "ghost", "thread-index", "new", "closed-long-ago" */
  gboolean    new_participant; /* proved by a token alone */
} LiaThreadAnswer;

gboolean lia_thread_find (LiaDb                   *db,
                          const LiaThreadQuestion *question,
                          LiaThreadAnswer         *answer,
                          GError                 **error);
gboolean lia_thread_remember (LiaDb         *db,
                              const LiaMime *mime,
                              gint64         conversation_id,
                              gint64         entry_seq,
                              GPtrArray     *participants,
                              GError       **error);

G_END_DECLS
