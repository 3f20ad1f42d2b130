/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-store.h"

#include <glib/gstdio.h>

/* A store in a directory of its own, for one test. */

typedef struct
{
  char     *directory;
  LiaStore *store;
} TestStore;

static inline void
test_remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      test_remove_tree (child);
    }

  g_remove (path);
}

static inline void
test_store_set_up (TestStore    *self,
                   gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  self->directory = g_dir_make_tmp ("liaison-store-XXXXXX", &error);
  g_assert_no_error (error);
  self->store = lia_store_open (self->directory, &error);
  g_assert_no_error (error);
}

static inline void
test_store_tear_down (TestStore    *self,
                      gconstpointer unused)
{
  lia_store_close (self->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->store);
  test_remove_tree (self->directory);
  g_free (self->directory);
}

static inline void
test_settle (DexFuture *future)
{
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
}

/* Runs the main context until it is settled, and takes what it tells. */
static inline gpointer
test_wait (DexFuture *future,
           GError   **error)
{
  gpointer result;

  test_settle (future);
  result = lia_store_take (future, error);
  dex_unref (future);

  return result;
}
