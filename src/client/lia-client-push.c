/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-client-push.h"

#include "lia-client-private.h"
#include "lia-replies.h"
#include "lia-value-page.h"

/* Of a preview, what a person has decided; what the engine makes of it is not sent back. */
static JsonObject *
encode_wish (LiaPushPreview *wish)
{
  static const char *const made_there[] = { "finding", "sent_title", "sent_text", "public", "redactions", "offered", "sent_files" };
  static const char *const may_be_empty[] = { "title", "source", "marker", "hash", "question" };
  const char *const        values[] = { wish->title, wish->source, wish->marker, wish->hash, wish->question };
  JsonObject              *object = lia_wire_encode_push_preview (wish);

  for (guint i = 0; i < G_N_ELEMENTS (made_there); i++)
    json_object_remove_member (object, made_there[i]);
  for (guint i = 0; i < G_N_ELEMENTS (may_be_empty); i++)
    if (*values[i] == '\0')
      json_object_remove_member (object, may_be_empty[i]);

  return object;
}

static DexFuture *
read_preview_cb (DexFuture *future,
                 gpointer   data)
{
  GError         *error = NULL;
  LiaPushPreview *preview = lia_wire_decode_push_preview (lia_client_get_reply (future), &error);

  return preview != NULL ? dex_future_new_take_object (preview) : dex_future_new_for_error (error);
}

/**
 * lia_client_preview_push:
 * @wish: its `finding` and `tracker`; and, from a preview before, its `marker`, `keep` and `hide`, with `title` and `source` as they were edited ("" = as the
 *   tracker's form makes them)
 *
 * What would leave. Nothing is sent. %LIA_PROBLEM_NOT_FOUND, %LIA_PROBLEM_VALIDATION.
 */
DexFuture *
lia_client_preview_push (LiaClient      *self,
                         LiaPushPreview *wish)
{
  g_autoptr (GString) path = NULL;
  g_autoptr (JsonObject) body = NULL;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_PUSH_PREVIEW (wish));

  path = g_string_new ("/v1/findings/");
  g_string_append_uri_escaped (path, wish->finding, NULL, FALSE);
  g_string_append (path, "/preview");
  body = encode_wish (wish);

  return dex_future_then (lia_api_ask (lia_client_get_api (self), path->str, body), read_preview_cb, NULL, NULL);
}

/** lia_client_push_finding: files exactly what @preview shows, once; %LIA_PROBLEM_VERSION_CONFLICT when that would be something else by now. */
DexFuture *
lia_client_push_finding (LiaClient      *self,
                         LiaPushPreview *preview)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_PUSH_PREVIEW (preview));

  d = encode_wish (preview);
  json_object_set_string_member (d, "finding", preview->finding);

  return dex_future_then (lia_client_command (self, NULL, "finding.push", NULL, 0, 0, FALSE, d), lia_client_to_string_cb, (gpointer) "push", NULL);
}

static DexFuture *
command_with (LiaClient  *self,
              const char *kind,
              const char *name,
              const char *value)
{
  return dex_future_then (lia_client_command (self, NULL, kind, NULL, 0, 0, FALSE, lia_client_with_text (name, value)), lia_client_to_true_cb, NULL, NULL);
}

/** lia_client_finish_question: @entry: what the engineers want to know; they need no answer any more, or have it. */
DexFuture *
lia_client_finish_question (LiaClient  *self,
                            const char *entry)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (entry != NULL);

  return command_with (self, "question.done", "question", entry);
}

/** lia_client_retry_push: what failed, or waits: now. */
DexFuture *
lia_client_retry_push (LiaClient  *self,
                       const char *push)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (push != NULL);

  return command_with (self, "push.retry", "push", push);
}

/** lia_client_cancel_push: %LIA_PROBLEM_VERSION_CONFLICT: it may have left already. */
DexFuture *
lia_client_cancel_push (LiaClient  *self,
                        const char *push)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (push != NULL);

  return command_with (self, "push.cancel", "push", push);
}

/**
 * lia_client_retract_push:
 *
 * What was filed is to be said no more: its words in the tracker are replaced, and it is closed. What becomes of that is in the ledger.
 * %LIA_PROBLEM_VERSION_CONFLICT: the tracker has no issue of it.
 */
DexFuture *
lia_client_retract_push (LiaClient  *self,
                         const char *push)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (push != NULL);

  return command_with (self, "push.retract", "push", push);
}

/** lia_client_link_finding: @key: of an issue that is there, as the tracker names it */
DexFuture *
lia_client_link_finding (LiaClient  *self,
                         const char *finding,
                         const char *tracker,
                         const char *key)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (finding != NULL && tracker != NULL && key != NULL);

  d = lia_client_with_text ("finding", finding);
  json_object_set_string_member (d, "tracker", tracker);
  json_object_set_string_member (d, "issue", key);

  return dex_future_then (lia_client_command (self, NULL, "finding.link", NULL, 0, 0, FALSE, d), lia_client_to_string_cb, (gpointer) "issue", NULL);
}

/** lia_client_unlink_finding: in the tracker nothing changes. */
DexFuture *
lia_client_unlink_finding (LiaClient  *self,
                           const char *finding,
                           const char *issue)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (finding != NULL && issue != NULL);

  d = lia_client_with_text ("finding", finding);
  json_object_set_string_member (d, "issue", issue);

  return dex_future_then (lia_client_command (self, NULL, "finding.unlink", NULL, 0, 0, FALSE, d), lia_client_to_true_cb, NULL, NULL);
}

/* Reading ---------------------------------------------------------------------------------------------------------------------------------- */

static DexFuture *
read_pushes_cb (DexFuture *future,
                gpointer   data)
{
  return lia_client_read_page (future, LIA_TYPE_PUSH, (LiaReplyDecode)lia_wire_decode_push);
}

static DexFuture *
read_issues_cb (DexFuture *future,
                gpointer   data)
{
  return lia_client_read_page (future, LIA_TYPE_ISSUE, (LiaReplyDecode)lia_wire_decode_issue);
}

static void
add_query (GString    *path,
           const char *name,
           const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (path, "%c%s=", strchr (path->str, '?') != NULL ? '&' : '?', name);
  g_string_append_uri_escaped (path, value, NULL, FALSE);
}

/**
 * lia_client_get_pushes:
 * @finding: (nullable): NULL = all of them
 * @before: (nullable): `next` of the page before
 *
 * What left for trackers, the newest first.
 */
DexFuture *
lia_client_get_pushes (LiaClient  *self,
                       const char *finding,
                       const char *before)
{
  g_autoptr (GString) path = g_string_new ("/v1/pushes");

  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  add_query (path, "finding", finding);
  add_query (path, "before", before);

  return dex_future_then (lia_api_get (lia_client_get_api (self), path->str), read_pushes_cb, NULL, NULL);
}

/** lia_client_get_issues: of what was said in @conversation, or by @customer; the other one is NULL. */
DexFuture *
lia_client_get_issues (LiaClient  *self,
                       const char *conversation,
                       const char *customer)
{
  g_autoptr (GString) path = g_string_new ("/v1/issues");

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (conversation != NULL || customer != NULL);

  add_query (path, "conversation", conversation);
  add_query (path, "customer", customer);

  return dex_future_then (lia_api_get (lia_client_get_api (self), path->str), read_issues_cb, NULL, NULL);
}

/** lia_client_search_issues: what the tracker itself finds. %LIA_PROBLEM_CHANNEL_DOWN with its reason. */
DexFuture *
lia_client_search_issues (LiaClient  *self,
                          const char *tracker,
                          const char *text)
{
  g_autoptr (GString) path = g_string_new ("/v1/trackers/");

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (tracker != NULL && text != NULL);

  g_string_append_uri_escaped (path, tracker, NULL, FALSE);
  g_string_append (path, "/issues");
  add_query (path, "q", text);

  return dex_future_then (lia_api_get (lia_client_get_api (self), path->str), read_issues_cb, NULL, NULL);
}
