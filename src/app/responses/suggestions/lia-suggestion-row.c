/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-suggestion-row.h"

#include <glib/gi18n.h>

#define MAX_QUOTE_LINES 3

struct _LiaSuggestionRow
{
  GtkListBoxRow parent_instance;

  GtkBox    *box;
  GtkWidget *act_button;
  GtkWidget *dismiss_button;

  LiaSuggestion   *suggestion;
  LiaSuggestionAct act;
};

G_DEFINE_FINAL_TYPE (LiaSuggestionRow, lia_suggestion_row, GTK_TYPE_LIST_BOX_ROW)

enum {
  CHOSEN,
  DISMISSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_chosen_cb (LiaSuggestionRow *self)
{
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
on_dismissed_cb (LiaSuggestionRow *self)
{
  g_signal_emit (self, signals[DISMISSED], 0);
}

static gboolean
dismiss_cb (GtkWidget *widget,
            GVariant  *args,
            gpointer   data)
{
  on_dismissed_cb (LIA_SUGGESTION_ROW (widget));

  return GDK_EVENT_STOP;
}

static void
lia_suggestion_row_dispose (GObject *object)
{
  g_clear_object (&LIA_SUGGESTION_ROW (object)->suggestion);

  G_OBJECT_CLASS (lia_suggestion_row_parent_class)->dispose (object);
}

static void
lia_suggestion_row_class_init (LiaSuggestionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_suggestion_row_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", LIA_TYPE_SUGGESTION_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DISMISSED] = g_signal_new ("dismissed", LIA_TYPE_SUGGESTION_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, dismiss_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Delete, 0, dismiss_cb, NULL);
}

static GtkWidget *
add_label (LiaSuggestionRow *self,
           const char       *text,
           const char       *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (self->box, label);

  return label;
}

static GtkWidget *
add_button (LiaSuggestionRow *self,
            GtkWidget        *box,
            const char       *words,
            const char       *about,
            GCallback         callback)
{
  GtkWidget       *button = gtk_button_new ();
  g_autofree char *spoken = g_strdup_printf (_ ("%s: %s"), words, about);

  /* A label of the button's own would be its whole name. */
  gtk_button_set_child (GTK_BUTTON (button), gtk_label_new (words));
  gtk_widget_add_css_class (button, "text-button");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);

  return button;
}

static void
add_buttons (LiaSuggestionRow *self,
             const char       *title)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_margin_top (buttons, 6);
  self->act_button = add_button (self, buttons, lia_suggestion_act_words (self->act), title, G_CALLBACK (on_chosen_cb));
  self->dismiss_button = add_button (self, buttons, _ ("Dismiss"), title, G_CALLBACK (on_dismissed_cb));
  gtk_widget_add_css_class (self->dismiss_button, "flat");
  gtk_box_append (self->box, buttons);
}

static void
add_quote (LiaSuggestionRow *self)
{
  g_autoptr (PangoAttrList) marks = NULL;
  g_autofree char *quote = lia_suggestion_words_quote (self->suggestion, &marks);
  GtkWidget       *label;

  if (quote == NULL)
    return;
  label = add_label (self, quote, "suggestion-quote");
  gtk_label_set_attributes (GTK_LABEL (label), marks);
  gtk_label_set_lines (GTK_LABEL (label), MAX_QUOTE_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
}

static void
lia_suggestion_row_init (LiaSuggestionRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->box = GTK_BOX (box);
  gtk_widget_add_css_class (box, "suggestion");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

/** lia_suggestion_row_new: @canned, @other: (nullable): the responses that it is about. */
GtkWidget *
lia_suggestion_row_new (LiaSuggestion   *suggestion,
                        LiaSuggestionAct act,
                        LiaCanned       *canned,
                        LiaCanned       *other)
{
  LiaSuggestionRow *self = g_object_new (LIA_TYPE_SUGGESTION_ROW, NULL);
  g_autofree char  *title = lia_suggestion_words_title (suggestion, canned, other);
  g_autofree char  *reason = lia_suggestion_words_reason (suggestion, canned, other);
  g_autofree char  *quote = lia_suggestion_words_spoken_quote (suggestion);
  g_autofree char  *spoken = g_strjoin (". ", title, reason, NULL);

  self->suggestion = g_object_ref (suggestion);
  self->act = act;
  add_label (self, title, "heading");
  add_label (self, reason, "dimmed");
  add_quote (self);
  add_buttons (self, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, quote, -1);

  return GTK_WIDGET (self);
}

LiaSuggestion *
lia_suggestion_row_get_suggestion (LiaSuggestionRow *self)
{
  return self->suggestion;
}

LiaSuggestionAct
lia_suggestion_row_get_act (LiaSuggestionRow *self)
{
  return self->act;
}

LiaSuggestionPart
lia_suggestion_row_get_focused (LiaSuggestionRow *self)
{
  if (gtk_widget_is_focus (self->act_button))
    return LIA_SUGGESTION_PART_ACT;

  return gtk_widget_is_focus (self->dismiss_button) ? LIA_SUGGESTION_PART_DISMISS : LIA_SUGGESTION_PART_ROW;
}

void
lia_suggestion_row_focus (LiaSuggestionRow *self,
                          LiaSuggestionPart part)
{
  gtk_widget_grab_focus (part == LIA_SUGGESTION_PART_ACT ? self->act_button : part == LIA_SUGGESTION_PART_DISMISS ? self->dismiss_button
                                                                                                                  : GTK_WIDGET (self));
}
