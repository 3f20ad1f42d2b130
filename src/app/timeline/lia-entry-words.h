/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-entry-details.h"
#include "lia-finding-enums.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* How an entry and its times are said in words. All strings are new and in the user's language. */

char       *lia_words_day (gint64 time_ms,
                           gint64 now_ms);
char       *lia_words_time (gint64 time_ms);
char       *lia_words_full_time (gint64 time_ms);
gboolean    lia_words_same_day (gint64 a_ms,
                                gint64 b_ms);
const char *lia_words_kind (LiaEntry *entry);
const char *lia_words_finding_kind (LiaFindingKind kind);
char       *lia_words_caption (LiaEntry *entry);
char       *lia_words_state (LiaEntry   *entry,
                             GListModel *agents);
char       *lia_words_subject (LiaEntry   *entry,
                               const char *previous);
const char *lia_words_chat_state (LiaEntry *entry,
                                  gint64    seen);
char       *lia_words_row (LiaEntry   *entry,
                           GListModel *agents);

G_END_DECLS
