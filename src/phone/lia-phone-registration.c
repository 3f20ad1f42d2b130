/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How a telephone gets to its telephone system, and stays known there: the name is looked up, the certificate looked at, the account registered; and
 * again, later and later, for as long as it fails.
 */

#include "lia-phone-private.h"
#include "lia-phone-probe.h"

#include <glib/gi18n.h>

/* How often the telephone system hears from us; a phone that is gone is rung in vain for that long at most. */
#define EXPIRES "120"

/* Who is refused tries so seldom that no telephone system takes it for somebody who guesses passwords. */
enum {
  FIRST_PAUSE_S = 2,
  LAST_PAUSE_S = 30,
  FIRST_REFUSED_PAUSE_S = 60,
  LAST_REFUSED_PAUSE_S = 600,
};

static void begin (LiaPhone *self);

static void
on_retry (gpointer user_data)
{
  LiaPhone *self = user_data;

  self->retry = 0;
  begin (self);
}

static void
pause_and_retry (LiaPhone *self,
                 guint     first_s,
                 guint     last_s)
{
  if (self->retry != 0)
    return;

  self->pause_s = CLAMP (self->pause_s, first_s, last_s);
  self->retry = g_timeout_add_seconds_once (self->pause_s, on_retry, self);
  self->pause_s *= 2;
}

static void
try_later (LiaPhone   *self,
           const char *problem)
{
  lia_phone_set_state (self, LIA_PHONE_UNREACHABLE, problem);
  pause_and_retry (self, FIRST_PAUSE_S, LAST_PAUSE_S);
}

static void
be_refused (LiaPhone *self)
{
  lia_phone_set_state (self, LIA_PHONE_REFUSED, _ ("The telephone system does not accept this extension or its password."));
  pause_and_retry (self, FIRST_REFUSED_PAUSE_S, LAST_REFUSED_PAUSE_S);
}

/* lia_phone_handle_register_answer: what the telephone system says to it. */
void
lia_phone_handle_register_answer (LiaPhone    *self,
                                  int          status,
                                  const char  *phrase,
                                  const sip_t *message)
{
  if (status < 200)
    return;

  if (status < 300)
    {
      self->has_challenge = FALSE;
      self->pause_s = FIRST_PAUSE_S;
      lia_phone_set_state (self, LIA_PHONE_READY, NULL);
    }
  else if ((status == 401 || status == 407) && !self->has_challenge && lia_sip_authenticate (self->sip, self->registration, message))
    self->has_challenge = TRUE;
  else if (status == 401 || status == 403 || status == 404 || status == 407)
    be_refused (self);
  else
    {
      g_autofree char *problem = g_strdup_printf (_ ("The telephone system cannot be reached (%d %s)."), status, phrase);

      try_later (self, problem);
    }
}

static void
send_register (LiaPhone *self)
{
  g_autofree char *me = lia_sip_uri (self->sip, self->account->user);
  g_autofree char *registrar = g_strdup (strchr (me, '@') + 1);
  g_autofree char *url = g_strdup_printf ("%s:%s%s", lia_sip_is_secure (self->sip) ? "sips" : "sip", registrar,
                                          self->account->transport == LIA_PHONE_TCP ? ";transport=tcp" : "");

  if (self->registration == NULL)
    self->registration = lia_sip_make_handle (self->sip, NULL, me);
  self->has_challenge = FALSE;
  nua_register (self->registration, NUTAG_REGISTRAR (url), SIPTAG_EXPIRES_STR (EXPIRES), NUTAG_M_USERNAME (self->account->user), TAG_END ());
}

/* Calls need their stack and not the registration: while they go on, only that is tried again. */
static void
open_sip (LiaPhone     *self,
          GInetAddress *address)
{
  if (lia_phone_has_calls (self) && self->registration != NULL)
    {
      send_register (self);
      return;
    }

  lia_phone_close_sip (self);
  self->sip = lia_sip_new (self->account, address, self->theirs, lia_phone_handle_event, self);
  if (self->sip == NULL)
    try_later (self, _ ("The telephone cannot be opened on this computer."));
  else if (self->account->server != NULL)
    send_register (self);
  else
    lia_phone_set_state (self, LIA_PHONE_READY, NULL);
}

/* The address of this machine from which the telephone system is reached: asking for the way sends nothing. */
static GInetAddress *
own_address (GInetAddress *theirs)
{
  g_autoptr (GSocket) socket = g_socket_new (g_inet_address_get_family (theirs), G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  g_autoptr (GSocketAddress) there = g_inet_socket_address_new (theirs, 5060);
  g_autoptr (GSocketAddress) here = NULL;

  if (socket == NULL || !g_socket_connect (socket, there, NULL, NULL))
    return NULL;

  here = g_socket_get_local_address (socket, NULL);
  return here != NULL ? g_object_ref (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (here))) : NULL;
}

static void
open_on_the_way (LiaPhone *self)
{
  g_autoptr (GInetAddress) address = own_address (self->theirs);

  if (address != NULL)
    open_sip (self, address);
  else
    try_later (self, _ ("There is no network."));
}

static void
on_probed (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  LiaPhone *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_itself = lia_phone_probe_finish (result, &error);

  /* The phone may be gone by now. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->look_up);
  if (is_itself)
    open_on_the_way (self);
  else
    try_later (self, error->domain == G_TLS_ERROR ? error->message : _ ("The telephone system cannot be reached."));
}

static void
probe (LiaPhone *self)
{
  self->look_up = g_cancellable_new ();
  lia_phone_probe_async (self->account, self->look_up, on_probed, self);
}

/* Telephone systems that have an IPv6 address and do not listen there are common; the other way round they are not. */
static GInetAddress *
choose_address (GList *addresses)
{
  for (GList *link = addresses; link != NULL; link = link->next)
    {
      if (g_inet_address_get_family (link->data) == G_SOCKET_FAMILY_IPV4)
        return link->data;
    }

  return addresses->data;
}

static void
on_looked_up (GObject      *resolver,
              GAsyncResult *result,
              gpointer      user_data)
{
  LiaPhone *self = user_data;
  g_autoptr (GError) error = NULL;
  GList *addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (resolver), result, &error);

  /* The phone may be gone by now. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->look_up);
  if (addresses != NULL)
    g_set_object (&self->theirs, choose_address (addresses));
  g_resolver_free_addresses (addresses);

  if (error != NULL)
    try_later (self, _ ("The telephone system's name is not known."));
  else if (self->account->transport == LIA_PHONE_TLS)
    probe (self);
  else
    open_on_the_way (self);
}

static void
begin (LiaPhone *self)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();

  lia_phone_set_state (self, LIA_PHONE_CONNECTING, NULL);
  g_cancellable_cancel (self->look_up);
  g_clear_object (&self->look_up);
  if (self->account->server == NULL)
    {
      g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);

      open_sip (self, loopback);
      return;
    }

  self->look_up = g_cancellable_new ();
  g_resolver_lookup_by_name_async (resolver, self->account->server, self->look_up, on_looked_up, self);
}

/**
 * lia_phone_connect:
 * @self: a phone
 * @account: where it shall register
 *
 * Registers, and stays registered: it tries again by itself while the telephone system cannot be reached, and seldom while it refuses. Calls under way
 * with another account end.
 */
void
lia_phone_connect (LiaPhone              *self,
                   const LiaPhoneAccount *account)
{
  lia_phone_disconnect (self);
  self->account = lia_phone_account_copy (account);
  self->pause_s = FIRST_PAUSE_S;
  begin (self);
}

/**
 * lia_phone_try_again:
 * @self: a phone
 *
 * Registers at once what would be tried again later, because the telephone system could not be reached or refused it.
 */
void
lia_phone_try_again (LiaPhone *self)
{
  if (self->retry == 0)
    return;

  g_clear_handle_id (&self->retry, g_source_remove);
  self->pause_s = FIRST_PAUSE_S;
  begin (self);
}

/**
 * lia_phone_disconnect:
 * @self: a phone
 *
 * Ends its calls and is no longer rung.
 */
void
lia_phone_disconnect (LiaPhone *self)
{
  g_cancellable_cancel (self->look_up);
  g_clear_object (&self->look_up);
  g_clear_handle_id (&self->retry, g_source_remove);
  lia_phone_close_sip (self);
  g_clear_pointer (&self->account, lia_phone_account_free);
  g_clear_object (&self->theirs);
  lia_phone_set_state (self, LIA_PHONE_OFF, NULL);
}
