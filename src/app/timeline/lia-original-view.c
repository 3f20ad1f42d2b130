/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The only file that knows WebKit. The HTML comes as it was sent, so nothing in it may be obeyed, and no request may leave, since that alone tells the
 * sender that the message was read. Four walls:
 *
 * - a Content-Security-Policy that the page cannot weaken: nothing but inline styles, and images from the message itself;
 * - no JavaScript;
 * - an ephemeral session whose proxy does not exist: the policy does not cover `<link rel=preconnect>`, which did connect without this;
 * - every navigation is refused but the first, our own. Links are shown to the user and opened by the system.
 *
 * `cid:` images are parts of the same message; their bytes come from the engine.
 */

#include "lia-original-view.h"

#include "lia-link.h"

#include "lia-config.h"

#include <glib/gi18n.h>
#include <string.h>
#include <webkit/webkit.h>

#define POLICY "default-src 'none'; style-src 'unsafe-inline'; img-src cid: data:"
#define DEAD_PROXY "http://127.0.0.1:1"
#define MAX_HTML_BYTES (8 * 1024 * 1024)

struct _LiaOriginalView
{
  AdwBin parent_instance;

  LiaBlobLoader  html_loader;
  LiaBlobLoader  blob_loader;
  gpointer       loader_data;
  LiaEntry      *entry;
  DexFuture     *loading;
  gboolean       expecting; /* our own navigation, once */
  AdwBanner     *banner;
  GtkStack      *stack;
  AdwStatusPage *problem;
  WebKitWebView *web_view; /* NULL until something is shown */
};

G_DEFINE_FINAL_TYPE (LiaOriginalView, lia_original_view, ADW_TYPE_BIN)

static void
show_problem (LiaOriginalView *self)
{
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

/* --- Images of the message --- */

typedef struct
{
  WebKitURISchemeRequest *request;
  LiaAttachment          *attachment;
} PartRequest;

static void
part_request_free (gpointer data)
{
  PartRequest *part = data;

  g_object_unref (part->request);
  g_object_unref (part->attachment);
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
  webkit_uri_scheme_request_finish (part->request, stream, (gint64)g_bytes_get_size (bytes), part->attachment->type);

  return dex_future_new_true ();
}

static LiaAttachment *
find_part (LiaEntry   *entry,
           const char *cid)
{
  for (guint i = 0; entry != NULL && entry->attachments != NULL && i < entry->attachments->len; i++)
    {
      LiaAttachment *attachment = entry->attachments->pdata[i];

      if (attachment->cid != NULL && strcmp (attachment->cid, cid) == 0 && g_str_has_prefix (attachment->type, "image/"))
        return attachment;
    }

  return NULL;
}

static void
on_cid_request (WebKitURISchemeRequest *request,
                gpointer                user_data)
{
  WebKitWebView   *web_view = webkit_uri_scheme_request_get_web_view (request);
  LiaOriginalView *self = web_view != NULL ? LIA_ORIGINAL_VIEW (gtk_widget_get_ancestor (GTK_WIDGET (web_view), LIA_TYPE_ORIGINAL_VIEW)) : NULL;
  g_autofree char *cid = g_uri_unescape_string (webkit_uri_scheme_request_get_path (request), NULL);
  LiaAttachment   *attachment = self != NULL && cid != NULL ? find_part (self->entry, cid) : NULL;
  PartRequest     *part;

  if (attachment == NULL || self->blob_loader == NULL)
    {
      refuse_part (request);
      return;
    }

  part = g_new0 (PartRequest, 1);
  part->request = g_object_ref (request);
  part->attachment = g_object_ref (attachment);
  dex_future_disown (dex_future_finally (self->blob_loader (attachment->blob, self->loader_data), give_part, part, part_request_free));
}

/* --- The web view --- */

static void
decide_navigation (LiaOriginalView         *self,
                   WebKitPolicyDecision    *decision,
                   WebKitPolicyDecisionType type)
{
  WebKitNavigationAction *action = webkit_navigation_policy_decision_get_navigation_action (WEBKIT_NAVIGATION_POLICY_DECISION (decision));
  const char             *uri = webkit_uri_request_get_uri (webkit_navigation_action_get_request (action));
  gboolean                clicked = webkit_navigation_action_get_navigation_type (action) == WEBKIT_NAVIGATION_TYPE_LINK_CLICKED;

  if (type == WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION && self->expecting && g_strcmp0 (uri, "about:blank") == 0)
    {
      self->expecting = FALSE;
      webkit_policy_decision_use (decision);
      return;
    }

  webkit_policy_decision_ignore (decision);
  if (clicked && webkit_navigation_action_is_user_gesture (action))
    lia_link_ask (GTK_WIDGET (self), uri);
}

static gboolean
on_decide_policy (WebKitWebView           *web_view,
                  WebKitPolicyDecision    *decision,
                  WebKitPolicyDecisionType type,
                  LiaOriginalView         *self)
{
  if (type != WEBKIT_POLICY_DECISION_TYPE_RESPONSE)
    {
      decide_navigation (self, decision, type);
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
on_load_changed (WebKitWebView   *web_view,
                 WebKitLoadEvent  event,
                 LiaOriginalView *self)
{
  if (event == WEBKIT_LOAD_COMMITTED)
    gtk_stack_set_visible_child (self->stack, GTK_WIDGET (web_view));
}

static void
on_terminated (WebKitWebView                    *web_view,
               WebKitWebProcessTerminationReason reason,
               LiaOriginalView                  *self)
{
  if (reason != WEBKIT_WEB_PROCESS_TERMINATED_BY_API)
    show_problem (self);
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

static void
need_web_view (LiaOriginalView *self)
{
  g_autoptr (WebKitWebContext) context = NULL;
  g_autoptr (WebKitNetworkSession) session = NULL;
  g_autoptr (WebKitSettings) settings = NULL;

  if (self->web_view != NULL)
    return;

  context = webkit_web_context_new ();
  session = make_session ();
  settings = make_settings ();
  webkit_web_context_set_cache_model (context, WEBKIT_CACHE_MODEL_DOCUMENT_VIEWER);
  webkit_web_context_register_uri_scheme (context, "cid", on_cid_request, NULL, NULL);

  self->web_view = g_object_new (WEBKIT_TYPE_WEB_VIEW,
                                 "web-context", context,
                                 "network-session", session,
                                 "settings", settings,
                                 "default-content-security-policy", POLICY,
                                 NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->web_view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Original Message"), -1);
  g_signal_connect (self->web_view, "decide-policy", G_CALLBACK (on_decide_policy), self);
  g_signal_connect (self->web_view, "permission-request", G_CALLBACK (on_permission_request), NULL);
  g_signal_connect (self->web_view, "context-menu", G_CALLBACK (on_context_menu), NULL);
  g_signal_connect (self->web_view, "load-changed", G_CALLBACK (on_load_changed), self);
  g_signal_connect (self->web_view, "web-process-terminated", G_CALLBACK (on_terminated), self);
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->web_view));
}

/* --- Showing --- */

static gboolean
names_remote_content (GBytes *html)
{
  static const char *const marks[] = { "src=\"http", "src='http", "src=http", "url(http", "url('http", "url(\"http", "background=\"http", "srcset=\"http" };
  gsize                    length;
  const char              *text = g_bytes_get_data (html, &length);

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (marks); i++)
    {
      if (g_strstr_len (text, (gssize)length, marks[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

static DexFuture *
on_html (DexFuture *loaded,
         gpointer   data)
{
  LiaOriginalView *self = data;
  const GValue    *value = dex_future_get_value (loaded, NULL);
  GBytes          *html = value != NULL ? g_value_get_boxed (value) : NULL;

  if (html == NULL || g_bytes_get_size (html) > MAX_HTML_BYTES)
    {
      show_problem (self);
      return dex_future_new_true ();
    }

  need_web_view (self);
  self->expecting = TRUE;
  adw_banner_set_revealed (self->banner, names_remote_content (html));
  webkit_web_view_load_bytes (self->web_view, html, "text/html", "UTF-8", NULL);

  return dex_future_new_true ();
}

/**
 * lia_original_view_set_loader:
 * @html_loader: an entry's HTML body as UTF-8, by the entry's id
 * @blob_loader: an attachment's bytes, by its blob's id
 * @data: for both; must outlive the view
 */
void
lia_original_view_set_loader (LiaOriginalView *self,
                              LiaBlobLoader    html_loader,
                              LiaBlobLoader    blob_loader,
                              gpointer         data)
{
  self->html_loader = html_loader;
  self->blob_loader = blob_loader;
  self->loader_data = data;
}

/** lia_original_view_show: the HTML of @entry, or a few plain words when there is none. */
void
lia_original_view_show (LiaOriginalView *self,
                        LiaEntry        *entry)
{
  g_return_if_fail (self->html_loader != NULL);

  g_set_object (&self->entry, entry);
  adw_banner_set_revealed (self->banner, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "loading");

  dex_clear (&self->loading);
  self->loading = dex_future_finally (self->html_loader (entry->id, self->loader_data), on_html, self, NULL);
}

/** lia_original_view_clear: shows nothing, and ends WebKit's processes, which need some 100 MB. */
void
lia_original_view_clear (LiaOriginalView *self)
{
  dex_clear (&self->loading);
  g_clear_object (&self->entry);
  adw_banner_set_revealed (self->banner, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "loading");

  if (self->web_view != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->web_view, self);
      gtk_stack_remove (self->stack, GTK_WIDGET (g_steal_pointer (&self->web_view)));
    }
}

static void
on_dialog_closed (AdwDialog       *dialog,
                  LiaOriginalView *self)
{
  lia_original_view_clear (self);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (adw_dialog_get_child (dialog)), NULL);
}

/** lia_original_view_present: @entry in a dialog over @parent. The view lives on when the dialog is closed; hold a reference. */
void
lia_original_view_present (LiaOriginalView *self,
                           GtkWidget       *parent,
                           LiaEntry        *entry)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *toolbar_view = adw_toolbar_view_new ();

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar_view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar_view), GTK_WIDGET (self));
  adw_dialog_set_child (dialog, toolbar_view);
  adw_dialog_set_title (dialog, entry->subject != NULL && *entry->subject != '\0' ? entry->subject : _ ("Original Message"));
  adw_dialog_set_content_width (dialog, 860);
  adw_dialog_set_content_height (dialog, 900);
  g_signal_connect_object (dialog, "closed", G_CALLBACK (on_dialog_closed), self, 0);

  lia_original_view_show (self, entry);
  adw_dialog_present (dialog, parent);
}

static void
lia_original_view_dispose (GObject *object)
{
  LiaOriginalView *self = LIA_ORIGINAL_VIEW (object);

  dex_clear (&self->loading);
  if (self->web_view != NULL)
    g_signal_handlers_disconnect_by_data (self->web_view, self);
  self->web_view = NULL;
  g_clear_object (&self->entry);

  G_OBJECT_CLASS (lia_original_view_parent_class)->dispose (object);
}

static void
lia_original_view_class_init (LiaOriginalViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_original_view_dispose;
}

static void
lia_original_view_init (LiaOriginalView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *spinner = adw_spinner_new ();

  self->banner = ADW_BANNER (adw_banner_new (_ ("Remote content is not loaded, so that the sender does not learn that you read this")));
  self->stack = GTK_STACK (gtk_stack_new ());
  self->problem = ADW_STATUS_PAGE (adw_status_page_new ());
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  adw_status_page_set_icon_name (self->problem, "mail-unread-symbolic");
  adw_status_page_set_title (self->problem, _ ("This Message Cannot Be Shown"));
  adw_status_page_set_description (self->problem, _ ("Its text is in the timeline."));

  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, spinner, "loading");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->problem), "problem");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}

LiaOriginalView *
lia_original_view_new (void)
{
  return g_object_new (LIA_TYPE_ORIGINAL_VIEW, NULL);
}
