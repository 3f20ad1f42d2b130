/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-zone-row.h"

#include "lia-zone.h"

/** lia_zone_row_fill: @none: what stands first, for no zone. */
void
lia_zone_row_fill (AdwComboRow *row,
                   const char  *none)
{
  g_auto (GStrv) names = lia_zone_list ();
  const char *const first[] = { none, NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (first);
  g_autoptr (GtkExpression) words = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  gtk_string_list_splice (list, 1, 0, (const char *const *)names);
  adw_combo_row_set_expression (row, words);
  adw_combo_row_set_search_match_mode (row, GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  adw_combo_row_set_enable_search (row, TRUE);
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
}

/** lia_zone_row_set_name: @name: (nullable): NULL, "" and what is no zone are none. */
void
lia_zone_row_set_name (AdwComboRow *row,
                       const char  *name)
{
  g_autoptr (GTimeZone) zone = lia_zone_open (name);
  GtkStringList *list = GTK_STRING_LIST (adw_combo_row_get_model (row));
  guint          selected = 0;

  for (guint i = 1; zone != NULL && selected == 0 && i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      if (g_str_equal (gtk_string_list_get_string (list, i), g_time_zone_get_identifier (zone)))
        selected = i;
    }
  adw_combo_row_set_selected (row, selected);
}

/** lia_zone_row_dup_name: "" for none. */
char *
lia_zone_row_dup_name (AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return g_strdup ("");

  return g_strdup (gtk_string_list_get_string (GTK_STRING_LIST (adw_combo_row_get_model (row)), selected));
}
