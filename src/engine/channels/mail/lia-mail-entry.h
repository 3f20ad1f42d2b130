/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-mail-batch.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A received message -> the data of journal events. Pure. */

typedef struct
{
  const LiaMailItem *item;
  gint64             channel_id;
  gboolean           outgoing;
  gboolean           new_participant;
  gboolean           quiet;
  LiaAddress        *author;    /* or NULL */
  gint64             author_id; /* customer, 0 = not one */
  const char *const *earlier;   /* texts of the conversation, newest first */
} LiaMailEntrySource;

JsonObject *lia_mail_entry_build (const LiaMailEntrySource *source);
JsonObject *lia_mail_entry_customer (const LiaAddress *address);
JsonObject *lia_mail_entry_conversation (const char *subject,
                                         gint64      queue_id,
                                         gboolean    closed);
const char *lia_mail_entry_class (const LiaMime *mime);
gboolean    lia_mail_entry_is_nobody (const LiaAddress *address);

G_END_DECLS
