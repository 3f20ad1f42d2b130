/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaTwins:
 * @a: the place of the one in the list, which is before that of the other
 * @b: the place of the other
 * @likeness: how many of the word sequences of both they share, from 0 to 1
 *
 * Two texts that say nearly the same.
 */
typedef struct
{
  guint  a;
  guint  b;
  double likeness;
} LiaTwins;

GArray *lia_twins_find (const char *const *texts,
                        guint              n_texts,
                        double             least);

G_END_DECLS
