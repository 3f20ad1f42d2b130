/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-http-resources.h"

#include "lia-phone-account.h"
#include "lia-wire.h"

/** lia_http_get_phone_account: the caller's own, never anybody else's. */
gboolean
lia_http_get_phone_account (LiaHttpCall *call,
                            GError     **error)
{
  DexFuture *loading = lia_phone_account_load (lia_engine_get_secrets (call->engine), call->agent_id);
  g_autoptr (LiaSoftphone) softphone = dex_await_object (loading, error);

  if (softphone == NULL)
    return FALSE;
  lia_http_answer_object (call, SOUP_STATUS_OK, lia_wire_encode_softphone (softphone));

  return TRUE;
}
