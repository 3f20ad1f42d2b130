/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-failing-page.h"
#include "lia-finding-figures.h"
#include "lia-finding.h"
#include "lia-quote.h"

G_BEGIN_DECLS

/* What customers say of the product. LiaFindingsWatch tells when any of it has changed. */

/**
 * LiaFindingsQuery:
 *
 * Which findings; what is NULL is any.
 */
typedef struct
{
  const char *text;
  const char *kind;
  const char *state;
  const char *product;
  const char *url;
  const char *tracker;  /* its id, or "none": the engineers have it nowhere */
  gint64      since_ms; /* said then or later; 0 = ever */
  const char *conversation;
  const char *customer;

  LiaFindingSort sort; /* no filter */
} LiaFindingsQuery;

#define LIA_TYPE_FINDING_PAGE (lia_finding_page_get_type ())

G_DECLARE_FINAL_TYPE (LiaFindingPage, lia_finding_page, LIA, FINDING_PAGE, GObject)

/** LiaFindingPage: a finding, and some of what was said of it, the newest first. Immutable once published. */
struct _LiaFindingPage
{
  GObject parent_instance;

  LiaFinding *finding;
  GListStore *quotes; /* of LiaQuote */
  char       *next;   /* with which the next page is asked for, or NULL: that was all */
};

DexFuture *lia_client_get_findings (LiaClient              *self,
                                    const LiaFindingsQuery *query,
                                    const char             *after) G_GNUC_WARN_UNUSED_RESULT; /* LiaValuePage of LiaFinding */
DexFuture *lia_client_get_findings_like (LiaClient  *self,
                                         const char *typed,
                                         guint       limit) G_GNUC_WARN_UNUSED_RESULT; /* LiaValuePage of LiaFinding */
DexFuture *lia_client_get_finding (LiaClient  *self,
                                   const char *finding,
                                   const char *before) G_GNUC_WARN_UNUSED_RESULT; /* LiaFindingPage */
DexFuture *lia_client_get_finding_figures (LiaClient              *self,
                                           const LiaFindingsQuery *query) G_GNUC_WARN_UNUSED_RESULT; /* LiaFindingFigures */
DexFuture *lia_client_get_failing_pages (LiaClient *self) G_GNUC_WARN_UNUSED_RESULT;                 /* LiaValuePage of LiaFailingPage */
DexFuture *lia_client_get_finding_products (LiaClient *self) G_GNUC_WARN_UNUSED_RESULT;              /* GStrv */

DexFuture *lia_client_capture_finding (LiaClient  *self,
                                       const char *key,
                                       LiaFinding *finding,
                                       LiaQuote   *quote) G_GNUC_WARN_UNUSED_RESULT; /* string: the quote's entry */
DexFuture *lia_client_link_issue (LiaClient  *self,
                                  const char *url,
                                  LiaQuote   *quote) G_GNUC_WARN_UNUSED_RESULT; /* string: the quote's entry, or "" */
DexFuture *lia_client_uncapture_finding (LiaClient  *self,
                                         const char *entry) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_weigh_quote (LiaClient    *self,
                                   const char   *entry,
                                   LiaImportance importance) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_update_finding (LiaClient  *self,
                                      LiaFinding *finding) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_merge_finding (LiaClient  *self,
                                     const char *finding,
                                     const char *into) G_GNUC_WARN_UNUSED_RESULT; /* string: which one was merged */
DexFuture *lia_client_unmerge_finding (LiaClient  *self,
                                       const char *finding) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_split_finding (LiaClient  *self,
                                     const char *entry,
                                     const char *finding,
                                     const char *title) G_GNUC_WARN_UNUSED_RESULT; /* string: the finding that the quote belongs to now */

DexFuture *lia_client_merge_findings (LiaClient         *self,
                                      const char *const *findings,
                                      const char        *into) G_GNUC_WARN_UNUSED_RESULT; /* GStrv: what was merged */
DexFuture *lia_client_unmerge_findings (LiaClient         *self,
                                        const char *const *findings) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_split_quotes (LiaClient  *self,
                                    GPtrArray  *quotes,
                                    const char *title) G_GNUC_WARN_UNUSED_RESULT; /* string: the new finding */
DexFuture *lia_client_put_back_quotes (LiaClient *self,
                                       GPtrArray *quotes) G_GNUC_WARN_UNUSED_RESULT; /* boolean */

G_END_DECLS
