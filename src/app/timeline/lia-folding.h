/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-entry.h"

G_BEGIN_DECLS

/**
 * LiaFolding:
 * @open: bit i is set when fold i is shown (folds from 63 on share a bit)
 * @shown_bytes: how much of a very long text is shown; 0 = the beginning
 *
 * What somebody unfolded in one entry. All zero is the state in which an entry is first shown.
 */
typedef struct
{
  guint64 open;
  gsize   shown_bytes;
} LiaFolding;

/**
 * LiaTextPart:
 * @fold: which fold it is, the first of them where several follow each other; -1 for a part that is always shown
 *
 * A run of bytes of the entry's text, without blank lines at its ends.
 */
typedef struct
{
  gsize start;
  gsize end;
  int   fold;
} LiaTextPart;

gboolean lia_folding_is_open (const LiaFolding *self,
                              guint             fold);
void     lia_folding_toggle (LiaFolding *self,
                             guint       fold);
gsize    lia_folding_get_end (const LiaFolding *self,
                              const char       *text);
void     lia_folding_show_more (LiaFolding *self,
                                const char *text);
GArray  *lia_folding_get_parts (const LiaFolding *self,
                                LiaEntry         *entry);
void     lia_folding_append_visible (const LiaFolding *self,
                                     LiaEntry         *entry,
                                     gsize             start,
                                     gsize             end,
                                     GString          *out);

G_END_DECLS
