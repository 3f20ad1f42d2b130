/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a finding would leave for a tracker. */

#include "lia-http-resources.h"

#include "lia-push-files.h"
#include "lia-push-wish.h"
#include "lia-wire.h"

static gboolean
make_preview (LiaDb    *db,
              gpointer  data,
              gpointer *result,
              GError  **error)
{
  g_autoptr (LiaPushPreview) preview = lia_push_text_make (db, data, error);
  g_autoptr (JsonObject) object = preview != NULL ? lia_wire_encode_push_preview (preview) : NULL;

  if (object == NULL)
    return FALSE;
  *result = lia_json_to_text (object);

  return TRUE;
}

/** lia_http_post_preview: changes nothing. */
gboolean
lia_http_post_preview (LiaHttpCall *call,
                       GError     **error)
{
  g_autoptr (JsonObject) body = lia_http_body (call, error);
  g_auto (LiaPushWish) wish = { 0 };

  return body != NULL && lia_http_argument_id (call, 0, "f", &wish.finding_id, error) && lia_push_wish_read (&wish, body, error) &&
         (wish.sent_files = lia_push_files_clean (lia_engine_get_store (call->engine), wish.files, error)) != NULL &&
         lia_http_answer_read (call, make_preview, &wish, error);
}
