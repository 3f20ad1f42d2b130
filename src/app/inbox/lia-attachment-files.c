/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Attachments become files only here. What could do harm when opened is only saved, and only after the user has confirmed; nothing is ever
 * executed. Files that are opened live in a private folder of the runtime directory, which ends with the session.
 */
#include "lia-attachment-files.h"

#include "lia-then.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

typedef struct
{
  LiaClient     *client;
  LiaAttachment *attachment;
  GFile         *file; /* where to, or NULL: to be opened */
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_clear_object (&fetch->client);
  g_clear_object (&fetch->attachment);
  g_clear_object (&fetch->file);
  g_free (fetch);
}

static GFile *
temporary_file (const char *name,
                GError    **error)
{
  g_autofree char *template = g_build_filename (g_get_user_runtime_dir (), "liaison-XXXXXX", NULL);

  if (g_mkdtemp (template) == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return NULL;
    }
  return g_file_new_build_filename (template, name, NULL);
}

static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GtkWidget) owner = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (source), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    lia_toast (owner, _ ("There is no program that opens this file"));
}

typedef struct
{
  GtkWidget *owner;
  gboolean   open;
} Written;

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Written *written = user_data;
  g_autoptr (GtkWidget) owner = written->owner;
  g_autoptr (GtkFileLauncher) launcher = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, NULL))
    lia_toast (owner, _ ("The file could not be written"));
  else if (!written->open)
    lia_toast (owner, _ ("Saved"));
  else
    {
      launcher = gtk_file_launcher_new (G_FILE (source));
      gtk_file_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (owner)), NULL, launched_cb, g_object_ref (owner));
    }
}

static void
fetched_cb (gpointer      owner,
            const GValue *value,
            GError       *error,
            gpointer      data)
{
  Fetch   *fetch = data;
  Written *written;
  g_autoptr (GFile) file = g_steal_pointer (&fetch->file);
  g_autoptr (GError) local_error = NULL;
  gboolean open = file == NULL;

  if (error != NULL)
    {
      lia_complain (owner, _ ("The file could not be fetched"), error);
      return;
    }
  if (open)
    file = temporary_file (fetch->attachment->name, &local_error);
  if (file == NULL)
    {
      lia_toast (owner, _ ("The file could not be written"));
      return;
    }
  written = g_new0 (Written, 1);
  written->owner = g_object_ref (owner);
  written->open = open;
  g_file_replace_contents_bytes_async (file, g_value_get_boxed (value), NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                       NULL, written_cb, written);
}

static void
fetch (GtkWidget     *owner,
       LiaClient     *client,
       LiaAttachment *attachment,
       GFile         *file)
{
  Fetch *what = g_new0 (Fetch, 1);

  what->client = g_object_ref (client);
  what->attachment = g_object_ref (attachment);
  g_set_object (&what->file, file);
  lia_then (lia_client_get_blob (client, attachment->blob), owner, fetched_cb, what, fetch_free);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GtkWidget) owner = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  Fetch *what = g_object_get_data (source, "what");

  if (file != NULL)
    fetch (owner, what->client, what->attachment, file);
}

static void
choose_file (GtkWidget     *owner,
             LiaClient     *client,
             LiaAttachment *attachment)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  Fetch *what = g_new0 (Fetch, 1);

  what->client = g_object_ref (client);
  what->attachment = g_object_ref (attachment);
  g_object_set_data_full (G_OBJECT (dialog), "what", what, fetch_free);
  gtk_file_dialog_set_title (dialog, _ ("Save Attachment"));
  gtk_file_dialog_set_initial_name (dialog, attachment->name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (owner)), NULL, chosen_cb, g_object_ref (owner));
}

static void
on_response_cb (GtkWidget      *owner,
                const char     *response,
                AdwAlertDialog *dialog)
{
  Fetch *what = g_object_get_data (G_OBJECT (dialog), "what");

  if (g_strcmp0 (response, "save") == 0)
    choose_file (owner, what->client, what->attachment);
}

static void
warn (GtkWidget     *owner,
      LiaClient     *client,
      LiaAttachment *attachment)
{
  g_autofree char *heading = g_strdup_printf (_ ("“%s” Could Do Harm"), attachment->name);
  AdwDialog       *dialog = adw_alert_dialog_new (heading, _ ("Files of this kind can contain programs. Save it only if you expected it and trust who sent it."));
  Fetch           *what = g_new0 (Fetch, 1);

  what->client = g_object_ref (client);
  what->attachment = g_object_ref (attachment);
  g_object_set_data_full (G_OBJECT (dialog), "what", what, fetch_free);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "save", _ ("_Save All the Same"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "save", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response_cb), owner, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, owner);
}

/**
 * lia_attachment_open:
 *
 * Opens @attachment with the program that the user has for it.
 */
void
lia_attachment_open (GtkWidget     *owner,
                     LiaClient     *client,
                     LiaAttachment *attachment)
{
  if (attachment->dangerous)
    warn (owner, client, attachment);
  else
    fetch (owner, client, attachment, NULL);
}

/**
 * lia_attachment_save:
 *
 * Asks where to, and saves @attachment there.
 */
void
lia_attachment_save (GtkWidget     *owner,
                     LiaClient     *client,
                     LiaAttachment *attachment)
{
  if (attachment->dangerous)
    warn (owner, client, attachment);
  else
    choose_file (owner, client, attachment);
}
