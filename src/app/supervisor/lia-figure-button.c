/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-figure-button.h"

#include <glib/gi18n.h>

struct _LiaFigureButton
{
  GtkButton parent_instance;

  GtkLabel *value;
  GtkLabel *title;
  GtkLabel *detail;
  GtkImage *alarm;
};

G_DEFINE_FINAL_TYPE (LiaFigureButton, lia_figure_button, GTK_TYPE_BUTTON)

static void
lia_figure_button_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LIA_TYPE_FIGURE_BUTTON);
  G_OBJECT_CLASS (lia_figure_button_parent_class)->dispose (object);
}

static void
lia_figure_button_class_init (LiaFigureButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_figure_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-figure-button.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaFigureButton, value);
  gtk_widget_class_bind_template_child (widget_class, LiaFigureButton, title);
  gtk_widget_class_bind_template_child (widget_class, LiaFigureButton, detail);
  gtk_widget_class_bind_template_child (widget_class, LiaFigureButton, alarm);
}

static void
lia_figure_button_init (LiaFigureButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lia_figure_button_new (void)
{
  return g_object_new (LIA_TYPE_FIGURE_BUTTON, NULL);
}

/** lia_figure_button_show: @detail: "" for nothing; @alarms: it needs somebody: said by colour, symbol and words. */
void
lia_figure_button_show (LiaFigureButton *self,
                        const char      *title,
                        const char      *value,
                        const char      *detail,
                        const char      *formula,
                        gboolean         alarms)
{
  g_autofree char *spoken = g_strjoin (", ", title, value, *detail != '\0' ? detail : alarms ? _ ("needs attention")
                                                                                             : NULL,
                                       *detail != '\0' && alarms ? _ ("needs attention") : NULL, NULL);

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->value, value);
  gtk_label_set_label (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->alarm), alarms);
  if (alarms)
    gtk_widget_add_css_class (GTK_WIDGET (self), "alarm");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "alarm");
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), formula) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), formula);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, formula, -1);
}
