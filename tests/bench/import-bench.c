/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How long an import takes: import-bench ROWS, with a real engine ($LIAISON_ENGINE) and a workspace of its own. Prints the seconds until the file is
 * read and compared, until all is saved, and until the index of this client has all; then how long the same file takes to be the same.
 */

#include "lia-client.h"
#include "lia-engine-host.h"
#include "lia-responses-files.h"
#include "lia-responses-import.h"

#include <stdlib.h>

static DexFuture *
take_rows_cb (DexFuture *future,
              gpointer   data)
{
  *(GPtrArray **)data = g_value_dup_boxed (dex_future_get_value (future, NULL));

  return dex_future_new_true ();
}

static GPtrArray *
read_rows (LiaClient *client,
           GFile     *file)
{
  g_autoptr (GPtrArray) library = lia_canned_index_list (lia_responses_get_index (lia_client_get_responses (client)));
  GPtrArray *rows = NULL;

  dex_future_disown (dex_future_then (lia_responses_read_files (file, library, "a_1", TRUE), take_rows_cb, &rows, NULL));
  while (rows == NULL)
    g_main_context_iteration (NULL, TRUE);

  return rows;
}

static GFile *
write_table (const char *directory,
             guint       n)
{
  g_autoptr (GString) csv = g_string_new ("shortcut,title,folder,tags,text\n");
  g_autofree char *path = g_build_filename (directory, "table.csv", NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (csv, "s%u,What we say of matter %u,Folder %u,\"billing, t%u\",\"Dear {{customer.name}},\nthe matter with number %u is on its way to you.\n\"\n",
                            i, i, i % 40, i % 25, i);
  g_assert_true (g_file_set_contents (path, csv->str, (gssize)csv->len, NULL));

  return g_file_new_for_path (path);
}

static double
since (gint64 begin_us)
{
  return (double)(g_get_monotonic_time () - begin_us) / G_USEC_PER_SEC;
}

static void
import (LiaClient *client,
        GFile     *file,
        guint      n)
{
  gint64 begin_us = g_get_monotonic_time ();
  g_autoptr (GPtrArray) rows = read_rows (client, file);
  g_autoptr (LiaResponsesImport) work = lia_responses_import_new (client, rows);
  LiaCannedIndex *index = lia_responses_get_index (lia_client_get_responses (client));

  g_print ("read      %7.2f s\n", since (begin_us));
  lia_responses_import_start (work);
  while (lia_responses_import_get_state (work) == LIA_RESPONSES_IMPORT_RUNNING)
    g_main_context_iteration (NULL, TRUE);
  g_print ("saved     %7.2f s\n", since (begin_us));
  while (lia_canned_index_size (index) < n)
    g_main_context_iteration (NULL, TRUE);
  g_print ("indexed   %7.2f s\n", since (begin_us));
}

int
main (int    argc,
      char **argv)
{
  guint            n = argc > 1 ? (guint)atoi (argv[1]) : 10000;
  g_autofree char *directory = g_dir_make_tmp ("import-bench-XXXXXX", NULL);
  g_autofree char *workspace = g_build_filename (directory, "workspace", NULL);
  g_autoptr (LiaEngineHost) host = NULL;
  g_autoptr (LiaClient) client = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GPtrArray) again = NULL;
  gint64 begin_us;

  dex_init ();
  host = lia_engine_host_new (workspace);
  g_assert_true (lia_engine_host_start (host, NULL));
  client = lia_client_new (lia_engine_host_get_address (host), NULL);
  lia_client_start (client);
  while (!lia_responses_get_loaded (lia_client_get_responses (client)))
    g_main_context_iteration (NULL, TRUE);

  file = write_table (directory, n);
  import (client, file, n);
  begin_us = g_get_monotonic_time ();
  again = read_rows (client, file);
  g_print ("compared  %7.2f s\n", since (begin_us));
  lia_engine_host_stop (host);

  return EXIT_SUCCESS;
}
