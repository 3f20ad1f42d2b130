/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Which servers a mailbox has, from its address alone. All sources are asked at once, each with a deadline, and answer in this order of trust:
 * the provider's autoconfiguration (over https only), SRV records (RFC 6186, RFC 8314), the usual names where they resolve, and a guess, so that
 * there is always something to edit. No password leaves: whether an answer is right is the live test's work.
 */

#include "lia-mail-discover.h"

#include "lia-address.h"
#include "lia-async.h"
#include "lia-autoconfig.h"
#include "lia-problem.h"

#include <libsoup/soup.h>
#include <string.h>

#define SOURCE_MS (LIA_MAIL_DISCOVER_MS - 1000)

typedef struct
{
  char        *address;
  const char  *domain; /* in @address */
  SoupSession *session;
} Search;

static void
search_clear (gpointer data)
{
  Search *self = data;

  g_free (self->address);
  g_object_unref (self->session);
}

static void
search_unref (gpointer data)
{
  g_rc_box_release_full (data, search_clear);
}

/* Each source has a reference: when the search is dropped, they end later than it does. */
static DexFuture *
ask (Search      *self,
     DexFiberFunc source)
{
  return lia_spawn (source, g_rc_box_acquire (self), search_unref);
}

static DexFuture *
answer (LiaMailbox *mailbox)
{
  if (mailbox == NULL)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "nothing found");

  return dex_future_new_take_object (mailbox);
}

static LiaMailbox *
mailbox_new (Search     *self,
             const char *source,
             const char *imap_host,
             guint       imap_port,
             const char *imap_tls,
             const char *smtp_host,
             guint       smtp_port,
             const char *smtp_tls)
{
  LiaMailbox *mailbox = lia_mailbox_new ();

  mailbox->source = g_strdup (source);
  mailbox->address = g_strdup (self->address);
  mailbox->login = g_strdup (self->address);
  mailbox->imap_host = g_strdup (imap_host);
  mailbox->imap_port = imap_port;
  mailbox->imap_tls = g_strdup (imap_tls);
  mailbox->smtp_host = g_strdup (smtp_host);
  mailbox->smtp_port = smtp_port;
  mailbox->smtp_tls = g_strdup (smtp_tls);

  return mailbox;
}

/* --- the provider's autoconfiguration --- */

static void
page_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (DexPromise) promise = data;
  g_autoptr (GError) error = NULL;
  GBytes      *bytes = soup_session_send_and_read_finish (SOUP_SESSION (object), result, &error);
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (object), result);

  if (bytes == NULL)
    dex_promise_reject (promise, g_steal_pointer (&error));
  else if (soup_message_get_status (message) != SOUP_STATUS_OK)
    {
      g_bytes_unref (bytes);
      dex_promise_reject (promise, g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "the page says %u", soup_message_get_status (message)));
    }
  else
    dex_promise_resolve_boxed (promise, G_TYPE_BYTES, bytes);
}

static DexFuture *
read_page (Search     *self,
           const char *url)
{
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, url);
  DexPromise *promise;

  if (message == NULL)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "not a URL: %s", url);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  promise = dex_promise_new_cancellable ();
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, dex_promise_get_cancellable (promise), page_read_cb, dex_ref (promise));

  return lia_with_timeout (DEX_FUTURE (promise), SOURCE_MS);
}

static DexFuture *
autoconfig_fiber (gpointer data)
{
  Search          *self = data;
  g_autofree char *escaped = g_uri_escape_string (self->address, NULL, FALSE);
  g_autofree char *own = g_strdup_printf ("https://autoconfig.%s/mail/config-v1.1.xml?emailaddress=%s", self->domain, escaped);
  g_autofree char *well_known = g_strdup_printf ("https://%s/.well-known/autoconfig/mail/config-v1.1.xml", self->domain);
  DexFuture       *pages[] = { read_page (self, own), read_page (self, well_known) };
  LiaMailbox      *mailbox = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (GBytes) page = dex_await_boxed (pages[i], NULL);
      gsize       length;
      const char *xml = page != NULL ? g_bytes_get_data (page, &length) : NULL;

      if (xml != NULL && mailbox == NULL)
        mailbox = lia_autoconfig_parse (xml, length, self->address);
    }

  return answer (mailbox);
}

/* --- SRV records --- */

static void
service_found_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (DexPromise) promise = data;
  g_autoptr (GError) error = NULL;
  GList *targets = g_resolver_lookup_service_finish (G_RESOLVER (object), result, &error);

  if (targets == NULL)
    dex_promise_reject (promise, error != NULL ? g_steal_pointer (&error) : g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no such service"));
  else
    dex_promise_resolve_boxed (promise, G_TYPE_SRV_TARGET, g_srv_target_copy (targets->data));

  g_resolver_free_targets (targets);
}

static DexFuture *
look_up_service (Search     *self,
                 const char *service)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  DexPromise *promise = dex_promise_new_cancellable ();

  g_resolver_lookup_service_async (resolver, service, "tcp", self->domain, dex_promise_get_cancellable (promise), service_found_cb, dex_ref (promise));

  return lia_with_timeout (DEX_FUTURE (promise), SOURCE_MS);
}

/* A target of "." says that there is no such service (RFC 6186 3.4). */
static GSrvTarget *
await_target (DexFuture *future)
{
  GSrvTarget *target = dex_await_boxed (future, NULL);

  if (target != NULL && g_strcmp0 (g_srv_target_get_hostname (target), ".") <= 0)
    g_clear_pointer (&target, g_srv_target_free);

  return target;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GSrvTarget, g_srv_target_free)

static DexFuture *
srv_fiber (gpointer data)
{
  Search    *self = data;
  DexFuture *lookups[] = { look_up_service (self, "imaps"), look_up_service (self, "imap"), look_up_service (self, "submissions"),
                           look_up_service (self, "submission") };
  g_autoptr (GSrvTarget) imaps = await_target (lookups[0]);
  g_autoptr (GSrvTarget) imap = await_target (lookups[1]);
  g_autoptr (GSrvTarget) submissions = await_target (lookups[2]);
  g_autoptr (GSrvTarget) submission = await_target (lookups[3]);
  GSrvTarget *incoming = imaps != NULL ? imaps : imap;
  GSrvTarget *outgoing = submissions != NULL ? submissions : submission;
  LiaMailbox *mailbox = NULL;

  if (incoming != NULL && outgoing != NULL)
    mailbox = mailbox_new (self, "srv", g_srv_target_get_hostname (incoming), g_srv_target_get_port (incoming), imaps != NULL ? "tls" : "starttls",
                           g_srv_target_get_hostname (outgoing), g_srv_target_get_port (outgoing), submissions != NULL ? "tls" : "starttls");

  return answer (mailbox);
}

/* --- the usual names --- */

static DexFuture *
resolve (const char *name)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();

  return lia_with_timeout (dex_resolver_lookup_by_name (resolver, name), SOURCE_MS);
}

static DexFuture *
well_known_fiber (gpointer data)
{
  Search          *self = data;
  g_autofree char *imap = g_strconcat ("imap.", self->domain, NULL);
  g_autofree char *smtp = g_strconcat ("smtp.", self->domain, NULL);
  g_autofree char *mail = g_strconcat ("mail.", self->domain, NULL);
  DexFuture       *lookups[] = { resolve (imap), resolve (smtp), resolve (mail) };
  gboolean         has_imap = dex_await (lookups[0], NULL);
  gboolean         has_smtp = dex_await (lookups[1], NULL);
  gboolean         has_mail = dex_await (lookups[2], NULL);

  if ((!has_imap && !has_mail) || (!has_smtp && !has_mail))
    return answer (NULL);

  return answer (mailbox_new (self, "well-known", has_imap ? imap : mail, 993, "tls", has_smtp ? smtp : mail, 465, "tls"));
}

static LiaMailbox *
guess (Search *self)
{
  g_autofree char *imap = g_strconcat ("imap.", self->domain, NULL);
  g_autofree char *smtp = g_strconcat ("smtp.", self->domain, NULL);

  return mailbox_new (self, "guess", imap, 993, "tls", smtp, 465, "tls");
}

static gboolean
same_servers (LiaMailbox *a,
              LiaMailbox *b)
{
  return g_ascii_strcasecmp (a->imap_host, b->imap_host) == 0 && g_ascii_strcasecmp (a->smtp_host, b->smtp_host) == 0 &&
         a->imap_port == b->imap_port && a->smtp_port == b->smtp_port;
}

static void
add_candidate (GPtrArray  *candidates,
               LiaMailbox *mailbox)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      if (same_servers (g_ptr_array_index (candidates, i), mailbox))
        return;
    }

  g_ptr_array_add (candidates, g_object_ref (mailbox));
}

static DexFuture *
discover_fiber (gpointer data)
{
  Search    *self = data;
  DexFuture *sources[] = { ask (self, autoconfig_fiber), ask (self, srv_fiber), ask (self, well_known_fiber) };
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (LiaMailbox) last = guess (self);

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autoptr (LiaMailbox) mailbox = dex_await_object (sources[i], NULL);

      if (mailbox != NULL)
        add_candidate (candidates, mailbox);
    }
  add_candidate (candidates, last);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&candidates));
}

DexFuture *
lia_mail_discover (const char *address)
{
  Search *self;

  if (!lia_address_is_valid_email (address))
    return dex_future_new_reject (LIA_PROBLEM, LIA_PROBLEM_VALIDATION, "This is not an e-mail address.");

  self = g_rc_box_new0 (Search);
  self->address = g_strdup (address);
  self->domain = strrchr (self->address, '@') + 1;
  self->session = soup_session_new ();

  return lia_spawn (discover_fiber, self, search_unref);
}
