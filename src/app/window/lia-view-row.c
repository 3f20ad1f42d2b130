/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-view-row.h"

#include "lia-format.h"

#include <glib/gi18n.h>

struct _LiaViewRow
{
  GtkListBoxRow parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *count;

  LiaView *view;
};

G_DEFINE_FINAL_TYPE (LiaViewRow, lia_view_row, GTK_TYPE_LIST_BOX_ROW)

static void
lia_view_row_dispose (GObject *object)
{
  LiaViewRow *self = LIA_VIEW_ROW (object);

  g_clear_object (&self->view);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_VIEW_ROW);
  G_OBJECT_CLASS (lia_view_row_parent_class)->dispose (object);
}

static void
lia_view_row_class_init (LiaViewRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_view_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-view-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaViewRow, icon);
  gtk_widget_class_bind_template_child (widget_class, LiaViewRow, title);
  gtk_widget_class_bind_template_child (widget_class, LiaViewRow, count);
}

static void
lia_view_row_init (LiaViewRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lia_view_row_new (LiaView *view)
{
  LiaViewRow *self = g_object_new (LIA_TYPE_VIEW_ROW, NULL);

  lia_view_row_set_view (self, view);
  return GTK_WIDGET (self);
}

LiaView *
lia_view_row_get_view (LiaViewRow *self)
{
  return self->view;
}

static void
set_css_class (gpointer    widget,
               const char *name,
               gboolean    set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

void
lia_view_row_set_view (LiaViewRow *self,
                       LiaView    *view)
{
  g_autofree char *count = NULL;
  g_autofree char *spoken = NULL;
  g_autofree char *total = NULL;

  if (!g_set_object (&self->view, view))
    return;

  /* What is closed is history: its number tells nothing. */
  count = view->total > 0 && g_strcmp0 (view->kind, "closed") != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, view->total) : g_strdup ("");
  gtk_image_set_from_icon_name (self->icon, lia_view_icon (view));
  gtk_label_set_label (self->title, lia_view_title (view));
  gtk_label_set_label (self->count, count);
  set_css_class (self->title, "heading", view->unread > 0);
  set_css_class (self->count, "unread", view->unread > 0);
  set_css_class (self->count, "dimmed", view->unread == 0);

  total = g_strdup_printf (ngettext ("%d conversation", "%d conversations", (gulong)view->total), (int)view->total);
  spoken = view->unread > 0 ? g_strdup_printf (_ ("%s, %s, %d unread"), lia_view_title (view), total, (int)view->unread)
                            : g_strdup_printf ("%s, %s", lia_view_title (view), total);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}
