/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's parts together, on a desk in memory: what one does is what is asked of the client, and the list follows. */
#include "app-test.h"
#include "sample-client.h"
#include "sample-phone.h"

#include "lia-callers.h"
#include "lia-clock.h"
#include "lia-conversation-page.h"
#include "lia-icons.h"
#include "lia-problem.h"
#include "lia-queue.h"
#include "lia-setup-dialog.h"
#include "lia-time.h"
#include "lia-workbench-private.h"

#include <libdex.h>

typedef WorkbenchFixture Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  workbench_set_up (fixture, NULL, TRUE);
}

static void
act (Fixture    *fixture,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (fixture->workbench->page), action, NULL));
  settle ();
}

static const char *
open_conversation (Fixture *fixture)
{
  LiaConversation *conversation = lia_conversation_page_get_conversation (fixture->workbench->page);

  return conversation != NULL ? conversation->id : NULL;
}

static void
test_choose (Fixture      *fixture,
             gconstpointer data)
{
  /* The first view is my work: conversations 2, 4, 6 and 9. */
  g_assert_null (open_conversation (fixture));
  lia_inbox_step (fixture->workbench->inbox, 1);
  settle ();
  g_assert_cmpstr (open_conversation (fixture), ==, "c_2");
  lia_inbox_step (fixture->workbench->inbox, 1);
  settle ();
  g_assert_cmpstr (open_conversation (fixture), ==, "c_4");
  lia_inbox_step (fixture->workbench->inbox, -1);
  settle ();
  g_assert_cmpstr (open_conversation (fixture), ==, "c_2");

  /* What is open stays open, whatever the list does. */
  lia_views_sidebar_select_nth (fixture->workbench->views, 1);
  settle ();
  g_assert_cmpstr (open_conversation (fixture), ==, "c_2");
}

static void
test_close (Fixture      *fixture,
            gconstpointer data)
{
  lia_inbox_step (fixture->workbench->inbox, 1);
  settle ();
  act (fixture, "conversation.close");
  assert_asked (fixture->client, "close c_2 force=0");
  g_assert_cmpstr (open_conversation (fixture), ==, "c_4");
}

/* Only a chat is sent so, and only when somebody says it. */
static void
test_send_chat (Fixture      *fixture,
                gconstpointer data)
{
  g_autofree char *log = NULL;

  lia_inbox_step (fixture->workbench->inbox, 1);
  settle ();
  gtk_widget_activate_action_variant (GTK_WIDGET (fixture->workbench->page), "conversation.send-chat", NULL);
  settle ();
  log = sample_client_take_log (fixture->client);
  g_assert_null (strstr (log, "transcript"));
  lia_workbench_open (fixture->workbench, "c_3", NULL);
  settle ();
  act (fixture, "conversation.send-chat");
  assert_asked (fixture->client, "transcript c_3");
}

static GtkWidget *
find_labelled (GtkWidget  *widget,
               const char *label)
{
  if ((GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0) ||
      (GTK_IS_LABEL (widget) && g_str_has_prefix (gtk_label_get_label (GTK_LABEL (widget)), label)))
    return gtk_widget_get_mapped (widget) ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_labelled (child, label);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* From a chat to the telephone: offered in one step, and whoever says yes is called in another. */
static void
test_offer_call (Fixture      *fixture,
                 gconstpointer data)
{
  GtkWidget *page = GTK_WIDGET (fixture->workbench->page);
  g_autoptr (LiaConversation) wanted = NULL;
  g_autofree char *log = NULL;

  lia_workbench_open (fixture->workbench, "c_3", NULL);
  settle ();
  act (fixture, "conversation.offer-call");
  log = sample_client_take_log (fixture->client);
  g_assert_null (strstr (log, "offer-call"));
  g_set_str (&lia_client_get_me (fixture->client)->phone, "PJSIP/ann");
  act (fixture, "conversation.offer-call");
  assert_asked (fixture->client, "offer-call c_3");
  g_assert_null (find_labelled (page, "_Call"));

  wanted = sample_conversation_copy (lia_conversation_page_get_conversation (fixture->workbench->page));
  wanted->callback = TRUE;
  sample_client_change (fixture->client, wanted);
  lia_workbench_open (fixture->workbench, "c_2", NULL);
  settle ();
  lia_workbench_open (fixture->workbench, "c_3", NULL);
  settle ();
  g_assert_nonnull (find_labelled (page, "Aiko Tanaka would like to be called · "));
  g_signal_emit_by_name (find_labelled (page, "_Call"), "clicked");
  settle ();
  assert_asked (fixture->client, "dial +351211234567 c_3");
}

static GtkWidget *
find_menu_button (GtkWidget  *widget,
                  const char *css_class)
{
  if (GTK_IS_MENU_BUTTON (widget) && gtk_widget_has_css_class (widget, css_class))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_menu_button (child, css_class);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_language (Fixture      *fixture,
               gconstpointer data)
{
  GtkMenuButton *button = GTK_MENU_BUTTON (find_menu_button (GTK_WIDGET (fixture->workbench->page), "language"));

  lia_inbox_step (fixture->workbench->inbox, 1);
  settle ();
  g_assert_cmpstr (gtk_menu_button_get_label (button), ==, "Language…");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->workbench->page), "conversation.language", "s", "pl"));
  settle ();
  assert_asked (fixture->client, "language c_2 pl");
  g_assert_cmpstr (gtk_menu_button_get_label (button), ==, "Polish");
  gtk_menu_button_popup (button);
  settle ();
  g_assert_cmpint (g_menu_model_get_n_items (gtk_menu_button_get_menu_model (button)), ==, 2);
  gtk_menu_button_popdown (button);
}

static void
test_close_stale (Fixture      *fixture,
                  gconstpointer data)
{
  AdwDialog *dialog;

  lia_inbox_step (fixture->workbench->inbox, 1);
  settle ();
  sample_client_refuse (fixture->client, LIA_PROBLEM_STALE_VIEW);
  act (fixture, "conversation.close");
  g_assert_cmpstr (open_conversation (fixture), ==, "c_2");

  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window));
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_signal_emit_by_name (dialog, "response::close", "close");
  settle ();
  assert_asked (fixture->client, "close c_2 force=1");
}

static void
test_take_next (Fixture      *fixture,
                gconstpointer data)
{
  act (fixture, "workbench.take-next");
  assert_asked (fixture->client, "assign c_1 a_1");
  g_assert_cmpstr (open_conversation (fixture), ==, "c_1");
}

/* Who calls is taken by telephone when that is due first, and left to others by who has no telephone. */
static void
test_take_caller (Fixture      *fixture,
                  gconstpointer data)
{
  LiaAgent *me = lia_client_get_me (fixture->client);

  sample_phone_add_caller (fixture->client, "1.1", "c_3", 42);
  sample_phone_add_caller (fixture->client, "1.2", "c_8", 8000);
  act (fixture, "workbench.take-next");
  assert_asked (fixture->client, "assign c_1 a_1");

  g_set_str (&me->phone, "PJSIP/ann");
  act (fixture, "workbench.take-next");
  assert_asked (fixture->client, "take-call 1.2");
  g_assert_cmpstr (open_conversation (fixture), ==, "c_8");
}

/* A caller's row says so, and stops when the call is over. */
static void
test_caller_row (Fixture      *fixture,
                 gconstpointer data)
{
  guint      second = g_signal_lookup ("second", LIA_TYPE_CLOCK);
  GtkWidget *inbox = GTK_WIDGET (fixture->workbench->inbox);

  lia_views_sidebar_select_nth (fixture->workbench->views, 1);
  settle ();
  sample_phone_add_caller (fixture->client, "1.1", "c_3", 3700);
  settle ();
  g_assert_true (shows (inbox, "Waits 1:01:4"));
  g_assert_true (shows (inbox, "no. 1"));
  g_assert_true (shows (inbox, "+351 21 123 4567"));
  g_assert_true (shows (inbox, "The same number"));
  g_assert_true (g_signal_has_handler_pending (lia_clock_get_default (), second, 0, FALSE));

  g_list_store_remove_all (sample_phone_calls (fixture->client));
  settle ();
  g_assert_false (shows (inbox, "Waits"));
  g_assert_true (shows (inbox, "it says “session expired”"));
  g_assert_false (g_signal_has_handler_pending (lia_clock_get_default (), second, 0, FALSE));
}

static void
take_frame (Fixture    *fixture,
            const char *text)
{
  g_autoptr (LiaFrame) frame = lia_frame_parse (text, -1, NULL);

  lia_live_chats_take (lia_client_get_chats (fixture->client), frame);
  settle ();
}

/* Of several chats one sees who is about to say something. */
static void
test_chat_row (Fixture      *fixture,
               gconstpointer data)
{
  GtkWidget *inbox = GTK_WIDGET (fixture->workbench->inbox);

  lia_views_sidebar_select_nth (fixture->workbench->views, 1);
  settle ();
  g_assert_false (shows (inbox, "Typing…"));
  take_frame (fixture, "{\"t\":\"eph\",\"k\":\"chat.typing\",\"d\":{\"conv\":\"c_3\"}}");
  g_assert_true (shows (inbox, "Typing…"));
  g_assert_false (shows (inbox, "it says “session expired”"));

  take_frame (fixture, "{\"t\":\"eph\",\"k\":\"chat.presence\",\"d\":{\"conv\":\"c_3\",\"online\":false}}");
  g_assert_false (shows (inbox, "Typing…"));
  g_assert_true (shows (inbox, "it says “session expired”"));
}

static void
put_effort (Fixture         *fixture,
            const LiaEffort *effort)
{
  g_autoptr (LiaCall) call = g_list_model_get_item (G_LIST_MODEL (sample_phone_calls (fixture->client)), 0);
  g_autoptr (LiaCall) changed = lia_call_copy (call);

  changed->match = LIA_MATCH_EXACT;
  g_free (changed->effort);
  changed->effort = lia_effort_copy (effort);
  sample_phone_put_call (fixture->client, changed);
  settle ();
}

/* What a caller has been through stands in the row and in the open conversation, before anything is asked of the engine. */
static void
test_caller_effort (Fixture      *fixture,
                    gconstpointer data)
{
  const LiaEffort effort = { .calls_today = 3, .answered_today = 1, .contacts = 3, .open = 1 };

  lia_views_sidebar_select_nth (fixture->workbench->views, 1);
  settle ();
  sample_phone_add_caller (fixture->client, "1.1", "c_3", 30);
  settle ();
  g_assert_false (shows (GTK_WIDGET (fixture->workbench), "calls today"));

  put_effort (fixture, &effort);
  g_assert_true (shows (GTK_WIDGET (fixture->workbench->inbox), "3 calls today, 1 answered"));
  lia_workbench_open (fixture->workbench, "c_3", NULL);
  settle ();
  g_assert_true (shows (GTK_WIDGET (fixture->workbench->page), "3 calls today, 1 answered"));
  put_effort (fixture, NULL);
  g_assert_false (shows (GTK_WIDGET (fixture->workbench), "calls today"));
}

/* The card says it, too, and says it anew when something has happened in the conversation. */
static void
test_customer_effort (Fixture      *fixture,
                      gconstpointer data)
{
  const LiaEffort effort = { .calls_today = 3, .answered_today = 1, .contacts = 7, .transfers = 2, .waited_ms = 21 * 60000 };
  const LiaEffort later = { .calls_today = 4, .answered_today = 2, .contacts = 8 };
  g_autoptr (LiaConversation) changed = sample_conversation_copy (g_ptr_array_index (sample_client_conversations (fixture->client), 1));
  GtkWidget *pane = GTK_WIDGET (fixture->workbench->customer);

  sample_client_set_effort (fixture->client, &effort);
  lia_inbox_step (fixture->workbench->inbox, 1);
  settle ();
  g_assert_true (shows (pane, "3 calls today, 1 answered"));
  g_assert_true (shows (pane, "7 contacts · handed on 2 times · waited 21 min"));

  sample_client_set_effort (fixture->client, &later);
  changed->ver++;
  sample_client_change (fixture->client, changed);
  settle ();
  g_assert_true (shows (pane, "4 calls today, 2 answered"));

  sample_client_set_effort (fixture->client, NULL);
  lia_inbox_step (fixture->workbench->inbox, 1);
  settle ();
  g_assert_false (shows (pane, "contacts"));
}

/* Conversation @nth is owed a call by then. */
static void
owe_call (Fixture    *fixture,
          guint       nth,
          const char *assignee,
          gint64      due_ms)
{
  g_autoptr (LiaConversation) changed = sample_conversation_copy (g_ptr_array_index (sample_client_conversations (fixture->client), nth));

  changed->ver++;
  changed->state = LIA_CONVERSATION_OPEN;
  changed->callback = TRUE;
  changed->due_ms = due_ms;
  g_set_str (&changed->assignee, assignee);
  sample_client_change (fixture->client, changed);
}

static void
choose_callbacks (Fixture    *fixture,
                  const char *name)
{
  GtkWidget *child = gtk_widget_get_first_child (adw_bin_get_child (ADW_BIN (fixture->workbench->inbox)));

  while (!ADW_IS_TOGGLE_GROUP (child))
    child = gtk_widget_get_next_sibling (child);
  g_assert_true (gtk_widget_get_mapped (child));
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (child), name);
  settle ();
}

static void
come_into_queue (Fixture    *fixture,
                 const char *agent)
{
  g_autoptr (LiaQueueMember) member = lia_queue_member_new ();

  g_set_str (&member->queue, "q_1");
  g_set_str (&member->agent, agent);
  g_list_store_append (sample_phone_members (fixture->client), member);
  settle ();
}

/* Each row says whose it is to call; of others' callbacks those are for me, too, that are overdue in my queue. */
static void
test_callbacks (Fixture      *fixture,
                gconstpointer data)
{
  GtkWidget *inbox = GTK_WIDGET (fixture->workbench->inbox);
  gint64     now_ms = lia_time_now ();
  g_autoptr (LiaAgent) ben = g_list_model_get_item (lia_client_get_agents (fixture->client), 1);

  g_set_str (&ben->availability, "offline");
  owe_call (fixture, 0, "a_1", now_ms + 60 * 60000);
  owe_call (fixture, 1, "a_2", now_ms + 60 * 60000);
  owe_call (fixture, 2, NULL, now_ms + 60 * 60000);
  lia_views_sidebar_select_nth (fixture->workbench->views, 4);
  settle ();
  g_assert_true (shows (inbox, "Callback for Ann Lee, due "));
  g_assert_true (shows (inbox, "Callback for Ben Ito, who is offline, due "));
  g_assert_true (shows (inbox, "Nobody’s callback, due "));

  choose_callbacks (fixture, "mine");
  g_assert_true (shows (inbox, "Callback for Ann Lee"));
  g_assert_true (shows (inbox, "Nobody’s callback"));
  g_assert_false (shows (inbox, "Callback for Ben"));

  owe_call (fixture, 1, "a_2", now_ms - 60000);
  settle ();
  g_assert_false (shows (inbox, "Callback for Ben"));
  come_into_queue (fixture, "a_1");
  g_assert_true (shows (inbox, "Callback for Ben"));

  lia_inbox_step (fixture->workbench->inbox, 1);
  settle ();
  g_assert_nonnull (open_conversation (fixture));
  choose_callbacks (fixture, "all");
  g_assert_true (shows (inbox, "Callback for Ben"));
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *label)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Who is to be called back can be called, and put aside, from the conversation. */
static void
test_callback (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (LiaConversation) changed = sample_conversation_copy (g_ptr_array_index (sample_client_conversations (fixture->client), 1));
  GtkWidget *page = GTK_WIDGET (fixture->workbench->page);

  g_set_str (&lia_client_get_me (fixture->client)->phone, "PJSIP/ann");
  changed->callback = TRUE;
  sample_client_change (fixture->client, changed);
  lia_inbox_step (fixture->workbench->inbox, 1);
  settle ();
  g_assert_true (shows (page, "To be called back"));
  g_assert_true (shows (page, "The pallet"));
  g_signal_emit_by_name (find_button (page, "_Call Back"), "clicked");
  settle ();
  assert_asked (fixture->client, "dial +351211234567 c_2");
  g_signal_emit_by_name (find_button (page, "_Done"), "clicked");
  settle ();
  assert_asked (fixture->client, "callback-done e_c_2_3");

  lia_inbox_step (fixture->workbench->inbox, 1);
  settle ();
  g_assert_false (shows (page, "To be called back"));
}

/* The open conversation's customer is in line: one press takes the call. */
static void
test_caller_in_page (Fixture      *fixture,
                     gconstpointer data)
{
  GtkWidget *page = GTK_WIDGET (fixture->workbench->page);

  g_set_str (&lia_client_get_me (fixture->client)->phone, "PJSIP/ann");
  lia_inbox_step (fixture->workbench->inbox, 1);
  sample_phone_add_caller (fixture->client, "1.1", "c_2", 42);
  settle ();
  g_assert_true (shows (page, "Waits 0:4"));
  act (fixture, "conversation.take");
  assert_asked (fixture->client, "take-call 1.1");
  /* Once is enough: it is waited for the call to show it. */
  g_assert_false (gtk_widget_get_sensitive (find_button (page, "T_ake Call")));
  g_list_store_remove_all (sample_phone_calls (fixture->client));
  settle ();
  g_assert_false (shows (page, "Waits"));
}

static void
add_member (Fixture       *fixture,
            const char    *name,
            LiaMemberState state,
            gboolean       paused)
{
  g_autoptr (LiaQueueMember) member = lia_queue_member_new ();

  g_set_str (&member->queue, "q_1");
  g_set_str (&member->interface, name);
  g_set_str (&member->name, name);
  g_set_str (&member->reason, paused ? "Lunch" : "");
  member->state = state;
  member->paused = paused;
  member->since_ms = lia_time_now () - 65000;
  g_list_store_append (sample_phone_members (fixture->client), member);
}

/* A phone queue says who waits and who is there for them; another queue does not. */
static void
test_queue_strip (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (LiaQueue) queue = lia_queue_new ();
  g_autoptr (LiaQueueMember) member = NULL;
  GtkWidget       *inbox = GTK_WIDGET (fixture->workbench->inbox);
  g_autofree char *paused = NULL;

  g_set_str (&queue->id, "q_1");
  g_set_str (&queue->name, "Support");
  lia_views_sidebar_select_nth (fixture->workbench->views, 2);
  settle ();
  g_assert_false (shows (inbox, "Nobody calls"));

  g_set_str (&queue->phone_channel, "h_2");
  queue->service_target_ms = 20000;
  g_list_store_append (G_LIST_STORE (lia_client_get_queues (fixture->client)), queue);
  settle ();
  g_assert_true (shows (inbox, "Nobody calls"));

  g_assert_true (shows (inbox, "No agents"));

  add_member (fixture, "Ann", LIA_MEMBER_FREE, FALSE);
  add_member (fixture, "Bob", LIA_MEMBER_FREE, TRUE);
  sample_phone_add_caller (fixture->client, "1.1", "c_3", 42);
  sample_phone_add_caller (fixture->client, "1.2", "c_8", 5);
  settle ();
  g_assert_true (shows (inbox, "2 callers wait · longest 0:4"));
  g_assert_true (shows (inbox, "1 of 2 free"));
  member = g_list_model_get_item (lia_client_get_members (fixture->client), 1);
  paused = lia_callers_member_words (member, lia_time_now ());
  g_assert_true (g_str_has_prefix (paused, "Paused: Lunch · 1:0"));
}

static void
test_search (Fixture      *fixture,
             gconstpointer data)
{
  act (fixture, "workbench.search");
  gtk_editable_set_text (GTK_EDITABLE (fixture->workbench->search_entry), "umlaut");
  g_signal_emit_by_name (fixture->workbench->search_entry, "search-changed");
  settle ();
  g_assert_cmpstr (gtk_stack_get_visible_child_name (fixture->workbench->list_stack), ==, "search");
  lia_search_pane_activate_first (fixture->workbench->search);
  settle ();
  g_assert_null (open_conversation (fixture));

  gtk_editable_set_text (GTK_EDITABLE (fixture->workbench->search_entry), "müller");
  g_signal_emit_by_name (fixture->workbench->search_entry, "search-changed");
  settle ();
  lia_search_pane_activate_first (fixture->workbench->search);
  settle ();
  g_assert_cmpstr (open_conversation (fixture), ==, "c_5");
}

static void
test_assign (Fixture      *fixture,
             gconstpointer data)
{
  lia_inbox_step (fixture->workbench->inbox, 1);
  settle ();
  act (fixture, "conversation.release");
  assert_asked (fixture->client, "assign c_2 -");
  /* Gone from my work, but still open. */
  g_assert_cmpstr (open_conversation (fixture), ==, "c_2");
  act (fixture, "conversation.take");
  assert_asked (fixture->client, "assign c_2 a_1");
}

static void
test_changes (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (LiaConversation) changed = NULL;

  lia_inbox_step (fixture->workbench->inbox, 1);
  settle ();
  changed = sample_conversation_copy (g_ptr_array_index (sample_client_conversations (fixture->client), 1));
  g_set_str (&changed->subject, "Changed by a colleague");
  sample_client_change (fixture->client, changed);
  settle ();
  g_assert_cmpstr (lia_conversation_page_get_conversation (fixture->workbench->page)->subject, ==, "Changed by a colleague");

  sample_client_set_state (fixture->client, LIA_CLIENT_OFFLINE);
  sample_client_add_channel (fixture->client, "needs-login");
  settle ();
  sample_client_set_state (fixture->client, LIA_CLIENT_LIVE);
  settle ();
}

/* The row that has the keyboard goes: keys reach the list all the same, at once. */
static void
test_keyboard_stays (Fixture      *fixture,
                     gconstpointer data)
{
  GtkWidget *inbox = GTK_WIDGET (fixture->workbench->inbox);
  GtkRoot   *root = gtk_widget_get_root (inbox);
  g_autoptr (LiaConversation) changed = sample_conversation_copy (g_ptr_array_index (sample_client_conversations (fixture->client), 1));
  GtkWidget *before, *after;

  g_assert_true (gtk_widget_activate_action_variant (inbox, "workbench.focus-list", NULL));
  settle ();
  before = gtk_root_get_focus (root);
  g_assert_true (before != NULL && gtk_widget_is_ancestor (before, inbox));

  changed->ver++;
  changed->state = LIA_CONVERSATION_CLOSED;
  sample_client_change (fixture->client, changed);
  after = gtk_root_get_focus (root);
  g_assert_nonnull (after);
  g_assert_true (gtk_widget_get_root (after) == root && gtk_widget_is_ancestor (after, inbox));
  settle ();
  after = gtk_root_get_focus (root);
  g_assert_true (after != NULL && gtk_widget_is_ancestor (after, inbox));
}

int
main (int    argc,
      char **argv)
{
  dex_init ();
  gtk_test_init (&argc, &argv, NULL);
  lia_icons_guard ();
  adw_init ();
  g_resources_get_info ("/org/liaisondesk/Liaison/style.css", 0, NULL, NULL, NULL);

#define ADD(name, func) g_test_add ("/workbench/" name, Fixture, NULL, set_up, func, workbench_tear_down)
  ADD ("choose", test_choose);
  ADD ("close", test_close);
  ADD ("language", test_language);
  ADD ("close-stale", test_close_stale);
  ADD ("send-chat", test_send_chat);
  ADD ("offer-call", test_offer_call);
  ADD ("take-next", test_take_next);
  ADD ("take-caller", test_take_caller);
  ADD ("chat-row", test_chat_row);
  ADD ("caller-row", test_caller_row);
  ADD ("caller-effort", test_caller_effort);
  ADD ("customer-effort", test_customer_effort);
  ADD ("callback", test_callback);
  ADD ("callbacks", test_callbacks);
  ADD ("caller-in-page", test_caller_in_page);
  ADD ("queue-strip", test_queue_strip);
  ADD ("search", test_search);
  ADD ("assign", test_assign);
  ADD ("changes", test_changes);
  ADD ("keyboard-stays", test_keyboard_stays);
#undef ADD

  return g_test_run ();
}
