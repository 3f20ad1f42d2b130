/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-document.h"
#include "lia-finding-enums.h"

G_BEGIN_DECLS

/**
 * LiaIssueFacts:
 * @product: or a component of it; texts are "" where nothing is known
 * @component: what the engineers call that
 * @page: an address
 * @quotes: (element-type utf8): what was said, the newest first
 * @customers: how many different ones said it
 *
 * What a form is filled in with.
 */
typedef struct
{
  const char *title;
  const char *product;
  const char *component;
  const char *page;
  GPtrArray  *quotes;
  gint64      customers;
} LiaIssueFacts;

/**
 * LiaIssueRewrite:
 *
 * (transfer full): what stands instead of @text, which is of one block and without its marks.
 */
typedef char *(*LiaIssueRewrite) (const char *text,
                                  gpointer    data);

const char  *lia_issue_form_usual (LiaFindingKind kind);
char        *lia_issue_form_find_unknown (const char *form);
char        *lia_issue_form_fill (const char          *form,
                                  const LiaIssueFacts *facts);
char        *lia_issue_source_rewrite (const char     *source,
                                       LiaIssueRewrite rewrite,
                                       gpointer        data);
LiaDocument *lia_issue_source_parse (const char *source);

G_END_DECLS
