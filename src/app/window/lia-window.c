/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The window shows one workspace, or the welcome page, or why the workspace's engine does not work. A workbench is made for a workspace when it is
 * shown and thrown away when another one is.
 */
#include "lia-window.h"

#include "lia-async.h"
#include "lia-line-words.h"
#include "lia-preferences-dialog.h"
#include "lia-phone-setup-dialog.h"
#include "lia-setup-dialog.h"
#include "lia-then.h"
#include "lia-workbench.h"

#include <glib/gi18n.h>

#define FLUSH_MS 3000

struct _LiaWindow
{
  AdwApplicationWindow parent_instance;

  GtkStack      *stack;
  AdwStatusPage *problem_page;
  AdwBin        *workbench_bin;

  LiaWorkspace *workspace; /* NULL: the welcome page */
  LiaClient    *client;    /* the workspace's */
  LiaWorkbench *workbench; /* in workbench_bin */
  char         *proposed;  /* a number that is to be called, from before there was one */
  char         *finding;   /* that is to be shown, from before then, too */
  gboolean      closing;   /* what is being written is on its way to the engine */
  gboolean      may_close;
};

G_DEFINE_FINAL_TYPE (LiaWindow, lia_window, ADW_TYPE_APPLICATION_WINDOW)

static gint64
count_conversations (LiaClient *client)
{
  GListModel *views = lia_client_get_views (client);
  gint64      count = 0;

  for (guint i = 0; i < g_list_model_get_n_items (views); i++)
    {
      g_autoptr (LiaView) view = g_list_model_get_item (views, i);

      count += view->total;
    }
  return count;
}

/* Nothing is set up and nothing is there: what a fresh workspace looks like. */
static gboolean
is_blank (LiaWindow *self)
{
  return !lia_workspace_is_sample (self->workspace) && g_list_model_get_n_items (lia_client_get_channels (self->client)) == 0 &&
         count_conversations (self->client) == 0;
}

static void
update_page (LiaWindow *self)
{
  const char *visible = gtk_stack_get_visible_child_name (self->stack);
  const char *problem = self->workspace != NULL ? lia_workspace_get_problem (self->workspace) : NULL;

  if (self->client == NULL && problem == NULL)
    {
      if (g_strcmp0 (visible, "progress") != 0)
        gtk_stack_set_visible_child_name (self->stack, "welcome");
    }
  else if (problem != NULL)
    {
      g_autofree char *description = g_markup_escape_text (problem, -1);

      adw_status_page_set_description (self->problem_page, description);
      gtk_stack_set_visible_child_name (self->stack, "problem");
    }
  else if (lia_client_get_state (self->client) == LIA_CLIENT_LIVE)
    gtk_stack_set_visible_child_name (self->stack, is_blank (self) ? "welcome" : "workbench");
  else if (g_strcmp0 (visible, "welcome") != 0)
    gtk_stack_set_visible_child_name (self->stack, "workbench");
}

static void
forget_workspace (LiaWindow *self)
{
  if (self->client != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->client, self);
      g_signal_handlers_disconnect_by_data (lia_client_get_channels (self->client), self);
    }
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  if (self->workbench_bin != NULL)
    adw_bin_set_child (self->workbench_bin, NULL);
  self->workbench = NULL;
  g_clear_object (&self->client);
  g_clear_object (&self->workspace);
}

static void
propose (LiaWindow *self)
{
  g_autofree char *number = g_steal_pointer (&self->proposed);
  g_autofree char *finding = g_steal_pointer (&self->finding);

  if (number != NULL)
    lia_workbench_dial (self->workbench, number);
  if (finding != NULL)
    lia_workbench_show_finding (self->workbench, finding);
}

static void
adopt_client (LiaWindow *self)
{
  LiaApplication *application = LIA_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));

  if (lia_workspace_get_client (self->workspace) == NULL)
    return;
  self->client = g_object_ref (lia_workspace_get_client (self->workspace));
  self->workbench = lia_workbench_new (lia_workspace_get_station (self->workspace), lia_application_get_settings (application), lia_workspace_is_sample (self->workspace));
  lia_workbench_set_directory (self->workbench, lia_workspace_get_directory (self->workspace));
  adw_bin_set_child (self->workbench_bin, GTK_WIDGET (self->workbench));
  g_signal_connect_object (self->client, "notify::state", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lia_client_get_channels (self->client), "items-changed", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  propose (self);
}

static void
on_workspace_client_changed_cb (LiaWindow *self)
{
  if (self->client == NULL)
    adopt_client (self);
  else /* its data were deleted */
    forget_workspace (self);
  update_page (self);
}

static void
adopt_workspace (LiaWindow    *self,
                 LiaWorkspace *workspace)
{
  forget_workspace (self);
  lia_workspace_start (workspace);
  self->workspace = g_object_ref (workspace);
  adopt_client (self);
  g_signal_connect_object (workspace, "notify::problem", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "notify::client", G_CALLBACK (on_workspace_client_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
sample_made_cb (gpointer      owner,
                const GValue *value,
                GError       *error,
                gpointer      data)
{
  LiaWindow    *self = owner;
  LiaWorkspace *workspace = data;

  if (error != NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "welcome");
      lia_complain (GTK_WIDGET (self->stack), _ ("The sample data could not be made"), error);
      update_page (self);
      return;
    }
  adopt_workspace (self, workspace);
  gtk_stack_set_visible_child_name (self->stack, "workbench");
  update_page (self);
}

/**
 * lia_window_show_workspace:
 * @workspace: (nullable): NULL for the welcome page
 */
void
lia_window_show_workspace (LiaWindow    *self,
                           LiaWorkspace *workspace)
{
  if (workspace != NULL && workspace == self->workspace)
    return;

  if (workspace == NULL)
    {
      forget_workspace (self);
      gtk_stack_set_visible_child_name (self->stack, "welcome");
    }
  else if (lia_workspace_is_sample (workspace) && !lia_workspace_exists (workspace))
    {
      gtk_stack_set_visible_child_name (self->stack, "progress");
      lia_then (lia_workspace_make_sample (workspace), self, sample_made_cb, g_object_ref (workspace), g_object_unref);
    }
  else
    {
      adopt_workspace (self, workspace);
      gtk_stack_set_visible_child_name (self->stack, "workbench");
      update_page (self);
    }
}

static void
on_channel_added_cb (LiaWindow  *self,
                     const char *channel,
                     AdwDialog  *dialog)
{
  LiaWorkspace *workspace = g_object_get_data (G_OBJECT (dialog), "workspace");

  lia_window_show_workspace (self, workspace);
  update_page (self);
}

/* Whether @workspace runs; where it cannot, that is shown. */
static gboolean
start_workspace (LiaWindow    *self,
                 LiaWorkspace *workspace)
{
  lia_workspace_start (workspace);
  if (lia_workspace_get_problem (workspace) == NULL)
    return TRUE;
  lia_window_show_workspace (self, workspace);
  return FALSE;
}

static void
present_setup (LiaWindow    *self,
               LiaWorkspace *workspace,
               AdwDialog    *dialog,
               const char   *added_signal)
{
  g_object_set_data_full (G_OBJECT (dialog), "workspace", g_object_ref (workspace), g_object_unref);
  g_signal_connect_object (dialog, added_signal, G_CALLBACK (on_channel_added_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/**
 * lia_window_set_up_mailbox:
 *
 * Leads through setting up a mailbox in @workspace, and shows that afterwards. What is shown meanwhile stays.
 */
void
lia_window_set_up_mailbox (LiaWindow    *self,
                           LiaWorkspace *workspace)
{
  if (start_workspace (self, workspace))
    present_setup (self, workspace, lia_setup_dialog_new (lia_workspace_get_client (workspace)), "mailbox-added");
}

/** lia_window_set_up_phone: as lia_window_set_up_mailbox(), a telephone system. */
void
lia_window_set_up_phone (LiaWindow    *self,
                         LiaWorkspace *workspace)
{
  if (start_workspace (self, workspace))
    present_setup (self, workspace, lia_phone_setup_dialog_new (lia_workspace_get_client (workspace)), "channel-added");
}

void
lia_window_open_conversation (LiaWindow  *self,
                              const char *conversation,
                              const char *entry)
{
  if (self->workbench != NULL)
    lia_workbench_open (self->workbench, conversation, entry);
}

/** lia_window_show_view: @view: its id: "callbacks". */
void
lia_window_show_view (LiaWindow  *self,
                      const char *view)
{
  if (self->workbench != NULL)
    lia_workbench_show_view (self->workbench, view);
}

/** lia_window_dial: @number, any bytes from anywhere, is only proposed: the agent says whether it is called. */
void
lia_window_dial (LiaWindow  *self,
                 const char *number)
{
  if (!lia_line_words_is_number (number))
    lia_toast (GTK_WIDGET (self->stack), _ ("The link has no telephone number that can be called"));
  else
    g_set_str (&self->proposed, number);
  if (self->workbench != NULL)
    propose (self);
}

/** lia_window_show_finding: @finding: its id, from a link; what is no finding is said to be none. */
void
lia_window_show_finding (LiaWindow  *self,
                         const char *finding)
{
  g_set_str (&self->finding, finding);
  if (self->workbench != NULL)
    propose (self);
}

static void
retry_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  LiaWindow *self = LIA_WINDOW (widget);

  if (self->workspace == NULL)
    return;
  gtk_stack_set_visible_child_name (self->stack, "workbench");
  lia_workspace_retry (self->workspace);
  update_page (self);
}

static void
folder_shown_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (LiaWindow) self = user_data;

  if (!gtk_file_launcher_open_containing_folder_finish (GTK_FILE_LAUNCHER (source), result, NULL) && self->workspace != NULL)
    lia_toast (GTK_WIDGET (self->stack), lia_workspace_get_directory (self->workspace));
}

static void
show_folder_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  LiaWindow *self = LIA_WINDOW (widget);
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GtkFileLauncher) launcher = NULL;

  if (self->workspace == NULL)
    return;
  folder = g_file_new_for_path (lia_workspace_get_directory (self->workspace));
  launcher = gtk_file_launcher_new (folder);
  gtk_file_launcher_open_containing_folder (launcher, GTK_WINDOW (self), NULL, folder_shown_cb, g_object_ref (self));
}

static void
preferences_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  LiaWindow      *self = LIA_WINDOW (widget);
  LiaApplication *application = LIA_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));

  if (self->client != NULL && adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) == NULL)
    adw_dialog_present (lia_preferences_dialog_new (lia_workspace_get_station (self->workspace), application), GTK_WIDGET (self));
}

static void
flushed_cb (gpointer      owner,
            const GValue *value,
            GError       *error,
            gpointer      data)
{
  LiaWindow *self = owner;

  self->closing = FALSE;
  self->may_close = TRUE;
  if (error == NULL)
    gtk_window_close (GTK_WINDOW (self));
  else
    lia_toast (GTK_WIDGET (self->stack), _ ("The draft could not be saved yet. Close the window again to close it without."));
}

/* The engine has what is being written before the window goes; a window whose draft cannot be saved closes at the second try. */
static gboolean
lia_window_close_request (GtkWindow *window)
{
  LiaWindow *self = LIA_WINDOW (window);
  g_autoptr (DexFuture) flush = NULL;

  if (self->workbench != NULL && !self->may_close)
    flush = lia_workbench_flush (self->workbench);
  if (flush == NULL || dex_future_is_resolved (flush))
    return GTK_WINDOW_CLASS (lia_window_parent_class)->close_request (window);

  if (!self->closing)
    {
      self->closing = TRUE;
      lia_then (lia_with_timeout (g_steal_pointer (&flush), FLUSH_MS), self, flushed_cb, NULL, NULL);
    }
  return TRUE;
}

static void
lia_window_dispose (GObject *object)
{
  LiaWindow *self = LIA_WINDOW (object);

  forget_workspace (self);
  g_clear_pointer (&self->proposed, g_free);
  g_clear_pointer (&self->finding, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_WINDOW);
  G_OBJECT_CLASS (lia_window_parent_class)->dispose (object);
}

static void
lia_window_class_init (LiaWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lia_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = lia_window_close_request;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LiaWindow, problem_page);
  gtk_widget_class_bind_template_child (widget_class, LiaWindow, workbench_bin);

  gtk_widget_class_install_action (widget_class, "win.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "win.show-folder", NULL, show_folder_action);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_comma, GDK_CONTROL_MASK, "win.preferences", NULL);
}

static void
lia_window_init (LiaWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

LiaWindow *
lia_window_new (LiaApplication *application)
{
  LiaWindow *self = g_object_new (LIA_TYPE_WINDOW, "application", application, NULL);
  GSettings *settings = lia_application_get_settings (application);

  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  return self;
}
