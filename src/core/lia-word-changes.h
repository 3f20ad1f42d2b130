/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LIA_WORDS_SAME,
  LIA_WORDS_REMOVED,
  LIA_WORDS_ADDED,
} LiaWordsChange;

/** LiaWordChange: a piece of one of two texts: bytes of the first for what is the same or removed, of the second for what was added. */
typedef struct
{
  LiaWordsChange change;
  gsize          start;
  gsize          end;
} LiaWordChange;

GArray *lia_word_changes (const char *before,
                          const char *after);

G_END_DECLS
