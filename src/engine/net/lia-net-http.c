/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-net-http.h"

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (DexPromise) promise = data;
  GError       *error = NULL;
  GInputStream *stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);

  if (stream != NULL)
    dex_promise_resolve_object (promise, stream);
  else
    dex_promise_reject (promise, error);
}

/** lia_net_send: resolves to the GInputStream of the answer's body when its head has come, whatever its status. Dropping it cancels the request. */
DexFuture *
lia_net_send (SoupSession *session,
              SoupMessage *message)
{
  DexPromise *promise = dex_promise_new_cancellable ();

  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, dex_promise_get_cancellable (promise), sent_cb, dex_ref (promise));

  return DEX_FUTURE (promise);
}
