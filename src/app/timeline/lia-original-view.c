/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The dialog around a message's HTML. What shows it is a module, lia-web-page.c, which is loaded when it is first needed.
 */

#include "lia-original-view.h"

#include "lia-link.h"
#include "lia-web-page.h"

#include "lia-config.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_HTML_BYTES (8 * 1024 * 1024)

struct _LiaOriginalView
{
  AdwBin parent_instance;

  LiaBlobLoader  html_loader;
  LiaBlobLoader  blob_loader;
  gpointer       loader_data;
  LiaEntry      *entry;
  DexFuture     *loading;
  AdwBanner     *banner;
  GtkStack      *stack;
  AdwStatusPage *problem;
  GtkWidget     *page; /* NULL until something is shown */
};

G_DEFINE_FINAL_TYPE (LiaOriginalView, lia_original_view, ADW_TYPE_BIN)

static void
show_problem (LiaOriginalView *self)
{
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

/* --- What the page asks --- */

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

static DexFuture *
load_part (const char *cid,
           char      **type,
           gpointer    data)
{
  LiaOriginalView *self = data;
  LiaAttachment   *attachment = find_part (self->entry, cid);

  if (attachment == NULL || self->blob_loader == NULL)
    return NULL;

  *type = g_strdup (attachment->type);

  return self->blob_loader (attachment->blob, self->loader_data);
}

static void
open_link (const char *uri,
           gpointer    data)
{
  lia_link_ask (data, uri);
}

static void
on_shown (gpointer data)
{
  LiaOriginalView *self = data;

  gtk_stack_set_visible_child (self->stack, self->page);
}

static void
on_failed (gpointer data)
{
  show_problem (data);
}

/* --- The module --- */

/* Once; NULL when this system cannot show HTML. */
static const LiaWebModule *
need_module (void)
{
  static const LiaWebModule *module;
  const char                *path = g_getenv ("LIAISON_WEB_MODULE");
  GModule                   *file;

  if (module != NULL)
    return module;

  file = g_module_open (path != NULL ? path : LIA_MODULEDIR "/liaison-web", G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  if (file == NULL || !g_module_symbol (file, "lia_web_module", (gpointer *)&module))
    {
      g_warning ("HTML cannot be shown: %s", g_module_error ());
      return NULL;
    }
  g_module_make_resident (file);

  return module;
}

static gboolean
need_page (LiaOriginalView *self)
{
  static const LiaWebPageUser user = { load_part, open_link, on_shown, on_failed };
  const LiaWebModule         *module = need_module ();

  if (self->page == NULL && module != NULL)
    {
      self->page = module->open (&user, self);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->page), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Original Message"), -1);
      gtk_stack_add_child (self->stack, self->page);
    }

  return self->page != NULL;
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

  if (html == NULL || g_bytes_get_size (html) > MAX_HTML_BYTES || !need_page (self))
    {
      show_problem (self);
      return dex_future_new_true ();
    }

  adw_banner_set_revealed (self->banner, names_remote_content (html));
  need_module ()->load (self->page, html);

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

  if (self->page != NULL)
    {
      need_module ()->close (self->page);
      gtk_stack_remove (self->stack, g_steal_pointer (&self->page));
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
  if (self->page != NULL)
    need_module ()->close (g_steal_pointer (&self->page));
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
