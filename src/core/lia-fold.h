/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LIA_FOLD_QUOTE,
  LIA_FOLD_SIGNATURE,
} LiaFoldKind;

/**
 * LiaFold:
 * @start: first byte of the folded part in the UTF-8 text
 * @end: the byte after it
 *
 * A part of a message that is shown folded ("⋯"). Display only: the text stays whole.
 */
typedef struct
{
  gsize       start;
  gsize       end;
  LiaFoldKind kind;
} LiaFold;

GArray *lia_fold_find (const char        *text,
                       const char *const *earlier);

G_END_DECLS
