/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-commands-table.h"

G_BEGIN_DECLS

/** LiaFindingWords: what a finding says of itself; NULL = not given. Texts are the command's. */
typedef struct
{
  const char *kind;
  const char *title;
  const char *product;
  const char *url;
  const char *state;
} LiaFindingWords;

gboolean lia_finding_words_read (LiaFindingWords *self,
                                 LiaCommandCall  *call,
                                 GError         **error);
gint64   lia_finding_append_captured (LiaCommandCall        *call,
                                      const LiaFindingWords *words,
                                      GError               **error);

G_END_DECLS
