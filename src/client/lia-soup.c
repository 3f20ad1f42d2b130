/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bridge between libsoup's callbacks and futures, in one place. */

#include "lia-soup.h"

static void
sent_cb (GObject      *session,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (DexPromise) promise = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read_finish (SOUP_SESSION (session), result, &error);

  if (bytes != NULL)
    dex_promise_resolve_boxed (promise, G_TYPE_BYTES, g_steal_pointer (&bytes));
  else
    dex_promise_reject (promise, g_steal_pointer (&error));
}

/**
 * lia_soup_send:
 *
 * Sends @message and reads the body, whatever the status is.
 *
 * Returns: (transfer full): a #GBytes; rejects with %G_IO_ERROR or %SOUP_SESSION_ERROR
 */
DexFuture *
lia_soup_send (SoupSession *session,
               SoupMessage *message)
{
  DexPromise *promise = dex_promise_new_cancellable ();

  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT,
                                    dex_promise_get_cancellable (promise), sent_cb, dex_ref (promise));

  return DEX_FUTURE (promise);
}

static void
connected_cb (GObject      *session,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (DexPromise) promise = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupWebsocketConnection) connection =
      soup_session_websocket_connect_finish (SOUP_SESSION (session), result, &error);

  if (connection != NULL)
    dex_promise_resolve_object (promise, g_steal_pointer (&connection));
  else
    dex_promise_reject (promise, g_steal_pointer (&error));
}

/** lia_soup_connect_websocket: upgrades @message, a GET, to a WebSocket. Rejects with %G_IO_ERROR or %SOUP_WEBSOCKET_ERROR. */
DexFuture *
lia_soup_connect_websocket (SoupSession *session,
                            SoupMessage *message,
                            const char  *protocol)
{
  DexPromise *promise = dex_promise_new_cancellable ();
  char       *protocols[] = { (char *)protocol, NULL };

  soup_session_websocket_connect_async (session, message, NULL, protocols, G_PRIORITY_DEFAULT,
                                        dex_promise_get_cancellable (promise), connected_cb, dex_ref (promise));

  return DEX_FUTURE (promise);
}
