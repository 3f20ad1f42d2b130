/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"
#include "lia-failing-page.h"
#include "lia-finding-figures.h"
#include "lia-finding.h"
#include "lia-quote.h"

G_BEGIN_DECLS

/**
 * LiaFindingFilter:
 *
 * Which findings; texts and numbers that are NULL and 0 are any.
 */
typedef struct
{
  const char *text; /* all words of it */
  const char *kind;
  const char *state;
  const char *product;
  const char *url;
  gint64      since_ms;        /* said then or later */
  gint64      tracker_id;      /* the engineers have it there, or %LIA_FINDING_NO_TRACKER: nowhere */
  gint64      conversation_id; /* said there */
  gint64      customer_id;     /* said by */

  LiaFindingSort sort; /* no filter */
} LiaFindingFilter;

#define LIA_FINDING_NO_TRACKER G_GINT64_CONSTANT (-1)

gboolean    lia_finding_filter_takes (const LiaFindingFilter *self,
                                      LiaFinding             *finding);
LiaFinding *lia_query_finding (LiaDb   *db,
                               gint64   id,
                               gint64   now_ms,
                               GError **error);
GPtrArray  *lia_query_findings (LiaDb                  *db,
                                const LiaFindingFilter *filter,
                                const char             *after,
                                guint                   limit,
                                gint64                  now_ms,
                                char                  **next,
                                GError                **error);
GPtrArray  *lia_query_findings_like (LiaDb                  *db,
                                     const char             *typed,
                                     const LiaFindingFilter *filter,
                                     gboolean                all_words,
                                     guint                   limit,
                                     gint64                  now_ms,
                                     GError                **error);
GPtrArray  *lia_query_finding_quotes (LiaDb      *db,
                                      gint64      id,
                                      const char *before,
                                      guint       limit,
                                      char      **next,
                                      GError    **error);
GPtrArray  *lia_query_finding_products (LiaDb   *db,
                                        guint    limit,
                                        GError **error);

LiaFindingFigures *lia_query_finding_figures (LiaDb                  *db,
                                              const LiaFindingFilter *filter,
                                              GError                **error);
GPtrArray         *lia_query_failing_pages (LiaDb   *db,
                                            guint    limit,
                                            GError **error);

G_END_DECLS
