/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Puts the panes together: a view chosen fills the list, a conversation chosen fills the page, the page's conversation fills the customer pane.
 * Nothing flows the other way but the selection. What keys and menus do is in lia-workbench-actions.c.
 */
#include "lia-workbench-private.h"

#include "lia-format.h"
#include "lia-push-actions.h"
#include "lia-shortcuts.h"
#include "lia-then.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (LiaWorkbench, lia_workbench, ADW_TYPE_BREAKPOINT_BIN)

static void
on_view_selected_cb (LiaWorkbench *self,
                     LiaView      *view)
{
  lia_inbox_set_view (self->inbox, view);
  adw_navigation_page_set_title (self->list_page, lia_view_title (view));
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  if (self->view_restored)
    g_settings_set_string (self->settings, "view", view->id);
}

static void
on_view_activated_cb (LiaWorkbench *self)
{
  if (adw_overlay_split_view_get_collapsed (self->views_split))
    adw_overlay_split_view_set_show_sidebar (self->views_split, FALSE);
}

static void
on_conversation_selected_cb (LiaWorkbench    *self,
                             LiaConversation *conversation)
{
  lia_conversation_page_open (self->page, conversation->id, NULL);
}

/* A narrow window leaves its list only for this: the arrow keys go through the list. */
static void
on_conversation_activated_cb (LiaWorkbench    *self,
                              LiaConversation *conversation)
{
  lia_workbench_open (self, conversation->id, NULL);
}

static void
on_hit_activated_cb (LiaWorkbench *self,
                     const char   *conversation,
                     const char   *entry)
{
  lia_workbench_open (self, conversation, entry);
}

static void
on_conversation_changed_cb (LiaWorkbench *self)
{
  lia_customer_pane_set_conversation (self->customer, lia_conversation_page_get_conversation (self->page));
  lia_workbench_follow_feedback (self);
}

/* A pane that lies over the conversation would lie over what was inserted. */
static void
on_response_chosen_cb (LiaWorkbench *self,
                       LiaCanned    *canned)
{
  if (adw_overlay_split_view_get_collapsed (self->customer_split))
    adw_overlay_split_view_set_show_sidebar (self->customer_split, FALSE);
  lia_conversation_page_insert_response (self->page, canned);
}

/* The customer is there again. */
static void
on_feedback_done_cb (LiaWorkbench *self)
{
  if (adw_overlay_split_view_get_collapsed (self->customer_split))
    adw_overlay_split_view_set_show_sidebar (self->customer_split, FALSE);
}

static void
on_done_cb (LiaWorkbench *self,
            const char   *conversation)
{
  lia_inbox_leave (self->inbox, conversation);
}

/* The row that had the keyboard may have gone meanwhile: it is another one once its conversation was read. */
static void
on_show_content_cb (LiaWorkbench *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (root == NULL || adw_navigation_split_view_get_show_content (self->list_split) ||
      (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list_stack))))
    return;
  gtk_widget_child_focus (GTK_WIDGET (self->list_stack), GTK_DIR_TAB_FORWARD);
}

/* Escape puts away a side pane that lies over what one came from. */
static gboolean
on_split_key_pressed_cb (GtkEventController *controller,
                         guint               key)
{
  AdwOverlaySplitView *split = ADW_OVERLAY_SPLIT_VIEW (gtk_event_controller_get_widget (controller));

  if (key != GDK_KEY_Escape || !adw_overlay_split_view_get_collapsed (split) || !adw_overlay_split_view_get_show_sidebar (split))
    return GDK_EVENT_PROPAGATE;
  adw_overlay_split_view_set_show_sidebar (split, FALSE);
  return GDK_EVENT_STOP;
}

static void
on_search_mode_changed_cb (LiaWorkbench *self)
{
  if (!gtk_search_bar_get_search_mode (self->search_bar))
    gtk_stack_set_visible_child_name (self->list_stack, "inbox");
}

static void
on_search_changed_cb (LiaWorkbench *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  gtk_stack_set_visible_child_name (self->list_stack, *text != '\0' ? "search" : "inbox");
  lia_search_pane_search (self->search, text);
}

static void
on_search_activate_cb (LiaWorkbench *self)
{
  lia_search_pane_activate_first (self->search);
}

static void
restore_view (LiaWorkbench *self)
{
  g_autofree char *view = NULL;

  if (self->view_restored || g_list_model_get_n_items (lia_client_get_views (self->client)) == 0)
    return;
  view = g_settings_get_string (self->settings, "view");
  if (!lia_views_sidebar_select (self->views, view))
    lia_views_sidebar_select_nth (self->views, 0);
  self->view_restored = TRUE;
}

/** lia_workbench_show_view: @view: its id. At once, or when the views are there. */
void
lia_workbench_show_view (LiaWorkbench *self,
                         const char   *view)
{
  if (self->view_restored)
    lia_views_sidebar_select (self->views, view);
  else
    g_settings_set_string (self->settings, "view", view);
}

/* What all others do is for supervisors to see. */
static void
update_role (LiaWorkbench *self)
{
  const gboolean supervises = lia_agent_supervises (lia_client_get_me (self->client));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "workbench.wallboard", supervises);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "workbench.audit", supervises);
  gtk_widget_set_visible (GTK_WIDGET (self->wallboard_button), supervises);
}

static void
update_banners (LiaWorkbench *self,
                gboolean      sample)
{
  gboolean live = lia_client_get_state (self->client) == LIA_CLIENT_LIVE;

  adw_banner_set_revealed (self->sample_banner, sample);
  adw_banner_set_revealed (self->mailbox_banner, !sample && live && g_list_model_get_n_items (lia_client_get_channels (self->client)) == 0);
}

static void
on_client_changed_cb (LiaWorkbench *self)
{
  update_banners (self, adw_banner_get_revealed (self->sample_banner));
}

static void
lia_workbench_dispose (GObject *object)
{
  LiaWorkbench *self = LIA_WORKBENCH (object);

  if (self->wallboard != NULL)
    gtk_window_destroy (self->wallboard);
  g_clear_weak_pointer (&self->wallboard);
  if (self->library != NULL)
    gtk_window_destroy (self->library);
  g_clear_weak_pointer (&self->library);
  if (self->findings != NULL)
    gtk_window_destroy (self->findings);
  g_clear_weak_pointer (&self->findings);
  if (self->notices != NULL)
    gtk_window_destroy (self->notices);
  g_clear_weak_pointer (&self->notices);
  g_clear_object (&self->notices_watch);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_WORKBENCH);
  g_clear_object (&self->station);
  g_clear_object (&self->client);
  g_clear_object (&self->settings);
  g_clear_object (&self->quote);
  g_clear_pointer (&self->directory, g_free);
  g_clear_pointer (&self->offered, g_free);
  G_OBJECT_CLASS (lia_workbench_parent_class)->dispose (object);
}

static void
lia_workbench_class_init (LiaWorkbenchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_workbench_dispose;

  g_type_ensure (LIA_TYPE_AVAILABILITY_BUTTON);
  g_type_ensure (LIA_TYPE_CHAT_OFFER_STRIP);
  g_type_ensure (LIA_TYPE_CALL_DOCK);
  g_type_ensure (LIA_TYPE_CONNECTION_BUTTON);
  g_type_ensure (LIA_TYPE_CONVERSATION_PAGE);
  g_type_ensure (LIA_TYPE_CUSTOMER_PANE);
  g_type_ensure (LIA_TYPE_FEEDBACK_PANE);
  g_type_ensure (LIA_TYPE_INBOX);
  g_type_ensure (LIA_TYPE_RESPONSES_PANE);
  g_type_ensure (LIA_TYPE_SEARCH_PANE);
  g_type_ensure (LIA_TYPE_VIEWS_SIDEBAR);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-workbench.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, views_split);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, list_split);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, customer_split);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, list_page);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, search_button);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, search_bar);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, search_entry);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, list_stack);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, availability);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, calls);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, wallboard_button);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, notices_button);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, notices_count);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, sample_banner);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, mailbox_banner);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, views);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, connection);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, chat_offer);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, inbox);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, search);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, page);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, side_stack);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, customer);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, responses);
  gtk_widget_class_bind_template_child (widget_class, LiaWorkbench, feedback);
  gtk_widget_class_bind_template_callback (widget_class, on_response_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_feedback_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_view_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_view_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_conversation_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_conversation_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_hit_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_conversation_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_show_content_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_split_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_mode_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate_cb);
  lia_workbench_install_actions (widget_class);
  lia_workbench_install_feedback (widget_class);
  lia_workbench_install_chats (widget_class);
  lia_workbench_install_phone (widget_class);
}

static void
lia_workbench_init (LiaWorkbench *self)
{
  self->directory = g_strdup (g_get_tmp_dir ());
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  lia_shortcuts_install (GTK_WIDGET (self), GTK_WIDGET (self->page));
}

/** lia_workbench_set_directory: the workspace's, where what is typed in the library, and as feedback, lies until it is saved. */
void
lia_workbench_set_directory (LiaWorkbench *self,
                             const char   *directory)
{
  g_autofree char *feedback = g_build_filename (directory, "feedback", NULL);
  g_autofree char *issues = g_build_filename (directory, "issues", NULL);

  g_set_str (&self->directory, directory);
  lia_feedback_pane_set_folder (self->feedback, feedback);
  lia_push_actions_insert (GTK_WIDGET (self), self->client, issues);
}

LiaWorkbench *
lia_workbench_new (LiaPhoneStation *station,
                   GSettings       *settings,
                   gboolean         sample)
{
  LiaWorkbench *self = g_object_new (LIA_TYPE_WORKBENCH, NULL);
  LiaClient    *client = lia_phone_station_get_client (station);

  self->client = g_object_ref (client);
  self->settings = g_object_ref (settings);
  lia_chat_offer_strip_set_client (self->chat_offer, client);
  lia_inbox_set_client (self->inbox, client);
  lia_conversation_page_set_client (self->page, client, settings);
  lia_customer_pane_set_client (self->customer, client);
  lia_responses_pane_set_finder (self->responses, lia_conversation_page_get_finder (self->page));
  lia_feedback_pane_set_client (self->feedback, client);
  lia_search_pane_set_client (self->search, client);
  lia_connection_button_set_client (self->connection, client);
  lia_views_sidebar_set_client (self->views, client);
  lia_availability_button_set_client (self->availability, client);
  lia_workbench_set_station (self, station);

  lia_workbench_follow_offers (self);
  lia_workbench_bind_feedback (self);
  g_settings_bind (settings, "show-customer", self->customer_split, "show-sidebar", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (lia_client_get_views (client), "items-changed", G_CALLBACK (restore_view), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::me", G_CALLBACK (update_role), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::state", G_CALLBACK (on_client_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lia_client_get_channels (client), "items-changed", G_CALLBACK (on_client_changed_cb), self, G_CONNECT_SWAPPED);
  restore_view (self);
  update_role (self);
  update_banners (self, sample);
  return self;
}

/**
 * lia_workbench_open:
 * @entry: (nullable): what to show in it; NULL for the newest
 */
void
lia_workbench_open (LiaWorkbench *self,
                    const char   *conversation,
                    const char   *entry)
{
  lia_inbox_select (self->inbox, conversation);
  lia_conversation_page_open (self->page, conversation, entry);
  if (adw_overlay_split_view_get_collapsed (self->customer_split))
    adw_overlay_split_view_set_show_sidebar (self->customer_split, FALSE);
  adw_navigation_split_view_set_show_content (self->list_split, TRUE);
}

/** lia_workbench_flush: before it is thrown away; as lia_composer_flush(). */
DexFuture *
lia_workbench_flush (LiaWorkbench *self)
{
  return lia_conversation_page_flush (self->page);
}
