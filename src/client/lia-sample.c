/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-sample.h"

#include "lia-async.h"

#include <gio/gio.h>

#define SAMPLE_TIMEOUT_MS (5 * 60 * 1000)

static void
exited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;

  if (!g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, NULL, &said, &error))
    dex_promise_reject (promise, g_steal_pointer (&error));
  else if (!g_subprocess_get_successful (G_SUBPROCESS (source)))
    dex_promise_reject (promise, g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "the engine could not make the sample data: %s",
                                              said != NULL ? g_strstrip (said) : ""));
  else
    dex_promise_resolve_boolean (promise, TRUE);
}

/**
 * lia_sample_make:
 * @directory: of a workspace that does not exist yet
 *
 * Lets the engine fill a workspace with invented customers and conversations. Rejects with %G_IO_ERROR when it cannot.
 */
DexFuture *
lia_sample_make (const char *directory)
{
  const char *engine = g_getenv ("LIAISON_ENGINE");
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  DexPromise *promise;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_PIPE, &error, engine != NULL ? engine : LIA_LIBEXECDIR "/liaisond", "sample", "--data",
                              directory, NULL);
  if (process == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  promise = dex_promise_new ();
  g_subprocess_communicate_utf8_async (process, NULL, NULL, exited_cb, dex_ref (promise));
  return lia_with_timeout (DEX_FUTURE (promise), SAMPLE_TIMEOUT_MS);
}
