/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-field-bar.h"

#include <glib/gi18n.h>

struct _LiaFieldBar
{
  AdwBin parent_instance;

  AdwWrapBox        *box;
  LiaResponseFields *fields;
  char              *shown; /* what the widgets were made for */
};

G_DEFINE_FINAL_TYPE (LiaFieldBar, lia_field_bar, ADW_TYPE_BIN)

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  LiaFieldBar *bar;
  char        *key;
  char        *choice;
} Choice;

static void
choice_free (gpointer  data,
             GClosure *closure)
{
  Choice *choice = data;

  g_object_unref (choice->bar);
  g_free (choice->key);
  g_free (choice->choice);
  g_free (choice);
}

static Choice *
choice_new (LiaFieldBar            *self,
            const LiaTemplateField *field,
            const char             *text)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->bar = g_object_ref (self);
  choice->key = g_strdup (field->key);
  choice->choice = g_strdup (text);

  return choice;
}

/* The widget that was used is gone after that: there may be another field now. */
static void
fill (Choice           *choice,
      LiaTemplateValue *value)
{
  g_autoptr (LiaFieldBar) bar = g_object_ref (choice->bar);

  lia_response_fields_fill (bar->fields, choice->key, value);
  g_signal_emit (bar, signals[CHOSEN], 0);
}

static void
on_chosen_cb (GtkWidget *button,
              Choice    *choice)
{
  g_autoptr (LiaTemplateValue) value = lia_template_value_new_text (choice->choice);

  fill (choice, value);
}

static void
on_taken_in_cb (GtkCheckButton *button,
                Choice         *choice)
{
  g_autoptr (LiaTemplateValue) value = gtk_check_button_get_active (button) ? lia_template_value_new_text (choice->choice) : NULL;

  fill (choice, value);
}

static void
on_day_cb (GtkCalendar *calendar,
           Choice      *choice)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (calendar);
  g_autoptr (LiaTemplateValue) value =
      lia_template_value_new_date (g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day));

  fill (choice, value);
}

static void
add_label (LiaFieldBar *self,
           const char  *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "caption-heading");
  adw_wrap_box_append (self->box, label);
}

static void
add_choices (LiaFieldBar            *self,
             const LiaTemplateField *field)
{
  add_label (self, field->label);
  for (guint i = 0; field->choices[i] != NULL; i++)
    {
      GtkWidget       *button = gtk_button_new_with_label (field->choices[i]);
      g_autofree char *words = g_strdup_printf ("%s: %s", field->label, field->choices[i]);

      gtk_widget_add_css_class (button, "caption");
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
      g_signal_connect_data (button, "clicked", G_CALLBACK (on_chosen_cb), choice_new (self, field, field->choices[i]), choice_free, 0);
      adw_wrap_box_append (self->box, button);
    }
}

static void
add_calendar (LiaFieldBar            *self,
              const LiaTemplateField *field)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *calendar = gtk_calendar_new ();

  g_signal_connect_data (calendar, "day-selected", G_CALLBACK (on_day_cb), choice_new (self, field, NULL), choice_free, 0);
  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Choose a Day"));
  gtk_widget_add_css_class (button, "caption");
  add_label (self, field->label);
  adw_wrap_box_append (self->box, button);
}

static void
add_part (LiaFieldBar            *self,
          const LiaTemplateField *field)
{
  GtkWidget *check = gtk_check_button_new_with_label (field->label);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), lia_response_fields_is_filled (self->fields, field->key));
  gtk_widget_set_tooltip_text (check, _ ("Takes This Part of the Response In"));
  g_signal_connect_data (check, "toggled", G_CALLBACK (on_taken_in_cb), choice_new (self, field, "yes"), choice_free, 0);
  adw_wrap_box_append (self->box, check);
}

static int
compare_labels (gconstpointer a,
                gconstpointer b)
{
  return g_strcmp0 ((*(LiaTemplateField *const *)a)->label, (*(LiaTemplateField *const *)b)->label);
}

static gboolean
is_shown (LiaFieldBar            *self,
          const LiaTemplateField *field,
          const LiaTemplateField *current)
{
  if (field->kind == LIA_TEMPLATE_FIELD_OPTIONAL)
    return TRUE;

  return current != NULL && g_str_equal (current->key, field->key) &&
         (field->kind == LIA_TEMPLATE_FIELD_CHOICE || field->kind == LIA_TEMPLATE_FIELD_DATE);
}

static void
add_field (LiaFieldBar            *self,
           const LiaTemplateField *field)
{
  if (field->kind == LIA_TEMPLATE_FIELD_OPTIONAL)
    add_part (self, field);
  else if (field->kind == LIA_TEMPLATE_FIELD_CHOICE)
    add_choices (self, field);
  else
    add_calendar (self, field);
}

/* lia_field_bar_show: is called at each key; widgets are only made anew when others are needed. */
void
lia_field_bar_show (LiaFieldBar       *self,
                    LiaResponseFields *fields)
{
  g_autoptr (GPtrArray) list = lia_response_fields_list (fields);
  g_autoptr (GString) shown = g_string_new (NULL);
  LiaTemplateField *current = lia_response_fields_get_current (fields);
  GtkWidget        *child;

  g_set_object (&self->fields, fields);
  g_ptr_array_sort (list, compare_labels);
  for (guint i = list->len; i > 0; i--)
    {
      LiaTemplateField *field = list->pdata[i - 1];

      if (is_shown (self, field, current))
        g_string_append_printf (shown, "%s %d\n", field->key, lia_response_fields_is_filled (fields, field->key));
      else
        g_ptr_array_remove_index (list, i - 1);
    }
  if (!g_set_str (&self->shown, shown->str))
    return;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    adw_wrap_box_remove (self->box, child);
  for (guint i = 0; i < list->len; i++)
    add_field (self, list->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self), list->len > 0);
}

static void
lia_field_bar_dispose (GObject *object)
{
  LiaFieldBar *self = LIA_FIELD_BAR (object);

  g_clear_object (&self->fields);
  g_clear_pointer (&self->shown, g_free);

  G_OBJECT_CLASS (lia_field_bar_parent_class)->dispose (object);
}

static void
lia_field_bar_class_init (LiaFieldBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_field_bar_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", LIA_TYPE_FIELD_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_field_bar_init (LiaFieldBar *self)
{
  self->box = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->box, 6);
  adw_wrap_box_set_line_spacing (self->box, 6);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
