/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Web sites with a chat are set up, with the client in memory; and what is made of what people type. */
#include "app-test.h"

#include "lia-icons.h"
#include "lia-site-dialog.h"
#include "lia-site-words.h"
#include "lia-sites-group.h"
#include "sample-client.h"

#include <libdex.h>

typedef struct
{
  GtkWindow     *window;
  LiaSitesGroup *group;
  LiaClient     *client;
} Fixture;

static void
add_queue (LiaClient  *client,
           const char *id,
           const char *name)
{
  g_autoptr (LiaQueue) queue = lia_queue_new ();

  queue->id = g_strdup (id);
  queue->name = g_strdup (name);
  sample_client_put_queue (client, queue);
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
  sample_client_add_channel (fixture->client, "ready");
  add_queue (fixture->client, "q_1", "Support");
  add_queue (fixture->client, "q_2", "Orders");
  fixture->group = g_object_new (LIA_TYPE_SITES_GROUP, NULL);
  lia_sites_group_set_client (fixture->group, fixture->client);
  fixture->window = GTK_WINDOW (adw_window_new ());
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->group));
  gtk_window_present (fixture->window);
  settle ();
}

static void
tear_down (Fixture      *fixture,
           gconstpointer role)
{
  gtk_window_destroy (fixture->window);
  settle ();
  g_assert_finalize_object (fixture->client);
}

/* (nullable): the first below @widget, in the order in which they are drawn, for which it is so */
static GtkWidget *
find (GtkWidget *widget,
      gboolean (*fits) (GtkWidget  *widget,
                        const char *name),
      const char *name)
{
  GtkWidget *found = fits (widget, name) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find (child, fits, name);

  return found;
}

static gboolean
is_entry (GtkWidget  *widget,
          const char *title)
{
  return ADW_IS_ENTRY_ROW (widget) && g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title);
}

static gboolean
is_row (GtkWidget  *widget,
        const char *title)
{
  return ADW_IS_PREFERENCES_ROW (widget) && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title);
}

static gboolean
is_button (GtkWidget  *widget,
           const char *name)
{
  return GTK_IS_BUTTON (widget) && (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), name) == 0 || g_strcmp0 (gtk_widget_get_tooltip_text (widget), name) == 0);
}

static GtkWidget *
must_find (AdwDialog *dialog,
           gboolean (*fits) (GtkWidget  *widget,
                             const char *name),
           const char *name)
{
  GtkWidget *found = find (GTK_WIDGET (dialog), fits, name);

  if (found == NULL)
    g_error ("there is no “%s”", name);

  return found;
}

static void
type (AdwDialog  *dialog,
      const char *title,
      const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (must_find (dialog, is_entry, title)), text);
}

static const char *
typed (AdwDialog  *dialog,
       const char *title)
{
  return gtk_editable_get_text (GTK_EDITABLE (must_find (dialog, is_entry, title)));
}

static void
press (AdwDialog  *dialog,
       const char *name)
{
  g_signal_emit_by_name (must_find (dialog, is_button, name), "clicked");
}

static gboolean
is_wrong (AdwDialog  *dialog,
          const char *title)
{
  return gtk_widget_has_css_class (must_find (dialog, is_entry, title), "error");
}

static AdwDialog *
wait_for_dialog (Fixture *fixture)
{
  wait_until (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)) != NULL);
  settle ();

  return adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));
}

static void
wait_until_closed (Fixture *fixture)
{
  wait_until (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)) == NULL);
  settle ();
}

/* From an empty list to one with the site in it, with what is forgotten said where it is missing. */
static void
test_add (Fixture      *fixture,
          gconstpointer role)
{
  AdwDialog *dialog;

  g_assert_true (shows (GTK_WIDGET (fixture->group), "No web site has a chat yet"));
  lia_sites_group_add (fixture->group);
  dialog = wait_for_dialog (fixture);
  g_assert_false (is_wrong (dialog, "Addresses"));

  press (dialog, "_Save");
  g_assert_true (is_wrong (dialog, "Addresses") && is_wrong (dialog, "Short Name"));
  g_assert_true (shows (GTK_WIDGET (dialog), "At least one address is needed"));
  type (dialog, "Name in Lists", "Larch Cycles");
  g_assert_cmpstr (typed (dialog, "Short Name"), ==, "larch-cycles");
  g_assert_false (is_wrong (dialog, "Short Name"));
  type (dialog, "Addresses", "shop.example, www.shop.example/kettles");
  g_assert_true (shows (GTK_WIDGET (dialog), "Pages of https://shop.example, https://www.shop.example"));

  type (dialog, "Public Address", "*.shop.example");
  press (dialog, "_Save");
  g_assert_true (is_wrong (dialog, "Public Address"));
  g_assert_false (gtk_widget_get_sensitive (must_find (dialog, is_button, "_Copy")));
  type (dialog, "Public Address", "chat.shop.example");
  g_assert_false (is_wrong (dialog, "Public Address"));
  g_assert_true (gtk_widget_get_sensitive (must_find (dialog, is_button, "_Copy")));
  must_find (dialog, is_row, "<script async src=\"https://chat.shop.example/chat/widget/loader.js?site=larch-cycles\"></script>");
  adw_switch_row_set_active (ADW_SWITCH_ROW (must_find (dialog, is_row, "Show Answers Before They Write")), TRUE);
  adw_combo_row_set_selected (ADW_COMBO_ROW (must_find (dialog, is_row, "Queue")), 1);

  press (dialog, "_Save");
  wait_until_closed (fixture);
  assert_asked (fixture->client, "add-site {\"key\":\"larch-cycles\",\"name\":\"Larch Cycles\",\"origins\":[\"https://shop.example\",\"https://www.shop.example\"],\"color\":\"\","
                                 "\"greeting\":\"\",\"languages\":[],\"prechat\":[],\"jwt_kids\":[],\"page_trail\":false,\"self_service\":true,\"max_wait_s\":0,\"gone_after_s\":180,"
                                 "\"url\":\"https://chat.shop.example\",\"mailbox\":\"\"} q_2 - 0");
  g_assert_true (shows (GTK_WIDGET (fixture->group), "Larch Cycles"));
  g_assert_true (shows (GTK_WIDGET (fixture->group), "Visitors can write"));
}

/* What only the engine knows is said beside its field, too. */
static void
test_refused (Fixture      *fixture,
              gconstpointer role)
{
  AdwDialog *dialog;

  lia_sites_group_add (fixture->group);
  dialog = wait_for_dialog (fixture);
  type (dialog, "Addresses", "shop.example");
  type (dialog, "Short Name", "taken");
  press (dialog, "_Save");
  wait_until (is_wrong (dialog, "Short Name"));
  g_assert_true (shows (GTK_WIDGET (dialog), "Another site has this key"));
  type (dialog, "Short Name", "free");
  g_assert_false (is_wrong (dialog, "Short Name"));
  adw_dialog_force_close (dialog);
  wait_until_closed (fixture);
}

/* All that is not touched stays; its key is one more, and shown only now. */
static void
test_change (Fixture      *fixture,
             gconstpointer role)
{
  AdwDialog *dialog;

  sample_client_add_site (fixture->client);
  settle ();
  gtk_widget_activate (find (GTK_WIDGET (fixture->group), is_row, "Larch Cycles"));
  dialog = wait_for_dialog (fixture);
  g_assert_cmpstr (typed (dialog, "Addresses"), ==, "https://shop.example, https://www.shop.example");
  g_assert_false (gtk_editable_get_editable (GTK_EDITABLE (must_find (dialog, is_entry, "Short Name"))));
  g_assert_true (shows (GTK_WIDGET (dialog), "Key “k1”"));
  press (dialog, "_Renew…");
  g_assert_true (shows (GTK_WIDGET (dialog), "New Key “k2”") && shows (GTK_WIDGET (dialog), "Copy it now"));
  press (dialog, "_Discard");
  g_assert_true (shows (GTK_WIDGET (dialog), "Key “k1”") && !shows (GTK_WIDGET (dialog), "Copy it now"));
  press (dialog, "_Renew…");
  type (dialog, "Greeting", "Hello there");
  press (dialog, "_Save");
  wait_until_closed (fixture);
  assert_asked (fixture->client, "update-site {\"key\":\"shop\",\"name\":\"Larch Cycles\",\"origins\":[\"https://shop.example\",\"https://www.shop.example\"],\"color\":\"#26593b\","
                                 "\"greeting\":\"Hello there\",\"languages\":[\"en\",\"de\"],\"prechat\":[\"name\"],\"jwt_kids\":[],\"page_trail\":false,\"self_service\":true,"
                                 "\"max_wait_s\":120,\"gone_after_s\":180,\"url\":\"https://chat.shop.example\",\"mailbox\":\"h_1\"} q_2 k2 64");
}

static void
test_remove (Fixture      *fixture,
             gconstpointer role)
{
  AdwDialog *dialog;

  sample_client_add_site (fixture->client);
  settle ();
  g_signal_emit_by_name (find (GTK_WIDGET (fixture->group), is_button, "Remove This Web Site"), "clicked");
  dialog = wait_for_dialog (fixture);
  g_assert_true (shows (GTK_WIDGET (dialog), "Conversations stay here"));
  g_signal_emit_by_name (dialog, "response::cancel", "cancel");
  {
    g_autofree char *log = sample_client_take_log (fixture->client);

    g_assert_null (strstr (log, "remove h_2"));
  }
  g_signal_emit_by_name (dialog, "response::remove", "remove");
  assert_asked (fixture->client, "remove h_2");
  adw_dialog_force_close (dialog);
  wait_until_closed (fixture);
}

/* Others see the sites and copy the line, no more. */
static void
test_only_shown (Fixture      *fixture,
                 gconstpointer role)
{
  GtkWidget *row;

  sample_client_add_site (fixture->client);
  settle ();
  row = find (GTK_WIDGET (fixture->group), is_row, "Larch Cycles");
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
  g_assert_null (find (row, is_button, "Remove This Web Site"));
  g_assert_nonnull (find (row, is_button, "Copy the Line for Its Pages"));
  g_assert_false (lia_sites_group_may_change (fixture->group));
}

static void
test_origins (void)
{
  static const char *const cases[][2] = {
    { "example.com", "https://example.com" },
    { "https://Example.COM:443/shop?a=b#c", "https://example.com" },
    { "http://example.com:80", "http://example.com" },
    { "https://example.com:8443/", "https://example.com:8443" },
    { "example.com:8443", "https://example.com:8443" },
    { "localhost:8080", "http://localhost:8080" },
    { " a.example ,b.example; a.example/x\nb.example", "https://a.example https://b.example" },
    { "käse.example", "https://xn--kse-qla.example" },
    { "", NULL },
    { " , ", NULL },
    { "shop", NULL },
    { "*.example.com", NULL },
    { "ftp://example.com", NULL },
    { "https://", NULL },
    { "https://ann:secret@example.com", NULL },
    { "a.example, my shop", NULL },
    { "exa_mple.com", NULL },
    { "javascript:alert(1)", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *problem = NULL;
      g_auto (GStrv) origins = lia_site_words_parse_origins (cases[i][0], &problem);
      g_autofree char *list = origins != NULL ? g_strjoinv (" ", origins) : NULL;

      g_test_message ("“%s”", cases[i][0]);
      g_assert_cmpstr (list, ==, cases[i][1]);
      g_assert_true ((problem == NULL) == (origins != NULL));
    }
}

static void
test_keys (void)
{
  static const char *const cases[][2] = { { "Shop", "shop" }, { " Larch & Cycles! ", "larch-cycles" }, { "Käse 24", "kase-24" }, { "商店", "" }, { "", "" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *key = lia_site_words_make_key (cases[i][0]);

      g_test_message ("“%s”", cases[i][0]);
      g_assert_cmpstr (key, ==, cases[i][1]);
    }
}

int
main (int    argc,
      char **argv)
{
  dex_init ();
  gtk_test_init (&argc, &argv, NULL);
  lia_icons_guard ();
  adw_init ();

  g_test_add_func ("/sites/origins", test_origins);
  g_test_add_func ("/sites/keys", test_keys);
  g_test_add ("/sites/add", Fixture, "admin", set_up, test_add, tear_down);
  g_test_add ("/sites/refused", Fixture, "admin", set_up, test_refused, tear_down);
  g_test_add ("/sites/change", Fixture, "admin", set_up, test_change, tear_down);
  g_test_add ("/sites/remove", Fixture, "admin", set_up, test_remove, tear_down);
  g_test_add ("/sites/only-shown", Fixture, "agent", set_up, test_only_shown, tear_down);

  return g_test_run ();
}
