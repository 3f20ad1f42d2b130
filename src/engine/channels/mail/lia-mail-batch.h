/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-mail-ingest.h"
#include "lia-mime.h"

G_BEGIN_DECLS

/**
 * LiaMailItem:
 *
 * A fetched message with what it says and where its bytes are.
 */
typedef struct
{
  const LiaMailFetched *fetched; /* of the batch's list */
  LiaMime              *mime;
  char                 *body_hash;
  char                 *raw;   /* blob */
  char                 *html;  /* blob or NULL */
  char                **parts; /* blobs, one a part */
} LiaMailItem;

/**
 * LiaMailBatch:
 *
 * Messages of one folder on their way into the store. Reference-counted, atomically: made on the main context, filled on a worker
 * thread, written on the store's, one after the other.
 */
typedef struct
{
  gint64     channel_id;
  gint64     folder_id;
  gint64     uidvalidity;
  GPtrArray *messages; /* of LiaMailFetched */
  GArray    *items;    /* of LiaMailItem; empty until it is prepared */
  gint64     now_ms;
} LiaMailBatch;

LiaMailBatch *lia_mail_batch_new (gint64     channel_id,
                                  gint64     folder_id,
                                  gint64     uidvalidity,
                                  GPtrArray *messages);
LiaMailBatch *lia_mail_batch_ref (LiaMailBatch *self);
void          lia_mail_batch_unref (LiaMailBatch *self);
gboolean      lia_mail_batch_write (LiaDb    *db,
                                    gpointer  batch,
                                    gpointer *result,
                                    GError  **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaMailBatch, lia_mail_batch_unref)

G_END_DECLS
