/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trackers and what goes there, as the client asks for it and reads it: what it sends is what a person decided, and no more. */

#include "fake-engine.h"
#include "lia-test-wait.h"
#include "lia-client-push.h"
#include "lia-client-trackers.h"

#include <string.h>

#define TRACKER(name) "{\"tracker\":{\"id\":\"t_5\",\"ver\":2,\"kind\":\"redmine\",\"name\":\"" name "\",\"url\":\"https://redmine.example.org\",\"project\":\"shop\",\"state\":\"ready\"}}"
#define ISSUE "{\"id\":\"i_120\",\"tracker\":\"t_5\",\"key\":\"4711\",\"url\":\"https://redmine.example.org/issues/4711\",\"title\":\"Totals\",\"state\":\"New\"}"
#define PREVIEW                                                                                                                                                               \
  "{\"finding\":\"f_90\",\"tracker\":\"t_5\",\"title\":\"Wrong for [customer-1]\",\"source\":\"## What happens\",\"marker\":\"liaison-x\",\"keep\":[\"Berlin\"],\"hide\":[]," \
  "\"sent_title\":\"Wrong for customer\",\"sent_text\":\"It happens\",\"hash\":\"9f\",\"public\":false,"                                                                      \
  "\"redactions\":[{\"in\":\"title\",\"start\":10,\"end\":22,\"kind\":\"name\",\"placeholder\":\"[customer-1]\",\"words\":\"Ann Lee\"}]}"

typedef struct
{
  FakeEngine *engine;
  LiaClient  *client;
  const char *reply; /* the `d` of the next answer to a command; NULL: the usual one */
  const char *read;  /* what the next reading gives */
  GString    *asked; /* the paths, with a space behind each */
} Fixture;

static JsonObject *
parse (const char *text)
{
  return lia_json_parse (text, -1, LIA_JSON_MAX_BYTES, NULL);
}

static JsonObject *
read_cb (const char *path,
         GHashTable *query,
         gpointer    data)
{
  Fixture       *self = data;
  GHashTableIter iter;
  gpointer       name;
  gpointer       value;

  g_string_append (self->asked, path);
  if (query != NULL)
    {
      g_hash_table_iter_init (&iter, query);
      while (g_hash_table_iter_next (&iter, &name, &value))
        g_string_append_printf (self->asked, "?%s=%s", (char *)name, (char *)value);
    }
  g_string_append_c (self->asked, ' ');

  return self->read != NULL ? parse (self->read) : NULL;
}

static JsonObject *
command_cb (const char *kind,
            JsonObject *d,
            gpointer    data)
{
  Fixture *self = data;

  return self->reply != NULL ? parse (self->reply) : NULL;
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->asked = g_string_new (NULL);
  self->engine = fake_engine_new ();
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

/* (transfer full): @future, when it has an answer */
static DexFuture *
settle (DexFuture *future)
{
  wait_until (!dex_future_is_pending (future));

  return future;
}

static gpointer
object_of (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (settle (future), &error);

  g_assert_no_error (error);

  return g_value_get_object (value);
}

static void
assert_sent (Fixture    *self,
             const char *part)
{
  if (strstr (fake_engine_get_body (self->engine), part) == NULL)
    g_error ("%s is not in %s", part, fake_engine_get_body (self->engine));
}

static void
assert_not_sent (Fixture    *self,
                 const char *part)
{
  if (strstr (fake_engine_get_body (self->engine), part) != NULL)
    g_error ("%s is in %s", part, fake_engine_get_body (self->engine));
}

/* Trackers --------------------------------------------------------------------------------------------------------------------------------- */

static char *
name_of_first (Fixture *self)
{
  g_autoptr (LiaTrackerSetup) tracker = g_list_model_get_item (lia_client_get_trackers (self->client), 0);

  return g_strdup (tracker != NULL ? tracker->name : "");
}

static gboolean
is_first (Fixture    *self,
          const char *expected)
{
  g_autofree char *name = name_of_first (self);

  return g_str_equal (name, expected);
}

static void
test_list (Fixture      *self,
           gconstpointer data)
{
  g_assert_cmpuint (g_list_model_get_n_items (lia_client_get_trackers (self->client)), ==, 0);
  fake_engine_add_event (self->engine, "tracker.changed", NULL, parse (TRACKER ("Shop")));
  wait_until (is_first (self, "Shop"));
  fake_engine_add_event (self->engine, "tracker.changed", NULL, parse (TRACKER ("Web shop")));
  wait_until (is_first (self, "Web shop"));
  g_assert_cmpuint (g_list_model_get_n_items (lia_client_get_trackers (self->client)), ==, 1);
  fake_engine_add_event (self->engine, "tracker.removed", NULL, parse ("{\"tracker\":\"t_5\"}"));
  wait_until (g_list_model_get_n_items (lia_client_get_trackers (self->client)) == 0);
}

static LiaTrackerSetup *
new_tracker (const char *id)
{
  LiaTrackerSetup *tracker = lia_tracker_setup_new ();

  g_set_str (&tracker->id, id);
  g_set_str (&tracker->kind, "redmine");
  g_set_str (&tracker->url, "https://redmine.example.org");
  g_set_str (&tracker->project, "shop");
  g_set_str (&tracker->state, "ready");

  return tracker;
}

/* How it is is the engine's to say; a key that is not given is not touched. */
static void
test_set (Fixture      *self,
          gconstpointer data)
{
  g_autoptr (LiaTrackerSetup) fresh = new_tracker ("");
  g_autoptr (LiaTrackerSetup) known = new_tracker ("t_5");
  g_autoptr (DexFuture) first = NULL;
  g_autoptr (DexFuture) second = NULL;

  self->reply = "{\"tracker\":\"t_5\"}";
  first = settle (lia_client_set_tracker (self->client, fresh, "secret"));
  g_assert_cmpstr (g_value_get_string (dex_future_get_value (first, NULL)), ==, "t_5");
  assert_sent (self, "\"token\":\"secret\"");
  assert_not_sent (self, "\"tracker\":");
  assert_not_sent (self, "\"state\"");
  second = settle (lia_client_set_tracker (self->client, known, NULL));
  assert_sent (self, "\"tracker\":\"t_5\"");
  assert_not_sent (self, "\"token\"");
}

static void
test_trial (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (LiaTrackerSetup) tracker = new_tracker ("");
  g_autoptr (DexFuture) refused = NULL;
  g_autoptr (DexFuture) strange = NULL;
  g_autoptr (GError) error = NULL;
  LiaTrackerTrial *trial;

  self->reply = "{\"ok\":false,\"code\":\"auth\",\"detail\":\"The tracker does not know the key.\",\"login\":\"\",\"project\":\"\"}";
  refused = lia_client_test_tracker (self->client, tracker, "secret");
  trial = object_of (refused);
  g_assert_false (trial->ok);
  g_assert_cmpstr (trial->code, ==, "auth");
  g_assert_cmpstr (trial->detail, ==, "The tracker does not know the key.");

  self->reply = "{\"ok\":\"yes\"}";
  strange = settle (lia_client_test_tracker (self->client, tracker, "secret"));
  g_assert_null (dex_future_get_value (strange, &error));
  g_assert_nonnull (error);
}

/* Pushes ----------------------------------------------------------------------------------------------------------------------------------- */

/* What the engine makes of a decision is not sent back but for its hash. */
static void
test_preview_and_push (Fixture      *self,
                       gconstpointer data)
{
  g_autoptr (LiaPushPreview) wish = lia_push_preview_new ();
  g_autoptr (DexFuture) asked = NULL;
  g_autoptr (DexFuture) sent = NULL;
  LiaPushPreview *preview;

  g_set_str (&wish->finding, "f_90");
  g_set_str (&wish->tracker, "t_5");
  self->read = PREVIEW;
  asked = lia_client_preview_push (self->client, wish);
  preview = object_of (asked);
  g_assert_nonnull (strstr (self->asked->str, "/v1/findings/f_90/preview "));
  g_assert_cmpstr (preview->sent_text, ==, "It happens");
  g_assert_cmpuint (preview->redactions->len, ==, 1);
  g_assert_cmpstr (((LiaPushRedaction *)preview->redactions->pdata[0])->words, ==, "Ann Lee");

  self->reply = "{\"push\":\"p_118\"}";
  sent = settle (lia_client_push_finding (self->client, preview));
  g_assert_cmpstr (g_value_get_string (dex_future_get_value (sent, NULL)), ==, "p_118");
  assert_sent (self, "\"finding\":\"f_90\"");
  assert_sent (self, "\"hash\":\"9f\"");
  assert_sent (self, "\"keep\":[\"Berlin\"]");
  assert_not_sent (self, "Ann Lee");
  assert_not_sent (self, "sent_text");
}

static void
test_refused (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (LiaPushPreview) preview = lia_push_preview_new ();
  g_autoptr (DexFuture) future = NULL;
  g_autoptr (GError) error = NULL;

  fake_engine_refuse_next (self->engine, LIA_PROBLEM_VERSION_CONFLICT);
  future = settle (lia_client_push_finding (self->client, preview));
  g_assert_null (dex_future_get_value (future, &error));
  g_assert_error (error, LIA_PROBLEM, LIA_PROBLEM_VERSION_CONFLICT);
}

static void
test_commands (Fixture      *self,
               gconstpointer data)
{
  g_autoptr (DexFuture) retried = settle (lia_client_retry_push (self->client, "p_118"));
  g_autoptr (DexFuture) cancelled = settle (lia_client_cancel_push (self->client, "p_118"));
  g_autoptr (DexFuture) linked = NULL;
  g_autoptr (DexFuture) unlinked = NULL;
  g_autoptr (DexFuture) removed = NULL;

  self->reply = "{\"issue\":\"i_120\"}";
  linked = settle (lia_client_link_finding (self->client, "f_90", "t_5", "4711"));
  g_assert_cmpstr (g_value_get_string (dex_future_get_value (linked, NULL)), ==, "i_120");
  assert_sent (self, "\"issue\":\"4711\"");
  unlinked = settle (lia_client_unlink_finding (self->client, "f_90", "i_120"));
  removed = settle (lia_client_remove_tracker (self->client, "t_5"));
  g_assert_cmpstr (fake_engine_get_log (self->engine), ==, "push.retry push.cancel finding.link finding.unlink tracker.remove ");
}

/* Reading ---------------------------------------------------------------------------------------------------------------------------------- */

static void
test_reading (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (DexFuture) issues = NULL;
  g_autoptr (DexFuture) found = NULL;
  g_autoptr (LiaIssue) issue = NULL;
  LiaValuePage *page;

  self->read = "{\"rows\":[" ISSUE "]}";
  issues = lia_client_get_issues (self->client, "c_12", NULL);
  page = object_of (issues);
  issue = g_list_model_get_item (G_LIST_MODEL (page->values), 0);
  g_assert_cmpstr (issue->key, ==, "4711");
  g_assert_nonnull (strstr (self->asked->str, "/v1/issues?conversation=c_12 "));
  found = settle (lia_client_search_issues (self->client, "t_5", "50 % & more?"));
  g_assert_nonnull (strstr (self->asked->str, "/v1/trackers/t_5/issues?q=50 % & more? "));
}

#define ADD(name, func) g_test_add ("/client-push/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  ADD ("trackers", test_list);
  ADD ("set", test_set);
  ADD ("trial", test_trial);
  ADD ("preview-and-push", test_preview_and_push);
  ADD ("refused", test_refused);
  ADD ("commands", test_commands);
  ADD ("reading", test_reading);

  return g_test_run ();
}
