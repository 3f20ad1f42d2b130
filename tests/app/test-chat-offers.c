/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chats that are offered to the agent, and those who wait for a word, in the window. */
#include "call-test.h"
#include "sample-client.h"

#include "lia-due-pill.h"
#include "lia-icons.h"
#include "lia-problem.h"
#include "lia-time.h"

#include <libdex.h>

typedef WorkbenchFixture Fixture;

static void
tell_live (Fixture    *fixture,
           const char *type,
           const char *kind,
           const char *d)
{
  g_autofree char *text = g_strdup_printf ("{\"t\":\"%s\",\"k\":\"%s\",\"d\":%s}", type, kind, d);
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaFrame) frame = lia_frame_parse (text, -1, &error);
  LiaLiveChats *chats = lia_client_get_chats (fixture->client);

  g_assert_no_error (error);
  lia_chat_offers_take (lia_live_chats_get_offers (chats), frame);
  lia_live_chats_take (chats, frame);
  settle ();
}

/* @conversation: (nullable): what is offered to me */
static void
offer (Fixture    *fixture,
       const char *conversation,
       int         chats,
       int         capacity)
{
  gint64           now_ms = lia_time_now ();
  g_autofree char *since = lia_time_to_string (now_ms - 42 * 1000);
  g_autofree char *from = lia_time_to_string (now_ms);
  g_autofree char *until = lia_time_to_string (now_ms + 60 * 1000);
  g_autofree char *object = conversation != NULL ? g_strdup_printf ("{\"conv\":\"%s\",\"queue\":\"q_1\",\"name\":\"Eve Example\",\"text\":\"Is it in stock?\","
                                                                    "\"waiting_since\":\"%s\",\"from\":\"%s\",\"until\":\"%s\"}",
                                                                    conversation, since, from, until)
                                                 : g_strdup ("null");
  g_autofree char *d = g_strdup_printf ("{\"offer\":%s,\"chats\":%d,\"capacity\":%d}", object, chats, capacity);

  tell_live (fixture, "live", "chat.offer", d);
}

static GtkWidget *
strip (Fixture *fixture)
{
  return GTK_WIDGET (fixture->workbench->chat_offer);
}

/* A chat that is nobody's, and waits */
static LiaConversation *
make_chat (Fixture    *fixture,
           const char *id)
{
  GPtrArray *conversations = sample_client_conversations (fixture->client);

  for (guint i = 0; i < conversations->len; i++)
    if (g_str_equal (((LiaConversation *)conversations->pdata[i])->id, id))
      {
        g_autoptr (LiaConversation) chat = sample_conversation_copy (conversations->pdata[i]);

        g_set_str (&chat->channel, "chat");
        g_set_str (&chat->assignee, NULL);
        chat->state = LIA_CONVERSATION_OPEN;
        chat->waiting_since_ms = lia_time_now () - 5000;
        sample_client_change (fixture->client, chat);
        return g_steal_pointer (&chat);
      }

  g_assert_not_reached ();
}

static void
test_taken (Fixture      *fixture,
            gconstpointer data)
{
  g_assert_false (gtk_widget_get_visible (strip (fixture)));
  offer (fixture, "c_3", 0, 3);
  wait_until (gtk_widget_get_mapped (strip (fixture)));
  g_assert_true (shows (strip (fixture), "Eve Example"));
  g_assert_true (shows (strip (fixture), "Is it in stock?"));
  g_assert_true (shows (strip (fixture), "Waits "));
  g_signal_emit_by_name (find_button (strip (fixture), "Take the chat"), "clicked");
  settle ();
  assert_asked (fixture->client, "assign c_3 a_1");
  wait_until (g_strcmp0 (open_conversation (fixture), "c_3") == 0);
  offer (fixture, NULL, 1, 3);
  g_assert_false (gtk_widget_get_visible (strip (fixture)));
}

static void
test_declined (Fixture      *fixture,
               gconstpointer data)
{
  offer (fixture, "c_3", 0, 3);
  act (fixture, "workbench.decline-offer");
  assert_asked (fixture->client, "decline-chat c_3");
  offer (fixture, NULL, 0, 3);
  g_assert_false (gtk_widget_get_visible (strip (fixture)));
}

/* A colleague was faster: what is open stays open. */
static void
test_too_late (Fixture      *fixture,
               gconstpointer data)
{
  g_autofree char *open = g_strdup (open_conversation (fixture));

  offer (fixture, "c_3", 0, 3);
  sample_client_refuse (fixture->client, LIA_PROBLEM_VERSION_CONFLICT);
  act (fixture, "workbench.take-offer");
  assert_asked (fixture->client, "take-chat c_3");
  g_assert_cmpstr (open_conversation (fixture), ==, open);
  g_assert_true (shows (GTK_WIDGET (fixture->window), "A colleague was faster"));
}

/* What is offered is the most urgent. */
static void
test_take_next (Fixture      *fixture,
                gconstpointer data)
{
  offer (fixture, "c_3", 0, 3);
  act (fixture, "workbench.take-next");
  assert_asked (fixture->client, "assign c_3 a_1");
}

/* The engine went away: nobody knows what it offers. */
static void
test_lost (Fixture      *fixture,
           gconstpointer data)
{
  offer (fixture, "c_3", 2, 3);
  lia_live_chats_lose (lia_client_get_chats (fixture->client));
  settle ();
  g_assert_false (gtk_widget_get_visible (strip (fixture)));
  g_assert_false (lia_chat_offers_is_full (lia_live_chats_get_offers (lia_client_get_chats (fixture->client))));
}

/* One more than I wanted is a question; the one that I take then is mine. */
static void
test_full (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (LiaConversation) chat = make_chat (fixture, "c_3");
  AdwDialog *dialog;

  lia_workbench_open (fixture->workbench, "c_3", NULL);
  wait_until (g_strcmp0 (open_conversation (fixture), "c_3") == 0);
  settle ();
  offer (fixture, NULL, 3, 3);
  assert_not_asked (fixture);
  act (fixture, "conversation.take");
  assert_not_asked (fixture);
  dialog = ADW_DIALOG (find_of_type (GTK_WIDGET (fixture->window), ADW_TYPE_ALERT_DIALOG));
  g_assert_nonnull (dialog);
  g_signal_emit_by_name (dialog, "response::take", "take");
  settle ();
  assert_asked (fixture->client, "assign c_3 a_1");
  adw_dialog_force_close (dialog);
}

static void
test_capacity (Fixture      *fixture,
               gconstpointer data)
{
  GtkWidget *button = GTK_WIDGET (fixture->workbench->availability);

  g_assert_false (shows (button, "/"));
  offer (fixture, NULL, 2, 3);
  g_assert_true (shows (button, "2/3"));
  g_assert_true (gtk_widget_activate_action (gtk_widget_get_first_child (button), "chats.at-once", "i", 5));
  settle ();
  assert_asked (fixture->client, "chats 5");
  offer (fixture, NULL, 0, 5);
  g_assert_false (shows (button, "/"));
}

/* Who is there and waits for our word is seen in the list; who has left is not urgent in that way. */
static void
test_waits (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (LiaConversation) chat = make_chat (fixture, "c_3");
  GtkWidget *list = GTK_WIDGET (fixture->workbench->inbox);

  lia_views_sidebar_select (fixture->workbench->views, "all");
  settle ();
  g_assert_false (shows (list, "Waits "));
  tell_live (fixture, "eph", "chat.presence", "{\"conv\":\"c_3\",\"online\":true}");
  wait_until (shows (list, "Waits "));
  tell_live (fixture, "eph", "chat.presence", "{\"conv\":\"c_3\",\"online\":false}");
  g_assert_false (shows (list, "Waits "));
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

#define ADD(name, func) g_test_add ("/chat-offers/" name, Fixture, NULL, call_set_up, func, workbench_tear_down)
  ADD ("taken", test_taken);
  ADD ("declined", test_declined);
  ADD ("too-late", test_too_late);
  ADD ("take-next", test_take_next);
  ADD ("lost", test_lost);
  ADD ("full", test_full);
  ADD ("capacity", test_capacity);
  ADD ("waits", test_waits);
#undef ADD

  return g_test_run ();
}
