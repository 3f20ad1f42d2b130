/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The calls that visitors make where they have no WebSocket, and the one that begins it all: API.md, “The chat of web sites”. */

#include "lia-chat-calls.h"

#include "lia-async.h"
#include "lia-auth.h"
#include "lia-chat-asked.h"
#include "lia-chat-codec.h"
#include "lia-chat-files.h"
#include "lia-chat-hub-private.h"
#include "lia-chat-widget.h"
#include "lia-json-text.h"
#include "lia-phone-hub.h"
#include "lia-time.h"

#define MAX_WAIT_S 25
#define MAX_WAITING 8 /* windows of one visitor; each holds a connection */
#define MAX_LOCALE 35
#define MAX_NAME 200
#define MAX_EMAIL 254
#define MAX_JWT 4096
#define TOKEN_PREFIX "lia_v_"

static gboolean
forbid (GError **error)
{
  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_FORBIDDEN, "This page is none of the site's.");
  return FALSE;
}

/** lia_chat_calls_await_visitor: (transfer full) (nullable): who calls, by the token in the header. In a fiber. */
LiaChatVisitor *
lia_chat_calls_await_visitor (LiaChatHub  *hub,
                              LiaHttpCall *call,
                              const char  *origin,
                              GError     **error)
{
  const char *authorization = soup_message_headers_get_one (soup_server_message_get_request_headers (call->message), "Authorization");
  g_autoptr (LiaChatVisitor) visitor = NULL;
  LiaChatPlace *place;

  if (authorization == NULL || !g_str_has_prefix (authorization, "Bearer "))
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_UNAUTHORIZED, "This call needs a token.");
      return NULL;
    }
  visitor = lia_chat_hub_await_visitor (hub, authorization + 7, error);
  if (visitor == NULL)
    return NULL;
  place = lia_chat_hub_get_place (hub, visitor->channel_id);
  if (place == NULL || (origin != NULL && !lia_chat_place_has_origin (place, origin)))
    {
      forbid (error);
      return NULL;
    }

  return g_steal_pointer (&visitor);
}

/* POST /chat/v1/session ------------------------------------------------------------------------------------------------------------------- */

/* What a page says about who opens it. Texts belong to the body. */
typedef struct
{
  const char *site;
  const char *token;
  const char *jwt;
  const char *locale;
  const char *name;
  const char *email;
} Asked;

static gboolean
read_asked (JsonObject *body,
            Asked      *asked,
            GError    **error)
{
  return lia_json_str (body, "site", LIA_JSON_REQUIRED, 64, &asked->site, error) &&
         lia_json_str (body, "token", LIA_JSON_OPTIONAL, 128, &asked->token, error) &&
         lia_json_str (body, "jwt", LIA_JSON_OPTIONAL, MAX_JWT, &asked->jwt, error) &&
         lia_json_str (body, "locale", LIA_JSON_OPTIONAL, MAX_LOCALE, &asked->locale, error) &&
         lia_json_str (body, "name", LIA_JSON_OPTIONAL, MAX_NAME, &asked->name, error) &&
         lia_json_str (body, "email", LIA_JSON_OPTIONAL, MAX_EMAIL, &asked->email, error);
}

/* The one whose token it still is; NULL without @error where a new one is to be made. */
static LiaChatVisitor *
await_known (LiaChatHub   *hub,
             LiaChatPlace *place,
             const Asked  *asked,
             GError      **error)
{
  g_autoptr (GError) failure = NULL;
  LiaChatVisitor *visitor;

  if (asked->token == NULL || asked->jwt != NULL)
    return NULL;
  visitor = lia_chat_hub_await_visitor (hub, asked->token, &failure);
  if (visitor != NULL && visitor->channel_id == place->channel_id)
    return visitor;
  g_clear_pointer (&visitor, lia_chat_visitor_unref);
  if (failure != NULL && !g_error_matches (failure, LIA_PROBLEM, LIA_PROBLEM_UNAUTHORIZED))
    g_propagate_error (error, g_steal_pointer (&failure));

  return NULL;
}

static LiaChatVisitor *
new_visitor (LiaChatPlace *place,
             const Asked  *asked,
             GError      **error)
{
  g_autoptr (LiaChatIdentity) identity = NULL;

  if (asked->jwt == NULL)
    return lia_chat_visitor_new (place->channel_id, place->site->key, asked->name, asked->email, asked->locale);
  identity = lia_chat_place_believe (place, asked->jwt, lia_time_now (), error);

  return identity != NULL ? lia_chat_visitor_new_verified (place->channel_id, place->site->key, identity, asked->locale) : NULL;
}

static char *
await_token (LiaChatHub     *hub,
             LiaChatVisitor *visitor,
             GError        **error)
{
  g_autofree char *token = lia_auth_random_token (TOKEN_PREFIX);
  LiaChatSignIn   *sign_in = lia_chat_sign_in_new (visitor, token);

  return dex_await (lia_store_write (lia_chat_hub_get_store (hub), lia_chat_sign_in_write, sign_in, lia_chat_sign_in_free, NULL), error)
             ? g_steal_pointer (&token)
             : NULL;
}

static JsonArray *
words (char **list)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; list[i] != NULL; i++)
    json_array_add_string_element (array, list[i]);

  return array;
}

static void
answer_session (LiaHttpCall        *call,
                LiaChatSite        *site,
                const char         *token,
                LiaChatVisitor     *visitor,
                const LiaChatState *state,
                gboolean            phone)
{
  JsonObject *answer = json_object_new ();

  json_object_set_string_member (answer, "token", token);
  json_object_set_boolean_member (answer, "verified", visitor->verified);
  json_object_set_string_member (answer, "state", state->state);
  json_object_set_int_member (answer, "seq", state->last_n);
  json_object_set_string_member (answer, "availability", state->available ? "online" : "away");
  if (state->opens_ms > 0)
    lia_json_set_time (answer, "opens_at", state->opens_ms);
  json_object_set_string_member (answer, "name", site->name);
  json_object_set_string_member (answer, "color", site->color);
  json_object_set_string_member (answer, "greeting", site->greeting);
  json_object_set_array_member (answer, "languages", words (site->languages));
  json_object_set_array_member (answer, "prechat", words (site->prechat));
  json_object_set_boolean_member (answer, "page_trail", site->page_trail);
  json_object_set_boolean_member (answer, "self_service", site->self_service);
  json_object_set_boolean_member (answer, "phone", phone);
  json_object_set_int_member (answer, "max_file", LIA_CHAT_MAX_FILE);
  lia_http_answer_object (call, SOUP_STATUS_OK, answer);
}

static gboolean
post_session (LiaChatHub  *hub,
              LiaHttpCall *call,
              const char  *host,
              const char  *origin,
              GError     **error)
{
  g_autoptr (JsonObject) body = lia_http_body (call, error);
  g_autoptr (LiaChatVisitor) visitor = NULL;
  g_autofree LiaChatState *state = NULL;
  g_autofree char         *token = NULL;
  g_autoptr (LiaChatSite) site = NULL;
  g_autoptr (GError) failure = NULL;
  LiaChatPlace *place;
  Asked         asked;

  if (body == NULL || !read_asked (body, &asked, error))
    return FALSE;
  place = lia_chat_hub_find_place (hub, asked.site);
  if (place == NULL || (origin != NULL && !lia_chat_place_has_origin (place, origin)))
    return forbid (error);
  site = g_object_ref (place->site);

  visitor = await_known (hub, place, &asked, &failure);
  if (visitor != NULL)
    token = g_strdup (asked.token);
  else if (failure == NULL && lia_chat_hub_take (hub, LIA_CHAT_LIMIT_SESSION, host, &failure) && (place = lia_chat_hub_find_place (hub, asked.site)) != NULL)
    visitor = new_visitor (place, &asked, &failure);
  if (visitor != NULL && token == NULL)
    token = await_token (hub, visitor, &failure);
  if (token != NULL)
    state = lia_chat_state_await (lia_chat_hub_get_lines (hub), visitor, &failure);
  if (state != NULL)
    answer_session (call, site, token, visitor, state, lia_phone_hub_get_pbx (lia_engine_get_phone (lia_chat_hub_get_engine (hub)), NULL) != NULL);
  else if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    forbid (error);

  return state != NULL;
}

/* Without a WebSocket -------------------------------------------------------------------------------------------------------------------- */

static gboolean
post_message (LiaChatHub  *hub,
              LiaHttpCall *call,
              const char  *host,
              const char  *origin,
              GError     **error)
{
  g_autoptr (JsonObject) body = lia_http_body (call, error);
  g_autoptr (LiaChatVisitor) visitor = NULL;
  g_autofree LiaChatPosted *posted = NULL;
  const char               *cid;
  const char               *text;

  if (body == NULL || !lia_chat_message_read (body, &cid, &text, error))
    return FALSE;
  visitor = lia_chat_calls_await_visitor (hub, call, origin, error);
  if (visitor == NULL)
    return FALSE;
  posted = lia_store_await (lia_chat_hub_post (hub, visitor, host, cid, text), error);
  if (posted == NULL)
    return FALSE;
  lia_chat_hub_posted (hub, visitor, host, posted);
  lia_http_answer_text (call, SOUP_STATUS_OK, lia_chat_write_ack (cid, posted->n));

  return TRUE;
}

/* Nobody is there, or she does not want to wait. */
static gboolean
leave_message (LiaChatHub  *hub,
               LiaHttpCall *call,
               const char  *host,
               const char  *origin,
               GError     **error)
{
  g_autoptr (JsonObject) body = lia_http_body (call, error);
  g_autoptr (LiaChatVisitor) visitor = NULL;
  g_autofree LiaChatPosted *posted = NULL;
  LiaChatLeft               left;

  if (body == NULL || !lia_chat_left_read (&left, body, error))
    return FALSE;
  visitor = lia_chat_calls_await_visitor (hub, call, origin, error);
  if (visitor == NULL)
    return FALSE;
  posted = lia_store_await (lia_chat_hub_leave (hub, visitor, host, &left), error);
  if (posted == NULL)
    return FALSE;
  lia_chat_hub_posted (hub, visitor, host, posted);
  lia_http_answer_text (call, SOUP_STATUS_OK, lia_chat_write_left (left.cid, posted->n, posted->answer_by_ms));

  return TRUE;
}

static LiaChatPage *
await_page (LiaChatHub     *hub,
            LiaChatVisitor *visitor,
            gint64          n,
            GError        **error)
{
  LiaChatSince *since = lia_chat_since_new (visitor->visitor, n);

  return lia_store_await (lia_store_read (lia_chat_hub_get_store (hub), lia_chat_page_read, since, lia_chat_since_free, lia_chat_page_free), error);
}

/* The room is there before the store is read, so that nothing that comes meanwhile is missed. */
static LiaChatPage *
await_news (LiaChatHub     *hub,
            LiaChatVisitor *visitor,
            gint64          n,
            guint           wait_s,
            GError        **error)
{
  g_autoptr (LiaChatRoom) room = lia_chat_room_ref (lia_chat_hub_open_room (hub, visitor));
  DexFuture   *news;
  LiaChatPage *page;

  if (lia_chat_room_get_n_waiting (room) >= MAX_WAITING)
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_RATE_LIMITED, "Too many of your windows wait already.");
      return NULL;
    }
  news = lia_chat_room_wait (room);
  page = await_page (hub, visitor, n, error);
  if (page != NULL && page->events->len == 0 && wait_s > 0)
    {
      g_clear_pointer (&page, lia_chat_page_free);
      dex_await (lia_with_timeout (g_steal_pointer (&news), wait_s * 1000), NULL);
      page = await_page (hub, visitor, n, error);
    }
  dex_clear (&news);
  lia_chat_room_wait_done (room);

  return page;
}

static gboolean
get_events (LiaChatHub  *hub,
            LiaHttpCall *call,
            const char  *host,
            const char  *origin,
            GError     **error)
{
  g_autoptr (LiaChatVisitor) visitor = NULL;
  g_autoptr (LiaChatPage) page = NULL;
  g_autofree LiaChatState *state = NULL;
  guint64                  since = 0;
  guint64                  wait_s = 0;

  if (!lia_http_query_number (call, "since", 0, G_MAXINT64, &since, error) || !lia_http_query_number (call, "wait", 0, MAX_WAIT_S, &wait_s, error))
    return FALSE;
  visitor = lia_chat_calls_await_visitor (hub, call, origin, error);
  if (visitor == NULL)
    return FALSE;
  page = await_news (hub, visitor, (gint64)since, (guint)wait_s, error);
  state = page != NULL ? lia_chat_state_await (lia_chat_hub_get_lines (hub), visitor, error) : NULL;
  if (state == NULL)
    return FALSE;
  lia_http_answer_text (call, SOUP_STATUS_OK, lia_chat_write_poll (page, state));

  return TRUE;
}

static const LiaChatRoute routes[] = {
  { "POST", "/chat/v1/session", post_session },
  { "POST", "/chat/v1/messages", post_message },
  { "POST", "/chat/v1/leave-message", leave_message },
  { "POST", "/chat/v1/code", lia_chat_asked_code },
  { "POST", "/chat/v1/callback", lia_chat_asked_call },
  { "POST", "/chat/v1/call-offer", lia_chat_asked_offer },
  { "POST", "/chat/v1/rating", lia_chat_asked_rating },
  { "POST", "/chat/v1/transcript", lia_chat_asked_transcript },
  { "GET", "/chat/v1/answers", lia_chat_answers_get },
  { "POST", "/chat/v1/answers", lia_chat_answers_told },
  { "GET", "/chat/v1/events", get_events },
  { "POST", LIA_CHAT_FILES_PATH, lia_chat_files_post, TRUE },
  { "GET", LIA_CHAT_FILES_PATH "/", lia_chat_files_get },
  { "GET", LIA_CHAT_SOCKET_PATH, NULL },
  { "GET", "/chat/widget/loader.js", lia_chat_widget_get_loader },
  { "GET", "/chat/widget/frame", lia_chat_widget_get_frame },
  { "GET", "/chat/widget/files/", lia_chat_widget_get_file },
};

const LiaChatRoute *
lia_chat_routes (gsize *n_routes)
{
  *n_routes = G_N_ELEMENTS (routes);
  return routes;
}

static gboolean
fits (const char *pattern,
      const char *path)
{
  return g_str_has_suffix (pattern, "/") ? g_str_has_prefix (path, pattern) : g_str_equal (pattern, path);
}

const LiaChatRoute *
lia_chat_route_find (const char *method,
                     const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (fits (routes[i].path, path) && g_str_equal (routes[i].method, method))
      return &routes[i];

  return NULL;
}
