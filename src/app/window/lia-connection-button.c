/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-connection-button.h"

#include "lia-format.h"
#include "lia-then.h"
#include "lia-time.h"

#include <glib/gi18n.h>

struct _LiaConnectionButton
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkLabel      *engine_label;
  GtkListBox    *list;

  LiaClient *client;
};

G_DEFINE_FINAL_TYPE (LiaConnectionButton, lia_connection_button, ADW_TYPE_BIN)

static const struct
{
  const char *state;
  const char *words;
  const char *phone_words; /* of a telephone system */
  const char *site_words;  /* of a web site */
  const char *icon;
  gboolean    needs_help;
} channel_states[] = {
  { "starting", N_ ("Connecting…"), N_ ("Connecting…"), N_ ("Starting…"), "content-loading-symbolic", FALSE },
  { "syncing", N_ ("Fetching mail"), N_ ("Asking what calls there are"), N_ ("Starting…"), "mail-send-receive-symbolic", FALSE },
  { "ready", N_ ("Connected; new mail arrives at once"), N_ ("Connected; calls are shown at once"), N_ ("Visitors can write"), "object-select-symbolic", FALSE },
  { "reconnecting", N_ ("The connection is lost; trying again by itself"), N_ ("The connection is lost; trying again by itself"), N_ ("Visitors cannot write"), "network-offline-symbolic", TRUE },
  { "needs-login", N_ ("The server does not accept the password"), N_ ("The telephone system does not accept the password"), N_ ("The key for signed identities cannot be read"), "dialog-password-symbolic", TRUE },
  { "needs-trust", N_ ("The server’s certificate cannot be trusted"), N_ ("The telephone system’s certificate cannot be trusted"), N_ ("Visitors cannot write"), "channel-insecure-symbolic", TRUE },
  { "stopped", N_ ("Stopped"), N_ ("Stopped"), N_ ("Visitors cannot write"), "media-playback-stop-symbolic", TRUE },
};

static guint
state_index (LiaChannel *channel)
{
  for (guint i = 0; i < G_N_ELEMENTS (channel_states); i++)
    if (g_strcmp0 (channel->state, channel_states[i].state) == 0)
      return i;
  return 0;
}

/* What callers tried; NULL when nothing. */
static char *
words_of_forged (LiaChannel *channel)
{
  g_autofree char *last = NULL;

  if (channel->forged <= 0)
    return NULL;

  last = lia_format_moment (channel->forged_ms, lia_time_now ());
  return g_strdup_printf (ngettext ("%d message that a caller tried to forge was ignored: %s", "%d messages that a caller tried to forge were ignored, the last: %s", (gulong)channel->forged),
                          (int)channel->forged, last);
}

static const char *
words_of_kind (LiaChannel *channel,
               guint       i)
{
  if (g_strcmp0 (channel->kind, "chat") == 0)
    return _ (channel_states[i].site_words);

  return g_strcmp0 (channel->kind, "phone") == 0 ? _ (channel_states[i].phone_words) : _ (channel_states[i].words);
}

/* How the connection is. */
static char *
words_of_state (LiaChannel *channel)
{
  guint            i = state_index (channel);
  const char      *words = words_of_kind (channel, i);
  g_autofree char *last = NULL;

  if (channel->total > 0)
    return g_strdup_printf (_ ("Fetching mail: %d of %d"), (int)channel->done, (int)channel->total);
  if (!channel_states[i].needs_help)
    return g_strdup (words);
  if (channel->detail != NULL && *channel->detail != '\0')
    return g_strdup_printf ("%s\n%s", words, channel->detail);
  if (channel->last_ok_ms == 0)
    return g_strdup (words);
  last = lia_format_time (channel->last_ok_ms, lia_time_now ());
  return g_strdup_printf (_ ("%s\nLast connected: %s"), words, last);
}

/**
 * lia_channel_words:
 *
 * Returns: (transfer full): how it stands with @channel, in plain words
 */
char *
lia_channel_words (LiaChannel *channel)
{
  g_autofree char *state = words_of_state (channel);
  g_autofree char *forged = words_of_forged (channel);

  return forged != NULL ? g_strdup_printf ("%s\n%s", state, forged) : g_steal_pointer (&state);
}

const char *
lia_channel_state_icon (LiaChannel *channel)
{
  return channel_states[state_index (channel)].icon;
}

static void
on_retry_clicked_cb (GtkButton *button,
                     gpointer   user_data)
{
  LiaConnectionButton *self = user_data;
  const char          *channel = g_object_get_data (G_OBJECT (button), "channel");

  lia_then_complain (lia_client_sync_channel (self->client, channel), GTK_WIDGET (self), _ ("It could not be asked"));
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  LiaConnectionButton *self = user_data;
  LiaChannel          *channel = item;
  GtkWidget           *row = adw_action_row_new ();
  GtkWidget           *button = gtk_button_new_from_icon_name ("view-refresh-symbolic");
  g_autofree char     *words = lia_channel_words (channel);
  g_autofree char     *spoken = g_strdup_printf (_ ("Connect %s Now"), channel->name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), channel->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (lia_channel_state_icon (channel)));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Connect Now"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (button), "channel", g_strdup (channel->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_retry_clicked_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
update (LiaConnectionButton *self)
{
  GListModel *channels = lia_client_get_channels (self->client);
  gboolean    live = lia_client_get_state (self->client) == LIA_CLIENT_LIVE;
  guint       in_trouble = 0;
  const char *icon = "lia-connected-symbolic";
  const char *words = _ ("All connections work");

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (LiaChannel) channel = g_list_model_get_item (channels, i);

      in_trouble += channel_states[state_index (channel)].needs_help;
    }
  if (!live)
    {
      icon = "content-loading-symbolic";
      words = _ ("What you see may be old: the connection to Liaison’s engine is being made.");
    }
  else if (in_trouble > 0)
    {
      icon = "dialog-warning-symbolic";
      words = _ ("A mailbox needs your attention");
    }

  gtk_menu_button_set_icon_name (self->button, icon);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_label_set_label (self->engine_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->engine_label), !live);
  if (in_trouble > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "warning");
}

static void
lia_connection_button_dispose (GObject *object)
{
  LiaConnectionButton *self = LIA_CONNECTION_BUTTON (object);

  /* The only child is a template child too: the template would take it from under AdwBin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_CONNECTION_BUTTON);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (lia_connection_button_parent_class)->dispose (object);
}

static void
lia_connection_button_class_init (LiaConnectionButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_connection_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-connection-button.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaConnectionButton, button);
  gtk_widget_class_bind_template_child (widget_class, LiaConnectionButton, engine_label);
  gtk_widget_class_bind_template_child (widget_class, LiaConnectionButton, list);
}

static void
lia_connection_button_init (LiaConnectionButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lia_connection_button_set_client (LiaConnectionButton *self,
                                  LiaClient           *client)
{
  GListModel *channels = lia_client_get_channels (client);

  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  gtk_list_box_bind_model (self->list, channels, make_row, self, NULL);
  g_signal_connect_object (channels, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
