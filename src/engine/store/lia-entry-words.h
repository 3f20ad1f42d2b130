/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

G_BEGIN_DECLS

void     lia_entry_words_keep (LiaDb *db);
gboolean lia_entry_words_find_place (LiaDb   *db,
                                     gint64   at_ms,
                                     gint64  *place,
                                     GError **error);
gboolean lia_entry_words_add (LiaDb      *db,
                              gint64      place,
                              const char *words,
                              const char *wholes,
                              GError    **error);
gboolean lia_entry_words_remove (LiaDb   *db,
                                 gint64   place,
                                 GError **error);
gboolean lia_entry_words_write (LiaDb   *db,
                                GError **error);
void     lia_entry_words_drop (LiaDb *db);

G_END_DECLS
