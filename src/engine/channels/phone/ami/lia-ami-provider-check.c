/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-provider-private.h"

#include "lia-ami-needs.h"

/*
 * Whether we can work with this PBX: what our login may do, how old it is, whether events reach us with their time in them, which is how true ones
 * are told from forged ones, and whether it has started: until then it has no queues and no members, and says so without blushing.
 */

#define HELLO_MS 3000
#define BOOT_MS (60 * 1000)

static gboolean
check_rights (LiaAmiProvider *self,
              GError        **error)
{
  g_autoptr (LiaAmiMessage) commands = dex_await_boxed (lia_ami_client_send (self->client, lia_ami_action_new ("ListCommands")), error);
  g_autofree char *missing = commands != NULL ? lia_ami_needs_missing_rights (commands) : NULL;

  if (missing == NULL)
    return FALSE;
  if (missing[0] == '\0')
    return TRUE;

  g_set_error (error, LIA_AMI_LINK_ERROR, LIA_AMI_LINK_FEW_RIGHTS, "Liaison’s login to the telephone system lacks rights. Missing in “write =”: %s.", missing);

  return FALSE;
}

static gboolean
check_version (LiaAmiProvider *self,
               GError        **error)
{
  g_autoptr (LiaAmiMessage) settings = dex_await_boxed (lia_ami_client_send (self->client, lia_ami_action_new ("CoreSettings")), error);
  const char   *text;
  LiaAmiVersion version;

  if (settings == NULL)
    return FALSE;

  text = lia_ami_message_get (settings, "AsteriskVersion");
  version = lia_ami_needs_read_version (text);
  if (!lia_ami_needs_is_too_old (&version))
    return TRUE;

  g_set_error (error, LIA_AMI_LINK_ERROR, LIA_AMI_LINK_TOO_OLD, "The telephone system is Asterisk %s; Liaison needs %d or newer.", text, LIA_AMI_OLDEST);

  return FALSE;
}

/** lia_ami_provider_look_for_hello: @event may be the one that we caused. */
void
lia_ami_provider_look_for_hello (LiaAmiProvider *self,
                                 LiaAmiMessage  *event)
{
  if (g_str_equal (lia_ami_message_get_name (event), "UserEvent") && g_strcmp0 (lia_ami_message_get (event, "Token"), self->hello) == 0)
    dex_promise_resolve_boolean (self->greeted, TRUE);
}

static gboolean
say_hello (LiaAmiProvider *self,
           GError        **error)
{
  LiaAmiAction *action = lia_ami_action_new ("UserEvent");

  g_set_str (&self->hello, lia_ami_action_get_id (action));
  dex_clear (&self->greeted);
  self->greeted = dex_promise_new ();
  lia_ami_action_add (action, "UserEvent", "LiaisonHello");
  lia_ami_action_add (action, "Token", self->hello);

  return dex_await (lia_ami_client_send (self->client, action), error);
}

/* What we say comes back as an event, when events come and can be believed; and its time is the PBX's clock. */
static gboolean
check_events (LiaAmiProvider *self,
              GError        **error)
{
  const guint64 unstamped = lia_ami_client_get_counts (self->client)->unstamped;
  gboolean      came;

  if (!say_hello (self, error))
    return FALSE;

  dex_await (dex_future_first (dex_ref (DEX_FUTURE (self->greeted)), dex_timeout_new_msec (HELLO_MS), NULL), NULL);
  came = !dex_future_is_pending (DEX_FUTURE (self->greeted));
  g_clear_pointer (&self->hello, g_free);
  if (came)
    return TRUE;

  if (lia_ami_client_get_counts (self->client)->unstamped > unstamped)
    g_set_error_literal (error, LIA_AMI_LINK_ERROR, LIA_AMI_LINK_NO_TIMESTAMPS, "The telephone system’s events carry no time. Set “timestampevents = yes” in manager.conf.");
  else
    g_set_error_literal (error, LIA_AMI_LINK_ERROR, LIA_AMI_LINK_FEW_RIGHTS, "The telephone system tells Liaison nothing. Needed: “read = " LIA_AMI_READ_RIGHTS "”.");

  return FALSE;
}

static gboolean
check_boot (LiaAmiProvider *self,
            GError        **error)
{
  g_autoptr (GError) cause = NULL;

  if (dex_await (lia_ami_client_await_boot (self->client, BOOT_MS), &cause))
    return TRUE;

  if (g_error_matches (cause, LIA_AMI_ERROR, LIA_AMI_ERROR_TIMEOUT))
    g_set_error_literal (error, LIA_AMI_LINK_ERROR, LIA_AMI_LINK_FEW_RIGHTS,
                         "The telephone system does not say whether it has started. Needed: “read = " LIA_AMI_READ_RIGHTS "”.");
  else
    g_propagate_error (error, g_steal_pointer (&cause));

  return FALSE;
}

/** lia_ami_provider_check: whether the client that has just logged in is of use. For a fiber. */
gboolean
lia_ami_provider_check (LiaAmiProvider *self,
                        GError        **error)
{
  return check_rights (self, error) && check_version (self, error) && check_events (self, error) && check_boot (self, error);
}
