/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-client-findings.h"

#include "lia-client-private.h"
#include "lia-replies.h"
#include "lia-time.h"
#include "lia-value-page.h"

#define MAX_PRODUCTS 200

G_DEFINE_FINAL_TYPE (LiaFindingPage, lia_finding_page, G_TYPE_OBJECT)

static void
lia_finding_page_finalize (GObject *object)
{
  LiaFindingPage *self = (LiaFindingPage *)object;

  g_clear_object (&self->finding);
  g_clear_object (&self->quotes);
  g_free (self->next);

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
  self->quotes = g_list_store_new (LIA_TYPE_QUOTE);
}

/* Reading ---------------------------------------------------------------------------------------------------------------------------------- */

static void
add_query (GString    *path,
           const char *name,
           const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (path, "&%s=", name);
  g_string_append_uri_escaped (path, value, NULL, FALSE);
}

static void
add_filter (GString                *path,
            const LiaFindingsQuery *query)
{
  g_autofree char *since = query->since_ms != 0 ? lia_time_to_string (query->since_ms) : NULL;

  add_query (path, "q", query->text);
  add_query (path, "kind", query->kind);
  add_query (path, "state", query->state);
  add_query (path, "product", query->product);
  add_query (path, "url", query->url);
  add_query (path, "tracker", query->tracker);
  add_query (path, "since", since);
}

static DexFuture *
read_findings_cb (DexFuture *future,
                  gpointer   data)
{
  return lia_client_read_page (future, LIA_TYPE_FINDING, (LiaReplyDecode)lia_wire_decode_finding);
}

/**
 * lia_client_get_findings:
 * @after: (nullable): `next` of the page before
 *
 * A page of them; with a text, what fits it best.
 */
DexFuture *
lia_client_get_findings (LiaClient              *self,
                         const LiaFindingsQuery *query,
                         const char             *after)
{
  g_autoptr (GString) path = NULL;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (query != NULL);

  path = g_string_new ("/v1/findings?limit=50");
  add_filter (path, query);
  add_query (path, "sort", lia_finding_sort_to_string (query->sort));
  add_query (path, "conversation", query->conversation);
  add_query (path, "customer", query->customer);
  add_query (path, "after", after);

  return dex_future_then (lia_api_get (lia_client_get_api (self), path->str), read_findings_cb, NULL, NULL);
}

/** lia_client_get_findings_like: those that may be what is being typed, the likest first. */
DexFuture *
lia_client_get_findings_like (LiaClient  *self,
                              const char *typed,
                              guint       limit)
{
  g_autoptr (GString) path = NULL;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (typed != NULL);

  path = g_string_new (NULL);
  g_string_printf (path, "/v1/findings?limit=%u", limit);
  add_query (path, "like", typed);

  return dex_future_then (lia_api_get (lia_client_get_api (self), path->str), read_findings_cb, NULL, NULL);
}

static DexFuture *
read_finding_cb (DexFuture *future,
                 gpointer   data)
{
  GError *error = NULL;
  g_autoptr (LiaFindingPage) page = g_object_new (LIA_TYPE_FINDING_PAGE, NULL);
  g_autoptr (GPtrArray) quotes = lia_replies_decode_values (lia_client_get_reply (future), "quotes", NULL, (LiaReplyDecode)lia_wire_decode_quote, &error);
  JsonObject *finding;
  const char *next;

  if (quotes == NULL || !lia_json_obj (lia_client_get_reply (future), "finding", LIA_JSON_REQUIRED, &finding, &error) ||
      (page->finding = lia_wire_decode_finding (finding, &error)) == NULL ||
      !lia_json_str (lia_client_get_reply (future), "next", LIA_JSON_OPTIONAL, 1024, &next, &error))
    return dex_future_new_for_error (error);

  g_list_store_splice (page->quotes, 0, 0, quotes->pdata, quotes->len);
  page->next = g_strdup (next);

  return dex_future_new_take_object (g_steal_pointer (&page));
}

/**
 * lia_client_get_finding:
 * @before: (nullable): `next` of the page before
 *
 * With what was said of it. One that was merged gives the one that it was merged into. %LIA_PROBLEM_NOT_FOUND.
 */
DexFuture *
lia_client_get_finding (LiaClient  *self,
                        const char *finding,
                        const char *before)
{
  g_autoptr (GString) path = NULL;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (finding != NULL);

  path = g_string_new ("/v1/findings/");
  g_string_append_uri_escaped (path, finding, NULL, FALSE);
  g_string_append (path, "?limit=50");
  add_query (path, "before", before);

  return dex_future_then (lia_api_get (lia_client_get_api (self), path->str), read_finding_cb, NULL, NULL);
}

static DexFuture *
read_figures_cb (DexFuture *future,
                 gpointer   data)
{
  GError *error = NULL;
  g_autoptr (LiaFindingFigures) figures = lia_wire_decode_finding_figures (lia_client_get_reply (future), &error);

  return figures != NULL ? dex_future_new_take_object (g_steal_pointer (&figures)) : dex_future_new_for_error (error);
}

/** lia_client_get_finding_figures: how many there are of them, by state; the text, and where they were said, is not looked at. */
DexFuture *
lia_client_get_finding_figures (LiaClient              *self,
                                const LiaFindingsQuery *query)
{
  g_autoptr (GString) path = NULL;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (query != NULL);

  path = g_string_new ("/v1/findings/figures?");
  add_filter (path, query);

  return dex_future_then (lia_api_get (lia_client_get_api (self), path->str), read_figures_cb, NULL, NULL);
}

static DexFuture *
read_pages_cb (DexFuture *future,
               gpointer   data)
{
  return lia_client_read_page (future, LIA_TYPE_FAILING_PAGE, (LiaReplyDecode)lia_wire_decode_failing_page);
}

/** lia_client_get_failing_pages: pages of the web site that left customers without an answer, what most customers say first; at most 50. */
DexFuture *
lia_client_get_failing_pages (LiaClient *self)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  return dex_future_then (lia_api_get (lia_client_get_api (self), "/v1/findings/pages?limit=50"), read_pages_cb, NULL, NULL);
}

static DexFuture *
read_products_cb (DexFuture *future,
                  gpointer   data)
{
  GError *error = NULL;
  g_autoptr (GStrvBuilder) products = g_strv_builder_new ();
  JsonArray *names;

  if (!lia_json_arr (lia_client_get_reply (future), "products", LIA_JSON_REQUIRED, MAX_PRODUCTS, &names, &error))
    return dex_future_new_for_error (error);
  for (guint i = 0; i < json_array_get_length (names); i++)
    {
      const char *name;

      if (!lia_json_arr_str (names, i, LIA_FINDING_MAX_PRODUCT_BYTES, &name, &error))
        return dex_future_new_for_error (error);
      g_strv_builder_add (products, name);
    }

  return dex_future_new_take_boxed (G_TYPE_STRV, g_strv_builder_end (products));
}

/** lia_client_get_finding_products: which products and components were named, the last one first. */
DexFuture *
lia_client_get_finding_products (LiaClient *self)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  return dex_future_then (lia_api_get (lia_client_get_api (self), "/v1/findings/products?limit=100"), read_products_cb, NULL, NULL);
}

/* Commands --------------------------------------------------------------------------------------------------------------------------------- */

/* What was said, as the command has it. */
static JsonObject *
make_capture (LiaQuote *quote)
{
  static const char *const known_there[] = { "entry", "conv", "at", "agent", "finding", "customer" };
  JsonObject              *d = lia_wire_encode_quote (quote);

  for (guint i = 0; i < G_N_ELEMENTS (known_there); i++)
    if (json_object_has_member (d, known_there[i]))
      json_object_remove_member (d, known_there[i]);
  if (*quote->source == '\0')
    json_object_remove_member (d, "source");

  return d;
}

/**
 * lia_client_capture_finding:
 * @key: (nullable): of the command: the same, given again after a lost answer, captures once
 * @finding: with an id one that is there; else a new one
 * @quote: its `conv`, and what was said; all else is known there
 *
 * Answers with the id of the quote's entry, by which it can be taken back. While there is no engine it waits, as all commands do. %LIA_PROBLEM_VALIDATION.
 */
DexFuture *
lia_client_capture_finding (LiaClient  *self,
                            const char *key,
                            LiaFinding *finding,
                            LiaQuote   *quote)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_FINDING (finding));
  dex_return_error_if_fail (LIA_IS_QUOTE (quote));

  d = make_capture (quote);
  if (*finding->id != '\0')
    {
      json_object_set_string_member (d, "finding", finding->id);
    }
  else
    {
      json_object_set_string_member (d, "kind", lia_finding_kind_to_string (finding->kind));
      json_object_set_string_member (d, "title", finding->title);
      json_object_set_string_member (d, "product", finding->product);
    }
  json_object_set_string_member (d, "url", finding->url);

  return dex_future_then (lia_client_command (self, key, "finding.capture", quote->conv, 0, 0, FALSE, d), lia_client_to_string_cb, (gpointer) "entry", NULL);
}

static DexFuture *
to_new_entry_cb (DexFuture *future,
                 gpointer   data)
{
  JsonObject *d = g_value_get_boxed (dex_future_get_value (future, NULL));
  GError     *error = NULL;
  const char *entry;

  if (!lia_json_str (d, "entry", LIA_JSON_OPTIONAL, 256, &entry, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_for_string (entry != NULL ? entry : "");
}

/**
 * lia_client_link_issue:
 * @url: of the issue, as its tracker shows it
 * @quote: its `conv`, and what was said
 *
 * Counts the customer for the finding that has the issue, once in a conversation. Answers with the id of the quote's entry, or "" where there was one
 * already. %LIA_PROBLEM_NOT_FOUND: no finding has it.
 */
DexFuture *
lia_client_link_issue (LiaClient  *self,
                       const char *url,
                       LiaQuote   *quote)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_QUOTE (quote));

  d = make_capture (quote);
  json_object_set_string_member (d, "issue", url);

  return dex_future_then (lia_client_command (self, NULL, "finding.capture", quote->conv, 0, 0, FALSE, d), to_new_entry_cb, NULL, NULL);
}

/** lia_client_uncapture_finding: takes a quote back. %LIA_PROBLEM_FORBIDDEN: a colleague captured it. */
DexFuture *
lia_client_uncapture_finding (LiaClient  *self,
                              const char *entry)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (entry != NULL);

  return dex_future_then (lia_client_command (self, NULL, "finding.uncapture", NULL, 0, 0, FALSE, lia_client_with_text ("entry", entry)),
                          lia_client_to_true_cb, NULL, NULL);
}

/** lia_client_weigh_quote: how much it matters to the customer who said it. */
DexFuture *
lia_client_weigh_quote (LiaClient    *self,
                        const char   *entry,
                        LiaImportance importance)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (entry != NULL);

  d = lia_client_with_text ("entry", entry);
  json_object_set_string_member (d, "importance", lia_importance_to_string (importance));

  return dex_future_then (lia_client_command (self, NULL, "finding.weigh", NULL, 0, 0, FALSE, d), lia_client_to_true_cb, NULL, NULL);
}

/** lia_client_update_finding: all that it says of itself, if nobody else changed it since its `ver`; else %LIA_PROBLEM_VERSION_CONFLICT. */
DexFuture *
lia_client_update_finding (LiaClient  *self,
                           LiaFinding *finding)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_FINDING (finding));

  d = lia_client_with_text ("finding", finding->id);
  json_object_set_string_member (d, "kind", lia_finding_kind_to_string (finding->kind));
  json_object_set_string_member (d, "title", finding->title);
  json_object_set_string_member (d, "product", finding->product);
  json_object_set_string_member (d, "url", finding->url);
  json_object_set_string_member (d, "state", lia_finding_state_to_string (finding->state));

  return dex_future_then (lia_client_command (self, NULL, "finding.update", NULL, finding->ver, 0, FALSE, d), lia_client_to_true_cb, NULL, NULL);
}

/** lia_client_merge_finding: all that was said of the one counts for the other. */
DexFuture *
lia_client_merge_finding (LiaClient  *self,
                          const char *finding,
                          const char *into)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (finding != NULL && into != NULL);

  d = lia_client_with_text ("finding", finding);
  json_object_set_string_member (d, "into", into);

  return dex_future_then (lia_client_command (self, NULL, "finding.merge", NULL, 0, 0, FALSE, d), lia_client_to_string_cb, (gpointer) "finding", NULL);
}

/** lia_client_unmerge_finding: it is one of its own again. */
DexFuture *
lia_client_unmerge_finding (LiaClient  *self,
                            const char *finding)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (finding != NULL);

  return dex_future_then (lia_client_command (self, NULL, "finding.unmerge", NULL, 0, 0, FALSE, lia_client_with_text ("finding", finding)),
                          lia_client_to_true_cb, NULL, NULL);
}

/**
 * lia_client_split_finding:
 * @entry: of the quote that is about something else
 * @finding: (nullable): to which it belongs instead; NULL: to a new one,
 * @title: (nullable): which is called so, or as the one that it is taken from
 */
DexFuture *
lia_client_split_finding (LiaClient  *self,
                          const char *entry,
                          const char *finding,
                          const char *title)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (entry != NULL);

  d = lia_client_with_text ("entry", entry);
  if (finding != NULL)
    json_object_set_string_member (d, "finding", finding);
  if (title != NULL)
    json_object_set_string_member (d, "title", title);

  return dex_future_then (lia_client_command (self, NULL, "finding.split", NULL, 0, 0, FALSE, d), lia_client_to_string_cb, (gpointer) "finding", NULL);
}
