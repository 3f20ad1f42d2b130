/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A PBX whose clock is not ours: what it says happens by our clock, and nothing lasts for less than no time, whoever's clock is set. */

#include "lia-ami-clock.h"
#include "lia-test-ami.h"

#include <stdlib.h>
#include <string.h>

#define SLACK 0.05
#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define HOUR_MS (60 * MINUTE_MS)
#define OURS_MS G_GINT64_CONSTANT (1795326000000)

static char *fixtures;

/* The clock alone ------------------------------------------------------------------------------------------------------------------------ */

/* Ours says OURS_MS and @at_ms, the message was written @way_ms ago, by a clock that is @pbx_ms ahead. */
static gint64
hear (LiaAmiClock *clock,
      gint64       at_ms,
      gint64       pbx_ms,
      gint64       way_ms)
{
  lia_ami_clock_set_now (clock, at_ms, OURS_MS + at_ms);
  lia_ami_clock_hear (clock, OURS_MS + at_ms + pbx_ms - way_ms);

  return lia_ami_clock_tell (clock, OURS_MS + at_ms + pbx_ms - way_ms) - OURS_MS;
}

static void
test_offset (void)
{
  for (gint64 pbx_ms = -3 * MINUTE_MS; pbx_ms <= 3 * MINUTE_MS; pbx_ms += MINUTE_MS)
    {
      LiaAmiClock clock = { 0 };

      g_assert_cmpint (lia_ami_clock_get_offset (&clock), ==, 0);
      g_assert_cmpint (hear (&clock, 1000, pbx_ms, 0), ==, 1000);
      g_assert_cmpint (lia_ami_clock_get_offset (&clock), ==, -pbx_ms);
      g_assert_cmpint (hear (&clock, 5000, pbx_ms, 700), ==, 4300); /* it was late: that is no other clock */
    }
}

/* The first may be a late one; what follows is not told to have come before it. */
static void
test_refined (void)
{
  LiaAmiClock clock = { 0 };

  g_assert_cmpint (hear (&clock, 1000, 0, 500), ==, 1000);
  g_assert_cmpint (hear (&clock, 1010, 0, 10), ==, 1010);
  g_assert_cmpint (hear (&clock, 1010, 0, 1), ==, 1010);
  g_assert_cmpint (hear (&clock, 1011, 0, 1), ==, 1011);
  g_assert_cmpint (hear (&clock, 1020, 0, 0), ==, 1020);
  g_assert_cmpint (lia_ami_clock_get_offset (&clock), ==, 0);
}

/* Set back by less than the parser takes for an event that may be forged: the minutes before are forgotten. */
static void
test_forgets (void)
{
  LiaAmiClock clock = { 0 };

  hear (&clock, 0, 0, 0);
  hear (&clock, 30 * 1000, -4000, 0);
  g_assert_cmpint (lia_ami_clock_get_offset (&clock), ==, 0);
  hear (&clock, MINUTE_MS, -4000, 0);
  hear (&clock, 2 * MINUTE_MS, -4000, 0);
  g_assert_cmpint (lia_ami_clock_get_offset (&clock), ==, 4000);
  hear (&clock, HOUR_MS, 2000, 0); /* and after a long silence at once */
  g_assert_cmpint (lia_ami_clock_get_offset (&clock), ==, -2000);
}

static void
test_set (void)
{
  LiaAmiClock clock = { 0 };

  hear (&clock, 0, 0, 0);
  lia_ami_clock_set_now (&clock, 1000, OURS_MS + 1000 - HOUR_MS); /* ours is set back */
  g_assert_cmpint (lia_ami_clock_get_offset (&clock), ==, -HOUR_MS);
  lia_ami_clock_set_now (&clock, 2000, OURS_MS + 2000);
  g_assert_cmpint (lia_ami_clock_get_offset (&clock), ==, 0);
  lia_ami_clock_reset (&clock);
  g_assert_cmpint (hear (&clock, 3000, -HOUR_MS, 0), ==, 3000);
  g_assert_cmpint (lia_ami_clock_get_offset (&clock), ==, HOUR_MS);
}

/* Recordings ----------------------------------------------------------------------------------------------------------------------------- */

/* True time is the recording's. In its middle clocks are set. */
typedef struct
{
  const char *name;
  gint64      pbx_ms; /* what the PBX's clock says more than ours */
  gint64      pbx_jump_ms;
  gint64      ours_jump_ms;
} Clocks;

static const Clocks all_clocks[] = {
  { "same", 0, 0, 0 },
  { "behind", -3 * MINUTE_MS, 0, 0 },
  { "ahead", 3 * MINUTE_MS, 0, 0 },
  { "pbx-back", MINUTE_MS, -HOUR_MS, 0 },
  { "pbx-forward", 0, HOUR_MS, 0 },
  { "ours-back", 0, 0, -HOUR_MS },
  { "ours-forward", -MINUTE_MS, 0, HOUR_MS },
};

static gboolean
expect_all (const char *action_id,
            gpointer    data)
{
  return TRUE;
}

/* The message as a PBX with another clock would have written it; @true_ms: when, if it says so. */
static char *
rewrite (const char *piece,
         gint64      by_ms,
         gint64     *true_ms)
{
  const char *stamp = strstr (piece, "\r\nTimestamp: ");
  const char *fraction = stamp != NULL ? strchr (stamp, '.') : NULL;
  gint64      seconds;

  if (fraction == NULL)
    return g_strdup (piece);

  stamp += strlen ("\r\nTimestamp: ");
  seconds = g_ascii_strtoll (stamp, NULL, 10);
  *true_ms = seconds * 1000 + g_ascii_strtoll (fraction + 1, NULL, 10) / 1000;

  return g_strdup_printf ("%.*s%" G_GINT64_FORMAT "%s", (int)(stamp - piece), piece, seconds + by_ms / 1000, fraction);
}

static LiaTestListener *
play (LiaTestTrace *trace,
      const Clocks *clocks)
{
  LiaTestListener *listener = lia_test_listener_new (trace->start_ms);
  g_autoptr (LiaAmiParser) parser = lia_ami_parser_new (expect_all, NULL);
  LiaAmiClock clock = { 0 };
  gint64      true_ms = trace->start_ms;

  lia_ami_parser_set_clock (parser, &clock);
  for (guint i = 0; i < trace->pieces->len; i++)
    {
      const gboolean   is_late = i > trace->pieces->len / 2;
      const gint64     way_ms = i * 7 % 5;
      g_autofree char *text = rewrite (trace->pieces->pdata[i], clocks->pbx_ms + (is_late ? clocks->pbx_jump_ms : 0), &true_ms);
      LiaAmiMessage   *message;

      lia_ami_clock_set_now (&clock, true_ms - trace->start_ms + way_ms, true_ms + way_ms + (is_late ? clocks->ours_jump_ms : 0));
      lia_ami_parser_feed (parser, text, strlen (text), true_ms - trace->start_ms + way_ms);
      while ((message = lia_ami_parser_next (parser)) != NULL)
        {
          lia_test_listener_handle (listener, message);
          lia_ami_message_unref (message);
        }
    }

  return listener;
}

/* Whatever the PBX's clock says, the same is told. The listener sees to it that nothing lasts for less than no time, even where a clock was set. */
static void
test_recordings (gconstpointer data)
{
  const Clocks *clocks = data;
  g_autoptr (GPtrArray) names = lia_test_list_traces (fixtures);

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (LiaTestTrace) trace = lia_test_trace_load (fixtures, names->pdata[i]);
      g_autoptr (LiaTestListener) listener = play (trace, clocks);
      g_autoptr (LiaTestListener) plain = lia_test_listener_new (trace->start_ms);
      g_autofree char *found = NULL;
      g_autofree char *expected = NULL;

      if (clocks->pbx_jump_ms != 0 || clocks->ours_jump_ms != 0)
        continue;
      found = lia_test_listener_describe (listener);
      for (guint j = 0; j < trace->messages->len; j++)
        lia_test_listener_handle (plain, g_array_index (trace->messages, LiaTestMessage, j).message);
      expected = lia_test_listener_describe (plain);
      lia_test_compare (names->pdata[i], found, expected, SLACK);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fixtures = g_test_build_filename (G_TEST_DIST, "..", "fixtures", "ami", NULL);
  g_test_add_func ("/ami-clock/offset", test_offset);
  g_test_add_func ("/ami-clock/refined", test_refined);
  g_test_add_func ("/ami-clock/forgets", test_forgets);
  g_test_add_func ("/ami-clock/set", test_set);
  for (guint i = 0; i < G_N_ELEMENTS (all_clocks); i++)
    {
      g_autofree char *path = g_strconcat ("/ami-clock/recordings/", all_clocks[i].name, NULL);

      g_test_add_data_func (path, &all_clocks[i], test_recordings);
    }

  return g_test_run ();
}
