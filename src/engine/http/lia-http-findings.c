/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What customers say of the product. */

#include "lia-http-resources.h"

#include "lia-id.h"
#include "lia-queries-findings.h"
#include "lia-time.h"
#include "lia-wire.h"

#define MAX_LIKE 20u

typedef struct
{
  LiaFindingFilter filter;
  const char      *like; /* or NULL */
  const char      *after;
  gint64           id;
  guint            limit;
} Asked;

typedef JsonObject *(*Encode) (gpointer value);

static void
add_list (JsonObject *answer,
          const char *name,
          GPtrArray  *values,
          Encode      encode)
{
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < values->len; i++)
    json_array_add_object_element (rows, encode (values->pdata[i]));
  json_object_set_array_member (answer, name, rows);
}

static gboolean
read_findings (LiaDb    *db,
               gpointer  data,
               gpointer *result,
               GError  **error)
{
  const Asked     *asked = data;
  g_autofree char *next = NULL;
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autoptr (GPtrArray) findings =
      asked->like != NULL ? lia_query_findings_like (db, asked->like, &asked->filter, FALSE, MIN (asked->limit, MAX_LIKE), lia_time_now (), error)
                          : lia_query_findings (db, &asked->filter, asked->after, asked->limit, lia_time_now (), &next, error);

  if (findings == NULL)
    return FALSE;
  add_list (answer, "rows", findings, (Encode)lia_wire_encode_finding);
  lia_json_set_str (answer, "next", next);
  *result = lia_json_to_text (answer);

  return TRUE;
}

static gboolean
read_id (LiaHttpCall *call,
         const char  *name,
         const char  *prefix,
         gint64      *id,
         GError     **error)
{
  g_autofree char *pointer = NULL;
  const char      *text = lia_http_query (call, name);

  if (text == NULL || lia_id_parse (text, prefix, id))
    return TRUE;
  pointer = g_strconcat ("/", name, NULL);
  lia_problem_set_invalid (error, pointer, "id", "“%s” is no %s", text, name);

  return FALSE;
}

static gboolean
refuse (const char *pointer,
        const char *words,
        const char *value,
        GError    **error)
{
  lia_problem_set_invalid (error, pointer, "value", "%s “%s”", words, value);

  return FALSE;
}

/* "t_5", or "none" */
static gboolean
read_tracker (LiaHttpCall *call,
              gint64      *id,
              GError     **error)
{
  if (g_strcmp0 (lia_http_query (call, "tracker"), "none") != 0)
    return read_id (call, "tracker", "t", id, error);
  *id = LIA_FINDING_NO_TRACKER;

  return TRUE;
}

/* By what they are, without where they were said */
static gboolean
read_filter (LiaHttpCall      *call,
             LiaFindingFilter *filter,
             GError          **error)
{
  const char *text = lia_http_query (call, "q");
  const char *sort = lia_http_query (call, "sort");
  const char *since = lia_http_query (call, "since");

  filter->text = text != NULL && *text != '\0' ? text : NULL;
  filter->kind = lia_http_query (call, "kind");
  filter->state = lia_http_query (call, "state");
  filter->product = lia_http_query (call, "product");
  filter->url = lia_http_query (call, "url");
  if (sort != NULL && !lia_finding_sort_from_string (sort, &filter->sort))
    return refuse ("/sort", "Findings are not sorted by", sort, error);
  if (since != NULL && !lia_time_from_string (since, &filter->since_ms))
    return refuse ("/since", "This is no time:", since, error);

  return read_tracker (call, &filter->tracker_id, error);
}

/** lia_http_get_findings: a list in one of several orders, or what is like a text. */
gboolean
lia_http_get_findings (LiaHttpCall *call,
                       GError     **error)
{
  Asked asked = { .like = lia_http_query (call, "like"), .after = lia_http_query (call, "after") };

  return read_filter (call, &asked.filter, error) && read_id (call, "conversation", "c", &asked.filter.conversation_id, error) &&
         read_id (call, "customer", "k", &asked.filter.customer_id, error) && lia_http_query_limit (call, 50, &asked.limit, error) &&
         lia_http_answer_read (call, read_findings, &asked, error);
}

static gboolean
read_finding (LiaDb    *db,
              gpointer  data,
              gpointer *result,
              GError  **error)
{
  const Asked     *asked = data;
  g_autofree char *next = NULL;
  gint64           root = 0;
  g_autoptr (LiaFinding) finding = lia_query_finding (db, asked->id, lia_time_now (), error);
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autoptr (GPtrArray) quotes = NULL;

  if (finding == NULL)
    return FALSE;
  lia_id_parse (finding->id, "f", &root);
  quotes = lia_query_finding_quotes (db, root, asked->after, asked->limit, &next, error);
  if (quotes == NULL)
    return FALSE;
  json_object_set_object_member (answer, "finding", lia_wire_encode_finding (finding));
  add_list (answer, "quotes", quotes, (Encode)lia_wire_encode_quote);
  lia_json_set_str (answer, "next", next);
  *result = lia_json_to_text (answer);

  return TRUE;
}

/** lia_http_get_finding: with what was said, the newest first; that of a merged one is the one that it was merged into. */
gboolean
lia_http_get_finding (LiaHttpCall *call,
                      GError     **error)
{
  Asked asked = { .after = lia_http_query (call, "before") };

  return lia_http_argument_id (call, 0, "f", &asked.id, error) && lia_http_query_limit (call, 50, &asked.limit, error) &&
         lia_http_answer_read (call, read_finding, &asked, error);
}

static gboolean
read_products (LiaDb    *db,
               gpointer  data,
               gpointer *result,
               GError  **error)
{
  const Asked *asked = data;
  g_autoptr (GPtrArray) products = lia_query_finding_products (db, asked->limit, error);
  g_autoptr (JsonObject) answer = json_object_new ();
  JsonArray *names = json_array_new ();

  json_object_set_array_member (answer, "products", names);
  if (products == NULL)
    return FALSE;
  for (guint i = 0; i < products->len; i++)
    json_array_add_string_element (names, products->pdata[i]);
  *result = lia_json_to_text (answer);

  return TRUE;
}

/** lia_http_get_finding_products: to choose from. */
gboolean
lia_http_get_finding_products (LiaHttpCall *call,
                               GError     **error)
{
  Asked asked = { 0 };

  return lia_http_query_limit (call, 100, &asked.limit, error) && lia_http_answer_read (call, read_products, &asked, error);
}

static gboolean
read_figures (LiaDb    *db,
              gpointer  data,
              gpointer *result,
              GError  **error)
{
  const Asked *asked = data;
  g_autoptr (LiaFindingFigures) figures = lia_query_finding_figures (db, &asked->filter, error);
  g_autoptr (JsonObject) answer = figures != NULL ? lia_wire_encode_finding_figures (figures) : NULL;

  *result = answer != NULL ? lia_json_to_text (answer) : NULL;

  return answer != NULL;
}

/** lia_http_get_finding_figures: how many are in which state. */
gboolean
lia_http_get_finding_figures (LiaHttpCall *call,
                              GError     **error)
{
  Asked asked = { 0 };

  return read_filter (call, &asked.filter, error) && lia_http_answer_read (call, read_figures, &asked, error);
}

static gboolean
read_pages (LiaDb    *db,
            gpointer  data,
            gpointer *result,
            GError  **error)
{
  const Asked *asked = data;
  g_autoptr (GPtrArray) pages = lia_query_failing_pages (db, asked->limit, error);
  g_autoptr (JsonObject) answer = json_object_new ();

  if (pages == NULL)
    return FALSE;
  add_list (answer, "rows", pages, (Encode)lia_wire_encode_failing_page);
  *result = lia_json_to_text (answer);

  return TRUE;
}

/** lia_http_get_failing_pages: pages of the web site that left customers without an answer, what most customers say first. */
gboolean
lia_http_get_failing_pages (LiaHttpCall *call,
                            GError     **error)
{
  Asked asked = { 0 };

  return lia_http_query_limit (call, 50, &asked.limit, error) && lia_http_answer_read (call, read_pages, &asked, error);
}
