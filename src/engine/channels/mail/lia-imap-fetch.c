/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-imap-session-private.h"

/*
 * Fetching keeps two batches on the wire and two with the ingest, so that the network, the parser and the store work at the same time; that is
 * also all the memory it takes. New mail that arrives meanwhile goes before the backlog. What a batch brought is remembered by the ingest in the
 * transaction that keeps it, so that a crash costs one batch of work and no message.
 */

#define WINDOW 1000 /* sizes that are asked for at once */
#define IN_FLIGHT 2
#define MAX_FETCH_BYTES (48 * 1024 * 1024)
#define PARTIAL_BYTES (1024 * 1024)

/* A FETCH on the wire, and then with the ingest. */
typedef struct
{
  LiaUidSet      *uids;
  LiaImapCommand *command;
  DexFuture      *ingesting; /* or NULL */
} Batch;

static void
batch_free (Batch *batch)
{
  lia_uid_set_free (batch->uids);
  g_clear_pointer (&batch->command, lia_imap_command_free);
  dex_clear (&batch->ingesting);
  g_free (batch);
}

static int
newest_first (gconstpointer a,
              gconstpointer b)
{
  gint64 first = ((const LiaImapListed *)a)->uid;
  gint64 second = ((const LiaImapListed *)b)->uid;

  return (first < second) - (first > second);
}

/* Sizes of the newest that are missing, so that batches can be cut to measure. */
static gboolean
fill_window (LiaImapSession *self,
             GError        **error)
{
  if (self->position < self->window->len || lia_uid_set_n_ranges (self->missing) == 0)
    return TRUE;

  g_autoptr (LiaUidSet) newest = lia_uid_set_newest (self->missing, WINDOW);
  g_autofree char *set = lia_uid_set_to_string (newest);
  g_array_set_size (self->events->sizes, 0);
  if (!lia_imap_run (self->imap, error, "UID FETCH %s (UID RFC822.SIZE)", set))
    return FALSE;

  LiaUidSet *rest = lia_uid_set_minus (self->missing, newest);
  lia_uid_set_free (self->missing);
  self->missing = rest;
  g_array_set_size (self->window, 0);
  self->position = 0;
  for (guint i = 0; i < self->events->sizes->len; i++)
    {
      LiaImapListed *listed = &g_array_index (self->events->sizes, LiaImapListed, i);
      if (lia_uid_set_contains (newest, listed->uid))
        g_array_append_val (self->window, *listed);
    }
  g_array_sort (self->window, newest_first);
  self->left -= lia_uid_set_count (newest) - self->window->len; /* gone in the meantime */

  return TRUE;
}

/* Mail that came while we fetch older mail goes first. */
static gboolean
put_new_first (LiaImapSession *self,
               GError        **error)
{
  gint64 from = self->folder->uidnext;
  g_autoptr (GArray) fresh = g_array_new (FALSE, FALSE, sizeof (LiaImapListed));

  self->events->exists_changed = FALSE;
  g_array_set_size (self->events->sizes, 0);
  if (!lia_imap_run (self->imap, error, "UID FETCH %" G_GINT64_FORMAT ":* (UID RFC822.SIZE)", MAX (from, 1)))
    return FALSE;
  for (guint i = 0; i < self->events->sizes->len; i++)
    {
      LiaImapListed *listed = &g_array_index (self->events->sizes, LiaImapListed, i);

      if (listed->uid < from || lia_uid_set_contains (self->folder->done, listed->uid))
        continue;
      g_array_append_val (fresh, *listed);
      self->folder->uidnext = MAX (self->folder->uidnext, listed->uid + 1);
    }
  g_array_sort (fresh, newest_first);
  g_array_insert_vals (self->window, self->position, fresh->data, fresh->len);
  self->left += fresh->len;
  self->total = MAX (self->total + fresh->len, self->left);

  return TRUE;
}

static gboolean
is_too_large (LiaImapSession *self,
              guint           position)
{
  return g_array_index (self->window, LiaImapListed, position).size_bytes > MAX_FETCH_BYTES;
}

static gboolean
send_batch (LiaImapSession *self,
            GQueue         *batches,
            GError        **error)
{
  guint            first = self->position;
  LiaUidSet       *uids = lia_imap_next_batch (self->window, &self->position);
  Batch           *batch = g_new0 (Batch, 1);
  g_autofree char *set = lia_uid_set_to_string (uids);

  batch->uids = uids;
  g_queue_push_tail (batches, batch);
  /* What is larger than anybody can read is kept as far as it can be shown; the whole stays on the server. */
  if (is_too_large (self, first))
    batch->command = lia_imap_send (self->imap, error, "UID FETCH %s (UID FLAGS INTERNALDATE BODY.PEEK[]<0.%d>)", set, PARTIAL_BYTES);
  else
    batch->command = lia_imap_send (self->imap, error, "UID FETCH %s (UID FLAGS INTERNALDATE BODY.PEEK[])", set);

  return batch->command != NULL;
}

/* The batch's messages out of all that came. */
static GPtrArray *
take_messages (LiaImapSession *self,
               Batch          *batch)
{
  GPtrArray *mine = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_mail_fetched_free);
  GPtrArray *others = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_mail_fetched_free);

  g_ptr_array_set_free_func (self->events->messages, NULL);
  for (guint i = 0; i < self->events->messages->len; i++)
    {
      LiaMailFetched *message = g_ptr_array_index (self->events->messages, i);
      g_ptr_array_add (lia_uid_set_contains (batch->uids, message->uid) ? mine : others, message);
    }
  g_ptr_array_unref (self->events->messages);
  self->events->messages = others;

  return mine;
}

static void
add_done (LiaUidSet *set,
          LiaUidSet *uids)
{
  for (guint i = 0; i < lia_uid_set_n_ranges (uids); i++)
    {
      gint64 first, last;

      lia_uid_set_range (uids, i, &first, &last);
      lia_uid_set_add (set, first, last);
    }
}

/* Some servers call a message that they cannot read a temporary failure of theirs: it must not keep the others from coming. */
static gboolean
is_no (const GError *error)
{
  return g_error_matches (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_NO) || g_error_matches (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_UNAVAILABLE);
}

/* Waits for the oldest FETCH and hands its messages to the ingest. */
static gboolean
receive_batch (LiaImapSession *self,
               Batch          *batch,
               GError        **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (LiaUidSet) came = lia_uid_set_new (NULL);

  /* NO: the server cannot give some of them now. The others came; these are asked for again in the next session. */
  if (!lia_imap_finish (self->imap, batch->command, LIA_IMAP_COMMAND_MS, &cause) && !is_no (cause))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }

  g_autoptr (GPtrArray) messages = take_messages (self, batch);
  add_done (self->folder->done, batch->uids);
  for (guint i = 0; i < messages->len; i++)
    {
      LiaMailFetched *message = g_ptr_array_index (messages, i);
      lia_uid_set_add (self->folder->present, message->uid, message->uid);
      lia_uid_set_add (came, message->uid, message->uid);
    }
  g_autoptr (LiaUidSet) absent = lia_uid_set_minus (batch->uids, came);
  if (cause == NULL)
    add_done (self->skipped, absent);
  else
    self->lacking |= lia_uid_set_n_ranges (absent) > 0;
  batch->ingesting = messages->len > 0 ? lia_mail_ingest_add (self->ingest, self->channel_id, self->folder->id, self->folder->uidvalidity, messages)
                                       : dex_future_new_for_boolean (TRUE);

  return TRUE;
}

static gboolean
await_ingest (LiaImapSession *self,
              GQueue         *ingesting,
              GError        **error)
{
  Batch   *batch = g_queue_pop_head (ingesting);
  gboolean kept = dex_await (g_steal_pointer (&batch->ingesting), error);

  if (kept)
    self->left = MAX (self->left - lia_uid_set_count (batch->uids), 0);
  batch_free (batch);
  lia_imap_session_report (self, FALSE);

  return kept;
}

static gboolean
fetch_step (LiaImapSession *self,
            GQueue         *wire,
            GQueue         *ingesting,
            GError        **error)
{
  if (self->events->exists_changed && !put_new_first (self, error))
    return FALSE;
  while (g_queue_get_length (wire) < IN_FLIGHT)
    {
      if (!fill_window (self, error))
        return FALSE;
      if (self->position >= self->window->len)
        break;
      if (!send_batch (self, wire, error))
        return FALSE;
    }
  if (!g_queue_is_empty (wire))
    {
      Batch *batch = g_queue_peek_head (wire);
      if (!receive_batch (self, batch, error))
        return FALSE;
      g_queue_push_tail (ingesting, g_queue_pop_head (wire));
    }
  while (g_queue_get_length (ingesting) > (g_queue_is_empty (wire) ? 0 : IN_FLIGHT))
    {
      if (!await_ingest (self, ingesting, error))
        return FALSE;
    }

  return lia_imap_session_check_stopped (self, error);
}

gboolean
lia_imap_session_fetch (LiaImapSession *self,
                        GError        **error)
{
  GQueue   wire = G_QUEUE_INIT, ingesting = G_QUEUE_INIT;
  gboolean ok;

  do
    ok = fetch_step (self, &wire, &ingesting, error);
  while (ok && (self->position < self->window->len || lia_uid_set_n_ranges (self->missing) > 0 || !g_queue_is_empty (&wire) || self->events->exists_changed));
  g_queue_clear_full (&wire, (GDestroyNotify)batch_free);
  g_queue_clear_full (&ingesting, (GDestroyNotify)batch_free);
  self->left = ok ? 0 : self->left;

  return ok;
}
