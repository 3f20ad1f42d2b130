/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-test-fuzz.h"

#define SEEDS 4

static const LiaTestFuzz *current;

static void
test_seed (gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (GPOINTER_TO_UINT (data));
  const char *setting = g_getenv ("LIAISON_FUZZ_ROUNDS");
  guint64     rounds = setting != NULL ? g_ascii_strtoull (setting, NULL, 10) : current->rounds;

  for (guint64 round = 0; round < rounds; round++)
    {
      g_autoptr (GByteArray) input = current->make (random, round);

      current->try_one (input->data, input->len);
    }
}

/** test_fuzz_add: adds a test for each seed; @fuzz has to stay. */
void
test_fuzz_add (const LiaTestFuzz *fuzz)
{
  current = fuzz;
  for (guint seed = 1; seed <= SEEDS; seed++)
    {
      g_autofree char *path = g_strdup_printf ("/%s/seed-%u", fuzz->name, seed);

      g_test_add_data_func (path, GUINT_TO_POINTER (seed), test_seed);
    }
}

/** test_fuzz_try_files: FALSE: one of them cannot be read. */
gboolean
test_fuzz_try_files (const LiaTestFuzz *fuzz,
                     char             **files)
{
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *bytes = NULL;
      gsize            length;

      if (!g_file_get_contents (files[i], &bytes, &length, NULL))
        return FALSE;
      fuzz->try_one ((const guint8 *)bytes, length);
    }

  return TRUE;
}
