/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app-test.h"

#include "sample-client.h"

void
set_flag (gpointer flag)
{
  *(gboolean *)flag = TRUE;
}

void
settle (void)
{
  gint64 end_us = g_get_monotonic_time () + 60000;

  while (g_main_context_pending (NULL) || g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, FALSE);
}

void
workbench_set_up (WorkbenchFixture *fixture,
                  const char       *phone,
                  gboolean          sample)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.liaisondesk.Liaison");

  g_settings_reset (settings, "view");
  fixture->client = lia_client_new (NULL, NULL);
  if (phone != NULL)
    g_set_str (&lia_client_get_me (fixture->client)->phone, phone);
  fixture->station = lia_phone_station_new (fixture->client, settings);
  fixture->workbench = lia_workbench_new (fixture->station, settings, sample);
  fixture->window = GTK_WINDOW (adw_application_window_new (NULL));
  gtk_window_set_default_size (fixture->window, 1300, 800);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (fixture->window), GTK_WIDGET (fixture->workbench));
  gtk_window_present (fixture->window);
  settle ();
}

void
workbench_tear_down (WorkbenchFixture *fixture,
                     gconstpointer     data)
{
  gtk_window_destroy (fixture->window);
  settle ();
  g_assert_finalize_object (fixture->station);
  g_assert_finalize_object (fixture->client);
}

void
assert_asked (LiaClient  *client,
              const char *what)
{
  g_autofree char *log = sample_client_take_log (client);

  if (strstr (log, what) == NULL)
    g_error ("not asked of the client: “%s”, but: %s", what, log);
}

/* A port that nobody has: SIP by UDP and TCP */
static guint
free_port (void)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  g_assert_true (g_socket_bind (socket, any, FALSE, NULL));
  bound = g_socket_get_local_address (socket, NULL);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

LiaPhone *
make_silent_phone (const char *name)
{
  g_autoptr (LiaPhoneAudio) audio = lia_phone_audio_new_described ("audiotestsrc is-live=true ! audio/x-raw,rate=48000,channels=1 ! identity", "fakesink");
  g_autoptr (LiaPhoneAccount) account = g_new0 (LiaPhoneAccount, 1);
  LiaPhone *phone = lia_phone_new (audio);

  account->user = g_strdup (name);
  account->name = g_strdup (name);
  account->local_port = free_port ();
  lia_phone_connect (phone, account);
  wait_until (lia_phone_get_state (phone) == LIA_PHONE_READY);
  return phone;
}

gboolean
shows (GtkWidget  *widget,
       const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;

  return FALSE;
}
