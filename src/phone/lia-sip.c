/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * sofia-sip's stack on our main context, without a thread of its own. Its end is asynchronous (it unregisters, and waits for the answers to what
 * is under way), so it is an object of its own that the phone lets go of.
 */

#include "lia-sip.h"

#include <sofia-sip/msg_header.h>
#include <sofia-sip/nta_tag.h>
#include <sofia-sip/sresolv.h>
#include <sofia-resolv/sres_cache.h>
#include <sofia-resolv/sres_record.h>
#include <sofia-sip/su_glib.h>
#include <sofia-sip/su_log.h>

#include <glib/gstdio.h>
#include <string.h>

/* Debian, Fedora and the Freedesktop runtime */
#define SYSTEM_AUTHORITIES "/etc/ssl/certs/ca-certificates.crt"

struct _LiaSip
{
  su_root_t       *root;
  GSource         *source;
  nua_t           *nua;
  LiaPhoneAccount *account;
  GInetAddress    *address;
  char            *authorities; /* a folder that sofia-sip reads cafile.pem from */
  sres_cache_t    *names;
  LiaSipCallback   callback; /* NULL once it is closing */
  gpointer         user_data;
};

static guint users; /* su_init() and su_deinit() do not count */

/* sofia-sip speaks on standard error by itself; its first level is what has to be known. */
static void
on_log (void       *stream,
        const char *format,
        va_list     arguments)
{
  g_autofree char *text = g_strdup_vprintf (format, arguments);

  g_debug ("sofia-sip: %s", g_strchomp (text));
}

static void
begin (void)
{
  if (users++ > 0)
    return;

  su_init ();
  su_log_redirect (NULL, on_log, NULL);
}

static char *
make_authorities (const LiaPhoneAccount *account)
{
  g_autofree char *folder = g_dir_make_tmp ("liaison-phone-XXXXXX", NULL);
  g_autofree char *link = folder != NULL ? g_build_filename (folder, "cafile.pem", NULL) : NULL;
  g_autofree char *target = g_canonicalize_filename (account->authority != NULL ? account->authority : SYSTEM_AUTHORITIES, NULL);

  if (link == NULL || symlink (target, link) < 0)
    g_warning ("The certificates of the telephone system cannot be checked");

  return g_steal_pointer (&folder);
}

static void
remove_authorities (char *folder)
{
  g_autofree char *link = g_build_filename (folder, "cafile.pem", NULL);

  g_unlink (link);
  g_rmdir (folder);
  g_free (folder);
}

static void
lia_sip_free (LiaSip *self)
{
  nua_destroy (self->nua);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  su_root_destroy (self->root);
  g_clear_pointer (&self->authorities, remove_authorities);
  g_clear_pointer (&self->names, sres_cache_unref);
  lia_phone_account_free (self->account);
  g_object_unref (self->address);
  g_free (self);

  if (--users == 0)
    su_deinit ();
}

static gboolean
on_idle_free (gpointer user_data)
{
  lia_sip_free (user_data);

  return G_SOURCE_REMOVE;
}

static void
on_event (nua_event_t   event,
          int           status,
          const char   *phrase,
          nua_t        *nua,
          LiaSip       *self,
          nua_handle_t *handle,
          LiaPhoneCall *call,
          const sip_t  *sip,
          tagi_t        tags[])
{
  g_debug ("%s: %03d %s", nua_event_name (event), status, phrase);

  /* nua_destroy() may not be called from here. */
  if (event == nua_r_shutdown && status >= 200)
    g_idle_add (on_idle_free, self);
  else if (self->callback != NULL)
    self->callback (event, status, phrase, handle, call, sip, tags, self->user_data);
}

/*
 * sofia-sip asks the name servers itself, and knows nothing of the other ways in which a computer knows names (/etc/hosts, mDNS, a domain to search).
 * It gets the answer that GLib found, under the name, because the certificate is checked against that.
 */
static sres_cache_t *
make_names (const char   *name,
            GInetAddress *address)
{
  sres_cache_t    *cache = sres_cache_new (0);
  const gboolean   is_v6 = g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6;
  g_autofree char *full = g_strconcat (name, ".", NULL);
  sres_record_t    record = { 0 };

  record.sr_record->r_name = full;
  record.sr_record->r_class = sres_class_in;
  record.sr_record->r_type = is_v6 ? sres_type_aaaa : sres_type_a;
  record.sr_record->r_size = is_v6 ? sizeof *record.sr_aaaa : sizeof *record.sr_a;
  record.sr_record->r_rdlen = (uint16_t)g_inet_address_get_native_size (address);
  record.sr_record->r_ttl = G_MAXINT32;
  record.sr_record->r_parsed = 1;
  if (is_v6)
    memcpy (&record.sr_aaaa->aaaa_addr, g_inet_address_to_bytes (address), sizeof record.sr_aaaa->aaaa_addr);
  else
    memcpy (&record.sr_a->a_addr, g_inet_address_to_bytes (address), sizeof record.sr_a->a_addr);
  sres_cache_store (cache, sres_cache_alloc_record (cache, &record, 0), time (NULL));

  return cache;
}

static char *
local_url (LiaSip *self)
{
  g_autofree char *address = g_inet_address_to_string (self->address);
  gboolean         is_v6 = g_inet_address_get_family (self->address) == G_SOCKET_FAMILY_IPV6;
  GString         *url = g_string_new (NULL);

  g_string_append_printf (url, is_v6 ? "%s:[%s]:" : "%s:%s:", self->account->transport == LIA_PHONE_TLS ? "sips" : "sip", address);
  if (self->account->local_port != 0)
    g_string_append_printf (url, "%u", self->account->local_port);
  else
    g_string_append_c (url, '*');
  if (self->account->transport != LIA_PHONE_TLS)
    g_string_append (url, self->account->transport == LIA_PHONE_TCP ? ";transport=tcp" : ";transport=udp");

  return g_string_free (url, FALSE);
}

/**
 * lia_sip_new:
 * @account: where it will register
 * @address: the address of this machine that the telephone system reaches
 * @theirs: (nullable): the telephone system's address, when the account names one
 * @callback: is told all that happens
 * @user_data: for @callback
 *
 * Returns: (transfer full) (nullable): a stack that listens, or %NULL when it cannot (the port is taken)
 */
LiaSip *
lia_sip_new (const LiaPhoneAccount *account,
             GInetAddress          *address,
             GInetAddress          *theirs,
             LiaSipCallback         callback,
             gpointer               user_data)
{
  LiaSip          *self = g_new0 (LiaSip, 1);
  gboolean         is_tls = account->transport == LIA_PHONE_TLS;
  g_autofree char *url = NULL;
  g_autofree char *host = g_inet_address_to_string (address);
  g_autofree char *from = NULL;

  begin ();
  self->account = lia_phone_account_copy (account);
  self->address = g_object_ref (address);
  self->callback = callback;
  self->user_data = user_data;
  self->root = su_glib_root_create (NULL);
  su_root_threading (self->root, 0);
  self->source = g_source_ref (su_glib_root_gsource (self->root));
  g_source_attach (self->source, g_main_context_get_thread_default ());
  if (is_tls)
    self->authorities = make_authorities (account);
  if (theirs != NULL)
    self->names = make_names (account->server, theirs);

  url = local_url (self);
  from = lia_sip_uri (self, account->user);
  self->nua = nua_create (self->root, on_event, self,
                          TAG_IF (!is_tls, NUTAG_URL (url)),
                          TAG_IF (is_tls, NUTAG_SIPS_URL (url)),
                          TAG_IF (is_tls, NUTAG_CERTIFICATE_DIR (self->authorities)),
                          TAG_IF (is_tls, TPTAG_TLS_VERIFY_POLICY (TPTLS_VERIFY_OUT | TPTLS_VERIFY_SUBJECTS_OUT)),
                          NUTAG_USER_AGENT ("Liaison"),
                          NUTAG_ALLOW ("INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE, NOTIFY, REFER, INFO"),
                          NUTAG_SUPPORTED ("replaces, timer"),
                          NUTAG_AUTOALERT (0),
                          NUTAG_AUTOACK (1),
                          NUTAG_ENABLEMESSAGE (0),
                          NTATAG_USE_NAPTR (0),
                          NTATAG_USE_SRV (0),
                          TAG_IF (self->names != NULL, SRESTAG_CACHE (self->names)),
                          SOATAG_ADDRESS (host),
                          SIPTAG_FROM_STR (from),
                          TAG_IF (account->name != NULL, NUTAG_M_DISPLAY (account->name)),
                          TAG_END ());
  if (self->nua == NULL)
    {
      lia_sip_free (self);
      return NULL;
    }

  return self;
}

/**
 * lia_sip_close:
 * @self: (transfer full): a stack
 * @registration: (transfer full) (nullable): its registration, to be ended
 *
 * Says goodbye; nobody hears of it any more.
 */
void
lia_sip_close (LiaSip       *self,
               nua_handle_t *registration)
{
  self->callback = NULL;
  if (registration != NULL)
    nua_handle_destroy (registration);
  nua_shutdown (self->nua);
}

/**
 * lia_sip_uri:
 * @self: a stack
 * @number: a number, a user's name, or already an address ("sip:…")
 *
 * Returns: (transfer full): its address at our telephone system
 */
char *
lia_sip_uri (LiaSip     *self,
             const char *number)
{
  const char      *scheme = self->account->transport == LIA_PHONE_TLS ? "sips" : "sip";
  g_autofree char *user = NULL;
  g_autofree char *address = NULL;

  if (g_str_has_prefix (number, "sip:") || g_str_has_prefix (number, "sips:"))
    return g_strdup (number);

  user = g_uri_escape_string (number, "+*;,&=$/?", FALSE);
  address = self->account->server == NULL ? g_inet_address_to_string (self->address) : NULL;
  if (self->account->port != 0)
    return g_strdup_printf ("%s:%s@%s:%u", scheme, user, address != NULL ? address : self->account->server, self->account->port);

  return g_strdup_printf ("%s:%s@%s", scheme, user, address != NULL ? address : self->account->server);
}

/**
 * lia_sip_make_handle:
 * @self: a stack
 * @call: (nullable): whose it is
 * @to: the address of the other end
 *
 * Returns: (transfer full): a handle for what is said to @to
 */
nua_handle_t *
lia_sip_make_handle (LiaSip       *self,
                     LiaPhoneCall *call,
                     const char   *to)
{
  return nua_handle (self->nua, call, SIPTAG_TO_STR (to), NUTAG_URL (to), TAG_END ());
}

/**
 * lia_sip_authenticate:
 * @self: a stack
 * @handle: what was refused
 * @sip: (nullable): the refusal with its challenge (RFC 3261 section 22)
 *
 * Returns: whether it is being said again with the account's secret
 */
gboolean
lia_sip_authenticate (LiaSip       *self,
                      nua_handle_t *handle,
                      const sip_t  *sip)
{
  const msg_auth_t *challenge = sip == NULL ? NULL : sip->sip_www_authenticate != NULL ? sip->sip_www_authenticate
                                                                                       : sip->sip_proxy_authenticate;
  const char       *realm = challenge != NULL ? msg_params_find (challenge->au_params, "realm=") : NULL;
  g_autofree char  *answer = NULL;

  if (realm == NULL || self->account->secret == NULL)
    return FALSE;

  answer = g_strdup_printf ("%s:%s:%s:%s", challenge->au_scheme, realm, self->account->user, self->account->secret);
  nua_authenticate (handle, NUTAG_AUTH (answer), TAG_END ());
  memset (answer, 0, strlen (answer));

  return TRUE;
}

gboolean
lia_sip_is_secure (LiaSip *self)
{
  return self->account->transport == LIA_PHONE_TLS;
}

GInetAddress *
lia_sip_get_address (LiaSip *self)
{
  return self->address;
}

/**
 * lia_sip_dup_contact:
 * @self: a stack
 *
 * Returns: (transfer full) (nullable): the address that reaches it directly, "sip:user@address:port"
 */
char *
lia_sip_dup_contact (LiaSip *self)
{
  g_autofree char *address = g_inet_address_to_string (self->address);

  return self->account->local_port == 0 ? NULL : g_strdup_printf ("sip:%s@%s:%u", self->account->user, address, self->account->local_port);
}
