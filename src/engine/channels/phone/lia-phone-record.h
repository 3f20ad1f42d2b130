/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-call.h"
#include "lia-db.h"

G_BEGIN_DECLS

/**
 * LiaPhoneRecord:
 * @call: with our ids of queues and agents; of this record alone, as its parts must not be shared between threads
 * @conversation_id: to which somebody dialled it; 0 = find or make one
 * @agent_id: who dialled it; 0 = nobody of ours, or not known
 * @at_ms: when what is reported happened; 0 = now
 * @can_fetch: its recordings can be fetched; else they stay on the PBX
 * @members: of gint64: the agents in its queue, of whom one has to call back whoever was not answered
 *
 * A call as it is to be kept.
 */
typedef struct
{
  gint64   channel_id;
  char    *country;
  LiaCall *call;
  gint64   conversation_id;
  gint64   agent_id;
  gint64   at_ms;
  gboolean can_fetch;
  GArray  *members;
} LiaPhoneRecord;

LiaPhoneRecord *lia_phone_record_new (gint64      channel_id,
                                      const char *country,
                                      LiaCall    *call);
void            lia_phone_record_free (gpointer record);

/*
 * #LiaStoreFunc, of a #LiaPhoneRecord: one transaction that keeps the call: the first time with its customer and its conversation, then as a change
 * of its entry. The same call again is no second one, and one that has ended stays as it is but for wrap-up. @result: a LiaCall with `id`,
 * `conv`, `customer`, `match`, `match_reason` and `disposition`.
 */
gboolean lia_phone_record_write (LiaDb    *db,
                                 gpointer  record,
                                 gpointer *result,
                                 GError  **error);

/*
 * #LiaStoreFunc, of a #LiaPhoneRecord with a call that the PBX noted by itself (LiaPhoneProvider's list_left): kept like any other when it is not there,
 * as the true end of one that was lost, and not at all when its end was seen. Nobody waits for a call whose customer was reached by a later one.
 * @result: as above.
 */
gboolean lia_phone_record_write_left (LiaDb    *db,
                                      gpointer  record,
                                      gpointer *result,
                                      GError  **error);

/* #LiaStoreFunc, of a gint64 (the channel): @result: GPtrArray of LiaCall: those that have not ended. */
gboolean lia_phone_record_read_open (LiaDb    *db,
                                     gpointer  channel_id,
                                     gpointer *result,
                                     GError  **error);

/* @uniqueid: of a call. Gives its entry's number; 0 when it has none, or with @error set. */
gint64 lia_phone_record_find (LiaDb      *db,
                              gint64      channel_id,
                              const char *uniqueid,
                              GError    **error);

G_END_DECLS
