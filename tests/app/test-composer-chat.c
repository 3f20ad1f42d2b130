/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-client.h"
#include "fake-responses.h"

#include "lia-composer-private.h"
#include "lia-icons.h"
#include "lia-time.h"

#include "../unit/lia-test-wait.h"

#include <string.h>

/* The composer where somebody waits for each line: a client that only remembers what was asked of it, and keys. */

typedef struct
{
  GtkWindow        *window;
  LiaComposer      *composer;
  LiaClient        *client;
  LiaTimelineModel *model;
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

static void
set_up (Fixture      *fixture,
        gconstpointer visitor)
{
  fixture->client = fake_client_new ();
  fixture->model = fake_timeline_new ("c_1", NULL);
  fake_timeline_set_visitor (fixture->model, fixture->client, GPOINTER_TO_INT (visitor));
  fake_client_set_way (fixture->client, GPOINTER_TO_INT (visitor) == LIA_VISITOR_GONE, "ann@example.com", 0);
  fake_timeline_add (fixture->model, "ann@example.com", "The gear is broken.")->kind = LIA_ENTRY_CHAT;
  fixture->composer = LIA_COMPOSER (lia_composer_new ());
  g_object_set (fixture->composer, "client", fixture->client, "model", fixture->model, NULL);
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
}

static void
type (Fixture    *fixture,
      const char *text)
{
  gtk_text_buffer_insert_at_cursor (GTK_TEXT_BUFFER (fixture->composer->body_buffer), text, -1);
}

/* As GTK delivers it to the field's controllers, the last that was added first. */
static void
press (Fixture        *fixture,
       guint           key,
       GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->composer->body_view));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_BUBBLE)
        g_signal_emit_by_name (controller, "key-pressed", key, 0, state, &handled);
    }
  run_for (20);
  while (fixture->composer->sending_conversation != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_log (Fixture    *fixture,
            const char *expected)
{
  g_autofree char *log = fake_client_take_log (fixture->client);

  g_assert_cmpstr (log, ==, expected);
}

static void
act (Fixture    *fixture,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->composer), action, NULL));
  run_for (20);
  while (fixture->composer->sending_conversation != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_focused (Fixture *fixture)
{
  return gtk_window_get_focus (fixture->window) == GTK_WIDGET (fixture->composer->body_view);
}

static void
test_chosen_by_itself (Fixture      *fixture,
                       gconstpointer data)
{
  g_assert_cmpstr (gtk_label_get_label (fixture->composer->open_label), ==, "Chat with Ann Lee…");
  act (fixture, "composer.resume");
  g_assert_cmpstr (fixture->composer->kind, ==, "chat");
  g_assert_true (gtk_widget_has_css_class (fixture->composer->editor, "chat"));
  g_assert_false (gtk_widget_get_visible (fixture->composer->headers));
  g_assert_false (gtk_widget_get_visible (fixture->composer->tail_box));
  g_assert_cmpstr (adw_toggle_group_get_active_name (fixture->composer->kind_group), ==, "chat");
}

/* Enter sends as it is typed, without signature and quote, and the field is there for the next line. */
static void
test_enter_sends (Fixture      *fixture,
                  gconstpointer data)
{
  act (fixture, "composer.chat");
  type (fixture, "Which gear is it?");
  assert_log (fixture, "typing c_1\n");
  press (fixture, GDK_KEY_Return, 0);
  assert_log (fixture, "chat c_1 files=0 then=pending body=Which gear is it?\n");
  g_assert_true (fixture->composer->open);
  g_assert_true (is_focused (fixture));
  g_assert_true (lia_composer_is_empty (fixture->composer));
  g_assert_cmpstr (fixture->composer->kind, ==, "chat");

  type (fixture, "The large one?");
  press (fixture, GDK_KEY_KP_Enter, 0);
  assert_log (fixture, "chat c_1 files=0 then=pending body=The large one?\n"); /* nobody is told twice in three seconds */
}

static void
attach (Fixture *fixture,
        gint64   bytes)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  LiaAttachment *file = lia_attachment_new ();

  file->blob = g_strdup ("b_1");
  file->name = g_strdup ("manual.pdf");
  file->type = g_strdup ("application/pdf");
  file->size_bytes = bytes;
  g_ptr_array_add (files, file);
  lia_attachment_bar_set_attachments (fixture->composer->attachment_bar, files);
}

/* A file goes out with a line, and without one; once. */
static void
test_files (Fixture      *fixture,
            gconstpointer data)
{
  act (fixture, "composer.chat");
  g_assert_true (gtk_widget_get_visible (fixture->composer->attach_button));
  type (fixture, "The manual");
  g_free (fake_client_take_log (fixture->client));
  attach (fixture, 1000);
  press (fixture, GDK_KEY_Return, 0);
  assert_log (fixture, "chat c_1 files=1 then=pending body=The manual\n");
  g_assert_true (lia_attachment_bar_is_empty (fixture->composer->attachment_bar));

  attach (fixture, 1000);
  press (fixture, GDK_KEY_Return, 0);
  assert_log (fixture, "chat c_1 files=1 then=pending body=\n");

  attach (fixture, 19 * 1024 * 1024);
  press (fixture, GDK_KEY_Return, 0);
  assert_log (fixture, "");
  g_assert_false (lia_attachment_bar_is_empty (fixture->composer->attachment_bar));
}

/* Where the visitor is, once they have agreed, and no more when they do not. */
static void
test_pages (Fixture      *fixture,
            gconstpointer data)
{
  static const char *const frames[] = {
    "{\"t\":\"eph\",\"k\":\"chat.pages\",\"d\":{\"conv\":\"c_1\",\"pages\":[{\"url\":\"https://shop.example/help\",\"title\":\"Help\",\"at\":\"2026-11-23T10:00:00.000Z\"},"
    "7,{\"url\":\"https://shop.example/kettles\",\"title\":\"\",\"at\":\"2026-11-23T10:05:00.000Z\"}]}}",
    "{\"t\":\"eph\",\"k\":\"chat.pages\",\"d\":{\"conv\":\"c_1\",\"pages\":[]}}",
  };
  GtkLabel *label;

  act (fixture, "composer.chat");
  label = lia_chat_strip_get_pages_label (fixture->composer->chat_strip);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (label)));
  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autoptr (LiaFrame) frame = lia_frame_parse (frames[i], -1, NULL);

      lia_live_chats_take (lia_client_get_chats (fixture->client), frame);
      g_assert_cmpint (gtk_widget_get_visible (GTK_WIDGET (label)), ==, i == 0);
      if (i == 0)
        {
          g_assert_true (g_str_has_prefix (gtk_label_get_label (label), "On “/kettles” ("));
          g_assert_nonnull (strstr (gtk_label_get_label (label), ", before on “Help” ("));
        }
    }
}

static void
test_other_keys (Fixture      *fixture,
                 gconstpointer data)
{
  act (fixture, "composer.chat");
  type (fixture, "One");
  assert_log (fixture, "typing c_1\n");
  press (fixture, GDK_KEY_Return, GDK_SHIFT_MASK);
  assert_log (fixture, "");
  act (fixture, "composer.send"); /* Ctrl+Enter */
  assert_log (fixture, "chat c_1 files=0 then=pending body=One\n");
  press (fixture, GDK_KEY_Return, 0);
  assert_log (fixture, "");
}

/* In mail and notes Enter is a new line, and nobody is told of typing. */
static void
test_only_in_chat (Fixture      *fixture,
                   gconstpointer data)
{
  act (fixture, "composer.note");
  type (fixture, "For us alone");
  press (fixture, GDK_KEY_Return, 0);
  act (fixture, "composer.reply");
  type (fixture, "By mail");
  press (fixture, GDK_KEY_Return, 0);
  assert_log (fixture, "");
}

static void
test_gone (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (LiaFrame) frame = lia_frame_parse ("{\"t\":\"eph\",\"k\":\"chat.presence\",\"d\":{\"conv\":\"c_1\",\"online\":false}}", -1, NULL);

  act (fixture, "composer.chat");
  type (fixture, "A new one is on its way.");
  assert_log (fixture, "typing c_1\n");
  lia_live_chats_take (lia_client_get_chats (fixture->client), frame);
  g_assert_cmpint (lia_chat_strip_get_visitor (fixture->composer->chat_strip), ==, LIA_VISITOR_GONE);

  /* What was typed can be made a mail like any other. */
  act (fixture, "composer.reply");
  act (fixture, "composer.send");
  assert_log (fixture, "send c_1 reply to=ann@example.com cc= subject=Re: Broken gear files=0 seen=1 force=0 then=pending "
                       "body=A new one is on its way.\n\n-- \nSupport team\n");
}

static const char *
get_strip_words (Fixture *fixture)
{
  GtkWidget *label = gtk_widget_get_first_child (gtk_widget_get_first_child (adw_bin_get_child (ADW_BIN (fixture->composer->chat_strip))));

  while (!GTK_IS_LABEL (label))
    label = gtk_widget_get_next_sibling (label);

  return gtk_label_get_label (GTK_LABEL (label));
}

static GtkButton *
get_choice (Fixture *fixture)
{
  return GTK_BUTTON (gtk_widget_get_last_child (gtk_widget_get_first_child (adw_bin_get_child (ADW_BIN (fixture->composer->chat_strip)))));
}

static void
note_outbox_cb (LiaComposer *composer,
                const char  *outbox,
                int          undo_s,
                gpointer     noted)
{
  g_set_str ((char **)noted, outbox);
}

/* Who has left for long is written to by mail, in the same field; Enter sends no half of a mail. */
static void
test_by_mail (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *outbox = NULL;

  g_signal_connect (fixture->composer, "sent", G_CALLBACK (note_outbox_cb), &outbox);
  act (fixture, "composer.resume");
  g_assert_cmpstr (fixture->composer->kind, ==, "chat");
  wait_until (lia_composer_is_by_mail (fixture->composer));
  g_assert_cmpstr (get_strip_words (fixture), ==, "Ann Lee has left the page: this goes by e-mail to ann@example.com.");
  g_assert_true (gtk_widget_get_visible (fixture->composer->attach_button));
  type (fixture, "It is repaired.");
  press (fixture, GDK_KEY_Return, 0);
  assert_log (fixture, "typing c_1\n");
  act (fixture, "composer.send");
  assert_log (fixture, "chat c_1 files=0 then=pending body=It is repaired.\n");
  g_assert_cmpstr (outbox, ==, "o_1"); /* it can be taken back */
}

/* The other way is there to be chosen, and chosen back. */
static void
test_choice (Fixture      *fixture,
             gconstpointer data)
{
  act (fixture, "composer.chat");
  wait_until (lia_composer_is_by_mail (fixture->composer));
  g_assert_cmpstr (gtk_button_get_label (get_choice (fixture)), ==, "Keep in the _Chat");
  g_signal_emit_by_name (get_choice (fixture), "clicked");
  g_assert_cmpstr (get_strip_words (fixture), ==, "Ann Lee has left the page and reads this on coming back.");
  g_assert_cmpstr (gtk_button_get_label (get_choice (fixture)), ==, "Send by _E-Mail");
  g_assert_true (is_focused (fixture));
  type (fixture, "One");
  press (fixture, GDK_KEY_Return, 0);
  assert_log (fixture, "typing c_1\nchat c_1 files=0 by=chat then=pending body=One\n");
  g_signal_emit_by_name (get_choice (fixture), "clicked");
  type (fixture, "Two");
  act (fixture, "composer.send");
  assert_log (fixture, "chat c_1 files=0 by=email then=pending body=Two\n");
}

/* Who comes back is written to at once again, whatever was chosen. */
static void
test_back_again (Fixture      *fixture,
                 gconstpointer data)
{
  act (fixture, "composer.chat");
  wait_until (lia_composer_is_by_mail (fixture->composer));
  act (fixture, "composer.by-email");
  fake_client_set_way (fixture->client, FALSE, "ann@example.com", 0);
  fake_timeline_set_visitor (fixture->model, fixture->client, LIA_VISITOR_HERE);
  g_assert_false (lia_composer_is_by_mail (fixture->composer));
  g_assert_cmpstr (get_strip_words (fixture), ==, "Ann Lee is here");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_choice (fixture))));
  type (fixture, "Welcome");
  press (fixture, GDK_KEY_Return, 0);
  assert_log (fixture, "typing c_1\nchat c_1 files=0 then=pending body=Welcome\n");
}

/* Pages are changed, and visitors come back: for some minutes what is said waits for them. */
static void
test_while_gone (Fixture      *fixture,
                 gconstpointer data)
{
  act (fixture, "composer.chat");
  fake_client_set_way (fixture->client, FALSE, "ann@example.com", g_get_real_time () / 1000 + 300);
  fake_timeline_set_visitor (fixture->model, fixture->client, LIA_VISITOR_GONE);
  wait_until (gtk_widget_get_visible (GTK_WIDGET (get_choice (fixture))));
  g_assert_cmpstr (get_strip_words (fixture), ==, "Ann Lee has left the page and reads this on coming back.");
  fake_client_set_way (fixture->client, TRUE, "ann@example.com", 1);
  wait_until (lia_composer_is_by_mail (fixture->composer));
}

static void
test_no_address (Fixture      *fixture,
                 gconstpointer data)
{
  act (fixture, "composer.chat");
  fake_client_set_way (fixture->client, FALSE, NULL, 0);
  fake_timeline_set_visitor (fixture->model, fixture->client, LIA_VISITOR_GONE);
  wait_until (lia_composer_get_way_address (fixture->composer) == NULL);
  g_assert_cmpstr (get_strip_words (fixture), ==, "Ann Lee has left the page and reads this on coming back. E-mail does not reach them.");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_choice (fixture))));
  act (fixture, "composer.by-email");
  type (fixture, "It is repaired.");
  press (fixture, GDK_KEY_Return, 0);
  assert_log (fixture, "typing c_1\nchat c_1 files=0 then=pending body=It is repaired.\n");
}

/* The site's name for a visitor looks like an address, and is none. */
static void
test_name_of_site (Fixture      *fixture,
                   gconstpointer data)
{
  LiaConversation *conversation = lia_timeline_model_get_conversation (fixture->model);

  g_clear_pointer (&conversation->customer, lia_address_unref);
  conversation->customer = lia_address_new ("Ann Lee", "4711@shop");
  act (fixture, "composer.reply");
  type (fixture, "Hello");
  act (fixture, "composer.send");
  assert_log (fixture, "send c_1 reply to=ann@example.com cc= subject=Re: Broken gear files=0 seen=1 force=0 then=pending body=Hello\n\n-- \nSupport team\n");
}

/* Who went on by mail themselves is answered as any mail is, until they are back. */
static void
test_wrote_mail (Fixture      *fixture,
                 gconstpointer data)
{
  fake_timeline_add (fixture->model, "ann@example.com", "And by mail.");
  act (fixture, "composer.resume");
  g_assert_cmpstr (fixture->composer->kind, ==, "reply");
  act (fixture, "composer.fold");
  fake_timeline_set_visitor (fixture->model, fixture->client, LIA_VISITOR_HERE);
  act (fixture, "composer.resume");
  g_assert_cmpstr (fixture->composer->kind, ==, "chat");
}

static void
test_draft (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (LiaTimelineModel) other = fake_timeline_new ("c_2", NULL);
  g_autoptr (LiaTimelineModel) again = NULL;

  act (fixture, "composer.chat");
  type (fixture, "Half a line");
  g_object_set (fixture->composer, "model", other, NULL);
  run_for (50);
  g_assert_cmpstr (fake_client_get_saved (fixture->client)->mode, ==, "chat");
  g_assert_false (fixture->composer->open);
  g_assert_false (lia_composer_can_chat (fixture->composer));
  g_assert_null (adw_toggle_group_get_toggle_by_name (fixture->composer->kind_group, "chat"));

  again = fake_timeline_new ("c_1", fake_client_get_saved (fixture->client));
  fake_timeline_set_visitor (again, fixture->client, LIA_VISITOR_HERE);
  g_object_set (fixture->composer, "model", again, NULL);
  run_for (20);
  g_assert_cmpstr (fixture->composer->kind, ==, "chat");
  g_assert_false (lia_composer_is_empty (fixture->composer));
}

static LiaCanned *
add_response (Fixture *fixture)
{
  return fake_responses_add (fixture->client, "order", "Order status", "en",
                             "{{greeting}}Hello there,{{end}}Your order {{ask \"Number\"}} is on its way.{{farewell}}Kind regards{{end}}");
}

static void
test_response (Fixture      *fixture,
               gconstpointer data)
{
  LiaCanned       *canned = add_response (fixture);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  LiaEntry        *said;

  act (fixture, "composer.chat");
  lia_composer_insert_response (fixture->composer, canned);
  first = lia_composer_dup_body (fixture->composer);
  g_assert_nonnull (strstr (first, "Hello there"));
  g_assert_nonnull (strstr (first, "Your order"));
  g_assert_null (strstr (first, "Kind regards"));

  /* It is not sent before it is filled in. */
  g_free (fake_client_take_log (fixture->client));
  press (fixture, GDK_KEY_Return, 0);
  assert_log (fixture, "");

  /* Who was greeted is not greeted again. */
  act (fixture, "composer.discard");
  said = fake_timeline_add (fixture->model, "support@example.org", "Hello!");
  said->kind = LIA_ENTRY_CHAT;
  said->author_kind = LIA_AUTHOR_AGENT;
  act (fixture, "composer.chat");
  lia_composer_insert_response (fixture->composer, canned);
  second = lia_composer_dup_body (fixture->composer);
  g_assert_null (strstr (second, "Hello there"));
  g_assert_nonnull (strstr (second, "Your order"));
}

/* A response says in a chat what it has for chats, and in the mail that goes on with it what it has for mail. */
static void
test_response_by_channel (Fixture      *fixture,
                          gconstpointer data)
{
  LiaCanned        *canned = fake_responses_add (fixture->client, "parcel", "Parcel", "en", "It is on its way to you, dear customer.");
  LiaCannedVariant *variant = lia_canned_variant_new ();
  g_autofree char  *chat = NULL;
  g_autofree char  *mail = NULL;

  g_set_str (&variant->language, "en");
  g_set_str (&variant->channel, "chat");
  g_set_str (&variant->body, "on its way!");
  g_ptr_array_add (canned->variants, variant);

  lia_composer_insert_response (fixture->composer, canned);
  g_assert_cmpstr (fixture->composer->kind, ==, "chat");
  chat = lia_composer_dup_body (fixture->composer);
  g_assert_cmpstr (chat, ==, "on its way!");

  act (fixture, "composer.discard");
  act (fixture, "composer.reply");
  lia_composer_insert_response (fixture->composer, canned);
  mail = lia_composer_dup_body (fixture->composer);
  g_assert_cmpstr (mail, ==, "It is on its way to you, dear customer.");
}

static void
test_visitor_types (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (LiaFrame) frame = lia_frame_parse ("{\"t\":\"eph\",\"k\":\"chat.typing\",\"d\":{\"conv\":\"c_1\"}}", -1, NULL);

  act (fixture, "composer.chat");
  g_assert_cmpstr (get_strip_words (fixture), ==, "Ann Lee is here");
  lia_live_chats_take (lia_client_get_chats (fixture->client), frame);
  g_assert_cmpstr (get_strip_words (fixture), ==, "Ann Lee types…");
  lia_live_chats_end_typing (lia_client_get_chats (fixture->client), "c_1");
  g_assert_cmpstr (get_strip_words (fixture), ==, "Ann Lee is here");
}

/* An entry as the engine has it: fake_timeline_add() tells of it before it is all there. */
static LiaEntry *
add_entry (Fixture      *fixture,
           LiaEntryKind  kind,
           LiaAuthorKind author,
           const char   *details)
{
  LiaEntry *entry = fake_timeline_add (fixture->model, "ann@example.com", "");

  entry->kind = kind;
  entry->author_kind = author;
  entry->at_ms = lia_time_now ();
  g_set_str (&entry->details, details);
  g_list_model_items_changed (G_LIST_MODEL (fixture->model), (guint)entry->seq - 1, 1, 1);

  return entry;
}

static void
add_offer (Fixture *fixture,
           gint64   good_ms)
{
  g_autofree char *until = lia_time_to_string (lia_time_now () + good_ms);
  g_autofree char *details = g_strdup_printf ("{\"what\":\"call-offered\",\"until\":\"%s\"}", until);

  add_entry (fixture, LIA_ENTRY_STATE, LIA_AUTHOR_AGENT, details);
}

static const char *
get_call_news (Fixture *fixture)
{
  return gtk_label_get_label (lia_chat_strip_get_call_news (fixture->composer->chat_strip));
}

static void
assert_call (Fixture    *fixture,
             const char *why_not,
             const char *news)
{
  GtkWidget       *button = lia_chat_strip_get_call_button (fixture->composer->chat_strip);
  g_autofree char *found = lia_composer_dup_why_no_call (fixture->composer);

  g_assert_cmpstr (found, ==, why_not);
  g_assert_true (gtk_widget_is_sensitive (button) == (why_not == NULL));
  if (why_not != NULL)
    g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, why_not);
  g_assert_true (g_pattern_match_simple (news, get_call_news (fixture)));
}

static void
test_offer_call (Fixture      *fixture,
                 gconstpointer data)
{
  LiaEntry *promise;

  act (fixture, "composer.chat");
  assert_call (fixture, "No telephone is set up for you", "");
  g_set_str (&lia_client_get_me (fixture->client)->phone, "PJSIP/ann");
  lia_composer_update_call (fixture->composer);
  assert_call (fixture, NULL, "");

  add_offer (fixture, 60000);
  assert_call (fixture, "A call is offered already", "A call is offered to Ann Lee until ??:??.");
  add_entry (fixture, LIA_ENTRY_STATE, LIA_AUTHOR_CUSTOMER, "{\"what\":\"call-declined\",\"offer\":\"e_2\"}");
  assert_call (fixture, NULL, "Ann Lee does not want to be called.");
  add_entry (fixture, LIA_ENTRY_CHAT, LIA_AUTHOR_AGENT, "{}");
  assert_call (fixture, NULL, "");

  /* What was said in between changes nothing of an offer; its time does, by itself. */
  add_offer (fixture, 500);
  add_entry (fixture, LIA_ENTRY_CHAT, LIA_AUTHOR_AGENT, "{}");
  g_assert_nonnull (strstr (get_call_news (fixture), "offered"));
  wait_until (*get_call_news (fixture) == '\0');
  assert_call (fixture, NULL, "");

  promise = add_entry (fixture, LIA_ENTRY_PROMISE, LIA_AUTHOR_CUSTOMER, "{\"what\":\"callback\",\"offer\":\"e_5\",\"settled\":false}");
  assert_call (fixture, "Ann Lee waits for your call", "");
  g_set_str (&promise->details, "{\"what\":\"callback\",\"offer\":\"e_5\",\"settled\":true}");
  g_list_model_items_changed (G_LIST_MODEL (fixture->model), (guint)promise->seq - 1, 1, 1);
  assert_call (fixture, NULL, "");
  add_offer (fixture, 60000);
  add_entry (fixture, LIA_ENTRY_STATE, LIA_AUTHOR_AGENT, "{\"what\":\"closed\"}");
  assert_call (fixture, NULL, "");
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  lia_icons_guard ();
  adw_init ();
  dex_init ();

#define ADD(name, visitor, function) g_test_add ("/composer-chat/" name, Fixture, GINT_TO_POINTER (visitor), set_up, function, tear_down)
  ADD ("chosen-by-itself", LIA_VISITOR_HERE, test_chosen_by_itself);
  ADD ("enter-sends", LIA_VISITOR_HERE, test_enter_sends);
  ADD ("files", LIA_VISITOR_NONE, test_files);
  ADD ("pages", LIA_VISITOR_HERE, test_pages);
  ADD ("other-keys", LIA_VISITOR_NONE, test_other_keys);
  ADD ("only-in-chat", LIA_VISITOR_HERE, test_only_in_chat);
  ADD ("gone", LIA_VISITOR_HERE, test_gone);
  ADD ("by-mail", LIA_VISITOR_GONE, test_by_mail);
  ADD ("choice", LIA_VISITOR_GONE, test_choice);
  ADD ("back-again", LIA_VISITOR_GONE, test_back_again);
  ADD ("while-gone", LIA_VISITOR_HERE, test_while_gone);
  ADD ("no-address", LIA_VISITOR_HERE, test_no_address);
  ADD ("name-of-site", LIA_VISITOR_GONE, test_name_of_site);
  ADD ("wrote-mail", LIA_VISITOR_GONE, test_wrote_mail);
  ADD ("draft", LIA_VISITOR_HERE, test_draft);
  ADD ("response", LIA_VISITOR_HERE, test_response);
  ADD ("response-by-channel", LIA_VISITOR_HERE, test_response_by_channel);
  ADD ("visitor-types", LIA_VISITOR_HERE, test_visitor_types);
  ADD ("offer-call", LIA_VISITOR_HERE, test_offer_call);
#undef ADD

  return g_test_run ();
}
