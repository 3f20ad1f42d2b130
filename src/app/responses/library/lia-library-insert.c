/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-library-insert.h"

#include "lia-template-placeholder.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

struct _LiaLibraryInsert
{
  GtkPopover parent_instance;

  GtkSearchEntry *entry;
  GtkListBox     *list;
};

G_DEFINE_FINAL_TYPE (LiaLibraryInsert, lia_library_insert, GTK_TYPE_POPOVER)

enum {
  INSERTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What is no placeholder */
static const struct
{
  const char *title;
  const char *text;
} others[] = {
  { N_ ("Something to fill in"), "{{ask \"Order number\"}}" },
  { N_ ("A number to fill in"), "{{ask \"How many\" number}}" },
  { N_ ("A day to fill in"), "{{ask \"Delivered on\" date}}" },
  { N_ ("One of several"), "{{choose \"Reason\": broken / lost}}" },
  { N_ ("A part to take in or leave out"), "{{optional \"Shipping note\"}}\n…\n{{end}}" },
  { N_ ("Only if something is so"), "{{if customer.company}}\n…\n{{else}}\n…\n{{end}}" },
  { N_ ("A greeting, which several responses share"), "{{greeting}}\nDear {{customer.first_name|customer}},\n{{end}}" },
  { N_ ("A farewell, which several responses share"), "{{farewell}}\nKind regards\n{{agent.name}}\n{{end}}" },
};

static void
add_row (LiaLibraryInsert *self,
         const char       *title,
         const char       *subtitle,
         const char       *text)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *words = g_strconcat (title, " ", text, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "text", g_strdup (text), g_free);
  g_object_set_data_full (G_OBJECT (row), "words", g_utf8_casefold (words, -1), g_free);
  gtk_list_box_append (self->list, row);
}

static void
add_rows (LiaLibraryInsert *self)
{
  guint                         n_placeholders;
  const LiaTemplatePlaceholder *placeholders = lia_template_placeholders (&n_placeholders);

  for (guint i = 0; i < n_placeholders; i++)
    {
      const gboolean   asked = placeholders[i].type == LIA_TEMPLATE_TRUTH;
      g_autofree char *text = g_strconcat (asked ? "{{if " : "{{", placeholders[i].name, asked ? "}}\n…\n{{else}}\n…\n{{end}}" : "}}", NULL);
      g_autofree char *subtitle = g_strdup_printf (_ ("as “%s”"), lia_template_placeholder_get_example (&placeholders[i]));

      add_row (self, lia_template_placeholder_get_title (&placeholders[i]), subtitle, text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *line = g_strdelimit (g_strdup (others[i].text), "\n", ' ');

      add_row (self, _ (others[i].title), line, others[i].text);
    }
}

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       data)
{
  LiaLibraryInsert *self = data;
  g_autofree char  *typed = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->entry)), -1);

  return strstr (g_object_get_data (G_OBJECT (row), "words"), g_strstrip (typed)) != NULL;
}

static GtkListBoxRow *
first_row (LiaLibraryInsert *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      return row;

  return NULL;
}

static void
on_changed_cb (LiaLibraryInsert *self)
{
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_select_row (self->list, first_row (self));
}

static void
on_row_activated_cb (LiaLibraryInsert *self,
                     GtkListBoxRow    *row)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[INSERTED], 0, g_object_get_data (G_OBJECT (row), "text"));
}

static void
on_activate_cb (LiaLibraryInsert *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    on_row_activated_cb (self, row);
}

static void
lia_library_insert_map (GtkWidget *widget)
{
  LiaLibraryInsert *self = LIA_LIBRARY_INSERT (widget);

  GTK_WIDGET_CLASS (lia_library_insert_parent_class)->map (widget);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  on_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
lia_library_insert_class_init (LiaLibraryInsertClass *klass)
{
  GTK_WIDGET_CLASS (klass)->map = lia_library_insert_map;

  signals[INSERTED] = g_signal_new ("inserted", LIA_TYPE_LIBRARY_INSERT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
lia_library_insert_init (LiaLibraryInsert *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->entry = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_search_entry_set_placeholder_text (self->entry, _ ("What to insert"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What can be inserted"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_widget_set_size_request (scroller, 340, 320);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (gtk_popover_popdown), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  add_rows (self);
}

GtkWidget *
lia_library_insert_new (void)
{
  return g_object_new (LIA_TYPE_LIBRARY_INSERT, NULL);
}
