/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-client.h"
#include "fake-responses.h"

#include "lia-composer-private.h"
#include "lia-icons.h"
#include "lia-queue.h"

#include <glib/gstdio.h>
#include <string.h>

/* The composer in a window, with a client that only remembers what was asked of it. */

typedef struct
{
  GtkWindow        *window;
  LiaComposer      *composer;
  LiaClient        *client;
  LiaTimelineModel *model;
  char             *toast;
  char             *sent;
  char             *look;
} Fixture;

static void
run_for (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < end)
    {
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
  while (g_main_context_iteration (NULL, FALSE)) /* what a busy machine has not come to */
    ;
}

static GtkWidget *
find_text (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_TEXT (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL; child = gtk_widget_get_next_sibling (child))
    found = find_text (child);

  return found;
}

static void
on_toast_cb (Fixture    *fixture,
             const char *text)
{
  g_set_str (&fixture->toast, text);
}

static void
on_sent_cb (Fixture    *fixture,
            const char *outbox,
            int         undo_s)
{
  g_free (fixture->sent);
  fixture->sent = g_strdup_printf ("%s %d", outbox, undo_s);
}

static void
on_look_cb (Fixture  *fixture,
            LiaEntry *entry)
{
  g_set_str (&fixture->look, entry->id);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->client = fake_client_new ();
  fixture->model = fake_timeline_new ("c_1", NULL);
  fake_timeline_add (fixture->model, "ann@example.com", "The gear is broken.");
  fixture->composer = LIA_COMPOSER (lia_composer_new ());
  g_object_set (fixture->composer, "client", fixture->client, "model", fixture->model, NULL);
  g_signal_connect_swapped (fixture->composer, "toast", G_CALLBACK (on_toast_cb), fixture);
  g_signal_connect_swapped (fixture->composer, "sent", G_CALLBACK (on_sent_cb), fixture);
  g_signal_connect_swapped (fixture->composer, "look", G_CALLBACK (on_look_cb), fixture);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (fixture->window, 560, 640);
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->composer));
  gtk_window_present (fixture->window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  run_for (50);
  g_object_add_weak_pointer (G_OBJECT (fixture->client), (gpointer *)&fixture->client);
  g_object_unref (fixture->model);
  g_object_unref (fixture->client);
  g_assert_null (fixture->client);
  g_free (fixture->toast);
  g_free (fixture->sent);
  g_free (fixture->look);
}

static void
type (Fixture    *fixture,
      const char *text)
{
  gtk_text_buffer_insert_at_cursor (GTK_TEXT_BUFFER (fixture->composer->body_buffer), text, -1);
}

/* As a key does: what is selected goes */
static void
type_over (Fixture    *fixture,
           const char *text)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (fixture->composer->body_buffer);

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_interactive_at_cursor (buffer, text, -1, TRUE);
  gtk_text_buffer_end_user_action (buffer);
}

static void
act (Fixture    *fixture,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->composer), action, NULL));
  run_for (30);
  while (fixture->composer->sending_conversation != NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* A slow machine gets time, what is wrong is seen at once. */
static void
assert_taken (Fixture *fixture,
              char *(*take) (LiaClient *client),
              const char *expected)
{
  g_autoptr (GString) log = g_string_new (NULL);

  for (guint tries = 0; tries < 200; tries++)
    {
      g_autofree char *more = take (fixture->client);

      g_string_append (log, more);
      if (log->len >= strlen (expected))
        break;
      run_for (10);
    }

  g_assert_cmpstr (log->str, ==, expected);
}

static void
assert_log (Fixture    *fixture,
            const char *expected)
{
  assert_taken (fixture, fake_client_take_log, expected);
}

static void
assert_drafts (Fixture    *fixture,
               const char *expected)
{
  assert_taken (fixture, fake_client_take_drafts, expected);
}

static void
assert_body (Fixture    *fixture,
             const char *expected)
{
  g_autofree char *body = lia_composer_dup_body (fixture->composer);

  g_assert_cmpstr (body, ==, expected);
}

static void
test_reply (Fixture      *fixture,
            gconstpointer data)
{
  g_autofree char *log = NULL;

  act (fixture, "composer.reply-all");
  type (fixture, "We send a new one.");
  act (fixture, "composer.send");
  log = fake_client_take_log (fixture->client);
  g_assert_true (g_str_has_prefix (log, "send c_1 all to=ann@example.com cc=bob@example.com subject=Re: Broken gear files=0 seen=1 force=0 then=pending "
                                        "body=We send a new one.\n\n-- \nSupport team\n\nOn "));
  g_assert_true (g_str_has_suffix (log, "Ann Lee wrote:\n> The gear is broken.\n"));
  g_assert_cmpstr (fixture->sent, ==, "o_1 10");
  g_assert_false (fixture->composer->open);
}

static void
test_note_never_goes_out (Fixture      *fixture,
                          gconstpointer data)
{
  act (fixture, "composer.reply");
  type (fixture, "He is angry.");
  act (fixture, "composer.note");
  g_assert_false (gtk_widget_get_visible (fixture->composer->send_button));
  g_assert_false (gtk_widget_get_visible (fixture->composer->headers));
  g_assert_true (gtk_widget_get_visible (fixture->composer->note_button));
  act (fixture, "composer.send");
  assert_log (fixture, "note c_1 files=0 body=He is angry.\n");
  g_assert_null (fixture->sent);
}

static void
test_obstacles (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (GPtrArray) wrong = lia_address_parse_list ("Ann Lee <ann@example>, nobody");
  g_autofree char *log = NULL;

  act (fixture, "composer.reply");
  act (fixture, "composer.send");
  g_assert_cmpstr (gtk_label_get_label (fixture->composer->hint_label), ==, "Write something first.");
  type (fixture, "Hello");
  lia_address_entry_set_addresses (fixture->composer->to_entry, wrong);
  act (fixture, "composer.send");
  g_assert_cmpstr (gtk_label_get_label (fixture->composer->hint_label), ==, "“nobody” is not a valid address. Correct or remove it.");
  lia_address_entry_set_addresses (fixture->composer->to_entry, NULL);
  act (fixture, "composer.send");
  g_assert_cmpstr (gtk_label_get_label (fixture->composer->hint_label), ==, "Add somebody to send it to.");
  log = fake_client_take_log (fixture->client);
  g_assert_cmpstr (log, ==, "");
}

static void
test_draft_is_kept (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (LiaTimelineModel) other = fake_timeline_new ("c_2", NULL);

  act (fixture, "composer.reply");
  type (fixture, "Dear");
  run_for (1500); /* twice what it may take */
  assert_drafts (fixture, "draft c_1 body=Dear\n");

  /* Not reachable: kept, shown again, saved when it is back */
  fake_client_set_offline (fixture->client, TRUE);
  type (fixture, " Ann");
  g_object_set (fixture->composer, "model", other, NULL);
  run_for (30);
  assert_drafts (fixture, "draft c_1 body=Dear Ann\n");
  assert_body (fixture, "");
  g_object_set (fixture->composer, "model", fixture->model, NULL);
  assert_body (fixture, "Dear Ann");
  g_assert_true (fixture->composer->open);
  fake_client_set_offline (fixture->client, FALSE);
  run_for (30);
  assert_drafts (fixture, "draft c_1 body=Dear Ann\n");

  act (fixture, "composer.discard");
  assert_drafts (fixture, "draft c_1 body=(none)\n");
  act (fixture, "composer.restore-discarded");
  assert_body (fixture, "Dear Ann");
}

static void
test_stale_view (Fixture      *fixture,
                 gconstpointer data)
{
  g_autofree char *log = NULL;

  act (fixture, "composer.reply");
  fake_timeline_add (fixture->model, "ann@example.com", "Hello?"); /* nothing written yet: no matter */
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->composer->notice)));
  type (fixture, "We send a new one.");
  fake_timeline_add (fixture->model, "ann@example.com", "It works again!");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->composer->notice)));
  fake_client_refuse (fixture->client, LIA_PROBLEM_STALE_VIEW);
  act (fixture, "composer.send");
  g_assert_null (fixture->sent);
  assert_body (fixture, "We send a new one.");
  g_free (fake_client_take_log (fixture->client));

  act (fixture, "composer.look");
  g_assert_cmpstr (fixture->look, ==, "e_3");
  act (fixture, "composer.send-and-close");
  log = fake_client_take_log (fixture->client);
  g_assert_nonnull (strstr (log, "seen=3 force=0 then=close"));
  g_assert_cmpstr (fixture->sent, ==, "o_1 10");
}

static void
test_send_anyway (Fixture      *fixture,
                  gconstpointer data)
{
  g_autofree char *log = NULL;

  act (fixture, "composer.reply");
  type (fixture, "Yes");
  fake_client_refuse (fixture->client, LIA_PROBLEM_STALE_VIEW);
  act (fixture, "composer.send");
  g_free (fake_client_take_log (fixture->client));
  act (fixture, "composer.send-anyway");
  log = fake_client_take_log (fixture->client);
  g_assert_nonnull (strstr (log, "force=1"));
}

static void
test_no_failure_loses_text (Fixture      *fixture,
                            gconstpointer data)
{
  static const LiaProblem problems[] = { LIA_PROBLEM_CHANNEL_DOWN, LIA_PROBLEM_STORE_FULL, LIA_PROBLEM_TOO_LARGE,
                                         LIA_PROBLEM_VALIDATION, LIA_PROBLEM_NOT_FOUND, LIA_PROBLEM_INTERNAL };

  act (fixture, "composer.reply");
  type (fixture, "Yes");

  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    {
      fake_client_refuse (fixture->client, problems[i]);
      act (fixture, "composer.send");
      g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->composer->notice)));
      g_assert_true (gtk_widget_is_sensitive (fixture->composer->editor));
      assert_body (fixture, "Yes");
    }

  fake_client_set_offline (fixture->client, TRUE);
  act (fixture, "composer.send");
  assert_body (fixture, "Yes");
  g_assert_null (fixture->sent);
}

/* Sends, and gives the key that it went with. */
static char *
send_with (Fixture    *fixture,
           const char *action)
{
  act (fixture, action);

  return g_strdup (fake_client_get_last_key (fixture->client));
}

static void
test_lost_answer (Fixture      *fixture,
                  gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *next = NULL;
  g_autofree char *first_log = NULL;
  g_autofree char *again_log = NULL;

  act (fixture, "composer.reply");
  type (fixture, "Yes");
  fake_client_set_offline (fixture->client, TRUE);
  first = send_with (fixture, "composer.send");
  first_log = fake_client_take_log (fixture->client);
  assert_body (fixture, "Yes");

  fake_client_set_offline (fixture->client, FALSE);
  again = send_with (fixture, "composer.send");
  again_log = fake_client_take_log (fixture->client);
  g_assert_cmpstr (again, ==, first);
  g_assert_cmpstr (again_log, ==, first_log);
  g_assert_cmpstr (fixture->sent, ==, "o_1 10");

  act (fixture, "composer.reply");
  type (fixture, "Yes");
  next = send_with (fixture, "composer.send");
  g_assert_cmpstr (next, !=, first);
}

/* The app dies with the answer: the next one finds the draft, and it is the same message. */
static void
test_lost_answer_crash (Fixture      *fixture,
                        gconstpointer data)
{
  LiaComposer     *next = NULL;
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *first_log = NULL;
  g_autofree char *again_log = NULL;
  g_autoptr (LiaTimelineModel) model = NULL;

  act (fixture, "composer.reply");
  type (fixture, "Yes");
  fake_client_refuse (fixture->client, LIA_PROBLEM_INTERNAL);
  first = send_with (fixture, "composer.send");
  first_log = fake_client_take_log (fixture->client);
  while (fixture->composer->saving != NULL)
    g_main_context_iteration (NULL, TRUE);

  model = fake_timeline_new ("c_1", fake_client_get_saved (fixture->client));
  fake_timeline_add (model, "ann@example.com", "The gear is broken.");
  next = LIA_COMPOSER (lia_composer_new ());
  gtk_window_set_child (fixture->window, GTK_WIDGET (next));
  fixture->composer = next;
  g_object_set (next, "client", fixture->client, "model", model, NULL);
  assert_body (fixture, "Yes");
  again = send_with (fixture, "composer.send");
  again_log = fake_client_take_log (fixture->client);
  g_assert_cmpstr (again, ==, first);
  g_assert_cmpstr (again_log, ==, first_log);
}

static void
test_lost_answer_changed (Fixture      *fixture,
                          gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *wanted = NULL;

  act (fixture, "composer.reply");
  type (fixture, "Yes");
  fake_client_set_offline (fixture->client, TRUE);
  first = send_with (fixture, "composer.send");
  type (fixture, ", please");
  fake_client_set_offline (fixture->client, FALSE);
  run_for (30);

  fake_client_refuse (fixture->client, LIA_PROBLEM_IDEMPOTENCY_KEY_REUSED); /* the first did arrive */
  again = send_with (fixture, "composer.send");
  g_assert_cmpstr (again, ==, first);
  g_assert_null (fixture->sent);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->composer->notice)));
  assert_body (fixture, "Yes, please");

  wanted = send_with (fixture, "composer.send");
  g_assert_cmpstr (wanted, !=, first);
  g_assert_cmpstr (fixture->sent, ==, "o_1 10");
}

static void
test_lost_answer_note (Fixture      *fixture,
                       gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;

  act (fixture, "composer.note");
  type (fixture, "Call her");
  fake_client_set_offline (fixture->client, TRUE);
  first = send_with (fixture, "composer.send");
  fake_client_set_offline (fixture->client, FALSE);
  run_for (30);
  again = send_with (fixture, "composer.send");
  g_assert_cmpstr (again, ==, first);
  assert_body (fixture, "");
}

static void
test_narrow (Fixture      *fixture,
             gconstpointer data)
{
  AdwToggle *all = adw_toggle_group_get_toggle_by_name (fixture->composer->kind_group, "all");

  act (fixture, "composer.reply");
  g_assert_null (adw_toggle_get_child (all));
  gtk_window_set_default_size (fixture->window, 400, 640);
  while (adw_toggle_get_child (all) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (GTK_IS_IMAGE (adw_toggle_get_child (all)));
  g_assert_cmpstr (adw_toggle_get_label (all), ==, "Reply All");
  gtk_window_set_default_size (fixture->window, 640, 640);
  while (adw_toggle_get_child (all) != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_undo_send (Fixture      *fixture,
                gconstpointer data)
{
  act (fixture, "composer.reply");
  type (fixture, "Too early");
  act (fixture, "composer.send");
  assert_body (fixture, "");
  act (fixture, "composer.reply");
  type (fixture, "Second thought");
  lia_composer_undo_send (fixture->composer, "o_1");
  run_for (30);
  g_assert_true (fixture->composer->open);
  assert_body (fixture, "Too early\n\nSecond thought");
}

static void
test_attachments (Fixture      *fixture,
                  gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "lia-large.bin", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("PNG", 3);
  g_autoptr (GPtrArray) attachments = NULL;
  g_autofree char *log = NULL;
  g_autofree char *large = g_malloc0 (25 * 1024 * 1024 + 1);

  g_assert_true (g_file_set_contents (path, large, 25 * 1024 * 1024 + 1, NULL));
  act (fixture, "composer.reply");
  lia_attachment_bar_add_bytes (fixture->composer->attachment_bar, bytes, "Picture.png", "image/png");
  lia_attachment_bar_add_file (fixture->composer->attachment_bar, file);
  for (guint tries = 0; tries < 3000 && strstr (gtk_label_get_label (fixture->composer->hint_label), "too large") == NULL; tries++)
    run_for (20);
  attachments = lia_attachment_bar_dup_attachments (fixture->composer->attachment_bar);
  g_assert_cmpuint (attachments->len, ==, 1);
  g_assert_nonnull (strstr (gtk_label_get_label (fixture->composer->hint_label), "too large"));
  act (fixture, "composer.send"); /* a picture says enough */
  log = fake_client_take_log (fixture->client);
  g_assert_nonnull (strstr (log, "files=1"));
  g_unlink (path);
}

static void
test_note_with_file (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("PNG", 3);

  act (fixture, "composer.note");
  g_assert_true (gtk_widget_get_visible (fixture->composer->attach_button));
  lia_attachment_bar_add_bytes (fixture->composer->attachment_bar, bytes, "Picture.png", "image/png");
  run_for (50);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->composer->attachment_bar)));
  act (fixture, "composer.send"); /* needs no words */
  assert_log (fixture, "note c_1 files=1 body=\n");
  g_assert_null (fixture->sent);
}

/* The text of "order" has two fields, a farewell, a file, a subject and two actions. */
static LiaCanned *
add_response (Fixture *fixture)
{
  LiaCanned     *canned = fake_responses_add (fixture->client, "order", "Order status", "en",
                                              "{{greeting}}Hello,{{end}}Order {{ask \"Number\"}} is {{choose \"State\": on its way / lost}}.");
  LiaAttachment *file = lia_attachment_new ();

  g_set_str (&file->blob, "b_1");
  g_set_str (&file->name, "terms.pdf");
  g_ptr_array_add (canned->attachments, file);
  g_ptr_array_add (canned->actions, lia_canned_action_new ("tag", "order"));
  g_ptr_array_add (canned->actions, lia_canned_action_new ("close", ""));

  return canned;
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GPtrArray) files = lia_attachment_bar_dup_attachments (fixture->composer->attachment_bar);

  return files->len;
}

static void
test_response_is_one_step (Fixture      *fixture,
                           gconstpointer data)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (fixture->composer->body_buffer);

  act (fixture, "composer.reply");
  lia_composer_insert_response (fixture->composer, add_response (fixture));
  assert_body (fixture, "Hello,\n\nOrder [Number] is [State].");
  g_assert_cmpuint (count_files (fixture), ==, 1);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->composer->action_bar)));
  gtk_text_buffer_undo (buffer);
  assert_body (fixture, "");
  g_assert_cmpuint (count_files (fixture), ==, 0);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->composer->action_bar)));
  gtk_text_buffer_redo (buffer);
  assert_body (fixture, "Hello,\n\nOrder [Number] is [State].");
  g_assert_cmpuint (count_files (fixture), ==, 1);
  act (fixture, "composer.send");
  assert_log (fixture, "");
}

/* A field that is empty, and a tag that was pasted, do not go out, and it is said which. */
static void
test_never_sent_with_braces (Fixture      *fixture,
                             gconstpointer data)
{
  act (fixture, "composer.reply");
  lia_composer_insert_response (fixture->composer, add_response (fixture));
  act (fixture, "composer.send");
  g_assert_cmpstr (gtk_label_get_label (fixture->composer->hint_label), ==, "Fill in “Number” first.");
  type_over (fixture, "7");
  act (fixture, "composer.send");
  g_assert_cmpstr (gtk_label_get_label (fixture->composer->hint_label), ==, "Fill in “State” first.");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->composer->field_bar)));
  act (fixture, "composer.note");
  act (fixture, "composer.send");
  g_assert_cmpstr (gtk_label_get_label (fixture->composer->hint_label), ==, "Fill in “State” first.");
  type_over (fixture, "lost");
  act (fixture, "composer.reply");
  type (fixture, " {{ customer.first_name }}");
  act (fixture, "composer.send");
  g_assert_cmpstr (gtk_label_get_label (fixture->composer->hint_label), ==, "“{{ customer.first_name }}” would go out just so. Replace it with what you mean.");
  assert_log (fixture, "");
}

static void
test_response_goes_out (Fixture      *fixture,
                        gconstpointer data)
{
  g_autoptr (GPtrArray) used = NULL;
  g_autofree char        *log = NULL;
  const LiaDraftResponse *one;

  act (fixture, "composer.reply");
  lia_composer_insert_response (fixture->composer, add_response (fixture));
  type_over (fixture, "7");
  lia_response_fields_select_next (fixture->composer->fields, FALSE);
  type_over (fixture, "lost");
  act (fixture, "composer.send");
  log = fake_client_take_log (fixture->client);
  g_assert_true (g_str_has_prefix (log, "send c_1 reply to=ann@example.com cc= subject=Re: Broken gear files=1 seen=1 force=0 then=close "
                                        "body=Hello,\n\nOrder 7 is lost.\n\n-- \nSupport team\n\nOn "));
  g_assert_true (g_str_has_suffix (log, "\ntags c_1 order\n"));
  used = g_ptr_array_ref (fake_client_get_sent (fixture->client)->responses);
  g_assert_cmpuint (used->len, ==, 1);
  one = used->pdata[0];
  g_assert_cmpstr (one->response, ==, "order");
  g_assert_cmpstr (one->text, ==, "Hello,\n\nOrder 7 is lost.");
  g_assert_false (one->edited);
}

static LiaCanned *
add_plain (Fixture    *fixture,
           const char *kind,
           const char *value)
{
  LiaCanned *canned = fake_responses_add (fixture->client, kind, "Plain", "en", "We look into it.");

  g_ptr_array_add (canned->actions, lia_canned_action_new (kind, value));

  return canned;
}

static void
add_queue (Fixture    *fixture,
           const char *id,
           const char *name)
{
  g_autoptr (LiaQueue) queue = lia_queue_new ();

  queue->id = g_strdup (id);
  queue->name = g_strdup (name);
  g_list_store_append (G_LIST_STORE (lia_client_get_queues (fixture->client)), queue);
}

static GtkToggleButton *
find_action (GtkWidget  *widget,
             const char *label)
{
  if (GTK_IS_TOGGLE_BUTTON (widget) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (widget)))), label) == 0)
    return GTK_TOGGLE_BUTTON (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkToggleButton *found = find_action (child, label);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_action_struck_out (Fixture      *fixture,
                        gconstpointer data)
{
  GtkWidget       *bar = GTK_WIDGET (fixture->composer->action_bar);
  GtkToggleButton *closes;
  g_autofree char *saved = NULL;
  g_autofree char *log = NULL;

  act (fixture, "composer.reply");
  lia_composer_insert_response (fixture->composer, add_response (fixture));
  type_over (fixture, "7");
  lia_response_fields_select_next (fixture->composer->fields, FALSE);
  type_over (fixture, "lost");

  closes = find_action (bar, "Closes the conversation");
  gtk_toggle_button_set_active (closes, FALSE);
  gtk_widget_activate_action (bar, "action-bar.undo", NULL);
  g_assert_true (gtk_toggle_button_get_active (closes));
  gtk_widget_activate_action (bar, "action-bar.undo", NULL);
  g_assert_true (gtk_toggle_button_get_active (closes));

  /* A draft knows it. */
  gtk_toggle_button_set_active (closes, FALSE);
  saved = lia_response_fields_save (fixture->composer->fields);
  lia_response_fields_restore (fixture->composer->fields, saved);
  g_assert_false (gtk_toggle_button_get_active (find_action (bar, "Closes the conversation")));

  act (fixture, "composer.send");
  log = fake_client_take_log (fixture->client);
  g_assert_nonnull (strstr (log, "then=pending"));
  g_assert_nonnull (strstr (log, "\ntags c_1 order\n"));
}

/* What goes with a message is taken back with it. */
static void
test_handed_on_and_back (Fixture      *fixture,
                         gconstpointer data)
{
  g_autofree char *log = NULL;
  g_autofree char *undone = NULL;

  add_queue (fixture, "q_2", "Billing");
  act (fixture, "composer.reply");
  lia_composer_insert_response (fixture->composer, add_plain (fixture, "assign", "billing"));
  lia_composer_insert_response (fixture->composer, add_plain (fixture, "snooze", "tomorrow 9:00"));
  act (fixture, "composer.send");
  log = fake_client_take_log (fixture->client);
  g_assert_true (g_str_has_suffix (log, "\nsnooze c_1\nmove c_1 q_2\n"));

  lia_composer_undo_send (fixture->composer, "o_1");
  run_for (50);
  undone = fake_client_take_log (fixture->client);
  g_assert_cmpstr (undone, ==, "cancel o_1\nassign c_1 (nobody)\nmove c_1 q_1\nreopen c_1\n");
  g_assert_nonnull (find_action (GTK_WIDGET (fixture->composer->action_bar), "Hands the conversation to billing"));
}

static void
test_handed_to_me (Fixture      *fixture,
                   gconstpointer data)
{
  g_autofree char *log = NULL;

  act (fixture, "composer.reply");
  lia_composer_insert_response (fixture->composer, add_plain (fixture, "assign", "me"));
  g_assert_nonnull (find_action (GTK_WIDGET (fixture->composer->action_bar), "Makes the conversation yours"));
  act (fixture, "composer.send");
  log = fake_client_take_log (fixture->client);
  g_assert_true (g_str_has_suffix (log, "\nassign c_1 a_1\n"));
}

/* What the customer wrote, without what they quote, is evidence of the issue; taken back with the message. */
static void
test_issue_linked_and_back (Fixture      *fixture,
                            gconstpointer data)
{
  LiaEntry        *entry = fake_timeline_add (fixture->model, "ann@example.com", "The gear is broken.\n> We wrote this");
  LiaFold          fold = { strlen ("The gear is broken.\n"), strlen (entry->text), LIA_FOLD_QUOTE };
  g_autofree char *log = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *linked = g_strdup_printf ("link https://t.example/issues/7 c_1 %s: The gear is broken.\n", entry->id);

  entry->author_kind = LIA_AUTHOR_CUSTOMER;
  g_clear_pointer (&entry->folds, g_array_unref);
  entry->folds = g_array_new (FALSE, FALSE, sizeof (LiaFold));
  g_array_append_val (entry->folds, fold);
  act (fixture, "composer.reply");
  lia_composer_insert_response (fixture->composer, add_plain (fixture, "issue", "https://t.example/issues/7"));
  g_assert_nonnull (find_action (GTK_WIDGET (fixture->composer->action_bar), "Counts the customer for the issue https://t.example/issues/7"));
  act (fixture, "composer.send");
  log = fake_client_take_log (fixture->client);
  g_assert_true (g_str_has_suffix (log, linked));

  lia_composer_undo_send (fixture->composer, "o_1");
  run_for (50);
  undone = fake_client_take_log (fixture->client);
  g_assert_cmpstr (undone, ==, "cancel o_1\nuncapture e_95\n");
}

/* What cannot be done is said before, not after. */
static void
test_impossible_actions (Fixture      *fixture,
                         gconstpointer data)
{
  GtkToggleButton *issue;

  act (fixture, "composer.reply");
  lia_composer_insert_response (fixture->composer, add_plain (fixture, "assign", "Nobody"));
  act (fixture, "composer.send");
  g_assert_cmpstr (gtk_label_get_label (fixture->composer->hint_label), ==,
                   "There is no agent and no queue “Nobody” to hand this to. Strike that out below to send without it.");
  gtk_toggle_button_set_active (find_action (GTK_WIDGET (fixture->composer->action_bar), "Hands the conversation to Nobody"), FALSE);

  lia_composer_insert_response (fixture->composer, add_plain (fixture, "snooze", "for long"));
  act (fixture, "composer.send");
  g_assert_cmpstr (gtk_label_get_label (fixture->composer->hint_label), ==,
                   "“for long” is no time to snooze until. Strike that out below to send without it.");
  gtk_toggle_button_set_active (find_action (GTK_WIDGET (fixture->composer->action_bar), "Snoozes until “for long”, which is no time"), FALSE);

  lia_composer_insert_response (fixture->composer, add_plain (fixture, "issue", ""));
  issue = find_action (GTK_WIDGET (fixture->composer->action_bar), "Links no issue: none is named");
  g_assert_nonnull (issue);
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (issue)));
  assert_log (fixture, "");
  act (fixture, "composer.send");
  g_assert_nonnull (fake_client_get_sent (fixture->client));
}

/* A crash between inserting and filling in: the next app asks for the same. */
static void
test_fields_survive_crash (Fixture      *fixture,
                           gconstpointer data)
{
  LiaComposer *next = NULL;
  g_autoptr (LiaTimelineModel) model = NULL;

  act (fixture, "composer.reply");
  lia_composer_insert_response (fixture->composer, add_response (fixture));
  type_over (fixture, "7");
  lia_composer_save_draft (fixture->composer);
  while (fixture->composer->saving != NULL)
    g_main_context_iteration (NULL, TRUE);

  model = fake_timeline_new ("c_1", fake_client_get_saved (fixture->client));
  fake_timeline_add (model, "ann@example.com", "The gear is broken.");
  next = LIA_COMPOSER (lia_composer_new ());
  gtk_window_set_child (fixture->window, GTK_WIDGET (next));
  fixture->composer = next;
  g_object_set (next, "client", fixture->client, "model", model, NULL);
  assert_body (fixture, "Hello,\n\nOrder 7 is [State].");
  act (fixture, "composer.send");
  g_assert_cmpstr (gtk_label_get_label (next->hint_label), ==, "Fill in “State” first.");
  assert_log (fixture, "");
  type_over (fixture, "lost");
  g_assert_null (lia_composer_find_unfilled (next));
}

static void
test_address_entry (void)
{
  g_autoptr (LiaClient) client = fake_client_new ();
  GtkWidget   *window = gtk_window_new ();
  GtkWidget   *entry = lia_address_entry_new ();
  GtkEditable *text;
  const char  *typed[] = { "Ann Lee <ann@example.com>, bob@example.com;", "\"Lee, Cy\" <cy@example.com>\nbob@example.com\n", "wrong," };
  g_autoptr (GPtrArray) addresses = NULL;

  g_object_set (entry, "client", client, "title", "To", NULL);
  gtk_window_set_child (GTK_WINDOW (window), entry);
  gtk_window_present (GTK_WINDOW (window));
  text = GTK_EDITABLE (find_text (entry));

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    gtk_editable_set_text (text, typed[i]);

  addresses = lia_address_entry_dup_addresses (LIA_ADDRESS_ENTRY (entry));
  g_assert_cmpuint (addresses->len, ==, 4);
  g_assert_cmpstr (((LiaAddress *)addresses->pdata[2])->name, ==, "Lee, Cy");
  g_assert_cmpstr (lia_address_entry_find_invalid (LIA_ADDRESS_ENTRY (entry)), ==, "wrong");
  gtk_editable_set_text (text, "be");
  run_for (100);
  gtk_window_destroy (GTK_WINDOW (window));
  run_for (20);
}

static void
write_body (Fixture    *fixture,
            const char *text)
{
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (fixture->composer->body_buffer), text, -1);
  lia_composer_check_guards (fixture->composer);
}

static gboolean
is_guarded (Fixture *fixture)
{
  return lia_composer_notice_is_shown (fixture->composer->guard);
}

static void
test_wrong_name (Fixture      *fixture,
                 gconstpointer data)
{
  g_autofree char *body = NULL;

  act (fixture, "composer.reply");
  write_body (fixture, "Hello Ann,\n\nyes.");
  g_assert_false (is_guarded (fixture));
  write_body (fixture, "Hello Maria,\n\nyes.");
  g_assert_true (is_guarded (fixture));

  act (fixture, "composer.send");
  assert_log (fixture, "");
  g_assert_cmpstr (gtk_label_get_label (fixture->composer->hint_label), ==, "Not sent: this greets Maria, but it goes to Ann Lee. Send it again to send it as it is.");

  act (fixture, "composer.use-name");
  body = lia_composer_dup_body (fixture->composer);
  g_assert_cmpstr (body, ==, "Hello Ann,\n\nyes.");
  g_assert_false (is_guarded (fixture));
}

/* What was closed stays closed, and goes out at once; what was refused once goes out the second time. */
static void
test_wrong_name_goes_out (Fixture      *fixture,
                          gconstpointer data)
{
  g_autofree char *log = NULL;

  act (fixture, "composer.reply");
  write_body (fixture, "Hello Maria,\n\nyes.");
  act (fixture, "composer.send");
  assert_log (fixture, "");
  act (fixture, "composer.send");
  log = fake_client_take_log (fixture->client);
  g_assert_true (g_str_has_prefix (log, "send c_1"));

  run_for (50);
  act (fixture, "composer.reply");
  write_body (fixture, "Hello Eve,\n\nyes.");
  lia_composer_notice_hide (fixture->composer->guard);
  write_body (fixture, "Hello Eve,\n\nyes indeed.");
  g_assert_false (is_guarded (fixture));
  act (fixture, "composer.note");
  write_body (fixture, "Hello Maria,\n\nyes.");
  g_assert_false (is_guarded (fixture));
}

#define SAID_BEFORE "Press the small button behind the lamp for ten seconds until it blinks twice."

static void
test_sent_before (Fixture      *fixture,
                  gconstpointer data)
{
  LiaEntry *entry = fake_timeline_add (fixture->model, "support@example.org", "Hello Ann,\n\n" SAID_BEFORE "\n\nSupport");

  act (fixture, "composer.reply");
  write_body (fixture, SAID_BEFORE);
  g_assert_false (is_guarded (fixture));
  entry->direction = LIA_DIRECTION_OUT;
  write_body (fixture, "Hello,\n\n" SAID_BEFORE);
  g_assert_true (is_guarded (fixture));
  write_body (fixture, "Hello,\n\nSupport");
  g_assert_false (is_guarded (fixture));
}

/* A response is told by its name, however it was edited: the text is another one here. */
static void
test_response_sent_before (Fixture      *fixture,
                           gconstpointer data)
{
  LiaCanned *refund = fake_responses_add (fixture->client, "refund", "Refund", "en", "{{greeting}}Dear Ann,{{end}}Your money comes back.");
  LiaCanned *other = fake_responses_add (fixture->client, "other", "Other", "en", "{{greeting}}Dear Ann,{{end}}Something else.");
  LiaEntry  *entry = fake_timeline_add (fixture->model, "support@example.org", "Quite other words.");

  entry->direction = LIA_DIRECTION_OUT;
  g_free (entry->details);
  entry->details = g_strdup_printf ("{\"canned\":[{\"response\":\"%s\",\"formality\":\"any\"}]}", refund->id);
  act (fixture, "composer.reply");
  lia_composer_insert_response (fixture->composer, other);
  lia_composer_check_guards (fixture->composer);
  g_assert_false (is_guarded (fixture));
  lia_composer_insert_response (fixture->composer, refund);
  lia_composer_check_guards (fixture->composer);
  g_assert_true (is_guarded (fixture));
  gtk_text_buffer_undo (GTK_TEXT_BUFFER (fixture->composer->body_buffer));
  lia_composer_check_guards (fixture->composer);
  g_assert_false (is_guarded (fixture));
  entry->send_state = LIA_SEND_CANCELLED;
  lia_composer_insert_response (fixture->composer, refund);
  lia_composer_check_guards (fixture->composer);
  g_assert_false (is_guarded (fixture));
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_setenv ("GTK_A11Y", "none", TRUE); /* its "test" cannot announce; names are looked at in the journeys */
  gtk_test_init (&argc, &argv, NULL);
  lia_icons_guard ();
  adw_init ();
  dex_init ();
  g_test_add_func ("/composer/address-entry", test_address_entry);
  add ("/composer/reply", test_reply);
  add ("/composer/note-never-goes-out", test_note_never_goes_out);
  add ("/composer/obstacles", test_obstacles);
  add ("/composer/draft-is-kept", test_draft_is_kept);
  add ("/composer/stale-view", test_stale_view);
  add ("/composer/send-anyway", test_send_anyway);
  add ("/composer/no-failure-loses-text", test_no_failure_loses_text);
  add ("/composer/lost-answer", test_lost_answer);
  add ("/composer/lost-answer-crash", test_lost_answer_crash);
  add ("/composer/lost-answer-changed", test_lost_answer_changed);
  add ("/composer/lost-answer-note", test_lost_answer_note);
  add ("/composer/narrow", test_narrow);
  add ("/composer/undo-send", test_undo_send);
  add ("/composer/attachments", test_attachments);
  add ("/composer/note-with-file", test_note_with_file);
  add ("/composer/response-is-one-step", test_response_is_one_step);
  add ("/composer/never-sent-with-braces", test_never_sent_with_braces);
  add ("/composer/response-goes-out", test_response_goes_out);
  add ("/composer/action-struck-out", test_action_struck_out);
  add ("/composer/handed-on-and-back", test_handed_on_and_back);
  add ("/composer/handed-to-me", test_handed_to_me);
  add ("/composer/issue-linked-and-back", test_issue_linked_and_back);
  add ("/composer/impossible-actions", test_impossible_actions);
  add ("/composer/fields-survive-crash", test_fields_survive_crash);
  add ("/composer/wrong-name", test_wrong_name);
  add ("/composer/wrong-name-goes-out", test_wrong_name_goes_out);
  add ("/composer/sent-before", test_sent_before);
  add ("/composer/response-sent-before", test_response_sent_before);

  return g_test_run ();
}
