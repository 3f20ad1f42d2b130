/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-ca-row.h"

#include "lia-then.h"

#include <glib/gi18n.h>

#define MAX_CA_BYTES (64 * 1024) /* the engine takes no more */

struct _LiaCaRow
{
  AdwActionRow parent_instance;

  GtkWidget *clear_button;

  char *ca;
};

G_DEFINE_FINAL_TYPE (LiaCaRow, lia_ca_row, ADW_TYPE_ACTION_ROW)

static void
set_ca (LiaCaRow   *self,
        const char *ca,
        const char *name)
{
  g_set_str (&self->ca, ca);
  gtk_widget_set_visible (self->clear_button, ca != NULL);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), ca == NULL ? _ ("Only for servers inside a company") : name != NULL ? name
                                                                                                                          : _ ("Chosen"));
}

static void
on_clear_clicked_cb (LiaCaRow *self)
{
  set_ca (self, NULL, NULL);
}

static void
ca_loaded_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (LiaCaRow) self = user_data;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, NULL);
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *text = NULL;

  if (bytes != NULL && g_bytes_get_size (bytes) <= MAX_CA_BYTES)
    text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (text == NULL || strstr (text, "-----BEGIN CERTIFICATE-----") == NULL)
    lia_toast (GTK_WIDGET (self), _ ("That file holds no certificate in PEM form"));
  else
    set_ca (self, text, name);
}

static void
ca_chosen_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (LiaCaRow) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    g_file_load_bytes_async (file, NULL, ca_loaded_cb, g_steal_pointer (&self));
}

static void
on_choose_clicked_cb (LiaCaRow *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Certificate Authority"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, ca_chosen_cb, g_object_ref (self));
}

static void
lia_ca_row_dispose (GObject *object)
{
  LiaCaRow *self = LIA_CA_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_CA_ROW);
  g_clear_pointer (&self->ca, g_free);
  G_OBJECT_CLASS (lia_ca_row_parent_class)->dispose (object);
}

static void
lia_ca_row_class_init (LiaCaRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_ca_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-ca-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaCaRow, clear_button);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_clicked_cb);
}

static void
lia_ca_row_init (LiaCaRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lia_ca_row_set_ca (LiaCaRow   *self,
                   const char *ca)
{
  set_ca (self, ca, NULL);
}

const char *
lia_ca_row_get_ca (LiaCaRow *self)
{
  return self->ca;
}
