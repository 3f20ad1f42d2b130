/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-finding-row.h"

#include "lia-entry-words.h"
#include "lia-feedback-words.h"

#include <glib/gi18n.h>

struct _LiaFindingRow
{
  GtkBox parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *about;
  GtkLabel *customers;

  LiaFinding *finding;
};

G_DEFINE_FINAL_TYPE (LiaFindingRow, lia_finding_row, GTK_TYPE_BOX)

static void
lia_finding_row_dispose (GObject *object)
{
  LiaFindingRow *self = LIA_FINDING_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_FINDING_ROW);
  g_clear_object (&self->finding);

  G_OBJECT_CLASS (lia_finding_row_parent_class)->dispose (object);
}

static void
lia_finding_row_class_init (LiaFindingRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_finding_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-finding-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaFindingRow, icon);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingRow, title);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingRow, about);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingRow, customers);
}

static void
lia_finding_row_init (LiaFindingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lia_finding_row_new (LiaFinding *finding)
{
  LiaFindingRow *self = g_object_new (LIA_TYPE_FINDING_ROW, NULL);

  if (finding != NULL)
    lia_finding_row_set_finding (self, finding);

  return GTK_WIDGET (self);
}

void
lia_finding_row_set_finding (LiaFindingRow *self,
                             LiaFinding    *finding)
{
  g_autofree char *about = lia_feedback_words_about (finding);
  g_autofree char *customers = lia_feedback_words_customers (finding);
  g_autofree char *trend = lia_feedback_words_trend (finding);
  g_autofree char *said = g_strdup_printf ("%s · %s", customers, trend);

  g_set_object (&self->finding, finding);
  gtk_image_set_from_icon_name (self->icon, lia_feedback_words_icon (finding->kind));
  gtk_label_set_text (self->title, finding->title);
  gtk_label_set_text (self->about, about);
  gtk_label_set_text (self->customers, said);
}

/** lia_finding_row_get_finding: (transfer none) (nullable) */
LiaFinding *
lia_finding_row_get_finding (LiaFindingRow *self)
{
  return self->finding;
}

/** lia_finding_row_fill_list: a row each; a reader of the screen reads the whole of it. */
void
lia_finding_row_fill_list (GtkListBox *list,
                           GListModel *findings)
{
  gtk_list_box_remove_all (list);
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (LiaFinding) finding = g_list_model_get_item (findings, i);
      g_autofree char *customers = lia_feedback_words_customers (finding);
      /* Translators: a finding, and how many say so */
      g_autofree char *words = g_strdup_printf (_ ("%s, said by %s"), finding->title, customers);
      GtkWidget       *row = gtk_list_box_row_new ();

      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), lia_finding_row_new (finding));
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
      gtk_list_box_append (list, row);
    }
}

/** lia_finding_row_of_list: (transfer none) (nullable): the finding of a row of lia_finding_row_fill_list() */
LiaFinding *
lia_finding_row_of_list (GtkListBoxRow *row)
{
  return row != NULL ? LIA_FINDING_ROW (gtk_list_box_row_get_child (row))->finding : NULL;
}
