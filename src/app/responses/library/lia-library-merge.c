/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-library-merge.h"

#include "lia-canned-change.h"
#include "lia-canned-twins.h"
#include "lia-word-view.h"

#include <glib/gi18n.h>

struct _LiaLibraryMerge
{
  AdwDialog parent_instance;

  GtkLabel    *hint;
  GtkListBox  *list;
  GtkTextView *text;
  GtkButton   *take;

  LiaCanned *mine;
  LiaCanned *theirs;
  LiaCanned *before; /* one of the two: what the result is shown beside */
  gboolean   taken;
};

G_DEFINE_FINAL_TYPE (LiaLibraryMerge, lia_library_merge, ADW_TYPE_DIALOG)

enum {
  MERGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* (transfer full): mine, with what is to be theirs */
static LiaCanned *
merge (LiaLibraryMerge *self)
{
  LiaCanned     *merged = lia_canned_copy (self->mine);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (adw_combo_row_get_selected (ADW_COMBO_ROW (row)) == 1)
      lia_canned_take_fields (merged, self->theirs, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "field")));

  return merged;
}

static void
update (LiaLibraryMerge *self)
{
  g_autoptr (LiaCanned) merged = merge (self);
  g_autofree char *before = lia_word_view_describe (self->before);
  g_autofree char *after = lia_word_view_describe (merged);

  lia_word_view_show (self->text, before, after);
}

static void
on_taken_cb (LiaLibraryMerge *self)
{
  self->taken = TRUE;
  adw_dialog_close (ADW_DIALOG (self));
}

/* Not before: a dialog that goes gives the keyboard back to whoever had it. */
static void
on_closed_cb (LiaLibraryMerge *self)
{
  g_autoptr (LiaCanned) merged = merge (self);

  if (self->taken)
    g_signal_emit (self, signals[MERGED], 0, merged, self->theirs);
}

static void
add_row (LiaLibraryMerge   *self,
         LiaCannedFields    field,
         const char *const *whose)
{
  GtkWidget       *row = adw_combo_row_new ();
  g_autofree char *words = lia_canned_fields_to_words (field);
  g_autofree char *first = g_utf8_substring (words, 0, 1);
  g_autofree char *upper = g_utf8_strup (first, -1);
  g_autofree char *title = g_strconcat (upper, words + strlen (first), NULL);
  g_autoptr (GtkStringList) choices = gtk_string_list_new (whose);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (choices));
  g_object_set_data (G_OBJECT (row), "field", GUINT_TO_POINTER (field));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, row);
}

static void
lia_library_merge_dispose (GObject *object)
{
  LiaLibraryMerge *self = LIA_LIBRARY_MERGE (object);

  g_clear_object (&self->mine);
  g_clear_object (&self->theirs);
  g_clear_object (&self->before);

  G_OBJECT_CLASS (lia_library_merge_parent_class)->dispose (object);
}

static void
lia_library_merge_class_init (LiaLibraryMergeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_library_merge_dispose;

  signals[MERGED] = g_signal_new ("merged", LIA_TYPE_LIBRARY_MERGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, LIA_TYPE_CANNED, LIA_TYPE_CANNED);
}

static GtkWidget *
make_text (LiaLibraryMerge *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->text = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_editable (self->text, FALSE);
  gtk_text_view_set_wrap_mode (self->text, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (self->text, 12);
  gtk_text_view_set_right_margin (self->text, 12);
  gtk_text_view_set_top_margin (self->text, 12);
  gtk_text_view_set_bottom_margin (self->text, 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->text));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_add_css_class (scroller, "notes");

  return scroller;
}

static void
lia_library_merge_init (LiaLibraryMerge *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->take = GTK_BUTTON (gtk_button_new ());
  gtk_button_set_use_underline (self->take, TRUE);
  self->hint = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->hint, TRUE);
  gtk_label_set_xalign (self->hint, 0);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_add_css_class (GTK_WIDGET (self->take), "suggested-action");
  g_signal_connect_object (self->take, "clicked", G_CALLBACK (on_taken_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), GTK_WIDGET (self->take));
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->hint));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), make_text (self));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), box);
  g_signal_connect (self, "closed", G_CALLBACK (on_closed_cb), NULL);
  adw_dialog_set_content_width (ADW_DIALOG (self), 600);
  adw_dialog_set_content_height (ADW_DIALOG (self), 560);
  adw_dialog_set_child (ADW_DIALOG (self), view);
}

/* @whose: what the two are called; @words: of the text that shows the result */
static LiaLibraryMerge *
make (LiaCanned         *mine,
      LiaCanned         *theirs,
      LiaCanned         *before,
      const char *const *whose,
      const char        *words)
{
  LiaLibraryMerge *self = g_object_new (LIA_TYPE_LIBRARY_MERGE, NULL);
  LiaCannedFields  different = lia_canned_compare (mine, theirs);

  self->mine = g_object_ref (mine);
  self->theirs = g_object_ref (theirs);
  self->before = g_object_ref (before);
  for (guint field = 1; field & LIA_CANNED_EVERYTHING; field <<= 1)
    if (different & field)
      add_row (self, (LiaCannedFields)field, whose);
  gtk_widget_set_visible (GTK_WIDGET (self->list), different != 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  update (self);

  return self;
}

AdwDialog *
lia_library_merge_new (LiaCanned *mine,
                       LiaCanned *theirs)
{
  LiaLibraryMerge *self = make (mine, theirs, theirs, (const char *const[]){ _ ("Mine"), _ ("Theirs"), NULL }, _ ("What you would change of what your colleague saved"));

  adw_dialog_set_title (ADW_DIALOG (self), _ ("Yours and Your Colleague’s"));
  gtk_button_set_label (self->take, _ ("_Take Over"));
  gtk_widget_set_visible (GTK_WIDGET (self->hint), FALSE);

  return ADW_DIALOG (self);
}

/** lia_library_merge_new_twins: @kept becomes one for both (lia_canned_unite()), of which fields of @other can be chosen. */
AdwDialog *
lia_library_merge_new_twins (LiaCanned *kept,
                             LiaCanned *other)
{
  g_autoptr (LiaCanned) united = lia_canned_unite (kept, other);
  g_autofree char *hint = g_strdup_printf (_ ("“%s” is kept, and is found by the names of both. “%s” is retired."), kept->title, other->title);
  LiaLibraryMerge *self = make (united, other, kept, (const char *const[]){ _ ("As it is kept"), _ ("As in the other"), NULL }, _ ("What changes in the response that is kept"));

  adw_dialog_set_title (ADW_DIALOG (self), _ ("Merge Two Responses"));
  gtk_button_set_label (self->take, _ ("_Merge"));
  gtk_label_set_label (self->hint, hint);

  return ADW_DIALOG (self);
}
