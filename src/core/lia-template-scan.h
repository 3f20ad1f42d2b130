/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A place in the text of a response that moves forward only, and the list of what is wrong with the text. */
typedef struct
{
  const char *text;
  const char *at;
  guint       chars;  /* in front of `at` */
  GPtrArray  *errors; /* of LiaTemplateError */
} LiaTemplateScan;

void        lia_template_scan_forward (LiaTemplateScan *self,
                                       gsize            n_bytes);
void        lia_template_scan_blanks (LiaTemplateScan *self);
gboolean    lia_template_scan_literal (LiaTemplateScan *self,
                                       const char      *literal);
gboolean    lia_template_scan_peek (const LiaTemplateScan *self,
                                    const char            *literal);
char       *lia_template_scan_word (LiaTemplateScan *self,
                                    const char      *also);
gboolean    lia_template_scan_keyword (LiaTemplateScan *self,
                                       const char      *keyword);
gboolean    lia_template_scan_is_quote (const LiaTemplateScan *self);
char       *lia_template_scan_quoted (LiaTemplateScan *self,
                                      gboolean         braces);
char       *lia_template_scan_until (LiaTemplateScan *self,
                                     const char      *ends);
const char *lia_template_scan_find_end (const LiaTemplateScan *self,
                                        gsize                 *length);
void        lia_template_scan_error (LiaTemplateScan *self,
                                     guint            start,
                                     guint            end,
                                     const char      *suggestion,
                                     const char      *format,
                                     ...) G_GNUC_PRINTF (5, 6);

G_END_DECLS
