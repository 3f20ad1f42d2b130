/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows stay while what is offered stays the same: whoever chooses by keyboard is still there when the next preview comes. */
#include "lia-config.h"

#include "lia-push-files.h"

#include "lia-list-rows.h"
#include "lia-push-file-row.h"

#include <glib/gi18n.h>

struct _LiaPushFiles
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group;
  GtkWidget           *warning;
  GtkListBox          *list;

  GPtrArray *rows; /* of LiaPushFileRow, which the list owns */
};

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaPushFiles, lia_push_files, ADW_TYPE_BIN)

static gint
find (GPtrArray     *files,
      LiaAttachment *wanted)
{
  for (guint i = 0; i < files->len; i++)
    {
      LiaAttachment *file = files->pdata[i];

      if (g_strcmp0 (file->blob, wanted->blob) == 0)
        return (gint)i;
    }

  return -1;
}

/* What is offered, and what was chosen before and is offered no more: it would leave unseen else */
static GPtrArray *
list_files (LiaPushPreview *preview)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_extend (files, preview->offered, (GCopyFunc)g_object_ref, NULL);
  for (guint i = 0; i < preview->files->len; i++)
    if (find (files, preview->files->pdata[i]) < 0)
      g_ptr_array_add (files, g_object_ref (preview->files->pdata[i]));

  return files;
}

static gboolean
are_shown (LiaPushFiles *self,
           GPtrArray    *files)
{
  if (files->len != self->rows->len)
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    if (find (files, lia_push_file_row_get_attachment (self->rows->pdata[i])) != (gint)i)
      return FALSE;

  return TRUE;
}

static guint
count_chosen (LiaPushFiles *self)
{
  guint n_chosen = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n_chosen += lia_push_file_row_get_chosen (self->rows->pdata[i]) ? 1 : 0;

  return n_chosen;
}

/* No more can be chosen than an issue takes. */
static void
update_limit (LiaPushFiles *self)
{
  const gboolean   is_full = count_chosen (self) >= LIA_PUSH_MAX_FILES;
  g_autofree char *full = g_strdup_printf (ngettext ("%d file is as many as go along.", "%d files are as many as go along.", LIA_PUSH_MAX_FILES), LIA_PUSH_MAX_FILES);

  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_set_sensitive (self->rows->pdata[i], !is_full || lia_push_file_row_get_chosen (self->rows->pdata[i]));
  adw_preferences_group_set_description (self->group, is_full ? full : _ ("Only what you choose goes along. What can be read or seen in a picture leaves as it is: look at it first."));
}

static void
on_toggled_cb (LiaPushFiles *self)
{
  update_limit (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
make_rows (LiaPushFiles *self,
           LiaClient    *client,
           GPtrArray    *files)
{
  lia_list_rows_clear (self->list);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < files->len; i++)
    {
      GtkWidget *row = lia_push_file_row_new (client, files->pdata[i]);

      g_signal_connect_object (row, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->rows, row);
      gtk_list_box_append (self->list, row);
    }
}

void
lia_push_files_show (LiaPushFiles   *self,
                     LiaClient      *client,
                     LiaPushPreview *preview)
{
  g_autoptr (GPtrArray) files = list_files (preview);

  if (!are_shown (self, files))
    make_rows (self, client, files);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const gint chosen = find (preview->files, files->pdata[i]);

      lia_push_file_row_show (self->rows->pdata[i], chosen >= 0, chosen >= 0 && chosen < (gint)preview->sent_files->len ? preview->sent_files->pdata[chosen] : NULL);
    }
  gtk_widget_set_visible (self->warning, preview->is_public);
  gtk_widget_set_visible (GTK_WIDGET (self), files->len > 0);
  update_limit (self);
}

/** lia_push_files_dup_chosen: (transfer full) (element-type LiaAttachment) */
GPtrArray *
lia_push_files_dup_chosen (LiaPushFiles *self)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->rows->len; i++)
    if (lia_push_file_row_get_chosen (self->rows->pdata[i]))
      g_ptr_array_add (chosen, g_object_ref (lia_push_file_row_get_attachment (self->rows->pdata[i])));

  return chosen;
}

static void
lia_push_files_dispose (GObject *object)
{
  LiaPushFiles *self = LIA_PUSH_FILES (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  /* The only child is a template child too: the template would take it from under AdwBin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_PUSH_FILES);

  G_OBJECT_CLASS (lia_push_files_parent_class)->dispose (object);
}

static void
lia_push_files_class_init (LiaPushFilesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_push_files_dispose;

  signals[CHANGED] = g_signal_new ("changed", LIA_TYPE_PUSH_FILES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-push-files.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaPushFiles, group);
  gtk_widget_class_bind_template_child (widget_class, LiaPushFiles, warning);
  gtk_widget_class_bind_template_child (widget_class, LiaPushFiles, list);
}

static void
lia_push_files_init (LiaPushFiles *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
