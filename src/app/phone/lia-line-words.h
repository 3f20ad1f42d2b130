/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-line.h"

G_BEGIN_DECLS

/* A call in plain words. Texts of outsiders are in them as they are: no markup. */

char       *lia_line_words_who (LiaPhoneLine *line);
char       *lia_line_words_number (LiaPhoneLine *line);
const char *lia_line_words_match (LiaPhoneLine *line);
char       *lia_line_words_listening (LiaPhoneLine *line);
char       *lia_line_words_state (LiaPhoneLine *line);
const char *lia_line_words_end (LiaPhoneEnd end);
const char *lia_line_words_state_icon (LiaPhoneLine *line);
char       *lia_line_words_came_back (LiaPhoneLine *line,
                                      gboolean      spoke);
char       *lia_line_words_time (gint64 span_ms);
char       *lia_line_words_wrap_up (LiaPhoneLine *line,
                                    gint64        now_ms);
gboolean    lia_line_words_is_number (const char *typed);
gboolean    lia_line_words_is_colleague (LiaAgent   *agent,
                                         LiaAgent   *me,
                                         const char *typed);

G_END_DECLS
