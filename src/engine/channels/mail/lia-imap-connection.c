/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-imap-connection.h"

#include "lia-async.h"
#include "lia-imap-session.h"
#include "lia-mail-error.h"
#include "lia-time.h"

/*
 * The connector: one fiber, session after session, with what is between them.
 *
 *   the network        1, 2, 4 … 300 s, a fifth more or less by chance; at once when the network changes or somebody asks
 *   the password       wrong from the start: until somebody changes it. Wrong after it was right: three more tries, as servers err, too
 *   the certificate    every 5 minutes, as it may be renewed; nothing secret leaves before it is right
 *   the extensions     after three errors of protocol in a row: without them
 */

#define FIRST_DELAY_MS 1000
#define MAX_DELAY_MS (300 * 1000)
#define BUSY_DELAY_MS (60 * 1000)
#define TRUST_DELAY_MS (5 * 60 * 1000)
#define NO_FOLDER_DELAY_MS (60 * 60 * 1000)
#define MAX_AUTH_FAILURES 3
#define MAX_PROTOCOL_FAILURES 3

struct _LiaImapConnection
{
  GObject parent_instance;

  LiaStore               *store;
  LiaMailIngest          *ingest;
  gint64                  channel_id;
  char                   *role;
  LiaMailbox             *mailbox;
  char                   *password;
  LiaImapConnectionStatus status;
  LiaImapSession         *session; /* while one runs */
  DexFuture              *fiber;
  DexPromise             *wake; /* while it pauses */
  gboolean                stopped;
  guint                   delay_ms;
  guint                   auth_failures;
  guint                   protocol_failures;
  gboolean                plain;
};

G_DEFINE_FINAL_TYPE (LiaImapConnection, lia_imap_connection, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_state (LiaImapConnection *self,
           const char        *state,
           const char        *detail)
{
  gboolean same = g_strcmp0 (self->status.state, state) == 0;

  if (same && g_strcmp0 (self->status.detail, detail) == 0)
    return;
  if (!same)
    self->status.since_ms = lia_time_now ();
  self->status.state = state;
  g_set_str (&self->status.detail, detail);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_session_cb (gboolean ready,
               gint64   done,
               gint64   total,
               gpointer data)
{
  LiaImapConnection *self = data;
  gboolean           moved = self->status.done != done || self->status.total != total;

  self->status.last_ok_ms = lia_time_now ();
  if (ready || (total > 0 && done > self->status.done))
    self->delay_ms = FIRST_DELAY_MS;
  if (ready)
    self->protocol_failures = 0;
  self->status.done = done;
  self->status.total = total;
  self->auth_failures = 0;
  if (ready || total > 0)
    set_state (self, ready ? "ready" : "syncing", "");
  if (moved)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* What follows from @error: the state that is shown, and how long to wait; 0 = until somebody wakes us. */
static guint
judge (LiaImapConnection *self,
       const GError      *error,
       const char       **state)
{
  *state = "reconnecting";
  if (lia_mail_error_is_certificate (error))
    {
      *state = "needs-trust";
      return TRUST_DELAY_MS;
    }
  if (g_error_matches (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_AUTH))
    {
      static const guint delays_ms[MAX_AUTH_FAILURES] = { 10 * 1000, 60 * 1000, 300 * 1000 };

      if (self->status.last_ok_ms > 0 && self->auth_failures < MAX_AUTH_FAILURES)
        return delays_ms[self->auth_failures++];
      *state = "needs-login";
      return 0;
    }
  if (g_error_matches (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_UNAVAILABLE))
    return BUSY_DELAY_MS;
  if (g_error_matches (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND))
    return NO_FOLDER_DELAY_MS; /* the mailbox has no folder for sent mail */
  if (g_error_matches (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_PROTOCOL) && ++self->protocol_failures >= MAX_PROTOCOL_FAILURES)
    self->plain = TRUE;

  guint delay_ms = self->delay_ms;
  self->delay_ms = MIN (self->delay_ms * 2, MAX_DELAY_MS);

  return delay_ms * g_random_double_range (0.8, 1.2);
}

static void
pause_for (LiaImapConnection *self,
           guint              delay_ms)
{
  DexFuture *time = delay_ms > 0 ? dex_timeout_new_msec (delay_ms) : dex_future_new_infinite ();

  dex_clear (&self->wake);
  self->wake = dex_promise_new ();
  dex_await (dex_future_first (time, dex_ref (DEX_FUTURE (self->wake)), NULL), NULL);
}

static DexFuture *
connection_fiber (gpointer data)
{
  LiaImapConnection *self = data;

  while (!self->stopped)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LiaMailbox) mailbox = g_object_ref (self->mailbox);
      g_autofree char *password = g_strdup (self->password);
      const char      *state;

      self->session = lia_imap_session_new (self->store, self->ingest, self->channel_id, self->role, on_session_cb, self);
      if (self->plain)
        lia_imap_session_set_plain (self->session);
      lia_imap_session_run (self->session, mailbox, password, &error);
      g_clear_pointer (&self->session, lia_imap_session_free);
      if (self->stopped)
        break;

      guint delay_ms = judge (self, error, &state);
      g_info ("%s: %s (%s)", self->mailbox->address, error->message, state);
      set_state (self, state, error->message);
      pause_for (self, delay_ms);
    }
  set_state (self, "stopped", "");

  return dex_future_new_for_boolean (TRUE);
}

LiaImapConnection *
lia_imap_connection_new (LiaStore      *store,
                         LiaMailIngest *ingest,
                         gint64         channel_id,
                         const char    *role,
                         LiaMailbox    *mailbox,
                         const char    *password)
{
  LiaImapConnection *self = g_object_new (LIA_TYPE_IMAP_CONNECTION, NULL);

  self->store = g_object_ref (store);
  self->ingest = g_object_ref (ingest);
  self->channel_id = channel_id;
  self->role = g_strdup (role);
  self->mailbox = g_object_ref (mailbox);
  self->password = g_strdup (password);

  return self;
}

/** lia_imap_connection_start: from now on it runs, until lia_imap_connection_stop(). */
void
lia_imap_connection_start (LiaImapConnection *self)
{
  if (self->fiber == NULL)
    self->fiber = lia_spawn (connection_fiber, g_object_ref (self), g_object_unref);
}

/** lia_imap_connection_stop: for good. Resolves when what is being kept is kept; that may be left to itself. */
DexFuture *
lia_imap_connection_stop (LiaImapConnection *self)
{
  self->stopped = TRUE;
  if (self->session != NULL)
    lia_imap_session_stop (self->session);
  lia_imap_connection_sync (self);

  return self->fiber != NULL ? dex_ref (self->fiber) : dex_future_new_for_boolean (TRUE);
}

/** lia_imap_connection_sync: connects or looks now, whatever it waits for. */
void
lia_imap_connection_sync (LiaImapConnection *self)
{
  if (self->session != NULL)
    lia_imap_session_wake (self->session);
  if (self->wake != NULL && dex_future_is_pending (DEX_FUTURE (self->wake)))
    {
      self->delay_ms = FIRST_DELAY_MS;
      dex_promise_resolve_boolean (self->wake, TRUE);
    }
}

const LiaImapConnectionStatus *
lia_imap_connection_get_status (LiaImapConnection *self)
{
  return &self->status;
}

static void
lia_imap_connection_finalize (GObject *object)
{
  LiaImapConnection *self = LIA_IMAP_CONNECTION (object);

  dex_clear (&self->fiber);
  dex_clear (&self->wake);
  g_clear_object (&self->store);
  g_clear_object (&self->ingest);
  g_clear_object (&self->mailbox);
  g_free (self->password);
  g_free (self->role);
  g_free (self->status.detail);

  G_OBJECT_CLASS (lia_imap_connection_parent_class)->finalize (object);
}

static void
lia_imap_connection_class_init (LiaImapConnectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_imap_connection_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_imap_connection_init (LiaImapConnection *self)
{
  self->status.state = "starting";
  self->status.detail = g_strdup ("");
  self->status.since_ms = lia_time_now ();
  self->delay_ms = FIRST_DELAY_MS;
}
