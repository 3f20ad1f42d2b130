/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-application.h"
#include "lia-window.h"

#include <glib/gi18n.h>

struct _LiaApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (LiaApplication, lia_application, ADW_TYPE_APPLICATION)

static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  LiaApplication *self = user_data;
  GtkWindow      *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  const char     *developers[] = { "The Liaison developers", NULL };

  adw_show_about_dialog (GTK_WIDGET (window),
                         "application-icon", LIA_APP_ID,
                         "application-name", _ ("Liaison"), "comments", _ ("A workbench for customer service"), "copyright", "© 2026 The Liaison developers", "developer-name", _ ("The Liaison developers"), "developers", developers, "license-type", GTK_LICENSE_GPL_3_0, "translator-credits", _ ("translator-credits"), "version", LIA_VERSION, NULL);
}

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  GList *windows;

  while ((windows = gtk_application_get_windows (user_data)) != NULL)
    gtk_window_destroy (windows->data);
  g_application_quit (user_data);
}

static const GActionEntry actions[] = {
  { .name = "about", .activate = about_action },
  { .name = "quit", .activate = quit_action },
};

static void
lia_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = lia_window_new (LIA_APPLICATION (application));
  gtk_window_present (window);
}

static void
lia_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (lia_application_parent_class)->startup (application);

  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.quit", (const char *[]){ "<Control>q", NULL });
}

static void
lia_application_class_init (LiaApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = lia_application_activate;
  application_class->startup = lia_application_startup;
}

static void
lia_application_init (LiaApplication *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_application_set_version (G_APPLICATION (self), LIA_VERSION);
}

LiaApplication *
lia_application_new (void)
{
  return g_object_new (LIA_TYPE_APPLICATION,
                       "application-id", LIA_APP_ID,
                       "flags", G_APPLICATION_DEFAULT_FLAGS,
                       "resource-base-path", "/org/liaisondesk/Liaison",
                       NULL);
}
