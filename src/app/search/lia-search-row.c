/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-search-row.h"

#include "lia-format.h"
#include "lia-time.h"

#include <glib/gi18n.h>

struct _LiaSearchRow
{
  GtkWidget parent_instance;

  GtkImage *channel;
  GtkLabel *customer;
  GtkLabel *time;
  GtkLabel *subject;
  GtkLabel *snippet;
};

G_DEFINE_FINAL_TYPE (LiaSearchRow, lia_search_row, GTK_TYPE_WIDGET)

static void
lia_search_row_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), LIA_TYPE_SEARCH_ROW);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (lia_search_row_parent_class)->dispose (object);
}

static void
lia_search_row_class_init (LiaSearchRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_search_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-search-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaSearchRow, channel);
  gtk_widget_class_bind_template_child (widget_class, LiaSearchRow, customer);
  gtk_widget_class_bind_template_child (widget_class, LiaSearchRow, time);
  gtk_widget_class_bind_template_child (widget_class, LiaSearchRow, subject);
  gtk_widget_class_bind_template_child (widget_class, LiaSearchRow, snippet);
}

static void
lia_search_row_init (LiaSearchRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lia_search_row_new (void)
{
  return g_object_new (LIA_TYPE_SEARCH_ROW, NULL);
}

static PangoAttrList *
highlights (LiaSearchHit *hit)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  for (guint i = 0; hit->marks != NULL && i + 1 < hit->marks->len; i += 2)
    {
      PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

      bold->start_index = g_array_index (hit->marks, gsize, i);
      bold->end_index = g_array_index (hit->marks, gsize, i + 1);
      pango_attr_list_insert (attributes, bold);
    }
  return attributes;
}

void
lia_search_row_set_hit (LiaSearchRow *self,
                        LiaSearchHit *hit)
{
  LiaConversation *conversation = hit->conversation;
  g_autofree char *who = lia_format_customer (conversation->customer);
  g_autofree char *time = lia_format_time (hit->at_ms, lia_time_now ());
  PangoAttrList   *attributes = highlights (hit);

  gtk_image_set_from_icon_name (self->channel, lia_channel_icon (conversation->channel));
  gtk_label_set_label (self->customer, who);
  gtk_label_set_label (self->time, time);
  gtk_label_set_label (self->subject, lia_format_subject (conversation));
  gtk_label_set_attributes (self->snippet, attributes);
  gtk_label_set_label (self->snippet, hit->snippet);
  pango_attr_list_unref (attributes);
}
