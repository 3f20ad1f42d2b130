/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned-import.h"

G_BEGIN_DECLS

/* What the table and the pages share: how fields are written in a line of text. */

char    *lia_canned_words_to_text (GStrv words);
GStrv    lia_canned_words_from_text (const char *text,
                                     const char *separators);
char    *lia_canned_day_to_text (gint64 time_ms);
gboolean lia_canned_day_from_text (const char *text,
                                   gint64     *time_ms);
char    *lia_canned_place_to_text (const LiaCanned *canned);
void     lia_canned_place_from_text (LiaCanned  *canned,
                                     const char *text);
char    *lia_canned_actions_to_text (GPtrArray *actions);
void     lia_canned_actions_from_text (LiaCanned  *canned,
                                       const char *text);
char    *lia_canned_files_to_text (GPtrArray *attachments);
void     lia_canned_files_from_text (LiaCanned  *canned,
                                     const char *text);
char    *lia_canned_language_from_text (const char *text);
char    *lia_canned_folder_from_text (const char *text);

G_END_DECLS
