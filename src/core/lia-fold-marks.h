/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What mail programs write around quotes and under messages. Lines come with their length, without the line end. */

typedef enum {
  LIA_FOLD_MARK_NONE,
  LIA_FOLD_MARK_WEAK,   /* counts where a quote follows */
  LIA_FOLD_MARK_STRONG, /* what follows is a quote, marked or not */
} LiaFoldMark;

LiaFoldMark lia_fold_mark_attribution (const char *text,
                                       gsize       length);
gboolean    lia_fold_mark_original (const char *line,
                                    gsize       length);
gboolean    lia_fold_mark_forwarded (const char *line,
                                     gsize       length);
guint       lia_fold_mark_header (const char *line,
                                  gsize       length);
gboolean    lia_fold_mark_rule (const char *line,
                                gsize       length);
gboolean    lia_fold_mark_device (const char *line,
                                  gsize       length);

/* lia_fold_mark_header(): one of these bits, or 0 */
#define LIA_FOLD_HEADER_FROM 1u
#define LIA_FOLD_HEADER_DATE 2u
#define LIA_FOLD_HEADER_TO 4u
#define LIA_FOLD_HEADER_SUBJECT 8u

G_END_DECLS
