/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * GtkLabel's own selection cannot be used: each label owns the primary selection while it has one, so that two labels are never selected at
 * once. Here the label only draws the text and its links, and the selected part is painted below it.
 */

#include "lia-selectable-text.h"

#include "lia-linkify.h"

#include <adwaita.h>

struct _LiaSelectableText
{
  GtkWidget parent_instance;

  GtkLabel *label;
  gsize     length;
  gsize     start;
  gsize     end;
};

G_DEFINE_FINAL_TYPE (LiaSelectableText, lia_selectable_text, GTK_TYPE_WIDGET)

static gboolean
on_activate_link (GtkLabel   *label,
                  const char *uri,
                  gpointer    user_data)
{
  gtk_widget_activate_action (GTK_WIDGET (label), "timeline.open-link", "s", uri);

  return TRUE;
}

static void
lia_selectable_text_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  LiaSelectableText *self = LIA_SELECTABLE_TEXT (widget);

  if (self->start < self->end)
    {
      PangoLayout     *layout = gtk_label_get_layout (self->label);
      int              range[2] = { self->start, self->end };
      int              x, y;
      cairo_region_t  *region;
      AdwStyleManager *style = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
      g_autoptr (GdkRGBA) color = adw_style_manager_get_accent_color_rgba (style);

      color->alpha = adw_style_manager_get_high_contrast (style) ? 0.5 : 0.3;
      gtk_label_get_layout_offsets (self->label, &x, &y);
      region = gdk_pango_layout_get_clip_region (layout, x, y, range, 1);

      for (int i = 0; i < cairo_region_num_rectangles (region); i++)
        {
          cairo_rectangle_int_t box;

          cairo_region_get_rectangle (region, i, &box);
          gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (box.x, box.y, box.width, box.height));
        }

      cairo_region_destroy (region);
    }

  GTK_WIDGET_CLASS (lia_selectable_text_parent_class)->snapshot (widget, snapshot);
}

static void
lia_selectable_text_dispose (GObject *object)
{
  LiaSelectableText *self = LIA_SELECTABLE_TEXT (object);

  if (self->label != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->label)));

  G_OBJECT_CLASS (lia_selectable_text_parent_class)->dispose (object);
}

static void
lia_selectable_text_class_init (LiaSelectableTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_selectable_text_dispose;
  widget_class->snapshot = lia_selectable_text_snapshot;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "text-block");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_NONE);
}

static void
lia_selectable_text_init (LiaSelectableText *self)
{
  self->label = GTK_LABEL (g_object_new (GTK_TYPE_LABEL,
                                         "wrap", TRUE,
                                         "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                         "natural-wrap-mode", GTK_NATURAL_WRAP_NONE,
                                         "xalign", 0.0f,
                                         /* Without a least width GtkLabel lays the text out twice. */
                                         "width-chars", 26,
                                         NULL));
  g_signal_connect (self->label, "activate-link", G_CALLBACK (on_activate_link), self);
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "text");
}

LiaSelectableText *
lia_selectable_text_new (void)
{
  return g_object_new (LIA_TYPE_SELECTABLE_TEXT, NULL);
}

/** lia_selectable_text_set_text: @text is valid UTF-8. Nothing is selected then. */
void
lia_selectable_text_set_text (LiaSelectableText *self,
                              const char        *text,
                              gsize              length)
{
  g_autofree char *markup = lia_linkify (text, length);

  self->length = length;
  self->start = self->end = 0;
  gtk_label_set_markup (self->label, markup);
}

void
lia_selectable_text_set_selection (LiaSelectableText *self,
                                   gsize              start,
                                   gsize              end)
{
  start = MIN (start, self->length);
  end = MIN (end, self->length);

  if (start == self->start && end == self->end)
    return;

  self->start = start;
  self->end = end;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/** lia_selectable_text_locate: the byte at a point in the widget's coordinates; the nearest, when it is outside. */
gsize
lia_selectable_text_locate (LiaSelectableText *self,
                            double             x,
                            double             y)
{
  PangoLayout *layout = gtk_label_get_layout (self->label);
  const char  *text = pango_layout_get_text (layout);
  int          left, top, index, trailing;

  if (y < 0)
    return 0;
  if (y >= gtk_widget_get_height (GTK_WIDGET (self)))
    return self->length;

  gtk_label_get_layout_offsets (self->label, &left, &top);
  pango_layout_xy_to_index (layout, (int)((x - left) * PANGO_SCALE), (int)((y - top) * PANGO_SCALE), &index, &trailing);

  return MIN (self->length, (gsize)(g_utf8_offset_to_pointer (text + index, trailing) - text));
}

/** lia_selectable_text_get_word: the word around a byte. */
void
lia_selectable_text_get_word (LiaSelectableText *self,
                              gsize              offset,
                              gsize             *start,
                              gsize             *end)
{
  PangoLayout        *layout = gtk_label_get_layout (self->label);
  const char         *text = pango_layout_get_text (layout);
  int                 n_attrs;
  const PangoLogAttr *attrs = pango_layout_get_log_attrs_readonly (layout, &n_attrs);
  int                 at = g_utf8_pointer_to_offset (text, text + MIN (offset, self->length));
  int                 from = MIN (at, n_attrs - 1);
  int                 to = MIN (at + 1, n_attrs - 1);

  while (from > 0 && !attrs[from].is_word_start && !attrs[from].is_word_end)
    from--;
  while (to < n_attrs - 1 && !attrs[to].is_word_end && !attrs[to].is_word_start)
    to++;

  *start = g_utf8_offset_to_pointer (text, from) - text;
  *end = g_utf8_offset_to_pointer (text, to) - text;
}
