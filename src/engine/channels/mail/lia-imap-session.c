/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-imap-session.h"

#include "lia-async.h"
#include "lia-imap-events.h"
#include "lia-imap.h"
#include "lia-store.h"

#include <string.h>

/*
 *   open -> folders -> SELECT -> reconcile -> fetch (newest first) -> listen -+
 *                                   ^------------- something changed --------+
 *
 * Fetching keeps two batches on the wire and two with the ingest, so that the network, the parser and the store work at the same time; that is
 * also all the memory it takes. New mail that arrives meanwhile goes before the backlog. What a batch brought is remembered by the ingest in the
 * transaction that keeps it, so that a crash costs one batch of work and no message.
 */

#define IDLE_MS (9 * 60 * 1000)    /* shorter than what routers forget a connection in */
#define SILENCE_MS (4 * 60 * 1000) /* nothing for so long: ask, as the connection may be dead without anybody having told us */
#define NOOP_MS (30 * 1000)
#define WINDOW 1000 /* sizes that are asked for at once */
#define IN_FLIGHT 2
#define MAX_FETCH_BYTES (48 * 1024 * 1024)
#define PARTIAL_BYTES (1024 * 1024)

struct _LiaImapSession
{
  LiaStore          *store;
  LiaMailIngest     *ingest;
  gint64             channel_id;
  char              *role;
  LiaImapSessionFunc func;
  gpointer           data;

  gboolean            plain; /* use no extension that changes how a folder is read */
  gboolean            stopped;
  guint               silence_ms;
  DexPromise         *wake; /* or NULL */
  LiaImap            *imap;
  LiaImapEvents      *events;
  LiaImapFolderState *folder;
  LiaUidSet          *skipped;  /* listed, but the server did not give it; not kept yet */
  gboolean            lacking;  /* some of the listed could not be given now: the next session asks again */
  LiaUidSet          *missing;  /* on the server and not here; without what is in the window or on its way */
  GArray             *window;   /* of LiaImapListed, newest first */
  guint               position; /* in the window */
  gint64              total;
  gint64              left; /* messages of the total that are not here */
};

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

static void
report (LiaImapSession *self,
        gboolean        ready)
{
  self->func (ready, self->total - self->left, self->left > 0 ? self->total : 0, self->data);
}

static gboolean
check_stopped (LiaImapSession *self,
               GError        **error)
{
  if (self->stopped)
    g_set_error_literal (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_STOPPED, "stopped");

  return !self->stopped;
}

/* Folders ----------------------------------------------------------------------------------------------------------------------------- */

static gboolean
has_role (GPtrArray  *folders,
          const char *role)
{
  for (guint i = 0; i < folders->len; i++)
    {
      if (g_str_equal (((LiaImapFolder *)g_ptr_array_index (folders, i))->role, role))
        return TRUE;
    }

  return FALSE;
}

/* Servers without SPECIAL-USE: by the names that programs give to the folder of sent mail. */
static void
guess_sent (GPtrArray *folders)
{
  static const char *const names[] = { "Sent", "Sent Items", "Sent Messages", "INBOX.Sent", "INBOX/Sent", "[Gmail]/Sent Mail", "Gesendet",
                                       "Gesendete Objekte", "INBOX.Gesendet", "&AMk-l&AOk-ments envoy&AOk-s", "Envoy&AOk-s", "Enviados", "Posta inviata" };

  for (guint n = 0; n < G_N_ELEMENTS (names) && !has_role (folders, "sent"); n++)
    {
      for (guint i = 0; i < folders->len; i++)
        {
          LiaImapFolder *folder = g_ptr_array_index (folders, i);
          if (g_ascii_strcasecmp (folder->path, names[n]) == 0)
            {
              g_set_str (&folder->role, "sent");
              break;
            }
        }
    }
}

static gboolean
find_folders (LiaImapSession *self,
              GError        **error)
{
  gboolean special = lia_imap_has (self->imap, "SPECIAL-USE") && lia_imap_has (self->imap, "LIST-EXTENDED");

  if (!lia_imap_run (self->imap, error, special ? "LIST \"\" \"*\" RETURN (SPECIAL-USE)" : "LIST \"\" \"*\""))
    return FALSE;
  guess_sent (self->events->folders);
  if (!dex_await (lia_imap_store_folders (self->store, self->channel_id, self->events->folders), error))
    return FALSE;
  g_clear_pointer (&self->folder, lia_imap_folder_state_free);
  self->folder = lia_imap_store_load (self->store, self->channel_id, self->role, error);

  return self->folder != NULL;
}

/* Reconcile --------------------------------------------------------------------------------------------------------------------------- */

static gboolean
select_folder (LiaImapSession *self,
               GError        **error)
{
  g_autofree char *name = lia_imap_quote (self->folder->path);
  gboolean         qresync = !self->plain && lia_imap_has (self->imap, "QRESYNC") && lia_imap_has (self->imap, "ENABLE");
  gboolean         condstore = !self->plain && lia_imap_has (self->imap, "CONDSTORE");

  if (name == NULL)
    {
      g_set_error_literal (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_PROTOCOL, "the folder has a name that we cannot write");
      return FALSE;
    }
  if (qresync && !lia_imap_run (self->imap, error, "ENABLE QRESYNC"))
    return FALSE;

  self->events->selected = (LiaImapSelected){ .condstore = condstore };
  if (qresync && self->folder->uidvalidity > 0 && self->folder->modseq > 0)
    {
      self->events->selected.qresync = TRUE;
      if (!lia_imap_run (self->imap, error, "SELECT %s (QRESYNC (%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "))", name, self->folder->uidvalidity,
                         self->folder->modseq))
        return FALSE;
    }
  else if (!lia_imap_run (self->imap, error, condstore ? "SELECT %s (CONDSTORE)" : "SELECT %s", name))
    return FALSE;
  self->events->exists_changed = FALSE;

  return TRUE;
}

/* All numbers that the folder has, or those from @from on. */
static gboolean
list_uids (LiaImapSession *self,
           gint64          from,
           GError        **error)
{
  g_autofree char *set = from > 1 ? g_strdup_printf ("UID %" G_GINT64_FORMAT ":*", from) : g_strdup ("ALL");

  g_clear_pointer (&self->events->listed, lia_uid_set_free);
  self->events->listed = lia_uid_set_new (NULL);

  return lia_imap_run (self->imap, error, lia_imap_has (self->imap, "ESEARCH") ? "UID SEARCH RETURN (ALL) %s" : "UID SEARCH %s", set);
}

static LiaImapChanges *
take_changes (LiaImapSession *self)
{
  LiaImapChanges *changes = lia_imap_changes_new (self->folder->id);

  changes->uidvalidity = self->folder->uidvalidity;
  changes->flags = g_steal_pointer (&self->events->flags);
  self->events->flags = g_array_new (FALSE, FALSE, sizeof (LiaImapFlags));
  changes->gone = g_steal_pointer (&self->events->vanished);
  self->events->vanished = lia_uid_set_new (NULL);

  return changes;
}

static void
forget_gone (LiaImapSession  *self,
             const LiaUidSet *gone)
{
  LiaUidSet *rest = lia_uid_set_minus (self->missing, gone);

  lia_uid_set_free (self->missing);
  self->missing = rest;
}

static gboolean
keep (LiaImapSession *self,
      LiaImapChanges *changes,
      GError        **error)
{
  if (changes->gone != NULL)
    forget_gone (self, changes->gone);
  if (changes->skipped == NULL && lia_uid_set_n_ranges (self->skipped) > 0)
    {
      changes->skipped = g_steal_pointer (&self->skipped);
      self->skipped = lia_uid_set_new (NULL);
    }

  return dex_await (lia_imap_store_apply (self->store, changes), error);
}

static gboolean
reset_folder (LiaImapSession *self,
              GError        **error)
{
  LiaImapChanges *changes = lia_imap_changes_new (self->folder->id);

  changes->reset = TRUE;
  changes->uidvalidity = self->events->selected.uidvalidity;
  if (!keep (self, changes, error))
    return FALSE;
  g_clear_pointer (&self->folder, lia_imap_folder_state_free);
  self->folder = lia_imap_store_load (self->store, self->channel_id, self->role, error);

  return self->folder != NULL;
}

static gboolean
ask_flags (LiaImapSession    *self,
           const LiaImapPlan *plan,
           GError           **error)
{
  if (plan->changed_since > 0)
    return lia_imap_run (self->imap, error, "UID FETCH 1:* (UID FLAGS) (CHANGEDSINCE %" G_GINT64_FORMAT ")", plan->changed_since);
  if (plan->flags_from > 0)
    return lia_imap_run (self->imap, error, "UID FETCH %" G_GINT64_FORMAT ":* (UID FLAGS)", plan->flags_from);

  return TRUE;
}

/* Compares all numbers of the server with ours. */
static gboolean
compare_all (LiaImapSession *self,
             LiaImapChanges *changes,
             GError        **error)
{
  if (!list_uids (self, 0, error))
    return FALSE;

  LiaUidSet *gone = lia_uid_set_minus (self->folder->present, self->events->listed);
  g_clear_pointer (&changes->gone, lia_uid_set_free);
  changes->gone = gone;
  lia_uid_set_free (self->missing);
  self->missing = lia_uid_set_minus (self->events->listed, self->folder->done);
  self->total = lia_uid_set_count (self->events->listed);
  if (lia_uid_set_n_ranges (self->events->listed) > 0)
    {
      gint64 first, last;

      lia_uid_set_range (self->events->listed, lia_uid_set_n_ranges (self->events->listed) - 1, &first, &last);
      self->folder->uidnext = MAX (self->folder->uidnext, last + 1);
    }

  return TRUE;
}

static gboolean
add_new (LiaImapSession *self,
         gint64          from,
         GError        **error)
{
  if (!list_uids (self, from, error))
    return FALSE;

  g_autoptr (LiaUidSet) missing = lia_uid_set_minus (self->events->listed, self->folder->done);
  lia_uid_set_free (self->missing);
  self->missing = g_steal_pointer (&missing);
  self->total = MAX (self->events->selected.exists, lia_uid_set_count (self->missing));

  return TRUE;
}

static gboolean
reconcile (LiaImapSession *self,
           GError        **error)
{
  LiaImapSelected now = self->events->selected;
  LiaImapPlan     plan = lia_imap_plan (self->folder, &now);

  if (plan.reset && !reset_folder (self, error))
    return FALSE;
  self->folder->uidvalidity = now.uidvalidity;
  if (!ask_flags (self, &plan, error))
    return FALSE;

  g_autoptr (LiaImapChanges) changes = take_changes (self);
  if (plan.list && !compare_all (self, changes, error))
    return FALSE;
  if (plan.list_from > 0 && !add_new (self, plan.list_from, error))
    return FALSE;
  self->left = lia_uid_set_count (self->missing);
  self->folder->uidnext = MAX (now.uidnext, self->folder->uidnext);

  return keep (self, g_steal_pointer (&changes), error);
}

/* Fetch ------------------------------------------------------------------------------------------------------------------------------- */

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
  report (self, FALSE);

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

  return check_stopped (self, error);
}

static gboolean
fetch_missing (LiaImapSession *self,
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

static gboolean
keep_complete (LiaImapSession *self,
               GError        **error)
{
  LiaImapChanges *changes = take_changes (self);

  changes->uidnext = self->folder->uidnext;
  changes->modseq = self->events->selected.modseq;
  changes->complete = TRUE;
  changes->lacking = self->lacking;

  return keep (self, changes, error);
}

/* Listen ------------------------------------------------------------------------------------------------------------------------------ */

/* Until the server says something, somebody wakes us, or the time is up. */
static void
await_anything (LiaImapSession *self,
                guint           timeout_ms)
{
  DexFuture *heard = lia_mail_stream_wait (lia_imap_get_stream (self->imap));

  dex_clear (&self->wake);
  self->wake = dex_promise_new ();
  dex_await (dex_future_first (heard, dex_ref (DEX_FUTURE (self->wake)), dex_timeout_new_msec (timeout_ms), NULL), NULL);
}

static gboolean
idle (LiaImapSession *self,
      GError        **error)
{
  LiaMailStream *stream = lia_imap_get_stream (self->imap);
  gint64         until_us = g_get_monotonic_time () + IDLE_MS * G_GINT64_CONSTANT (1000);

  if (!lia_imap_idle_begin (self->imap, error))
    return FALSE;
  while (lia_imap_events_is_quiet (self->events) && !self->stopped)
    {
      gint64 left_ms = (until_us - g_get_monotonic_time ()) / 1000;

      if (left_ms <= 0)
        break;
      await_anything (self, MIN (left_ms, self->silence_ms));
      if (dex_future_is_resolved (DEX_FUTURE (self->wake)) || !lia_mail_stream_has_news (stream))
        break;
      if (!lia_mail_stream_fill (stream, LIA_IMAP_COMMAND_MS, error) || !lia_imap_process (self->imap, error))
        return FALSE;
      report (self, TRUE);
    }

  return lia_imap_idle_end (self->imap, error);
}

static gboolean
listen_once (LiaImapSession *self,
             GError        **error)
{
  if (lia_imap_has (self->imap, "IDLE") && !self->plain)
    return idle (self, error);
  await_anything (self, NOOP_MS);

  return check_stopped (self, error) && lia_imap_run (self->imap, error, "NOOP");
}

/* Deals with what was heard. */
static gboolean
catch_up (LiaImapSession *self,
          GError        **error)
{
  g_autoptr (LiaImapChanges) changes = take_changes (self);

  if (self->events->expunged)
    {
      self->events->expunged = FALSE;
      if (!compare_all (self, changes, error))
        return FALSE;
      self->left = lia_uid_set_count (self->missing);
    }
  if ((changes->flags->len > 0 || lia_uid_set_n_ranges (changes->gone) > 0) && !keep (self, g_steal_pointer (&changes), error))
    return FALSE;
  if (!self->events->exists_changed && lia_uid_set_n_ranges (self->missing) == 0)
    return TRUE;

  return fetch_missing (self, error) && keep_complete (self, error);
}

static gboolean
work (LiaImapSession *self,
      GError        **error)
{
  if (!find_folders (self, error) || !select_folder (self, error) || !reconcile (self, error))
    return FALSE;
  report (self, FALSE);
  if (!fetch_missing (self, error) || !keep_complete (self, error))
    return FALSE;
  for (;;)
    {
      report (self, TRUE);
      if (!check_stopped (self, error) || !listen_once (self, error) || !check_stopped (self, error) || !catch_up (self, error))
        return FALSE;
    }
}

/**
 * lia_imap_session_run:
 *
 * For a fiber: works until the connection breaks or somebody stops it.
 *
 * Returns: always FALSE, with @error set
 */
gboolean
lia_imap_session_run (LiaImapSession *self,
                      LiaMailbox     *mailbox,
                      const char     *password,
                      GError        **error)
{
  gboolean ok;

  self->imap = lia_imap_open (mailbox, password, error);
  if (self->imap == NULL)
    return FALSE;
  lia_imap_set_handler (self->imap, lia_imap_events_take, self->events);
  ok = check_stopped (self, error) && work (self, error);
  lia_imap_close (self->imap);

  return ok;
}

/** lia_imap_session_set_plain: for a server whose extensions do not work. */
void
lia_imap_session_set_plain (LiaImapSession *self)
{
  self->plain = TRUE;
}

/** lia_imap_session_set_silence: how long the server may say nothing while we listen before it has to show that it lives; 4 minutes. */
void
lia_imap_session_set_silence (LiaImapSession *self,
                              guint           silence_ms)
{
  self->silence_ms = silence_ms;
}

/** lia_imap_session_wake: look now instead of waiting for the server to tell. */
void
lia_imap_session_wake (LiaImapSession *self)
{
  if (self->wake != NULL && dex_future_is_pending (DEX_FUTURE (self->wake)))
    dex_promise_resolve_boolean (self->wake, TRUE);
}

/** lia_imap_session_stop: lia_imap_session_run() returns soon. */
void
lia_imap_session_stop (LiaImapSession *self)
{
  self->stopped = TRUE;
  if (self->imap != NULL)
    lia_imap_close (self->imap);
  lia_imap_session_wake (self);
}

LiaImapSession *
lia_imap_session_new (LiaStore          *store,
                      LiaMailIngest     *ingest,
                      gint64             channel_id,
                      const char        *role,
                      LiaImapSessionFunc func,
                      gpointer           data)
{
  LiaImapSession *self = g_new0 (LiaImapSession, 1);

  self->store = g_object_ref (store);
  self->ingest = g_object_ref (ingest);
  self->channel_id = channel_id;
  self->role = g_strdup (role);
  self->func = func;
  self->data = data;
  self->silence_ms = SILENCE_MS;
  self->events = lia_imap_events_new ();
  self->missing = lia_uid_set_new (NULL);
  self->skipped = lia_uid_set_new (NULL);
  self->window = g_array_new (FALSE, FALSE, sizeof (LiaImapListed));

  return self;
}

void
lia_imap_session_free (LiaImapSession *self)
{
  if (self->imap != NULL)
    lia_imap_set_handler (self->imap, NULL, NULL);
  g_clear_object (&self->imap);
  lia_imap_events_free (self->events);
  g_clear_pointer (&self->folder, lia_imap_folder_state_free);
  lia_uid_set_free (self->missing);
  lia_uid_set_free (self->skipped);
  g_array_unref (self->window);
  dex_clear (&self->wake);
  g_object_unref (self->store);
  g_object_unref (self->ingest);
  g_free (self->role);
  g_free (self);
}
