/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-file-chip.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* One file in a LiaAttachmentBar: first on its way to the engine, then there. Signal: `remove`. */

struct _LiaFileChip
{
  GtkWidget parent_instance;

  AdwSpinner *spinner;
  GtkImage   *icon;
  GtkLabel   *name;
  GtkLabel   *size;
  GtkButton  *remove_button;

  LiaAttachment *attachment; /* NULL: on its way */
};

enum {
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaFileChip, lia_file_chip, GTK_TYPE_WIDGET)

static void
on_remove_clicked_cb (LiaFileChip *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static gboolean
on_key_pressed_cb (LiaFileChip    *self,
                   guint           keyval,
                   guint           keycode,
                   GdkModifierType state)
{
  if (keyval != GDK_KEY_BackSpace && keyval != GDK_KEY_Delete && keyval != GDK_KEY_KP_Delete)
    return GDK_EVENT_PROPAGATE;

  g_signal_emit (self, signals[REMOVE], 0);

  return GDK_EVENT_STOP;
}

static void
lia_file_chip_dispose (GObject *object)
{
  g_clear_object (&LIA_FILE_CHIP (object)->attachment);
  gtk_widget_dispose_template (GTK_WIDGET (object), LIA_TYPE_FILE_CHIP);

  G_OBJECT_CLASS (lia_file_chip_parent_class)->dispose (object);
}

static void
lia_file_chip_class_init (LiaFileChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_file_chip_dispose;

  signals[REMOVE] = g_signal_new ("remove", LIA_TYPE_FILE_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "attachmentchip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-file-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaFileChip, spinner);
  gtk_widget_class_bind_template_child (widget_class, LiaFileChip, icon);
  gtk_widget_class_bind_template_child (widget_class, LiaFileChip, name);
  gtk_widget_class_bind_template_child (widget_class, LiaFileChip, size);
  gtk_widget_class_bind_template_child (widget_class, LiaFileChip, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed_cb);
}

static void
lia_file_chip_init (LiaFileChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lia_file_chip_new (const char *name)
{
  LiaFileChip     *self = g_object_new (LIA_TYPE_FILE_CHIP, NULL);
  g_autofree char *remove = g_strdup_printf (_ ("Remove %s"), name);
  g_autofree char *spoken = g_strdup_printf (_ ("%s, being added"), name);

  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->size, _ ("Adding…"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->remove_button), remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  return GTK_WIDGET (self);
}

/** lia_file_chip_set_attachment: the file is at the engine now. */
void
lia_file_chip_set_attachment (LiaFileChip   *self,
                              LiaAttachment *attachment)
{
  g_autofree char *size = g_format_size ((guint64)MAX (attachment->size_bytes, 0));
  g_autofree char *spoken = g_strdup_printf (_ ("Attached file %s, %s"), attachment->name, size);
  g_autoptr (GIcon) icon = NULL;
  g_autofree char *content_type = g_content_type_from_mime_type (attachment->type != NULL ? attachment->type : "application/octet-stream");

  icon = g_content_type_get_symbolic_icon (content_type != NULL ? content_type : "application/octet-stream");
  g_set_object (&self->attachment, attachment);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  gtk_image_set_from_gicon (self->icon, icon);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), TRUE);
  gtk_label_set_label (self->size, size);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/** lia_file_chip_get_attachment: the file, or NULL while it is on its way. */
LiaAttachment *
lia_file_chip_get_attachment (LiaFileChip *self)
{
  return self->attachment;
}
