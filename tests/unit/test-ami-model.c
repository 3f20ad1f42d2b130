/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the model makes of recorded calls, against expectations that were written from what people did (tests/fixtures/ami/NAME.calls): as it was
 * recorded, with neighbours swapped as the PBX may send them, and cut into other pieces.
 */

#include "lia-test-ami.h"

#include <string.h>

#define SLACK 0.016 /* expectations are written with two decimals */

static char *fixtures;

static char *
read_expected (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".calls", NULL);
  g_autofree char *path = g_build_filename (fixtures, file, NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static LiaAmiMessage *
message_at (LiaTestTrace *trace,
            guint         index)
{
  return g_array_index (trace->messages, LiaTestMessage, index).message;
}

static void
test_scenario (gconstpointer data)
{
  g_autoptr (LiaTestTrace) trace = lia_test_trace_load (fixtures, data);
  g_autoptr (LiaTestListener) listener = lia_test_listener_new (trace->start_ms);
  g_autofree char *expected = read_expected (data);
  g_autofree char *found = NULL;

  for (guint i = 0; i < trace->messages->len; i++)
    lia_test_listener_handle (listener, message_at (trace, i));
  found = lia_test_listener_describe (listener);
  lia_test_compare (data, found, expected, SLACK);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GPtrArray) names = NULL;

  g_test_init (&argc, &argv, NULL);
  fixtures = g_test_build_filename (G_TEST_DIST, "..", "fixtures", "ami", NULL);
  names = lia_test_list_traces (fixtures);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_strconcat ("/ami-model/scenario/", names->pdata[i], NULL);

      g_test_add_data_func_full (path, g_strdup (names->pdata[i]), test_scenario, g_free);
    }

  return g_test_run ();
}
