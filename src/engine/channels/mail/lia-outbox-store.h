/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-mailbox.h"
#include "lia-smtp.h"
#include "lia-store.h"

G_BEGIN_DECLS

/* The outbox in the store. Each change of a message's state is a journal event of its entry, in the same transaction. */

/**
 * LiaOutgoing:
 *
 * A message that is due, ready to be sent.
 */
typedef struct
{
  gint64  id; /* of the outbox row and of the entry */
  gint64  conversation_id;
  char   *sender;
  GStrv   recipients; /* those that have no answer yet */
  char   *message_id;
  char   *raw; /* blob */
  GBytes *bytes;
  gint64  date_ms;
} LiaOutgoing;

void lia_outgoing_free (LiaOutgoing *self);

/* What is to be done now, and when there is something again; numbers of gint64. */
typedef struct
{
  GArray *due;
  GArray *unconfirmed;
  GArray *copies;  /* sent, and not in the folder of sent mail yet */
  gint64  next_ms; /* 0 = never */
} LiaOutboxAgenda;

void lia_outbox_agenda_free (LiaOutboxAgenda *self);

DexFuture       *lia_outbox_store_recover (LiaStore *store,
                                           gint64    channel_id) G_GNUC_WARN_UNUSED_RESULT;
LiaOutboxAgenda *lia_outbox_store_agenda (LiaStore *store,
                                          gint64    channel_id,
                                          GError  **error);
LiaOutgoing     *lia_outbox_store_prepare (LiaStore *store,
                                           gint64    id,
                                           GError  **error);
gboolean         lia_outbox_store_claim (LiaStore          *store,
                                         gint64             channel_id,
                                         const LiaOutgoing *outgoing,
                                         GError           **error);
gboolean         lia_outbox_store_dot (LiaStore *store,
                                       gint64    id,
                                       GError  **error);
gboolean         lia_outbox_store_finish (LiaStore            *store,
                                          gint64               id,
                                          const LiaSmtpResult *result,
                                          GError             **error);
gboolean         lia_outbox_store_give_up (LiaStore   *store,
                                           gint64      id,
                                           const char *problem,
                                           GError    **error);
gboolean         lia_outbox_store_resolve (LiaStore *store,
                                           gint64    id,
                                           gboolean  arrived,
                                           GError  **error);
gboolean         lia_outbox_store_was_answered (LiaStore *store,
                                                gint64    id);
gboolean         lia_outbox_store_set_copied (LiaStore   *store,
                                              gint64      id,
                                              const char *how,
                                              GError    **error);

/* Inside a transaction; also for the commands. */
gboolean lia_outbox_change_entry (LiaDb      *db,
                                  gint64      id,
                                  const char *state,
                                  const char *problem,
                                  GError    **error);
gboolean lia_outbox_take_back (LiaDb    *db,
                               gint64    id,
                               gboolean *done,
                               GError  **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaOutgoing, lia_outgoing_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaOutboxAgenda, lia_outbox_agenda_free)

G_END_DECLS
