/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-push-known.h"

#include "lia-link.h"
#include "lia-list-rows.h"
#include "lia-push-words.h"
#include "lia-then.h"
#include "lia-value-page.h"

#include <glib/gi18n.h>

struct _LiaPushKnown
{
  AdwBin parent_instance;

  AdwComboRow *tracker;
  GtkListBox  *list;
  GtkWidget   *spinner;
  GtkLabel    *answer;

  LiaClient  *client;
  LiaFinding *finding;
  GListStore *trackers; /* of LiaTrackerSetup, as they are offered */
  guint       asked;
};

enum {
  LINK,
  FOUND,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaPushKnown, lia_push_known, ADW_TYPE_BIN)

/** lia_push_known_dup_tracker: (transfer full) (nullable): which is chosen */
LiaTrackerSetup *
lia_push_known_dup_tracker (LiaPushKnown *self)
{
  return self->trackers != NULL ? g_list_model_get_item (G_LIST_MODEL (self->trackers), adw_combo_row_get_selected (self->tracker)) : NULL;
}

/* What was found -------------------------------------------------------------------------------------------------------------------------- */

static gboolean
is_linked (LiaPushKnown *self,
           LiaIssue     *found,
           const char   *tracker)
{
  for (guint i = 0; i < self->finding->issues->len; i++)
    {
      LiaIssue *issue = self->finding->issues->pdata[i];

      if (g_str_equal (issue->key, found->key) && g_str_equal (issue->tracker, tracker))
        return TRUE;
    }

  return FALSE;
}

static void
on_open_clicked_cb (GtkButton *button,
                    gpointer   data)
{
  LiaIssue *issue = g_object_get_data (G_OBJECT (button), "issue");

  lia_link_open (GTK_WIDGET (button), issue->url);
}

static void
add_open_button (GtkWidget *row,
                 LiaIssue  *issue)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("web-browser-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Look at It in the Browser"));
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "issue", g_object_ref (issue), g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (on_open_clicked_cb), NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_row (LiaPushKnown *self,
         LiaIssue     *issue)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *title = lia_push_words_issue (issue);
  GListModel      *trackers = lia_client_get_trackers (self->client);
  g_autofree char *about = lia_push_words_issue_about (issue, trackers);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), about);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (lia_push_words_issue_icon (issue, trackers)));
  if (lia_link_is_safe (issue->url))
    add_open_button (row, issue);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "issue", g_object_ref (issue), g_object_unref);
  gtk_list_box_append (self->list, row);
}

static void
on_row_activated_cb (LiaPushKnown  *self,
                     GtkListBoxRow *row)
{
  LiaIssue *issue = g_object_get_data (G_OBJECT (row), "issue");

  g_signal_emit (self, signals[LINK], 0, issue->key);
}

static void
say (LiaPushKnown *self,
     const char   *words,
     gboolean      waiting)
{
  gtk_widget_set_visible (self->spinner, waiting);
  gtk_label_set_text (self->answer, words);
}

/* The first of them has the keyboard: one key says that it is this one. */
static void
show_found (LiaPushKnown *self,
            GListModel   *found,
            const char   *tracker)
{
  for (guint i = 0; i < g_list_model_get_n_items (found); i++)
    {
      g_autoptr (LiaIssue) issue = g_list_model_get_item (found, i);

      if (!is_linked (self, issue, tracker))
        add_row (self, issue);
    }
  if (gtk_list_box_get_row_at_index (self->list, 0) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
  say (self, _ ("Nothing like it was found there."), FALSE);
}

static void
on_found_cb (gpointer      owner,
             const GValue *value,
             GError       *error,
             gpointer      asked)
{
  LiaPushKnown *self = owner;
  LiaValuePage *page = value != NULL ? g_value_get_object (value) : NULL;
  g_autoptr (LiaTrackerSetup) tracker = lia_push_known_dup_tracker (self);

  if (GPOINTER_TO_UINT (asked) != self->asked || tracker == NULL)
    return;
  if (page != NULL)
    show_found (self, G_LIST_MODEL (page->values), tracker->id);
  else
    {
      g_autofree char *words = lia_problem_words (error);
      g_autofree char *text = g_strdup_printf (_ ("The tracker could not be searched: %s"), words);

      say (self, text, FALSE);
    }
  g_signal_emit (self, signals[FOUND], 0, gtk_list_box_get_row_at_index (self->list, 0) != NULL);
}

static void
on_tracker_changed_cb (LiaPushKnown *self)
{
  g_autoptr (LiaTrackerSetup) tracker = lia_push_known_dup_tracker (self);

  if (tracker == NULL || self->finding == NULL)
    return;
  lia_list_rows_clear (self->list);
  say (self, _ ("Asking the tracker…"), TRUE);
  lia_then (lia_client_search_issues (self->client, tracker->id, self->finding->title), self, on_found_cb, GUINT_TO_POINTER (++self->asked), NULL);
}

/* Trackers -------------------------------------------------------------------------------------------------------------------------------- */

/* Where @product is at home, else the first one. */
static guint
find_tracker (LiaPushKnown *self,
              const char   *id)
{
  guint home = 0;

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->trackers)); i > 0; i--)
    {
      g_autoptr (LiaTrackerSetup) tracker = g_list_model_get_item (G_LIST_MODEL (self->trackers), i - 1);

      if (g_strcmp0 (tracker->id, id) == 0)
        return i - 1;
      if (lia_tracker_setup_get_component (tracker, self->finding->product) != NULL)
        home = i - 1;
    }

  return home;
}

static void
offer_trackers (LiaPushKnown *self,
                const char   *chosen)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->trackers)); i++)
    {
      g_autoptr (LiaTrackerSetup) tracker = g_list_model_get_item (G_LIST_MODEL (self->trackers), i);

      gtk_string_list_append (names, tracker->name);
    }
  adw_combo_row_set_model (self->tracker, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->tracker, find_tracker (self, chosen));
}

/**
 * lia_push_known_set_up:
 * @tracker: (nullable): the id of one that was chosen before
 *
 * Once. Asks the tracker.
 */
void
lia_push_known_set_up (LiaPushKnown *self,
                       LiaClient    *client,
                       LiaFinding   *finding,
                       const char   *tracker)
{
  GListModel *trackers = lia_client_get_trackers (client);

  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  self->trackers = g_list_store_new (LIA_TYPE_TRACKER_SETUP);
  for (guint i = 0; i < g_list_model_get_n_items (trackers); i++)
    {
      g_autoptr (LiaTrackerSetup) one = g_list_model_get_item (trackers, i);

      g_list_store_append (self->trackers, one);
    }
  g_set_object (&self->finding, finding);
  g_signal_handlers_block_by_func (self->tracker, on_tracker_changed_cb, self);
  offer_trackers (self, tracker);
  g_signal_handlers_unblock_by_func (self->tracker, on_tracker_changed_cb, self);
  on_tracker_changed_cb (self);
}

static void
lia_push_known_dispose (GObject *object)
{
  LiaPushKnown *self = LIA_PUSH_KNOWN (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_PUSH_KNOWN);
  g_clear_object (&self->client);
  g_clear_object (&self->finding);
  g_clear_object (&self->trackers);

  G_OBJECT_CLASS (lia_push_known_parent_class)->dispose (object);
}

static void
lia_push_known_class_init (LiaPushKnownClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_push_known_dispose;

  signals[LINK] = g_signal_new ("link", LIA_TYPE_PUSH_KNOWN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FOUND] = g_signal_new ("found", LIA_TYPE_PUSH_KNOWN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-push-known.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaPushKnown, tracker);
  gtk_widget_class_bind_template_child (widget_class, LiaPushKnown, list);
  gtk_widget_class_bind_template_child (widget_class, LiaPushKnown, spinner);
  gtk_widget_class_bind_template_child (widget_class, LiaPushKnown, answer);
  gtk_widget_class_bind_template_callback (widget_class, on_tracker_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
lia_push_known_init (LiaPushKnown *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
