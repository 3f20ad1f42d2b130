/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-provider-private.h"

#include "lia-async.h"
#include "lia-net.h"
#include "lia-time.h"

/*
 * One fiber from connect() to disconnect():
 *
 *   down -> connecting: reach it, log in, look at what it lets us do -> syncing: ask for everything -> up, until the connection ends -> down
 *
 * While up it sleeps until something is to be asked: an audit is due, or something was not to be believed.
 */

#define RETRY_BY_HAND_MS (5 * 60 * 1000) /* what a person has to put right */

G_DEFINE_QUARK (lia-ami-link-error, lia_ami_link_error)

/** lia_ami_provider_set_link: @reason is one of the words of LiaPhoneLink. */
void
lia_ami_provider_set_link (LiaAmiProvider   *self,
                           LiaPhoneLinkState state,
                           const char       *reason,
                           const char       *detail)
{
  if (self->stopped)
    return;

  if (state != self->link.state)
    self->link.since_ms = lia_time_now ();
  g_set_str (&self->detail, detail);
  self->link.state = state;
  self->link.reason = reason;
  self->link.detail = self->detail;
  lia_phone_provider_link_changed (LIA_PHONE_PROVIDER (self));
}

/** lia_ami_provider_wake: the fiber looks at what there is to do. */
void
lia_ami_provider_wake (LiaAmiProvider *self)
{
  if (dex_future_is_pending (DEX_FUTURE (self->wake)))
    dex_promise_resolve_boolean (self->wake, TRUE);
}

/* Until somebody wakes us, at most so long. */
static void
doze (LiaAmiProvider *self,
      guint           timeout_ms)
{
  if (!self->stopped)
    dex_await (dex_future_first (dex_ref (DEX_FUTURE (self->wake)), dex_timeout_new_msec ((int)timeout_ms), NULL), NULL);
  if (!dex_future_is_pending (DEX_FUTURE (self->wake)))
    {
      dex_clear (&self->wake);
      self->wake = dex_promise_new ();
    }
}

/* Why it is down -------------------------------------------------------------------------------------------------------------------------- */

static const char *
word_of_ami (int code)
{
  switch (code)
    {
    case LIA_AMI_ERROR_LOGIN_REFUSED:
      return "wrong-password";
    case LIA_AMI_ERROR_PERMISSION:
      return "few-rights";
    case LIA_AMI_ERROR_TIMEOUT:
      return "timeout";
    case LIA_AMI_ERROR_PROTOCOL:
      return "not-a-pbx";
    default:
      return "lost";
    }
}

static const char *
word_of (LiaAmiProvider *self,
         const GError   *error)
{
  static const char *const words[] = { "few-rights", "too-old", "no-timestamps" };

  if (self->shutdown)
    return "shutdown";
  if (error->domain == LIA_AMI_LINK_ERROR)
    return words[error->code];
  if (error->domain == LIA_NET_ERROR)
    return lia_net_error_to_code (error);

  return error->domain == LIA_AMI_ERROR ? word_of_ami (error->code) : "lost";
}

/* Not "few-rights": a PBX that is starting does not know all its actions yet, and looks so for a moment. */
static gboolean
is_for_a_person (const char *word)
{
  static const char *const words[] = { "wrong-host", "expired", "unknown-ca", "no-tls", "wrong-password", "not-a-pbx", "too-old", "no-timestamps", NULL };

  return g_strv_contains (words, word);
}

/* The connection -------------------------------------------------------------------------------------------------------------------------- */

static void
take_event (LiaAmiProvider *self,
            LiaAmiMessage  *event)
{
  const char *name = lia_ami_message_get_name (event);

  self->last_ms = lia_ami_message_get_time (event);
  self->shutdown |= g_str_equal (name, "Shutdown");
  if (self->hello != NULL)
    lia_ami_provider_look_for_hello (self, event);
  if (lia_ami_message_get_taint (event) != 0)
    lia_ami_provider_heal (self, event);
  if (self->held != NULL)
    g_ptr_array_add (self->held, lia_ami_message_ref (event));
  else
    lia_ami_provider_apply (self, event);
}

static void
on_events (LiaAmiClient   *client,
           GPtrArray      *events,
           LiaAmiProvider *self)
{
  if (self->stopped || client != self->client)
    return;

  self->seen_us = g_get_monotonic_time ();
  self->link.last_ok_ms = lia_time_now ();
  for (guint i = 0; i < events->len; i++)
    take_event (self, events->pdata[i]);
  lia_ami_provider_look_at_counts (self);
  lia_ami_provider_flush_soon (self);
}

static void
on_closed (LiaAmiClient   *client,
           GError         *error,
           LiaAmiProvider *self)
{
  if (client != self->client)
    return;

  g_clear_error (&self->lost);
  self->lost = g_error_copy (error);
  lia_ami_provider_wake (self);
}

static gboolean
begin (LiaAmiProvider *self,
       GError        **error)
{
  lia_ami_provider_set_link (self, LIA_PHONE_LINK_CONNECTING, self->link.reason, self->link.detail);
  self->client = lia_ami_client_new (self->pbx);
  self->held = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_ami_message_unref);
  self->shutdown = FALSE;
  self->counts = (LiaAmiCounts){ 0 };
  self->forged_before = self->link.forged;
  g_clear_error (&self->lost);
  g_signal_connect (self->client, "events", G_CALLBACK (on_events), self);
  g_signal_connect (self->client, "closed", G_CALLBACK (on_closed), self);
  if (!lia_ami_client_open (self->client, self->password, error) || !lia_ami_provider_check (self, error))
    return FALSE;

  lia_ami_provider_set_link (self, LIA_PHONE_LINK_SYNCING, self->link.reason, self->link.detail);

  return lia_ami_provider_resync (self, FALSE, error);
}

static gint64
time_to_sleep (LiaAmiProvider *self)
{
  const gint64 now_us = g_get_monotonic_time ();
  gint64       due_us = self->audit_us;

  if (self->resync_wanted)
    due_us = MIN (due_us, self->resync_us);

  return CLAMP ((due_us - now_us) / 1000 + 1, 0, G_MAXINT);
}

static gboolean
do_what_is_due (LiaAmiProvider *self,
                GError        **error)
{
  const gint64 now_us = g_get_monotonic_time ();

  if (self->resync_wanted && now_us >= self->resync_us)
    return lia_ami_provider_resync (self, TRUE, error);
  if (now_us >= self->audit_us)
    return lia_ami_provider_audit (self, error);

  return TRUE;
}

/* Up, until it ends: returns FALSE with the reason. */
static void
stay (LiaAmiProvider *self,
      GError        **error)
{
  gboolean goes_on = TRUE;

  while (goes_on && !self->stopped && self->lost == NULL)
    {
      doze (self, (guint)time_to_sleep (self));
      if (!self->stopped && self->lost == NULL)
        goes_on = do_what_is_due (self, error);
    }
  if (goes_on && self->lost != NULL)
    g_propagate_error (error, g_error_copy (self->lost));
}

/* What was held belongs to a connection that is no more. */
static void
leave (LiaAmiProvider *self)
{
  g_autoptr (LiaAmiClient) client = g_steal_pointer (&self->client);

  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_hash_table_remove_all (self->asked);
  if (client == NULL)
    return;

  g_signal_handlers_disconnect_by_data (client, self);
  lia_ami_client_close (client);
}

static guint
tell_down (LiaAmiProvider *self,
           const GError   *error,
           guint           failures)
{
  const char *word = word_of (self, error);

  lia_ami_provider_set_link (self, LIA_PHONE_LINK_DOWN, word, error->message);

  return is_for_a_person (word) ? RETRY_BY_HAND_MS : lia_ami_client_backoff (failures);
}

DexFuture *
lia_ami_provider_link_fiber (gpointer data)
{
  LiaAmiProvider *self = data;
  guint           failures = 0;

  while (!self->stopped)
    {
      g_autoptr (GError) error = NULL;
      guint delay_ms;

      if (begin (self, &error))
        {
          failures = 0;
          lia_ami_provider_set_link (self, LIA_PHONE_LINK_UP, "", "");
          stay (self, &error);
        }
      leave (self);
      if (self->stopped)
        break;
      delay_ms = tell_down (self, error, failures++);
      doze (self, delay_ms);
    }

  return dex_future_new_for_boolean (TRUE);
}
