/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-diagnosis-list.h"

#include "lia-diagnosis-row.h"

#include <glib/gi18n.h>

struct _LiaDiagnosisList
{
  AdwBin parent_instance;

  GtkListBox *rows;
};

G_DEFINE_FINAL_TYPE (LiaDiagnosisList, lia_diagnosis_list, ADW_TYPE_BIN)

static void
lia_diagnosis_list_class_init (LiaDiagnosisListClass *klass)
{
}

static void
lia_diagnosis_list_init (LiaDiagnosisList *self)
{
  self->rows = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->rows, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->rows), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Steps of the test"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->rows));
}

void
lia_diagnosis_list_set_steps (LiaDiagnosisList  *self,
                              const char        *kind,
                              const char *const *names)
{
  gtk_list_box_remove_all (self->rows);
  for (guint i = 0; names[i] != NULL; i++)
    gtk_list_box_append (self->rows, lia_diagnosis_row_new (kind, names[i]));
}

void
lia_diagnosis_list_set_waiting (LiaDiagnosisList *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    lia_diagnosis_row_set_waiting (LIA_DIAGNOSIS_ROW (row));
}

static LiaDiagnosis *
find (GListModel *diagnoses,
      const char *step)
{
  for (guint i = 0; diagnoses != NULL && i < g_list_model_get_n_items (diagnoses); i++)
    {
      g_autoptr (LiaDiagnosis) diagnosis = g_list_model_get_item (diagnoses, i);

      if (g_strcmp0 (diagnosis->step, step) == 0)
        return g_steal_pointer (&diagnosis);
    }
  return NULL;
}

static LiaDiagnosis *
make_skipped (const char *step)
{
  LiaDiagnosis *diagnosis = lia_diagnosis_new ();

  g_set_str (&diagnosis->step, step);
  g_set_str (&diagnosis->state, "skipped");
  return diagnosis;
}

void
lia_diagnosis_list_show (LiaDiagnosisList *self,
                         GListModel       *diagnoses)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    {
      const char *step = lia_diagnosis_row_get_step (LIA_DIAGNOSIS_ROW (row));
      g_autoptr (LiaDiagnosis) diagnosis = find (diagnoses, step);

      if (diagnosis == NULL)
        diagnosis = make_skipped (step);
      lia_diagnosis_row_set_diagnosis (LIA_DIAGNOSIS_ROW (row), diagnosis);
    }
}
