/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How fast mail becomes searchable, without a server: the files of a folder through LiaMailIngest into a store of its own.
 *
 * usage: ingest-bench FOLDER      (one message a file; `python3 tests/bench/sample_mailbox.py FOLDER 5000` makes some)
 */

#include "lia-parse-worker.h"
#include "lia-test-mailbox.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#define BATCH 100
#define IN_FLIGHT 2

static gsize
resident_kb (void)
{
  g_autofree char *status = NULL;
  const char      *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = status != NULL ? strstr (status, "VmRSS:") : NULL;

  return line != NULL ? strtoul (line + 6, NULL, 10) : 0;
}

static int
by_name (gconstpointer a,
         gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
files_in (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray  *files = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (files, g_build_filename (folder, name, NULL));

  g_ptr_array_sort (files, by_name);

  return files;
}

static GPtrArray *
read_batch (GPtrArray *files,
            guint      from,
            guint64   *bytes)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_mail_fetched_free);

  for (guint i = from; i < files->len && i < from + BATCH; i++)
    {
      LiaMailFetched *fetched = g_new0 (LiaMailFetched, 1);
      char           *text;
      gsize           length;

      if (!g_file_get_contents (g_ptr_array_index (files, i), &text, &length, NULL))
        g_error ("Cannot read %s", (char *)g_ptr_array_index (files, i));

      fetched->raw = g_bytes_new_take (text, length);
      fetched->uid = i + 1;
      fetched->internal_date_ms = g_get_real_time () / 1000;
      g_ptr_array_add (messages, fetched);
      *bytes += length;
    }

  return messages;
}

static double
cpu_seconds (int who)
{
  struct rusage usage;

  getrusage (who, &usage);

  return (double)usage.ru_utime.tv_sec + (double)usage.ru_stime.tv_sec + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void
run (TestMailbox *mailbox,
     GPtrArray   *files)
{
  DexFuture    *flying[IN_FLIGHT] = { NULL };
  gsize         before = resident_kb ();
  gsize         most = before;
  gint64        start = g_get_monotonic_time ();
  gint64        added = 0;
  guint64       bytes = 0;
  struct rusage worker;
  double        seconds;
  guint         round = 0;

  for (guint from = 0; from < files->len + BATCH * IN_FLIGHT; from += BATCH, round++)
    {
      DexFuture **slot = &flying[round % IN_FLIGHT];

      if (*slot != NULL)
        {
          g_autoptr (GError) error = NULL;
          const GValue *value;

          test_settle (*slot);
          value = dex_future_get_value (*slot, &error);
          g_assert_no_error (error);
          added += g_value_get_int64 (value);
          dex_clear (slot);
          most = MAX (most, resident_kb ());
        }

      if (from < files->len)
        {
          g_autoptr (GPtrArray) messages = read_batch (files, from, &bytes);

          *slot = lia_mail_ingest_add (mailbox->ingest, mailbox->channel, mailbox->inbox, 1, messages);
        }
    }

  seconds = (double)(g_get_monotonic_time () - start) / 1e6;

  while (g_main_context_iteration (NULL, FALSE))
    ;

  g_clear_object (&mailbox->ingest); /* ends the workers, so that they can be measured */
  getrusage (RUSAGE_CHILDREN, &worker);
  printf ("%" G_GINT64_FORMAT " new of %u messages, %.0f MB in %.2f s: %.0f msg/s; CPU engine %.2f s, workers %.2f s; engine +%zu MB, largest worker %ld MB\n",
          added, files->len, (double)bytes / 1e6, seconds, files->len / seconds, cpu_seconds (RUSAGE_SELF), cpu_seconds (RUSAGE_CHILDREN), (most - before) / 1024,
          worker.ru_maxrss / 1024);
}

int
main (int   argc,
      char *argv[])
{
  TestMailbox mailbox = { 0 };
  g_autoptr (GPtrArray) files = NULL;

  if (argc > 1 && strcmp (argv[1], "parse-worker") == 0)
    return lia_parse_worker_main ();

  if (argc != 2)
    {
      fprintf (stderr, "usage: ingest-bench FOLDER\n");
      return 2;
    }

  dex_init ();
  files = files_in (argv[1]);
  test_mailbox_set_up (&mailbox, NULL);
  run (&mailbox, files);
  test_mailbox_tear_down (&mailbox, NULL);

  return 0;
}
