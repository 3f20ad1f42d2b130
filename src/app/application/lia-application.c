/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The program: its options, its two workspaces, its window. A workspace's engine is started when the workspace is first needed and lives until the
 * program ends, so that changing between the sample and the own data is only a change of what the window shows.
 */
#include "lia-config.h"

#include "lia-application.h"
#include "lia-attachment-drag.h"
#include "lia-call-notifier.h"
#include "lia-chat-notifier.h"
#include "lia-client-phone.h"
#include "lia-icons.h"
#include "lia-notifier.h"
#include "lia-queue-notifier.h"
#include "lia-then.h"
#include "lia-window.h"

#include <glib/gi18n.h>

struct _LiaApplication
{
  AdwApplication parent_instance;

  GSettings        *settings;
  LiaWorkspace     *default_workspace;
  LiaWorkspace     *sample_workspace;
  LiaNotifier      *notifier;
  LiaCallNotifier  *call_notifier;
  LiaQueueNotifier *queue_notifier;
  LiaChatNotifier  *chat_notifier;
  gboolean          background;
  gboolean          quitting;
  gboolean          opens_sample; /* said on the command line */
};

G_DEFINE_FINAL_TYPE (LiaApplication, lia_application, ADW_TYPE_APPLICATION)

static LiaWindow *
ensure_window (LiaApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    {
      window = GTK_WINDOW (lia_window_new (self));
      /* Own data there already: show it. Else the welcome page, without starting anything. */
      if (lia_workspace_exists (self->default_workspace))
        lia_window_show_workspace (LIA_WINDOW (window), self->default_workspace);
    }
  return LIA_WINDOW (window);
}

static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  const char *developers[] = { "The Liaison developers", NULL };

  adw_show_about_dialog (GTK_WIDGET (ensure_window (user_data)),
                         "application-icon", LIA_APP_ID,
                         "application-name", _ ("Liaison"), "comments", _ ("Answer your customers from one place"), "copyright", "© 2026 The Liaison developers", "developer-name", _ ("The Liaison developers"), "developers", developers, "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: your name, it is shown in the About window. */
                         "translator-credits", _ ("translator-credits"), "version", LIA_VERSION, NULL);
}

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  LiaApplication *self = user_data;
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  /* A window that has something to save goes a moment later. */
  self->quitting = TRUE;
  if (windows == NULL)
    g_application_quit (user_data);
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static void
set_up_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  LiaApplication *self = user_data;
  LiaWindow      *window = ensure_window (self);

  lia_window_set_up_mailbox (window, self->default_workspace);
  gtk_window_present (GTK_WINDOW (window));
}

static void
set_up_phone_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  LiaApplication *self = user_data;
  LiaWindow      *window = ensure_window (self);

  lia_window_set_up_phone (window, self->default_workspace);
  gtk_window_present (GTK_WINDOW (window));
}

static void
open_sample_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  LiaApplication *self = user_data;
  LiaWindow      *window = ensure_window (self);

  lia_window_show_workspace (window, self->sample_workspace);
  gtk_window_present (GTK_WINDOW (window));
}

static void
open_own_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  LiaApplication *self = user_data;
  gboolean        exists = lia_workspace_exists (self->default_workspace);

  lia_window_show_workspace (ensure_window (self), exists ? self->default_workspace : NULL);
}

static void
open_conversation_action (GSimpleAction *action,
                          GVariant      *parameter,
                          gpointer       user_data)
{
  LiaWindow *window = ensure_window (user_data);

  lia_window_open_conversation (window, g_variant_get_string (parameter, NULL), NULL);
  gtk_window_present (GTK_WINDOW (window));
}

static void
show_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  gtk_window_present (GTK_WINDOW (ensure_window (user_data)));
}

/* A notification names a line; it may be gone by the time somebody clicks. */
static LiaPhoneLine *
find_line (LiaApplication *self,
           GVariant       *parameter)
{
  LiaPhoneStation *station = lia_workspace_get_station (self->default_workspace);

  return station != NULL ? lia_phone_station_find (station, g_variant_get_string (parameter, NULL)) : NULL;
}

static void
answer_call_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  LiaPhoneLine *line = find_line (user_data, parameter);

  if (line != NULL)
    lia_phone_line_answer (line);
  show_action (NULL, NULL, user_data);
}

static void
reject_call_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  LiaPhoneLine *line = find_line (user_data, parameter);

  if (line != NULL && lia_phone_line_get_state (line) == LIA_LINE_RINGING)
    lia_phone_line_hang_up (line);
}

/* The caller may have gone, or have been taken by somebody else. */
static void
take_call_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  LiaApplication *self = user_data;
  LiaWindow      *window = ensure_window (self);
  LiaClient      *client = lia_workspace_get_client (self->default_workspace);
  GListModel     *calls = client != NULL ? lia_client_get_calls (client) : NULL;

  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; calls != NULL && i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (LiaCall) call = g_list_model_get_item (calls, i);

      if (g_str_equal (call->uniqueid, g_variant_get_string (parameter, NULL)))
        lia_then_complain (lia_client_take_call (client, call), GTK_WIDGET (window), _ ("The caller could not be taken"));
    }
}

static void
chat_taken_cb (gpointer      owner,
               const GValue *value,
               GError       *error,
               gpointer      conversation)
{
  if (error == NULL)
    lia_window_open_conversation (owner, conversation, NULL);
  else
    lia_complain (owner, _ ("The chat could not be taken"), error);
}

static void
take_chat_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  LiaApplication *self = user_data;
  LiaWindow      *window = ensure_window (self);
  LiaClient      *client = lia_workspace_get_client (self->default_workspace);

  gtk_window_present (GTK_WINDOW (window));
  if (client != NULL)
    lia_then (lia_client_take_chat (client, g_variant_get_string (parameter, NULL)), window, chat_taken_cb, g_variant_dup_string (parameter, NULL), g_free);
}

static void
decline_chat_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  LiaApplication *self = user_data;
  LiaClient      *client = lia_workspace_get_client (self->default_workspace);

  if (client != NULL)
    dex_future_disown (lia_client_decline_chat (client, g_variant_get_string (parameter, NULL)));
}

static void
open_view_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  LiaApplication *self = user_data;
  LiaWindow      *window = ensure_window (self);

  lia_window_show_view (window, g_variant_get_string (parameter, NULL));
  gtk_window_present (GTK_WINDOW (window));
}

static const GActionEntry actions[] = {
  { .name = "about", .activate = about_action },
  { .name = "quit", .activate = quit_action },
  { .name = "set-up", .activate = set_up_action },
  { .name = "set-up-phone", .activate = set_up_phone_action },
  { .name = "open-sample", .activate = open_sample_action },
  { .name = "open-own", .activate = open_own_action },
  { .name = "open-conversation", .activate = open_conversation_action, .parameter_type = "s" },
  { .name = "open-view", .activate = open_view_action, .parameter_type = "s" },
  { .name = "take-call", .activate = take_call_action, .parameter_type = "s" },
  { .name = "take-chat", .activate = take_chat_action, .parameter_type = "s" },
  { .name = "decline-chat", .activate = decline_chat_action, .parameter_type = "s" },
  { .name = "show", .activate = show_action },
  { .name = "answer-call", .activate = answer_call_action, .parameter_type = "s" },
  { .name = "reject-call", .activate = reject_call_action, .parameter_type = "s" },
};

static gboolean
is_active_cb (gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  return window != NULL && gtk_window_is_active (window);
}

static void
apply_appearance (LiaApplication *self)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      (AdwColorScheme)g_settings_get_enum (self->settings, "appearance"));
}

static void
lia_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (ensure_window (LIA_APPLICATION (application))));
}

/* "tel:+49-30-123;ext=4": a page on the web may hand us anything, so it is only proposed to the agent. */
static void
dial_uri (LiaApplication *self,
          const char     *uri)
{
  LiaWindow       *window = ensure_window (self);
  g_autofree char *number = g_ascii_strncasecmp (uri, "tel:", 4) == 0 ? g_uri_unescape_string (uri + 4, NULL) : NULL;

  gtk_window_present (GTK_WINDOW (window));
  if (number == NULL)
    number = g_strdup ("");
  number[strcspn (number, ";?")] = '\0';
  lia_window_dial (window, g_strstrip (number));
}

/* "liaison:finding/90", as issues have it: only digits are taken from it. */
static gboolean
show_finding_uri (LiaApplication *self,
                  const char     *uri)
{
  static const char prefix[] = "liaison:finding/";
  LiaWindow        *window;
  g_autofree char  *finding = NULL;
  const char       *number = uri + strlen (prefix);

  if (g_ascii_strncasecmp (uri, prefix, strlen (prefix)) != 0 || *number == '\0' || number[strspn (number, "0123456789")] != '\0')
    return FALSE;
  window = ensure_window (self);
  finding = g_strconcat ("f_", number, NULL);
  gtk_window_present (GTK_WINDOW (window));
  lia_window_show_finding (window, finding);

  return TRUE;
}

static void
open_uri (LiaApplication *self,
          const char     *uri)
{
  if (!show_finding_uri (self, uri))
    dial_uri (self, uri);
}

static void
lia_application_open (GApplication *application,
                      GFile       **files,
                      int           n_files,
                      const char   *hint)
{
  g_autofree char *uri = n_files > 0 ? g_file_get_uri (files[0]) : NULL;

  if (uri != NULL)
    open_uri (LIA_APPLICATION (application), uri);
}

static int
lia_application_command_line (GApplication            *application,
                              GApplicationCommandLine *command_line)
{
  LiaApplication         *self = LIA_APPLICATION (application);
  GVariantDict           *options = g_application_command_line_get_options_dict (command_line);
  g_autofree const char **uris = NULL;

  if (g_variant_dict_contains (options, "sample"))
    g_action_group_activate_action (G_ACTION_GROUP (self), "open-sample", NULL);
  if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&s", &uris) && uris[0] != NULL)
    open_uri (self, uris[0]);
  else if (g_variant_dict_contains (options, "sample"))
    return 0;
  else if (g_variant_dict_contains (options, "background"))
    {
      if (!self->background)
        g_application_hold (application);
      self->background = TRUE;
      if (lia_workspace_exists (self->default_workspace))
        lia_workspace_start (self->default_workspace);
    }
  else
    g_application_activate (application);
  return 0;
}

static void
on_client_started_cb (LiaApplication *self)
{
  LiaClient *client = lia_workspace_get_client (self->default_workspace);

  g_clear_pointer (&self->notifier, lia_notifier_free);
  g_clear_pointer (&self->call_notifier, lia_call_notifier_free);
  g_clear_pointer (&self->queue_notifier, lia_queue_notifier_free);
  g_clear_pointer (&self->chat_notifier, lia_chat_notifier_free);
  if (client == NULL)
    return;
  self->call_notifier = lia_call_notifier_new (G_APPLICATION (self), lia_workspace_get_station (self->default_workspace), is_active_cb, self);
  self->queue_notifier = lia_queue_notifier_new (G_APPLICATION (self), client, self->settings, is_active_cb, self);
  self->chat_notifier = lia_chat_notifier_new (G_APPLICATION (self), client, self->settings, is_active_cb, self);
  self->notifier = lia_notifier_new (G_APPLICATION (self), client, self->settings, is_active_cb, self);
}

static gpointer
clean_thread (gpointer data)
{
  lia_attachment_drag_clean (24 * 60 * 60);
  return NULL;
}

static int
lia_application_handle_local_options (GApplication *application,
                                      GVariantDict *options)
{
  LIA_APPLICATION (application)->opens_sample = g_variant_dict_contains (options, "sample");

  return -1;
}

/* What will be shown: its engine opens the store while GTK gets ready. */
static void
start_early (LiaApplication *self)
{
  LiaWorkspace *workspace = self->opens_sample ? self->sample_workspace : self->default_workspace;

  if (lia_workspace_exists (workspace))
    lia_workspace_start (workspace);
}

static void
lia_application_startup (GApplication *application)
{
  LiaApplication *self = LIA_APPLICATION (application);

  self->settings = g_settings_new (LIA_APP_ID);
  self->default_workspace = lia_workspace_new_default ();
  self->sample_workspace = lia_workspace_new_sample ();
  g_signal_connect_object (self->default_workspace, "notify::client", G_CALLBACK (on_client_started_cb), self, G_CONNECT_SWAPPED);
  start_early (self);

  lia_icons_guard ();
  G_APPLICATION_CLASS (lia_application_parent_class)->startup (application);

  g_signal_connect_object (self->settings, "changed::appearance", G_CALLBACK (apply_appearance), self, G_CONNECT_SWAPPED);
  apply_appearance (self);

  g_thread_unref (g_thread_new ("clean", clean_thread, NULL));
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit", (const char *[]){ "<Control>q", NULL });
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "window.close", (const char *[]){ "<Control>w", NULL });
}

static void
lia_application_window_removed (GtkApplication *application,
                                GtkWindow      *window)
{
  GTK_APPLICATION_CLASS (lia_application_parent_class)->window_removed (application, window);

  if (LIA_APPLICATION (application)->quitting && gtk_application_get_windows (application) == NULL)
    g_application_quit (G_APPLICATION (application));
}

static void
lia_application_shutdown (GApplication *application)
{
  LiaApplication *self = LIA_APPLICATION (application);

  g_clear_pointer (&self->notifier, lia_notifier_free);
  g_clear_pointer (&self->call_notifier, lia_call_notifier_free);
  g_clear_pointer (&self->queue_notifier, lia_queue_notifier_free);
  g_clear_pointer (&self->chat_notifier, lia_chat_notifier_free);
  g_clear_object (&self->default_workspace);
  g_clear_object (&self->sample_workspace);
  g_clear_object (&self->settings);

  G_APPLICATION_CLASS (lia_application_parent_class)->shutdown (application);
}

static void
lia_application_class_init (LiaApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  GTK_APPLICATION_CLASS (klass)->window_removed = lia_application_window_removed;
  application_class->activate = lia_application_activate;
  application_class->command_line = lia_application_command_line;
  application_class->open = lia_application_open;
  application_class->handle_local_options = lia_application_handle_local_options;
  application_class->startup = lia_application_startup;
  application_class->shutdown = lia_application_shutdown;
}

static void
lia_application_init (LiaApplication *self)
{
  const GOptionEntry options[] = {
    { "sample", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_ ("Open the sample data"), NULL },
    { "background", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_ ("Start without a window"), NULL },
    { G_OPTION_REMAINING, 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING_ARRAY, NULL, NULL, N_ ("[tel:NUMBER | liaison:finding/NUMBER]") },
    { NULL }
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_application_set_version (G_APPLICATION (self), LIA_VERSION);
}

LiaApplication *
lia_application_new (void)
{
  return g_object_new (LIA_TYPE_APPLICATION,
                       "application-id", LIA_APP_ID,
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/org/liaisondesk/Liaison",
                       NULL);
}

GSettings *
lia_application_get_settings (LiaApplication *self)
{
  return self->settings;
}

LiaWorkspace *
lia_application_get_default_workspace (LiaApplication *self)
{
  return self->default_workspace;
}

LiaWorkspace *
lia_application_get_sample_workspace (LiaApplication *self)
{
  return self->sample_workspace;
}
