/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How long the main thread is busy for a frame of the timeline (its processor time from the frame clock's before-paint to after-paint: layout, snapshot,
 * render), and in how many frames something moved that should not have. Run under Xvfb with GSK_RENDERER=cairo to compare; the goals are in the last column.
 *
 * timeline-bench [N [NAME]]  -- N entries, 10,000 when not given; NAME: only what has this in its name
 */

#include "lia-icons.h"
#include "lia-timeline.h"
#include "lia-timeline-private.h"
#include "timeline-samples.h"

#include <adwaita.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FRAMES 240

typedef struct
{
  GtkWindow     *window;
  LiaTimeline   *timeline;
  GtkAdjustment *adjustment;
  GListStore    *models[2];
  GRand         *random;
  gint64         next_seq;

  gint64   begun;
  double   frame_ms;
  gboolean painted;

  GHashTable *seen; /* entry id -> y + 1e6 of the frame before */
} Bench;

typedef struct
{
  GArray *ms;
  guint   jumps;
} Result;

/* Processor time, so that other work of the machine does not count. */
static gint64
busy_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
on_before_paint (GdkFrameClock *clock,
                 Bench         *bench)
{
  bench->begun = busy_us ();
}

static void
on_after_paint (GdkFrameClock *clock,
                Bench         *bench)
{
  bench->frame_ms = (busy_us () - bench->begun) / 1000.0;
  bench->painted = TRUE;
}

static double
next_frame (Bench *bench)
{
  bench->painted = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (bench->timeline));
  while (!bench->painted)
    g_main_context_iteration (NULL, TRUE);

  return bench->frame_ms;
}

static void
settle (Bench *bench)
{
  for (int i = 0; i < 12; i++)
    next_frame (bench);
}

/* TRUE when a row that was seen moved by another distance than @by, or when no row was seen in both frames. */
static gboolean
look (Bench *bench,
      int    by)
{
  GHashTable *now = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  int         height = gtk_widget_get_height (GTK_WIDGET (bench->timeline));
  gboolean    jumped = FALSE, common = FALSE;

  for (guint i = 0; i < bench->timeline->rows->len; i++)
    {
      LiveRow  *row = bench->timeline->rows->pdata[i];
      LiaEntry *entry = lia_timeline_row_get_entry (row->widget);
      gpointer  before = bench->seen != NULL ? g_hash_table_lookup (bench->seen, entry->id) : NULL;

      if (row->y >= height || row->y + row->height <= 0)
        continue;

      g_hash_table_insert (now, g_strdup (entry->id), GINT_TO_POINTER (row->y + 1000000));
      if (before == NULL)
        continue;

      common = TRUE;
      if (ABS (row->y - (GPOINTER_TO_INT (before) - 1000000) + by) > 2)
        jumped = TRUE;
    }

  if (bench->seen != NULL && !common)
    jumped = TRUE;
  g_clear_pointer (&bench->seen, g_hash_table_unref);
  bench->seen = now;

  return jumped;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

static double
percentile (GArray *sorted,
            double  p)
{
  return g_array_index (sorted, double, MIN (sorted->len - 1, (guint)(sorted->len * p)));
}

static void
report (const char *name,
        Result     *result,
        const char *goal)
{
  g_array_sort (result->ms, compare_doubles);
  g_print ("%-34s p50 %6.1f  p95 %6.1f  p99 %6.1f  max %6.1f ms   jumps %3u of %u   %s\n", name, percentile (result->ms, 0.5), percentile (result->ms, 0.95),
           percentile (result->ms, 0.99), percentile (result->ms, 1), result->jumps, result->ms->len, goal);
  g_array_set_size (result->ms, 0);
  result->jumps = 0;
}

static void
scroll (Bench  *bench,
        Result *result,
        int     step,
        int     frames)
{
  g_clear_pointer (&bench->seen, g_hash_table_unref);
  look (bench, 0);

  for (int i = 0; i < frames; i++)
    {
      double ms;

      gtk_adjustment_set_value (bench->adjustment, gtk_adjustment_get_value (bench->adjustment) + step);
      ms = next_frame (bench);
      g_array_append_val (result->ms, ms);
      result->jumps += look (bench, step);
    }
}

static void
jump_about (Bench  *bench,
            Result *result)
{
  for (int i = 0; i < FRAMES / 2; i++)
    {
      double lower = gtk_adjustment_get_lower (bench->adjustment);
      double room = gtk_adjustment_get_upper (bench->adjustment) - gtk_adjustment_get_page_size (bench->adjustment) - lower;
      double ms;

      gtk_adjustment_set_value (bench->adjustment, lower + g_rand_double (bench->random) * room);
      ms = next_frame (bench);
      g_array_append_val (result->ms, ms);
    }
}

static void
switch_models (Bench  *bench,
               Result *result)
{
  for (int i = 0; i < 40; i++)
    {
      gint64 start = busy_us ();
      double ms;

      lia_timeline_set_model (bench->timeline, G_LIST_MODEL (bench->models[(i + 1) % 2]));
      ms = (busy_us () - start) / 1000.0 + next_frame (bench);
      g_array_append_val (result->ms, ms);
      result->jumps += !lia_timeline_geometry_is_pinned (bench->timeline->geometry);
      next_frame (bench);
    }
}

static void
append (Bench *bench,
        int    n)
{
  for (int i = 0; i < n; i++)
    {
      g_autoptr (LiaEntry) entry = timeline_samples_entry (bench->random, bench->next_seq++);

      g_list_store_append (G_LIST_STORE (lia_timeline_get_model (bench->timeline)), entry);
    }
}

static gboolean
shows_newest (Bench *bench)
{
  guint    n = g_list_model_get_n_items (lia_timeline_get_model (bench->timeline));
  LiveRow *row = lia_timeline_find_row (bench->timeline, n - 1);

  return row != NULL && row->y + row->height == gtk_widget_get_height (GTK_WIDGET (bench->timeline));
}

/* 1,000 a second at 60 frames a second. A "jump" is a frame in which the newest entry does not stand at the bottom. */
static void
flood (Bench  *bench,
       Result *result)
{
  lia_timeline_scroll_to_end (bench->timeline);
  settle (bench);

  for (int i = 0; i < FRAMES; i++)
    {
      double ms;

      append (bench, i % 3 == 0 ? 16 : 17);
      ms = next_frame (bench);
      g_array_append_val (result->ms, ms);
      result->jumps += !shows_newest (bench);
    }
}

static void
change_while_reading (Bench  *bench,
                      Result *result,
                      int     older,
                      int     newer)
{
  double lower = gtk_adjustment_get_lower (bench->adjustment);

  gtk_adjustment_set_value (bench->adjustment, lower + (gtk_adjustment_get_upper (bench->adjustment) - lower) / 2);
  settle (bench);
  g_clear_pointer (&bench->seen, g_hash_table_unref);
  look (bench, 0);

  for (int i = 0; i < FRAMES / 4; i++)
    {
      double ms;

      if (older > 0)
        {
          g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);

          for (int j = 0; j < older; j++)
            g_ptr_array_add (entries, timeline_samples_entry (bench->random, bench->next_seq++));
          g_list_store_splice (G_LIST_STORE (lia_timeline_get_model (bench->timeline)), 0, 0, entries->pdata, entries->len);
        }
      append (bench, newer);
      ms = next_frame (bench);
      g_array_append_val (result->ms, ms);
      result->jumps += look (bench, 0);
    }
}

static void
resize (Bench  *bench,
        Result *result)
{
  GtkWidget *scrolled = gtk_widget_get_parent (GTK_WIDGET (bench->timeline));

  for (int i = 0; i < 60; i++)
    {
      double ms;

      gtk_widget_set_margin_end (scrolled, (i % 30) * 8);
      ms = next_frame (bench);
      g_array_append_val (result->ms, ms);
    }
  gtk_widget_set_margin_end (scrolled, 0);
}

static void
measure_switch (Bench  *bench,
                Result *result)
{
  switch_models (bench, result);
}

static void
measure_scroll_up (Bench  *bench,
                   Result *result)
{
  scroll (bench, result, -40, FRAMES);
}

static void
measure_fling (Bench  *bench,
               Result *result)
{
  scroll (bench, result, -400, FRAMES);
}

static void
measure_scroll_down (Bench  *bench,
                     Result *result)
{
  scroll (bench, result, 40, FRAMES);
}

static void
measure_older (Bench  *bench,
               Result *result)
{
  change_while_reading (bench, result, 50, 0);
}

static void
measure_newer (Bench  *bench,
               Result *result)
{
  change_while_reading (bench, result, 0, 5);
}

static const struct
{
  const char *name;
  void (*measure) (Bench *bench, Result *result);
  const char *goal;
} measurements[] = {
  { "switch conversation", measure_switch, "goal p50 16, p95 25" },
  { "scroll up, 40 px a frame", measure_scroll_up, "goal p99 10, no jumps" },
  { "scroll up, 400 px a frame", measure_fling, "goal p99 14, no jumps" },
  { "scroll down, 40 px a frame", measure_scroll_down, "goal p99 10, no jumps" },
  { "drag the scrollbar anywhere", jump_about, "goal p95 16" },
  { "older pages while reading", measure_older, "no jumps" },
  { "new entries while reading", measure_newer, "no jumps" },
  { "1,000 new a second, at the end", flood, "goal p99 16, newest always shown" },
  { "resize", resize, "" },
};

static void
run (Bench      *bench,
     const char *only)
{
  Result result = { g_array_new (FALSE, FALSE, sizeof (double)), 0 };

  settle (bench);
  for (guint i = 0; i < G_N_ELEMENTS (measurements); i++)
    {
      if (only != NULL && strstr (measurements[i].name, only) == NULL)
        continue;

      measurements[i].measure (bench, &result);
      report (measurements[i].name, &result, measurements[i].goal);
    }

  g_array_unref (result.ms);
}

int
main (int   argc,
      char *argv[])
{
  guint          n = argc > 1 ? (guint)atoi (argv[1]) : 10000;
  GtkWidget     *scrolled;
  GdkFrameClock *clock;
  Bench          bench = { 0 };

  dex_init ();
  lia_icons_guard ();
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  bench.random = g_rand_new_with_seed (1);
  bench.next_seq = 10 * n;
  bench.models[0] = timeline_samples_many (n, 1);
  bench.models[1] = timeline_samples_many (n, 2);
  bench.timeline = lia_timeline_new ();
  bench.window = GTK_WINDOW (gtk_window_new ());
  scrolled = gtk_scrolled_window_new ();
  lia_timeline_set_model (bench.timeline, G_LIST_MODEL (bench.models[0]));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (bench.timeline));
  gtk_window_set_child (bench.window, scrolled);
  gtk_window_set_default_size (bench.window, 700, 800);
  bench.adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  gtk_window_present (bench.window);

  clock = gtk_widget_get_frame_clock (GTK_WIDGET (bench.window));
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint), &bench);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (on_after_paint), &bench);

  g_print ("%u entries\n", n);
  run (&bench, argc > 2 ? argv[2] : NULL);

  gtk_window_destroy (bench.window);

  return 0;
}
