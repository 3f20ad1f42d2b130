/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Canned responses at the caret, from a letter to the frame that shows what it finds: `popup-bench FIXTURES [RESPONSES]`. The fixtures' queries
 * are typed letter by letter behind a slash into a text in a window, among the responses of a large company (100,000). Every second query is typed in
 * another conversation. A frame is painted at most every 16.7 ms, so that a letter waits for it; what the main thread works for the frame is said
 * apart, in time of the processor, and of which part of the frame it is. A slash has come when the popup is painted, which takes the window system.
 */

#include "canned-samples.h"
#include "fake-client.h"
#include "fake-responses.h"

#include "lia-icons.h"
#include "lia-response-popup.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RESPONSES 100000
#define MAX_LETTERS 1500

/* A frame, as its clock has it. */
typedef enum {
  PART_KEY,    /* what is done before the frame begins */
  PART_UPDATE, /* searches and fills the rows */
  PART_LAYOUT,
  PART_PAINT,
  N_PARTS,
} Part;

typedef struct
{
  GtkWindow        *window;
  GtkTextView      *view;
  GtkTextBuffer    *buffer;
  LiaTimelineModel *model;
  LiaResponsePopup *popup;
  guint             n_frames;
  guint             n_popups;       /* frames with the popup */
  double            since;          /* the part before ended */
  double            parts[N_PARTS]; /* of the letter under way */
  GArray           *waits;          /* double: ms from the letter to the painted frame */
  GArray           *works;          /* of the main thread in between */
  GArray           *works_of[N_PARTS];
  GArray           *slash_waits; /* the same of the first letter of a search: the slash */
  GArray           *slashes;
  GArray           *first_slashes; /* in a conversation */
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
end_part (Bench *bench,
          Part   part)
{
  double now_ms = busy_ms ();

  bench->parts[part] += now_ms - bench->since;
  bench->since = now_ms;
}

static void
on_before_paint (GdkFrameClock *clock,
                 Bench         *bench)
{
  end_part (bench, PART_KEY);
}

static void
on_update (GdkFrameClock *clock,
           Bench         *bench)
{
  end_part (bench, PART_UPDATE);
}

static void
on_layout (GdkFrameClock *clock,
           Bench         *bench)
{
  end_part (bench, PART_LAYOUT);
}

static void
on_paint (GdkFrameClock *clock,
          Bench         *bench)
{
  end_part (bench, PART_PAINT);
  bench->n_popups += gtk_widget_get_mapped (GTK_WIDGET (bench->popup));
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

/* Whether there is a popup to be waited for depends on the letters. */
static void
type_letter (Bench      *bench,
             const char *letter,
             int         length,
             GArray     *waits,
             GArray     *works)
{
  gboolean slash = *letter == '/';
  guint    frames = bench->n_frames, popups = bench->n_popups;
  gint64   start_us = g_get_monotonic_time ();
  double   start_ms = busy_ms ();
  double   wait, work;

  memset (bench->parts, 0, sizeof bench->parts);
  bench->since = start_ms;
  gtk_text_buffer_insert_interactive_at_cursor (bench->buffer, letter, length, TRUE);
  while (bench->n_frames == frames || (slash && bench->n_popups == popups))
    g_main_context_iteration (NULL, TRUE);
  wait = (g_get_monotonic_time () - start_us) / 1000.0;
  work = busy_ms () - start_ms;
  g_array_append_val (waits, wait);
  g_array_append_val (works, work);
  for (Part part = 0; !slash && part < N_PARTS; part++)
    g_array_append_val (bench->works_of[part], bench->parts[part]);
  settle ();
}

static void
type_query (Bench      *bench,
            const char *query,
            gboolean    elsewhere)
{
  gtk_text_buffer_set_text (bench->buffer, "", 0);
  settle ();
  if (elsewhere)
    g_signal_emit_by_name (bench->model, "items-changed", 0, 0, 0);
  type_letter (bench, "/", 1, bench->slash_waits, elsewhere ? bench->first_slashes : bench->slashes);
  for (const char *p = query; *p != '\0'; p = g_utf8_next_char (p))
    type_letter (bench, p, (int)(g_utf8_next_char (p) - p), bench->waits, bench->works);
}

static void
fill (LiaClient  *client,
      const char *folder,
      guint       n)
{
  LiaCannedIndex *index = lia_responses_get_index (lia_client_get_responses (client));
  gint64          now_ms = g_get_real_time () / 1000;
  g_autoptr (GPtrArray) responses = canned_samples_load (folder, now_ms);

  canned_samples_fill (responses, n, now_ms);
  for (guint i = 0; i < responses->len; i++)
    lia_canned_index_put (index, responses->pdata[i]);
  lia_canned_index_settle (index); /* as whoever reads responses does after each page of them */
}

static void
make_window (Bench *bench)
{
  GdkFrameClock *clock;

  bench->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  bench->buffer = gtk_text_view_get_buffer (bench->view);
  bench->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (bench->window, 1024, 700);
  gtk_window_set_child (bench->window, GTK_WIDGET (bench->view));
  gtk_window_present (bench->window);
  gtk_widget_grab_focus (GTK_WIDGET (bench->view));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (bench->window));

  clock = gtk_widget_get_frame_clock (GTK_WIDGET (bench->window));
  g_signal_connect_after (clock, "before-paint", G_CALLBACK (on_before_paint), bench);
  g_signal_connect_after (clock, "update", G_CALLBACK (on_update), bench);
  g_signal_connect_after (clock, "layout", G_CALLBACK (on_layout), bench);
  g_signal_connect_after (clock, "paint", G_CALLBACK (on_paint), bench);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (on_after_paint), bench);
}

static void
make_arrays (Bench *bench)
{
  GArray **arrays[] = { &bench->waits, &bench->works, &bench->slash_waits, &bench->slashes, &bench->first_slashes };

  for (gsize i = 0; i < G_N_ELEMENTS (arrays); i++)
    *arrays[i] = g_array_new (FALSE, FALSE, sizeof (double));
  for (Part part = 0; part < N_PARTS; part++)
    bench->works_of[part] = g_array_new (FALSE, FALSE, sizeof (double));
}

static double
first_of (GArray *values)
{
  return g_array_index (values, double, 0);
}

static void
report_all (Bench *bench)
{
  static const char *const names[N_PARTS] = { "  of it: the key itself", "  of it: search and rows", "  of it: layout", "  of it: painting" };

  g_print ("the first slash: painted after %.2f ms, work for it %.2f ms\n", first_of (bench->slash_waits), first_of (bench->first_slashes));
  report ("letter to painted, the frame's wait", bench->waits);
  report ("work for it: a letter", bench->works);
  for (Part part = 0; part < N_PARTS; part++)
    report (names[part], bench->works_of[part]);
  report ("slash to the popup's first frame", bench->slash_waits);
  report ("work for it: a slash", bench->slashes);
  report ("work for it: in another talk", bench->first_slashes);
}

int
main (int   argc,
      char *argv[])
{
  Bench      bench = { 0 };
  LiaClient *client;
  g_autoptr (LiaResponseFinder) finder = NULL;
  g_autoptr (GArray) cases = NULL;

  g_return_val_if_fail (argc > 1, 1);
  gtk_init ();
  lia_icons_guard ();
  adw_init ();
  client = fake_client_new ();
  fill (client, argv[1], argc > 2 ? (guint)atoi (argv[2]) : RESPONSES);
  bench.model = fake_timeline_new ("c_1", NULL);
  fake_timeline_add (bench.model, "ann@example.com", "Where is my refund? I am still waiting for my money, and nobody answers the telephone.");
  finder = lia_response_finder_new ();
  lia_response_finder_set_client (finder, client);
  lia_response_finder_set_model (finder, bench.model);
  make_window (&bench);
  make_arrays (&bench);
  bench.popup = lia_response_popup_new (bench.view, finder);
  settle ();

  cases = canned_samples_cases (argv[1]);
  for (guint i = 0; i < cases->len && bench.works->len < MAX_LETTERS; i++)
    type_query (&bench, g_array_index (cases, CannedCase, i).typed, i % 2 == 0);

  g_print ("%u responses\n", lia_canned_index_size (lia_responses_get_index (lia_client_get_responses (client))));
  report_all (&bench);
  lia_response_popup_detach (bench.popup);
  gtk_window_destroy (bench.window);

  return 0;
}
