/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One response of a file in the report of an import: what would become of it, where it stands, and what is to be said of it. */
#include "lia-library-import-row.h"

#include "lia-then.h"

#include <glib/gi18n.h>

static const char *const verdicts[] = { N_ ("New"), N_ ("Changed"), N_ ("Same"), N_ ("Not possible") };
static const char *const icons[] = { "list-add-symbolic", "document-edit-symbolic", "object-select-symbolic", "dialog-warning-symbolic" };

/** lia_library_import_verdict: @refused: (nullable): what the engine said against it */
LiaCannedImportVerdict
lia_library_import_verdict (LiaCannedImportRow *row,
                            const GError       *refused)
{
  return refused != NULL ? LIA_CANNED_IMPORT_ERROR : row->verdict;
}

const char *
lia_library_import_verdict_title (LiaCannedImportVerdict verdict)
{
  return _ (verdicts[verdict]);
}

static char *
where (LiaCannedImportRow *row)
{
  if (*row->file != '\0')
    return g_strdup (row->file);

  return row->line != 0 ? g_strdup_printf (_ ("Line %u"), row->line) : g_strdup ("");
}

/* What is to be said of a row: why not, what changes, what could not be taken over */
static char *
row_words (LiaCannedImportRow *row,
           const GError       *refused)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (refused != NULL)
    {
      g_autofree char *why = lia_problem_words (refused);

      g_string_append (words, why);
    }
  else if (row->problem != NULL)
    g_string_append (words, row->problem);
  else if (row->verdict == LIA_CANNED_IMPORT_CHANGED)
    {
      g_autofree char *fields = lia_canned_fields_to_words (row->changes);

      g_string_append_printf (words, _ ("Changes: %s."), fields);
    }
  for (guint i = 0; i < row->notes->len; i++)
    g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", (const char *)row->notes->pdata[i]);

  return g_string_free_and_steal (g_steal_pointer (&words));
}

void
lia_library_import_row_setup (GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *words = gtk_label_new (NULL);
  GtkWidget *verdict = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (words), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (words, "caption");
  gtk_widget_add_css_class (words, "dimmed");
  gtk_widget_add_css_class (verdict, "caption");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "library-import-row");
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), words);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), verdict);
  gtk_list_item_set_child (item, box);
}

/** lia_library_import_row_bind: @refused: (nullable): what the engine said against it */
void
lia_library_import_row_bind (GtkListItem  *item,
                             const GError *refused)
{
  LiaCannedImportRow    *row = gtk_list_item_get_item (item);
  LiaCannedImportVerdict verdict = lia_library_import_verdict (row, refused);
  GtkWidget             *icon = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget             *texts = gtk_widget_get_next_sibling (icon);
  GtkWidget             *title = gtk_widget_get_first_child (texts);
  GtkWidget             *words = gtk_widget_get_next_sibling (title);
  GtkWidget             *verdict_label = gtk_widget_get_next_sibling (texts);
  g_autofree char       *place = where (row);
  g_autofree char       *say = row_words (row, refused);
  g_autofree char       *name = *row->canned->title != '\0' ? g_strdup (row->canned->title) : g_strdup (place);
  g_autofree char       *right = *place != '\0' ? g_strdup_printf (_ ("%s · %s"), _ (verdicts[verdict]), place) : g_strdup (_ (verdicts[verdict]));
  g_autofree char       *spoken = g_strjoin (", ", name, right, *say != '\0' ? say : NULL, NULL);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), icons[verdict]);
  gtk_label_set_label (GTK_LABEL (title), name);
  gtk_label_set_label (GTK_LABEL (words), say);
  gtk_widget_set_visible (words, *say != '\0');
  gtk_label_set_label (GTK_LABEL (verdict_label), right);
  gtk_list_item_set_accessible_label (item, spoken);
  if (verdict == LIA_CANNED_IMPORT_ERROR)
    gtk_widget_add_css_class (icon, "error");
  else
    gtk_widget_remove_css_class (icon, "error");
}
