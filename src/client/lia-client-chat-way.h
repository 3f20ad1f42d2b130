/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

G_BEGIN_DECLS

#define LIA_TYPE_ANSWER_WAY (lia_answer_way_get_type ())

/**
 * LiaAnswerWay:
 * @by_mail: an answer of the moment at which this was asked goes by mail
 * @address: (nullable): where mail goes; NULL: it reaches nobody
 * @mail_from_ms: from when on an answer goes by mail, if the visitor stays away; 0: it never does
 *
 * How what is answered reaches the visitor of a chat.
 */
typedef struct
{
  gboolean by_mail;
  char    *address;
  gint64   mail_from_ms;
} LiaAnswerWay;

GType         lia_answer_way_get_type (void);
LiaAnswerWay *lia_answer_way_new (gboolean    by_mail,
                                  const char *address,
                                  gint64      mail_from_ms);
LiaAnswerWay *lia_answer_way_copy (LiaAnswerWay *self);
void          lia_answer_way_free (LiaAnswerWay *self);

DexFuture *lia_client_read_answer_way (LiaClient  *self,
                                       const char *conversation) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_send_chat (LiaClient  *self,
                                 const char *conversation,
                                 LiaDraft   *draft,
                                 const char *by,
                                 const char *then) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_offer_call (LiaClient  *self,
                                  const char *conversation) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_send_transcript (LiaClient  *self,
                                       const char *conversation,
                                       const char *zone) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
