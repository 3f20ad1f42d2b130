/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A canned response is published on web sites, with the client in memory. */
#include "app-test.h"

#include "lia-icons.h"
#include "lia-library-row.h"
#include "lia-library-sites.h"
#include "sample-client.h"

#include <libdex.h>

typedef struct
{
  GtkWindow           *window;
  LiaLibrarySites     *row;
  LiaLibraryPublished *published;
  LiaClient           *client;
  LiaCanned           *canned;
} Fixture;

static LiaCanned *
make_canned (const char *body)
{
  LiaCanned        *canned = lia_canned_new ();
  LiaCannedVariant *variant = lia_canned_variant_new ();

  g_set_str (&canned->id, "r_40");
  g_set_str (&canned->title, "Opening hours");
  canned->scope = LIA_CANNED_TEAM;
  canned->state = LIA_CANNED_REVIEWED;
  g_set_str (&variant->language, "en");
  g_set_str (&variant->body, body);
  g_ptr_array_add (canned->variants, variant);

  return canned;
}

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
  sample_client_add_site (fixture->client);
  fixture->canned = make_canned ("We open at nine.");
  fixture->published = lia_library_published_new (fixture->client);
  fixture->row = g_object_new (LIA_TYPE_LIBRARY_SITES, "title", "Publish", NULL);
  lia_library_sites_set_client (fixture->row, fixture->client, fixture->published);
  lia_library_sites_show (fixture->row, fixture->canned, FALSE);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->row));
  gtk_window_present (fixture->window);
  settle ();
}

static void
tear_down (Fixture      *fixture,
           gconstpointer role)
{
  gtk_window_destroy (fixture->window);
  settle ();
  g_object_unref (fixture->canned);
  g_assert_finalize_object (fixture->published);
  g_assert_finalize_object (fixture->client);
}

static GtkWidget *
find_switch (GtkWidget *widget)
{
  GtkWidget *found = ADW_IS_SWITCH_ROW (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_switch (child);

  return found;
}

static AdwSwitchRow *
get_switch (Fixture *fixture)
{
  return ADW_SWITCH_ROW (find_switch (GTK_WIDGET (fixture->row)));
}

static const char *
words (Fixture *fixture)
{
  return adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (fixture->row));
}

static void
test_published (Fixture      *fixture,
                gconstpointer role)
{
  g_assert_cmpstr (words (fixture), ==, "Not Published");
  g_assert_false (lia_library_published_is_public (fixture->published, fixture->canned));
  adw_switch_row_set_active (get_switch (fixture), TRUE);
  assert_asked (fixture->client, "publish r_40: h_2");
  wait_until (lia_library_published_is_public (fixture->published, fixture->canned));
  g_assert_cmpstr (words (fixture), ==, "Larch Cycles");
  {
    g_autofree char *spoken = lia_library_row_words (fixture->canned, FALSE, TRUE);

    g_assert_cmpstr (spoken, ==, "Opening hours, on the web site");
  }

  adw_switch_row_set_active (get_switch (fixture), FALSE);
  assert_asked (fixture->client, "publish r_40: ");
  wait_until (!lia_library_published_is_public (fixture->published, fixture->canned));
  g_assert_cmpstr (words (fixture), ==, "Not Published");
}

/* What strangers cannot read, or nobody has saved, is not published; what is there can be taken away. */
static void
test_unfit (Fixture      *fixture,
            gconstpointer role)
{
  g_autoptr (LiaCanned) unfit = make_canned ("Hello {{customer.name}}");

  lia_library_sites_show (fixture->row, unfit, FALSE);
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (get_switch (fixture))));
  g_assert_nonnull (strstr (words (fixture), "is not known of a visitor"));
  lia_library_sites_show (fixture->row, fixture->canned, TRUE);
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (get_switch (fixture))));
  g_assert_nonnull (strstr (words (fixture), "Save it first"));

  lia_library_sites_show (fixture->row, fixture->canned, FALSE);
  adw_switch_row_set_active (get_switch (fixture), TRUE);
  wait_until (lia_library_published_is_public (fixture->published, fixture->canned));
  lia_library_sites_show (fixture->row, unfit, FALSE);
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (get_switch (fixture))));
  g_assert_true (adw_switch_row_get_active (get_switch (fixture)));
}

static void
test_only_shown (Fixture      *fixture,
                 gconstpointer role)
{
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (get_switch (fixture))));
  g_assert_nonnull (strstr (words (fixture), "A supervisor can publish it"));
}

int
main (int    argc,
      char **argv)
{
  dex_init ();
  gtk_test_init (&argc, &argv, NULL);
  lia_icons_guard ();
  adw_init ();

  g_test_add ("/publish/published", Fixture, "supervisor", set_up, test_published, tear_down);
  g_test_add ("/publish/unfit", Fixture, "admin", set_up, test_unfit, tear_down);
  g_test_add ("/publish/only-shown", Fixture, "agent", set_up, test_only_shown, tear_down);

  return g_test_run ();
}
