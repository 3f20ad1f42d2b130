/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One fiber a call:  sign in -> send -> answer
 *                       ^--- 401, once ---'
 *                       ^--- no answer, or 429: wait and again, until the call's deadline
 *
 * Reading may be repeated because it changes nothing, a command because its key makes the engine answer a repeat with the first answer.
 * What is neither (testing a mailbox) is sent once. Dropping the future of a reading cancels the request; a command, once given, is
 * carried out whether somebody waits for its answer or not.
 */

#include "lia-api.h"

#include "lia-config.h"

#include "lia-async.h"
#include "lia-frames.h"
#include "lia-problem.h"
#include "lia-soup.h"

#include <string.h>

#define BASE "http://localhost"
#define READ_DEADLINE_MS 15000
#define COMMAND_DEADLINE_MS 60000
#define NOW_DEADLINE_MS 8000
#define BLOB_TIMEOUT_MS 300000
#define ASK_TIMEOUT_MS 120000
#define ATTEMPT_TIMEOUT_MS 30000
#define WAIT_FIRST_MS 100
#define WAIT_MOST_MS 3000

struct _LiaApi
{
  GObject parent_instance;

  SoupSession *session;
  char        *secret;
  char        *token;
  DexFuture   *signing_in; /* shared by all calls that wait for it */
  GHashTable  *lanes;      /* char * -> DexFuture *: the last command of the lane */
};

G_DEFINE_FINAL_TYPE (LiaApi, lia_api, G_TYPE_OBJECT)

typedef struct
{
  LiaApi     *api;
  const char *method;
  char       *path;
  GBytes     *body;
  char       *type;
  char       *file_name;
  DexFuture  *turn;    /* what has to end first, or NULL */
  DexFuture  *dropped; /* rejects when nobody waits any more; NULL: it is carried out all the same */
  gboolean    json;    /* the answer is an object, not bytes */
  gboolean    without_token;
  guint       timeout_ms;  /* of one attempt */
  guint       deadline_ms; /* for all of them; 0: only one attempt */
} Call;

static void
call_free (Call *call)
{
  g_clear_object (&call->api);
  dex_clear (&call->turn);
  dex_clear (&call->dropped);
  g_free (call->path);
  g_clear_pointer (&call->body, g_bytes_unref);
  g_free (call->type);
  g_free (call->file_name);
  g_free (call);
}

static Call *
call_new (LiaApi     *api,
          const char *method,
          const char *path)
{
  Call *call = g_new0 (Call, 1);

  call->api = g_object_ref (api);
  call->method = method;
  call->path = g_strdup (path);
  call->json = TRUE;
  call->timeout_ms = ATTEMPT_TIMEOUT_MS;

  return call;
}

static void
call_set_json (Call       *call,
               JsonObject *object)
{
  char *text = lia_json_to_text (object);

  call->body = g_bytes_new_take (text, strlen (text));
  call->type = g_strdup ("application/json");
}

static DexFuture *sign_in (LiaApi *self);

static SoupMessage *
make_message (Call *call)
{
  g_autofree char    *uri = g_strconcat (BASE, call->path, NULL);
  SoupMessage        *message = soup_message_new (call->method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  if (call->body != NULL)
    soup_message_set_request_body_from_bytes (message, call->type, call->body);
  if (call->file_name != NULL)
    {
      g_autoptr (GHashTable) params = g_hash_table_new (g_str_hash, g_str_equal);

      g_hash_table_insert (params, (gpointer) "filename", call->file_name);
      soup_message_headers_set_content_disposition (headers, "attachment", params);
    }
  if (!call->without_token)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", call->api->token, NULL);

      soup_message_headers_replace (headers, "Authorization", bearer);
    }

  return message;
}

static GError *
read_problem (GBytes *bytes,
              guint   status)
{
  gsize       length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (JsonObject) object = lia_json_parse (text != NULL ? text : "", (gssize)length, LIA_JSON_MAX_BYTES, NULL);

  if (object != NULL)
    return lia_wire_decode_problem (object);

  return g_error_new (LIA_PROBLEM, status == 401 ? LIA_PROBLEM_UNAUTHORIZED : LIA_PROBLEM_INTERNAL, "The answer was %u without a reason", status);
}

static DexFuture *
until_dropped (Call      *call,
               DexFuture *future)
{
  return call->dropped != NULL ? lia_until (future, call->dropped) : future;
}

/* One attempt: the body of a 2xx, or NULL with the problem, or with what kept the answer from us */
static GBytes *
attempt (Call    *call,
         guint   *retry_after_s,
         GError **error)
{
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const char *header;
  guint       status;

  *retry_after_s = 0;
  if (!call->without_token && !dex_await (until_dropped (call, sign_in (call->api)), error))
    return NULL;

  message = make_message (call);
  bytes = dex_await_boxed (until_dropped (call, lia_with_timeout (lia_soup_send (call->api->session, message), call->timeout_ms)), error);
  if (bytes == NULL)
    return NULL;

  status = soup_message_get_status (message);
  if (SOUP_STATUS_IS_SUCCESSFUL (status))
    return g_steal_pointer (&bytes);

  header = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  if (header != NULL)
    *retry_after_s = (guint)CLAMP (g_ascii_strtoll (header, NULL, 10), 0, 3600);
  g_propagate_error (error, read_problem (bytes, status));

  return NULL;
}

/* Whether @error leaves open what became of the call */
static gboolean
is_unanswered (const GError *error)
{
  return error->domain != LIA_PROBLEM && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static DexFuture *
answer (Call   *call,
        GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object;
  gsize       length;
  const char *text;

  if (!call->json)
    return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_ref (bytes));

  text = g_bytes_get_data (bytes, &length);
  if (length == 0)
    return dex_future_new_take_boxed (JSON_TYPE_OBJECT, json_object_new ());

  /* A page of 200 long messages is more than a request may be */
  object = lia_json_parse (text, (gssize)length, 64 * LIA_JSON_MAX_BYTES, &error);
  if (object == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (JSON_TYPE_OBJECT, object);
}

static DexFuture *
call_fiber (gpointer data)
{
  Call    *call = data;
  gint64   deadline;
  guint    wait_ms = WAIT_FIRST_MS;
  gboolean renewed = FALSE;

  if (call->turn != NULL)
    dex_await (g_steal_pointer (&call->turn), NULL);

  deadline = g_get_monotonic_time () + (gint64)call->deadline_ms * 1000;
  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      guint retry_after_s;

      bytes = attempt (call, &retry_after_s, &error);
      if (bytes != NULL)
        return answer (call, bytes);

      if (g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_UNAUTHORIZED) && !renewed && !call->without_token)
        {
          renewed = TRUE;
          lia_api_forget_token (call->api);
          continue;
        }

      if (!is_unanswered (error) && !g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_RATE_LIMITED))
        return dex_future_new_for_error (g_steal_pointer (&error));

      wait_ms = MAX (wait_ms, retry_after_s * 1000);
      if (g_get_monotonic_time () + (gint64)wait_ms * 1000 >= deadline)
        return dex_future_new_for_error (g_steal_pointer (&error));

      g_clear_error (&error);
      dex_await (until_dropped (call, dex_timeout_new_msec ((int)wait_ms)), &error);
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return dex_future_new_for_error (g_steal_pointer (&error));
      wait_ms = MIN (wait_ms * 2, WAIT_MOST_MS);
    }
}

static DexFuture *
call_start (Call *call)
{
  return lia_spawn (call_fiber, call, (GDestroyNotify)call_free);
}

/* The call is given up when the future is dropped. */
static DexFuture *
call_start_cancellable (Call *call)
{
  return lia_spawn_cancellable (call_fiber, call, (GDestroyNotify)call_free, &call->dropped);
}

static DexFuture *
sign_in_fiber (gpointer data)
{
  LiaApi *self = data;
  g_autoptr (JsonObject) body = json_object_new ();
  g_autoptr (JsonObject) reply = NULL;
  g_autoptr (GError) error = NULL;
  const char *token;
  Call       *call = call_new (self, "POST", "/v1/auth/local");

  if (self->secret != NULL)
    json_object_set_string_member (body, "secret", self->secret);
  call_set_json (call, body);
  call->without_token = TRUE;

  reply = dex_await_boxed (call_start (call), &error);
  if (reply == NULL || !lia_json_str (reply, "token", LIA_JSON_REQUIRED, 1024, &token, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  g_set_str (&self->token, token);

  return dex_future_new_true ();
}

static DexFuture *
sign_in (LiaApi *self)
{
  if (self->token != NULL)
    return dex_future_new_true ();

  if (self->signing_in == NULL || !dex_future_is_pending (self->signing_in))
    {
      dex_clear (&self->signing_in);
      self->signing_in = lia_spawn (sign_in_fiber, g_object_ref (self), g_object_unref);
    }

  return dex_ref (self->signing_in);
}

static void
lia_api_dispose (GObject *object)
{
  LiaApi *self = LIA_API (object);

  dex_clear (&self->signing_in);
  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lia_api_parent_class)->dispose (object);
}

static void
lia_api_finalize (GObject *object)
{
  LiaApi *self = LIA_API (object);

  g_hash_table_unref (self->lanes);
  g_free (self->secret);
  g_free (self->token);

  G_OBJECT_CLASS (lia_api_parent_class)->finalize (object);
}

static void
lia_api_class_init (LiaApiClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lia_api_dispose;
  object_class->finalize = lia_api_finalize;
}

static void
lia_api_init (LiaApi *self)
{
  self->lanes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, dex_unref);
}

/**
 * lia_api_new:
 * @address: the engine's socket
 * @secret: (nullable): for an engine on loopback, see POST /v1/auth/local
 */
LiaApi *
lia_api_new (GSocketConnectable *address,
             const char         *secret)
{
  LiaApi *self = g_object_new (LIA_TYPE_API, NULL);

  self->secret = g_strdup (secret);
  self->session = soup_session_new_with_options ("remote-connectable", address,
                                                 "max-conns", LIA_API_CONNECTIONS,
                                                 "max-conns-per-host", LIA_API_CONNECTIONS,
                                                 "user-agent", "liaison/" LIA_VERSION,
                                                 "proxy-resolver", NULL,
                                                 "timeout", 0,
                                                 NULL);

  return self;
}

/** lia_api_forget_token: the next call signs in again. */
void
lia_api_forget_token (LiaApi *self)
{
  g_clear_pointer (&self->token, g_free);
}

/** lia_api_get: reads an object. Rejects with %LIA_PROBLEM, or with %G_IO_ERROR when there was no answer in time. */
DexFuture *
lia_api_get (LiaApi     *self,
             const char *path)
{
  Call *call = call_new (self, "GET", path);

  call->deadline_ms = READ_DEADLINE_MS;

  return call_start_cancellable (call);
}

/** lia_api_get_bytes: reads what is not JSON. */
DexFuture *
lia_api_get_bytes (LiaApi     *self,
                   const char *path)
{
  Call *call = call_new (self, "GET", path);

  call->json = FALSE;
  call->timeout_ms = BLOB_TIMEOUT_MS;
  call->deadline_ms = READ_DEADLINE_MS;

  return call_start_cancellable (call);
}

/** lia_api_ask: a POST that may take long and is not repeated. */
DexFuture *
lia_api_ask (LiaApi     *self,
             const char *path,
             JsonObject *body)
{
  Call *call = call_new (self, "POST", path);

  call_set_json (call, body);
  call->timeout_ms = ASK_TIMEOUT_MS;

  return call_start_cancellable (call);
}

/** lia_api_put_blob: keeps @bytes in the engine. A repeat gives the same blob, so it may be repeated. */
DexFuture *
lia_api_put_blob (LiaApi     *self,
                  GBytes     *bytes,
                  const char *name,
                  const char *type)
{
  Call *call = call_new (self, "PUT", "/v1/blobs");

  call->body = g_bytes_ref (bytes);
  call->type = g_strdup (type != NULL ? type : "application/octet-stream");
  call->file_name = g_strdup (name);
  call->timeout_ms = BLOB_TIMEOUT_MS;
  call->deadline_ms = COMMAND_DEADLINE_MS;

  return call_start_cancellable (call);
}

static DexFuture *
take_answer_cb (DexFuture *future,
                gpointer   data)
{
  JsonObject *reply = g_value_get_boxed (dex_future_get_value (future, NULL));
  JsonObject *d = NULL;
  g_autoptr (GError) error = NULL;

  if (!lia_json_obj (reply, "d", LIA_JSON_OPTIONAL, &d, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (JSON_TYPE_OBJECT, d != NULL ? json_object_ref (d) : json_object_new ());
}

typedef struct
{
  LiaApi     *api;
  char       *lane;
  DexPromise *promise;
} Command;

static void
command_free (gpointer data)
{
  Command *command = data;

  g_clear_object (&command->api);
  g_free (command->lane);
  dex_clear (&command->promise);
  g_free (command);
}

static DexFuture *
forward_cb (DexFuture *future,
            gpointer   data)
{
  Command      *command = data;
  GError       *error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (g_hash_table_lookup (command->api->lanes, command->lane) == command->promise)
    g_hash_table_remove (command->api->lanes, command->lane);

  if (value != NULL)
    dex_promise_resolve (command->promise, value);
  else
    dex_promise_reject (command->promise, error);

  return NULL;
}

static DexFuture *
command (LiaApi     *self,
         const char *lane,
         JsonObject *body,
         guint       deadline_ms)
{
  Call      *call = call_new (self, "POST", "/v1/commands");
  Command   *waiting = g_new0 (Command, 1);
  DexFuture *before = g_hash_table_lookup (self->lanes, lane);
  DexFuture *answered;

  call_set_json (call, body);
  call->deadline_ms = deadline_ms;
  call->turn = before != NULL ? dex_ref (before) : NULL;

  waiting->api = g_object_ref (self);
  waiting->lane = g_strdup (lane);
  waiting->promise = dex_promise_new ();
  g_hash_table_insert (self->lanes, g_strdup (lane), dex_ref (waiting->promise));

  answered = dex_ref (DEX_FUTURE (waiting->promise));
  dex_future_disown (dex_future_finally (dex_future_then (call_start (call), take_answer_cb, NULL, NULL), forward_cb, waiting, command_free));

  return answered;
}

/**
 * lia_api_command:
 * @lane: commands of one lane reach the engine in the order in which they were given, so that a draft that is being saved does not come
 *   after the message that was sent from it
 * @body: as lia_command_encode() makes it; its key makes a repeat harmless
 *
 * Asks for something to be done. It is tried until there is an answer, for a minute at most from when its turn comes.
 */
DexFuture *
lia_api_command (LiaApi     *self,
                 const char *lane,
                 JsonObject *body)
{
  return command (self, lane, body, COMMAND_DEADLINE_MS);
}

/**
 * lia_api_command_now:
 *
 * The same for what is of no use later, as putting a call on hold: it is tried for some seconds only.
 */
DexFuture *
lia_api_command_now (LiaApi     *self,
                     const char *lane,
                     JsonObject *body)
{
  return command (self, lane, body, NOW_DEADLINE_MS);
}

typedef struct
{
  LiaApi    *api;
  DexFuture *dropped; /* rejects when nobody waits any more */
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_clear_object (&opening->api);
  dex_clear (&opening->dropped);
  g_free (opening);
}

static DexFuture *
open_stream_fiber (gpointer data)
{
  Opening *opening = data;
  LiaApi  *self = opening->api;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bearer = NULL;
  gpointer         connection;

  if (!dex_await (lia_until (sign_in (self), opening->dropped), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  message = soup_message_new ("GET", BASE "/v1/stream");
  bearer = g_strconcat ("Bearer ", self->token, NULL);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);

  connection = dex_await_object (lia_until (lia_with_timeout (lia_soup_connect_websocket (self->session, message, LIA_STREAM_PROTOCOL), ATTEMPT_TIMEOUT_MS),
                                            opening->dropped),
                                 &error);
  if (connection == NULL)
    {
      if (soup_message_get_status (message) == SOUP_STATUS_UNAUTHORIZED)
        lia_api_forget_token (self);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return dex_future_new_take_object (connection);
}

/** lia_api_open_stream: GET /v1/stream, once. Dropping the future gives it up. */
DexFuture *
lia_api_open_stream (LiaApi *self)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->api = g_object_ref (self);

  return lia_spawn_cancellable (open_stream_fiber, opening, opening_free, &opening->dropped);
}
