/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-tracker-web.h"

#include "lia-async.h"
#include "lia-net-http.h"
#include "lia-net.h"
#include "lia-shown-text.h"
#include "lia-time.h"
#include "lia-tracker-verdict.h"

#include <string.h>

#define DEADLINE_MS (60 * 1000)
#define CONNECTIONS 4
#define CHUNK_BYTES (64 * 1024)
#define MAX_BODY_BYTES (8 * 1024 * 1024)
#define MAX_WORDS_BYTES 2000
#define SENT_KEY "liaison-sent"

struct _LiaTrackerWeb
{
  GObject parent_instance;

  LiaNetGuard *guard;
  GHashTable  *hosts; /* "https://example.org:443" -> Host */
  guint        deadline_ms;
};

G_DEFINE_FINAL_TYPE (LiaTrackerWeb, lia_tracker_web, G_TYPE_OBJECT)

typedef struct
{
  SoupSession *session;
  gint64       closed_until_ms; /* the gate */
} Host;

static void
host_free (gpointer data)
{
  Host *host = data;

  g_object_unref (host->session);
  g_free (host);
}

static Host *
host_new (LiaNetGuard *guard,
          const char  *name,
          guint        port)
{
  Host *host = g_new0 (Host, 1);
  g_autoptr (GSocketConnectable) address = lia_net_guard_new_connectable (guard, name, port);

  host->session = soup_session_new_with_options ("remote-connectable", address, "proxy-resolver", NULL, "timeout", DEADLINE_MS / 1000,
                                                 "max-conns", CONNECTIONS, "max-conns-per-host", CONNECTIONS, "user-agent", "Liaison", NULL);

  /* Plain bodies: their length tells whether they are whole, and 8 MB of them are not a thousand times as much */
  soup_session_remove_feature_by_type (host->session, SOUP_TYPE_CONTENT_DECODER);

  return host;
}

static Host *
get_host (LiaTrackerWeb *self,
          GUri          *uri)
{
  const char      *scheme = g_uri_get_scheme (uri);
  const guint      port = g_uri_get_port (uri) > 0 ? (guint)g_uri_get_port (uri) : g_str_equal (scheme, "https") ? 443
                                                                                                                 : 80;
  g_autofree char *name = g_ascii_strdown (g_uri_get_host (uri), -1);
  g_autofree char *origin = g_strdup_printf ("%s://%s:%u", scheme, name, port);
  Host            *host = g_hash_table_lookup (self->hosts, origin);

  if (host == NULL)
    {
      host = host_new (self->guard, name, port);
      g_hash_table_insert (self->hosts, g_steal_pointer (&origin), host);
    }

  return host;
}

static void
set_error (GError        **error,
           LiaTrackerError code,
           const char     *message)
{
  g_propagate_error (error, lia_tracker_error_new (code, 0, NULL, message));
}

/* Enciphered, or within a network that an administrator vouches for: what says who we are goes along */
static gboolean
is_safe (LiaTrackerWeb *self,
         GUri          *uri)
{
  const char *scheme = g_uri_get_scheme (uri);

  return g_str_equal (scheme, "https") || (g_str_equal (scheme, "http") && lia_net_guard_is_allowed (self->guard, g_uri_get_host (uri)));
}

static GUri *
parse_url (LiaTrackerWeb *self,
           const char    *url,
           GError       **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host != NULL && *host != '\0' && g_uri_get_userinfo (uri) == NULL && is_safe (self, uri))
    return g_steal_pointer (&uri);

  set_error (error, LIA_TRACKER_ERROR_INVALID, "This is not the address of a tracker: it begins with “https://” and names no login.");

  return NULL;
}

static gboolean
on_accept_certificate_cb (SoupMessage         *message,
                          GTlsCertificate     *certificate,
                          GTlsCertificateFlags flags,
                          const char          *ca)
{
  GUri *uri = soup_message_get_uri (message);

  return lia_net_is_vouched_for (certificate, g_uri_get_host (uri), (guint)g_uri_get_port (uri), ca);
}

/* From here on bytes of it may have arrived */
static void
on_starting_cb (SoupMessage *message,
                gpointer     data)
{
  g_object_set_data (G_OBJECT (message), SENT_KEY, GINT_TO_POINTER (TRUE));
}

static void
free_string (gpointer  data,
             GClosure *closure)
{
  g_free (data);
}

static void
add_headers (const LiaTrackerRequest *request,
             SoupMessageHeaders      *headers)
{
  GHashTableIter iter;
  gpointer       name;
  gpointer       value;

  soup_message_headers_replace (headers, "Accept", "application/json");
  g_hash_table_iter_init (&iter, request->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    soup_message_headers_replace (headers, name, value);
  if (request->secret_header != NULL)
    soup_message_headers_replace (headers, request->secret_header, request->secret);
  if (request->validator != NULL)
    soup_message_headers_replace (headers, "If-None-Match", request->validator);
}

static SoupMessage *
new_message (const LiaTrackerRequest *request,
             GUri                    *uri)
{
  SoupMessage *message = soup_message_new_from_uri (request->method, uri);

  /* What changes something goes over a connection of its own: on one that the server has just closed nobody can tell whether it has arrived. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | (g_str_equal (request->method, "GET") ? 0 : SOUP_MESSAGE_NEW_CONNECTION));
  add_headers (request, soup_message_get_request_headers (message));
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, request->content_type, request->body);
  g_signal_connect (message, "starting", G_CALLBACK (on_starting_cb), NULL);
  g_signal_connect_data (message, "accept-certificate", G_CALLBACK (on_accept_certificate_cb), g_strdup (request->ca), free_string, G_CONNECT_DEFAULT);

  return message;
}

/* The whole body, or NULL when it breaks off, is too large, or takes too long */
static GBytes *
read_body (GInputStream *in,
           gint64        end_ms)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();

  for (;;)
    {
      const gint64 left_ms = end_ms - lia_time_now ();
      g_autoptr (GBytes) chunk = NULL;

      if (left_ms <= 0 || body->len > MAX_BODY_BYTES)
        return NULL;
      chunk = dex_await_boxed (lia_with_timeout (dex_input_stream_read_bytes (in, CHUNK_BYTES, G_PRIORITY_DEFAULT), (guint)left_ms), NULL);
      if (chunk == NULL)
        return NULL;
      if (g_bytes_get_size (chunk) == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&body));
      g_byte_array_append (body, g_bytes_get_data (chunk, NULL), (guint)g_bytes_get_size (chunk));
    }
}

/* libsoup takes a connection that ends too early for the end of the body */
static gboolean
is_whole (SoupMessage *message,
          GBytes      *body)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  return soup_message_get_status (message) == SOUP_STATUS_NOT_MODIFIED || soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH ||
         soup_message_headers_get_content_length (headers) == (goffset)g_bytes_get_size (body);
}

static const char *
get_words (LiaTrackerError code)
{
  switch (code)
    {
    case LIA_TRACKER_ERROR_AUTH:
      return "The tracker does not accept the key.";
    case LIA_TRACKER_ERROR_PERMISSION:
      return "The tracker does not allow that to whom the key belongs.";
    case LIA_TRACKER_ERROR_NOT_FOUND:
      return "The tracker knows nothing of it, or does not show it to whom the key belongs.";
    case LIA_TRACKER_ERROR_GONE:
      return "It is gone from the tracker.";
    case LIA_TRACKER_ERROR_MOVED:
      return "The tracker says that this has moved to another address.";
    case LIA_TRACKER_ERROR_RATE:
      return "The tracker wants to be left alone for a while.";
    case LIA_TRACKER_ERROR_UNKNOWN_OUTCOME:
      return "The tracker did not say whether it has done it.";
    case LIA_TRACKER_ERROR_UNAVAILABLE:
      return "The tracker does not answer.";
    case LIA_TRACKER_ERROR_INVALID:
    default:
      return "The tracker does not accept it.";
    }
}

static JsonObject *
parse_refusal (GBytes *body)
{
  gsize       size;
  const char *text = g_bytes_get_data (body, &size);

  return text != NULL ? lia_json_parse (text, (gssize)size, LIA_JSON_MAX_BYTES, NULL) : NULL;
}

/* What the tracker says itself, made fit to be shown */
static char *
explain (const LiaTrackerRequest *request,
         GBytes                  *body)
{
  g_autoptr (JsonObject) object = request->explain != NULL ? parse_refusal (body) : NULL;
  g_autofree char *said = object != NULL ? request->explain (object) : NULL;

  return said != NULL ? lia_shown_text_new (said, MIN (strlen (said), MAX_WORDS_BYTES)) : NULL;
}

static GError *
new_error (const LiaTrackerRequest *request,
           SoupMessage             *message,
           const LiaTrackerVerdict *verdict,
           GBytes                  *body)
{
  g_autofree char *said = body != NULL ? explain (request, body) : NULL;
  const char      *words = get_words (verdict->error);
  g_autofree char *both = said != NULL ? g_strdup_printf ("%s It says: %s", words, said) : NULL;
  const char      *location = soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");

  return lia_tracker_error_new (verdict->error, verdict->until_ms, verdict->error == LIA_TRACKER_ERROR_MOVED ? location : NULL, both != NULL ? both : words);
}

/* RFC 8288: `Link: <https://…?page=2>; rel="next"`. Only that there is one: where it is we know, and follow no address that was said to us */
static gboolean
has_next (SoupMessageHeaders *headers)
{
  const char *links = soup_message_headers_get_list (headers, "Link");

  return links != NULL && (strstr (links, "rel=\"next\"") != NULL || strstr (links, "rel=next") != NULL);
}

/* With the prefix that most have, or without, as GitLab and the IETF's draft */
static const char *
get_limit (SoupMessageHeaders *headers,
           const char         *name)
{
  const char *value = soup_message_headers_get_one (headers, name);

  return value != NULL ? value : soup_message_headers_get_one (headers, name + strlen ("X-"));
}

static guint
get_status (const LiaTrackerRequest *request,
            SoupMessage             *message,
            GBytes                  *body)
{
  const guint status = soup_message_get_status (message);
  g_autoptr (JsonObject) object = request->correct != NULL && status >= 400 && status < 500 ? parse_refusal (body) : NULL;

  return object != NULL ? request->correct (status, object) : status;
}

static LiaTrackerOutcome
get_outcome (const LiaTrackerRequest *request,
             SoupMessage             *message,
             const GError            *cause,
             GBytes                  *body)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const gboolean      changes = !g_str_equal (soup_message_get_method (message), "GET");
  const gboolean      sent = g_object_get_data (G_OBJECT (message), SENT_KEY) != NULL;

  if (cause != NULL || body == NULL || !is_whole (message, body))
    return (LiaTrackerOutcome){ .reach = sent ? LIA_TRACKER_SENT : LIA_TRACKER_NOT_SENT, .changes = changes };

  return (LiaTrackerOutcome){
    .reach = LIA_TRACKER_ANSWERED,
    .changes = changes,
    .status = get_status (request, message, body),
    .retry_after = soup_message_headers_get_one (headers, "Retry-After"),
    .remaining = get_limit (headers, "X-RateLimit-Remaining"),
    .reset = get_limit (headers, "X-RateLimit-Reset"),
  };
}

static gboolean
is_open (const Host *host,
         GError    **error)
{
  if (host->closed_until_ms <= lia_time_now ())
    return TRUE;
  g_propagate_error (error, lia_tracker_error_new (LIA_TRACKER_ERROR_RATE, host->closed_until_ms, NULL, get_words (LIA_TRACKER_ERROR_RATE)));

  return FALSE;
}

/* What nobody can tell from the outcome alone, in words */
static gboolean
set_connection_error (const GError *cause,
                      GError      **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    set_error (error, LIA_TRACKER_ERROR_INVALID, "The address leads into a private network. An administrator can allow that for this tracker.");
  else if (cause->domain == G_TLS_ERROR)
    set_error (error, LIA_TRACKER_ERROR_UNAVAILABLE, "The certificate of the tracker cannot be trusted.");
  else
    return FALSE;

  return TRUE;
}

static LiaTrackerReply *
conclude (Host                    *host,
          const LiaTrackerRequest *request,
          SoupMessage             *message,
          const GError            *cause,
          GBytes                  *body,
          GError                 **error)
{
  const LiaTrackerOutcome outcome = get_outcome (request, message, cause, body);
  const LiaTrackerVerdict verdict = lia_tracker_judge (&outcome, lia_time_now ());
  LiaTrackerReply        *reply;

  host->closed_until_ms = MAX (host->closed_until_ms, verdict.until_ms);
  if (!verdict.done)
    {
      if (outcome.reach != LIA_TRACKER_NOT_SENT || cause == NULL || !set_connection_error (cause, error))
        g_propagate_error (error, new_error (request, message, &verdict, body));
      return NULL;
    }
  reply = g_new0 (LiaTrackerReply, 1);
  reply->status = outcome.status;
  reply->etag = g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message), "ETag"));
  reply->more = has_next (soup_message_get_response_headers (message));
  reply->body = g_bytes_ref (body);

  return reply;
}

/**
 * lia_tracker_web_send: for fibers: asks, and waits for the whole answer.
 *
 * Returns: (transfer full) (nullable): one that says that it is done (2xx), or that nothing is new (304); errors are of %LIA_TRACKER_ERROR
 */
LiaTrackerReply *
lia_tracker_web_send (LiaTrackerWeb           *self,
                      const LiaTrackerRequest *request,
                      GError                 **error)
{
  const gint64 end_ms = lia_time_now () + self->deadline_ms;
  g_autoptr (GUri) uri = parse_url (self, request->url, error);
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GInputStream) in = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) cause = NULL;
  Host *host = uri != NULL ? get_host (self, uri) : NULL;

  if (host == NULL || !is_open (host, error))
    return NULL;

  message = new_message (request, uri);
  in = dex_await_object (lia_with_timeout (lia_net_send (host->session, message), self->deadline_ms), &cause);
  if (in != NULL)
    body = read_body (in, end_ms);

  return conclude (host, request, message, cause, body, error);
}

/** lia_tracker_web_set_deadline: how long an answer may take, all of it. */
void
lia_tracker_web_set_deadline (LiaTrackerWeb *self,
                              guint          deadline_ms)
{
  self->deadline_ms = deadline_ms;
}

static void
lia_tracker_web_finalize (GObject *object)
{
  LiaTrackerWeb *self = LIA_TRACKER_WEB (object);

  g_clear_object (&self->guard);
  g_hash_table_unref (self->hosts);

  G_OBJECT_CLASS (lia_tracker_web_parent_class)->finalize (object);
}

static void
lia_tracker_web_class_init (LiaTrackerWebClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_tracker_web_finalize;
}

static void
lia_tracker_web_init (LiaTrackerWeb *self)
{
  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, host_free);
  self->deadline_ms = DEADLINE_MS;
}

LiaTrackerWeb *
lia_tracker_web_new (LiaNetGuard *guard)
{
  LiaTrackerWeb *self = g_object_new (LIA_TYPE_TRACKER_WEB, NULL);

  self->guard = g_object_ref (guard);

  return self;
}
