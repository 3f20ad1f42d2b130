/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-library-row.h"

#include "lia-library-place.h"
#include "lia-time.h"

#include <glib/gi18n.h>

struct _LiaLibraryRow
{
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkLabel *shortcut;
  GtkLabel *place;
  GtkLabel *state;
};

G_DEFINE_FINAL_TYPE (LiaLibraryRow, lia_library_row, GTK_TYPE_WIDGET)

static void
lia_library_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (lia_library_row_parent_class)->dispose (object);
}

static void
lia_library_row_class_init (LiaLibraryRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_library_row_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "libraryrow");
}

static GtkLabel *
add_label (GtkWidget  *box,
           gboolean    first,
           const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, first);
  gtk_label_set_width_chars (GTK_LABEL (label), first ? 6 : -1);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);

  return GTK_LABEL (label);
}

static void
lia_library_row_init (LiaLibraryRow *self)
{
  GtkWidget        *upper = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget        *lower = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 2);
  gtk_widget_set_parent (upper, GTK_WIDGET (self));
  gtk_widget_set_parent (lower, GTK_WIDGET (self));
  self->title = add_label (upper, TRUE, "title");
  self->shortcut = add_label (upper, FALSE, "monospace");
  gtk_widget_add_css_class (GTK_WIDGET (self->shortcut), "caption");
  self->place = add_label (lower, TRUE, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->place), "dimmed");
  self->state = add_label (lower, FALSE, "caption");
}

GtkWidget *
lia_library_row_new (void)
{
  return g_object_new (LIA_TYPE_LIBRARY_ROW, NULL);
}

static const char *
state_words (LiaCanned *canned,
             gboolean   edited,
             gboolean   is_public)
{
  if (edited)
    return _ ("not saved");
  if (canned->state == LIA_CANNED_RETIRED)
    return _ ("retired");
  if (lia_library_needs_review (canned, lia_time_now ()))
    return _ ("to be reviewed");
  if (canned->state == LIA_CANNED_DRAFT)
    return _ ("draft");
  if (is_public)
    return _ ("on the web site");

  return canned->scope == LIA_CANNED_PRIVATE ? _ ("only mine") : "";
}

static const char *
title_of (LiaCanned *canned)
{
  return *canned->title != '\0' ? canned->title : _ ("New Response");
}

/** lia_library_row_words: what a screen reader says of it. */
char *
lia_library_row_words (LiaCanned *canned,
                       gboolean   edited,
                       gboolean   is_public)
{
  const char *state = state_words (canned, edited, is_public);

  return g_strjoin (", ", title_of (canned), *state != '\0' ? state : canned->folder, *state != '\0' && *canned->folder != '\0' ? canned->folder : NULL, NULL);
}

/* The first line that says something, where there is no folder */
static char *
first_words (LiaCanned *canned)
{
  const LiaCannedVariant *variant = canned->variants->len > 0 ? canned->variants->pdata[0] : NULL;
  g_autofree char        *line = g_strndup (variant != NULL ? variant->body : "", 200);
  g_autofree char        *valid = g_utf8_make_valid (line, -1);

  g_strdelimit (valid, "\r\n\t", ' ');

  return g_strdup (g_strstrip (valid));
}

void
lia_library_row_show (LiaLibraryRow *self,
                      LiaCanned     *canned,
                      gboolean       edited,
                      gboolean       is_public)
{
  const char      *state = state_words (canned, edited, is_public);
  g_autofree char *shortcut = *canned->shortcut != '\0' ? g_strconcat ("/", canned->shortcut, NULL) : g_strdup ("");
  g_autofree char *words = first_words (canned);

  gtk_label_set_label (self->title, title_of (canned));
  gtk_label_set_label (self->shortcut, shortcut);
  gtk_label_set_label (self->place, *canned->folder != '\0' ? canned->folder : words);
  gtk_label_set_label (self->state, state);
  if (edited || lia_library_needs_review (canned, lia_time_now ()))
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "attention");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), "attention");
}
