/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-day-line.h"

#include <glib/gi18n.h>

#define HOURS 24
#define HOURS_APART 3 /* between those that are written */
#define HOUR_MS (60 * 60 * G_GINT64_CONSTANT (1000))
#define GAP 2
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

static gint64
count_most (GPtrArray *hours)
{
  gint64 most = 0;

  for (guint i = 0; hours != NULL && i < hours->len; i++)
    most = MAX (most, ((LiaHourFigures *)hours->pdata[i])->figures.entered);

  return most;
}

/** lia_day_line_title: (transfer full): what the bars say, with their scale. */
char *
lia_day_line_title (GPtrArray *hours)
{
  gint64 most = count_most (hours);

  if (most == 0)
    return g_strdup (_ ("Nobody has called today"));

  return g_strdup_printf (ngettext ("Callers of each hour, %d at most; the stronger part was answered", "Callers of each hour, %d at most; the stronger part was answered", most), (int)most);
}

typedef struct
{
  GtkSnapshot *snapshot;
  GdkRGBA      color;
  float        width;
  float        height; /* of the bars, without the hours below them */
  float        step;   /* an hour's share of the width */
  gboolean     rtl;
} Canvas;

static float
x_of (const Canvas *canvas,
      guint         hour,
      float         length)
{
  float x = canvas->step * (float)hour;

  return canvas->rtl ? canvas->width - x - length : x;
}

static void
draw_bar (const Canvas *canvas,
          guint         hour,
          double        share,
          float         alpha)
{
  float           length = MAX (1, canvas->step - GAP);
  float           height = (float)(share * canvas->height);
  GdkRGBA         color = canvas->color;
  graphene_rect_t bar = GRAPHENE_RECT_INIT (x_of (canvas, hour, length), canvas->height - height, length, height);

  color.alpha *= alpha;
  gtk_snapshot_append_color (canvas->snapshot, &color, &bar);
}

static void
draw_hour (LiaDayLine   *self,
           const Canvas *canvas,
           guint         hour)
{
  gint64           begin_ms = ((LiaHourFigures *)self->hours->pdata[0])->from_ms;
  g_autofree char *words = hour_words (begin_ms + hour * HOUR_MS);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), words);
  GdkRGBA color;
  int     width;

  gtk_widget_get_color (GTK_WIDGET (self), &color);
  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_snapshot_save (canvas->snapshot);
  gtk_snapshot_translate (canvas->snapshot, &GRAPHENE_POINT_INIT (x_of (canvas, hour, (float)width), canvas->height + GAP));
  gtk_snapshot_append_layout (canvas->snapshot, layout, &color);
  gtk_snapshot_restore (canvas->snapshot);
}

static int
measure_words (LiaDayLine *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "0");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);

  return height;
}

static void
draw_base (const Canvas *canvas)
{
  GdkRGBA         faint = canvas->color;
  graphene_rect_t base = GRAPHENE_RECT_INIT (0, canvas->height, canvas->width, 1);

  faint.alpha *= 0.3f;
  gtk_snapshot_append_color (canvas->snapshot, &faint, &base);
}

/* A bar an hour: what came as a whole, what was answered of it dark. */
static void
lia_day_line_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  LiaDayLine *self = LIA_DAY_LINE (widget);
  guint       n_hours = self->hours != NULL ? self->hours->len : 0;
  double      most = (double)MAX (1, count_most (self->hours));
  Canvas      canvas = { snapshot, .width = (float)gtk_widget_get_width (widget), .rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL };

  gtk_widget_get_color (widget, &canvas.color);
  canvas.height = (float)(gtk_widget_get_height (widget) - measure_words (self) - GAP);
  canvas.step = canvas.width / (float)MAX (HOURS, n_hours);
  draw_base (&canvas);
  for (guint i = 0; i < n_hours; i++)
    {
      const LiaHourFigures *hour = self->hours->pdata[i];

      draw_bar (&canvas, i, (double)hour->figures.entered / most, 0.3f);
      draw_bar (&canvas, i, (double)hour->figures.answered / most, 1);
    }
  for (guint i = 0; n_hours > 0 && i < HOURS; i += HOURS_APART)
    draw_hour (self, &canvas, i);
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
