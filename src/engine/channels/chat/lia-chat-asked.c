/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What visitors ask for beside writing: a code to read out on the telephone, to be called, to say whether it helped, the talk as a mail. */

#include "lia-chat-asked.h"

#include "lia-chat-after.h"
#include "lia-chat-calls.h"
#include "lia-chat-codec.h"
#include "lia-chat-hub-private.h"
#include "lia-chat-voice.h"
#include "lia-async.h"
#include "lia-dial-rules.h"
#include "lia-json.h"
#include "lia-mail-hub.h"
#include "lia-phone-hub.h"
#include "lia-phone-number.h"

#define MAX_URL 2000
#define MAX_TITLE 300
#define MAX_REASON 1000
#define MAX_EMAIL 254
#define MAX_ZONE 64

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

/* Where any of us may call by the rules of the telephone system: strangers must not make us call what is dear. */
static char *
read_number (LiaChatHub *hub,
             const char *typed,
             GError    **error)
{
  LiaPbx          *pbx = lia_phone_hub_get_pbx (lia_engine_get_phone (lia_chat_hub_get_engine (hub)), NULL);
  g_autofree char *number = pbx != NULL ? lia_phone_number_parse (typed, pbx->country) : NULL;

  if (pbx == NULL)
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_CHANNEL_DOWN, "There is no telephone here.");
  else if (number == NULL)
    lia_problem_set_invalid (error, "/number", "value", "This is no telephone number");
  else if (lia_dial_rules_judge (pbx, "agent", number) != LIA_DIAL_ALLOWED)
    lia_problem_set_invalid (error, "/number", "not-called", "This number is not called from here");
  else
    return g_steal_pointer (&number);

  return NULL;
}

static gboolean
read_call (LiaChatHub  *hub,
           JsonObject  *body,
           LiaChatLeft *asked,
           char       **number,
           GError     **error)
{
  const char *typed;

  if (!lia_json_str (body, "cid", LIA_JSON_REQUIRED, 64, &asked->cid, error) || !lia_json_str (body, "number", LIA_JSON_REQUIRED, 64, &typed, error) ||
      !lia_json_str (body, "body", LIA_JSON_OPTIONAL, MAX_REASON, &asked->body, error))
    return FALSE;
  if (!lia_chat_is_cid (asked->cid))
    {
      lia_problem_set_invalid (error, "/cid", "value", "This is no name of a message");
      return FALSE;
    }
  *number = read_number (hub, typed, error);
  asked->number = *number;
  if (asked->body == NULL)
    asked->body = "";

  return *number != NULL;
}

static void
answer_call (LiaHttpCall         *call,
             const LiaChatLeft   *asked,
             const LiaChatPosted *posted)
{
  JsonObject *answer = json_object_new ();

  json_object_set_string_member (answer, "t", "ack");
  json_object_set_string_member (answer, "cid", asked->cid);
  json_object_set_int_member (answer, "seq", posted->n);
  json_object_set_string_member (answer, "number", asked->number);
  lia_json_set_time (answer, "call_by", posted->answer_by_ms);
  lia_http_answer_object (call, SOUP_STATUS_OK, answer);
}

/** lia_chat_asked_call: POST /chat/v1/callback: the work that a caller who was missed makes, too. */
gboolean
lia_chat_asked_call (LiaChatHub  *hub,
                     LiaHttpCall *call,
                     const char  *host,
                     const char  *origin,
                     GError     **error)
{
  g_autoptr (JsonObject) body = lia_http_body (call, error);
  g_autoptr (LiaChatVisitor) visitor = NULL;
  g_autofree char          *number = NULL;
  g_autofree LiaChatPosted *posted = NULL;
  LiaChatLeft               asked = { 0 };

  if (body == NULL || !read_call (hub, body, &asked, &number, error) || (visitor = lia_chat_calls_await_visitor (hub, call, origin, error)) == NULL ||
      !lia_chat_hub_take (hub, LIA_CHAT_LIMIT_CALL, visitor->visitor, error) || !lia_chat_hub_take (hub, LIA_CHAT_LIMIT_CALL_HOST, host, error))
    return FALSE;
  posted = lia_store_await (lia_chat_hub_leave (hub, visitor, host, &asked), error);
  if (posted == NULL)
    return FALSE;
  lia_chat_hub_posted (hub, visitor, host, posted);
  answer_call (call, &asked, posted);

  return TRUE;
}

/* Her number, or that she does not want to be called; a number counts as each call that is asked for. */
static gboolean
read_offered (LiaChatHub     *hub,
              JsonObject     *body,
              LiaChatVisitor *visitor,
              const char     *host,
              char          **number,
              GError        **error)
{
  const char *typed;

  if (!lia_json_str (body, "number", LIA_JSON_OPTIONAL, 64, &typed, error))
    return FALSE;
  if (typed == NULL)
    return lia_chat_hub_take (hub, LIA_CHAT_LIMIT_AFTER, visitor->visitor, error);
  *number = read_number (hub, typed, error);

  return *number != NULL && lia_chat_hub_take (hub, LIA_CHAT_LIMIT_CALL, visitor->visitor, error) &&
         lia_chat_hub_take (hub, LIA_CHAT_LIMIT_CALL_HOST, host, error);
}

/** lia_chat_asked_offer: POST /chat/v1/call-offer: what she says to a call that one of us has offered, once for each offer. */
gboolean
lia_chat_asked_offer (LiaChatHub  *hub,
                      LiaHttpCall *call,
                      const char  *host,
                      const char  *origin,
                      GError     **error)
{
  g_autoptr (JsonObject) body = lia_http_body (call, error);
  g_autoptr (LiaChatVisitor) visitor = NULL;
  g_autofree char   *number = NULL;
  g_autofree char   *cid = NULL;
  g_autofree gint64 *n = NULL;
  gint64             offer;

  if (body == NULL || !lia_json_int (body, "offer", LIA_JSON_REQUIRED, 1, G_MAXINT64, &offer, error) ||
      (visitor = lia_chat_calls_await_visitor (hub, call, origin, error)) == NULL || !read_offered (hub, body, visitor, host, &number, error))
    return FALSE;
  n = lia_store_await (lia_store_write (lia_chat_hub_get_store (hub), lia_chat_voice_answer_write, lia_chat_voice_answer_new (visitor, offer, number),
                                        lia_chat_voice_answer_free, g_free),
                       error);
  if (n == NULL)
    return FALSE;
  cid = g_strdup_printf (LIA_CHAT_VOICE_CID "%" G_GINT64_FORMAT, offer);
  lia_http_answer_text (call, SOUP_STATUS_OK, lia_chat_write_ack (cid, *n));

  return TRUE;
}

static gboolean
read_rating (JsonObject    *body,
             LiaChatRating *rating,
             GError       **error)
{
  static const char *const known[] = { "good", "fair", "bad", NULL };
  const char              *word;

  if (!lia_json_str (body, "rating", LIA_JSON_REQUIRED, 8, &word, error))
    return FALSE;
  rating->rating = g_strdup (word);
  if (!g_strv_contains (known, word))
    lia_problem_set_invalid (error, "/rating", "value", "Only “good”, “fair” and “bad” are possible");

  return g_strv_contains (known, word);
}

/** lia_chat_asked_rating: POST /chat/v1/rating: whether what we have closed has helped her. */
gboolean
lia_chat_asked_rating (LiaChatHub  *hub,
                       LiaHttpCall *call,
                       const char  *host,
                       const char  *origin,
                       GError     **error)
{
  g_autoptr (JsonObject) body = lia_http_body (call, error);
  LiaChatRating *rating;

  if (body == NULL)
    return FALSE;
  rating = g_new0 (LiaChatRating, 1);
  rating->visitor = lia_chat_calls_await_visitor (hub, call, origin, error);
  if (rating->visitor == NULL || !read_rating (body, rating, error) ||
      !lia_chat_hub_take (hub, LIA_CHAT_LIMIT_AFTER, rating->visitor->visitor, error))
    {
      lia_chat_rating_free (rating);
      return FALSE;
    }
  if (!dex_await (lia_store_write (lia_chat_hub_get_store (hub), lia_chat_rating_write, rating, lia_chat_rating_free, NULL), error))
    return FALSE;
  lia_http_answer_object (call, SOUP_STATUS_OK, json_object_new ());

  return TRUE;
}

static LiaChatTranscript *
new_transcript (LiaChatVisitor *visitor,
                const char     *cid,
                const char     *email,
                const char     *zone)
{
  LiaChatTranscript *self = g_new0 (LiaChatTranscript, 1);

  self->visitor = lia_chat_visitor_ref (visitor);
  self->cid = g_strdup (cid);
  self->address = g_strdup (email != NULL ? email : "");
  self->zone = g_strdup (zone != NULL ? zone : "");

  return self;
}

/** lia_chat_asked_transcript: POST /chat/v1/transcript: the talk as a mail, once for each name that she gives it. */
gboolean
lia_chat_asked_transcript (LiaChatHub  *hub,
                           LiaHttpCall *call,
                           const char  *host,
                           const char  *origin,
                           GError     **error)
{
  g_autoptr (JsonObject) body = lia_http_body (call, error);
  g_autoptr (LiaChatVisitor) visitor = NULL;
  g_autofree gint64 *n = NULL;
  const char        *cid;
  const char        *email;
  const char        *zone;

  if (body == NULL || !lia_chat_cid_read (body, &cid, error) || !lia_json_str (body, "email", LIA_JSON_OPTIONAL, MAX_EMAIL, &email, error) ||
      !lia_json_str (body, "zone", LIA_JSON_OPTIONAL, MAX_ZONE, &zone, error) ||
      (visitor = lia_chat_calls_await_visitor (hub, call, origin, error)) == NULL ||
      !lia_chat_hub_take (hub, LIA_CHAT_LIMIT_TALK, visitor->visitor, error) || !lia_chat_hub_take (hub, LIA_CHAT_LIMIT_TALK_HOST, host, error))
    return FALSE;
  n = lia_store_await (lia_store_write (lia_chat_hub_get_store (hub), lia_chat_transcript_write, new_transcript (visitor, cid, email, zone),
                                        lia_chat_transcript_free, g_free),
                       error);
  if (n == NULL)
    return FALSE;
  lia_mail_hub_wake_outbox (lia_engine_get_mail (lia_chat_hub_get_engine (hub)));
  lia_http_answer_text (call, SOUP_STATUS_OK, lia_chat_write_ack (cid, *n));

  return TRUE;
}
