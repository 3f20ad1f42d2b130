/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What visitors ask for beside writing: a code to read out on the telephone. */

#include "lia-chat-asked.h"

#include "lia-chat-calls.h"
#include "lia-chat-hub-private.h"
#include "lia-json.h"

#define MAX_URL 2000
#define MAX_TITLE 300

static void
answer_code (LiaHttpCall       *call,
             const LiaChatCode *code,
             gint64             now_ms)
{
  JsonObject *answer = json_object_new ();

  json_object_set_string_member (answer, "code", code->text);
  json_object_set_int_member (answer, "good_s", (code->until_ms - now_ms) / 1000);
  lia_http_answer_object (call, SOUP_STATUS_OK, answer);
}

/** lia_chat_asked_code: POST /chat/v1/code: the same while it is good; each time with the page that she is on now. */
gboolean
lia_chat_asked_code (LiaChatHub  *hub,
                     LiaHttpCall *call,
                     const char  *host,
                     const char  *origin,
                     GError     **error)
{
  g_autoptr (JsonObject) body = lia_http_body (call, error);
  g_autoptr (LiaChatVisitor) visitor = NULL;
  gint64             now_ms = g_get_monotonic_time () / 1000;
  g_autofree char   *clean = NULL;
  const char        *url;
  const char        *title;
  LiaChatPlace      *place;
  const LiaChatCode *code;

  if (body == NULL || !lia_json_str (body, "url", LIA_JSON_OPTIONAL, MAX_URL, &url, error) ||
      !lia_json_str (body, "title", LIA_JSON_OPTIONAL, MAX_TITLE, &title, error) ||
      (visitor = lia_chat_calls_await_visitor (hub, call, origin, error)) == NULL ||
      !lia_chat_hub_take (hub, LIA_CHAT_LIMIT_CODE, visitor->visitor, error) || !lia_chat_hub_take (hub, LIA_CHAT_LIMIT_CODE_HOST, host, error))
    return FALSE;
  place = lia_chat_hub_get_place (hub, visitor->channel_id);
  clean = lia_chat_place_dup_page (place, url);
  code = lia_chat_codes_give (lia_chat_hub_get_codes (hub), visitor, clean, title != NULL ? title : "", now_ms);
  if (code == NULL)
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_RATE_LIMITED, "Too many codes are shown at this moment.");
      return FALSE;
    }
  answer_code (call, code, now_ms);

  return TRUE;
}
