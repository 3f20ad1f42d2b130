/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The only file that knows WebKit, a module of its own: WebKit and the ninety libraries that it needs are loaded with the first message that is
 * looked at, which makes the program start 60 ms sooner. The HTML comes as it was sent, so nothing in it may be obeyed, and no request may leave,
 * since that alone tells the sender that the message was read. Four walls:
 *
 * - a Content-Security-Policy that the page cannot weaken: nothing but inline styles, and images from the message itself;
 * - no JavaScript;
 * - an ephemeral session whose proxy does not exist: the policy does not cover `<link rel=preconnect>`, which did connect without this;
 * - every navigation is refused but the first, our own. Links are shown to the user and opened by the system.
 *
 * `cid:` images are parts of the same message; their bytes come from the engine.
 */

#include "lia-web-page.h"

#include <webkit/webkit.h>

#define POLICY "default-src 'none'; style-src 'unsafe-inline'; img-src cid: data:"
#define DEAD_PROXY "http://127.0.0.1:1"

typedef struct
{
  const LiaWebPageUser *user;
  gpointer              data;
  gboolean              expecting; /* our own navigation, once */
} Page;

static Page *
page_of (WebKitWebView *web_view)
{
  return web_view != NULL ? g_object_get_data (G_OBJECT (web_view), "lia-page") : NULL;
}

/* --- Images of the message --- */

typedef struct
{
  WebKitURISchemeRequest *request;
  char                   *type;
} PartRequest;

static void
part_request_free (gpointer data)
{
  PartRequest *part = data;

  g_object_unref (part->request);
  g_free (part->type);
  g_free (part);
}

static void
refuse_part (WebKitURISchemeRequest *request)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no such part");

  webkit_uri_scheme_request_finish_error (request, error);
}

static DexFuture *
give_part (DexFuture *loaded,
           gpointer   data)
{
  PartRequest  *part = data;
  const GValue *value = dex_future_get_value (loaded, NULL);
  GBytes       *bytes = value != NULL ? g_value_get_boxed (value) : NULL;
  g_autoptr (GInputStream) stream = NULL;

  if (bytes == NULL)
    {
      refuse_part (part->request);
      return dex_future_new_true ();
    }

  stream = g_memory_input_stream_new_from_bytes (bytes);
  webkit_uri_scheme_request_finish (part->request, stream, (gint64)g_bytes_get_size (bytes), part->type);

  return dex_future_new_true ();
}

static void
on_cid_request (WebKitURISchemeRequest *request,
                gpointer                user_data)
{
  Page            *page = page_of (webkit_uri_scheme_request_get_web_view (request));
  g_autofree char *cid = g_uri_unescape_string (webkit_uri_scheme_request_get_path (request), NULL);
  g_autofree char *type = NULL;
  DexFuture       *loaded = page != NULL && cid != NULL ? page->user->load_part (cid, &type, page->data) : NULL;
  PartRequest     *part;

  if (loaded == NULL)
    {
      refuse_part (request);
      return;
    }

  part = g_new0 (PartRequest, 1);
  part->request = g_object_ref (request);
  part->type = g_steal_pointer (&type);
  dex_future_disown (dex_future_finally (loaded, give_part, part, part_request_free));
}

/* --- The web view --- */

static void
decide_navigation (Page                    *page,
                   WebKitPolicyDecision    *decision,
                   WebKitPolicyDecisionType type)
{
  WebKitNavigationAction *action = webkit_navigation_policy_decision_get_navigation_action (WEBKIT_NAVIGATION_POLICY_DECISION (decision));
  const char             *uri = webkit_uri_request_get_uri (webkit_navigation_action_get_request (action));
  gboolean                clicked = webkit_navigation_action_get_navigation_type (action) == WEBKIT_NAVIGATION_TYPE_LINK_CLICKED;

  if (type == WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION && page->expecting && g_strcmp0 (uri, "about:blank") == 0)
    {
      page->expecting = FALSE;
      webkit_policy_decision_use (decision);
      return;
    }

  webkit_policy_decision_ignore (decision);
  if (clicked && webkit_navigation_action_is_user_gesture (action))
    page->user->open_link (uri, page->data);
}

static gboolean
on_decide_policy (WebKitWebView           *web_view,
                  WebKitPolicyDecision    *decision,
                  WebKitPolicyDecisionType type,
                  Page                    *page)
{
  if (type != WEBKIT_POLICY_DECISION_TYPE_RESPONSE)
    {
      decide_navigation (page, decision, type);
    }
  else
    {
      WebKitURIRequest *request = webkit_response_policy_decision_get_request (WEBKIT_RESPONSE_POLICY_DECISION (decision));

      if (g_strcmp0 (webkit_uri_request_get_uri (request), "about:blank") == 0)
        webkit_policy_decision_use (decision);
      else
        webkit_policy_decision_ignore (decision);
    }

  return TRUE;
}

static gboolean
on_permission_request (WebKitWebView           *web_view,
                       WebKitPermissionRequest *request,
                       gpointer                 user_data)
{
  webkit_permission_request_deny (request);

  return TRUE;
}

static gboolean
on_context_menu (WebKitWebView       *web_view,
                 WebKitContextMenu   *menu,
                 WebKitHitTestResult *hit,
                 gpointer             user_data)
{
  GList *next;

  /* Copying is fine; opening, downloading and going back are not ours. */
  for (GList *item = webkit_context_menu_get_items (menu); item != NULL; item = next)
    {
      WebKitContextMenuAction action = webkit_context_menu_item_get_stock_action (item->data);

      next = item->next;
      if (action != WEBKIT_CONTEXT_MENU_ACTION_COPY && action != WEBKIT_CONTEXT_MENU_ACTION_SELECT_ALL &&
          action != WEBKIT_CONTEXT_MENU_ACTION_COPY_LINK_TO_CLIPBOARD)
        webkit_context_menu_remove (menu, item->data);
    }

  return webkit_context_menu_get_n_items (menu) == 0;
}

static void
on_download_started (WebKitNetworkSession *session,
                     WebKitDownload       *download,
                     gpointer              user_data)
{
  webkit_download_cancel (download);
}

static void
on_load_changed (WebKitWebView  *web_view,
                 WebKitLoadEvent event,
                 Page           *page)
{
  if (event == WEBKIT_LOAD_COMMITTED)
    page->user->shown (page->data);
}

static void
on_terminated (WebKitWebView                    *web_view,
               WebKitWebProcessTerminationReason reason,
               Page                             *page)
{
  if (reason != WEBKIT_WEB_PROCESS_TERMINATED_BY_API)
    page->user->failed (page->data);
}

static WebKitSettings *
make_settings (void)
{
  WebKitSettings *settings = webkit_settings_new ();

  g_object_set (settings,
                "enable-javascript", FALSE,
                "enable-javascript-markup", FALSE,
                "javascript-can-open-windows-automatically", FALSE,
                "enable-media", FALSE,
                "enable-webaudio", FALSE,
                "enable-webgl", FALSE,
                "enable-html5-local-storage", FALSE,
                "enable-html5-database", FALSE,
                "enable-page-cache", FALSE,
                "enable-fullscreen", FALSE,
                "enable-back-forward-navigation-gestures", FALSE,
                "allow-file-access-from-file-urls", FALSE,
                "allow-universal-access-from-file-urls", FALSE,
                "hardware-acceleration-policy", WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER,
                "default-charset", "UTF-8",
                NULL);

  return settings;
}

static WebKitNetworkSession *
make_session (void)
{
  WebKitNetworkSession       *session = webkit_network_session_new_ephemeral ();
  WebKitNetworkProxySettings *proxy = webkit_network_proxy_settings_new (DEAD_PROXY, NULL);

  webkit_network_session_set_proxy_settings (session, WEBKIT_NETWORK_PROXY_MODE_CUSTOM, proxy);
  webkit_network_proxy_settings_free (proxy);
  webkit_network_session_set_persistent_credential_storage_enabled (session, FALSE);
  webkit_cookie_manager_set_accept_policy (webkit_network_session_get_cookie_manager (session), WEBKIT_COOKIE_POLICY_ACCEPT_NEVER);
  g_signal_connect (session, "download-started", G_CALLBACK (on_download_started), NULL);

  return session;
}

static GtkWidget *
open_page (const LiaWebPageUser *user,
           gpointer              data)
{
  g_autoptr (WebKitWebContext) context = webkit_web_context_new ();
  g_autoptr (WebKitNetworkSession) session = make_session ();
  g_autoptr (WebKitSettings) settings = make_settings ();
  Page      *page = g_new0 (Page, 1);
  GtkWidget *web_view;

  page->user = user;
  page->data = data;
  webkit_web_context_set_cache_model (context, WEBKIT_CACHE_MODEL_DOCUMENT_VIEWER);
  webkit_web_context_register_uri_scheme (context, "cid", on_cid_request, NULL, NULL);

  web_view = g_object_new (WEBKIT_TYPE_WEB_VIEW,
                           "web-context", context,
                           "network-session", session,
                           "settings", settings,
                           "default-content-security-policy", POLICY,
                           NULL);
  g_object_set_data_full (G_OBJECT (web_view), "lia-page", page, g_free);
  g_signal_connect (web_view, "decide-policy", G_CALLBACK (on_decide_policy), page);
  g_signal_connect (web_view, "permission-request", G_CALLBACK (on_permission_request), NULL);
  g_signal_connect (web_view, "context-menu", G_CALLBACK (on_context_menu), NULL);
  g_signal_connect (web_view, "load-changed", G_CALLBACK (on_load_changed), page);
  g_signal_connect (web_view, "web-process-terminated", G_CALLBACK (on_terminated), page);

  return web_view;
}

static void
load_page (GtkWidget *web_view,
           GBytes    *html)
{
  page_of (WEBKIT_WEB_VIEW (web_view))->expecting = TRUE;
  webkit_web_view_load_bytes (WEBKIT_WEB_VIEW (web_view), html, "text/html", "UTF-8", NULL);
}

static void
close_page (GtkWidget *web_view)
{
  g_signal_handlers_disconnect_by_data (web_view, page_of (WEBKIT_WEB_VIEW (web_view)));
  g_object_set_data (G_OBJECT (web_view), "lia-page", NULL);
}

G_MODULE_EXPORT const LiaWebModule lia_web_module = { open_page, load_page, close_page };
