/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-entry.h"

G_BEGIN_DECLS

/**
 * LiaComposeContext:
 *
 * What the headers need beside the entry itself.
 */
typedef struct
{
  const char        *message_id;     /* without brackets; made once, when queued */
  const char        *in_reply_to;    /* or NULL */
  const char *const *references;     /* or NULL */
  LiaAddress        *from;           /* the mailbox's address with the agent's name */
  LiaAddress        *reply_to;       /* with the conversation's token, or NULL */
  const char        *blob_directory; /* where the attachments' bytes are */
  gint64             date_ms;
} LiaComposeContext;

GBytes *lia_compose (LiaEntry                *entry,
                     const LiaComposeContext *context,
                     GError                 **error);

/* Message-IDs and reply tokens carry a MAC: a forged one threads nowhere. */
char  *lia_mail_token_message_id (GBytes     *key,
                                  gint64      conversation_id,
                                  const char *domain);
gint64 lia_mail_token_check_message_id (GBytes     *key,
                                        const char *message_id); /* the conversation, 0 = not ours */
char  *lia_mail_token_reply_address (GBytes     *key,
                                     gint64      conversation_id,
                                     const char *mailbox);
gint64 lia_mail_token_check_address (GBytes     *key,
                                     const char *address);

G_END_DECLS
