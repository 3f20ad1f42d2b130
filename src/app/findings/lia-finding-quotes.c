/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-finding-quotes.h"

#include "lia-feedback-words.h"
#include "lia-format.h"
#include "lia-time.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _LiaFindingQuotes
{
  GtkBox parent_instance;

  GtkWidget  *split;
  GtkListBox *list;
  GtkLabel   *placeholder;
  GtkWidget  *more;

  GHashTable *chosen; /* entry -> LiaQuote */
};

enum {
  QUOTE_ACTIVATED,
  MORE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaFindingQuotes, lia_finding_quotes, GTK_TYPE_BOX)

static char *
quote_words (LiaQuote *quote)
{
  g_autofree char *moment = lia_format_moment (quote->at_ms, lia_time_now ());
  g_autofree char *second = quote->second != LIA_QUOTE_NO_SECOND ? lia_feedback_words_second (quote->second) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (*quote->text != '\0')
    g_string_append_printf (text, "“%s”\n", quote->text);
  g_string_append (text, moment);
  if (second != NULL)
    g_string_append_printf (text, " · %s", second);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
show_chosen (LiaFindingQuotes *self)
{
  gtk_widget_set_visible (self->split, g_hash_table_size (self->chosen) > 0);
}

static void
on_check_toggled_cb (LiaFindingQuotes *self,
                     GtkCheckButton   *check)
{
  LiaQuote *quote = g_object_get_data (G_OBJECT (check), "quote");

  if (gtk_check_button_get_active (check))
    g_hash_table_insert (self->chosen, quote->entry, g_object_ref (quote));
  else
    g_hash_table_remove (self->chosen, quote->entry);
  show_chosen (self);
}

static GtkWidget *
check_new (LiaFindingQuotes *self,
           LiaQuote         *quote,
           const char       *who)
{
  GtkWidget       *check = gtk_check_button_new ();
  g_autofree char *words = g_strdup_printf (_ ("Choose what %s said"), who);

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data_full (G_OBJECT (check), "quote", g_object_ref (quote), g_object_unref);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_hash_table_contains (self->chosen, quote->entry));
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_check_toggled_cb), self, G_CONNECT_SWAPPED);

  return check;
}

static void
make_importances_cb (GtkMenuButton *button,
                     gpointer       data)
{
  static const LiaImportance importances[] = { LIA_IMPORTANCE_LOW, LIA_IMPORTANCE_NORMAL, LIA_IMPORTANCE_BLOCKING };
  LiaQuote                  *quote = data;
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (importances); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (lia_feedback_words_importance (importances[i]), NULL);

      g_menu_item_set_action_and_target (item, "findings.weigh", "(sii)", quote->entry, (int)quote->importance, (int)importances[i]);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

/* How much it matters to whom said it; the menu is made when it is opened, for there may be hundreds. */
static GtkWidget *
importance_new (LiaQuote *quote)
{
  GtkMenuButton *button = GTK_MENU_BUTTON (gtk_menu_button_new ());

  gtk_menu_button_set_label (button, lia_feedback_words_importance (quote->importance));
  gtk_menu_button_set_always_show_arrow (button, TRUE);
  gtk_menu_button_set_create_popup_func (button, make_importances_cb, g_object_ref (quote), g_object_unref);
  gtk_widget_set_valign (GTK_WIDGET (button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (button), "flat");
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), _ ("How Much It Matters to This Customer"));

  return GTK_WIDGET (button);
}

static GtkWidget *
row_new (LiaFindingQuotes *self,
         LiaQuote         *quote)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *who = lia_format_customer (quote->customer);
  g_autofree char *words = quote_words (quote);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), who);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 8);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check_new (self, quote, who));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), importance_new (quote));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "quote", g_object_ref (quote), g_object_unref);

  return row;
}

static void
on_row_activated_cb (LiaFindingQuotes *self,
                     GtkListBoxRow    *row)
{
  g_signal_emit (self, signals[QUOTE_ACTIVATED], 0, g_object_get_data (G_OBJECT (row), "quote"));
}

static void
on_more_clicked_cb (LiaFindingQuotes *self)
{
  g_signal_emit (self, signals[MORE], 0);
}

/* ------------------------------------------------------------------------------------------------------------------------------------------ */

static void
lia_finding_quotes_dispose (GObject *object)
{
  LiaFindingQuotes *self = LIA_FINDING_QUOTES (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_FINDING_QUOTES);
  g_clear_pointer (&self->chosen, g_hash_table_unref);

  G_OBJECT_CLASS (lia_finding_quotes_parent_class)->dispose (object);
}

static void
lia_finding_quotes_class_init (LiaFindingQuotesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_finding_quotes_dispose;

  signals[QUOTE_ACTIVATED] = g_signal_new ("quote-activated", LIA_TYPE_FINDING_QUOTES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_QUOTE);
  signals[MORE] = g_signal_new ("more", LIA_TYPE_FINDING_QUOTES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-finding-quotes.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaFindingQuotes, split);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingQuotes, list);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingQuotes, placeholder);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingQuotes, more);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_more_clicked_cb);
}

static void
lia_finding_quotes_init (LiaFindingQuotes *self)
{
  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** lia_finding_quotes_begin: they are being read. @other: of another finding than those that are shown, of which none is chosen */
void
lia_finding_quotes_begin (LiaFindingQuotes *self,
                          gboolean          other)
{
  gtk_label_set_text (self->placeholder, _ ("Reading…"));
  if (!other)
    return;
  g_hash_table_remove_all (self->chosen);
  gtk_list_box_remove_all (self->list);
  gtk_widget_set_visible (self->more, FALSE);
  show_chosen (self);
}

/** lia_finding_quotes_add: a page of them. @first: it takes the place of what is shown; @more: it is not the last one */
void
lia_finding_quotes_add (LiaFindingQuotes *self,
                        GListModel       *quotes,
                        gboolean          first,
                        gboolean          more)
{
  if (first)
    gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < g_list_model_get_n_items (quotes); i++)
    {
      g_autoptr (LiaQuote) quote = g_list_model_get_item (quotes, i);

      gtk_list_box_append (self->list, row_new (self, quote));
    }
  gtk_widget_set_visible (self->more, more);
}

void
lia_finding_quotes_fail (LiaFindingQuotes *self,
                         const char       *words)
{
  gtk_label_set_text (self->placeholder, words);
}

/** lia_finding_quotes_dup_chosen: (transfer full) (element-type LiaQuote): in no particular order */
GPtrArray *
lia_finding_quotes_dup_chosen (LiaFindingQuotes *self)
{
  GPtrArray *quotes = g_hash_table_get_values_as_ptr_array (self->chosen);

  g_ptr_array_set_free_func (quotes, g_object_unref);
  g_ptr_array_foreach (quotes, (GFunc)(void (*) (void))g_object_ref, NULL);

  return quotes;
}
