/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-imap-session-private.h"

#include "lia-async.h"

/*
 *   open -> folders -> SELECT -> reconcile -> fetch (newest first) -> listen -+
 *                                   ^------------- something changed --------+
 *
 * Here: the way through these, and listening. lia-imap-reconcile.c finds out what differs, lia-imap-fetch.c gets what is missing.
 */

#define IDLE_MS (9 * 60 * 1000)    /* shorter than what routers forget a connection in */
#define SILENCE_MS (4 * 60 * 1000) /* nothing for so long: ask, as the connection may be dead without anybody having told us */
#define NOOP_MS (30 * 1000)

void
lia_imap_session_report (LiaImapSession *self,
                         gboolean        ready)
{
  self->func (ready, self->total - self->left, self->left > 0 ? self->total : 0, self->data);
}

gboolean
lia_imap_session_check_stopped (LiaImapSession *self,
                                GError        **error)
{
  if (self->stopped)
    g_set_error_literal (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_STOPPED, "stopped");

  return !self->stopped;
}

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
      lia_imap_session_report (self, TRUE);
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

  return lia_imap_session_check_stopped (self, error) && lia_imap_run (self->imap, error, "NOOP");
}

/* Deals with what was heard. */
static gboolean
catch_up (LiaImapSession *self,
          GError        **error)
{
  g_autoptr (LiaImapChanges) changes = lia_imap_session_take_changes (self);

  if (self->events->expunged)
    {
      self->events->expunged = FALSE;
      if (!lia_imap_session_compare_all (self, changes, error))
        return FALSE;
      self->left = lia_uid_set_count (self->missing);
    }
  if ((changes->flags->len > 0 || lia_uid_set_n_ranges (changes->gone) > 0) && !lia_imap_session_keep (self, g_steal_pointer (&changes), error))
    return FALSE;
  if (!self->events->exists_changed && lia_uid_set_n_ranges (self->missing) == 0)
    return TRUE;

  return lia_imap_session_fetch (self, error) && lia_imap_session_keep_complete (self, error);
}

static gboolean
work (LiaImapSession *self,
      GError        **error)
{
  if (!lia_imap_session_find_folders (self, error) || !lia_imap_session_select (self, error) || !lia_imap_session_reconcile (self, error))
    return FALSE;
  lia_imap_session_report (self, FALSE);
  if (!lia_imap_session_fetch (self, error) || !lia_imap_session_keep_complete (self, error))
    return FALSE;
  for (;;)
    {
      lia_imap_session_report (self, TRUE);
      if (!lia_imap_session_check_stopped (self, error) || !listen_once (self, error) || !lia_imap_session_check_stopped (self, error) || !catch_up (self, error))
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
  ok = lia_imap_session_check_stopped (self, error) && work (self, error);
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
