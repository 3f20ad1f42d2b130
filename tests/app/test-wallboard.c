/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wallboard with figures that the test tells: what it shows, what its buttons ask for, and that old figures are seen to be old. */
#include "sample-metrics.h"
#include "app-test.h"
#include "sample-phone.h"

#include "lia-audit-dialog.h"
#include "lia-hours-group.h"
#include "lia-icons.h"
#include "lia-zone-row.h"
#include "lia-caller-row.h"
#include "lia-agent-now.h"
#include "lia-day-line.h"
#include "lia-figure-button.h"
#include "lia-figure-words.h"
#include "lia-queue.h"
#include "lia-time.h"
#include "lia-wallboard-window.h"

#include <libdex.h>

typedef struct
{
  LiaClient       *client;
  LiaPhoneStation *station;
  GtkWindow       *window;
} Fixture;

static LiaQueue *
make_queue (const char *kind)
{
  LiaQueue *queue = lia_queue_new ();

  queue->id = g_strdup ("q_1");
  queue->name = g_strdup ("Support");
  queue->phone_channel = g_strdup ("h_2");
  queue->service_target_ms = 20000;
  queue->short_ms = 5000;
  queue->service_level = g_strdup (kind);
  queue->wrapup_ms = 15000;
  queue->callback_target_ms = 4 * 3600 * 1000;
  return queue;
}

static void
add_talk (LiaClient *client)
{
  g_autoptr (LiaCall) call = lia_call_new ();
  LiaCallSegment *segment = lia_call_segment_new ();

  g_set_str (&call->uniqueid, "talk");
  g_set_str (&segment->agent, "a_2");
  segment->kind = LIA_SEGMENT_TALK;
  segment->from_ms = lia_time_now () - 65000;
  g_ptr_array_add (call->segments, segment);
  g_list_store_append (sample_phone_calls (client), call);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (LiaQueue) queue = make_queue ("negative");
  g_autoptr (LiaQueueMember) member = lia_queue_member_new ();
  g_autoptr (GSettings) settings = g_settings_new ("org.liaisondesk.Liaison");

  fixture->client = lia_client_new (NULL, NULL);
  g_list_store_append (G_LIST_STORE (lia_client_get_queues (fixture->client)), queue);
  g_set_str (&member->queue, "q_1");
  g_set_str (&member->agent, "a_2");
  g_list_store_append (sample_phone_members (fixture->client), member);
  sample_phone_add_caller (fixture->client, "first", "c_1", 48);
  sample_phone_add_caller (fixture->client, "second", "c_2", 12);
  add_talk (fixture->client);
  fixture->station = lia_phone_station_new (fixture->client, settings);
  fixture->window = lia_wallboard_window_new (fixture->station);
  gtk_window_present (fixture->window);
  settle ();
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  settle ();
  g_assert_false (sample_metrics_are_watched (fixture->client));
  g_assert_finalize_object (fixture->station);
  g_assert_finalize_object (fixture->client);
}

static void
tell (Fixture *fixture,
      gint64   waiting)
{
  g_autoptr (LiaDayFigures) figures = sample_metrics_new (waiting);

  sample_metrics_tell (fixture->client, figures, lia_time_now ());
  settle ();
}

/* The nth mapped widget of a type that has this accessible label or tooltip; depth first */
static GtkWidget *
find (GtkWidget  *widget,
      GType       type,
      const char *label)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    {
      if (label == NULL)
        return widget;
      if (GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (widget)), label) == 0)
        return widget;
      if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), label) == 0)
        return widget;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
need (Fixture    *fixture,
      GType       type,
      const char *label)
{
  GtkWidget *found = find (GTK_WIDGET (fixture->window), type, label);

  if (found == NULL)
    g_error ("there is no %s “%s”", g_type_name (type), label);
  return found;
}

/* What is promised to callers is chosen here; what was not touched stays as it is. */
static void
test_settings (Fixture      *fixture,
               gconstpointer data)
{
  AdwDialog *dialog;
  GtkWidget *page;

  tell (fixture, 2);
  g_signal_emit_by_name (need (fixture, GTK_TYPE_BUTTON, "Targets and Wrap-Up…"), "clicked");
  settle ();
  dialog = adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));
  g_assert_cmpstr (adw_dialog_get_title (dialog), ==, "Support");
  page = find (GTK_WIDGET (dialog), ADW_TYPE_PREFERENCES_GROUP, NULL);
  g_assert_nonnull (strstr (adw_preferences_group_get_description (ADW_PREFERENCES_GROUP (page)), "20"));
  adw_spin_row_set_value (ADW_SPIN_ROW (find (page, ADW_TYPE_SPIN_ROW, NULL)), 30);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find (page, ADW_TYPE_COMBO_ROW, NULL)), 1);
  g_assert_nonnull (strstr (adw_preferences_group_get_description (ADW_PREFERENCES_GROUP (page)), "30"));
  g_signal_emit_by_name (adw_dialog_get_default_widget (dialog), "clicked");
  settle ();
  assert_asked (fixture->client, "queue q_1 ignore 30 5 15 14400 always");
  wait_until (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)) == NULL);
}

/* Usual hours to begin with; what is not understood is not saved. */
static void
test_hours (Fixture      *fixture,
            gconstpointer data)
{
  AdwDialog *dialog;
  GtkWidget *group, *monday, *closed;

  tell (fixture, 2);
  g_signal_emit_by_name (need (fixture, GTK_TYPE_BUTTON, "Targets and Wrap-Up…"), "clicked");
  settle ();
  dialog = adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));
  group = find (GTK_WIDGET (dialog), LIA_TYPE_HOURS_GROUP, NULL);
  monday = find (group, ADW_TYPE_ENTRY_ROW, NULL);
  g_assert_false (gtk_widget_get_visible (monday));
  adw_switch_row_set_active (ADW_SWITCH_ROW (find (group, ADW_TYPE_SWITCH_ROW, NULL)), FALSE);
  g_assert_true (gtk_widget_get_visible (monday));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (monday)), ==, "09:00-17:00");

  gtk_editable_set_text (GTK_EDITABLE (monday), "soon");
  g_assert_true (gtk_widget_has_css_class (monday, "error"));
  g_signal_emit_by_name (adw_dialog_get_default_widget (dialog), "clicked");
  settle ();
  g_assert_true (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)) == dialog);

  gtk_editable_set_text (GTK_EDITABLE (monday), "9-12, 13–17:30");
  g_assert_false (gtk_widget_has_css_class (monday, "error"));
  closed = gtk_widget_get_prev_sibling (find (group, ADW_TYPE_COMBO_ROW, NULL));
  gtk_editable_set_text (GTK_EDITABLE (closed), "12-25");
  lia_zone_row_set_name (ADW_COMBO_ROW (find (group, ADW_TYPE_COMBO_ROW, NULL)), "Asia/Calcutta");
  g_signal_emit_by_name (adw_dialog_get_default_widget (dialog), "clicked");
  settle ();
  assert_asked (fixture->client, "queue q_1 negative 20 5 15 14400 09:00-12:00, 13:00-17:30 12-25 Asia/Kolkata");
}

static void
test_figures (Fixture      *fixture,
              gconstpointer data)
{
  g_assert_true (sample_metrics_are_watched (fixture->client));
  tell (fixture, 2);
  need (fixture, GTK_TYPE_LABEL, "Support");
  need (fixture, GTK_TYPE_LABEL, "1:36"); /* the longest wait now */
  need (fixture, GTK_TYPE_LABEL, "89 %"); /* not 90: nobody is promised what is not so */
  need (fixture, GTK_TYPE_LABEL, "0:14");
  need (fixture, GTK_TYPE_LABEL, "half 0:11, 90 % 0:32");
  need (fixture, GTK_TYPE_LABEL, "of 55");
  need (fixture, GTK_TYPE_LABEL, "1 late");
  need (fixture, GTK_TYPE_LABEL, "83 %");
  need (fixture, GTK_TYPE_LABEL, "5 of 6");
  need (fixture, GTK_TYPE_LABEL, "Talking");
  need (fixture, GTK_TYPE_LABEL, "12 calls, 3:54 each, 27 % occupied");
}

static void
test_rows (Fixture      *fixture,
           gconstpointer data)
{
  GtkWidget *title;

  tell (fixture, 2);
  title = need (fixture, GTK_TYPE_LABEL, "Service Level");
  g_signal_emit_by_name (gtk_widget_get_ancestor (title, LIA_TYPE_FIGURE_BUTTON), "clicked");
  settle ();
  assert_asked (fixture->client, "rows late q_1");
  need (fixture, GTK_TYPE_LABEL, "Jürgen Müller");
}

/* Behind the callbacks that were kept stand all that it counts, each with whether it was in time. */
static void
test_kept_callbacks (Fixture      *fixture,
                     gconstpointer data)
{
  GtkWidget *row;

  tell (fixture, 2);
  g_signal_emit_by_name (gtk_widget_get_ancestor (need (fixture, GTK_TYPE_LABEL, "Callbacks Kept"), LIA_TYPE_FIGURE_BUTTON), "clicked");
  settle ();
  assert_asked (fixture->client, "rows callbacks_judged q_1");
  row = gtk_widget_get_ancestor (need (fixture, GTK_TYPE_LABEL, "Jürgen Müller"), ADW_TYPE_ACTION_ROW);
  g_assert_true (g_str_has_suffix (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ", done in time, after 0:22"));
}

/* An agent's figures are of the calls that stand behind them; who has handled none has nothing to show. */
static void
test_agent_rows (Fixture      *fixture,
                 gconstpointer data)
{
  GtkWidget *button;
  GtkWidget *row;

  tell (fixture, 2);
  button = gtk_widget_get_ancestor (need (fixture, GTK_TYPE_LABEL, "12 calls, 3:54 each, 27 % occupied"), GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (button), "÷"));
  g_signal_emit_by_name (button, "clicked");
  settle ();
  assert_asked (fixture->client, "rows handled a_2");
  need (fixture, GTK_TYPE_LABEL, "Calls Handled");
  row = gtk_widget_get_ancestor (need (fixture, GTK_TYPE_LABEL, "Jürgen Müller"), ADW_TYPE_ACTION_ROW);
  g_assert_true (g_str_has_suffix (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ", handled in 3:54"));
}

static void
on_view_cb (GtkWindow  *window,
            const char *view,
            char      **shown)
{
  g_set_str (shown, view);
}

static void
test_callbacks (Fixture      *fixture,
                gconstpointer data)
{
  g_autofree char *shown = NULL;

  tell (fixture, 2);
  g_signal_connect (fixture->window, "view-activated", G_CALLBACK (on_view_cb), &shown);
  g_signal_emit_by_name (gtk_widget_get_ancestor (need (fixture, GTK_TYPE_LABEL, "Callbacks Due"), LIA_TYPE_FIGURE_BUTTON), "clicked");
  g_assert_cmpstr (shown, ==, "callbacks");
}

static void
test_callers (Fixture      *fixture,
              gconstpointer data)
{
  tell (fixture, 2);
  g_signal_emit_by_name (need (fixture, GTK_TYPE_BUTTON, "Take This Caller"), "clicked");
  assert_asked (fixture->client, "take-call first");
  g_signal_emit_by_name (need (fixture, GTK_TYPE_BUTTON, "Make This the Next Caller"), "clicked");
  assert_asked (fixture->client, "priority first ");
  g_list_store_remove_all (sample_phone_calls (fixture->client));
  settle ();
  g_assert_null (find (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "Take This Caller"));
}

static void
test_caller_effort (Fixture      *fixture,
                    gconstpointer data)
{
  const LiaEffort effort = { .calls_today = 2, .contacts = 2, .open = 3 };
  g_autoptr (LiaCall) changed = NULL;

  tell (fixture, 2);
  changed = lia_call_copy (lia_caller_row_get_call (LIA_CALLER_ROW (gtk_widget_get_ancestor (need (fixture, GTK_TYPE_BUTTON, "Take This Caller"), LIA_TYPE_CALLER_ROW))));
  changed->effort = lia_effort_copy (&effort);
  sample_phone_put_call (fixture->client, changed);
  settle ();
  need (fixture, GTK_TYPE_LABEL, "2 calls today, none answered · 3 open conversations");
}

static void
respond (Fixture    *fixture,
         const char *response)
{
  AdwDialog *dialog = adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));

  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_signal_emit_by_name (dialog, "response", response);
  adw_dialog_force_close (dialog);
  settle ();
}

static void
test_agent (Fixture      *fixture,
            gconstpointer data)
{
  GtkWidget       *state;
  g_autofree char *log = NULL;

  tell (fixture, 2);
  state = need (fixture, GTK_TYPE_LABEL, "Talking");
  g_assert_true (gtk_widget_activate_action (state, "agent.supervise", "s", "whisper"));
  assert_asked (fixture->client, "supervise talk a_2 whisper");
  gtk_widget_activate_action (state, "agent.pause", "s", "Lunch");
  assert_asked (fixture->client, "pause a_2 1 Lunch");

  /* What others hear of is asked for again. */
  gtk_widget_activate_action (state, "agent.supervise", "s", "barge");
  settle ();
  respond (fixture, "cancel");
  log = sample_client_take_log (fixture->client);
  g_assert_cmpstr (log, ==, "");
  gtk_widget_activate_action (state, "agent.supervise", "s", "barge");
  settle ();
  respond (fixture, "join");
  assert_asked (fixture->client, "supervise talk a_2 barge");
  gtk_widget_activate_action (state, "agent.sign-out", NULL);
  settle ();
  respond (fixture, "sign-out");
  assert_asked (fixture->client, "log-in q_1 a_2 0");
}

static AdwDialog *
open_audit (Fixture *fixture)
{
  AdwDialog *dialog;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "wallboard.audit", NULL);
  settle ();
  dialog = adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));
  g_assert_true (LIA_IS_AUDIT_DIALOG (dialog));

  return dialog;
}

/* Who did what to whom, page by page, of everybody or of one person. */
static void
test_audit (Fixture      *fixture,
            gconstpointer data)
{
  AdwDialog   *dialog = open_audit (fixture);
  GtkDropDown *person = GTK_DROP_DOWN (find (GTK_WIDGET (dialog), GTK_TYPE_DROP_DOWN, NULL));
  GtkWidget   *more = gtk_widget_get_ancestor (find (GTK_WIDGET (dialog), GTK_TYPE_LABEL, "Show _More"), GTK_TYPE_BUTTON);

  assert_asked (fixture->client, "audit - -");
  g_assert_true (shows (GTK_WIDGET (dialog), "Ann Lee listened to the call of Ben Ito with Jürgen Müller"));
  g_assert_true (shows (GTK_WIDGET (dialog), "Ann Lee whispered to Ben Ito in a call with Jürgen Müller"));
  g_assert_true (shows (GTK_WIDGET (dialog), "Ann Lee joined the call of Ben Ito with Jürgen Müller"));

  g_signal_emit_by_name (more, "clicked");
  settle ();
  assert_asked (fixture->client, "audit - 17");
  g_assert_true (shows (GTK_WIDGET (dialog), "Ann Lee paused Ben Ito"));
  g_assert_true (shows (GTK_WIDGET (dialog), "listened"));
  g_assert_false (gtk_widget_get_mapped (more));

  gtk_drop_down_set_selected (person, 2);
  settle ();
  assert_asked (fixture->client, "audit a_2 -");
  g_assert_true (shows (GTK_WIDGET (dialog), "listened"));
  g_assert_false (shows (GTK_WIDGET (dialog), "paused"));
  gtk_drop_down_set_selected (person, 1);
  settle ();
  g_assert_true (shows (GTK_WIDGET (dialog), "Nothing Written Down"));
  adw_dialog_force_close (dialog);
  settle ();
}

static void
test_stale (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (LiaDayFigures) figures = sample_metrics_new (2);
  AdwBanner *banner;

  tell (fixture, 2);
  banner = ADW_BANNER (need (fixture, ADW_TYPE_BANNER, NULL));
  g_assert_false (adw_banner_get_revealed (banner));

  sample_metrics_tell (fixture->client, figures, lia_time_now () - 65000);
  g_assert_true (adw_banner_get_revealed (banner));
  g_assert_cmpstr (adw_banner_get_title (banner), ==, "These figures are 1:05 old");

  tell (fixture, 2);
  g_assert_false (adw_banner_get_revealed (banner));
  sample_client_set_state (fixture->client, LIA_CLIENT_OFFLINE);
  sample_metrics_tell (fixture->client, figures, lia_time_now ());
  g_assert_true (adw_banner_get_revealed (banner));
}

/* Each rule has its own formula, and what follows from nothing is no figure. */
static void
test_words (void)
{
  static const char *const kinds[] = { "ignore", "negative", "positive" };
  g_autoptr (LiaQueueDay) day = lia_queue_day_new ();
  g_autofree char *last = NULL;
  g_autofree char *empty = NULL;
  g_autofree char *nobody = lia_day_line_words (day->hours);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (LiaQueue) queue = make_queue (kinds[i]);
      g_autofree char *formula = lia_figure_formula (LIA_FIGURE_SERVICE_LEVEL, queue);

      g_assert_nonnull (strstr (formula, "20 s"));
      g_assert_cmpstr (formula, !=, last);
      g_set_str (&last, formula);
    }
  day->figures.service_level = LIA_METRIC_NONE;
  empty = lia_figure_value (LIA_FIGURE_SERVICE_LEVEL, day);
  g_assert_cmpstr (empty, ==, "–");
  g_assert_cmpstr (nobody, ==, "Nobody has called today");
}

static void
test_alarms (void)
{
  g_autoptr (LiaQueueDay) day = lia_queue_day_new ();
  g_autoptr (LiaQueue) queue = make_queue ("negative");

  day->figures.longest_now_ms = 20000;
  g_assert_false (lia_figure_alarms (LIA_FIGURE_LONGEST, day, queue));
  day->figures.longest_now_ms = 20001;
  g_assert_true (lia_figure_alarms (LIA_FIGURE_LONGEST, day, queue));
  day->callbacks_due = 3;
  g_assert_false (lia_figure_alarms (LIA_FIGURE_CALLBACKS, day, queue));
  day->callbacks_late = 1;
  g_assert_true (lia_figure_alarms (LIA_FIGURE_CALLBACKS, day, queue));
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

#define ADD(name, func) g_test_add ("/wallboard/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("figures", test_figures);
  ADD ("settings", test_settings);
  ADD ("hours", test_hours);
  ADD ("rows", test_rows);
  ADD ("kept-callbacks", test_kept_callbacks);
  ADD ("agent-rows", test_agent_rows);
  ADD ("callbacks", test_callbacks);
  ADD ("callers", test_callers);
  ADD ("caller-effort", test_caller_effort);
  ADD ("agent", test_agent);
  ADD ("audit", test_audit);
  ADD ("stale", test_stale);
#undef ADD
  g_test_add_func ("/wallboard/words", test_words);
  g_test_add_func ("/wallboard/alarms", test_alarms);

  return g_test_run ();
}
