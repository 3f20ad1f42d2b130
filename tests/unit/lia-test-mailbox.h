/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-journal.h"
#include "lia-mail-ingest.h"
#include "lia-test-store.h"

/* A store with one mailbox, support@example.org, of an agent bob@example.org. Its program must answer to `parse-worker`. */

typedef struct
{
  TestStore      base;
  LiaMailIngest *ingest;
  gint64         channel;
  gint64         inbox;
  gint64         sent;
  gint64         next_uid;
} TestMailbox;

static inline gint64
test_mailbox_event (LiaDb      *db,
                    const char *kind,
                    gint64      at_ms,
                    const char *data)
{
  g_autoptr (GError) error = NULL;
  LiaJournalEvent event = { .kind = kind, .at_ms = at_ms, .data = data };
  gint64          seq = lia_journal_append (db, &event, &error);

  g_assert_no_error (error);

  return seq;
}

static inline gboolean
test_mailbox_make (LiaDb    *db,
                   gpointer  data,
                   gpointer *result,
                   GError  **error)
{
  TestMailbox *self = data;

  test_mailbox_event (db, "agent.changed", 0, "{\"agent\":1,\"name\":\"Bob Stone\",\"address\":\"bob@example.org\"}");
  self->channel = test_mailbox_event (db, "channel.changed", g_get_real_time () / 1000 - 3600 * 1000,
                                      "{\"kind\":\"mail\",\"name\":\"Support\",\"queue\":1,\"config\":{\"address\":\"support@example.org\"}}");

  if (!lia_db_exec (db, error, "INSERT INTO mail_folder (channel_id, path, role, uidvalidity) VALUES ($1, 'INBOX', 'inbox', 1)", "i", self->channel))
    return FALSE;

  self->inbox = lia_db_last_id (db);

  if (!lia_db_exec (db, error, "INSERT INTO mail_folder (channel_id, path, role, uidvalidity) VALUES ($1, 'Sent', 'sent', 1)", "i", self->channel))
    return FALSE;

  self->sent = lia_db_last_id (db);

  return TRUE;
}

static inline void
test_mailbox_set_up (TestMailbox  *self,
                     gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  test_store_set_up (&self->base, NULL);
  test_wait (lia_store_write (self->base.store, test_mailbox_make, self, NULL, NULL), &error);
  g_assert_no_error (error);
  self->ingest = lia_mail_ingest_new (self->base.store, "/proc/self/exe");
  self->next_uid = 1;
}

static inline void
test_mailbox_tear_down (TestMailbox  *self,
                        gconstpointer unused)
{
  g_clear_object (&self->ingest);
  test_store_tear_down (&self->base, NULL);
}
