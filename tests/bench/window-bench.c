/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The whole app with its real window, client and engine, on the workspace in $LIAISON_DATA: what the main thread spends on a frame, and how long
 * things take from the key or the event to the frame that shows them. Nothing of the app is changed for it; it is watched from outside, through
 * the frame clock, the widgets and the signals that are there.
 *
 *   window-bench start      -- when what is there, in ms since $START_US (the monotonic clock, before exec); then ends
 *   window-bench TRAFFIC    -- all measurements; TRAFFIC is tests/bench/traffic.py, a colleague who works in the same store
 */

#include "lia-application.h"
#include "lia-conversation-page.h"
#include "lia-engine-socket.h"
#include "lia-frames.h"
#include "lia-inbox.h"
#include "lia-timeline-private.h"
#include "lia-timeline.h"

#include <libsoup/soup.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FRAMES 240
#define SWITCHES 60
#define SWITCH_MOST_US (2 * G_USEC_PER_SEC)
#define TRAFFIC_S 6

typedef struct
{
  gint64 seq;
  gint64 arrived_us;
  guint  frames; /* painted since */
} Arrival;

typedef struct
{
  LiaApplication *app;
  GtkWindow      *window;
  const char     *mode;
  gint64          start_us;
  GString        *phases;
  guint           n_frames;
  gboolean        ready;

  GtkGridView         *list;
  LiaConversationPage *page;
  LiaTimeline         *timeline;

  gint64   busy_us; /* of the thread, at the end of the last frame */
  double   frame_ms;
  gboolean painted;
  GArray  *arrivals; /* of Arrival: events that are not painted */
  GArray  *latencies;
  GArray  *waits; /* frames each of them took */
} Bench;

static gint64
busy_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find (child, type);

  return found;
}

/* --- Figures --- */

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

static void
report (const char *name,
        GArray     *values,
        const char *unit,
        const char *goal)
{
  double at[] = { 0.5, 0.95, 0.99, 1 };

  if (values->len == 0)
    {
      g_print ("%-44s nothing was measured\n", name);
      return;
    }

  g_array_sort (values, compare_doubles);
  for (guint i = 0; i < G_N_ELEMENTS (at); i++)
    at[i] = g_array_index (values, double, MIN (values->len - 1, (guint)(values->len * at[i])));
  g_print ("%-44s p50 %6.1f  p95 %6.1f  p99 %6.1f  max %6.1f %-6s of %4u   %s\n", name, at[0], at[1], at[2], at[3], unit, values->len, goal);
  g_array_set_size (values, 0);
  fflush (stdout);
}

/* --- Starting --- */

static void
mark (Bench      *bench,
      const char *phase)
{
  g_string_append_printf (bench->phases, "%s %.0f\n", phase, (g_get_monotonic_time () - bench->start_us) / 1000.0);
}

static gboolean
list_has_rows (Bench *bench)
{
  GtkSelectionModel *model;

  if (bench->list == NULL)
    bench->list = GTK_GRID_VIEW (find (GTK_WIDGET (bench->window), GTK_TYPE_GRID_VIEW));
  model = bench->list != NULL ? gtk_grid_view_get_model (bench->list) : NULL;

  return model != NULL && g_list_model_get_n_items (G_LIST_MODEL (model)) > 0 && gtk_widget_get_mapped (GTK_WIDGET (bench->list));
}

static gboolean on_list_painted (gpointer data);

static void
watch_start (Bench *bench)
{
  if (bench->n_frames == 1)
    mark (bench, "first-frame");
  if (bench->ready || !list_has_rows (bench))
    return;

  bench->ready = TRUE;
  mark (bench, "list-painted");
  g_idle_add (on_list_painted, bench);
}

/* --- Frames --- */

static void
look_for_arrivals (Bench *bench)
{
  guint    n = bench->timeline != NULL ? lia_timeline_get_n_rows (bench->timeline) : 0;
  LiveRow *row = n > 0 ? lia_timeline_find_row (bench->timeline, n - 1) : NULL;
  gint64   shown = row != NULL ? lia_timeline_row_get_entry (row->widget)->seq : 0;
  gint64   now_us = g_get_monotonic_time ();

  for (guint i = bench->arrivals->len; i > 0; i--)
    {
      Arrival *arrival = &g_array_index (bench->arrivals, Arrival, i - 1);
      double   ms = (now_us - arrival->arrived_us) / 1000.0;
      double   frames = ++arrival->frames;

      if (arrival->seq > shown)
        continue;

      g_array_append_val (bench->latencies, ms);
      g_array_append_val (bench->waits, frames);
      g_array_remove_index (bench->arrivals, i - 1);
    }
}

static void
on_after_paint (GdkFrameClock *clock,
                Bench         *bench)
{
  gint64 now = busy_us ();

  bench->frame_ms = (now - bench->busy_us) / 1000.0;
  bench->busy_us = now;
  bench->painted = TRUE;
  bench->n_frames++;
  look_for_arrivals (bench);
  if (bench->page == NULL)
    watch_start (bench);
}

/* On the socket, before anything of it is read. */
static gboolean
on_message (GSignalInvocationHint *hint,
            guint                  n_values,
            const GValue          *values,
            gpointer               data)
{
  Bench      *bench = data;
  gsize       length;
  const char *text = g_bytes_get_data (g_value_get_boxed (&values[2]), &length);
  g_autoptr (LiaFrame) frame = lia_frame_parse (text, (gssize)length, NULL);

  for (guint i = 0; frame != NULL && frame->type == LIA_FRAME_EVENTS && i < frame->events->len; i++)
    {
      const LiaEvent *event = frame->events->pdata[i];
      Arrival         arrival = { event->entry != NULL ? event->entry->seq : 0, g_get_monotonic_time (), 0 };

      if (g_str_equal (event->kind, "entry.added") && event->entry != NULL)
        g_array_append_val (bench->arrivals, arrival);
    }

  return TRUE;
}

static double
next_frame (Bench *bench)
{
  bench->painted = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (bench->window));
  while (!bench->painted)
    g_main_context_iteration (NULL, TRUE);

  return bench->frame_ms;
}

/* Until all is quiet. */
static void
settle (void)
{
  gint64 end_us = g_get_monotonic_time () + G_USEC_PER_SEC / 2;

  while (g_get_monotonic_time () < end_us)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
}

/* --- Measurements --- */

static void
scroll_list (Bench *bench,
             int    step)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (bench->list));
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *name = g_strdup_printf ("list, %d px a frame", step);

  for (int i = 0; i < FRAMES; i++)
    {
      double ms;

      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + step);
      ms = next_frame (bench);
      g_array_append_val (frames, ms);
    }
  report (name, frames, "ms", "main thread a frame; goal p99 10");
  gtk_adjustment_set_value (adjustment, 0);
}

/* The next one that the app itself asks for, if one comes in time. */
static void
wait_for_frame (Bench *bench,
                gint64 until_us)
{
  bench->painted = FALSE;
  while (!bench->painted && g_get_monotonic_time () < until_us)
    {
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (200);
    }
}

static const char *
shown_conversation (Bench *bench)
{
  LiveRow *row = bench->timeline->rows->len > 0 ? bench->timeline->rows->pdata[0] : NULL;

  return row != NULL && row->position != G_MAXUINT ? lia_timeline_row_get_entry (row->widget)->conv : NULL;
}

static void
switch_conversations (Bench *bench)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) works = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (double));

  for (int i = 0; i < SWITCHES; i++)
    {
      g_autofree char *before = g_strdup (shown_conversation (bench));
      gint64           start_us = g_get_monotonic_time ();
      gint64           start_busy_us = busy_us ();
      double           ms, most = 0;

      bench->busy_us = start_busy_us;
      gtk_widget_activate_action (GTK_WIDGET (bench->page), "workbench.step", "i", i <= SWITCHES / 2 ? 1 : -1);
      do
        {
          wait_for_frame (bench, start_us + SWITCH_MOST_US);
          most = MAX (most, bench->frame_ms);
        }
      while (bench->painted && (shown_conversation (bench) == NULL || g_strcmp0 (shown_conversation (bench), before) == 0));

      if (!bench->painted)
        {
          g_print ("conversation %d was not shown\n", i);
          continue;
        }
      ms = (g_get_monotonic_time () - start_us) / 1000.0;
      g_array_append_val (times, ms);
      ms = (busy_us () - start_busy_us) / 1000.0;
      g_array_append_val (works, ms);
      g_array_append_val (frames, most);
      settle ();
    }
  report ("switch: key to painted, engine included", times, "ms", "");
  report ("switch: all of the main thread's work", works, "ms", "");
  report ("switch: longest frame", frames, "ms", "goal p50 16, p95 25");
}

static GSubprocess *
start_traffic (Bench      *bench,
               const char *what,
               const char *rate,
               const char *where)
{
  LiaWorkspace    *workspace = lia_application_get_default_workspace (bench->app);
  LiaEngineSocket *place = lia_engine_socket_new (lia_workspace_get_directory (workspace), NULL);
  GSubprocess     *colleague = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "python3", bench->mode, place->path, what, rate, G_STRINGIFY (TRAFFIC_S), where, NULL);

  lia_engine_socket_free (place);

  return colleague;
}

/* As long as the colleague works: the frames in which the main thread had anything to do. */
static void
work_beside (Bench       *bench,
             GSubprocess *colleague,
             GArray      *frames)
{
  while (g_subprocess_get_identifier (colleague) != NULL)
    {
      bench->painted = FALSE;
      while (!bench->painted && g_subprocess_get_identifier (colleague) != NULL)
        g_main_context_iteration (NULL, TRUE);
      if (bench->painted)
        g_array_append_val (frames, bench->frame_ms);
    }
}

static void
watch_moves (Bench *bench)
{
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GSubprocess) colleague = start_traffic (bench, "moves", "100", "all");

  work_beside (bench, colleague, frames);
  report ("list, 100 rows a second come and go", frames, "ms", "main thread a frame; goal p99 6");
}

static void
watch_notes (Bench      *bench,
             const char *rate)
{
  LiaConversation *conversation = lia_conversation_page_get_conversation (bench->page);
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GSubprocess) colleague = NULL;
  g_autofree char *name = g_strdup_printf ("%s entries a second, pinned", rate);
  g_autofree char *latency = g_strdup_printf ("%s a second: event to painted", rate);
  g_autofree char *wait = g_strdup_printf ("%s a second: painted in frame number", rate);

  lia_timeline_scroll_to_end (bench->timeline);
  settle ();
  g_array_set_size (bench->arrivals, 0);
  g_array_set_size (bench->latencies, 0);
  g_array_set_size (bench->waits, 0);
  colleague = start_traffic (bench, "notes", rate, conversation->id);
  work_beside (bench, colleague, frames);
  settle ();

  report (name, frames, "ms", "main thread a frame; goal p99 16");
  report (latency, bench->latencies, "ms", "goal: the next frame");
  report (wait, bench->waits, "", "goal 1");
}

static void
find_widgets (Bench *bench)
{
  list_has_rows (bench);
  bench->page = LIA_CONVERSATION_PAGE (find (GTK_WIDGET (bench->window), LIA_TYPE_CONVERSATION_PAGE));
  bench->timeline = LIA_TIMELINE (find (GTK_WIDGET (bench->page), LIA_TYPE_TIMELINE));
}

static void
measure (Bench *bench)
{
  guint message = g_signal_lookup ("message", SOUP_TYPE_WEBSOCKET_CONNECTION);

  find_widgets (bench);
  gtk_widget_activate_action (GTK_WIDGET (bench->page), "workbench.view-at", "i", 0);
  settle ();
  scroll_list (bench, 60);
  scroll_list (bench, 800);
  settle ();
  switch_conversations (bench);
  if (message != 0)
    g_signal_add_emission_hook (message, 0, on_message, bench, NULL);
  watch_notes (bench, "5");
  watch_notes (bench, "200");
  watch_moves (bench);
}

static gboolean
on_list_painted (gpointer data)
{
  Bench *bench = data;

  if (strcmp (bench->mode, "start") == 0)
    g_print ("%s", bench->phases->str);
  else
    measure (bench);
  g_action_group_activate_action (G_ACTION_GROUP (bench->app), "quit", NULL);

  return G_SOURCE_REMOVE;
}

static void
on_realize (GtkWidget *window,
            Bench     *bench)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect_after (clock, "after-paint", G_CALLBACK (on_after_paint), bench);
  mark (bench, "realized");
}

static void
on_state_changed (LiaClient  *client,
                  GParamSpec *pspec,
                  Bench      *bench)
{
  if (lia_client_get_state (client) == LIA_CLIENT_LIVE)
    mark (bench, "stream");
}

static void
on_views_changed (Bench *bench)
{
  mark (bench, "snapshot");
}

static void
on_window_added (GtkApplication *app,
                 GtkWindow      *window,
                 Bench          *bench)
{
  bench->window = window;
  g_signal_connect (window, "realize", G_CALLBACK (on_realize), bench);
  mark (bench, "window-made");
}

static void
on_startup (GApplication *app,
            Bench        *bench)
{
  LiaClient *client = lia_workspace_get_client (lia_application_get_default_workspace (bench->app));

  mark (bench, "startup");
  g_signal_connect (client, "notify::state", G_CALLBACK (on_state_changed), bench);
  g_signal_connect_swapped (lia_client_get_views (client), "items-changed", G_CALLBACK (on_views_changed), bench);
}

int
main (int   argc,
      char *argv[])
{
  Bench bench = { .mode = argc > 1 ? argv[1] : "start" };

  bench.start_us = g_getenv ("START_US") != NULL ? g_ascii_strtoll (g_getenv ("START_US"), NULL, 10) : g_get_monotonic_time ();
  bench.phases = g_string_new (NULL);
  bench.arrivals = g_array_new (FALSE, FALSE, sizeof (Arrival));
  bench.latencies = g_array_new (FALSE, FALSE, sizeof (double));
  bench.waits = g_array_new (FALSE, FALSE, sizeof (double));
  mark (&bench, "main");

  dex_init ();
  bench.app = lia_application_new ();
  g_signal_connect_after (bench.app, "startup", G_CALLBACK (on_startup), &bench);
  g_signal_connect (bench.app, "window-added", G_CALLBACK (on_window_added), &bench);
  g_application_run (G_APPLICATION (bench.app), 1, argv);
  g_object_unref (bench.app);

  return 0;
}
