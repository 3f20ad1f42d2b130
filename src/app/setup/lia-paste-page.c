/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-paste-page.h"

#include "lia-then.h"

#include <glib/gi18n.h>
#include <gtksourceview/gtksource.h>

struct _LiaPastePage
{
  AdwNavigationPage parent_instance;

  AdwComboRow *file_row;
  GtkTextView *file_view;
};

G_DEFINE_FINAL_TYPE (LiaPastePage, lia_paste_page, ADW_TYPE_NAVIGATION_PAGE)

/* What an administrator pastes: data/asterisk, as it is installed. */
static const struct
{
  const char *file;
  const char *title;
} pasted[] = {
  { "README.md", N_ ("What to Do, Step by Step") },
  { "manager.conf", N_ ("manager.conf: the Login") },
  { "extensions.conf", N_ ("extensions.conf: the Dialplan") },
  { "queues.conf", N_ ("queues.conf: the Queues") },
  { "features.conf", N_ ("features.conf: the Keys") },
  { "ari.conf", N_ ("ari.conf: Recordings and Voicemail") },
  { "pjsip.conf", N_ ("pjsip.conf: the Telephones") },
  { "freepbx/extensions_custom.conf", N_ ("FreePBX: extensions_custom.conf") },
};

static char *
load_pasted (guint index)
{
  g_autofree char *path = g_strconcat ("/org/liaisondesk/Liaison/asterisk/", pasted[index].file, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_return_val_if_fail (bytes != NULL, g_strdup (""));
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
on_file_changed_cb (LiaPastePage *self)
{
  guint              selected = adw_combo_row_get_selected (self->file_row);
  GtkSourceBuffer   *buffer = GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (self->file_view));
  GtkSourceLanguage *language;
  g_autofree char   *text = NULL;

  if (selected >= G_N_ELEMENTS (pasted))
    return;
  text = load_pasted (selected);
  language = gtk_source_language_manager_get_language (gtk_source_language_manager_get_default (), selected == 0 ? "markdown" : "ini");
  gtk_source_buffer_set_language (buffer, language);
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (buffer), text, -1);
  gtk_text_view_set_wrap_mode (self->file_view, selected == 0 ? GTK_WRAP_WORD : GTK_WRAP_NONE);
}

static void
on_copy_clicked_cb (LiaPastePage *self)
{
  guint            selected = adw_combo_row_get_selected (self->file_row);
  g_autofree char *text = selected < G_N_ELEMENTS (pasted) ? load_pasted (selected) : NULL;

  if (text == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  lia_toast (GTK_WIDGET (self), _ ("Copied"));
}

static void
follow_style (LiaPastePage *self)
{
  const char           *scheme = adw_style_manager_get_dark (adw_style_manager_get_default ()) ? "Adwaita-dark" : "Adwaita";
  GtkSourceStyleScheme *style = gtk_source_style_scheme_manager_get_scheme (gtk_source_style_scheme_manager_get_default (), scheme);

  gtk_source_buffer_set_style_scheme (GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (self->file_view)), style);
}

static void
list_pasted (LiaPastePage *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (pasted); i++)
    gtk_string_list_append (titles, _ (pasted[i].title));
  adw_combo_row_set_model (self->file_row, G_LIST_MODEL (titles));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (follow_style), self, G_CONNECT_SWAPPED);
  follow_style (self);
}

static void
lia_paste_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LIA_TYPE_PASTE_PAGE);
  G_OBJECT_CLASS (lia_paste_page_parent_class)->dispose (object);
}

static void
lia_paste_page_class_init (LiaPastePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_paste_page_dispose;

  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-paste-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaPastePage, file_row);
  gtk_widget_class_bind_template_child (widget_class, LiaPastePage, file_view);
  gtk_widget_class_bind_template_callback (widget_class, on_file_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked_cb);
}

static void
lia_paste_page_init (LiaPastePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  list_pasted (self);
}
