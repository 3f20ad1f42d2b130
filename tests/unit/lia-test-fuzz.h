/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaTestFuzz:
 * @name: of the test program
 * @rounds: how many inputs are made for each seed, unless LIAISON_FUZZ_ROUNDS says something else
 * @make: makes an input at random
 * @try_one: looks whether what must hold of any input holds of this one; libFuzzer's function
 *
 * The seeds are fixed, so a failure comes again. With files as arguments these are tried instead.
 */
typedef struct
{
  const char *name;
  guint64     rounds;
  GByteArray *(*make) (GRand  *random,
                       guint64 round);
  int (*try_one) (const guint8 *data,
                  gsize         size);
} LiaTestFuzz;

gboolean test_fuzz_try_files (const LiaTestFuzz *fuzz,
                              char             **files);
void     test_fuzz_add (const LiaTestFuzz *fuzz);

G_END_DECLS
