/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-day-line.h"

#include <glib/gi18n.h>

#define HOURS 24
#define LINE_WIDTH 2.0f
#define HEIGHT 56

struct _LiaDayLine
{
  GtkWidget parent_instance;

  GPtrArray *hours; /* of LiaHourFigures, or NULL */
};

G_DEFINE_FINAL_TYPE (LiaDayLine, lia_day_line, GTK_TYPE_WIDGET)

static char *
hour_words (gint64 from_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (from_ms / 1000);

  return g_date_time_format (time, _ ("%H:%M"));
}

/** lia_day_line_words: (transfer full): the line as text: each hour in which somebody came. */
char *
lia_day_line_words (GPtrArray *hours)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  for (guint i = 0; hours != NULL && i < hours->len; i++)
    {
      const LiaHourFigures *hour = hours->pdata[i];
      g_autofree char      *from = hour_words (hour->from_ms);

      if (hour->figures.entered > 0)
        g_strv_builder_take (words, g_strdup_printf (_ ("%s: %d came, %d answered"), from, (int)hour->figures.entered, (int)hour->figures.answered));
    }
  parts = g_strv_builder_end (words);

  return parts[0] != NULL ? g_strjoinv ("\n", parts) : g_strdup (_ ("Nobody has called today"));
}

typedef gint64 (*Pick) (const LiaHourFigures *hour);

static gint64
pick_entered (const LiaHourFigures *hour)
{
  return hour->figures.entered;
}

static gint64
pick_answered (const LiaHourFigures *hour)
{
  return hour->figures.answered;
}

static GskPath *
make_path (LiaDayLine *self,
           Pick        pick,
           gint64      most,
           gboolean    closed)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  float           width = (float)gtk_widget_get_width (GTK_WIDGET (self));
  float           height = (float)gtk_widget_get_height (GTK_WIDGET (self)) - 2 * LINE_WIDTH;
  guint           n_steps = MAX (HOURS, self->hours->len) - 1;
  gboolean        rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  float           x = 0;

  for (guint i = 0; i < self->hours->len; i++)
    {
      float y = LINE_WIDTH + height * (1 - (float)pick (self->hours->pdata[i]) / (float)most);

      x = width * (float)i / (float)n_steps;
      if (rtl)
        x = width - x;
      if (i == 0 && closed)
        gsk_path_builder_move_to (builder, x, height + LINE_WIDTH);
      if (i == 0 && !closed)
        gsk_path_builder_move_to (builder, x, y);
      else
        gsk_path_builder_line_to (builder, x, y);
    }
  if (closed)
    {
      gsk_path_builder_line_to (builder, x, height + LINE_WIDTH);
      gsk_path_builder_close (builder);
    }

  return gsk_path_builder_free_to_path (builder);
}

static void
draw_base (LiaDayLine    *self,
           GtkSnapshot   *snapshot,
           const GdkRGBA *color)
{
  GdkRGBA         faint = *color;
  graphene_rect_t base = GRAPHENE_RECT_INIT (0, (float)gtk_widget_get_height (GTK_WIDGET (self)) - 1, (float)gtk_widget_get_width (GTK_WIDGET (self)), 1);

  faint.alpha *= 0.3f;
  gtk_snapshot_append_color (snapshot, &faint, &base);
}

static void
lia_day_line_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  LiaDayLine *self = LIA_DAY_LINE (widget);
  gint64      most = 1;
  GdkRGBA     color;
  GdkRGBA     area;
  g_autoptr (GskStroke) stroke = gsk_stroke_new (LINE_WIDTH);
  g_autoptr (GskPath) entered = NULL;
  g_autoptr (GskPath) answered = NULL;

  gtk_widget_get_color (widget, &color);
  draw_base (self, snapshot, &color);
  if (self->hours == NULL || self->hours->len < 2)
    return;

  for (guint i = 0; i < self->hours->len; i++)
    most = MAX (most, pick_entered (self->hours->pdata[i]));
  area = color;
  area.alpha *= 0.15f;
  answered = make_path (self, pick_answered, most, TRUE);
  entered = make_path (self, pick_entered, most, FALSE);
  gtk_snapshot_append_fill (snapshot, answered, GSK_FILL_RULE_WINDING, &area);
  gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
  gtk_snapshot_append_stroke (snapshot, entered, stroke, &color);
}

static void
lia_day_line_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 120;
}

static void
lia_day_line_finalize (GObject *object)
{
  LiaDayLine *self = LIA_DAY_LINE (object);

  g_clear_pointer (&self->hours, g_ptr_array_unref);

  G_OBJECT_CLASS (lia_day_line_parent_class)->finalize (object);
}

static void
lia_day_line_class_init (LiaDayLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lia_day_line_finalize;
  widget_class->snapshot = lia_day_line_snapshot;
  widget_class->measure = lia_day_line_measure;

  gtk_widget_class_set_css_name (widget_class, "dayline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lia_day_line_init (LiaDayLine *self)
{
}

/** lia_day_line_set_hours: (nullable): @hours: of LiaHourFigures, from midnight on. */
void
lia_day_line_set_hours (LiaDayLine *self,
                        GPtrArray  *hours)
{
  g_autofree char *words = lia_day_line_words (hours);

  g_clear_pointer (&self->hours, g_ptr_array_unref);
  self->hours = hours != NULL ? g_ptr_array_ref (hours) : NULL;
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), words) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Callers of each hour today"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
