/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The client against an engine that fails on request: lost answers, dropped and dead connections, forgotten tokens and journals. What
 * counts is that afterwards the lists are equal to what the engine has, that nothing was done twice, and nobody was told twice.
 */

#include "fake-engine.h"
#include "lia-test-wait.h"
#include "lia-async.h"
#include "lia-client.h"
#include "lia-conversation-list.h"
#include "lia-timeline-model.h"

typedef struct
{
  FakeEngine *engine;
  LiaClient  *client;
  guint       entries_added;
} Fixture;

static void
on_entry_added_cb (LiaClient       *client,
                   LiaConversation *conversation,
                   LiaEntry        *entry,
                   Fixture         *self)
{
  g_assert_cmpstr (conversation->id, ==, entry->conv);
  self->entries_added++;
}

static void
add_rows (Fixture *self,
          guint    n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("c_%u", i + 1);
      g_autoptr (LiaConversation) row = fake_row (id, (gint64)i * 10, 1);

      fake_engine_put_row (self->engine, row);
    }
}

static void
add_entries (Fixture    *self,
             const char *conversation,
             guint       n)
{
  for (guint i = 0; i < n; i++)
    {
      gint64           seq = fake_engine_next_seq (self->engine);
      g_autofree char *id = g_strdup_printf ("e_%" G_GINT64_FORMAT, seq);
      g_autoptr (LiaEntry) entry = fake_entry (id, conversation, seq * 1000, seq);

      fake_engine_put_entry (self->engine, entry);
    }
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->engine = fake_engine_new ();
  add_rows (self, 5);
  self->client = lia_client_new (fake_engine_get_address (self->engine), NULL);
  g_signal_connect (self->client, "entry-added", G_CALLBACK (on_entry_added_cb), self);
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
}

static gboolean
shows_rows (Fixture             *self,
            LiaConversationList *list)
{
  GPtrArray *rows = fake_engine_get_rows (self->engine);
  guint      n = g_list_model_get_n_items (G_LIST_MODEL (list));

  if (lia_conversation_list_get_total (list) != rows->len || n != rows->len)
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LiaConversation) row = g_list_model_get_item (G_LIST_MODEL (list), i);
      const LiaConversation *truth = rows->pdata[i];

      if (!g_str_equal (row->id, truth->id) || row->ver != truth->ver || row->sort != truth->sort)
        return FALSE;
    }

  return TRUE;
}

/* As a list widget does that was scrolled to the end */
static gboolean
shows_rows_to_the_end (Fixture             *self,
                       LiaConversationList *list)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
  g_autoptr (GObject) last = n > 0 ? g_list_model_get_item (G_LIST_MODEL (list), n - 1) : NULL;

  return shows_rows (self, list);
}

static gboolean
shows_entries (Fixture          *self,
               LiaTimelineModel *timeline)
{
  GPtrArray *entries = fake_engine_get_entries (self->engine);
  guint      n = g_list_model_get_n_items (G_LIST_MODEL (timeline));

  if (n != entries->len)
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LiaEntry) entry = g_list_model_get_item (G_LIST_MODEL (timeline), i);
      const LiaEntry *truth = entries->pdata[i];

      if (!g_str_equal (entry->id, truth->id) || entry->at_ms != truth->at_ms || g_strcmp0 (entry->text, truth->text) != 0)
        return FALSE;
    }

  return TRUE;
}

static void
test_start (Fixture      *self,
            gconstpointer data)
{
  g_auto (GStrv) watched = fake_engine_dup_watched (self->engine);
  g_autoptr (LiaView) view = g_list_model_get_item (lia_client_get_views (self->client), 0);
  g_autofree char *signature = NULL;
  int              undo_send_s;
  gboolean         stale;

  g_object_get (self->client, "signature", &signature, "undo-send-s", &undo_send_s, "stale", &stale, NULL);
  g_assert_cmpstr (lia_client_get_me (self->client)->name, ==, "Ann");
  g_assert_cmpuint (g_list_model_get_n_items (lia_client_get_agents (self->client)), ==, 2);
  g_assert_cmpstr (view->id, ==, "mine");
  g_assert_cmpint (view->total, ==, 5);
  g_assert_cmpstrv (watched, ((const char *[]){ "mine", NULL }));
  g_assert_cmpstr (signature, ==, "Ann");
  g_assert_cmpint (undo_send_s, ==, 10);
  g_assert_false (stale);
}

static void
test_rows (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (LiaConversationList) list = lia_conversation_list_new (self->client, "mine");
  g_autoptr (LiaConversation) moved = fake_row ("c_2", 99, 2);
  g_autoptr (LiaConversation) added = fake_row ("c_77", -5, 1);

  g_assert_true (lia_conversation_list_get_loading (list));
  wait_until (shows_rows (self, list));
  g_assert_false (lia_conversation_list_get_loading (list));

  fake_engine_put_row (self->engine, moved);
  fake_engine_put_row (self->engine, added);
  fake_engine_remove_row (self->engine, "c_4");
  wait_until (shows_rows (self, list));
  g_assert_cmpuint (lia_conversation_list_find (list, "c_77"), ==, 0);
  g_assert_cmpuint (lia_conversation_list_find (list, "c_4"), ==, G_MAXUINT);
}

static void
count_changes_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  guint      *n)
{
  (*n)++;
}

/* A burst is few changes, one in 16 ms at most however long it takes, and one row is one row */
static void
test_burst (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (LiaConversationList) list = lia_conversation_list_new (self->client, "mine");
  guint  n_changes = 0;
  gint64 began_us;
  guint  ticks;

  wait_until (shows_rows (self, list));
  g_signal_connect (list, "items-changed", G_CALLBACK (count_changes_cb), &n_changes);
  began_us = g_get_monotonic_time ();
  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (LiaConversation) row = fake_row ("c_3", 20, 2 + i);

      fake_engine_put_row (self->engine, row);
    }
  wait_until (shows_rows (self, list));
  ticks = (guint)((g_get_monotonic_time () - began_us) / 16000) + 2;
  g_test_message ("500 changes in %u signals, %u ticks", n_changes, ticks);
  g_assert_cmpuint (n_changes, <=, ticks);
  g_assert_cmpuint (n_changes, <, 250);
}

static void
test_pages (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (LiaConversationList) list = NULL;
  g_autoptr (LiaConversation) far = NULL;

  add_rows (self, 170);
  list = lia_conversation_list_new (self->client, "mine");
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (list)) == 50);
  g_assert_cmpuint (lia_conversation_list_get_total (list), ==, 170);

  /* Behind what was read: only counted */
  far = fake_row ("c_500", 1695, 1);
  fake_engine_put_row (self->engine, far);
  wait_until (lia_conversation_list_get_total (list) == 171);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 50);

  wait_until (shows_rows_to_the_end (self, list));
}

/* The first reading is refused; the connection stays, so nobody tells the models to read again. */
static void
test_reading_again (Fixture      *self,
                    gconstpointer data)
{
  g_autoptr (LiaConversationList) list = NULL;
  g_autoptr (LiaTimelineModel) timeline = NULL;
  g_autofree char *problem = NULL;

  add_entries (self, "c_1", 3);
  fake_engine_refuse_next (self->engine, LIA_PROBLEM_INTERNAL);
  list = lia_conversation_list_new (self->client, "mine");
  wait_until (!lia_conversation_list_get_loading (list));
  g_object_get (list, "problem", &problem, NULL);
  g_assert_nonnull (problem);
  wait_until (shows_rows (self, list));
  g_clear_pointer (&problem, g_free);
  g_object_get (list, "problem", &problem, NULL);
  g_assert_null (problem);

  fake_engine_refuse_next (self->engine, LIA_PROBLEM_INTERNAL);
  timeline = lia_timeline_model_new (self->client, "c_1");
  wait_until (shows_entries (self, timeline));
}

static void
test_timeline (Fixture      *self,
               gconstpointer data)
{
  g_autoptr (LiaTimelineModel) timeline = NULL;
  g_autoptr (LiaEntry) changed = NULL;
  LiaEntry *first;

  add_entries (self, "c_1", 180);
  timeline = lia_timeline_model_new (self->client, "c_1");
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (timeline)) == 50);
  g_assert_true (lia_timeline_model_get_has_older (timeline));
  g_assert_cmpstr (lia_timeline_model_get_conversation (timeline)->id, ==, "c_1");
  g_assert_cmpint (lia_timeline_model_get_last_seq (timeline), ==, fake_engine_next_seq (self->engine) - 1);

  add_entries (self, "c_1", 3);
  add_entries (self, "c_2", 1); /* another's */
  g_ptr_array_set_size (fake_engine_get_entries (self->engine), 183);
  first = fake_engine_get_entries (self->engine)->pdata[182];
  changed = fake_entry (first->id, "c_1", first->at_ms, first->seq);
  g_set_str (&changed->text, "changed");
  fake_engine_put_entry (self->engine, changed);

  while (!shows_entries (self, timeline))
    {
      lia_timeline_model_load_older (timeline);
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_false (lia_timeline_model_get_has_older (timeline));
  wait_until (self->entries_added == 184);
}

/* An entry that is too long for the stream is only named there */
static void
test_large_entry (Fixture      *self,
                  gconstpointer data)
{
  g_autoptr (LiaTimelineModel) timeline = lia_timeline_model_new (self->client, "c_1");
  g_autoptr (LiaEntry) entry = fake_entry ("e_999", "c_1", 5000, 101);
  JsonObject *d = json_object_new ();

  wait_until (!lia_timeline_model_get_loading (timeline));
  g_ptr_array_add (fake_engine_get_entries (self->engine), g_object_ref (entry));
  json_object_set_null_member (d, "entry");
  json_object_set_string_member (d, "large", "e_999");
  fake_engine_add_event (self->engine, "entry.added", "c_1", d);
  wait_until (shows_entries (self, timeline));
}

static DexFuture *
add_note (LiaClient  *client,
          const char *conversation,
          const char *body)
{
  g_autoptr (LiaDraft) note = lia_draft_new ();

  note->body = g_strdup (body);

  return lia_client_add_note (client, conversation, note);
}

/* What a fiber of the app would do */
static DexFuture *
note_fiber (gpointer data)
{
  return add_note (data, "c_1", "hello");
}

static void
test_lost_answer (Fixture      *self,
                  gconstpointer data)
{
  g_autoptr (DexFuture) note = NULL;

  fake_engine_lose_answers (self->engine, 2);
  note = lia_spawn (note_fiber, g_object_ref (self->client), g_object_unref);
  wait_until (!dex_future_is_pending (note));
  g_assert_true (dex_future_is_resolved (note));
  g_assert_cmpuint (fake_engine_count_attempts (self->engine), ==, 3);
  g_assert_cmpuint (fake_engine_count_commands (self->engine), ==, 1);
  wait_until (self->entries_added == 1);
}

/* What was given later is not carried out earlier, even when the first one has to be repeated; others need not wait */
static void
test_order (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (LiaDraft) draft = lia_draft_new ();
  g_autoptr (DexFuture) save = NULL;
  g_autoptr (DexFuture) send = NULL;
  g_autoptr (DexFuture) other = NULL;

  fake_engine_lose_answers (self->engine, 2);
  save = lia_client_save_draft (self->client, "c_1", draft);
  send = lia_client_send_message (self->client, "c_1", draft, 0, FALSE, "close");
  wait_until (fake_engine_count_attempts (self->engine) == 2);
  other = lia_client_take (self->client, "c_2");
  wait_until (dex_future_is_resolved (other));
  g_assert_true (dex_future_is_pending (send));
  wait_until (dex_future_is_resolved (send));
  g_assert_true (dex_future_is_resolved (save));
  g_assert_cmpstr (fake_engine_get_log (self->engine), ==, "draft.save draft.save conversation.take draft.save message.send ");
}

/* Nobody waits for it, and yet it is done */
static void
test_dropped_command (Fixture      *self,
                      gconstpointer data)
{
  DexFuture *note = add_note (self->client, "c_1", "hello");

  fake_engine_lose_answers (self->engine, 1);
  dex_unref (note);
  wait_until (fake_engine_count_attempts (self->engine) == 2);
  wait_until (self->entries_added == 1);
  g_assert_cmpuint (fake_engine_count_commands (self->engine), ==, 1);
}

static void
test_problem (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DexFuture) close = NULL;

  fake_engine_refuse_next (self->engine, LIA_PROBLEM_STALE_VIEW);
  close = lia_client_close_conversation (self->client, "c_1", 1, FALSE);
  wait_until (!dex_future_is_pending (close));
  g_assert_null (dex_future_get_value (close, &error));
  g_assert_error (error, LIA_PROBLEM, LIA_PROBLEM_STALE_VIEW);
  g_assert_cmpstr (error->message, ==, "refused: stale-view");
  g_assert_cmpuint (fake_engine_count_attempts (self->engine), ==, 1);
}

/* Dropping the future of a reading ends the request */
static void
test_cancel (Fixture      *self,
             gconstpointer data)
{
  DexFuture *customer;
  guint      before = fake_engine_count_requests (self->engine);

  fake_engine_set_delay (self->engine, 300);
  customer = lia_client_get_customer (self->client, "k_1");
  wait_until (fake_engine_count_requests (self->engine) > before);
  dex_unref (customer);
  wait_until (fake_engine_count_abandoned (self->engine) == 1);
}

/* A list that goes away while it is read takes its request with it */
static void
test_dispose_while_reading (Fixture      *self,
                            gconstpointer data)
{
  LiaConversationList *list;
  LiaTimelineModel    *timeline;
  guint                before = fake_engine_count_requests (self->engine);

  fake_engine_set_delay (self->engine, 300);
  list = lia_conversation_list_new (self->client, "mine");
  timeline = lia_timeline_model_new (self->client, "c_1");
  wait_until (fake_engine_count_requests (self->engine) == before + 2);
  g_assert_finalize_object (list);
  g_assert_finalize_object (timeline);
  wait_until (fake_engine_count_abandoned (self->engine) == 2);
}

/* The stream breaks, things happen, it comes back: nothing is lost, nobody is told twice */
static void
test_resume (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (LiaConversationList) list = lia_conversation_list_new (self->client, "mine");
  g_autoptr (LiaTimelineModel) timeline = lia_timeline_model_new (self->client, "c_1");
  guint n_told = 0;

  wait_until (shows_rows (self, list));
  for (guint round = 0; round < 5; round++)
    {
      g_autofree char *id = g_strdup_printf ("c_%u", 100 + round);
      g_autoptr (LiaConversation) row = fake_row (id, 5, 1);

      add_entries (self, "c_1", 2);
      fake_engine_drop_streams (self->engine);
      add_entries (self, "c_1", 2);
      fake_engine_put_row (self->engine, row);
      fake_engine_remove_row (self->engine, round == 0 ? "c_2" : "c_3");
      if (round > 0)
        {
          g_autoptr (LiaConversation) again = fake_row ("c_3", 20, 2 + round);

          fake_engine_put_row (self->engine, again);
        }
      n_told += 4;

      wait_until (shows_rows (self, list) && shows_entries (self, timeline));
      wait_until (lia_client_get_state (self->client) == LIA_CLIENT_LIVE);
    }

  g_assert_cmpuint (self->entries_added, ==, n_told);
  g_assert_cmpuint (fake_engine_count_resumes (self->engine), ==, 6);
}

/* The engine was restored from a backup: everything is read again, and what was shown stays meanwhile */
static void
test_resync (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (LiaConversationList) list = lia_conversation_list_new (self->client, "mine");
  g_autoptr (LiaTimelineModel) timeline = NULL;
  g_autoptr (LiaConversation) row = fake_row ("c_2", 99, 2);
  gboolean stale;

  add_entries (self, "c_1", 10);
  timeline = lia_timeline_model_new (self->client, "c_1");
  wait_until (shows_rows (self, list) && shows_entries (self, timeline));

  fake_engine_set_delay (self->engine, 100);
  fake_engine_drop_streams (self->engine);
  fake_engine_put_row (self->engine, row);
  g_ptr_array_remove_index (fake_engine_get_entries (self->engine), 3);
  fake_engine_forget_journal (self->engine);

  wait_until (lia_client_get_state (self->client) == LIA_CLIENT_RESYNCING);
  g_object_get (self->client, "stale", &stale, NULL);
  g_assert_true (stale);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 5);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, 10);

  wait_until (lia_client_get_state (self->client) == LIA_CLIENT_LIVE);
  g_assert_true (shows_rows (self, list));
  g_assert_true (shows_entries (self, timeline));

  add_entries (self, "c_1", 1);
  wait_until (shows_entries (self, timeline));
}

static void
test_new_token (Fixture      *self,
                gconstpointer data)
{
  g_autoptr (LiaConversationList) list = NULL;

  fake_engine_forget_tokens (self->engine);
  list = lia_conversation_list_new (self->client, "mine");
  wait_until (shows_rows (self, list));
  fake_engine_forget_tokens (self->engine);
  fake_engine_drop_streams (self->engine);
  wait_until (fake_engine_count_hellos (self->engine) == 2);
  wait_until (lia_client_get_state (self->client) == LIA_CLIENT_LIVE);
}

/* The peer is there but says nothing: given up after twice the ping's time */
static void
test_silence (Fixture      *self,
              gconstpointer data)
{
  fake_engine_set_mute (self->engine, TRUE);
  wait_until (lia_client_get_state (self->client) != LIA_CLIENT_LIVE);
  fake_engine_set_mute (self->engine, FALSE);
  wait_until (lia_client_get_state (self->client) == LIA_CLIENT_LIVE);
  g_assert_cmpuint (fake_engine_count_hellos (self->engine), >=, 2);
}

/* What nobody should send is survived, and what came before it is not lost */
static void
test_bad_frames (Fixture      *self,
                 gconstpointer data)
{
  static const char *const frames[] = {
    "{}{}",
    "[]",
    "{\"t\":5}",
    "{\"t\":\"view\",\"view\":5}",
    "{\"t\":\"ev\",\"seq\":\"x\"}",
    "{\"t\":\"welcome\"}",
    "{\"t\":\"view\",\"view\":\"mine\",\"rm\":[1]}",
    "{\"t\":\"evs\",\"evs\":[5]}",
    "\xff",
    "",
  };
  g_autoptr (LiaConversationList) list = lia_conversation_list_new (self->client, "mine");

  wait_until (shows_rows (self, list));
  fake_engine_send_frame (self->engine, "{\"t\":\"of-a-newer-engine\",\"x\":[1]}");
  fake_engine_send_frame (self->engine, "{\"t\":\"ev\",\"seq\":1,\"k\":\"of-a-newer-engine\",\"d\":{\"entry\":5}}");
  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autofree char *id = g_strdup_printf ("c_%u", 200 + i);
      g_autoptr (LiaConversation) row = fake_row (id, 7, 1);
      guint hellos = fake_engine_count_hellos (self->engine);

      if (!g_utf8_validate (frames[i], -1, NULL))
        continue;
      fake_engine_send_frame (self->engine, frames[i]);
      fake_engine_put_row (self->engine, row);
      wait_until (fake_engine_count_hellos (self->engine) > hellos);
      wait_until (shows_rows (self, list));
    }
}

static void
random_change (Fixture *self)
{
  g_autofree char *id = g_strdup_printf ("c_%d", g_test_rand_int_range (1, 120));
  LiaConversation *known = fake_engine_get_row (self->engine, id);
  int              dice = g_test_rand_int_range (0, 10);

  if (dice < 6)
    {
      g_autoptr (LiaConversation) row = fake_row (id, g_test_rand_int_range (0, 300), g_get_monotonic_time ());

      fake_engine_put_row (self->engine, row);
    }
  else if (dice < 8 && known != NULL && !g_str_equal (id, "c_1"))
    {
      fake_engine_remove_row (self->engine, id);
    }
  else
    {
      add_entries (self, "c_1", 1);
    }
}

/* Anything at any time; in the end both sides have the same */
static void
test_random (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (LiaConversationList) list = lia_conversation_list_new (self->client, "mine");
  g_autoptr (LiaTimelineModel) timeline = lia_timeline_model_new (self->client, "c_1");
  gint64 end_us = g_get_monotonic_time () + 3 * G_USEC_PER_SEC;

  while (g_get_monotonic_time () < end_us)
    {
      random_change (self);
      if (g_test_rand_int_range (0, 200) == 0)
        fake_engine_drop_streams (self->engine);
      if (g_test_rand_int_range (0, 1500) == 0)
        fake_engine_forget_journal (self->engine);
      if (g_test_rand_int_range (0, 50) == 0)
        fake_engine_set_delay (self->engine, (guint)g_test_rand_int_range (0, 30));
      for (int i = g_test_rand_int_range (0, 8); i > 0; i--)
        g_main_context_iteration (NULL, FALSE);
      g_usleep (300);
    }

  wait_until (lia_client_get_state (self->client) == LIA_CLIENT_LIVE);
  wait_until (shows_rows_to_the_end (self, list));
  while (!shows_entries (self, timeline))
    {
      lia_timeline_model_load_older (timeline);
      g_main_context_iteration (NULL, TRUE);
    }
}

static DexFuture *
deadline_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;

  dex_await (lia_with_timeout (dex_future_new_infinite (), 10), &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);

  return dex_future_new_true ();
}

static void
test_deadline (Fixture      *self,
               gconstpointer data)
{
  g_autoptr (DexFuture) deadline = lia_spawn (deadline_fiber, NULL, NULL);

  wait_until (dex_future_is_resolved (deadline));
}

static void
test_stop_and_start (Fixture      *self,
                     gconstpointer data)
{
  gboolean stale;

  lia_client_stop (self->client);
  wait_until (lia_client_get_state (self->client) == LIA_CLIENT_OFFLINE);
  g_object_get (self->client, "stale", &stale, NULL);
  g_assert_true (stale);

  add_entries (self, "c_1", 2);
  lia_client_start (self->client);
  wait_until (lia_client_get_state (self->client) == LIA_CLIENT_LIVE);
  wait_until (self->entries_added == 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

#define ADD(name, function) g_test_add ("/client/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("start", test_start);
  ADD ("rows", test_rows);
  ADD ("burst", test_burst);
  ADD ("pages", test_pages);
  ADD ("reading-again", test_reading_again);
  ADD ("timeline", test_timeline);
  ADD ("large-entry", test_large_entry);
  ADD ("lost-answer", test_lost_answer);
  ADD ("order", test_order);
  ADD ("dropped-command", test_dropped_command);
  ADD ("problem", test_problem);
  ADD ("cancel", test_cancel);
  ADD ("dispose-while-reading", test_dispose_while_reading);
  ADD ("resume", test_resume);
  ADD ("resync", test_resync);
  ADD ("new-token", test_new_token);
  ADD ("silence", test_silence);
  ADD ("bad-frames", test_bad_frames);
  ADD ("random", test_random);
  ADD ("deadline", test_deadline);
  ADD ("stop-and-start", test_stop_and_start);

  return g_test_run ();
}
