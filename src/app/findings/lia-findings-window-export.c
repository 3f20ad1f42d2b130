/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

/* What is listed, as a table in a file. */

#include "lia-findings-window-private.h"

#include "lia-then.h"

#include <glib/gi18n.h>

static void
show_progress (LiaFindingsWindow *self)
{
  guint            n = lia_findings_export_get_count (self->running);
  g_autofree char *words = self->total > 0 ? g_strdup_printf (_ ("%d of %d findings"), (int)n, (int)MAX (self->total, n)) : g_strdup_printf (ngettext ("%d finding", "%d findings", n), (int)n);

  gtk_progress_bar_set_text (self->export_progress, words);
  if (self->total > 0)
    gtk_progress_bar_set_fraction (self->export_progress, MIN ((double)n / (double)self->total, 1));
  else
    gtk_progress_bar_pulse (self->export_progress);
}

/* A file of the system says best itself what is wrong with it. */
static void
complain (LiaFindingsWindow *self,
          const GError      *error)
{
  g_autofree char *words = NULL;

  if (error->domain == G_IO_ERROR)
    words = g_strdup_printf (_ ("The findings could not be exported: %s"), error->message);
  if (words != NULL)
    lia_toast (GTK_WIDGET (self->split), words);
  else
    lia_complain (GTK_WIDGET (self->split), _ ("The findings could not be exported"), error);
}

static void
on_exported_cb (gpointer      owner,
                const GValue *value,
                GError       *error,
                gpointer      data)
{
  LiaFindingsWindow *self = owner;
  guint              n = value != NULL ? g_value_get_uint (value) : 0;
  g_autofree char   *words = g_strdup_printf (ngettext ("%d finding is exported", "%d findings are exported", n), (int)n);

  g_clear_object (&self->running);
  gtk_widget_set_visible (self->export_bar, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "findings.export", TRUE);
  if (value != NULL)
    lia_toast (GTK_WIDGET (self->split), words);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    lia_toast (GTK_WIDGET (self->split), _ ("The export was stopped"));
  else
    complain (self, error);
}

static void
export_to (LiaFindingsWindow *self,
           GFile             *file)
{
  LiaFindingsQuery query = lia_findings_window_get_query (self);

  self->running = lia_findings_export_new (self->client, &query, file);
  g_signal_connect_object (self->running, "progressed", G_CALLBACK (show_progress), self, G_CONNECT_SWAPPED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "findings.export", FALSE);
  gtk_widget_set_visible (self->export_bar, TRUE);
  show_progress (self);
  lia_then (lia_findings_export_run (self->running), self, on_exported_cb, NULL, NULL);
}

static void
on_file_chosen_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (LiaFindingsWindow) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL && self->client != NULL && self->running == NULL)
    export_to (self, file);
}

/** lia_findings_window_export: asks for a file, and writes what is filtered into it. */
void
lia_findings_window_export (LiaFindingsWindow *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  gtk_file_filter_set_name (filter, _ ("Tables (CSV)"));
  gtk_file_filter_add_suffix (filter, "csv");
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_title (dialog, _ ("Export Findings"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_set_initial_name (dialog, "findings.csv");
  gtk_file_dialog_save (dialog, GTK_WINDOW (self), NULL, on_file_chosen_cb, g_object_ref (self));
}

void
lia_findings_window_stop_export (LiaFindingsWindow *self)
{
  if (self->running != NULL)
    lia_findings_export_cancel (self->running);
}
