/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 *   reading (a thread) -> report: nothing is written -> "Import" -> progress, with "Stop" and "Go On" -> report with what was refused
 *                                                                                                   -> "Undo" -> progress -> report
 */
#include "lia-library-import.h"

#include "lia-library-import-row.h"
#include "lia-responses-files.h"
#include "lia-then.h"

#include <glib/gi18n.h>
#include <string.h>

struct _LiaLibraryImport
{
  AdwDialog parent_instance;

  AdwWindowTitle *heading;
  GtkButton      *import_button;
  GtkButton      *undo_button;
  AdwToggleGroup *filter;
  GtkStack       *stack;
  AdwStatusPage  *problem;
  GtkListView    *list;
  GtkWidget      *progress_box;
  GtkProgressBar *progress;
  GtkLabel       *progress_words;
  GtkButton      *stop_button;

  LiaClient          *client;
  GFile              *file;  /* until it is read */
  GPtrArray          *rows;  /* of LiaCannedImportRow */
  GListStore         *shown; /* of the same, filtered */
  LiaResponsesImport *import;
  guint               progress_source;
};

G_DEFINE_FINAL_TYPE (LiaLibraryImport, lia_library_import, ADW_TYPE_DIALOG)

enum {
  STARTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The names of the filters */
static const char *const verdicts[] = { "new", "changed", "same", "wrong" };

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
  return lia_library_import_verdict (row, refusal (self, row));
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

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  lia_library_import_row_setup (item);
}

static void
bind_row_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item,
             LiaLibraryImport         *self)
{
  lia_library_import_row_bind (item, refusal (self, gtk_list_item_get_item (item)));
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
  g_autofree char *label = g_strdup_printf ("%s %'u", title, n);

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
  g_autofree char *label = g_strdup_printf (ngettext ("_Import %'u Response", "_Import %'u Responses", n), n);

  adw_toggle_group_remove_all (self->filter);
  add_filter (self, "all", _ ("All"), self->rows->len);
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    add_filter (self, verdicts[i], lia_library_import_verdict_title (i), count (self, i));
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

/* What is to be said of @n: nothing of none. @words: (transfer full) */
static void
add_figure (GPtrArray *figures,
            guint      n,
            char      *words)
{
  if (n > 0)
    g_ptr_array_add (figures, words);
  else
    g_free (words);
}

/* “9,988 new, 10 changed, 2 skipped” */
static char *
result_words (LiaLibraryImport *self)
{
  LiaResponsesImportFigures figures = lia_responses_import_get_figures (self->import);
  guint                     same = count (self, LIA_CANNED_IMPORT_SAME);
  guint                     skipped = count (self, LIA_CANNED_IMPORT_ERROR);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  if (lia_responses_import_is_undo (self->import))
    {
      add_figure (words, figures.undone, g_strdup_printf (_ ("%'u taken back"), figures.undone));
      add_figure (words, figures.kept, g_strdup_printf (_ ("%'u kept, as they were changed since"), figures.kept));
    }
  else
    {
      add_figure (words, figures.added, g_strdup_printf (_ ("%'u new"), figures.added));
      add_figure (words, figures.changed, g_strdup_printf (_ ("%'u changed"), figures.changed));
      add_figure (words, same, g_strdup_printf (_ ("%'u the same"), same));
      add_figure (words, skipped, g_strdup_printf (_ ("%'u skipped"), skipped));
    }
  g_ptr_array_add (words, NULL);

  return g_strjoinv (_ (", "), (char **)words->pdata);
}

static void
show_done (LiaLibraryImport *self)
{
  g_autofree char *words = result_words (self);

  adw_window_title_set_subtitle (self->heading, words);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  gtk_widget_set_visible (self->progress_box, FALSE);
  show_report (self);
}

static const char *
state_words (LiaLibraryImport *self)
{
  gboolean undo = lia_responses_import_is_undo (self->import);

  if (lia_responses_import_get_state (self->import) == LIA_RESPONSES_IMPORT_RUNNING)
    return undo ? _ ("Taking back…") : _ ("Importing…");

  return undo ? _ ("Stopped: the rest is still there") : _ ("Stopped: what is imported stays");
}

static void
show_progress (LiaLibraryImport *self)
{
  LiaResponsesImportState   state = lia_responses_import_get_state (self->import);
  LiaResponsesImportFigures figures = lia_responses_import_get_figures (self->import);
  g_autofree char          *words = g_strdup_printf (_ ("%'u of %'u"), figures.done, figures.total);

  gtk_progress_bar_set_fraction (self->progress, figures.total > 0 ? (double)figures.done / figures.total : 1);
  gtk_label_set_label (self->progress_words, words);
  gtk_button_set_label (self->stop_button, state == LIA_RESPONSES_IMPORT_RUNNING ? _ ("_Stop") : _ ("_Go On"));
  adw_window_title_set_subtitle (self->heading, state_words (self));
  gtk_widget_set_visible (GTK_WIDGET (self->import_button), FALSE);
  gtk_widget_set_visible (self->progress_box, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->undo_button), state != LIA_RESPONSES_IMPORT_RUNNING && !lia_responses_import_is_undo (self->import) &&
                                                              figures.added + figures.changed > 0);
  if (state == LIA_RESPONSES_IMPORT_DONE)
    show_done (self);
}

static void
show_progress_cb (gpointer data)
{
  LiaLibraryImport *self = data;

  self->progress_source = 0;
  show_progress (self);
}

/* Many answers, a few pictures a second */
static void
on_import_changed_cb (LiaLibraryImport *self)
{
  if (self->progress_source == 0)
    self->progress_source = g_timeout_add_once (60, show_progress_cb, self);
}

static void
take_import (LiaLibraryImport   *self,
             LiaResponsesImport *import)
{
  g_set_object (&self->import, import);
  g_signal_connect_object (import, "changed", G_CALLBACK (on_import_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
on_import_clicked_cb (LiaLibraryImport *self)
{
  g_autoptr (LiaResponsesImport) import = lia_responses_import_new (self->client, self->rows);

  take_import (self, import);
  lia_responses_import_start (import);
  show_progress (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->stop_button));
  g_signal_emit (self, signals[STARTED], 0, import);
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
on_undo_clicked_cb (LiaLibraryImport *self)
{
  lia_responses_import_undo (self->import);
  show_progress (self);
  if (gtk_widget_get_visible (self->progress_box))
    gtk_widget_grab_focus (GTK_WIDGET (self->stop_button));
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
  g_clear_object (&self->file);
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
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryImport, undo_button);
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
  gtk_widget_class_bind_template_callback (widget_class, on_undo_clicked_cb);

  signals[STARTED] =
      g_signal_new ("started", LIA_TYPE_LIBRARY_IMPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_RESPONSES_IMPORT);
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

static void
read_file (LiaLibraryImport *self)
{
  LiaResponses *responses = lia_client_get_responses (self->client);
  LiaAgent     *me = lia_client_get_me (self->client);
  gboolean      supervises = lia_agent_supervises (me);
  g_autoptr (GPtrArray) library = NULL;

  if (self->file == NULL || !lia_responses_get_current (responses))
    return;
  library = lia_canned_index_list (lia_responses_get_index (responses));
  lia_then (lia_responses_read_files (self->file, library, me != NULL ? me->id : "", supervises), self, read_cb, NULL, NULL);
  g_clear_object (&self->file);
}

/**
 * lia_library_import_new: reads, as soon as all is known that is there: what an import has just saved is not new a second time.
 * @file: a file, or a folder
 */
AdwDialog *
lia_library_import_new (LiaClient *client,
                        GFile     *file)
{
  LiaLibraryImport *self = g_object_new (LIA_TYPE_LIBRARY_IMPORT, NULL);

  self->client = g_object_ref (client);
  self->file = g_object_ref (file);
  g_signal_connect_object (lia_client_get_responses (client), "notify::current", G_CALLBACK (read_file), self, G_CONNECT_SWAPPED);
  read_file (self);

  return ADW_DIALOG (self);
}

/** lia_library_import_new_again: what became of an import, which can go on or be taken back. */
AdwDialog *
lia_library_import_new_again (LiaClient          *client,
                              LiaResponsesImport *import)
{
  LiaLibraryImport *self = g_object_new (LIA_TYPE_LIBRARY_IMPORT, NULL);

  self->client = g_object_ref (client);
  self->rows = g_ptr_array_ref (lia_responses_import_get_rows (import));
  take_import (self, import);
  show_report (self);
  show_progress (self);

  return ADW_DIALOG (self);
}
