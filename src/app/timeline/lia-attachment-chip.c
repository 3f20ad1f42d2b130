/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-attachment-chip.h"

#include "lia-attachment-drag.h"
#include "lia-image-preview.h"
#include "lia-timeline-private.h"
#include "lia-tooltip.h"

#include "lia-config.h"

#include <glib/gi18n.h>
#include <string.h>

#define PREVIEW_WIDTH 192
#define PREVIEW_HEIGHT 120
#define PREVIEW_MAX_BYTES (12 * 1024 * 1024)

struct _LiaAttachmentChip
{
  GtkWidget parent_instance;

  LiaAttachment *attachment;
  GtkWidget     *open;
  GtkWidget     *save;
  GtkWidget     *preview;
  GtkPicture    *picture;
  GtkImage      *icon;
  GtkLabel      *name;
  GtkLabel      *size;
  DexFuture     *loading;
};

G_DEFINE_FINAL_TYPE (LiaAttachmentChip, lia_attachment_chip, GTK_TYPE_WIDGET)

static LiaTimeline *
find_timeline (LiaAttachmentChip *self)
{
  return LIA_TIMELINE (gtk_widget_get_ancestor (GTK_WIDGET (self), LIA_TYPE_TIMELINE));
}

static GdkContentProvider *
on_drag_prepare (GtkDragSource     *source,
                 double             x,
                 double             y,
                 LiaAttachmentChip *self)
{
  LiaTimeline  *timeline = find_timeline (self);
  gpointer      data;
  LiaBlobLoader loader = timeline != NULL ? lia_timeline_get_blob_loader (timeline, &data) : NULL;

  /* A file that may do harm is only saved after a question, so it cannot be dragged. */
  if (loader == NULL || self->attachment == NULL || self->attachment->dangerous)
    return NULL;

  return lia_attachment_drag_new (self->attachment, loader, data);
}

static void
on_drag_begin (GtkDragSource     *source,
               GdkDrag           *drag,
               LiaAttachmentChip *self)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (self->open);

  gtk_drag_source_set_icon (source, paintable, 8, 8);
}

static DexFuture *
decode (DexFuture *loaded,
        gpointer   data)
{
  GBytes *bytes = g_value_get_boxed (dex_future_get_value (loaded, NULL));

  return lia_image_preview_decode (bytes, PREVIEW_WIDTH * 2, PREVIEW_HEIGHT * 2);
}

static DexFuture *
show_preview (DexFuture *decoded,
              gpointer   data)
{
  LiaAttachmentChip *self = data;
  const GValue      *value = dex_future_get_value (decoded, NULL);
  LiaTimeline       *timeline = find_timeline (self);

  if (value != NULL && self->attachment != NULL)
    {
      gtk_picture_set_paintable (self->picture, g_value_get_object (value));
      if (timeline != NULL)
        lia_timeline_keep_preview (timeline, self->attachment->blob, g_value_get_object (value));
    }

  return dex_future_new_true ();
}

static void
load_preview (LiaAttachmentChip *self)
{
  LiaTimeline  *timeline = find_timeline (self);
  GdkPaintable *kept = timeline != NULL ? lia_timeline_get_preview (timeline, self->attachment->blob) : NULL;
  gpointer      data = NULL;
  LiaBlobLoader loader = timeline != NULL ? lia_timeline_get_blob_loader (timeline, &data) : NULL;

  gtk_picture_set_paintable (self->picture, kept);
  if (kept != NULL || loader == NULL)
    return;

  /* Dropping the outermost future, when the row goes, cancels the request. */
  self->loading = dex_future_then (loader (self->attachment->blob, data), decode, NULL, NULL);
  self->loading = dex_future_finally (self->loading, show_preview, self, NULL);
}

static gboolean
can_preview (LiaAttachment *attachment)
{
  static const char *const types[] = { "image/png", "image/jpeg", "image/gif", "image/webp", "image/tiff", "image/bmp", NULL };

  return !attachment->dangerous && attachment->type != NULL && g_strv_contains (types, attachment->type) &&
         attachment->size_bytes <= PREVIEW_MAX_BYTES;
}

static void
show_icon (LiaAttachmentChip *self)
{
  g_autofree char *content_type = self->attachment->type != NULL ? g_content_type_from_mime_type (self->attachment->type) : NULL;
  g_autoptr (GIcon) icon = content_type != NULL ? g_content_type_get_symbolic_icon (content_type) : NULL;

  if (self->attachment->dangerous)
    gtk_image_set_from_icon_name (self->icon, "dialog-warning-symbolic");
  else if (icon != NULL)
    gtk_image_set_from_gicon (self->icon, icon);
  else
    gtk_image_set_from_icon_name (self->icon, "text-x-generic-symbolic");
}

static void
name_buttons (LiaAttachmentChip *self,
              const char        *size)
{
  const char      *name = self->attachment->name;
  g_autofree char *open = NULL;
  g_autofree char *save = g_strdup_printf (_ ("Save “%s”"), name);

  if (self->attachment->dangerous)
    open = g_strdup_printf (_ ("Save “%s”, %s, which may do harm"), name, size);
  else
    open = g_strdup_printf (_ ("Open “%s”, %s"), name, size);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->open), GTK_ACCESSIBLE_PROPERTY_LABEL, open, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->save), GTK_ACCESSIBLE_PROPERTY_LABEL, save, -1);
  lia_tooltip_set (self->open, name);
  lia_tooltip_set (self->save, _ ("Save…"));
}

/** lia_attachment_chip_bind: show the attachment number @index of @entry. */
void
lia_attachment_chip_bind (LiaAttachmentChip *self,
                          LiaEntry          *entry,
                          guint              index)
{
  LiaAttachment   *attachment = entry->attachments->pdata[index];
  g_autofree char *size = g_format_size ((guint64)MAX (0, attachment->size_bytes));
  g_autofree char *line = attachment->dangerous ? g_strdup_printf (_ ("May do harm · %s"), size) : g_strdup (size);
  GVariant        *target = g_variant_ref_sink (g_variant_new ("(si)", entry->id, (int)index));
  gboolean         preview = can_preview (attachment);

  dex_clear (&self->loading);
  g_set_object (&self->attachment, attachment);
  gtk_label_set_text (self->name, attachment->name);
  gtk_label_set_text (self->size, line);
  show_icon (self);
  name_buttons (self, size);

  if (attachment->dangerous)
    gtk_widget_add_css_class (GTK_WIDGET (self), "dangerous");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "dangerous");

  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->open), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->open), attachment->dangerous ? "timeline.save-attachment" : "timeline.open-attachment");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->save), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->save), "timeline.save-attachment");
  g_variant_unref (target);

  gtk_widget_set_visible (self->preview, preview);
  if (preview)
    load_preview (self);
  else
    gtk_picture_set_paintable (self->picture, NULL);
}

static void
lia_attachment_chip_dispose (GObject *object)
{
  LiaAttachmentChip *self = LIA_ATTACHMENT_CHIP (object);
  GtkWidget         *child;

  dex_clear (&self->loading);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->attachment);

  G_OBJECT_CLASS (lia_attachment_chip_parent_class)->dispose (object);
}

static void
lia_attachment_chip_class_init (LiaAttachmentChipClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_attachment_chip_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "attachment");
}

static GtkWidget *
make_texts (LiaAttachmentChip *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->name = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "ellipsize", PANGO_ELLIPSIZE_MIDDLE, "max-width-chars", 24, NULL));
  self->size = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "ellipsize", PANGO_ELLIPSIZE_END, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->size), "caption");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->size));

  return box;
}

/* The frame's size is known before the image is. */
static void
measure_preview (GtkWidget     *widget,
                 GtkOrientation orientation,
                 int            for_size,
                 int           *minimum,
                 int           *natural,
                 int           *minimum_baseline,
                 int           *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? PREVIEW_WIDTH : PREVIEW_HEIGHT;
}

static void
allocate_preview (GtkWidget *widget,
                  int        width,
                  int        height,
                  int        baseline)
{
  gtk_widget_size_allocate (gtk_widget_get_first_child (widget), &(GtkAllocation){ 0, 0, width, height }, baseline);
}

static GtkWidget *
make_preview (LiaAttachmentChip *self)
{
  GtkWidget *frame = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->picture = GTK_PICTURE (g_object_new (GTK_TYPE_PICTURE, "content-fit", GTK_CONTENT_FIT_COVER, "can-shrink", TRUE,
                                             "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_box_append (GTK_BOX (frame), GTK_WIDGET (self->picture));
  gtk_widget_set_layout_manager (frame, gtk_custom_layout_new (NULL, measure_preview, allocate_preview));
  gtk_widget_set_halign (frame, GTK_ALIGN_START);
  gtk_widget_set_overflow (frame, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (frame, "preview");

  return frame;
}

static GtkWidget *
make_content (LiaAttachmentChip *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  self->preview = make_preview (self);
  self->icon = GTK_IMAGE (g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (line), make_texts (self));
  gtk_box_append (GTK_BOX (column), self->preview);
  gtk_box_append (GTK_BOX (column), line);

  return column;
}

static void
lia_attachment_chip_init (LiaAttachmentChip *self)
{
  GtkDragSource *drag = gtk_drag_source_new ();

  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_END);

  self->open = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->open), make_content (self));
  gtk_widget_add_css_class (self->open, "flat");
  gtk_widget_set_parent (self->open, GTK_WIDGET (self));

  self->save = gtk_button_new_from_icon_name ("document-save-symbolic");
  gtk_widget_add_css_class (self->save, "flat");
  gtk_widget_set_valign (self->save, GTK_ALIGN_END);
  gtk_widget_set_parent (self->save, GTK_WIDGET (self));

  gtk_drag_source_set_actions (drag, GDK_ACTION_COPY);
  g_signal_connect (drag, "prepare", G_CALLBACK (on_drag_prepare), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  gtk_widget_add_controller (self->open, GTK_EVENT_CONTROLLER (drag));
}

LiaAttachmentChip *
lia_attachment_chip_new (void)
{
  return g_object_new (LIA_TYPE_ATTACHMENT_CHIP, NULL);
}
