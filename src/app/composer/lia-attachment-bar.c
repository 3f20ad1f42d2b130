/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-attachment-bar.h"

#include "lia-async.h"
#include "lia-file-chip.h"
#include "lia-problem.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/*
 * The chips are the list. A chip whose file is on its way owns the upload (as qdata): removing the chip cancels it, and a chip without a
 * parent takes no answer any more.
 */

#define FILE_MAX_BYTES (25 * 1024 * 1024) /* PUT /v1/blobs */
#define READ_TIMEOUT_MS (60 * 1000)
#define UPLOAD_TIMEOUT_MS (10 * 60 * 1000)

struct _LiaAttachmentBar
{
  GtkWidget parent_instance;

  AdwWrapBox *box;
  LiaClient  *client;
};

enum {
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  LiaAttachmentBar *bar;
  LiaFileChip      *chip;
  LiaClient        *client;
  GFile            *file;  /* or */
  GBytes           *bytes; /* these */
  char             *name;
  char             *type;
} Upload;

G_DEFINE_FINAL_TYPE (LiaAttachmentBar, lia_attachment_bar, GTK_TYPE_WIDGET)

static void
upload_free (gpointer data)
{
  Upload *upload = data;

  g_clear_object (&upload->bar);
  g_clear_object (&upload->chip);
  g_clear_object (&upload->client);
  g_clear_object (&upload->file);
  g_clear_pointer (&upload->bytes, g_bytes_unref);
  g_free (upload->name);
  g_free (upload->type);
  g_free (upload);
}

static GQuark
upload_quark (void)
{
  return g_quark_from_static_string ("lia-upload");
}

static void
remove_chip (LiaAttachmentBar *self,
             GtkWidget        *chip)
{
  g_object_set_qdata (G_OBJECT (chip), upload_quark (), NULL);

  if (gtk_widget_get_parent (chip) == GTK_WIDGET (self->box))
    adw_wrap_box_remove (self->box, chip);

  gtk_widget_set_visible (GTK_WIDGET (self), !lia_attachment_bar_is_empty (self));
}

static void
on_chip_remove_cb (LiaAttachmentBar *self,
                   GtkWidget        *chip)
{
  remove_chip (self, chip);
  g_signal_emit (self, signals[CHANGED], 0);
}

static LiaFileChip *
add_chip (LiaAttachmentBar *self,
          const char       *name)
{
  GtkWidget *chip = lia_file_chip_new (name);

  g_signal_connect_object (chip, "remove", G_CALLBACK (on_chip_remove_cb), self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (self->box, chip);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);

  return LIA_FILE_CHIP (chip);
}

static char *
too_large (const char *name)
{
  g_autofree char *limit = g_format_size_full (FILE_MAX_BYTES, G_FORMAT_SIZE_IEC_UNITS);

  /* Translators: a file's name, then a size like 25.0 MiB */
  return g_strdup_printf (_ ("“%s” is too large: a file can have up to %s. Share it in another way and send a link."), name, limit);
}

static char *
explain (Upload       *upload,
         const GError *error)
{
  if (g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_TOO_LARGE))
    return too_large (upload->name);
  if (g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_STORE_FULL))
    return g_strdup_printf (_ ("“%s” could not be added: the disk is full."), upload->name);
  if (error->domain == LIA_PROBLEM || upload->bytes != NULL)
    return g_strdup_printf (_ ("“%s” could not be added. Please try again."), upload->name);

  return g_strdup_printf (_ ("“%s” could not be read."), upload->name);
}

/* Reads the file of @upload into its bytes, checking its size first. */
static gboolean
read_file (Upload  *upload,
           GError **error)
{
  g_autoptr (GFileInfo) info = NULL;

  info = dex_await_object (lia_with_timeout (dex_file_query_info (upload->file,
                                                                  G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                                  G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT),
                                             READ_TIMEOUT_MS),
                           error);

  if (info == NULL)
    return FALSE;

  if (g_file_info_get_size (info) > FILE_MAX_BYTES)
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_TOO_LARGE, "larger than a blob may be");
      return FALSE;
    }

  if (g_file_info_get_content_type (info) != NULL)
    upload->type = g_content_type_get_mime_type (g_file_info_get_content_type (info));

  upload->bytes = dex_await_boxed (lia_with_timeout (dex_file_load_contents_bytes (upload->file), READ_TIMEOUT_MS), error);

  return upload->bytes != NULL;
}

static DexFuture *
upload_fiber (gpointer data)
{
  Upload *upload = data;
  g_autoptr (LiaAttachment) attachment = NULL;
  g_autoptr (GError) error = NULL;

  if (upload->bytes != NULL || read_file (upload, &error))
    attachment = dex_await_object (lia_with_timeout (lia_client_upload (upload->client, upload->bytes, upload->name,
                                                                        upload->type != NULL ? upload->type : "application/octet-stream"),
                                                     UPLOAD_TIMEOUT_MS),
                                   &error);

  if (gtk_widget_get_parent (GTK_WIDGET (upload->chip)) == NULL) /* removed meanwhile */
    return dex_future_new_true ();

  if (attachment != NULL)
    {
      lia_file_chip_set_attachment (upload->chip, attachment);
      g_signal_emit (upload->bar, signals[CHANGED], 0);
    }
  else
    {
      g_autofree char *text = explain (upload, error);

      adw_wrap_box_remove (upload->bar->box, GTK_WIDGET (upload->chip));
      gtk_widget_set_visible (GTK_WIDGET (upload->bar), !lia_attachment_bar_is_empty (upload->bar));
      g_signal_emit (upload->bar, signals[CHANGED], 0);
      g_signal_emit (upload->bar, signals[FAILED], 0, text);
    }

  return dex_future_new_true ();
}

static void
start_upload (LiaAttachmentBar *self,
              GFile            *file,
              GBytes           *bytes,
              const char       *name,
              const char       *type)
{
  Upload *upload;

  if (self->client == NULL)
    return;

  if (bytes != NULL && g_bytes_get_size (bytes) > FILE_MAX_BYTES)
    {
      g_autofree char *text = too_large (name);

      g_signal_emit (self, signals[FAILED], 0, text);
      return;
    }

  upload = g_new0 (Upload, 1);
  upload->bar = g_object_ref (self);
  upload->chip = g_object_ref (add_chip (self, name));
  upload->client = g_object_ref (self->client);
  upload->file = file != NULL ? g_object_ref (file) : NULL;
  upload->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  upload->name = g_strdup (name);
  upload->type = g_strdup (type);
  g_object_set_qdata_full (G_OBJECT (upload->chip), upload_quark (), lia_spawn (upload_fiber, upload, upload_free), dex_unref);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
lia_attachment_bar_dispose (GObject *object)
{
  LiaAttachmentBar *self = LIA_ATTACHMENT_BAR (object);

  g_clear_object (&self->client);

  if (self->box != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->box)));

  G_OBJECT_CLASS (lia_attachment_bar_parent_class)->dispose (object);
}

static void
lia_attachment_bar_class_init (LiaAttachmentBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_attachment_bar_dispose;

  signals[CHANGED] = g_signal_new ("changed", LIA_TYPE_ATTACHMENT_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", LIA_TYPE_ATTACHMENT_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
lia_attachment_bar_init (LiaAttachmentBar *self)
{
  self->box = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->box, 6);
  adw_wrap_box_set_line_spacing (self->box, 6);
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Attached files"), -1);
}

void
lia_attachment_bar_set_client (LiaAttachmentBar *self,
                               LiaClient        *client)
{
  g_set_object (&self->client, client);
}

void
lia_attachment_bar_add_file (LiaAttachmentBar *self,
                             GFile            *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name != NULL ? name : "file");

  start_upload (self, file, NULL, shown, NULL);
}

/**
 * lia_attachment_bar_add_bytes:
 * @name: as what the file is sent
 * @type: its content type, as the clipboard says
 */
void
lia_attachment_bar_add_bytes (LiaAttachmentBar *self,
                              GBytes           *bytes,
                              const char       *name,
                              const char       *type)
{
  start_upload (self, NULL, bytes, name, type);
}

/** lia_attachment_bar_dup_attachments: (transfer full) (element-type LiaAttachment): those that have arrived. */
GPtrArray *
lia_attachment_bar_dup_attachments (LiaAttachmentBar *self)
{
  GPtrArray *attachments = g_ptr_array_new_with_free_func (g_object_unref);

  for (GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self->box)); chip != NULL; chip = gtk_widget_get_next_sibling (chip))
    {
      LiaAttachment *attachment = lia_file_chip_get_attachment (LIA_FILE_CHIP (chip));

      if (attachment != NULL)
        g_ptr_array_add (attachments, g_object_ref (attachment));
    }

  return attachments;
}

/**
 * lia_attachment_bar_set_attachments:
 * @attachments: (nullable) (element-type LiaAttachment): replaces all; what is on its way is given up
 */
void
lia_attachment_bar_set_attachments (LiaAttachmentBar *self,
                                    GPtrArray        *attachments)
{
  GtkWidget *chip;

  while ((chip = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    remove_chip (self, chip);

  for (guint i = 0; attachments != NULL && i < attachments->len; i++)
    {
      LiaAttachment *attachment = attachments->pdata[i];

      lia_file_chip_set_attachment (add_chip (self, attachment->name), attachment);
    }
}

/** lia_attachment_bar_is_busy: whether a file is still on its way. */
gboolean
lia_attachment_bar_is_busy (LiaAttachmentBar *self)
{
  for (GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self->box)); chip != NULL; chip = gtk_widget_get_next_sibling (chip))
    {
      if (lia_file_chip_get_attachment (LIA_FILE_CHIP (chip)) == NULL)
        return TRUE;
    }

  return FALSE;
}

gboolean
lia_attachment_bar_is_empty (LiaAttachmentBar *self)
{
  return gtk_widget_get_first_child (GTK_WIDGET (self->box)) == NULL;
}
