/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Findings as the client reads them and what it asks for, alone and several together; and as a table in a file. */

#include "fake-engine.h"
#include "lia-client-findings.h"
#include "lia-findings-export.h"
#include "lia-findings-watch.h"
#include "lia-test-wait.h"
#include "lia-value-page.h"

#include <glib/gstdio.h>
#include <string.h>

#define FINDING(n, title) "{\"id\":\"f_" n "\",\"ver\":3,\"kind\":\"bug\",\"title\":\"" title "\",\"state\":\"linked\",\"customers\":7,\"quotes\":9,\"weeks\":[0,0,0,1,0,0,2,3]}"

typedef struct
{
  FakeEngine *engine;
  LiaClient  *client;
  GString    *asked; /* what was read, and the commands, a line each */
  gboolean    tires; /* refuses what comes after the next command */
} Fixture;

static JsonObject *
parse (const char *text)
{
  return lia_json_parse (text, -1, LIA_JSON_MAX_BYTES, NULL);
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(char *const *)a, *(char *const *)b);
}

/* The query sorted by its names */
static void
note_read (Fixture    *self,
           const char *path,
           GHashTable *query)
{
  g_autoptr (GPtrArray) names = g_hash_table_get_keys_as_ptr_array (query);

  g_ptr_array_sort (names, compare_words);
  g_string_append (self->asked, path);
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (self->asked, " %s=%s", (char *)names->pdata[i], (char *)g_hash_table_lookup (query, names->pdata[i]));
  g_string_append_c (self->asked, '\n');
}

static JsonObject *
read_cb (const char *path,
         GHashTable *query,
         gpointer    data)
{
  Fixture    *self = data;
  const char *after = g_hash_table_lookup (query, "after");

  if (!g_str_has_prefix (path, "/v1/findings"))
    return NULL;
  note_read (self, path, query);
  if (g_str_equal (path, "/v1/findings/figures"))
    return parse ("{\"new\":12,\"linked\":3,\"fixed\":1,\"told\":3,\"spans\":{\"linked\":{\"n\":8,\"p50_ms\":1000,\"p90_ms\":2000}}}");
  if (g_str_equal (path, "/v1/findings/pages"))
    return parse ("{\"rows\":[{\"url\":\"https://shop.example/\",\"findings\":2,\"quotes\":5,\"contacts\":4,\"customers\":3,\"last_at\":\"2026-01-02T00:00:00.000Z\"}]}");
  if (g_str_equal (path, "/v1/findings/products"))
    return parse ("{\"products\":[\"Shop\",\"App\"]}");
  if (g_str_equal (path, "/v1/findings/f_1"))
    return parse ("{\"finding\":" FINDING ("1", "One") ",\"quotes\":[{\"entry\":\"e_5\",\"conv\":\"c_1\",\"finding\":\"f_1\",\"text\":\"so\",\"second\":134,"
                                                       "\"customer\":{\"id\":\"k_3\",\"name\":\"Ann\",\"address\":\"ann@example.com\"}}],\"next\":\"5:5\"}");
  if (!g_str_equal (path, "/v1/findings"))
    return NULL;

  return after == NULL ? parse ("{\"rows\":[" FINDING ("1", "=1+1") "," FINDING ("2", "Two, \\\"both\\\"") "],\"next\":\"2:2\"}")
                       : parse ("{\"rows\":[" FINDING ("3", "Three") "],\"next\":null}");
}

static JsonObject *
command_cb (const char *kind,
            JsonObject *d,
            gpointer    data)
{
  Fixture         *self = data;
  g_autofree char *text = lia_json_to_text (d);

  g_string_append_printf (self->asked, "%s %s\n", kind, text);
  if (self->tires)
    fake_engine_refuse_next (self->engine, LIA_PROBLEM_NOT_FOUND);
  self->tires = FALSE;
  if (g_str_equal (kind, "finding.split"))
    return parse ("{\"finding\":\"f_97\",\"from\":\"f_1\"}");
  if (g_str_equal (kind, "finding.capture"))
    return parse ("{\"finding\":\"f_1\",\"entry\":\"e_5\"}");
  if (g_str_equal (kind, "finding.merge"))
    return parse ("{\"finding\":\"f_1\",\"into\":\"f_9\"}");

  return NULL;
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->engine = fake_engine_new ();
  self->asked = g_string_new (NULL);
  fake_engine_set_read (self->engine, read_cb, self);
  fake_engine_set_command (self->engine, command_cb, self);
  self->client = lia_client_new (fake_engine_get_address (self->engine), NULL);
  lia_client_start (self->client);
  wait_until (lia_client_get_state (self->client) == LIA_CLIENT_LIVE);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  gint64 end_us = g_get_monotonic_time () + 50000;

  lia_client_stop (self->client);
  g_assert_finalize_object (self->client);
  while (g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, FALSE);
  fake_engine_free (self->engine);
  g_string_free (self->asked, TRUE);
}

/* Whatever it comes to */
static DexFuture *
finish (DexFuture *future)
{
  wait_until (!dex_future_is_pending (future));

  return future;
}

static gpointer
get_object (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (finish (future), &error);

  g_assert_no_error (error);

  return g_value_get_object (value);
}

static void
assert_asked (Fixture    *self,
              const char *asked)
{
  g_assert_cmpstr (self->asked->str, ==, asked);
  g_string_truncate (self->asked, 0);
}

static void
test_list (Fixture      *self,
           gconstpointer data)
{
  LiaFindingsQuery query = {
    .text = "a b&c",
    .kind = "bug",
    .state = "new",
    .product = "Shop",
    .url = "https://x/",
    .tracker = "none",
    .since_ms = G_GINT64_CONSTANT (1767312000000),
    .sort = LIA_FINDING_SORT_TREND,
  };
  LiaFindingsQuery all = { 0 };
  g_autoptr (DexFuture) first = lia_client_get_findings (self->client, &all, NULL);
  LiaValuePage *page = get_object (first);
  g_autoptr (LiaFinding) finding = g_list_model_get_item (G_LIST_MODEL (page->values), 0);
  g_autoptr (DexFuture) second = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (page->values)), ==, 2);
  g_assert_cmpstr (page->next, ==, "2:2");
  g_assert_cmpint (finding->customers, ==, 7);
  g_assert_cmpint (finding->state, ==, LIA_FINDING_LINKED);
  g_assert_cmpint (finding->weeks[7], ==, 3);
  assert_asked (self, "/v1/findings limit=50 sort=last\n");

  second = lia_client_get_findings (self->client, &query, page->next);
  page = get_object (second);
  g_assert_null (page->next);
  assert_asked (self, "/v1/findings after=2:2 kind=bug limit=50 product=Shop q=a b&c since=2026-01-02T00:00:00.000Z sort=trend state=new tracker=none url=https://x/\n");
}

static void
test_figures_and_pages (Fixture      *self,
                        gconstpointer data)
{
  LiaFindingsQuery query = { .tracker = "t_5" };
  g_autoptr (DexFuture) reading = lia_client_get_finding_figures (self->client, &query);
  LiaFindingFigures *figures = get_object (reading);
  g_autoptr (DexFuture) pages = lia_client_get_failing_pages (self->client);
  g_autoptr (LiaFailingPage) page = g_list_model_get_item (G_LIST_MODEL (((LiaValuePage *)get_object (pages))->values), 0);

  g_assert_cmpint (lia_finding_figures_get_total (figures), ==, 19);
  g_assert_cmpint (lia_finding_figures_get_told_percent (figures), ==, 75);
  g_assert_cmpint (figures->spans[LIA_FINDING_LINKED].n, ==, 8);
  g_assert_cmpint (figures->spans[LIA_FINDING_LINKED].p90_ms, ==, 2000);
  g_assert_cmpint (figures->spans[LIA_FINDING_TOLD].n, ==, 0);
  g_assert_cmpint (page->contacts, ==, 4);
  g_assert_cmpint (page->customers, ==, 3);
  assert_asked (self, "/v1/findings/figures tracker=t_5\n/v1/findings/pages limit=50\n");
}

static void
test_one (Fixture      *self,
          gconstpointer data)
{
  g_autoptr (DexFuture) reading = lia_client_get_finding (self->client, "f_1", "9:9");
  LiaFindingPage *page = get_object (reading);
  g_autoptr (LiaQuote) quote = g_list_model_get_item (G_LIST_MODEL (page->quotes), 0);
  g_autoptr (DexFuture) products = lia_client_get_finding_products (self->client);
  g_autoptr (DexFuture) missing = lia_client_get_finding (self->client, "f_7", NULL);

  g_assert_cmpstr (page->finding->title, ==, "One");
  g_assert_cmpstr (page->next, ==, "5:5");
  g_assert_cmpint (quote->second, ==, 134);
  g_assert_cmpstr (quote->customer->name, ==, "Ann");
  g_assert_cmpstr (((char **)g_value_get_boxed (dex_future_get_value (finish (products), NULL)))[1], ==, "App");
  g_assert_true (dex_future_is_rejected (finish (missing)));
}

static LiaQuote *
quote_new (const char *entry,
           const char *finding)
{
  LiaQuote *quote = lia_quote_new ();

  g_set_str (&quote->entry, entry);
  g_set_str (&quote->finding, finding);

  return quote;
}

static void
test_commands (Fixture      *self,
               gconstpointer data)
{
  g_autoptr (LiaFinding) finding = lia_finding_new ();
  g_autoptr (LiaQuote) quote = quote_new ("", "");
  g_autoptr (DexFuture) captured = NULL;
  g_autoptr (DexFuture) updated = NULL;

  g_set_str (&finding->title, "One");
  g_set_str (&quote->conv, "c_1");
  g_set_str (&quote->text, "so");
  captured = lia_client_capture_finding (self->client, NULL, finding, quote);
  g_assert_cmpstr (g_value_get_string (dex_future_get_value (finish (captured), NULL)), ==, "e_5");
  assert_asked (self, "finding.capture {\"text\":\"so\",\"importance\":\"normal\",\"start\":0,\"end\":0,\"url\":\"\",\"kind\":\"bug\",\"title\":\"One\",\"product\":\"\"}\n");

  g_set_str (&finding->id, "f_1");
  finding->ver = 3;
  updated = lia_client_update_finding (self->client, finding);
  g_assert_true (dex_future_is_resolved (finish (updated)));
  g_assert_nonnull (strstr (fake_engine_get_body (self->engine), "\"ver\":3"));
  assert_asked (self, "finding.update {\"finding\":\"f_1\",\"kind\":\"bug\",\"title\":\"One\",\"product\":\"\",\"url\":\"\",\"state\":\"new\"}\n");
}

/* One after the other, and back from the last one. */
static void
test_merged (Fixture      *self,
             gconstpointer data)
{
  static const char *const ids[] = { "f_1", "f_2", NULL };
  g_autoptr (DexFuture) merged = lia_client_merge_findings (self->client, ids, "f_9");
  g_autoptr (DexFuture) parted = NULL;

  g_assert_true (g_strv_equal (g_value_get_boxed (dex_future_get_value (finish (merged), NULL)), ids));
  assert_asked (self, "finding.merge {\"finding\":\"f_1\",\"into\":\"f_9\"}\nfinding.merge {\"finding\":\"f_2\",\"into\":\"f_9\"}\n");
  parted = lia_client_unmerge_findings (self->client, ids);
  g_assert_true (dex_future_is_resolved (finish (parted)));
  assert_asked (self, "finding.unmerge {\"finding\":\"f_2\"}\nfinding.unmerge {\"finding\":\"f_1\"}\n");
}

/* What was done before something was refused is taken back. */
static void
test_refused (Fixture      *self,
              gconstpointer data)
{
  static const char *const ids[] = { "f_1", "f_2", NULL };
  g_autoptr (DexFuture) merged = NULL;
  g_autoptr (GError) error = NULL;

  self->tires = TRUE;
  merged = lia_client_merge_findings (self->client, ids, "f_9");
  g_assert_null (dex_future_get_value (finish (merged), &error));
  g_assert_error (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND);
  assert_asked (self, "finding.merge {\"finding\":\"f_1\",\"into\":\"f_9\"}\nfinding.unmerge {\"finding\":\"f_1\"}\n");
}

static void
test_split (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (GPtrArray) quotes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (DexFuture) split = NULL;
  g_autoptr (DexFuture) back = NULL;

  g_ptr_array_add (quotes, quote_new ("e_5", "f_1"));
  g_ptr_array_add (quotes, quote_new ("e_6", "f_2"));
  split = lia_client_split_quotes (self->client, quotes, "Other");
  g_assert_cmpstr (g_value_get_string (dex_future_get_value (finish (split), NULL)), ==, "f_97");
  assert_asked (self, "finding.split {\"entry\":\"e_5\",\"title\":\"Other\"}\nfinding.split {\"entry\":\"e_6\",\"finding\":\"f_97\"}\n");
  back = lia_client_put_back_quotes (self->client, quotes);
  g_assert_true (dex_future_is_resolved (finish (back)));
  assert_asked (self, "finding.split {\"entry\":\"e_6\",\"finding\":\"f_2\"}\nfinding.split {\"entry\":\"e_5\",\"finding\":\"f_1\"}\n");
}

static void
on_changed_cb (guint *n)
{
  (*n)++;
}

static void
test_watch (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (LiaFindingsWatch) watch = lia_findings_watch_new (self->client);
  guint n = 0;

  g_signal_connect_swapped (watch, "changed", G_CALLBACK (on_changed_cb), &n);
  fake_engine_add_event (self->engine, "finding.merged", NULL, parse ("{\"finding\":\"f_1\"}"));
  wait_until (n == 1);
}

static char *
make_path (void)
{
  g_autofree char *folder = g_dir_make_tmp ("liaison-XXXXXX", NULL);

  return g_build_filename (folder, "findings.csv", NULL);
}

static void
remove_path (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Page after page; nothing that somebody wrote is a formula. */
static void
test_export (Fixture      *self,
             gconstpointer data)
{
  LiaFindingsQuery query = { .kind = "bug", .sort = LIA_FINDING_SORT_CUSTOMERS };
  g_autofree char *path = make_path ();
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (LiaFindingsExport) export = lia_findings_export_new (self->client, &query, file);
  g_autoptr (DexFuture) run = NULL;
  g_autofree char *text = NULL;
  guint            n = 0;

  g_signal_connect_swapped (export, "progressed", G_CALLBACK (on_changed_cb), &n);
  run = lia_findings_export_run (export);
  g_assert_cmpuint (g_value_get_uint (dex_future_get_value (finish (run), NULL)), ==, 3);
  g_assert_cmpuint (n, ==, 2);
  assert_asked (self, "/v1/findings kind=bug limit=50 sort=customers\n/v1/findings after=2:2 kind=bug limit=50 sort=customers\n");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==,
                   "\xef\xbb\xbfid,title,kind,product,url,state,customers,blocked,quotes,four_weeks,four_weeks_before,contact_minutes,said_first,said_last,linked,fixed,told,issues\r\n"
                   "f_1,'=1+1,bug,,,linked,7,0,9,5,1,0.0,,,,,,\r\n"
                   "f_2,\"Two, \"\"both\"\"\",bug,,,linked,7,0,9,5,1,0.0,,,,,,\r\n"
                   "f_3,Three,bug,,,linked,7,0,9,5,1,0.0,,,,,,\r\n");
  remove_path (path);
}

static void
on_progressed_cb (LiaFindingsExport *export)
{
  lia_findings_export_cancel (export);
}

/* What was in the file before is still there. */
static void
test_export_stopped (Fixture      *self,
                     gconstpointer data)
{
  LiaFindingsQuery query = { 0 };
  g_autofree char *path = make_path ();
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (LiaFindingsExport) export = lia_findings_export_new (self->client, &query, file);
  g_autoptr (DexFuture) run = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  g_signal_connect (export, "progressed", G_CALLBACK (on_progressed_cb), NULL);
  run = lia_findings_export_run (export);
  g_assert_null (dex_future_get_value (finish (run), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "before");
  remove_path (path);
}

static void
test_export_nowhere (Fixture      *self,
                     gconstpointer data)
{
  LiaFindingsQuery query = { 0 };
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/at/all.csv");
  g_autoptr (LiaFindingsExport) export = lia_findings_export_new (self->client, &query, file);
  g_autoptr (DexFuture) run = lia_findings_export_run (export);
  g_autoptr (GError) error = NULL;

  g_assert_null (dex_future_get_value (finish (run), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  assert_asked (self, "");
}

int
main (int    argc,
      char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/client-findings/list", Fixture, NULL, set_up, test_list, tear_down);
  g_test_add ("/client-findings/figures-and-pages", Fixture, NULL, set_up, test_figures_and_pages, tear_down);
  g_test_add ("/client-findings/one", Fixture, NULL, set_up, test_one, tear_down);
  g_test_add ("/client-findings/commands", Fixture, NULL, set_up, test_commands, tear_down);
  g_test_add ("/client-findings/merged", Fixture, NULL, set_up, test_merged, tear_down);
  g_test_add ("/client-findings/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/client-findings/split", Fixture, NULL, set_up, test_split, tear_down);
  g_test_add ("/client-findings/watch", Fixture, NULL, set_up, test_watch, tear_down);
  g_test_add ("/client-findings/export", Fixture, NULL, set_up, test_export, tear_down);
  g_test_add ("/client-findings/export-stopped", Fixture, NULL, set_up, test_export_stopped, tear_down);
  g_test_add ("/client-findings/export-nowhere", Fixture, NULL, set_up, test_export_nowhere, tear_down);

  return g_test_run ();
}
