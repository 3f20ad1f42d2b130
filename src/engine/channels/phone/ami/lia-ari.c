/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ari.h"

#include "lia-async.h"
#include "lia-net.h"
#include "lia-net-http.h"
#include "lia-phone-command.h"
#include "lia-phone-file.h"

#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <libsoup/soup.h>
#include <string.h>

#define IDLE_S 30
#define CHECK_MS (10 * 1000)
#define FETCH_MS (30 * 60 * 1000)
#define CHUNK_BYTES (64 * 1024)
#define MAX_BYTES (G_GINT64_CONSTANT (512) * 1024 * 1024) /* nine hours as Asterisk records */

struct _LiaAri
{
  GObject parent_instance;

  LiaPbx      *pbx;
  char        *authorization;
  SoupSession *session;
};

G_DEFINE_FINAL_TYPE (LiaAri, lia_ari, G_TYPE_OBJECT)

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_ascii_strcasecmp (host, "localhost") == 0 || (address != NULL && g_inet_address_get_is_loopback (address));
}

/** lia_ari_is_url: whether the password may go to @url: by https, or by http to this machine. */
gboolean
lia_ari_is_url (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || *host == '\0' || g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return FALSE;

  return g_str_equal (g_uri_get_scheme (uri), "https") || (g_str_equal (g_uri_get_scheme (uri), "http") && is_loopback (host));
}

/* @file: without what stands behind its last dot, which Asterisk finds by itself; its folders stay one part of the path. */
static char *
make_url (LiaAri     *self,
          const char *file)
{
  g_autofree char *stem = g_strndup (file, strrchr (file, '.') - file);
  g_autofree char *escaped = g_uri_escape_string (stem, NULL, FALSE);
  g_autofree char *base = g_strdup (self->pbx->recordings_url);

  while (g_str_has_suffix (base, "/"))
    base[strlen (base) - 1] = '\0';

  return g_strdup_printf ("%s/ari/recordings/stored/%s/file", base, escaped);
}

/* Whom the system does not vouch for may be vouched for by our own authority. */
static gboolean
on_accept_certificate_cb (SoupMessage         *message,
                          GTlsCertificate     *certificate,
                          GTlsCertificateFlags flags,
                          LiaAri              *self)
{
  GUri *uri = soup_message_get_uri (message);

  return lia_net_is_vouched_for (certificate, g_uri_get_host (uri), (guint)g_uri_get_port (uri), self->pbx->ca);
}

static SoupMessage *
new_message (LiaAri     *self,
             const char *url)
{
  SoupMessage *message = soup_message_new (SOUP_METHOD_GET, url);

  if (message == NULL)
    return NULL;
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", self->authorization);
  g_signal_connect_object (message, "accept-certificate", G_CALLBACK (on_accept_certificate_cb), self, G_CONNECT_DEFAULT);

  return message;
}

static DexFuture *
fail (LiaPhoneError code,
      const char   *words)
{
  return dex_future_new_reject (LIA_PHONE_ERROR, code, "%s", words);
}

static DexFuture *
fail_by_network (const GError *error)
{
  if (error->domain == G_TLS_ERROR)
    return fail (LIA_PHONE_ERROR_UNREACHABLE, "The certificate of the telephone system's recordings cannot be trusted.");
  if (error->domain == DEX_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return fail (LIA_PHONE_ERROR_TIMEOUT, "The telephone system did not send the recording in time.");

  return fail (LIA_PHONE_ERROR_DOWN, "The telephone system's recordings cannot be reached.");
}

static DexFuture *
fail_by_status (guint status)
{
  switch (status)
    {
    case SOUP_STATUS_NOT_FOUND:
      return fail (LIA_PHONE_ERROR_GONE, "The telephone system has no such recording.");
    case SOUP_STATUS_UNAUTHORIZED:
    case SOUP_STATUS_FORBIDDEN:
      return fail (LIA_PHONE_ERROR_REFUSED, "The telephone system does not accept the login for recordings.");
    default:
      return dex_future_new_reject (LIA_PHONE_ERROR, LIA_PHONE_ERROR_DOWN, "The telephone system answered %u when asked for the recording.", status);
    }
}

typedef struct
{
  LiaAri        *ari;
  char          *file;
  GOutputStream *out;     /* written to on threads, as it is a file */
  DexFuture     *dropped; /* rejects when nobody waits any more */
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_object_unref (fetch->ari);
  g_object_unref (fetch->out);
  dex_clear (&fetch->dropped);
  g_free (fetch->file);
  g_free (fetch);
}

static gboolean
write_chunk (Fetch   *fetch,
             GBytes  *chunk,
             GError **error)
{
  g_autoptr (GBytes) rest = g_bytes_ref (chunk);

  while (g_bytes_get_size (rest) > 0)
    {
      gint64  written = dex_await_int64 (lia_until (dex_output_stream_write_bytes (fetch->out, rest, G_PRIORITY_DEFAULT), fetch->dropped), error);
      GBytes *more;

      if (written <= 0)
        return FALSE;
      more = g_bytes_new_from_bytes (rest, (gsize)written, g_bytes_get_size (rest) - (gsize)written);
      g_bytes_unref (rest);
      rest = more;
    }

  return TRUE;
}

static DexFuture *
pour (Fetch        *fetch,
      GInputStream *in)
{
  g_autoptr (GError) error = NULL;
  gint64 sum = 0;

  for (;;)
    {
      g_autoptr (GBytes) chunk = dex_await_boxed (lia_until (dex_input_stream_read_bytes (in, CHUNK_BYTES, G_PRIORITY_DEFAULT), fetch->dropped), &error);

      if (chunk == NULL)
        return fail_by_network (error);
      if (g_bytes_get_size (chunk) == 0)
        return dex_future_new_for_boolean (TRUE);
      sum += (gint64)g_bytes_get_size (chunk);
      if (sum > MAX_BYTES)
        return fail (LIA_PHONE_ERROR_UNSUPPORTED, "The recording is larger than 512 MB.");
      if (!write_chunk (fetch, chunk, &error))
        return fail (LIA_PHONE_ERROR_REFUSED, "There is no space for the recording.");
    }
}

static DexFuture *
fetch_fiber (gpointer data)
{
  Fetch           *fetch = data;
  g_autofree char *url = make_url (fetch->ari, fetch->file);
  g_autoptr (SoupMessage) message = new_message (fetch->ari, url);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) in = message != NULL ? dex_await_object (lia_until (lia_net_send (fetch->ari->session, message), fetch->dropped), &error) : NULL;

  if (message == NULL)
    return fail (LIA_PHONE_ERROR_UNSUPPORTED, "The address of the recordings is none.");
  if (in == NULL)
    return fail_by_network (error);
  if (soup_message_get_status (message) != SOUP_STATUS_OK)
    return fail_by_status (soup_message_get_status (message));

  return pour (fetch, in);
}

/**
 * lia_ari_fetch:
 * @file: as in LiaCallRecording
 * @fd: an empty file
 *
 * Resolves to TRUE when all of the recording is there; rejects with %LIA_PHONE_ERROR, see LiaPhoneProviderInterface. Asterisk knows no ranges: what broke
 * off begins anew.
 */
DexFuture *
lia_ari_fetch (LiaAri     *self,
               const char *file,
               int         fd)
{
  Fetch *fetch;
  int    own;

  if (!lia_phone_file_is_name (file))
    return fail (LIA_PHONE_ERROR_UNSUPPORTED, "The name of the recording is not one that can be asked for.");
  own = fcntl (fd, F_DUPFD_CLOEXEC, 0); /* a thread may write when nobody waits any more */
  if (own < 0)
    return fail (LIA_PHONE_ERROR_REFUSED, "There is no place for the recording.");

  fetch = g_new0 (Fetch, 1);
  fetch->ari = g_object_ref (self);
  fetch->file = g_strdup (file);
  fetch->out = g_unix_output_stream_new (own, TRUE);

  return lia_with_timeout (lia_spawn_cancellable (fetch_fiber, fetch, fetch_free, &fetch->dropped), FETCH_MS);
}

static DexFuture *
check_fiber (gpointer data)
{
  LiaAri          *self = data;
  g_autofree char *url = make_url (self, "liaison-doctor.wav");
  g_autoptr (SoupMessage) message = new_message (self, url);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) in = message != NULL ? dex_await_object (lia_with_timeout (lia_net_send (self->session, message), CHECK_MS), &error) : NULL;
  const char *type;

  if (message == NULL)
    return fail (LIA_PHONE_ERROR_UNSUPPORTED, "The address of the recordings is none.");
  if (in == NULL)
    return fail_by_network (error);

  type = soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL);
  if (soup_message_get_status (message) == SOUP_STATUS_NOT_FOUND && g_strcmp0 (type, "application/json") == 0)
    return dex_future_new_for_boolean (TRUE);
  if (soup_message_get_status (message) == SOUP_STATUS_NOT_FOUND)
    return fail (LIA_PHONE_ERROR_UNSUPPORTED, "Something answers there, but nothing that gives out recordings (ARI).");

  return fail_by_status (soup_message_get_status (message));
}

/** lia_ari_check: asks for a recording that does not exist: resolves when the PBX says so, to a login that it knows; else rejects with %LIA_PHONE_ERROR. */
DexFuture *
lia_ari_check (LiaAri *self)
{
  return lia_spawn (check_fiber, g_object_ref (self), g_object_unref);
}

static void
lia_ari_finalize (GObject *object)
{
  LiaAri *self = LIA_ARI (object);

  g_clear_object (&self->pbx);
  g_clear_object (&self->session);
  if (self->authorization != NULL)
    explicit_bzero (self->authorization, strlen (self->authorization));
  g_free (self->authorization);

  G_OBJECT_CLASS (lia_ari_parent_class)->finalize (object);
}

static void
lia_ari_class_init (LiaAriClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_ari_finalize;
}

static void
lia_ari_init (LiaAri *self)
{
  self->session = soup_session_new_with_options ("timeout", IDLE_S, "user-agent", "Liaison", NULL);
}

/**
 * lia_ari_new:
 * @pbx: with `recordings_url` and `recordings_login`
 */
LiaAri *
lia_ari_new (LiaPbx     *pbx,
             const char *password)
{
  LiaAri          *self = g_object_new (LIA_TYPE_ARI, NULL);
  g_autofree char *login = g_strdup_printf ("%s:%s", pbx->recordings_login, password);
  g_autofree char *encoded = g_base64_encode ((const guchar *)login, strlen (login));

  self->pbx = g_object_ref (pbx);
  self->authorization = g_strconcat ("Basic ", encoded, NULL);
  explicit_bzero (login, strlen (login));
  explicit_bzero (encoded, strlen (encoded));

  return self;
}
