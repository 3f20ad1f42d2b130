/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The whole way, with the engine that was built: the host starts it, the client works with it, it is killed, comes back, and nothing is
 * lost. LIAISON_ENGINE names the program.
 */

#include "lia-async.h"
#include "lia-client.h"
#include "lia-conversation-list.h"
#include "lia-engine-host.h"
#include "lia-problem.h"
#include "lia-search-hit.h"
#include "lia-timeline-model.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* The real engine is started and killed. */
#define LIA_TEST_PATIENCE_US (60 * G_USEC_PER_SEC)
#include "lia-test-wait.h"

typedef struct
{
  char          *directory;
  LiaEngineHost *host;
  LiaClient     *client;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *credentials = NULL;

  self->directory = g_dir_make_tmp ("liaison-engine-XXXXXX", NULL);
  credentials = g_build_filename (self->directory, "credentials.json", NULL);
  g_setenv ("LIAISON_CREDENTIALS_FILE", credentials, TRUE);
  self->host = lia_engine_host_new (self->directory);
  g_assert_true (lia_engine_host_start (self->host, &error));
  self->client = lia_client_new (lia_engine_host_get_address (self->host), NULL);
  lia_client_start (self->client);
  wait_until (lia_client_get_state (self->client) == LIA_CLIENT_LIVE);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_tree (inner);
    }
  g_remove (path);
}

/* The engine's pid, as the kernel knows it: our only child */
static pid_t
get_engine_pid (void)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%d/children", (int)getpid ());
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return atoi (text);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  pid_t pid = get_engine_pid ();

  lia_client_stop (self->client);
  g_assert_finalize_object (self->client);
  lia_engine_host_stop (self->host);
  g_assert_finalize_object (self->host);
  wait_until (kill (pid, 0) != 0);
  remove_tree (self->directory);
  g_free (self->directory);
}

/* (transfer full): what the future was resolved to */
static char *
await_string (DexFuture *future)
{
  g_autoptr (DexFuture) owned = future;
  g_autoptr (GError) error = NULL;
  const GValue *value;

  wait_until (!dex_future_is_pending (owned));
  value = dex_future_get_value (owned, &error);
  g_assert_no_error (error);

  return G_VALUE_HOLDS_STRING (value) ? g_value_dup_string (value) : NULL;
}

static char *
create_conversation (Fixture *self)
{
  g_autoptr (LiaAddress) address = lia_address_new ("Ann Lee", "ann@example.com");

  return await_string (lia_client_create_conversation (self->client, address, "Invoice 1042"));
}

static DexFuture *
add_note (Fixture    *self,
          const char *conversation,
          const char *body)
{
  g_autoptr (LiaDraft) note = lia_draft_new ();

  note->body = g_strdup (body);

  return lia_client_add_note (self->client, conversation, note);
}

static gboolean
has_note (LiaTimelineModel *timeline,
          const char       *text)
{
  guint n_found = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (timeline)); i++)
    {
      g_autoptr (LiaEntry) entry = g_list_model_get_item (G_LIST_MODEL (timeline), i);

      n_found += entry->kind == LIA_ENTRY_NOTE && g_strcmp0 (entry->text, text) == 0;
    }
  g_assert_cmpuint (n_found, <=, 1);

  return n_found == 1;
}

static gint64
get_total (Fixture    *self,
           const char *id)
{
  GListModel *views = lia_client_get_views (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (views); i++)
    {
      g_autoptr (LiaView) view = g_list_model_get_item (views, i);

      if (g_str_equal (view->id, id))
        return view->total;
    }

  return -1;
}

static void
test_work (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (LiaConversationList) list = lia_conversation_list_new (self->client, "all");
  g_autofree char *id = create_conversation (self);
  g_autofree char *note = NULL;
  g_autofree char *taken = NULL;
  g_autoptr (LiaTimelineModel) timeline = lia_timeline_model_new (self->client, id);

  wait_until (lia_conversation_list_find (list, id) != G_MAXUINT);
  wait_until (!lia_timeline_model_get_loading (timeline));
  g_assert_cmpstr (lia_timeline_model_get_conversation (timeline)->subject, ==, "Invoice 1042");

  note = await_string (add_note (self, id, "Call her back"));
  wait_until (has_note (timeline, "Call her back"));

  taken = await_string (lia_client_take (self->client, id));
  wait_until (g_strcmp0 (lia_timeline_model_get_conversation (timeline)->assignee, lia_client_get_me (self->client)->id) == 0);
  wait_until (get_total (self, "mine") == 1);
}

/* Killed in the middle of work: it comes back, and all that was asked for is there once */
static void
test_killed (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (LiaConversationList) list = lia_conversation_list_new (self->client, "all");
  g_autofree char *id = create_conversation (self);
  g_autoptr (LiaTimelineModel) timeline = lia_timeline_model_new (self->client, id);
  g_autofree char *tested = NULL;

  wait_until (!lia_timeline_model_get_loading (timeline));
  for (guint round = 0; round < 3; round++)
    {
      pid_t            pid = get_engine_pid ();
      g_autofree char *first = g_strdup_printf ("before %u", round);
      g_autofree char *second = g_strdup_printf ("while it is dead %u", round);
      g_autoptr (DexFuture) before = add_note (self, id, first);
      g_autofree char *entry = NULL;

      for (guint i = 0; i < round * 4; i++)
        g_main_context_iteration (NULL, FALSE);
      kill (pid, SIGKILL);
      entry = await_string (add_note (self, id, second));
      wait_until (dex_future_is_resolved (before));
      wait_until (has_note (timeline, first) && has_note (timeline, second));
      wait_until (lia_client_get_state (self->client) == LIA_CLIENT_LIVE);
    }
  wait_until (lia_conversation_list_find (list, id) != G_MAXUINT);
  g_assert_null (lia_engine_host_get_problem (self->host));
}

static void
test_problems (Fixture      *self,
               gconstpointer data)
{
  g_autoptr (DexFuture) note = add_note (self, "c_99999", "nowhere");
  g_autoptr (DexFuture) html = lia_client_get_html (self->client, "e_99999");
  g_autoptr (GError) error = NULL;

  wait_until (!dex_future_is_pending (note) && !dex_future_is_pending (html));
  g_assert_null (dex_future_get_value (note, &error));
  g_assert_error (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (dex_future_get_value (html, &error));
  g_assert_error (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND);
}

static void
test_blob (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("hello", 5);
  g_autoptr (DexFuture) upload = lia_client_upload (self->client, bytes, "Größe \"1\".txt", "text/plain");
  g_autoptr (DexFuture) download = NULL;
  LiaAttachment *attachment;

  wait_until (dex_future_is_resolved (upload));
  attachment = g_value_get_object (dex_future_get_value (upload, NULL));
  g_assert_cmpstr (attachment->name, ==, "Größe \"1\".txt");
  g_assert_cmpint (attachment->size_bytes, ==, 5);
  download = lia_client_get_blob (self->client, attachment->blob);
  wait_until (dex_future_is_resolved (download));
  g_assert_true (g_bytes_equal (g_value_get_boxed (dex_future_get_value (download, NULL)), bytes));
}

static void
test_search (Fixture      *self,
             gconstpointer data)
{
  g_autofree char *id = create_conversation (self);
  g_autofree char *note = await_string (add_note (self, id, "the zebra & the \"größte\" +%"));
  g_autoptr (DexFuture) page = lia_client_search (self->client, "zebra", NULL);
  g_autoptr (DexFuture) odd = lia_client_search (self->client, "größte & \"x +%", NULL);
  g_autoptr (LiaSearchHit) hit = NULL;
  LiaSearchPage *found;

  wait_until (dex_future_is_resolved (page) && dex_future_is_resolved (odd));
  found = g_value_get_object (dex_future_get_value (page, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (found->hits)), ==, 1);
  hit = g_list_model_get_item (G_LIST_MODEL (found->hits), 0);
  g_assert_cmpstr (hit->conversation->id, ==, id);
  g_assert_null (found->next);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  g_mkdir_with_parents (g_get_user_runtime_dir (), 0700);

#define ADD(name, function) g_test_add ("/client-engine/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("work", test_work);
  ADD ("killed", test_killed);
  ADD ("problems", test_problems);
  ADD ("blob", test_blob);
  ADD ("search", test_search);

  return g_test_run ();
}
