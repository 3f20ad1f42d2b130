/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of the library's editor: choices of which any number is taken, and days as people write them. */

#include "lia-icons.h"
#include "lia-library-choices.h"
#include "lia-library-day.h"

#include <locale.h>

#define DAY_MS G_GINT64_CONSTANT (1801353600000) /* 31 January 2027 */

static void
on_changed_cb (guint *n)
{
  (*n)++;
}

static GtkWidget *
find_switch (GtkWidget  *widget,
             const char *title)
{
  GtkWidget *found = NULL;

  if (ADW_IS_SWITCH_ROW (widget) && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_switch (child, title);

  return found;
}

static void
test_choices (void)
{
  g_autoptr (LiaLibraryChoices) row = g_object_ref_sink (g_object_new (LIA_TYPE_LIBRARY_CHOICES, NULL));
  g_auto (GStrv) chosen = g_strsplit ("q_2 q_gone", " ", -1);
  guint n_changed = 0;
  g_auto (GStrv) kept = NULL;
  g_auto (GStrv) fewer = NULL;

  g_signal_connect_swapped (row, "changed", G_CALLBACK (on_changed_cb), &n_changed);
  lia_library_choices_add (row, "q_1", "Support");
  lia_library_choices_add (row, "q_2", "Sales <b>");
  lia_library_choices_set_chosen (row, (char *[]){ NULL });
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), ==, "Everywhere");
  lia_library_choices_set_chosen (row, chosen);
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), ==, "Sales <b>, q_gone");
  g_assert_cmpuint (n_changed, ==, 0);
  kept = lia_library_choices_dup_chosen (row);
  g_assert_true (g_strv_equal ((const char *const *)kept, (const char *const *)chosen));

  adw_switch_row_set_active (ADW_SWITCH_ROW (find_switch (GTK_WIDGET (row), "q_gone")), FALSE);
  adw_switch_row_set_active (ADW_SWITCH_ROW (find_switch (GTK_WIDGET (row), "Support")), TRUE);
  g_assert_cmpuint (n_changed, ==, 2);
  fewer = lia_library_choices_dup_chosen (row);
  g_assert_true (g_strv_equal ((const char *const *)fewer, (const char *const[]){ "q_1", "q_2", NULL }));
}

static void
test_day (void)
{
  static const char *const right[] = { "2027-01-31", " 2027-01-31 ", "01/31/2027", "31 January 2027", "Jan 31, 2027" };
  static const char *const wrong[] = { "2027-02-31", "2027-01-", "soon", "31" };
  g_autofree char         *words = lia_library_day_to_words (DAY_MS);
  g_autofree char         *none = lia_library_day_to_words (0);
  g_autofree char         *exact = lia_library_day_to_words (DAY_MS + 1000);
  gint64                   day_ms;

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_test_message ("%s", right[i]);
      g_assert_true (lia_library_day_from_words (right[i], &day_ms));
      g_assert_cmpint (day_ms, ==, DAY_MS);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_test_message ("%s", wrong[i]);
      g_assert_false (lia_library_day_from_words (wrong[i], &day_ms));
    }
  g_assert_true (lia_library_day_from_words (words, &day_ms));
  g_assert_cmpint (day_ms, ==, DAY_MS);
  g_assert_true (lia_library_day_from_words (exact, &day_ms));
  g_assert_cmpint (day_ms, ==, DAY_MS + 1000);
  g_assert_cmpstr (none, ==, "");
  g_assert_true (lia_library_day_from_words ("", &day_ms));
  g_assert_cmpint (day_ms, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  gtk_test_init (&argc, &argv, NULL);
  lia_icons_guard ();
  adw_init ();

  g_test_add_func ("/library-rows/choices", test_choices);
  g_test_add_func ("/library-rows/day", test_day);

  return g_test_run ();
}
