/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing in where both sides are on one machine: the kernel says who the peer is, or the peer can read our output. */

#include "lia-http-resources.h"

#include "lia-auth.h"
#include "lia-wire.h"
#include "lia-workspace.h"

#include <sys/socket.h>
#include <unistd.h>

static gboolean
is_own_user (GSocket *socket)
{
  struct ucred peer;
  socklen_t    size = sizeof peer;

  /* Not by GCredentials, which wants a process number: one in another sandbox of the same user has none here. */
  return getsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == getuid ();
}

static gboolean
knows_secret (LiaHttpCall *call)
{
  g_autoptr (JsonObject) body = lia_http_body (call, NULL);
  const char *secret = NULL;

  return body != NULL &&
         lia_json_str (body, "secret", LIA_JSON_REQUIRED, 128, &secret, NULL) &&
         lia_auth_check_secret (lia_engine_get_auth (call->engine), secret);
}

static gboolean
may_sign_in (LiaHttpCall *call)
{
  GSocket *socket = soup_server_message_get_socket (call->message);

  if (socket == NULL)
    return FALSE;
  if (g_socket_get_family (socket) == G_SOCKET_FAMILY_UNIX)
    return is_own_user (socket);
  return knows_secret (call);
}

static gboolean
read_first_agent (LiaDb    *db,
                  gpointer  data,
                  gpointer *result,
                  GError  **error)
{
  gint64   *id = data;
  LiaAgent *agent;

  *id = lia_workspace_first_agent (db, error);
  agent = *id != 0 ? lia_workspace_agent (db, *id, error) : NULL;
  *result = agent;
  return agent != NULL;
}

gboolean
lia_http_post_auth_local (LiaHttpCall *call,
                          GError     **error)
{
  LiaAuth *auth = lia_engine_get_auth (call->engine);
  g_autoptr (LiaAgent) agent = NULL;
  g_autofree char *token = NULL;
  JsonObject      *answer;
  gint64           agent_id = 0;

  if (!may_sign_in (call))
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_UNAUTHORIZED, "Only the user who runs the engine can sign in here.");
      return FALSE;
    }

  agent = lia_store_await (lia_store_read (lia_engine_get_store (call->engine), read_first_agent, &agent_id, NULL, g_object_unref), error);
  if (agent == NULL)
    return FALSE;
  token = dex_await_string (lia_auth_issue (auth, agent_id), error);
  if (token == NULL)
    return FALSE;

  answer = json_object_new ();
  json_object_set_string_member (answer, "token", token);
  json_object_set_object_member (answer, "agent", lia_wire_encode_agent (agent));
  lia_http_answer_object (call, SOUP_STATUS_OK, answer);
  return TRUE;
}

gboolean
lia_http_delete_auth (LiaHttpCall *call,
                      GError     **error)
{
  if (!dex_await (lia_auth_revoke (lia_engine_get_auth (call->engine), call->token), error))
    return FALSE;

  soup_server_message_set_status (call->message, SOUP_STATUS_NO_CONTENT, NULL);
  return TRUE;
}
