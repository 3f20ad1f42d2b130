/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-outbox.h"

#include "lia-async.h"
#include "lia-crash-point.h"
#include "lia-outbox-store.h"
#include "lia-sent-copy.h"
#include "lia-smtp.h"
#include "lia-time.h"

/*
 * One fiber: recover -> { agenda -> send what is due -> look for what is unconfirmed -> file copies -> sleep until something is due or somebody
 * wakes us }. One connection serves all that is due together. Stopping waits for the message that is on its way.
 */

#define MAX_SLEEP_MS (5 * 60 * 1000)
#define COPY_RETRY_MS (60 * 1000)
#define PAUSE_MS (5 * 1000) /* after an error of the store */

struct _LiaOutbox
{
  GObject parent_instance;

  LiaStore   *store;
  gint64      channel_id;
  LiaMailbox *mailbox;
  char       *password;
  DexFuture  *fiber;
  DexPromise *wake;
  gboolean    woken; /* while it was busy */
  gboolean    stopped;
  LiaSmtp    *smtp; /* while there is something to send */
  gint64      copies_after_ms;
};

G_DEFINE_FINAL_TYPE (LiaOutbox, lia_outbox, G_TYPE_OBJECT)

/* The fiber's place while a message is sent. */
typedef struct
{
  LiaOutbox *self;
  gint64     id;
} Sending;

static gboolean
on_phase (const char *phase,
          gpointer    data)
{
  Sending *sending = data;

  if (!g_str_equal (phase, "dot"))
    return !sending->self->stopped;

  return lia_outbox_store_dot (sending->self->store, sending->id, NULL);
}

static LiaSmtpResult *
result_for_error (const GError *error)
{
  LiaSmtpResult *result = g_new0 (LiaSmtpResult, 1);

  result->outcome = LIA_SMTP_LATER;
  result->auth = g_error_matches (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_AUTH);
  result->code = result->auth ? 535 : 0;
  result->text = g_strdup (error->message);
  result->recipients = g_ptr_array_new ();

  return result;
}

static gboolean
ensure_connected (LiaOutbox *self,
                  GError   **error)
{
  if (self->smtp != NULL && lia_smtp_is_usable (self->smtp))
    return TRUE;
  g_clear_object (&self->smtp);
  self->smtp = lia_smtp_open (self->mailbox, self->password, error);

  return self->smtp != NULL;
}

static LiaSmtpResult *
transfer (LiaOutbox         *self,
          const LiaOutgoing *outgoing)
{
  g_autoptr (GError) error = NULL;
  Sending sending = { self, outgoing->id };

  if (!ensure_connected (self, &error))
    return result_for_error (error);

  return lia_smtp_send (self->smtp, outgoing->sender, (const char *const *)outgoing->recipients, outgoing->bytes, on_phase, &sending);
}

/* One message, from the queue to what became of it. */
static gboolean
send_one (LiaOutbox *self,
          gint64     id,
          GError   **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (LiaOutgoing) outgoing = lia_outbox_store_prepare (self->store, id, &cause);

  if (outgoing == NULL)
    {
      g_warning ("message %" G_GINT64_FORMAT " cannot be sent: %s", id, cause->message);
      if (cause->domain == LIA_STORE_ERROR && cause->code != LIA_STORE_ERROR_NOT_FOUND)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      return lia_outbox_store_give_up (self->store, id, cause->message, error);
    }
  if (!lia_outbox_store_claim (self->store, self->channel_id, outgoing, &cause))
    {
      if (cause == NULL)
        return TRUE; /* taken back */
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  lia_crash_point ("outbox-claimed");

  g_autoptr (LiaSmtpResult) result = transfer (self, outgoing);
  if (!lia_outbox_store_finish (self->store, id, result, error))
    return FALSE;
  lia_crash_point ("outbox-finished");

  return TRUE;
}

static gboolean
send_due (LiaOutbox *self,
          GArray    *due,
          GError   **error)
{
  for (guint i = 0; i < due->len && !self->stopped; i++)
    {
      if (!send_one (self, g_array_index (due, gint64, i), error))
        return FALSE;
    }

  return TRUE;
}

/* Was it filed by the server, or answered by somebody? */
static void
look_for (LiaOutbox *self,
          GArray    *ids)
{
  g_autoptr (LiaSentCopy) sent = NULL;

  for (guint i = 0; i < ids->len && !self->stopped; i++)
    {
      gint64   id = g_array_index (ids, gint64, i);
      gboolean arrived = lia_outbox_store_was_answered (self->store, id);
      g_autoptr (LiaOutgoing) outgoing = arrived ? NULL : lia_outbox_store_prepare (self->store, id, NULL);

      if (outgoing != NULL && sent == NULL)
        sent = lia_sent_copy_open (self->store, self->channel_id, self->mailbox, self->password, NULL);
      if (outgoing != NULL && sent != NULL)
        arrived = lia_sent_copy_find (sent, outgoing->message_id, NULL);
      lia_outbox_store_resolve (self->store, id, arrived, NULL);
    }
}

/* Failing here never fails the message: it is tried again later. */
static void
file_copies (LiaOutbox *self,
             GArray    *ids)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaSentCopy) sent = NULL;

  if (ids->len == 0 || lia_time_now () < self->copies_after_ms)
    return;

  sent = lia_sent_copy_open (self->store, self->channel_id, self->mailbox, self->password, &error);
  for (guint i = 0; sent != NULL && error == NULL && i < ids->len && !self->stopped; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      g_autoptr (LiaOutgoing) outgoing = lia_outbox_store_prepare (self->store, id, &error);
      const char *how = outgoing != NULL ? lia_sent_copy_file (sent, outgoing, &error) : NULL;

      lia_crash_point ("outbox-copied");
      if (how != NULL)
        lia_outbox_store_set_copied (self->store, id, how, &error);
    }
  if (error != NULL)
    {
      g_info ("copies of sent mail wait: %s", error->message);
      self->copies_after_ms = lia_time_now () + COPY_RETRY_MS;
    }
}

/* Sleeps until @next_ms, or until somebody wakes us. */
static void
rest_until (LiaOutbox *self,
            gint64     next_ms,
            gint64     max_ms)
{
  gint64 left_ms = next_ms > 0 ? CLAMP (next_ms - lia_time_now (), 1, max_ms) : max_ms;

  dex_clear (&self->wake);
  if (self->woken || self->stopped)
    {
      self->woken = FALSE;
      return;
    }
  self->wake = dex_promise_new ();
  dex_await (dex_future_first (dex_timeout_new_msec (left_ms), dex_ref (DEX_FUTURE (self->wake)), NULL), NULL);
  self->woken = FALSE;
}

/* One round. FALSE: the store does not work. */
static gboolean
work (LiaOutbox *self,
      GError   **error)
{
  g_autoptr (LiaOutboxAgenda) agenda = lia_outbox_store_agenda (self->store, self->channel_id, error);

  if (agenda == NULL || !send_due (self, agenda->due, error))
    return FALSE;
  if (agenda->due->len > 0)
    return TRUE; /* there may be more by now */
  if (self->smtp != NULL)
    {
      lia_smtp_close (self->smtp);
      g_clear_object (&self->smtp);
    }
  look_for (self, agenda->unconfirmed);
  file_copies (self, agenda->copies);
  rest_until (self, agenda->next_ms, agenda->copies->len > 0 ? COPY_RETRY_MS : MAX_SLEEP_MS);

  return TRUE;
}

static DexFuture *
outbox_fiber (gpointer data)
{
  LiaOutbox *self = data;
  gboolean   recovered = FALSE;

  while (!self->stopped)
    {
      g_autoptr (GError) error = NULL;

      if (!recovered)
        recovered = dex_await (lia_outbox_store_recover (self->store, self->channel_id), &error);
      if (!recovered || !work (self, &error))
        {
          g_warning ("the outbox waits: %s", error->message);
          rest_until (self, 0, PAUSE_MS);
        }
    }
  g_clear_object (&self->smtp);

  return dex_future_new_for_boolean (TRUE);
}

LiaOutbox *
lia_outbox_new (LiaStore   *store,
                gint64      channel_id,
                LiaMailbox *mailbox,
                const char *password)
{
  LiaOutbox *self = g_object_new (LIA_TYPE_OUTBOX, NULL);

  self->store = g_object_ref (store);
  self->channel_id = channel_id;
  self->mailbox = g_object_ref (mailbox);
  self->password = g_strdup (password);

  return self;
}

void
lia_outbox_start (LiaOutbox *self)
{
  if (self->fiber == NULL)
    self->fiber = lia_spawn (outbox_fiber, g_object_ref (self), g_object_unref);
}

/** lia_outbox_stop: resolves when nothing is on its way any more. */
DexFuture *
lia_outbox_stop (LiaOutbox *self)
{
  self->stopped = TRUE;
  lia_outbox_wake (self);

  return self->fiber != NULL ? dex_ref (self->fiber) : dex_future_new_for_boolean (TRUE);
}

/** lia_outbox_wake: there is something new to send, or it may go now. */
void
lia_outbox_wake (LiaOutbox *self)
{
  self->woken = TRUE;
  if (self->wake != NULL && dex_future_is_pending (DEX_FUTURE (self->wake)))
    dex_promise_resolve_boolean (self->wake, TRUE);
}

static void
lia_outbox_finalize (GObject *object)
{
  LiaOutbox *self = LIA_OUTBOX (object);

  dex_clear (&self->fiber);
  dex_clear (&self->wake);
  g_clear_object (&self->smtp);
  g_clear_object (&self->store);
  g_clear_object (&self->mailbox);
  g_free (self->password);

  G_OBJECT_CLASS (lia_outbox_parent_class)->finalize (object);
}

static void
lia_outbox_class_init (LiaOutboxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_outbox_finalize;
}

static void
lia_outbox_init (LiaOutbox *self)
{
}
