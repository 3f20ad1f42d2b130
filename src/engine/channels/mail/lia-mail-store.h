/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

G_BEGIN_DECLS

/* The tables of 0002-mail.sql, for both halves of the mail channel. Inside a LiaStoreFunc only. */

/**
 * LiaMailOutgoing:
 *
 * A message of ours as it is queued, so that its copy in Sent, a bounce and the answers find it.
 */
typedef struct
{
  gint64      channel_id;
  gint64      entry_seq;
  gint64      conversation_id;
  const char *message_id; /* with or without brackets */
  const char *raw;        /* blob */
  GBytes     *bytes;      /* what @raw holds */
  GPtrArray  *recipients; /* of LiaAddress: To, Cc and Bcc; they become participants */
  gint64      at_ms;
} LiaMailOutgoing;

GBytes  *lia_mail_store_key (LiaDb   *db,
                             GError **error);
gboolean lia_mail_store_add_outgoing (LiaDb                 *db,
                                      const LiaMailOutgoing *message,
                                      GError               **error);
gboolean lia_mail_store_add_alias (LiaDb      *db,
                                   gint64      entry_seq,
                                   const char *message_id,
                                   GError    **error);
char    *lia_mail_store_body_hash (GBytes     *raw,
                                   const char *message_id);

G_END_DECLS
