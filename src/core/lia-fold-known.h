/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaFoldKnown:
 *
 * The runs of words of earlier messages, to recognise them when they come back as a quote: rewrapped, marked or not, in any language.
 */
typedef struct _LiaFoldKnown LiaFoldKnown;

LiaFoldKnown *lia_fold_known_new (const char *const *earlier);
void          lia_fold_known_free (LiaFoldKnown *self);
void          lia_fold_known_match (LiaFoldKnown *self,
                                    const char   *text,
                                    const gsize  *line_starts,
                                    guint         n_lines,
                                    guint16      *words,
                                    guint16      *known);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaFoldKnown, lia_fold_known_free)

G_END_DECLS
