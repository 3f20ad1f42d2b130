/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A finding on its way to the engineers: which files go along, what is kept of what was decided, and what became of it. */

#include "app-test.h"
#include "sample-client.h"
#include "sample-push.h"

#include "lia-icons.h"
#include "lia-issues-group.h"
#include "lia-push-dialog.h"
#include "lia-push-draft.h"
#include "lia-push-file-row.h"
#include "lia-push-ledger.h"
#include "lia-push-withdraw.h"

#include <glib/gstdio.h>
#include <locale.h>

typedef struct
{
  GtkWindow *window;
  LiaClient *client;
  char      *folder;
} Fixture;

static void
add_tracker (const char *id,
             const char *name,
             gboolean    is_public)
{
  g_autoptr (LiaTrackerSetup) tracker = lia_tracker_setup_new ();

  g_set_str (&tracker->id, id);
  g_set_str (&tracker->kind, "redmine");
  g_set_str (&tracker->name, name);
  tracker->is_public = is_public;
  sample_push_add_tracker (tracker);
}

static LiaAttachment *
make_attachment (const char *name,
                 const char *type)
{
  LiaAttachment *attachment = lia_attachment_new ();

  g_free (attachment->blob);
  attachment->blob = g_strconcat ("b_", name, NULL);
  g_set_str (&attachment->name, name);
  g_set_str (&attachment->type, type);
  attachment->size_bytes = 48211;

  return attachment;
}

static LiaFinding *
make_finding (void)
{
  LiaFinding *finding = lia_finding_new ();

  g_set_str (&finding->id, "f_1");
  g_set_str (&finding->title, "The total is wrong");
  finding->customers = 7;

  return finding;
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GPtrArray) offered = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (LiaFinding) finding = make_finding ();

  g_ptr_array_add (offered, make_attachment ("screen.png", "image/png"));
  g_ptr_array_add (offered, make_attachment ("log;1.txt", "text/plain"));
  sample_push_offer (offered);
  sample_push_set_finding (finding);
  fixture->client = lia_client_new (NULL, NULL);
  fixture->folder = g_dir_make_tmp ("liaison-push-XXXXXX", NULL);
  fixture->window = GTK_WINDOW (adw_window_new ());
  gtk_window_set_default_size (fixture->window, 900, 900);
  adw_window_set_content (ADW_WINDOW (fixture->window), adw_bin_new ());
  gtk_window_present (fixture->window);
  settle ();
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *draft = g_build_filename (fixture->folder, "f_1.issue", NULL);

  gtk_window_destroy (fixture->window);
  settle ();
  sample_push_offer (NULL);
  sample_push_set_finding (NULL);
  sample_push_refuse_file (NULL, NULL);
  g_clear_object (&fixture->client);
  g_unlink (draft);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
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

static void
press (GtkWidget  *dialog,
       const char *label)
{
  g_signal_emit_by_name (find_button (dialog, label), "clicked");
}

static GtkWidget *
find_file (GtkWidget  *widget,
           const char *name)
{
  if (LIA_IS_PUSH_FILE_ROW (widget) && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), name))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_file (child, name);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
can_send (GtkWidget *dialog)
{
  GtkWidget *button = find_button (dialog, "_Send This");

  return button != NULL && gtk_widget_is_sensitive (button);
}

static GtkWidget *
open_dialog (Fixture *fixture)
{
  AdwDialog *dialog = lia_push_dialog_new (fixture->client, fixture->folder, "f_1");

  adw_dialog_present (dialog, GTK_WIDGET (fixture->window));
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (dialog)));

  return GTK_WIDGET (dialog);
}

static GtkWidget *
open_review (Fixture *fixture)
{
  GtkWidget *dialog = open_dialog (fixture);

  wait_until (find_button (dialog, "Create a _New Issue…") != NULL);
  press (dialog, "Create a _New Issue…");
  wait_until (can_send (dialog));

  return dialog;
}

static void
close_dialog (GtkWidget *dialog)
{
  gpointer there = dialog;

  g_object_add_weak_pointer (G_OBJECT (dialog), &there);
  adw_dialog_force_close (ADW_DIALOG (dialog));
  wait_until (there == NULL);
}

static gboolean
is_chosen (GtkWidget  *dialog,
           const char *name)
{
  return lia_push_file_row_get_chosen (LIA_PUSH_FILE_ROW (find_file (dialog, name)));
}

/* None leaves by itself; what was chosen is in what was looked at, and in what leaves; the keyboard stays where it chooses. */
static void
test_chosen_files_leave (Fixture      *fixture,
                         gconstpointer data)
{
  GtkWidget *dialog = open_review (fixture);
  GtkWidget *screen = find_file (dialog, "screen.png");

  g_assert_false (is_chosen (dialog, "screen.png") || is_chosen (dialog, "log;1.txt"));
  assert_asked (fixture->client, "preview f_1 for t_1 marker= files=\n");
  gtk_widget_grab_focus (screen);
  gtk_widget_activate (screen);
  wait_until (shows (dialog, "what it said of place, time and device was taken out"));
  wait_until (can_send (dialog));
  assert_asked (fixture->client, "preview f_1 for t_1 marker=liaison-1 files=[screen.png]\n");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == screen);
  gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == find_button (screen, "_Look"));
  gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == find_file (dialog, "log;1.txt"));
  gtk_widget_activate (find_file (dialog, "log;1.txt"));
  wait_until (shows (dialog, "whatever it says of who made it leaves, too"));
  gtk_widget_activate (screen);
  wait_until (!shows (dialog, "was taken out") && can_send (dialog));
  press (dialog, "_Send This");
  wait_until (find_button (dialog, "_Done") != NULL);
  assert_asked (fixture->client, "push f_1 to t_1 marker=liaison-1: hash of [log;1.txt]\n");
  close_dialog (dialog);
}

static void
test_refused_file (Fixture      *fixture,
                   gconstpointer data)
{
  GtkWidget *dialog;

  sample_push_refuse_file ("screen.png", "The file is too large for them.");
  dialog = open_review (fixture);
  gtk_widget_activate (find_file (dialog, "screen.png"));
  wait_until (shows (dialog, "The file is too large for them."));
  g_assert_false (can_send (dialog));
  wait_until (shows (dialog, "A file that you chose cannot go there"));
  gtk_widget_activate (find_file (dialog, "screen.png"));
  wait_until (can_send (dialog));
  g_assert_false (shows (dialog, "The file is too large for them."));
  close_dialog (dialog);
}

/* The second one is: what is warned of is what is chosen there. */
static void
test_public (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (LiaPushPreview) kept = lia_push_preview_new ();
  GtkWidget *dialog = open_review (fixture);

  g_assert_false (shows (dialog, "This tracker is public"));
  close_dialog (dialog);
  settle ();
  g_set_str (&kept->finding, "f_1");
  g_set_str (&kept->tracker, "t_2");
  lia_push_draft_write (fixture->folder, kept);
  dialog = open_review (fixture);
  g_assert_true (shows (dialog, "This tracker is public: anybody can open what you choose here."));
  close_dialog (dialog);
}

/* Also the marker: what may have been sent is found again by it. */
static void
test_kept (Fixture      *fixture,
           gconstpointer data)
{
  GtkWidget *dialog = open_review (fixture);

  gtk_widget_activate (find_file (dialog, "log;1.txt"));
  wait_until (can_send (dialog));
  close_dialog (dialog);
  settle ();
  sample_push_offer (NULL);
  g_free (sample_client_take_log (fixture->client));
  dialog = open_review (fixture);
  assert_asked (fixture->client, "preview f_1 for t_1 marker=liaison-1 files=[log;1.txt]\n");
  g_assert_true (is_chosen (dialog, "log;1.txt"));
  g_assert_true (shows (dialog, "48.2"));
  close_dialog (dialog);
}

static LiaPushFile *
make_sent (const char *name,
           gboolean    is_there)
{
  LiaPushFile *file = lia_push_file_new ();

  g_set_str (&file->name, name);
  file->is_there = is_there;

  return file;
}

static void
show_push (LiaPushState state,
           const char  *problem)
{
  g_autoptr (LiaFinding) finding = make_finding ();
  g_autoptr (LiaIssue) issue = lia_issue_new ();
  LiaPushFile *late = make_sent ("log.txt", FALSE);

  g_set_str (&issue->id, "i_1");
  g_set_str (&issue->key, "4711");
  g_ptr_array_add (finding->issues, g_steal_pointer (&issue));
  finding->push = lia_push_new ();
  g_set_str (&finding->push->id, "p_1");
  g_set_str (&finding->push->issue, "i_1");
  g_set_str (&finding->push->problem, problem);
  g_set_str (&late->problem, problem);
  finding->push->state = state;
  g_ptr_array_add (finding->push->files, make_sent ("screen.png", TRUE));
  g_ptr_array_add (finding->push->files, late);
  sample_push_set_finding (finding);
}

/* The issue is there before its files are; what a tracker does not take is said, and tried again by hand. */
static void
test_files_follow (Fixture      *fixture,
                   gconstpointer data)
{
  GtkWidget *dialog;

  show_push (LIA_PUSH_ATTACHING, "");
  dialog = open_dialog (fixture);
  wait_until (shows (dialog, "With the Engineers, Its Files Follow"));
  g_assert_true (shows (dialog, "#4711") && shows (dialog, "Is there") && shows (dialog, "Follows"));
  g_assert_null (find_button (dialog, "_Try Now"));
  show_push (LIA_PUSH_FILED, "It is refused: too large.");
  wait_until (shows (dialog, "With the Engineers, but Not All Its Files"));
  g_assert_true (shows (dialog, "It is refused: too large."));
  g_free (sample_client_take_log (fixture->client));
  press (dialog, "_Try Now");
  settle ();
  assert_asked (fixture->client, "p_1");
  close_dialog (dialog);
}

/* That the engineers were not told how many say it is said with the reason, and tried again; when they are, nothing is said. */
static void
test_untold (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (LiaFinding) finding = make_finding ();
  LiaIssuesGroup *group = g_object_new (LIA_TYPE_ISSUES_GROUP, NULL);
  GtkWidget      *overlay = adw_toast_overlay_new ();
  GtkWidget      *window = GTK_WIDGET (fixture->window);
  LiaIssue       *issue = lia_issue_new ();

  g_set_str (&issue->id, "i_1");
  g_set_str (&issue->tracker, "t_1");
  g_set_str (&issue->key, "4711");
  g_set_str (&issue->untold, "It may not be written there.");
  g_ptr_array_add (finding->issues, issue);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), GTK_WIDGET (group));
  adw_window_set_content (ADW_WINDOW (fixture->window), overlay);
  lia_issues_group_show (group, fixture->client, finding);
  wait_until (shows (window, "They Were Not Told How Many Customers Say It Now"));
  g_assert_true (shows (window, "It may not be written there.") && shows (window, "#4711"));
  g_free (sample_client_take_log (fixture->client));
  press (window, "_Try Again");
  wait_until (shows (window, "It is being tried again"));
  assert_asked (fixture->client, "t_1");
  g_set_str (&issue->untold, "");
  lia_issues_group_show (group, fixture->client, finding);
  wait_until (!shows (window, "They Were Not Told"));
}

static LiaPush *
make_push (const char  *id,
           LiaPushState state,
           const char  *question)
{
  LiaPush *push = lia_push_new ();

  g_set_str (&push->id, id);
  g_set_str (&push->tracker, "t_1");
  g_set_str (&push->title, "The total is wrong");
  g_set_str (&push->question, question);
  push->state = state;

  return push;
}

static guint
count_buttons (GtkWidget  *widget,
               const char *label)
{
  guint n = GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0 ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_buttons (child, label);

  return n;
}

/* Only what is there can be withdrawn; what that means at this make of tracker is read before it happens, and Cancel is what Enter does. */
static void
test_withdraw (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (GPtrArray) pushes = g_ptr_array_new_with_free_func (g_object_unref);
  LiaPushLedger *ledger = g_object_new (LIA_TYPE_PUSH_LEDGER, NULL);
  GtkWidget     *window = GTK_WIDGET (fixture->window);
  LiaPush       *filed = make_push ("p_3", LIA_PUSH_FILED, "");

  g_ptr_array_add (filed->files, make_sent ("screen.png", TRUE));
  g_ptr_array_add (pushes, make_push ("p_4", LIA_PUSH_FILED, "e_1"));
  g_ptr_array_add (pushes, filed);
  g_ptr_array_add (pushes, make_push ("p_2", LIA_PUSH_RETRACTED, ""));
  g_ptr_array_add (pushes, make_push ("p_1", LIA_PUSH_FAILED, ""));
  sample_push_set_ledger (pushes);
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (ledger));
  lia_push_ledger_show (ledger, fixture->client, "f_1");
  wait_until (shows (window, "Withdrawn"));
  g_assert_true (shows (window, "An answer to the engineers"));
  g_assert_cmpuint (count_buttons (window, "Withdraw…"), ==, 1);
  press (window, "Withdraw…");
  wait_until (shows (window, "“The total is wrong”, in Shop."));
  g_assert_true (shows (window, "Subject and description of the issue are replaced") && shows (window, "This cannot be undone.") && shows (window, "Its file stays there"));
  press (window, "_Cancel");
  wait_until (!shows (window, "This cannot be undone."));
  press (window, "Withdraw…");
  wait_until (shows (window, "This cannot be undone."));
  press (window, "_Withdraw");
  settle ();
  {
    g_autofree char *log = sample_client_take_log (fixture->client);

    g_assert_cmpstr (log, ==, "withdraw p_3\n");
  }
  sample_push_set_ledger (NULL);
}

/* From the card of what was said: the newest that is there. Of what was only linked nothing is ours to withdraw. */
static void
test_withdraw_newest (Fixture      *fixture,
                      gconstpointer data)
{
  g_autoptr (GPtrArray) pushes = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWidget *bin = adw_bin_new ();

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), bin);
  adw_window_set_content (ADW_WINDOW (fixture->window), overlay);
  sample_push_set_ledger (pushes);
  lia_push_withdraw_ask_newest (bin, fixture->client, "f_1");
  wait_until (shows (window, "Nothing of it was sent from here"));
  g_ptr_array_add (pushes, make_push ("p_2", LIA_PUSH_RETRACTED, ""));
  g_ptr_array_add (pushes, make_push ("p_1", LIA_PUSH_FILED, ""));
  lia_push_withdraw_ask_newest (bin, fixture->client, "f_1");
  wait_until (shows (window, "This cannot be undone."));
  press (window, "_Withdraw");
  settle ();
  assert_asked (fixture->client, "withdraw p_1\n");
  sample_push_set_ledger (NULL);
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
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  add_tracker ("t_1", "Shop", FALSE);
  add_tracker ("t_2", "Public", TRUE);
  g_test_add ("/push/chosen-files-leave", Fixture, NULL, set_up, test_chosen_files_leave, tear_down);
  g_test_add ("/push/refused-file", Fixture, NULL, set_up, test_refused_file, tear_down);
  g_test_add ("/push/public", Fixture, NULL, set_up, test_public, tear_down);
  g_test_add ("/push/kept", Fixture, NULL, set_up, test_kept, tear_down);
  g_test_add ("/push/withdraw", Fixture, NULL, set_up, test_withdraw, tear_down);
  g_test_add ("/push/withdraw-newest", Fixture, NULL, set_up, test_withdraw_newest, tear_down);
  g_test_add ("/push/untold", Fixture, NULL, set_up, test_untold, tear_down);
  g_test_add ("/push/files-follow", Fixture, NULL, set_up, test_files_follow, tear_down);

  return g_test_run ();
}
