/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Named places where the kill tests end the process, as a power cut would: without flushing, unlocking or answering anything. Always
 * compiled in, so that what is tested is what ships; a place costs one comparison.
 */

#include "lia-crash-point.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXIT_STATUS 70

typedef struct
{
  char name[64]; /* empty: no test runs */
  int  passes;   /* how many are left until it ends */
} CrashPoint;

static gpointer
read_environment (gpointer unused)
{
  const char *text = g_getenv ("LIAISON_CRASH_AT");
  CrashPoint *point = g_new0 (CrashPoint, 1);
  const char *colon;

  point->passes = 1;
  if (text == NULL)
    return point;

  colon = strchr (text, ':');
  g_strlcpy (point->name, text, colon != NULL ? MIN (sizeof point->name, (gsize)(colon - text) + 1) : sizeof point->name);
  if (colon != NULL)
    point->passes = MAX (1, atoi (colon + 1));

  return point;
}

/**
 * lia_crash_point:
 * @name: the place
 *
 * Ends the process here when `LIAISON_CRASH_AT` is `NAME` or, at the Nth pass, `NAME:N`. Any thread.
 */
void
lia_crash_point (const char *name)
{
  static GOnce once = G_ONCE_INIT;
  CrashPoint  *point = g_once (&once, read_environment, NULL);

  if (point->name[0] != '\0' && strcmp (point->name, name) == 0 && g_atomic_int_dec_and_test (&point->passes))
    _exit (EXIT_STATUS);
}
