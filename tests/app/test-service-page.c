/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds for everybody in a workspace, with the client in memory. */
#include "app-test.h"

#include "lia-icons.h"
#include "lia-service-page.h"
#include "sample-client.h"

#include <libdex.h>

typedef struct
{
  GtkWindow      *window;
  LiaServicePage *page;
  LiaClient      *client;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer role)
{
  g_autoptr (LiaAgent) me = lia_agent_new ();

  me->id = g_strdup ("a_1");
  me->name = g_strdup ("Ann");
  me->role = g_strdup (role);
  me->availability = g_strdup ("available");
  fixture->client = lia_client_new (NULL, NULL);
  sample_client_set_me (fixture->client, me);
  fixture->page = g_object_new (LIA_TYPE_SERVICE_PAGE, NULL);
  lia_service_page_set_client (fixture->page, fixture->client);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->page));
  gtk_window_present (fixture->window);
  settle ();
}

static void
tear_down (Fixture      *fixture,
           gconstpointer role)
{
  gtk_window_destroy (fixture->window);
  g_assert_finalize_object (fixture->client);
}

static AdwSpinRow *
row (Fixture    *fixture,
     const char *name)
{
  return ADW_SPIN_ROW (gtk_widget_get_template_child (GTK_WIDGET (fixture->page), LIA_TYPE_SERVICE_PAGE, name));
}

/* @all: what was asked so far, and what was asked since */
static gboolean
has_asked (LiaClient  *client,
           GString    *all,
           const char *what)
{
  g_autofree char *log = sample_client_take_log (client);

  g_string_append (all, log);
  return strstr (all->str, what) != NULL;
}

static void
test_saved (Fixture      *fixture,
            gconstpointer role)
{
  g_autoptr (GString) asked = g_string_new (NULL);

  g_assert_cmpfloat (adw_spin_row_get_value (row (fixture, "chat_offer")), ==, 25);
  g_assert_cmpfloat (adw_spin_row_get_value (row (fixture, "notice_gap")), ==, 30);
  adw_spin_row_set_value (row (fixture, "chat_offer"), 40);
  adw_spin_row_set_value (row (fixture, "chat_offer"), 45);
  wait_until (has_asked (fixture->client, asked, "chat-offer 45"));
  g_assert_null (strstr (asked->str, "chat-offer 40")); /* only passed by */
  g_assert_null (strstr (asked->str, "notice-gap"));

  adw_spin_row_set_value (row (fixture, "notice_gap"), 7);
  lia_service_page_save (fixture->page); /* as the dialog that closes */
  assert_asked (fixture->client, "notice-gap 7");
}

static void
test_only_shown (Fixture      *fixture,
                 gconstpointer role)
{
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (row (fixture, "chat_offer"))));
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (row (fixture, "notice_gap"))));
  g_assert_true (shows (GTK_WIDGET (fixture->page), "An administrator of this workspace can change it."));
}

int
main (int    argc,
      char **argv)
{
  dex_init ();
  gtk_test_init (&argc, &argv, NULL);
  lia_icons_guard ();
  adw_init ();

  g_test_add ("/service-page/saved", Fixture, "admin", set_up, test_saved, tear_down);
  g_test_add ("/service-page/only-shown", Fixture, "agent", set_up, test_only_shown, tear_down);

  return g_test_run ();
}
