/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-attachment.h"
#include "lia-call-enums.h"
#include "lia-db.h"

G_BEGIN_DECLS

/* LiaPhoneWanted: a recording that is still to be fetched. */
typedef struct
{
  gint64 seq; /* its call's entry */
  char  *file;
  gint64 ended_ms;
} LiaPhoneWanted;

/**
 * LiaPhoneFetched:
 * @state: %LIA_RECORDING_FETCHING when it will be tried again
 * @problem: for people; "" when there is none
 * @attachment: (nullable): what the entry gets
 *
 * What became of it.
 */
typedef struct
{
  gint64            seq;
  char             *file;
  LiaRecordingState state;
  char             *problem;
  LiaAttachment    *attachment;
} LiaPhoneFetched;

void lia_phone_fetched_free (gpointer fetched);

/* #LiaStoreFunc, of a gint64 (the channel): @result: GPtrArray of LiaPhoneWanted, oldest first. */
gboolean lia_phone_recordings_read (LiaDb    *db,
                                    gpointer  channel_id,
                                    gpointer *result,
                                    GError  **error);

/* #LiaStoreFunc, of a #LiaPhoneFetched: one event, or none where the entry says so already: what is fetched twice is kept once. */
gboolean lia_phone_recordings_settle (LiaDb    *db,
                                      gpointer  fetched,
                                      gpointer *result,
                                      GError  **error);

G_END_DECLS
