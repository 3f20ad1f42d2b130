/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Canned responses at the caret, from a letter to the frame that shows what it finds: `popup-bench FIXTURES [RESPONSES]`. The fixtures' queries
 * are typed letter by letter behind a slash into a text in a window, among the responses of a large company (100,000). A frame is painted at most
 * every 16.7 ms, so that a letter waits for it; what the main thread works for the frame is said apart, in time of the processor.
 */

#include "canned-samples.h"
#include "fake-client.h"
#include "fake-responses.h"

#include "lia-response-popup.h"

#include <stdlib.h>
#include <time.h>

#define RESPONSES 100000
#define MAX_LETTERS 1500

typedef struct
{
  GtkWindow     *window;
  GtkTextView   *view;
  GtkTextBuffer *buffer;
  guint          n_frames;
  GArray        *waits; /* double: ms from the letter to the painted frame */
  GArray        *works; /* of the main thread in between */
  GArray        *opens; /* the same of the first letter of a search: the slash */
} Bench;

static double
busy_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double one = *(const double *)a, other = *(const double *)b;

  return one < other ? -1 : one > other;
}

static void
report (const char *name,
        GArray     *values)
{
  const double *sorted;

  g_array_sort (values, compare);
  sorted = (const double *)(void *)values->data;
  g_print ("%-34s p50 %6.2f  p95 %6.2f  p99 %6.2f  max %6.2f ms  of %u\n", name, sorted[values->len / 2], sorted[values->len * 95 / 100],
           sorted[values->len * 99 / 100], sorted[values->len - 1], values->len);
}

static void
on_after_paint (GdkFrameClock *clock,
                Bench         *bench)
{
  bench->n_frames++;
}

static void
settle (void)
{
  gint64 end_us = g_get_monotonic_time () + 30 * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end_us)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static void
type_letter (Bench      *bench,
             const char *letter,
             int         length,
             GArray     *works)
{
  guint  frames = bench->n_frames;
  gint64 start_us = g_get_monotonic_time ();
  double start_ms = busy_ms ();
  double wait, work;

  gtk_text_buffer_insert_interactive_at_cursor (bench->buffer, letter, length, TRUE);
  while (bench->n_frames == frames)
    g_main_context_iteration (NULL, TRUE);
  wait = (g_get_monotonic_time () - start_us) / 1000.0;
  work = busy_ms () - start_ms;
  g_array_append_val (bench->waits, wait);
  g_array_append_val (works, work);
  settle ();
}

static void
type_query (Bench      *bench,
            const char *query)
{
  gtk_text_buffer_set_text (bench->buffer, "", 0);
  settle ();
  type_letter (bench, "/", 1, bench->opens);
  for (const char *p = query; *p != '\0'; p = g_utf8_next_char (p))
    type_letter (bench, p, (int)(g_utf8_next_char (p) - p), bench->works);
}

static void
fill (LiaClient  *client,
      const char *folder,
      guint       n)
{
  gint64 now_ms = g_get_real_time () / 1000;
  g_autoptr (GPtrArray) responses = canned_samples_load (folder, now_ms);

  canned_samples_fill (responses, n, now_ms);
  for (guint i = 0; i < responses->len; i++)
    lia_canned_index_put (lia_responses_get_index (lia_client_get_responses (client)), responses->pdata[i]);
}

static void
make_window (Bench *bench)
{
  bench->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  bench->buffer = gtk_text_view_get_buffer (bench->view);
  bench->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (bench->window, 1024, 700);
  gtk_window_set_child (bench->window, GTK_WIDGET (bench->view));
  gtk_window_present (bench->window);
  gtk_widget_grab_focus (GTK_WIDGET (bench->view));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (bench->window));
  g_signal_connect_after (gtk_widget_get_frame_clock (GTK_WIDGET (bench->window)), "after-paint", G_CALLBACK (on_after_paint), bench);
}

int
main (int   argc,
      char *argv[])
{
  Bench      bench = { 0 };
  LiaClient *client;
  g_autoptr (LiaResponseFinder) finder = NULL;
  g_autoptr (LiaTimelineModel) model = NULL;
  g_autoptr (GArray) cases = NULL;
  LiaResponsePopup *popup;

  g_return_val_if_fail (argc > 1, 1);
  gtk_init ();
  adw_init ();
  client = fake_client_new ();
  fill (client, argv[1], argc > 2 ? (guint)atoi (argv[2]) : RESPONSES);
  model = fake_timeline_new ("c_1", NULL);
  fake_timeline_add (model, "ann@example.com", "Where is my refund? I am still waiting for my money, and nobody answers the telephone.");
  finder = lia_response_finder_new ();
  lia_response_finder_set_client (finder, client);
  lia_response_finder_set_model (finder, model);
  make_window (&bench);
  popup = lia_response_popup_new (bench.view, finder);

  bench.waits = g_array_new (FALSE, FALSE, sizeof (double));
  bench.works = g_array_new (FALSE, FALSE, sizeof (double));
  bench.opens = g_array_new (FALSE, FALSE, sizeof (double));
  cases = canned_samples_cases (argv[1]);
  for (guint i = 0; i < cases->len && bench.works->len < MAX_LETTERS; i++)
    type_query (&bench, g_array_index (cases, CannedCase, i).typed);

  g_print ("%u responses\n", lia_canned_index_size (lia_responses_get_index (lia_client_get_responses (client))));
  report ("letter to painted, the frame's wait", bench.waits);
  report ("work for it: a letter", bench.works);
  report ("work for it: the slash", bench.opens);
  lia_response_popup_detach (popup);
  gtk_window_destroy (bench.window);

  return 0;
}
