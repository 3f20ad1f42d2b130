/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-client-notices.h"

#include "lia-client-private.h"
#include "lia-replies.h"
#include "lia-value-page.h"

static DexFuture *
read_notices_cb (DexFuture *future,
                 gpointer   data)
{
  return lia_client_read_page (future, LIA_TYPE_NOTICE, (LiaReplyDecode)lia_wire_decode_notice);
}

/**
 * lia_client_get_notices:
 * @state: "due", "snoozed", "sent", "skipped", "cancelled"
 * @finding: (nullable): of one alone
 * @after: (nullable): `next` of the page before
 *
 * Who is to be told, or was; the oldest first.
 */
DexFuture *
lia_client_get_notices (LiaClient  *self,
                        const char *state,
                        const char *finding,
                        const char *after)
{
  g_autoptr (GString) path = NULL;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (state != NULL);

  path = g_string_new (NULL);
  g_string_printf (path, "/v1/notices?limit=200&state=%s", state);
  if (finding != NULL)
    g_string_append_printf (path, "&finding=%s", finding);
  if (after != NULL)
    {
      g_string_append (path, "&after=");
      g_string_append_uri_escaped (path, after, NULL, FALSE);
    }

  return dex_future_then (lia_api_get (lia_client_get_api (self), path->str), read_notices_cb, NULL, NULL);
}

static DexFuture *
read_count_cb (DexFuture *future,
               gpointer   data)
{
  GError *error = NULL;
  gint64  due;

  if (!lia_json_int (lia_client_get_reply (future), "due", LIA_JSON_REQUIRED, 0, G_MAXINT64, &due, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_for_int64 (due);
}

/** lia_client_count_notices: how many are to be told now. */
DexFuture *
lia_client_count_notices (LiaClient *self)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  return dex_future_then (lia_api_get (lia_client_get_api (self), "/v1/notices?limit=1"), read_count_cb, NULL, NULL);
}

static DexFuture *
to_outbox_cb (DexFuture *future,
              gpointer   data)
{
  GError     *error = NULL;
  const char *outbox;

  if (!lia_json_str (lia_client_get_reply (future), "outbox", LIA_JSON_OPTIONAL, 256, &outbox, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_take_string (g_strdup (outbox));
}

/**
 * lia_client_send_notice:
 * @key: (nullable): of the command: the same, given again after a lost answer, tells once
 * @notice: with the texts that are to be sent
 * @anyway: also when they were told of something else just now
 * @many: one of many that go in one go, of which somebody has read and sent another one before
 *
 * Answers with what takes the mail back, NULL where nothing does. %LIA_PROBLEM_VERSION_CONFLICT: somebody else was faster, or @anyway is missing.
 */
DexFuture *
lia_client_send_notice (LiaClient   *self,
                        const char  *key,
                        LiaNotice   *notice,
                        LiaNoticeWay way,
                        gboolean     anyway,
                        gboolean     many)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_NOTICE (notice));

  d = lia_client_with_text ("notice", notice->id);
  json_object_set_string_member (d, "by", lia_notice_way_to_string (way));
  json_object_set_string_member (d, "subject", notice->subject);
  json_object_set_string_member (d, "body", notice->body);
  json_object_set_boolean_member (d, "anyway", anyway);
  json_object_set_boolean_member (d, "many", many);

  return dex_future_then (lia_client_command (self, key, "notice.send", NULL, 0, 0, FALSE, d), to_outbox_cb, NULL, NULL);
}

static DexFuture *
command (LiaClient  *self,
         const char *kind,
         JsonObject *d)
{
  return dex_future_then (lia_client_command (self, NULL, kind, NULL, 0, 0, FALSE, d), lia_client_to_true_cb, NULL, NULL);
}

/** lia_client_save_notice: its texts, as they were edited; empty ones: as they would be by themselves. */
DexFuture *
lia_client_save_notice (LiaClient *self,
                        LiaNotice *notice)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_NOTICE (notice));

  d = lia_client_with_text ("notice", notice->id);
  json_object_set_string_member (d, "subject", notice->subject);
  json_object_set_string_member (d, "body", notice->body);

  return command (self, "notice.save", d);
}

/** lia_client_skip_notice: this customer is not told. */
DexFuture *
lia_client_skip_notice (LiaClient  *self,
                        const char *notice,
                        const char *reason)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (notice != NULL && reason != NULL);

  d = lia_client_with_text ("notice", notice);
  json_object_set_string_member (d, "reason", reason);

  return command (self, "notice.skip", d);
}

/** lia_client_restore_notice: who was skipped is to be told after all. */
DexFuture *
lia_client_restore_notice (LiaClient  *self,
                           const char *notice)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (notice != NULL);

  return command (self, "notice.restore", lia_client_with_text ("notice", notice));
}

/** lia_client_snooze_notice: @until_ms: 0 = now after all */
DexFuture *
lia_client_snooze_notice (LiaClient  *self,
                          const char *notice,
                          gint64      until_ms)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (notice != NULL);

  d = lia_client_with_text ("notice", notice);
  lia_json_set_time (d, "until", until_ms);

  return command (self, "notice.snooze", d);
}
