/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-subcommands.h"

#include "lia-projections.h"
#include "lia-sample.h"
#include "lia-store.h"

typedef struct
{
  GMainLoop *loop;
  GError   **error;
  gboolean   ok;
} Waiting;

static DexFuture *
on_settled (DexFuture *future,
            gpointer   data)
{
  Waiting *waiting = data;

  waiting->ok = dex_future_get_value (future, waiting->error) != NULL;
  g_main_loop_quit (waiting->loop);
  return dex_future_new_for_boolean (TRUE);
}

/* @future: (transfer full). Runs the main context until it is settled. */
static gboolean
wait_for (DexFuture *future,
          GError   **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Waiting waiting = { loop, error, FALSE };

  future = dex_future_finally (future, on_settled, &waiting, NULL);
  if (dex_future_is_pending (future))
    g_main_loop_run (loop);
  dex_unref (future);
  return waiting.ok;
}

static gboolean
rebuild_in_store (LiaDb    *db,
                  gpointer  data,
                  gpointer *result,
                  GError  **error)
{
  return lia_projections_rebuild (db, error);
}

static gboolean
rebuild (const char *directory,
         GError    **error)
{
  g_autoptr (LiaStore) store = lia_store_open (directory, error);
  gboolean ok;

  if (store == NULL)
    return FALSE;
  ok = wait_for (lia_store_write (store, rebuild_in_store, NULL, NULL, NULL), error);
  lia_store_close (store);
  return ok;
}

static gboolean
fill_sample (const char *directory,
             GError    **error)
{
  g_autoptr (LiaStore) store = lia_store_open (directory, error);
  gboolean ok;

  if (store == NULL)
    return FALSE;
  ok = lia_sample_fill (store, error);
  lia_store_close (store);
  return ok;
}

static const LiaSubcommand subcommands[] = {
  { "rebuild", rebuild },
  { "sample", fill_sample },
};

/** lia_subcommand_find: (nullable): by its name. */
const LiaSubcommand *
lia_subcommand_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (subcommands); i++)
    if (g_str_equal (subcommands[i].name, name))
      return &subcommands[i];
  return NULL;
}
