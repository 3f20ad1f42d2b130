/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-client.h"
#include "fake-responses.h"

#include "lia-call.h"
#include "lia-icons.h"
#include "lia-queue.h"
#include "lia-response-list.h"
#include "lia-response-popup.h"
#include "lia-response-preview.h"
#include "lia-response-words.h"
#include "lia-time.h"

/* The popup at the caret of a text: when it comes, what it finds, what it leaves alone. */

#define SHADOW 24 /* pixels, at most; a surface holds its shadow */

typedef struct
{
  GtkWindow         *window;
  GtkTextView       *view;
  GtkTextBuffer     *buffer;
  LiaClient         *client;
  LiaTimelineModel  *model;
  LiaResponseFinder *finder;
  LiaResponsePopup  *popup;
  char              *chosen;
} Fixture;

static gboolean
on_timeout_cb (gpointer data)
{
  *(gboolean *)data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Frames come, and are painted. */
static void
settle (Fixture *fixture)
{
  gboolean over = FALSE;
  guint    n = 0;
  guint    source = g_timeout_add (2000, on_timeout_cb, &over);

  while (n++ < 3 && !over)
    gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  if (!over)
    g_source_remove (source);
}

static void
on_chosen_cb (Fixture   *fixture,
              LiaCanned *canned)
{
  g_set_str (&fixture->chosen, canned->id);
  gtk_text_buffer_insert_at_cursor (fixture->buffer, canned->title, -1);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->client = fake_client_new ();
  fixture->model = fake_timeline_new ("c_1", NULL);
  fake_timeline_add (fixture->model, "ann@example.com", "How long do refunds take? Is the refund on its way?");
  fake_responses_add (fixture->client, "refund", "Refund on its way", "en", "Hello {{customer.first_name|there}}, {{ask \"Amount\" number}} euros are on their way.");
  fake_responses_add (fixture->client, "reftime", "How long refunds take", "de", "Drei Tage.");
  fake_responses_add (fixture->client, "pwreset", "Password reset", "", "Follow the link.");
  fake_responses_add (fixture->client, "broken", "Broken template", "", "{{if}}");

  fixture->finder = lia_response_finder_new ();
  lia_response_finder_set_client (fixture->finder, fixture->client);
  lia_response_finder_set_model (fixture->finder, fixture->model);

  fixture->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  fixture->buffer = gtk_text_view_get_buffer (fixture->view);
  gtk_text_buffer_set_enable_undo (fixture->buffer, TRUE);
  fixture->popup = lia_response_popup_new (fixture->view, fixture->finder);
  g_signal_connect_swapped (fixture->popup, "chosen", G_CALLBACK (on_chosen_cb), fixture);

  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (fixture->window, 700, 600);
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->view));
  gtk_window_present (fixture->window);
  gtk_widget_grab_focus (GTK_WIDGET (fixture->view));
  settle (fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  lia_response_popup_detach (fixture->popup);
  gtk_window_destroy (fixture->window);
  g_object_unref (fixture->finder);
  g_object_unref (fixture->model);
  g_object_unref (fixture->client);
  g_free (fixture->chosen);
}

static void
type (Fixture    *fixture,
      const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    gtk_text_buffer_insert_interactive_at_cursor (fixture->buffer, p, (int)(g_utf8_next_char (p) - p), TRUE);
}

/* As the text gets them: GTK has no way to make a key of its own. */
static gboolean
press (Fixture        *fixture,
       guint           key,
       GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->view));
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !taken; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", key, 0, modifiers, &taken);
    }

  return taken;
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find (child, type);

  return found;
}

static gboolean
is_open (Fixture *fixture)
{
  settle (fixture);

  return gtk_widget_get_visible (GTK_WIDGET (fixture->popup));
}

static LiaResponseList *
get_list (Fixture *fixture)
{
  return LIA_RESPONSE_LIST (find (GTK_WIDGET (fixture->popup), LIA_TYPE_RESPONSE_LIST));
}

static const char *
selected_id (Fixture *fixture)
{
  LiaCannedHit *hit = lia_response_list_get_selected (get_list (fixture));

  return hit != NULL ? hit->canned->id : NULL;
}

static void
assert_text (Fixture    *fixture,
             const char *expected)
{
  GtkTextIter      start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (fixture->buffer, &start, &end);
  text = gtk_text_buffer_get_text (fixture->buffer, &start, &end, TRUE);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_slash (Fixture      *fixture,
            gconstpointer data)
{
  type (fixture, "Hello /ref");
  g_assert_true (is_open (fixture));
  g_assert_cmpstr (selected_id (fixture), ==, "refund");
  g_assert_true (press (fixture, GDK_KEY_Down, 0));
  g_assert_cmpstr (selected_id (fixture), ==, "reftime");
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_cmpstr (fixture->chosen, ==, "reftime");
  assert_text (fixture, "Hello How long refunds take");
  g_assert_false (is_open (fixture));
  gtk_text_buffer_undo (fixture->buffer);
  assert_text (fixture, "Hello /ref");
}

/* The frame may come later than the next key. */
static void
test_fast (Fixture      *fixture,
           gconstpointer data)
{
  type (fixture, "/pwr");
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_cmpstr (fixture->chosen, ==, "pwreset");
  assert_text (fixture, "Password reset");
}

static void
test_suggestions (Fixture      *fixture,
                  gconstpointer data)
{
  type (fixture, "/");
  g_assert_true (is_open (fixture));
  g_assert_cmpstr (selected_id (fixture), ==, "refund");
  type (fixture, "pass");
  g_assert_true (is_open (fixture));
  g_assert_cmpstr (selected_id (fixture), ==, "pwreset");
}

static gboolean
shows (GtkWidget  *widget,
       const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (shows (child, text))
        return TRUE;
    }

  return FALSE;
}

static void
use (Fixture    *fixture,
     const char *id,
     double      count)
{
  LiaCannedIndex *index = lia_responses_get_index (lia_client_get_responses (fixture->client));
  LiaCanned      *canned = lia_canned_index_get (index, id);

  canned->team_use = (LiaCannedUse){ count, g_get_real_time () / 1000 };
  lia_canned_index_put (index, canned);
}

/* Where nothing answers the customer there is at least what colleagues send. */
static void
test_most_used (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (LiaTimelineModel) model = fake_timeline_new ("c_2", NULL);
  GtkWidget *popup = GTK_WIDGET (fixture->popup);

  type (fixture, "/");
  g_assert_true (is_open (fixture));
  g_assert_true (shows (popup, "What may answer the customer"));
  g_assert_false (shows (popup, "No good answer known: type to search"));

  gtk_text_buffer_set_text (fixture->buffer, "", 0);
  fake_timeline_add (model, "bob@example.com", "Do whales sleep at night under water?");
  lia_response_finder_set_model (fixture->finder, model);
  type (fixture, "/");
  g_assert_true (is_open (fixture));
  g_assert_null (selected_id (fixture));
  g_assert_true (shows (popup, "No good answer known: type to search"));
  g_assert_false (shows (popup, "Used most in conversations like this one"));

  gtk_text_buffer_set_text (fixture->buffer, "", 0);
  use (fixture, "pwreset", 3);
  use (fixture, "refund", 9);
  fake_responses_tell (fixture->client);
  type (fixture, "/");
  g_assert_true (is_open (fixture));
  g_assert_true (shows (popup, "No good answer known: type to search"));
  g_assert_true (shows (popup, "Used most in conversations like this one"));
  g_assert_cmpstr (selected_id (fixture), ==, "refund");
  g_assert_cmpuint (lia_response_list_get_n_hits (get_list (fixture)), ==, 2);

  type (fixture, "pass");
  g_assert_true (is_open (fixture));
  g_assert_cmpstr (selected_id (fixture), ==, "pwreset");
  g_assert_false (shows (popup, "Used most in conversations like this one"));
}

/* Who means a slash gets one. */
static void
test_left_alone (Fixture      *fixture,
                 gconstpointer data)
{
  static const char *const texts[] = { "and/or", "/ month", "5/6", "/usr/bin", "/zzzqqq", "/refund and then it was", "(w/o" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gtk_text_buffer_set_text (fixture->buffer, "", 0);
      type (fixture, texts[i]);
      if (is_open (fixture))
        g_test_fail_printf ("%s opens the responses", texts[i]);
      g_assert_false (press (fixture, GDK_KEY_Return, 0));
      g_assert_false (press (fixture, GDK_KEY_Up, 0));
      assert_text (fixture, texts[i]);
    }
}

static void
test_escape (Fixture      *fixture,
             gconstpointer data)
{
  type (fixture, "/ref");
  g_assert_true (is_open (fixture));
  g_assert_true (press (fixture, GDK_KEY_Escape, 0));
  g_assert_false (is_open (fixture));
  assert_text (fixture, "/ref");
  type (fixture, "u");
  g_assert_false (is_open (fixture));
  g_assert_false (press (fixture, GDK_KEY_Escape, 0));
}

/* What was typed after the key was meant for the search only. */
static void
test_key (Fixture      *fixture,
          gconstpointer data)
{
  type (fixture, "Hello ");
  lia_response_popup_open (fixture->popup);
  type (fixture, "password");
  g_assert_true (is_open (fixture));
  g_assert_cmpstr (selected_id (fixture), ==, "pwreset");
  g_assert_true (press (fixture, GDK_KEY_Escape, 0));
  assert_text (fixture, "Hello ");
  lia_response_popup_open (fixture->popup);
  type (fixture, "zzzqqq");
  g_assert_true (is_open (fixture));
  g_assert_null (selected_id (fixture));
}

static void
test_caret_leaves (Fixture      *fixture,
                   gconstpointer data)
{
  GtkTextIter start;

  type (fixture, "Hello /ref");
  g_assert_true (is_open (fixture));
  gtk_text_buffer_get_start_iter (fixture->buffer, &start);
  gtk_text_buffer_place_cursor (fixture->buffer, &start);
  g_assert_false (is_open (fixture));
}

static void
test_mistake (Fixture      *fixture,
              gconstpointer data)
{
  type (fixture, "/broken");
  g_assert_true (is_open (fixture));
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_null (fixture->chosen);
  assert_text (fixture, "/broken");
}

static char *
preview_text (LiaResponsePreview *preview)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (find (GTK_WIDGET (preview), GTK_TYPE_TEXT_VIEW)));
  GtkTextIter    start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_slice (buffer, &start, &end, TRUE);
}

static void
test_preview (Fixture      *fixture,
              gconstpointer data)
{
  LiaResponsePreview *preview = LIA_RESPONSE_PREVIEW (find (GTK_WIDGET (fixture->popup), LIA_TYPE_RESPONSE_PREVIEW));
  g_autofree char    *text = NULL;

  type (fixture, "/refund");
  g_assert_true (is_open (fixture));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (preview)));
  g_assert_true (press (fixture, GDK_KEY_Return, GDK_SHIFT_MASK));
  settle (fixture);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (preview)));
  text = preview_text (preview);
  g_assert_cmpstr (text, ==, "Hello Ann, \xEF\xBF\xBC euros are on their way.");
  g_assert_true (press (fixture, GDK_KEY_Escape, 0));
  settle (fixture);
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (preview)));
  g_assert_true (press (fixture, GDK_KEY_Right, 0));
  settle (fixture);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (preview)));
}

static void
test_missing_language (Fixture      *fixture,
                       gconstpointer data)
{
  LiaCanned *canned = lia_canned_index_get (lia_responses_get_index (lia_client_get_responses (fixture->client)), "reftime");
  g_autoptr (LiaResponseWording) wording = lia_response_finder_word (fixture->finder, canned);
  g_autofree char *words = lia_response_words_misses (wording);

  g_assert_cmpstr (words, ==, "There is no text in English yet: this one is in German");
}

/* What they write here counts more than what is known of them. */
static void
test_language_of_conversation (Fixture      *fixture,
                               gconstpointer data)
{
  LiaCanned       *canned = lia_canned_index_get (lia_responses_get_index (lia_client_get_responses (fixture->client)), "reftime");
  LiaConversation *conversation = lia_timeline_model_get_conversation (fixture->model);
  g_autoptr (LiaResponseWording) wording = NULL;
  g_autoptr (LiaResponseWording) polish = NULL;
  g_autofree char *words = NULL;

  g_set_str (&conversation->language, "de");
  g_signal_emit_by_name (fixture->model, "items-changed", 0, 0, 0);
  wording = lia_response_finder_word (fixture->finder, canned);
  g_assert_cmpint (wording->misses, ==, 0);

  g_set_str (&conversation->language, "pl");
  g_signal_emit_by_name (fixture->model, "items-changed", 0, 0, 0);
  polish = lia_response_finder_word (fixture->finder, canned);
  words = lia_response_words_misses (polish);
  g_assert_cmpstr (words, ==, "There is no text in Polish yet: this one is in German");
}

static LiaCannedVariant *
add_variant (LiaCanned         *canned,
             LiaCannedFormality formality,
             const char        *body)
{
  LiaCannedVariant *variant = lia_canned_variant_new ();

  g_set_str (&variant->language, "en");
  g_set_str (&variant->body, body);
  variant->formality = formality;
  g_ptr_array_add (canned->variants, variant);

  return variant;
}

static void
assert_worded (Fixture    *fixture,
               LiaCanned  *canned,
               const char *text,
               const char *formality)
{
  g_autoptr (LiaResponseWording) wording = lia_response_finder_word (fixture->finder, canned);
  g_autofree char *words = lia_response_words_formality (wording);

  g_assert_cmpstr (wording->result->text, ==, text);
  g_assert_cmpstr (words, ==, formality);
}

/* As the response has it first, as the customer was addressed here before, or as somebody said, which Ctrl+G does. */
static void
test_formality (Fixture      *fixture,
                gconstpointer data)
{
  LiaCanned       *canned = fake_responses_add (fixture->client, "bye", "Goodbye", "en", "Bye.");
  LiaEntry        *entry = NULL;
  g_autofree char *log = NULL;

  ((LiaCannedVariant *)canned->variants->pdata[0])->formality = LIA_CANNED_FORMALITY_INFORMAL;
  add_variant (canned, LIA_CANNED_FORMALITY_FORMAL, "Goodbye.");
  g_set_str (&lia_timeline_model_get_conversation (fixture->model)->customer_id, "k_1");
  g_signal_emit_by_name (fixture->model, "items-changed", 0, 0, 0);
  settle (fixture);
  assert_worded (fixture, canned, "Bye.", "Informal");

  entry = fake_timeline_add (fixture->model, "support@example.org", "Goodbye.");
  entry->direction = LIA_DIRECTION_OUT;
  g_free (entry->details);
  entry->details = g_strdup ("{\"canned\":[{\"response\":\"x\",\"formality\":\"formal\"},{\"response\":\"y\",\"formality\":\"any\"}]}");
  assert_worded (fixture, canned, "Goodbye.", "Formal, as here before");

  type (fixture, "/bye");
  g_assert_true (is_open (fixture));
  g_assert_true (press (fixture, GDK_KEY_g, GDK_CONTROL_MASK));
  log = fake_client_take_log (fixture->client);
  g_assert_cmpstr (log, ==, "manners k_1 informal\n");
  assert_worded (fixture, canned, "Bye.", "Informal, as is set for the customer");
}

/* In which zone times are, and why; where there are none, nothing is said. */
static void
test_zone (Fixture      *fixture,
           gconstpointer data)
{
  LiaCanned *canned = fake_responses_add (fixture->client, "day", "Today", "en", "It is {{now as time}}.");
  LiaCanned *timeless = fake_responses_add (fixture->client, "yes", "Yes", "en", "Yes.");
  LiaEntry  *entry = fake_timeline_add (fixture->model, "ann@example.com", "Which day is it?");
  g_autoptr (LiaResponseWording) by_clock = NULL;
  g_autoptr (LiaResponseWording) said = NULL;
  g_autoptr (LiaResponseWording) none = lia_response_finder_word (fixture->finder, timeless);
  g_autofree char *clock = NULL;
  g_autofree char *set = NULL;

  g_free (entry->details);
  entry->details = g_strdup ("{\"utc_offset_min\":345}");
  entry->author_kind = LIA_AUTHOR_CUSTOMER;
  by_clock = lia_response_finder_word (fixture->finder, canned);
  clock = lia_response_words_zone (by_clock);
  g_assert_cmpstr (clock, ==, "Times as in GMT+05:45, by the clock of the customer’s last mail");

  g_set_str (&lia_timeline_model_get_conversation (fixture->model)->customer_id, "k_1");
  g_signal_emit_by_name (fixture->model, "items-changed", 0, 0, 0);
  settle (fixture);
  dex_future_disown (lia_client_set_manners (fixture->client, "k_1", "Asia/Kathmandu", NULL));
  said = lia_response_finder_word (fixture->finder, canned);
  set = lia_response_words_zone (said);
  g_assert_cmpstr (set, ==, "Times as in Kathmandu, which is set for the customer");
  g_assert_cmpstr (said->result->text, ==, by_clock->result->text);
  g_assert_null (lia_response_words_zone (none));
}

/* What there is not is said in plain words, and is to be filled in. */
static void
test_no_issue (Fixture      *fixture,
               gconstpointer data)
{
  LiaCanned *canned = fake_responses_add (fixture->client, "bug", "Known bug", "en", "It is {{issue.key}}, see {{issue.url|our page}}.");
  g_autoptr (LiaResponseWording) wording = lia_response_finder_word (fixture->finder, canned);
  g_autofree char *words = lia_response_words_missing (wording);

  g_assert_cmpuint (wording->result->n_unfilled, ==, 1);
  g_assert_cmpstr (wording->result->text, ==, "It is [The linked issue’s number (no issue is linked)], see our page.");
  g_assert_cmpstr (words, ==, "The linked issue’s number is missing: no issue is linked");
}

/* What was said here has become an issue; that of another conversation is not put into the letter. */
static void
test_issue (Fixture      *fixture,
            gconstpointer data)
{
  LiaCanned *canned = fake_responses_add (fixture->client, "bug", "Known bug", "en", "It is {{issue.key}}: {{issue.state}}.");
  g_autoptr (LiaTimelineModel) model = fake_timeline_new ("c_7", NULL);
  g_autoptr (LiaResponseWording) with = NULL;
  g_autoptr (LiaResponseWording) without = NULL;

  g_set_str (&lia_timeline_model_get_conversation (model)->id, "c_7");
  lia_response_finder_set_model (fixture->finder, model);
  settle (fixture);
  with = lia_response_finder_word (fixture->finder, canned);
  lia_response_finder_set_model (fixture->finder, fixture->model);
  without = lia_response_finder_word (fixture->finder, canned);
  g_assert_cmpstr (with->result->text, ==, "It is SHOP-12: In Progress.");
  g_assert_cmpuint (without->result->n_unfilled, ==, 2);
}

/* How many wait is known of queues that people call; it is not put into a letter of another one. */
static void
test_callers (Fixture      *fixture,
              gconstpointer data)
{
  LiaCanned *canned = fake_responses_add (fixture->client, "wait", "Waiting", "en", "{{queue.waiting|Some}} wait, {{queue.wait_minutes|a few}} min.");
  g_autoptr (LiaQueue) queue = lia_queue_new ();
  g_autoptr (LiaCall) call = lia_call_new ();
  LiaCallWait *wait = lia_call_wait_new ();
  g_autoptr (LiaResponseWording) without = NULL;
  g_autoptr (LiaResponseWording) with = NULL;

  queue->id = g_strdup ("q_1");
  queue->name = g_strdup ("Support");
  g_list_store_append (G_LIST_STORE (lia_client_get_queues (fixture->client)), queue);
  call->state = LIA_CALL_WAITING;
  g_set_str (&wait->queue, "q_1");
  wait->from_ms = lia_time_now () - 90 * 1000;
  g_ptr_array_add (call->waits, wait);
  g_list_store_append (G_LIST_STORE (lia_client_get_calls (fixture->client)), call);

  without = lia_response_finder_word (fixture->finder, canned);
  g_set_str (&queue->phone_channel, "h_1");
  with = lia_response_finder_word (fixture->finder, canned);
  g_assert_cmpstr (without->result->text, ==, "Some wait, a few min.");
  g_assert_cmpstr (with->result->text, ==, "1 wait, 2 min.");
}

static void
test_reason (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (LiaCannedHit) hit = lia_canned_hit_new ();
  g_autofree char *words = NULL;

  hit->match = LIA_CANNED_MATCH_BEGINNING;
  hit->own_use = 13.6;
  hit->team_use = 40;
  hit->fit = LIA_CANNED_FIT_QUEUE;
  words = lia_response_words_reason (hit);
  g_assert_cmpstr (words, ==, "beginning of a word · used about 14 times lately by you · same queue");
}

static void
test_many (Fixture      *fixture,
           gconstpointer data)
{
  LiaResponseList *list = get_list (fixture);
  g_autofree char *words = NULL;

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *id = g_strdup_printf ("bulk%u", i);

      fake_responses_add (fixture->client, id, "Bulk answer", "", "Text.");
    }
  fake_responses_tell (fixture->client);
  type (fixture, "/bulk");
  g_assert_true (is_open (fixture));
  g_assert_cmpuint (lia_response_list_get_n_hits (list), ==, 50);
  g_assert_true (press (fixture, GDK_KEY_Page_Down, 0));
  g_assert_cmpuint (lia_response_list_get_position (list), ==, 8);
  g_assert_true (press (fixture, GDK_KEY_Page_Up, 0));
  g_assert_true (press (fixture, GDK_KEY_Up, 0));
  g_assert_cmpuint (lia_response_list_get_position (list), ==, 49);
  words = lia_response_list_dup_announcement (list);
  g_assert_true (g_str_has_prefix (words, "50 responses. Bulk answer, shortcut bulk"));
  g_assert_true (g_str_has_suffix (words, "50 of 50"));
}

/* Also where one reads from the right, but writes from the left. */
static void
test_from_right (Fixture      *fixture,
                 gconstpointer data)
{
  GdkSurface *surface;
  int         left, right;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  type (fixture, "/ref");
  g_assert_true (is_open (fixture));
  surface = gtk_native_get_surface (GTK_NATIVE (fixture->popup));
  left = gdk_popup_get_position_x (GDK_POPUP (surface));
  right = left + gdk_surface_get_width (surface);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);

  g_assert_cmpint (left, >=, -SHADOW);
  g_assert_cmpint (right, <=, SHADOW + gdk_surface_get_width (gtk_native_get_surface (GTK_NATIVE (fixture->window))));
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/responses/slash", test_slash },
    { "/responses/fast", test_fast },
    { "/responses/suggestions", test_suggestions },
    { "/responses/most-used", test_most_used },
    { "/responses/left-alone", test_left_alone },
    { "/responses/escape", test_escape },
    { "/responses/key", test_key },
    { "/responses/caret-leaves", test_caret_leaves },
    { "/responses/mistake", test_mistake },
    { "/responses/preview", test_preview },
    { "/responses/missing-language", test_missing_language },
    { "/responses/language-of-conversation", test_language_of_conversation },
    { "/responses/formality", test_formality },
    { "/responses/zone", test_zone },
    { "/responses/no-issue", test_no_issue },
    { "/responses/issue", test_issue },
    { "/responses/callers", test_callers },
    { "/responses/reason", test_reason },
    { "/responses/many", test_many },
    { "/responses/from-right", test_from_right },
  };

  gtk_test_init (&argc, &argv);
  lia_icons_guard ();
  adw_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
