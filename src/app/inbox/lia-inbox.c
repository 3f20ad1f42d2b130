/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A GtkGridView with one column: it keeps 30 live rows where GtkListView keeps 200. Rows are immutable values that move and are replaced all the
 * time, so the selection is kept by conversation id and put back after each change.
 * Callbacks are everybody's to see; who wants to can leave out those that are another one's to think of.
 */
#include "lia-inbox.h"

#include "lia-callback-words.h"
#include "lia-clock.h"
#include "lia-conversation-list.h"
#include "lia-conversation-row.h"
#include "lia-format.h"
#include "lia-queue-strip.h"
#include "lia-time.h"

#include <glib/gi18n.h>

struct _LiaInbox
{
  AdwBin parent_instance;

  LiaQueueStrip  *queue_strip;
  AdwToggleGroup *callbacks_group;
  GtkRevealer    *stale_revealer;
  GtkStack       *stack;
  GtkGridView    *list;
  AdwStatusPage  *empty_page;
  AdwStatusPage  *problem_page;

  LiaClient           *client;
  LiaView             *view;
  LiaConversationList *model;
  GListModel          *rows; /* of `model`: those that are shown */
  GtkFilter           *concerns_me;
  GtkSingleSelection  *selection;
  char                *selected; /* the open conversation's id */
  guint                position; /* where it stood last */
  gboolean             restoring;
  gboolean             has_keyboard; /* a row of it, be it one that has just gone */
  gboolean             focused;      /* since rows were there: the first, and those of another view when the list had the focus */
};

enum {
  SIGNAL_CONVERSATION_SELECTED,
  SIGNAL_CONVERSATION_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaInbox, lia_inbox, ADW_TYPE_BIN)

/* Somebody who types, or chooses in a menu, is not torn away by the first caller of the day. */
static gboolean
keyboard_is_needed (LiaInbox *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  return focus != NULL && (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus) || gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL ||
                           gtk_widget_get_ancestor (focus, ADW_TYPE_DIALOG) != NULL);
}

static void
update_page (LiaInbox *self)
{
  g_autofree char *problem = NULL;
  const char      *page = "list";

  if (self->model == NULL)
    page = "loading";
  else if (g_list_model_get_n_items (self->rows) == 0)
    {
      g_object_get (self->model, "problem", &problem, NULL);
      page = lia_conversation_list_get_loading (self->model) ? "loading" : problem != NULL ? "problem"
                                                                                           : "empty";
    }
  if (problem != NULL)
    {
      g_autofree char *description = g_markup_escape_text (problem, -1);

      adw_status_page_set_description (self->problem_page, description);
    }
  gtk_stack_set_visible_child_name (self->stack, page);

  /* The keyboard begins in the list. */
  if (!self->focused && g_strcmp0 (page, "list") == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->focused = keyboard_is_needed (self) || gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* Where it stands in the list, if it does. */
static guint
find_row (LiaInbox   *self,
          const char *id)
{
  if (gtk_filter_list_model_get_filter (GTK_FILTER_LIST_MODEL (self->rows)) == NULL)
    return lia_conversation_list_find (self->model, id);
  for (guint i = 0; i < g_list_model_get_n_items (self->rows); i++)
    {
      g_autoptr (LiaConversation) row = g_list_model_get_item (self->rows, i);

      if (g_str_equal (row->id, id))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
restore_selection (LiaInbox *self)
{
  guint position = self->selected != NULL ? find_row (self, self->selected) : GTK_INVALID_LIST_POSITION;

  self->restoring = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->restoring = FALSE;
  if (position != GTK_INVALID_LIST_POSITION)
    self->position = position;
}

static void
on_focus_moved_cb (LiaInbox *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  self->has_keyboard = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
}

/* When the row that has the keyboard goes, GTK looks for another place with the next frame only, and keys are lost until then. */
static void
keep_keyboard (LiaInbox *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (self->has_keyboard && focus != NULL && gtk_widget_get_root (focus) == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_items_changed_cb (LiaInbox *self)
{
  restore_selection (self);
  keep_keyboard (self);
  update_page (self);
}

static void
on_selection_changed_cb (LiaInbox *self)
{
  LiaConversation *conversation = gtk_single_selection_get_selected_item (self->selection);

  if (self->restoring || conversation == NULL || g_strcmp0 (conversation->id, self->selected) == 0)
    return;
  g_set_str (&self->selected, conversation->id);
  self->position = gtk_single_selection_get_selected (self->selection);
  g_signal_emit (self, signals[SIGNAL_CONVERSATION_SELECTED], 0, conversation);
}

static void
on_activate_cb (LiaInbox *self,
                guint     position)
{
  g_autoptr (LiaConversation) conversation = g_list_model_get_item (self->rows, position);

  if (conversation != NULL)
    g_signal_emit (self, signals[SIGNAL_CONVERSATION_ACTIVATED], 0, conversation);
}

static void
on_clicked_cb (GtkListItem *item)
{
  gtk_widget_activate_action (gtk_list_item_get_child (item), "list.activate-item", "u", gtk_list_item_get_position (item));
}

static void
on_spoken_cb (GtkListItem *item)
{
  g_autofree char *spoken = NULL;

  g_object_get (gtk_list_item_get_child (item), "spoken", &spoken, NULL);
  gtk_list_item_set_accessible_label (item, spoken != NULL ? spoken : "");
}

/* One click opens a conversation. The list's own single-click-activate would choose whatever the pointer goes over. */
static void
setup_row_cb (LiaInbox    *self,
              GtkListItem *item)
{
  GtkWidget  *row = lia_conversation_row_new (self->client);
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "released", G_CALLBACK (on_clicked_cb), item, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (row, "notify::spoken", G_CALLBACK (on_spoken_cb), item, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, row);
}

static void
bind_row_cb (LiaInbox    *self,
             GtkListItem *item)
{
  lia_conversation_row_set_item (LIA_CONVERSATION_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
on_state_changed_cb (LiaInbox *self)
{
  LiaClientState state = lia_client_get_state (self->client);

  gtk_revealer_set_reveal_child (self->stale_revealer, state != LIA_CLIENT_LIVE && self->model != NULL &&
                                                           g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0);
}

static const struct
{
  const char *kind;
  const char *title;
  const char *description;
} empty_texts[] = {
  { "mine", N_ ("All Done"), N_ ("Nothing of yours waits. Press Ctrl+J to take what is due next.") },
  { "waiting", N_ ("Nobody Waits"), N_ ("Every customer has an answer or somebody who takes care.") },
  { "callbacks", N_ ("No Callbacks"), N_ ("Customers who are to be called back appear here.") },
  { "followups", N_ ("No Follow-Ups"), N_ ("Conversations that you snooze appear here until their time comes.") },
  { "closed", N_ ("Nothing Closed Yet"), N_ ("Conversations that you close appear here.") },
  { "all", N_ ("No Conversations"), N_ ("New conversations appear here as customers write.") },
  { "queue", N_ ("The Queue Is Empty"), N_ ("New conversations appear here as customers write.") },
};

static void
update_empty_page (LiaInbox *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (empty_texts); i++)
    if (g_strcmp0 (self->view->kind, empty_texts[i].kind) == 0)
      {
        adw_status_page_set_title (self->empty_page, _ (empty_texts[i].title));
        adw_status_page_set_description (self->empty_page, _ (empty_texts[i].description));
      }
  adw_status_page_set_icon_name (self->empty_page, lia_view_icon (self->view));
}

static void
forget_model (LiaInbox *self)
{
  if (self->model == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->model, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  if (self->list != NULL)
    gtk_grid_view_set_model (self->list, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_object (&self->model);
}

/* Who has to know changes with the time, with what agents there are in which queue, and with who I am. */
static gboolean
concerns_me (gpointer item,
             gpointer data)
{
  LiaInbox *self = data;
  LiaAgent *me = lia_client_get_me (self->client);

  return lia_callback_concerns (item, me != NULL ? me->id : NULL, lia_client_get_members (self->client), lia_time_now ());
}

static void
filter_again (LiaInbox *self)
{
  gtk_filter_changed (self->concerns_me, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
on_callbacks_chosen_cb (LiaInbox *self)
{
  gboolean mine = self->view != NULL && g_strcmp0 (self->view->kind, "callbacks") == 0 &&
                  g_strcmp0 (adw_toggle_group_get_active_name (self->callbacks_group), "mine") == 0;

  if (self->rows != NULL)
    gtk_filter_list_model_set_filter (GTK_FILTER_LIST_MODEL (self->rows), mine ? self->concerns_me : NULL);
}

static void
lia_inbox_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lia_inbox_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::focus-widget", G_CALLBACK (on_focus_moved_cb), widget, G_CONNECT_SWAPPED);
}

static void
lia_inbox_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), on_focus_moved_cb, widget);
  GTK_WIDGET_CLASS (lia_inbox_parent_class)->unroot (widget);
}

static void
lia_inbox_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lia_inbox_parent_class)->map (widget);
  update_page (LIA_INBOX (widget));
  filter_again (LIA_INBOX (widget));
  g_signal_connect_object (lia_clock_get_default (), "tick", G_CALLBACK (filter_again), widget, G_CONNECT_SWAPPED);
}

static void
lia_inbox_unmap (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (lia_clock_get_default (), filter_again, widget);
  GTK_WIDGET_CLASS (lia_inbox_parent_class)->unmap (widget);
}

static void
lia_inbox_dispose (GObject *object)
{
  LiaInbox *self = LIA_INBOX (object);

  forget_model (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_INBOX);
  g_clear_object (&self->concerns_me);
  g_clear_object (&self->client);
  g_clear_object (&self->view);
  g_clear_pointer (&self->selected, g_free);
  G_OBJECT_CLASS (lia_inbox_parent_class)->dispose (object);
}

static void
lia_inbox_class_init (LiaInboxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_inbox_dispose;
  widget_class->root = lia_inbox_root;
  widget_class->unroot = lia_inbox_unroot;
  widget_class->map = lia_inbox_map;
  widget_class->unmap = lia_inbox_unmap;

  signals[SIGNAL_CONVERSATION_SELECTED] = g_signal_new ("conversation-selected", LIA_TYPE_INBOX, G_SIGNAL_RUN_LAST, 0,
                                                        NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_CONVERSATION);
  signals[SIGNAL_CONVERSATION_ACTIVATED] = g_signal_new ("conversation-activated", LIA_TYPE_INBOX, G_SIGNAL_RUN_LAST, 0,
                                                         NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_CONVERSATION);

  g_type_ensure (LIA_TYPE_QUEUE_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-inbox.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaInbox, queue_strip);
  gtk_widget_class_bind_template_child (widget_class, LiaInbox, callbacks_group);
  gtk_widget_class_bind_template_child (widget_class, LiaInbox, stale_revealer);
  gtk_widget_class_bind_template_child (widget_class, LiaInbox, stack);
  gtk_widget_class_bind_template_child (widget_class, LiaInbox, list);
  gtk_widget_class_bind_template_child (widget_class, LiaInbox, empty_page);
  gtk_widget_class_bind_template_child (widget_class, LiaInbox, problem_page);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_callbacks_chosen_cb);
}

static void
lia_inbox_init (LiaInbox *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->concerns_me = GTK_FILTER (gtk_custom_filter_new (concerns_me, self, NULL));
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_row_cb), self, G_CONNECT_SWAPPED);
  gtk_grid_view_set_factory (self->list, factory);
  update_page (self);
}

void
lia_inbox_set_client (LiaInbox  *self,
                      LiaClient *client)
{
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  lia_queue_strip_set_client (self->queue_strip, client);
  g_signal_connect_object (client, "notify::state", G_CALLBACK (on_state_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::me", G_CALLBACK (filter_again), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lia_client_get_members (client), "items-changed", G_CALLBACK (filter_again), self, G_CONNECT_SWAPPED);
}

void
lia_inbox_set_view (LiaInbox *self,
                    LiaView  *view)
{
  gboolean same = self->view != NULL && g_strcmp0 (self->view->id, view->id) == 0;

  g_set_object (&self->view, view);
  if (same)
    return;

  /* Emptying the list throws the focus out of it. */
  if (self->has_keyboard)
    self->focused = FALSE;
  forget_model (self);
  update_empty_page (self);
  lia_queue_strip_set_queue (self->queue_strip, g_str_has_prefix (view->id, "queue:") ? view->id + strlen ("queue:") : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->callbacks_group), g_strcmp0 (view->kind, "callbacks") == 0);
  self->model = lia_conversation_list_new (self->client, view->id);
  self->rows = G_LIST_MODEL (gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->model)), NULL));
  on_callbacks_chosen_cb (self);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, self->rows);

  /* After the selection has followed the change itself. */
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (on_items_changed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (on_selection_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::problem", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  gtk_grid_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  on_items_changed_cb (self);
}

static void
select_position (LiaInbox *self,
                 guint     position)
{
  gtk_single_selection_set_selected (self->selection, position);
  gtk_grid_view_scroll_to (self->list, position, GTK_LIST_SCROLL_NONE, NULL);
}

/**
 * lia_inbox_select:
 *
 * Marks the conversation that is open as selected, without emitting anything; it need not be in the list.
 */
void
lia_inbox_select (LiaInbox   *self,
                  const char *conversation)
{
  g_set_str (&self->selected, conversation);
  if (self->model == NULL)
    return;
  restore_selection (self);
  if (gtk_single_selection_get_selected (self->selection) != GTK_INVALID_LIST_POSITION)
    gtk_grid_view_scroll_to (self->list, self->position, GTK_LIST_SCROLL_NONE, NULL);
}

/**
 * lia_inbox_step:
 *
 * Opens the next (1) or previous (-1) conversation of the list.
 */
void
lia_inbox_step (LiaInbox *self,
                int       step)
{
  guint n_items = self->rows != NULL ? g_list_model_get_n_items (self->rows) : 0;
  guint selected;

  if (n_items == 0)
    return;
  selected = gtk_single_selection_get_selected (self->selection);
  if (selected == GTK_INVALID_LIST_POSITION)
    select_position (self, MIN (self->position, n_items - 1));
  else if ((step > 0 && selected + 1 < n_items) || (step < 0 && selected > 0))
    select_position (self, selected + step);
}

/**
 * lia_inbox_leave:
 *
 * Opens what stands at the place of @conversation after that has been dealt with. The row may have gone already or go soon.
 */
void
lia_inbox_leave (LiaInbox   *self,
                 const char *conversation)
{
  guint n_items = self->rows != NULL ? g_list_model_get_n_items (self->rows) : 0;
  guint position = n_items > 0 ? find_row (self, conversation) : GTK_INVALID_LIST_POSITION;

  if (n_items == 0 || g_strcmp0 (self->selected, conversation) != 0)
    return;
  if (position == GTK_INVALID_LIST_POSITION)
    select_position (self, MIN (self->position, n_items - 1));
  else if (position + 1 < n_items)
    select_position (self, position + 1);
  else if (position > 0)
    select_position (self, position - 1);
}
