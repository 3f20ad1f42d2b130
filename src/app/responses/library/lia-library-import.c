/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 *   reading (a thread) -> report: nothing is written -> "Import" -> progress, with "Stop" and "Go On" -> report with what was refused
 */
#include "lia-library-import.h"

#include "lia-responses-files.h"
#include "lia-responses-import.h"
#include "lia-then.h"

#include <glib/gi18n.h>
#include <string.h>

struct _LiaLibraryImport
{
  AdwDialog parent_instance;

  AdwWindowTitle *heading;
  GtkButton      *import_button;
  AdwToggleGroup *filter;
  GtkStack       *stack;
  AdwStatusPage  *problem;
  GtkListView    *list;
  GtkWidget      *progress_box;
  GtkProgressBar *progress;
  GtkLabel       *progress_words;
  GtkButton      *stop_button;

  LiaClient          *client;
  GPtrArray          *rows;  /* of LiaCannedImportRow */
  GListStore         *shown; /* of the same, filtered */
  LiaResponsesImport *import;
  guint               progress_source;
};

G_DEFINE_FINAL_TYPE (LiaLibraryImport, lia_library_import, ADW_TYPE_DIALOG)

static const char *const verdicts[] = { N_ ("New"), N_ ("Changed"), N_ ("Same"), N_ ("Not possible") };
static const char *const icons[] = { "list-add-symbolic", "document-edit-symbolic", "object-select-symbolic", "dialog-warning-symbolic" };

static const GError *
refusal (LiaLibraryImport   *self,
         LiaCannedImportRow *row)
{
  return self->import != NULL ? lia_responses_import_get_error (self->import, row) : NULL;
}

static LiaCannedImportVerdict
verdict_of (LiaLibraryImport   *self,
            LiaCannedImportRow *row)
{
  return refusal (self, row) != NULL ? LIA_CANNED_IMPORT_ERROR : row->verdict;
}

static guint
count (LiaLibraryImport      *self,
       LiaCannedImportVerdict verdict)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += verdict_of (self, self->rows->pdata[i]) == verdict;

  return n;
}

/* Rows ------------------------------------------------------------------------------------------------------------------------------------- */

static char *
where (LiaCannedImportRow *row)
{
  if (*row->file != '\0')
    return g_strdup (row->file);

  return row->line != 0 ? g_strdup_printf (_ ("Line %u"), row->line) : g_strdup ("");
}

/* What is to be said of a row: why not, what changes, what could not be taken over */
static char *
row_words (LiaLibraryImport   *self,
           LiaCannedImportRow *row)
{
  g_autoptr (GString) words = g_string_new (NULL);
  const GError *refused = refusal (self, row);

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

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
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

static void
bind_row_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item,
             LiaLibraryImport         *self)
{
  LiaCannedImportRow    *row = gtk_list_item_get_item (item);
  LiaCannedImportVerdict verdict = verdict_of (self, row);
  GtkWidget             *icon = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget             *texts = gtk_widget_get_next_sibling (icon);
  GtkWidget             *title = gtk_widget_get_first_child (texts);
  GtkWidget             *words = gtk_widget_get_next_sibling (title);
  GtkWidget             *verdict_label = gtk_widget_get_next_sibling (texts);
  g_autofree char       *place = where (row);
  g_autofree char       *say = row_words (self, row);
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

/* What is wrong stands first, then what has something to be said of it. */
static int
rank (LiaLibraryImport   *self,
      LiaCannedImportRow *row)
{
  static const int ranks[] = { 2, 1, 3, 0 };

  return ranks[verdict_of (self, row)] * 2 + (row->notes->len == 0);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  LiaCannedImportRow *x = *(LiaCannedImportRow *const *)a;
  LiaCannedImportRow *y = *(LiaCannedImportRow *const *)b;
  int                 order = rank (data, x) - rank (data, y);

  if (order == 0)
    order = x->line < y->line ? -1 : x->line > y->line;

  return order != 0 ? order : strcmp (x->file, y->file);
}

static void
show_rows (LiaLibraryImport *self)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  const char *name = adw_toggle_group_get_active_name (self->filter);

  for (guint i = 0; i < self->rows->len; i++)
    {
      LiaCannedImportRow *row = self->rows->pdata[i];

      if (name == NULL || strcmp (name, "all") == 0 || strcmp (name, verdicts[verdict_of (self, row)]) == 0)
        g_ptr_array_add (list, row);
    }
  g_ptr_array_sort_with_data (list, compare_rows, self);
  g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)), list->pdata, list->len);
}

static void
on_filter_changed_cb (LiaLibraryImport *self)
{
  if (self->rows != NULL)
    show_rows (self);
}

static void
add_filter (LiaLibraryImport *self,
            const char       *name,
            const char       *title,
            guint             n)
{
  AdwToggle       *toggle;
  g_autofree char *label = g_strdup_printf ("%s %u", title, n);

  if (n == 0)
    return;
  toggle = adw_toggle_new ();
  adw_toggle_set_name (toggle, name);
  adw_toggle_set_label (toggle, label);
  adw_toggle_group_add (self->filter, toggle);
}

static void
show_report (LiaLibraryImport *self)
{
  guint            n = count (self, LIA_CANNED_IMPORT_NEW) + count (self, LIA_CANNED_IMPORT_CHANGED);
  g_autofree char *label = g_strdup_printf (ngettext ("_Import %u Response", "_Import %u Responses", n), n);

  adw_toggle_group_remove_all (self->filter);
  add_filter (self, "all", _ ("All"), self->rows->len);
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    add_filter (self, verdicts[i], _ (verdicts[i]), count (self, i));
  adw_toggle_group_set_active_name (self->filter, "all");
  gtk_widget_set_visible (GTK_WIDGET (self->filter), self->rows->len > 0);
  gtk_button_set_label (self->import_button, label);
  gtk_button_set_use_underline (self->import_button, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->import_button), n > 0 && self->import == NULL);
  show_rows (self);
  gtk_stack_set_visible_child_name (self->stack, self->rows->len > 0 ? "report" : "nothing");
}

static void
read_cb (gpointer      owner,
         const GValue *value,
         GError       *error,
         gpointer      data)
{
  LiaLibraryImport *self = owner;

  if (error != NULL)
    {
      adw_status_page_set_description (self->problem, error->message);
      gtk_stack_set_visible_child_name (self->stack, "problem");
      return;
    }
  self->rows = g_value_dup_boxed (value);
  show_report (self);
  if (count (self, LIA_CANNED_IMPORT_NEW) + count (self, LIA_CANNED_IMPORT_CHANGED) == 0)
    adw_window_title_set_subtitle (self->heading, _ ("Nothing would change"));
  else
    {
      adw_window_title_set_subtitle (self->heading, _ ("Nothing is written yet"));
      gtk_widget_grab_focus (GTK_WIDGET (self->import_button));
    }
}

/* Importing -------------------------------------------------------------------------------------------------------------------------------- */

static void
show_done (LiaLibraryImport *self)
{
  guint            n = lia_responses_import_get_saved (self->import);
  g_autofree char *words = g_strdup_printf (ngettext ("%u response imported", "%u responses imported", n), n);
  guint            n_refused = lia_responses_import_get_refused (self->import);
  g_autofree char *refused = g_strdup_printf (ngettext ("%s, %u refused", "%s, %u refused", n_refused), words, n_refused);

  adw_window_title_set_subtitle (self->heading, n_refused > 0 ? refused : words);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), n_refused > 0 ? refused : words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  gtk_widget_set_visible (self->progress_box, FALSE);
  show_report (self);
}

static void
show_progress_cb (gpointer data)
{
  LiaLibraryImport       *self = data;
  LiaResponsesImportState state = lia_responses_import_get_state (self->import);
  guint                   done = lia_responses_import_get_saved (self->import) + lia_responses_import_get_refused (self->import);
  guint                   total = lia_responses_import_get_total (self->import);
  g_autofree char        *words = g_strdup_printf (_ ("%u of %u"), done, total);

  self->progress_source = 0;
  gtk_progress_bar_set_fraction (self->progress, total > 0 ? (double)done / total : 1);
  gtk_label_set_label (self->progress_words, words);
  gtk_button_set_label (self->stop_button, state == LIA_RESPONSES_IMPORT_RUNNING ? _ ("_Stop") : _ ("_Go On"));
  adw_window_title_set_subtitle (self->heading, state == LIA_RESPONSES_IMPORT_RUNNING ? _ ("Importing…") : _ ("Stopped: what is imported stays"));
  if (state == LIA_RESPONSES_IMPORT_DONE)
    show_done (self);
}

/* Thousands of answers, a few pictures a second */
static void
on_import_changed_cb (LiaLibraryImport *self)
{
  if (self->progress_source == 0)
    self->progress_source = g_timeout_add_once (60, show_progress_cb, self);
}

static void
on_import_clicked_cb (LiaLibraryImport *self)
{
  self->import = lia_responses_import_new (self->client, self->rows);
  g_signal_connect_object (self->import, "changed", G_CALLBACK (on_import_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (GTK_WIDGET (self->import_button), FALSE);
  gtk_widget_set_visible (self->progress_box, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->stop_button));
  lia_responses_import_start (self->import);
}

static void
on_stop_clicked_cb (LiaLibraryImport *self)
{
  if (lia_responses_import_get_state (self->import) == LIA_RESPONSES_IMPORT_RUNNING)
    lia_responses_import_stop (self->import);
  else
    lia_responses_import_start (self->import);
}

static void
lia_library_import_dispose (GObject *object)
{
  LiaLibraryImport *self = LIA_LIBRARY_IMPORT (object);

  /* Who closes the dialog has seen enough: the rest is not sent. */
  if (self->import != NULL)
    lia_responses_import_stop (self->import);
  g_clear_handle_id (&self->progress_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_LIBRARY_IMPORT);
  g_clear_object (&self->import);
  g_clear_object (&self->shown);
  g_clear_object (&self->client);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (lia_library_import_parent_class)->dispose (object);
}

static void
lia_library_import_class_init (LiaLibraryImportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_library_import_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-library-import.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryImport, heading);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryImport, import_button);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryImport, filter);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryImport, stack);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryImport, problem);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryImport, list);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryImport, progress_box);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryImport, progress);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryImport, progress_words);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryImport, stop_button);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_import_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked_cb);
}

static void
lia_library_import_init (LiaLibraryImport *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkNoSelection     *model;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->shown = g_list_store_new (LIA_TYPE_CANNED_IMPORT_ROW);
  model = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->shown)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_row_cb), self, 0);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (model));
  g_object_unref (factory);
  g_object_unref (model);
}

/**
 * lia_library_import_new: begins to read.
 * @file: a file, or a folder
 * @library: of LiaCanned: what there is
 */
AdwDialog *
lia_library_import_new (LiaClient *client,
                        GFile     *file,
                        GPtrArray *library)
{
  LiaLibraryImport *self = g_object_new (LIA_TYPE_LIBRARY_IMPORT, NULL);
  LiaAgent         *me = lia_client_get_me (client);
  gboolean          supervises = me != NULL && me->role != NULL && strcmp (me->role, "agent") != 0;

  self->client = g_object_ref (client);
  lia_then (lia_responses_read_files (file, library, me != NULL ? me->id : "", supervises), self, read_cb, NULL, NULL);

  return ADW_DIALOG (self);
}
