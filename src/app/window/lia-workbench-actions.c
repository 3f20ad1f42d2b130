/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-workbench-private.h"

#include "lia-callers.h"
#include "lia-chat-full.h"
#include "lia-client-phone.h"
#include "lia-command-palette.h"
#include "lia-compose-dialog.h"
#include "lia-conversation-list.h"
#include "lia-shortcuts-dialog.h"
#include "lia-then.h"
#include "lia-audit-dialog.h"
#include "lia-library-window.h"
#include "lia-wallboard-window.h"

#include <glib/gi18n.h>

gboolean
lia_workbench_has_dialog (LiaWorkbench *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return ADW_IS_APPLICATION_WINDOW (root) && adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (root)) != NULL;
}

static void
search_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  LiaWorkbench *self = LIA_WORKBENCH (widget);

  if (lia_workbench_has_dialog (self))
    return;
  adw_navigation_split_view_set_show_content (self->list_split, FALSE);
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
palette_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  LiaWorkbench *self = LIA_WORKBENCH (widget);

  if (!lia_workbench_has_dialog (self))
    adw_dialog_present (lia_command_palette_new (GTK_WIDGET (self->page)), widget);
}

static void
shortcuts_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  if (!lia_workbench_has_dialog (LIA_WORKBENCH (widget)))
    adw_dialog_present (lia_shortcuts_dialog_new (), widget);
}

static void
toggle_customer_action (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  LiaWorkbench *self = LIA_WORKBENCH (widget);

  adw_overlay_split_view_set_show_sidebar (self->customer_split, !adw_overlay_split_view_get_show_sidebar (self->customer_split));
}

static void
responses_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  LiaWorkbench *self = LIA_WORKBENCH (widget);

  if (lia_workbench_has_dialog (self))
    return;
  adw_overlay_split_view_set_show_sidebar (self->customer_split, TRUE);
  adw_view_stack_set_visible_child_name (self->side_stack, "responses");
  lia_responses_pane_start_search (self->responses);
}

static void
sync_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  LiaWorkbench *self = LIA_WORKBENCH (widget);
  GListModel   *channels = lia_client_get_channels (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (LiaChannel) channel = g_list_model_get_item (channels, i);

      lia_then_complain (lia_client_sync_channel (self->client, channel->id), GTK_WIDGET (self->page), _ ("The mailbox could not be asked"));
    }
}

static void
availability_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  LiaWorkbench *self = LIA_WORKBENCH (widget);

  lia_then_complain (lia_client_set_availability (self->client, g_variant_get_string (parameter, NULL), ""), GTK_WIDGET (self->page),
                     _ ("Your availability could not be changed"));
}

static void
view_at_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  lia_views_sidebar_select_nth (LIA_WORKBENCH (widget)->views, g_variant_get_int32 (parameter));
}

static void
step_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  lia_inbox_step (LIA_WORKBENCH (widget)->inbox, g_variant_get_int32 (parameter));
}

static void
focus_list_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  LiaWorkbench *self = LIA_WORKBENCH (widget);

  adw_navigation_split_view_set_show_content (self->list_split, FALSE);
  gtk_widget_child_focus (GTK_WIDGET (self->list_stack), GTK_DIR_TAB_FORWARD);
}

static gboolean
focus_part (GtkWidget *part)
{
  if (LIA_IS_CONVERSATION_PAGE (part))
    return lia_conversation_page_focus_timeline (LIA_CONVERSATION_PAGE (part)) || gtk_widget_child_focus (part, GTK_DIR_TAB_FORWARD);
  return gtk_widget_child_focus (part, GTK_DIR_TAB_FORWARD);
}

/* From part to part of the window, past what is hidden, and round. */
static void
travel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  LiaWorkbench *self = LIA_WORKBENCH (widget);
  GtkWidget    *parts[] = { GTK_WIDGET (self->views), GTK_WIDGET (self->list_stack), GTK_WIDGET (self->page), GTK_WIDGET (self->side_stack),
                            GTK_WIDGET (self->calls) };
  GtkWidget    *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  int           step = g_variant_get_int32 (parameter);
  int           n_parts = G_N_ELEMENTS (parts);
  int           here = step > 0 ? n_parts - 1 : 0;

  for (int i = 0; i < n_parts; i++)
    if (focus != NULL && (focus == parts[i] || gtk_widget_is_ancestor (focus, parts[i])))
      here = i;
  for (int i = 1; i <= n_parts; i++)
    {
      GtkWidget *part = parts[(here + i * step + n_parts * n_parts) % n_parts];

      if (gtk_widget_get_mapped (part) && focus_part (part))
        return;
    }
}

static void
taken_cb (gpointer      owner,
          const GValue *value,
          GError       *error,
          gpointer      conversation)
{
  if (error == NULL)
    lia_workbench_open (owner, conversation, NULL);
  else
    lia_complain (GTK_WIDGET (LIA_WORKBENCH (owner)->page), _ ("The conversation could not be taken"), error);
}

static void
called_cb (gpointer      owner,
           const GValue *value,
           GError       *error,
           gpointer      call)
{
  if (error == NULL && *((LiaCall *)call)->conv != '\0')
    lia_workbench_open (owner, ((LiaCall *)call)->conv, NULL);
  else if (error != NULL)
    lia_complain (GTK_WIDGET (LIA_WORKBENCH (owner)->page), _ ("The caller could not be taken"), error);
}

/* The first that nobody has; callers are taken by telephone, or by nobody. */
static LiaConversation *
find_first (LiaWorkbench        *self,
            LiaConversationList *waiting)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (waiting)); i++)
    {
      g_autoptr (LiaConversation) conversation = g_list_model_get_item (G_LIST_MODEL (waiting), i);
      g_autoptr (LiaCall) call = lia_callers_find (lia_client_get_calls (self->client), conversation->id);

      if (call == NULL)
        return g_steal_pointer (&conversation);
    }
  return NULL;
}

typedef struct
{
  LiaWorkbench    *workbench; /* not owned: the dialog's handler goes with it */
  LiaConversation *conversation;
} Asked;

static void
asked_free (gpointer  asked,
            GClosure *closure)
{
  g_object_unref (((Asked *)asked)->conversation);
  g_free (asked);
}

static void
take (LiaWorkbench    *self,
      LiaConversation *conversation)
{
  lia_then (lia_client_take (self->client, conversation->id), self, taken_cb, g_strdup (conversation->id), g_free);
}

static void
on_take_one_more_cb (AdwAlertDialog *dialog,
                     const char     *response,
                     gpointer        data)
{
  Asked *asked = data;

  take (asked->workbench, asked->conversation);
}

/* One chat more than I wanted at once */
static void
take_asking (LiaWorkbench    *self,
             LiaConversation *conversation)
{
  AdwAlertDialog *full = lia_chat_full_new (self->client, conversation);
  Asked          *asked;

  if (full == NULL)
    {
      take (self, conversation);
      return;
    }
  asked = g_new0 (Asked, 1);
  asked->workbench = self;
  asked->conversation = g_object_ref (conversation);
  g_signal_connect_data (full, "response::take", G_CALLBACK (on_take_one_more_cb), asked, asked_free, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (full), GTK_WIDGET (self));
}

static void
take_first (LiaWorkbench        *self,
            LiaConversationList *waiting)
{
  LiaAgent *me = lia_client_get_me (self->client);
  gint64    due_ms = 0;
  g_autoptr (LiaConversation) first = find_first (self, waiting);
  g_autoptr (LiaCall) call = me != NULL && me->phone != NULL && *me->phone != '\0'
                                 ? lia_callers_most_urgent (lia_client_get_calls (self->client), lia_client_get_queues (self->client), &due_ms)
                                 : NULL;

  if (call != NULL && (first == NULL || first->due_ms == 0 || due_ms <= first->due_ms))
    lia_then (lia_client_take_call (self->client, call), self, called_cb, g_object_ref (call), g_object_unref);
  else if (first == NULL)
    lia_toast (GTK_WIDGET (self->page), _ ("Nobody waits: every customer has an answer or somebody who takes care"));
  else
    take_asking (self, first);
}

static void
on_waiting_loaded_cb (LiaWorkbench        *self,
                      GParamSpec          *pspec,
                      LiaConversationList *waiting)
{
  if (lia_conversation_list_get_loading (waiting))
    return;
  g_signal_handlers_disconnect_by_func (waiting, on_waiting_loaded_cb, self);
  take_first (self, waiting);
  /* The list lived for this answer. */
  g_object_unref (waiting);
}

static void
take_next_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  LiaWorkbench        *self = LIA_WORKBENCH (widget);
  LiaConversationList *waiting;

  /* Who was picked for me comes first. */
  if (lia_workbench_take_offer (self))
    return;
  waiting = lia_conversation_list_new (self->client, "waiting");
  if (lia_conversation_list_get_loading (waiting))
    g_signal_connect_object (waiting, "notify::loading", G_CALLBACK (on_waiting_loaded_cb), self, G_CONNECT_SWAPPED);
  else
    {
      take_first (self, waiting);
      g_object_unref (waiting);
    }
}

static void
on_created_cb (LiaWorkbench *self,
               const char   *conversation)
{
  lia_workbench_open (self, conversation, NULL);
  lia_conversation_page_write (self->page);
}

static void
on_wallboard_conversation_cb (LiaWorkbench *self,
                              const char   *conversation,
                              const char   *entry)
{
  lia_workbench_open (self, conversation, entry);
  gtk_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
on_wallboard_view_cb (LiaWorkbench *self,
                      const char   *view)
{
  lia_views_sidebar_select (self->views, view);
  gtk_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
wallboard_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  LiaWorkbench *self = LIA_WORKBENCH (widget);

  if (self->wallboard == NULL)
    {
      g_set_weak_pointer (&self->wallboard, lia_wallboard_window_new (self->station));
      g_signal_connect_object (self->wallboard, "conversation-activated", G_CALLBACK (on_wallboard_conversation_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->wallboard, "view-activated", G_CALLBACK (on_wallboard_view_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_window_present (self->wallboard);
}

static void
audit_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  LiaWorkbench *self = LIA_WORKBENCH (widget);

  if (!lia_workbench_has_dialog (self))
    adw_dialog_present (lia_audit_dialog_new (self->client), widget);
}

static void
show_library (LiaWorkbench *self)
{
  if (self->library == NULL)
    {
      g_autoptr (GFile) drafts = g_file_new_build_filename (self->directory, "unsaved-responses", NULL);

      g_set_weak_pointer (&self->library, lia_library_window_new (self->client, drafts));
    }
  lia_library_window_set_conversation (LIA_LIBRARY_WINDOW (self->library), lia_conversation_page_get_conversation (self->page));
  gtk_window_present (self->library);
}

static void
library_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  show_library (LIA_WORKBENCH (widget));
}

/* @parameter: the id of a response; "": only the library */
static void
edit_response_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  LiaWorkbench *self = LIA_WORKBENCH (widget);
  const char   *response = g_variant_get_string (parameter, NULL);

  show_library (self);
  if (*response != '\0')
    lia_library_window_edit (LIA_LIBRARY_WINDOW (self->library), response);
}

static void
compose_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  LiaWorkbench *self = LIA_WORKBENCH (widget);
  AdwDialog    *dialog;

  if (lia_workbench_has_dialog (self))
    return;
  dialog = lia_compose_dialog_new (self->client);
  g_signal_connect_object (dialog, "created", G_CALLBACK (on_created_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

void
lia_workbench_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "workbench.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "workbench.palette", NULL, palette_action);
  gtk_widget_class_install_action (widget_class, "workbench.shortcuts", NULL, shortcuts_action);
  gtk_widget_class_install_action (widget_class, "workbench.toggle-customer", NULL, toggle_customer_action);
  gtk_widget_class_install_action (widget_class, "workbench.responses", NULL, responses_action);
  gtk_widget_class_install_action (widget_class, "workbench.sync", NULL, sync_action);
  gtk_widget_class_install_action (widget_class, "workbench.availability", "s", availability_action);
  gtk_widget_class_install_action (widget_class, "workbench.view-at", "i", view_at_action);
  gtk_widget_class_install_action (widget_class, "workbench.step", "i", step_action);
  gtk_widget_class_install_action (widget_class, "workbench.travel", "i", travel_action);
  gtk_widget_class_install_action (widget_class, "workbench.focus-list", NULL, focus_list_action);
  gtk_widget_class_install_action (widget_class, "workbench.take-next", NULL, take_next_action);
  gtk_widget_class_install_action (widget_class, "workbench.compose", NULL, compose_action);
  gtk_widget_class_install_action (widget_class, "workbench.library", NULL, library_action);
  gtk_widget_class_install_action (widget_class, "workbench.edit-response", "s", edit_response_action);
  gtk_widget_class_install_action (widget_class, "workbench.wallboard", NULL, wallboard_action);
  gtk_widget_class_install_action (widget_class, "workbench.audit", NULL, audit_action);
}
