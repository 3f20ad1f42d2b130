/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-sent-copy.h"

#include "lia-imap-events.h"
#include "lia-imap.h"

/*
 * Some servers file what they send (Gmail, Exchange), others leave it to the client: so first look, then file. A message is looked for by its
 * Message-ID, which is ours and does not occur twice.
 */

struct _LiaSentCopy
{
  LiaImap       *imap;
  LiaImapEvents *events;
  char          *path; /* NULL: the mailbox has no such folder */
};

/** lia_sent_copy_open: connects and selects the folder. */
LiaSentCopy *
lia_sent_copy_open (LiaStore   *store,
                    gint64      channel_id,
                    LiaMailbox *mailbox,
                    const char *password,
                    GError    **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (LiaImapFolderState) folder = lia_imap_store_load (store, channel_id, "sent", &cause);
  g_autoptr (LiaSentCopy) self = g_new0 (LiaSentCopy, 1);

  self->events = lia_imap_events_new ();
  if (folder == NULL)
    {
      /* Not known yet before the first connection has listed the folders. */
      g_autoptr (LiaImapFolderState) inbox = lia_imap_store_load (store, channel_id, "inbox", NULL);
      if (inbox == NULL || !g_error_matches (cause, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return NULL;
        }
      return g_steal_pointer (&self);
    }
  self->path = g_strdup (folder->path);
  self->imap = lia_imap_open (mailbox, password, error);
  if (self->imap == NULL)
    return NULL;
  lia_imap_set_handler (self->imap, lia_imap_events_take, self->events);

  g_autofree char *name = lia_imap_quote (self->path);
  if (name == NULL || !lia_imap_run (self->imap, error, "SELECT %s", name))
    {
      if (name == NULL)
        g_set_error_literal (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_NO, "the folder has a name that we cannot write");
      return NULL;
    }

  return g_steal_pointer (&self);
}

/** lia_sent_copy_find: whether the message is there. */
gboolean
lia_sent_copy_find (LiaSentCopy *self,
                    const char  *message_id,
                    GError     **error)
{
  g_autofree char *quoted = lia_imap_quote (message_id);

  if (self->path == NULL || quoted == NULL)
    return FALSE;
  g_clear_pointer (&self->events->listed, lia_uid_set_free);
  self->events->listed = lia_uid_set_new (NULL);

  return lia_imap_run (self->imap, error, "UID SEARCH HEADER Message-ID %s", quoted) && lia_uid_set_n_ranges (self->events->listed) > 0;
}

/**
 * lia_sent_copy_file:
 *
 * Returns: (nullable): how, for lia_outbox_store_set_copied(); NULL with @error
 */
const char *
lia_sent_copy_file (LiaSentCopy       *self,
                    const LiaOutgoing *outgoing,
                    GError           **error)
{
  g_autoptr (GError) cause = NULL;

  if (self->path == NULL)
    return "impossible";
  if (lia_sent_copy_find (self, outgoing->message_id, &cause))
    return "found";
  if (cause == NULL && lia_imap_append (self->imap, self->path, "\\Seen", outgoing->date_ms, outgoing->bytes, &cause))
    return "appended";
  g_propagate_error (error, g_steal_pointer (&cause));

  return NULL;
}

void
lia_sent_copy_free (LiaSentCopy *self)
{
  if (self->imap != NULL)
    lia_imap_set_handler (self->imap, NULL, NULL);
  g_clear_object (&self->imap);
  lia_imap_events_free (self->events);
  g_free (self->path);
  g_free (self);
}
