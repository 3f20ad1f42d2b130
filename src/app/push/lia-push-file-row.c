/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is looked at is what leaves: of a file that is chosen, the bytes without what a camera has noted in them. The row is its own check box for the keyboard
 * and for screen readers, as AdwSwitchRow is its own switch.
 */
#include "lia-config.h"

#include "lia-push-file-row.h"

#include "lia-attachment-files.h"
#include "lia-image-preview.h"
#include "lia-push-words.h"

#include <glib/gi18n.h>

#define PICTURE_WIDTH 72
#define PICTURE_HEIGHT 54
#define PICTURE_MAX_BYTES (12 * 1024 * 1024)

struct _LiaPushFileRow
{
  AdwActionRow parent_instance;

  GtkWidget  *check;
  GtkPicture *picture;

  LiaClient     *client;
  LiaAttachment *attachment;
  LiaPushFile   *sent; /* NULL: it stays here, or what leaves is not known yet */
  DexFuture     *loading;
  gboolean       showing;
};

enum {
  TOGGLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaPushFileRow, lia_push_file_row, ADW_TYPE_ACTION_ROW)

/* The picture ------------------------------------------------------------------------------------------------------------------------------ */

static DexFuture *
decode_cb (DexFuture *loaded,
           gpointer   data)
{
  return lia_image_preview_decode (g_value_get_boxed (dex_future_get_value (loaded, NULL)), PICTURE_WIDTH * 2, PICTURE_HEIGHT * 2);
}

static DexFuture *
show_picture_cb (DexFuture *decoded,
                 gpointer   data)
{
  LiaPushFileRow *self = data;
  const GValue   *value = dex_future_get_value (decoded, NULL);

  if (value != NULL)
    gtk_picture_set_paintable (self->picture, g_value_get_object (value));

  return dex_future_new_true ();
}

static gboolean
is_picture (LiaAttachment *attachment)
{
  static const char *const types[] = { "image/png", "image/jpeg", "image/gif", "image/webp", "image/tiff", "image/bmp", NULL };

  return !attachment->dangerous && attachment->type != NULL && g_strv_contains (types, attachment->type) && attachment->size_bytes <= PICTURE_MAX_BYTES;
}

static void
add_picture (LiaPushFileRow *self)
{
  GtkWidget *picture = gtk_picture_new ();

  self->picture = GTK_PICTURE (picture);
  gtk_widget_set_size_request (picture, PICTURE_WIDTH, PICTURE_HEIGHT);
  gtk_widget_set_valign (picture, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (picture, 6);
  gtk_widget_set_margin_bottom (picture, 6);
  gtk_widget_set_overflow (picture, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (picture, "push-picture");
  gtk_picture_set_content_fit (self->picture, GTK_CONTENT_FIT_COVER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), picture);
  /* Dropping the outermost future, when the row goes, cancels the request. */
  self->loading = dex_future_then (lia_client_get_blob (self->client, self->attachment->blob), decode_cb, NULL, NULL);
  self->loading = dex_future_finally (self->loading, show_picture_cb, self, NULL);
}

static void
add_icon (LiaPushFileRow *self)
{
  g_autofree char *content_type = self->attachment->type != NULL ? g_content_type_from_mime_type (self->attachment->type) : NULL;
  g_autoptr (GIcon) icon = content_type != NULL ? g_content_type_get_symbolic_icon (content_type) : g_themed_icon_new ("text-x-generic-symbolic");
  GtkWidget *image = self->attachment->dangerous ? gtk_image_new_from_icon_name ("dialog-warning-symbolic") : gtk_image_new_from_gicon (icon);

  gtk_widget_set_size_request (image, PICTURE_WIDTH, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), image);
}

/* Looking at it ---------------------------------------------------------------------------------------------------------------------------- */

static void
on_open_clicked_cb (LiaPushFileRow *self)
{
  g_autoptr (LiaAttachment) leaving = NULL;

  if (self->sent == NULL)
    {
      lia_attachment_open (GTK_WIDGET (self), self->client, self->attachment);
      return;
    }
  leaving = lia_attachment_new ();
  g_set_str (&leaving->blob, self->sent->blob);
  g_set_str (&leaving->name, self->sent->name);
  g_set_str (&leaving->type, self->sent->type);
  leaving->size_bytes = self->sent->size_bytes;
  leaving->dangerous = self->attachment->dangerous;
  lia_attachment_open (GTK_WIDGET (self), self->client, leaving);
}

static void
add_open_button (LiaPushFileRow *self)
{
  GtkWidget       *button = gtk_button_new_with_mnemonic (_ ("_Look"));
  g_autofree char *name = g_strdup_printf (_ ("Look at “%s”"), self->attachment->name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_open_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
}

/* Choosing --------------------------------------------------------------------------------------------------------------------------------- */

static void
on_toggled_cb (LiaPushFileRow *self)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED, (int)lia_push_file_row_get_chosen (self), -1);
  if (!self->showing)
    g_signal_emit (self, signals[TOGGLED], 0);
}

gboolean
lia_push_file_row_get_chosen (LiaPushFileRow *self)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->check));
}

LiaAttachment *
lia_push_file_row_get_attachment (LiaPushFileRow *self)
{
  return self->attachment;
}

/** lia_push_file_row_show: @sent: (nullable): as it leaves, where that is known and it does */
void
lia_push_file_row_show (LiaPushFileRow *self,
                        gboolean        chosen,
                        LiaPushFile    *sent)
{
  g_autofree char *about = lia_push_words_file (self->attachment, sent);
  const gboolean   is_refused = sent != NULL && *sent->problem != '\0';

  g_set_object (&self->sent, sent);
  self->showing = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), chosen);
  self->showing = FALSE;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), about);
  if (is_refused)
    gtk_widget_add_css_class (GTK_WIDGET (self), "push-refused");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "push-refused");
}

static void
lia_push_file_row_dispose (GObject *object)
{
  LiaPushFileRow *self = LIA_PUSH_FILE_ROW (object);

  dex_clear (&self->loading);
  g_clear_object (&self->client);
  g_clear_object (&self->attachment);
  g_clear_object (&self->sent);

  G_OBJECT_CLASS (lia_push_file_row_parent_class)->dispose (object);
}

static void
lia_push_file_row_class_init (LiaPushFileRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_push_file_row_dispose;

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_CHECKBOX);
  signals[TOGGLED] = g_signal_new ("toggled", LIA_TYPE_PUSH_FILE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_push_file_row_init (LiaPushFileRow *self)
{
  self->check = g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "can-focus", FALSE, "valign", GTK_ALIGN_CENTER, NULL);
  g_signal_connect_object (self->check, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 2);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED, FALSE, -1);
}

GtkWidget *
lia_push_file_row_new (LiaClient     *client,
                       LiaAttachment *attachment)
{
  LiaPushFileRow *self = g_object_new (LIA_TYPE_PUSH_FILE_ROW, NULL);

  self->client = g_object_ref (client);
  self->attachment = g_object_ref (attachment);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), attachment->name);
  /* Prefixes stand in the order opposite to that in which they are added */
  if (is_picture (attachment))
    add_picture (self);
  else
    add_icon (self);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), self->check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->check);
  add_open_button (self);

  return GTK_WIDGET (self);
}
