/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-call.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is said of a call. Pure: the present is an argument. Lists are of LiaAgent and LiaQueue, for names, and may be NULL. */

/**
 * LiaCallStep:
 * @at_ms: when it began
 * @text: "Rang Ann 0:12, no answer"
 *
 * One line of what happened in a call.
 */
typedef struct
{
  gint64 at_ms;
  char  *text;
} LiaCallStep;

char       *lia_call_words_span (gint64 span_ms);
const char *lia_call_words_title (LiaCall *call);
char       *lia_call_words_outcome (LiaCall *call,
                                    gint64   now_ms);
char       *lia_call_words_number (LiaCall *call);
const char *lia_call_words_match (LiaCall *call);
char       *lia_call_words_marks (LiaCall *call);
GPtrArray  *lia_call_words_steps (LiaCall    *call,
                                  GListModel *agents,
                                  GListModel *queues,
                                  gint64      now_ms);

G_END_DECLS
