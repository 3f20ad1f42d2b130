/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What customers say, in memory: two findings are known, and what is captured is written into the client's log. */
#include "sample-client.h"
#include "sample-push.h"

#include "lia-client-findings.h"
#include "lia-findings-export.h"
#include "lia-findings-watch.h"
#include "lia-value-page.h"

struct _LiaFindingsWatch
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (LiaFindingsWatch, lia_findings_watch, G_TYPE_OBJECT)

static void
lia_findings_watch_class_init (LiaFindingsWatchClass *klass)
{
  g_signal_new ("changed", LIA_TYPE_FINDINGS_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_findings_watch_init (LiaFindingsWatch *self)
{
}

G_DEFINE_FINAL_TYPE (LiaFindingPage, lia_finding_page, G_TYPE_OBJECT)

static void
lia_finding_page_finalize (GObject *object)
{
  LiaFindingPage *self = (LiaFindingPage *)object;

  g_clear_object (&self->finding);
  g_clear_object (&self->quotes);

  G_OBJECT_CLASS (lia_finding_page_parent_class)->finalize (object);
}

static void
lia_finding_page_class_init (LiaFindingPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_finding_page_finalize;
}

static void
lia_finding_page_init (LiaFindingPage *self)
{
}

static GPtrArray  *watches; /* of LiaFindingsWatch; none of them is owned */
static LiaFinding *watched; /* NULL: nothing is */

static void
forget_watch (gpointer data,
              GObject *watch)
{
  g_ptr_array_remove_fast (watches, watch);
}

LiaFindingsWatch *
lia_findings_watch_new (LiaClient *client)
{
  LiaFindingsWatch *watch = g_object_new (LIA_TYPE_FINDINGS_WATCH, NULL);

  if (watches == NULL)
    watches = g_ptr_array_new ();
  g_ptr_array_add (watches, watch);
  g_object_weak_ref (G_OBJECT (watch), forget_watch, NULL);

  return watch;
}

void
sample_push_set_finding (LiaFinding *finding)
{
  g_set_object (&watched, finding);
  for (guint i = 0; watches != NULL && i < watches->len; i++)
    g_signal_emit_by_name (watches->pdata[i], "changed");
}

static LiaValuePage *
make_page (const char *const *titles)
{
  LiaValuePage *page = lia_value_page_new (LIA_TYPE_FINDING);

  for (guint i = 0; titles[i] != NULL; i++)
    {
      g_autoptr (LiaFinding) finding = lia_finding_new ();

      g_free (finding->id);
      finding->id = g_strdup_printf ("f_%u", i + 1);
      g_set_str (&finding->title, titles[i]);
      finding->customers = 7;
      finding->quotes = 9;
      g_list_store_append (page->values, finding);
    }

  return page;
}

DexFuture *
lia_client_get_findings (LiaClient              *self,
                         const LiaFindingsQuery *query,
                         const char             *after)
{
  static const char *const none[] = { NULL };

  return dex_future_new_take_object (make_page (none));
}

DexFuture *
lia_client_get_findings_like (LiaClient  *self,
                              const char *typed,
                              guint       limit)
{
  static const char *const known[] = { "Invoice PDF cannot be downloaded", "Invoice comes twice", NULL };
  static const char *const none[] = { NULL };

  return dex_future_new_take_object (make_page (strstr (typed, "nvoice") != NULL ? known : none));
}

DexFuture *
lia_client_get_finding (LiaClient  *self,
                        const char *finding,
                        const char *before)
{
  LiaFindingPage *page;

  if (watched == NULL || !g_str_equal (watched->id, finding))
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no such finding");
  page = g_object_new (LIA_TYPE_FINDING_PAGE, NULL);
  page->finding = g_object_ref (watched);
  page->quotes = g_list_store_new (LIA_TYPE_QUOTE);

  return dex_future_new_take_object (page);
}

DexFuture *
lia_client_get_finding_products (LiaClient *self)
{
  static const char *const products[] = { "Invoices", "Shop", NULL };

  return dex_future_new_take_boxed (G_TYPE_STRV, g_strdupv ((GStrv)products));
}

DexFuture *
lia_client_get_finding_figures (LiaClient              *self,
                                const LiaFindingsQuery *query)
{
  return dex_future_new_take_object (lia_finding_figures_new ());
}

DexFuture *
lia_client_capture_finding (LiaClient  *self,
                            const char *key,
                            LiaFinding *finding,
                            LiaQuote   *quote)
{
  sample_client_log (self, "capture %s %s “%s” product=%s in %s: “%s” %s second=%d", *finding->id != '\0' ? finding->id : "new", lia_finding_kind_to_string (finding->kind),
                     finding->title, finding->product, quote->conv, quote->text, lia_importance_to_string (quote->importance), (int)quote->second);

  return dex_future_new_for_string ("e_99");
}

DexFuture *
lia_client_link_issue (LiaClient  *self,
                       const char *url,
                       LiaQuote   *quote)
{
  sample_client_log (self, "link %s in %s", url, quote->conv);

  return dex_future_new_for_string ("e_99");
}

DexFuture *
lia_client_uncapture_finding (LiaClient  *self,
                              const char *entry)
{
  return sample_client_answer (self, entry);
}

DexFuture *
lia_client_get_failing_pages (LiaClient *self)
{
  return dex_future_new_take_object (lia_value_page_new (LIA_TYPE_FAILING_PAGE));
}

DexFuture *
lia_client_weigh_quote (LiaClient    *self,
                        const char   *entry,
                        LiaImportance importance)
{
  return sample_client_answer (self, entry);
}

DexFuture *
lia_client_update_finding (LiaClient  *self,
                           LiaFinding *finding)
{
  return sample_client_answer (self, finding->title);
}

DexFuture *
lia_client_merge_findings (LiaClient         *self,
                           const char *const *findings,
                           const char        *into)
{
  return dex_future_new_take_boxed (G_TYPE_STRV, g_strdupv ((GStrv)findings));
}

DexFuture *
lia_client_unmerge_findings (LiaClient         *self,
                             const char *const *findings)
{
  return sample_client_answer (self, "unmerge");
}

DexFuture *
lia_client_split_quotes (LiaClient  *self,
                         GPtrArray  *quotes,
                         const char *title)
{
  return dex_future_new_for_string ("f_99");
}

DexFuture *
lia_client_put_back_quotes (LiaClient *self,
                            GPtrArray *quotes)
{
  return sample_client_answer (self, "put back");
}
