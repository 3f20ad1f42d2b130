/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Replays recorded manager messages through parser and call model. `call-model-bench FIXTURES [MESSAGES]`: the traces of the folder follow each other, again
 * and again until there are so many, each time with later times and identifiers.
 */

#include "lia-ami-model.h"
#include "lia-ami-parser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define READ_BYTES 16384

static gboolean
expect_all (const char *action_id,
            gpointer    data)
{
  return TRUE;
}

static guint
count_messages (const char *bytes)
{
  guint n = 0;

  for (const char *at = strstr (bytes, "\r\n\r\n"); at != NULL; at = strstr (at + 4, "\r\n\r\n"))
    n++;

  return n;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (a, b);
}

static GPtrArray *
list_traces (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray  *paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (name, ".txt") && !g_str_has_suffix (name, ".order.txt"))
        g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
    }
  g_ptr_array_sort_values (paths, compare_names);

  return paths;
}

/* The seconds of all times and of the identifiers that begin with them are ten digits, "1795…": moved on by so many. */
static void
append_moved (GString    *out,
              const char *bytes,
              gint64      by)
{
  const char *at = bytes;

  for (const char *found = strstr (at, "1795"); found != NULL; found = strstr (at, "1795"))
    {
      g_string_append_len (out, at, found - at);
      if (strspn (found, "0123456789") == 10)
        {
          g_string_append_printf (out, "%" G_GINT64_FORMAT, g_ascii_strtoll (found, NULL, 10) + by);
          at = found + 10;
        }
      else
        {
          g_string_append_len (out, found, 4);
          at = found + 4;
        }
    }
  g_string_append (out, at);
}

static gint64
find_second (const char *bytes)
{
  const char *found = strstr (bytes, "\r\nTimestamp: ");

  return found != NULL ? g_ascii_strtoll (found + strlen ("\r\nTimestamp: "), NULL, 10) : 0;
}

static GString *
make_stream (GPtrArray *paths,
             guint      wanted,
             guint     *n_messages)
{
  GString *out = g_string_new (NULL);
  gint64   second = 1800000000;

  *n_messages = 0;
  while (paths->len > 0 && *n_messages < wanted)
    {
      for (guint i = 0; i < paths->len; i++)
        {
          g_autofree char *bytes = NULL;

          if (!g_file_get_contents (paths->pdata[i], &bytes, NULL, NULL) || find_second (bytes) == 0)
            continue;
          append_moved (out, bytes, second - find_second (bytes));
          *n_messages += count_messages (bytes);
          second += 100;
        }
    }

  return out;
}

static void
count_cb (LiaAmiModel *model,
          LiaCall     *call,
          guint       *n_changes)
{
  (*n_changes)++;
}

static void
replay (const GString *stream,
        LiaAmiModel   *model,
        LiaAmiParser  *parser)
{
  for (gsize at = 0; at < stream->len; at += READ_BYTES)
    {
      lia_ami_parser_feed (parser, stream->str + at, MIN (READ_BYTES, stream->len - at), LIA_AMI_NO_CLOCK);
      for (;;)
        {
          g_autoptr (LiaAmiMessage) message = lia_ami_parser_next (parser);

          if (message == NULL)
            break;
          lia_ami_model_handle (model, message);
        }
      lia_ami_model_flush (model);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GPtrArray) paths = list_traces (argc > 1 ? argv[1] : "tests/fixtures/ami");
  g_autoptr (LiaAmiDirectory) directory = lia_ami_directory_new ();
  g_autoptr (LiaAmiModel) model = lia_ami_model_new ("pbx", directory);
  g_autoptr (LiaAmiParser) parser = lia_ami_parser_new (expect_all, NULL);
  guint n_messages, n_changes = 0;
  g_autoptr (GString) stream = make_stream (paths, argc > 2 ? (guint)atoi (argv[2]) : 100000, &n_messages);
  gint64 start_us;
  double seconds;

  lia_ami_directory_add (directory, "alice", "PJSIP/alice", "201", "PJSIP/alice");
  lia_ami_directory_add (directory, "bob", "PJSIP/bob", "202", "PJSIP/bob");
  g_signal_connect (model, "call-changed", G_CALLBACK (count_cb), &n_changes);
  start_us = g_get_monotonic_time ();
  replay (stream, model, parser);
  seconds = (g_get_monotonic_time () - start_us) / 1e6;
  printf ("%u messages, %.1f MB, in %.2f s: %.0f a second; %u values of calls\n", n_messages, stream->len / 1e6, seconds, n_messages / seconds, n_changes);

  return EXIT_SUCCESS;
}
