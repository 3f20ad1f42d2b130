/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-descriptors.h"

#include <sys/resource.h>

#define ENOUGH 65536 /* some systems allow a billion, and programs that we start may close each one */
#define OTHERS 512   /* the store, mail, telephone systems, the app, connections before their handshake */

/** lia_descriptors_raise: allows us as many as the system lets us, before anything is started that inherits it. */
void
lia_descriptors_raise (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur >= MIN (limit.rlim_max, ENOUGH))
    return;

  limit.rlim_cur = MIN (limit.rlim_max, ENOUGH);
  setrlimit (RLIMIT_NOFILE, &limit);
}

/**
 * lia_descriptors_for:
 * @sockets: that are to be held
 * @shortage: (out) (nullable): what an administrator is to be told, if there are not so many; else NULL
 *
 * Returns: how many there may be, so that everybody else still gets the files he needs
 */
guint
lia_descriptors_for (guint  sockets,
                     char **shortage)
{
  struct rlimit limit;

  *shortage = NULL;
  if (getrlimit (RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur >= (rlim_t)sockets + OTHERS)
    return sockets;

  *shortage = g_strdup_printf ("The system lets the engine open %" G_GUINT64_FORMAT " files at once; to hold %u connections it needs %u. Raise the limit of its "
                               "service (LimitNOFILE=) or of its login (ulimit -Hn)",
                               (guint64)limit.rlim_cur, sockets, sockets + OTHERS);
  return (guint)(limit.rlim_cur - MIN (limit.rlim_cur, OTHERS));
}
