/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many files and sockets this process may have open: the soft limit of 1024 that most systems start with is for programs that use select(). */

void  lia_descriptors_raise (void);
guint lia_descriptors_for (guint  sockets,
                           char **shortage);

G_END_DECLS
