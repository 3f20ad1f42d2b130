/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The telephone says ten times a second how loud the agent speaks. Something is drawn only when another number of bars is lit, nothing is ever laid out
 * again, and who cannot see it is told by other words only: whether one is heard, not how loudly.
 */
#include "lia-microphone-meter.h"

#include <glib/gi18n.h>

#define BARS 5
#define BAR_WIDTH 3
#define GAP 2
#define HEIGHT 16

#define QUIET 0.2 /* a room in which nobody speaks, by what lia_phone_call_get_level() measures */
#define LOUD 0.8

#define SILENT_LEVELS 30 /* so many one after the other, three seconds, are more than a pause between two words */

struct _LiaMicrophoneMeter
{
  GtkWidget parent_instance;

  LiaPhoneCall *call; /* or NULL */
  guint         lit;
  guint         silent; /* levels since something was heard */
};

G_DEFINE_FINAL_TYPE (LiaMicrophoneMeter, lia_microphone_meter, GTK_TYPE_WIDGET)

static gboolean
is_muted (LiaMicrophoneMeter *self)
{
  return self->call != NULL && lia_phone_call_is_muted (self->call);
}

static const char *
words_of (LiaMicrophoneMeter *self)
{
  if (is_muted (self))
    return _ ("Your microphone is muted");
  if (self->silent >= SILENT_LEVELS)
    return _ ("Nothing is heard from your microphone");

  return _ ("Your microphone is heard");
}

static void
tell (LiaMicrophoneMeter *self)
{
  const char *words = words_of (self);

  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), words) == 0)
    return;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static guint
bars_of (double level)
{
  double share = (level - QUIET) / (LOUD - QUIET);

  return (guint)CLAMP (share * BARS + 0.5, 0, BARS);
}

static void
on_level_cb (LiaMicrophoneMeter *self)
{
  guint lit = bars_of (lia_phone_call_get_level (self->call));

  self->silent = lit > 0 ? 0 : MIN (self->silent + 1, SILENT_LEVELS);
  tell (self);
  if (lit == self->lit)
    return;
  self->lit = lit;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_muted_cb (LiaMicrophoneMeter *self)
{
  self->silent = 0;
  tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
snapshot_bars (LiaMicrophoneMeter *self,
               GtkSnapshot        *snapshot,
               GdkRGBA             color)
{
  const gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  const float    full = color.alpha;

  for (guint i = 0; i < BARS; i++)
    {
      const guint column = mirrored ? BARS - 1 - i : i;
      const float height = (float)HEIGHT * (float)(i + 2) / (BARS + 1);

      color.alpha = i < self->lit && !is_muted (self) ? full : full * 0.25f;
      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT ((float)(column * (BAR_WIDTH + GAP)), (float)HEIGHT - height, BAR_WIDTH, height));
    }
}

static void
snapshot_stroke (GtkSnapshot   *snapshot,
                 const GdkRGBA *color,
                 float          width)
{
  g_autoptr (GskPathBuilder) line = gsk_path_builder_new ();
  g_autoptr (GskStroke) stroke = gsk_stroke_new (2);
  g_autoptr (GskPath) path = NULL;

  gsk_path_builder_move_to (line, 1, 1);
  gsk_path_builder_line_to (line, width - 1, HEIGHT - 1);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&line));
  gtk_snapshot_append_stroke (snapshot, path, stroke, color);
}

static void
lia_microphone_meter_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  LiaMicrophoneMeter *self = LIA_MICROPHONE_METER (widget);
  GdkRGBA             color;

  gtk_widget_get_color (widget, &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, (float)(gtk_widget_get_height (widget) - HEIGHT) / 2));
  snapshot_bars (self, snapshot, color);
  if (is_muted (self))
    snapshot_stroke (snapshot, &color, (float)gtk_widget_get_width (widget));
  gtk_snapshot_restore (snapshot);
}

static void
lia_microphone_meter_measure (GtkWidget     *widget,
                              GtkOrientation orientation,
                              int            for_size,
                              int           *minimum,
                              int           *natural,
                              int           *minimum_baseline,
                              int           *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? BARS * (BAR_WIDTH + GAP) - GAP : HEIGHT;
}

static void
forget_call (LiaMicrophoneMeter *self)
{
  if (self->call != NULL)
    g_signal_handlers_disconnect_by_data (self->call, self);
  g_clear_object (&self->call);
  self->lit = 0;
  self->silent = 0;
}

static void
lia_microphone_meter_dispose (GObject *object)
{
  forget_call (LIA_MICROPHONE_METER (object));
  G_OBJECT_CLASS (lia_microphone_meter_parent_class)->dispose (object);
}

static void
lia_microphone_meter_class_init (LiaMicrophoneMeterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_microphone_meter_dispose;
  widget_class->measure = lia_microphone_meter_measure;
  widget_class->snapshot = lia_microphone_meter_snapshot;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "microphone-meter");
}

static void
lia_microphone_meter_init (LiaMicrophoneMeter *self)
{
  tell (self);
}

/** lia_microphone_meter_set_call: (nullable): which the agent speaks in; nothing is measured for NULL. */
void
lia_microphone_meter_set_call (LiaMicrophoneMeter *self,
                               LiaPhoneCall       *call)
{
  if (self->call == call)
    return;
  forget_call (self);
  if (g_set_object (&self->call, call))
    {
      g_signal_connect_object (call, "notify::level", G_CALLBACK (on_level_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (call, "notify::muted", G_CALLBACK (on_muted_cb), self, G_CONNECT_SWAPPED);
    }
  tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/** lia_microphone_meter_get_lit: how many bars are lit, 0 to 5. */
guint
lia_microphone_meter_get_lit (LiaMicrophoneMeter *self)
{
  return self->lit;
}
