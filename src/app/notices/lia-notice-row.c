/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-notice-row.h"

#include "lia-notice-words.h"

struct _LiaNoticeRow
{
  GtkListBoxRow parent_instance;

  GtkImage *icon;
  GtkLabel *name;
  GtkLabel *title;
  GtkLabel *state;

  LiaNotice *notice;
};

G_DEFINE_FINAL_TYPE (LiaNoticeRow, lia_notice_row, GTK_TYPE_LIST_BOX_ROW)

static void
lia_notice_row_dispose (GObject *object)
{
  LiaNoticeRow *self = LIA_NOTICE_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_NOTICE_ROW);
  g_clear_object (&self->notice);

  G_OBJECT_CLASS (lia_notice_row_parent_class)->dispose (object);
}

static void
lia_notice_row_class_init (LiaNoticeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_notice_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-notice-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaNoticeRow, icon);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticeRow, name);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticeRow, title);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticeRow, state);
}

static void
lia_notice_row_init (LiaNoticeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lia_notice_row_new (LiaNotice *notice)
{
  LiaNoticeRow    *self = g_object_new (LIA_TYPE_NOTICE_ROW, NULL);
  g_autofree char *name = lia_notice_words_name (notice);
  g_autofree char *state = lia_notice_words_state (notice);
  g_autofree char *words = lia_notice_words_row (notice);

  self->notice = g_object_ref (notice);
  gtk_image_set_from_icon_name (self->icon, lia_notice_words_icon (notice));
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->title, notice->title);
  gtk_label_set_text (self->state, state);
  gtk_widget_set_visible (GTK_WIDGET (self->state), *state != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);

  return GTK_WIDGET (self);
}

/** lia_notice_row_get_notice: (transfer none) */
LiaNotice *
lia_notice_row_get_notice (LiaNoticeRow *self)
{
  return self->notice;
}
