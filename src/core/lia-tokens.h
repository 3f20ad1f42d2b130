/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How text becomes searchable words, the same for what is stored and for what is typed. */

/**
 * LiaToken:
 * @text: folded: NFKC, without case and accents; letters, digits and marks only
 * @start: first byte of it in the original
 * @end: the byte after it
 * @compound: words glued by `.`, `-`, `@` and the like (an address, an order number, a URL) share this number
 * @tail: the last character of a run of CJK, which stands alone after its pairs
 */
typedef struct
{
  const char *text;
  gsize       start;
  gsize       end;
  guint       compound;
  gboolean    tail;
} LiaToken;

typedef void (*LiaTokenFunc) (const LiaToken *token,
                              gpointer        data);

/**
 * LiaTokenCompleteFunc:
 * @beginning: a folded word
 *
 * Returns: (transfer full) (nullable): all stored words that begin with it, itself among them; NULL when there are too many to list
 */
typedef char **(*LiaTokenCompleteFunc) (const char *beginning,
                                        gpointer    data);

/**
 * LiaTokenRange:
 *
 * Bytes of a text.
 */
typedef struct
{
  gsize start;
  gsize end;
} LiaTokenRange;

void    lia_tokens_scan (const char  *text,
                         gsize        length,
                         LiaTokenFunc func,
                         gpointer     data);
void    lia_tokens_index (const char *text,
                          gsize       length,
                          GString    *words,
                          GString    *wholes);
char   *lia_tokens_match (const char          *typed,
                          LiaTokenCompleteFunc complete,
                          gpointer             data);
GArray *lia_tokens_find (const char *text,
                         gsize       length,
                         const char *typed);

G_END_DECLS
