/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Telling customers of a fix: what each is told, that many are offered only after one was read and sent, and who is left out then. */

#include "app-test.h"
#include "sample-client.h"
#include "sample-notices.h"

#include "lia-icons.h"
#include "lia-notice-draft.h"
#include "lia-notices-sender.h"
#include "lia-notices-window.h"
#include "lia-problem.h"

#include <locale.h>

static LiaNotice *
make_notice (const char *id,
             const char *name,
             const char *language)
{
  LiaNotice *notice = lia_notice_new ();

  g_set_str (&notice->id, id);
  g_set_str (&notice->finding, "f_1");
  g_set_str (&notice->title, "The total is wrong");
  g_set_str (&notice->conv, "c_1");
  g_set_str (&notice->topic, "Invoice");
  notice->customer = lia_address_new (name, "x@example.com");
  g_set_str (&notice->language, language);
  g_set_str (&notice->formality, "any");
  g_set_str (&notice->channel, "email");
  g_set_str (&notice->email, "x@example.com");

  return notice;
}

static void
test_draft (WorkbenchFixture *fixture,
            gconstpointer     data)
{
  static const struct
  {
    const char *language;
    const char *formality;
    const char *release;
    const char *words[3];
  } cases[] = {
    { "en", "any", "", { "Hello Ann,", "“The total is wrong”", "It is fixed now. " } },
    { "en", "any", "2.1", { "Hello Ann,", "“The total is wrong”", "It is fixed now, from version 2.1 on. " } },
    { "de", "formal", "2.1", { "Guten Tag Ann Lee,", "„The total is wrong“", "ab der Version 2.1. " } },
    { "de-AT", "informal", "", { "Hallo Ann,", "du hast uns", "Das ist jetzt behoben. " } },
    { "ar", "any", "2.1", { "مرحبًا Ann Lee،", "«The total is wrong»", "2.1" } },
    { "fi", "any", "", { "Hello Ann,", "It is fixed now. ", "Kind regards" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LiaNotice) notice = make_notice ("n_1", "Ann Lee", cases[i].language);
      g_autoptr (LiaNoticeDraft) draft = NULL;

      notice->issue = lia_issue_new ();
      g_set_str (&notice->issue->title, "NPE in TotalsService");
      g_set_str (&notice->issue->milestone, cases[i].release);
      g_set_str (&notice->formality, cases[i].formality);
      draft = lia_notice_draft_new (fixture->client, notice);
      g_test_message ("%s: %s", cases[i].language, draft->body);
      for (guint j = 0; j < G_N_ELEMENTS (cases[i].words); j++)
        g_assert_nonnull (strstr (draft->body, cases[i].words[j]));
      g_assert_null (strstr (draft->body, "NPE"));
      g_assert_null (strstr (draft->body, "{{"));
      g_assert_cmpstr (draft->subject, ==, "Re: Invoice");
      g_assert_true (lia_notice_draft_is_ready (draft));
    }
}

/* A name of which no first name can be made leaves no gap that one would see. */
static void
test_draft_without_a_name (WorkbenchFixture *fixture,
                           gconstpointer     data)
{
  g_autoptr (LiaNotice) notice = make_notice ("n_1", "", "en");
  g_autoptr (LiaNoticeDraft) draft = lia_notice_draft_new (fixture->client, notice);

  g_assert_true (g_str_has_prefix (draft->body, "Hello,"));
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkWindow *
open_window (WorkbenchFixture *fixture)
{
  GtkWindow *window = lia_notices_window_new (fixture->client);

  gtk_window_present (window);
  settle ();

  return window;
}

static void
test_others_after_one (WorkbenchFixture *fixture,
                       gconstpointer     data)
{
  g_autoptr (GPtrArray) notices = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *log = NULL;
  GtkWindow       *window;
  LiaNotice       *held = make_notice ("n_4", "Dee Doe", "en");

  held->held_ms = G_MAXINT64 / 2;
  g_ptr_array_add (notices, make_notice ("n_1", "Ann Lee", "en"));
  g_ptr_array_add (notices, make_notice ("n_2", "Bo Berg", "de"));
  g_ptr_array_add (notices, make_notice ("n_3", "Cy Chan", "en"));
  g_ptr_array_add (notices, held);
  sample_notices_set (notices);
  window = open_window (fixture);
  g_assert_false (shows (GTK_WIDGET (window), "more customers asked for this"));
  g_assert_true (shows (GTK_WIDGET (window), "Was told of something else just now"));
  g_free (sample_client_take_log (fixture->client));

  gtk_widget_activate_action (find_button (GTK_WIDGET (window), "_Send"), "notice.send", NULL);
  settle ();
  log = sample_client_take_log (fixture->client);
  g_assert_nonnull (strstr (log, "tell n_1 by email anyway: “Hello Ann,"));
  wait_until (shows (GTK_WIDGET (window), "2 more customers asked for this"));

  gtk_widget_activate (find_button (GTK_WIDGET (window), "_Tell Them Too…"));
  settle ();
  wait_until (shows (GTK_WIDGET (window), "Tell 2 Customers?"));
  g_assert_true (shows (GTK_WIDGET (window), "1 customer stays in the list"));
  gtk_widget_activate (find_button (GTK_WIDGET (window), "_Tell Them"));
  wait_until (notices->len == 1);
  settle ();
  g_free (log);
  log = sample_client_take_log (fixture->client);
  g_assert_nonnull (strstr (log, "tell n_2 by email: “"));
  g_assert_nonnull (strstr (log, "tell n_3 by email: “Hello Cy,"));
  g_assert_null (strstr (log, "tell n_4"));

  gtk_window_destroy (window);
  sample_notices_set (NULL);
}

static void
stop_after_one_cb (LiaNoticesSender *sender)
{
  if (lia_notices_sender_get_told (sender) == 1)
    lia_notices_sender_stop (sender);
}

/* Also a refusal ends nothing but itself. */
static void
test_stopped (WorkbenchFixture *fixture,
              gconstpointer     data)
{
  g_autoptr (GPtrArray) notices = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (LiaNoticesSender) sender = lia_notices_sender_new (fixture->client);

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("n_%u", i + 1);

      g_ptr_array_add (notices, make_notice (id, "Ann Lee", "en"));
      lia_notices_sender_add (sender, notices->pdata[i], LIA_NOTICE_BY_EMAIL);
    }
  sample_notices_set (notices);
  sample_client_refuse (fixture->client, LIA_PROBLEM_VERSION_CONFLICT);
  g_signal_connect (sender, "changed", G_CALLBACK (stop_after_one_cb), NULL);
  lia_notices_sender_start (sender);
  g_assert_true (lia_notices_sender_is_running (sender));
  wait_until (!lia_notices_sender_is_running (sender));
  g_assert_cmpuint (lia_notices_sender_get_failed (sender), ==, 1);
  g_assert_cmpuint (lia_notices_sender_get_total (sender), ==, 4);
  g_assert_cmpuint (lia_notices_sender_get_told (sender), ==, 1);
  g_assert_cmpuint (notices->len, ==, 3);
  sample_notices_set (NULL);
}

static void
test_typed_text_is_kept (WorkbenchFixture *fixture,
                         gconstpointer     data)
{
  g_autoptr (GPtrArray) notices = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *log = NULL;
  GtkWindow       *window;
  LiaNotice       *edited = make_notice ("n_1", "Ann Lee", "en");

  g_set_str (&edited->body, "As I wrote it");
  g_ptr_array_add (notices, edited);
  sample_notices_set (notices);
  window = open_window (fixture);
  g_free (sample_client_take_log (fixture->client));
  gtk_widget_activate_action (find_button (GTK_WIDGET (window), "_Send"), "notice.send", NULL);
  settle ();
  log = sample_client_take_log (fixture->client);
  g_assert_nonnull (strstr (log, "tell n_1 by email anyway: “As I wrote it”"));
  g_assert_null (strstr (log, "keep"));
  wait_until (shows (GTK_WIDGET (window), "Nobody to Tell"));
  gtk_window_destroy (window);
  sample_notices_set (NULL);
}

static void
set_up (WorkbenchFixture *fixture,
        gconstpointer     data)
{
  workbench_set_up (fixture, NULL, FALSE);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  dex_init ();
  gtk_test_init (&argc, &argv, NULL);
  lia_icons_guard ();
  adw_init ();
  g_test_add ("/notices/draft", WorkbenchFixture, NULL, set_up, test_draft, workbench_tear_down);
  g_test_add ("/notices/draft-without-a-name", WorkbenchFixture, NULL, set_up, test_draft_without_a_name, workbench_tear_down);
  g_test_add ("/notices/others-after-one", WorkbenchFixture, NULL, set_up, test_others_after_one, workbench_tear_down);
  g_test_add ("/notices/stopped", WorkbenchFixture, NULL, set_up, test_stopped, workbench_tear_down);
  g_test_add ("/notices/typed-text-is-kept", WorkbenchFixture, NULL, set_up, test_typed_text_is_kept, workbench_tear_down);

  return g_test_run ();
}
