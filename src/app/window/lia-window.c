/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-window.h"

struct _LiaWindow
{
  AdwApplicationWindow parent_instance;

  GtkStack *stack;
};

G_DEFINE_FINAL_TYPE (LiaWindow, lia_window, ADW_TYPE_APPLICATION_WINDOW)

static void
lia_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LIA_TYPE_WINDOW);
  G_OBJECT_CLASS (lia_window_parent_class)->dispose (object);
}

static void
lia_window_class_init (LiaWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lia_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaWindow, stack);
}

static void
lia_window_init (LiaWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
lia_window_new (LiaApplication *application)
{
  g_return_val_if_fail (LIA_IS_APPLICATION (application), NULL);

  return g_object_new (LIA_TYPE_WINDOW, "application", application, NULL);
}
