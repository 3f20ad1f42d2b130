/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-store.h"

G_BEGIN_DECLS

/**
 * LiaMailFetched:
 *
 * A message as it came from the server, and where it lies there.
 */
typedef struct
{
  GBytes  *raw; /* byte for byte */
  gint64   uid;
  gint64   internal_date_ms;
  gboolean seen;
  gboolean flagged;
  gboolean answered;
} LiaMailFetched;

#define LIA_TYPE_MAIL_INGEST (lia_mail_ingest_get_type ())

/**
 * LiaMailIngest:
 *
 * Raw messages -> parse worker -> blobs -> one transaction: messages, locations, customers, conversations, journal entries and the folder's
 * `uid_done` range. Idempotent: a batch that is handed in again changes nothing. What cannot be parsed is kept and shown raw.
 */
G_DECLARE_FINAL_TYPE (LiaMailIngest, lia_mail_ingest, LIA, MAIL_INGEST, GObject)

LiaMailIngest *lia_mail_ingest_new (LiaStore   *store,
                                    const char *worker_path);
DexFuture     *lia_mail_ingest_add (LiaMailIngest *self,
                                    gint64         channel_id,
                                    gint64         folder_id,
                                    gint64         uidvalidity,
                                    GPtrArray     *messages) G_GNUC_WARN_UNUSED_RESULT;

/* lia_mail_ingest_add(): messages of LiaMailFetched, ≤ 100; resolves to the number of new messages once they are durable. */

void lia_mail_fetched_free (LiaMailFetched *self);

G_END_DECLS
