/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-address.h"
#include "lia-db.h"

G_BEGIN_DECLS

/**
 * LiaChatWay:
 * @visitor: her chat address
 * @site_id: the channel
 * @mailbox_id: which writes to her by mail; 0: there is none
 * @address: where mail reaches her, or NULL
 * @language: of what we say to her, one of data/web/words
 * @from_ms: from when on an answer goes by mail, if she stays away; 0: it never does
 *
 * How what we answer reaches the visitor of a chat.
 */
typedef struct
{
  char       *visitor;
  gint64      site_id;
  char       *site;
  gint64      customer_id;
  gint64      mailbox_id;
  LiaAddress *address;
  char       *language;
  gint64      from_ms;
} LiaChatWay;

LiaChatWay *lia_chat_way_read (LiaDb   *db,
                               gint64   conversation_id,
                               gint64   left_ms,
                               GError **error);
void        lia_chat_way_free (LiaChatWay *self);
gboolean    lia_chat_way_can_mail (const LiaChatWay *self);
gboolean    lia_chat_way_is_mail (const LiaChatWay *self);
gboolean    lia_chat_way_find_mailbox (LiaDb      *db,
                                       const char *mailbox,
                                       gint64     *id,
                                       GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaChatWay, lia_chat_way_free)

G_END_DECLS
