/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The account of the telephone in the app. The engine is the client in memory; the telephone is a real one, which registers with one in this process. */
#include "app-test.h"
#include "sample-phone.h"

#include "lia-call-dock.h"
#include "lia-channel.h"
#include "lia-icons.h"
#include "lia-line-words.h"
#include "lia-phone-account-dialog.h"
#include "lia-phone-page.h"
#include "lia-problem.h"

#include <gio/gio.h>
#include <libdex.h>

/* A telephone system that knows nothing but to answer a registration with its status */
typedef struct
{
  GSocket    *socket;
  GSource    *source;
  guint       port;
  const char *status;
  guint       expires_s; /* how long what it accepts counts; 0: as long as the telephone asked for */
  guint       requests;
  char       *contact; /* of who registered last */
  const char *sound;   /* what it says of its sound (SDP) who answers a call there; NULL: nobody answers */
} Registrar;

typedef struct
{
  Registrar        registrar;
  GtkWindow       *window;
  LiaClient       *client;
  LiaPhoneStation *station;
  LiaPhonePage    *page;
} Fixture;

/* Who answers says where he is, and what sound he speaks. */
static void
add_sound (GString   *answer,
           Registrar *self)
{
  g_autofree char *sdp = g_strdup_printf ("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio %u RTP/AVP %s\r\n",
                                          self->port, self->sound);

  g_string_append_printf (answer, "Contact: <sip:100@127.0.0.1:%u>\r\nContent-Type: application/sdp\r\nContent-Length: %zu\r\n\r\n%s", self->port,
                          strlen (sdp), sdp);
}

static char *
make_answer (Registrar  *self,
             const char *request)
{
  static const char *const copied[] = { "Via:", "From:", "Call-ID:", "CSeq:", "Contact:" };
  const gboolean           registers = g_str_has_prefix (request, "REGISTER ");
  g_auto (GStrv) lines = g_strsplit (request, "\r\n", -1);
  GString *answer = g_string_new (NULL);

  g_string_printf (answer, "SIP/2.0 %s\r\n", self->status);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], "To:"))
        g_string_append_printf (answer, "%s;tag=1\r\n", lines[i]);
      for (guint j = 0; j < G_N_ELEMENTS (copied) - (registers ? 0 : 1); j++)
        if (g_str_has_prefix (lines[i], copied[j]))
          g_string_append_printf (answer, "%s\r\n", lines[i]);
    }
  if (registers && self->expires_s != 0)
    g_string_append_printf (answer, "Expires: %u\r\n", self->expires_s);
  if (registers)
    g_string_append (answer, "Content-Length: 0\r\n\r\n");
  else
    add_sound (answer, self);
  return g_string_free (answer, FALSE);
}

/* "sip:ann@127.0.0.1:1234" of a REGISTER; NULL of one that takes leave */
static char *
contact_of (const char *request)
{
  const char *header = strstr (request, "\r\nExpires: 0\r\n") == NULL ? strstr (request, "\r\nContact: ") : NULL;
  const char *begin = header != NULL ? strchr (header, '<') + 1 : NULL;
  const char *end = begin != NULL ? strchr (begin, '>') : NULL;

  return end != NULL ? g_strndup (begin, (gsize)(end - begin)) : NULL;
}

static gboolean
on_request_cb (GSocket     *socket,
               GIOCondition condition,
               gpointer     data)
{
  Registrar *self = data;
  g_autoptr (GSocketAddress) from = NULL;
  char             request[8192];
  gssize           n = g_socket_receive_from (socket, &from, request, sizeof request - 1, NULL, NULL);
  g_autofree char *answer = NULL;
  g_autofree char *contact = NULL;

  if (n <= 0)
    return G_SOURCE_CONTINUE;
  request[n] = '\0';
  if (!g_str_has_prefix (request, "REGISTER ") && !(g_str_has_prefix (request, "INVITE ") && self->sound != NULL))
    return G_SOURCE_CONTINUE;
  self->requests++;
  contact = contact_of (request);
  if (contact != NULL)
    g_set_str (&self->contact, contact);
  answer = make_answer (self, request);
  g_socket_send_to (socket, from, answer, strlen (answer), NULL, NULL);
  return G_SOURCE_CONTINUE;
}

static void
registrar_start (Registrar *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  self->status = "200 OK";
  self->socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  g_assert_true (g_socket_bind (self->socket, any, FALSE, NULL));
  bound = g_socket_get_local_address (self->socket, NULL);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->source = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_request_cb), self, NULL);
  g_source_attach (self->source, NULL);
}

static void
registrar_stop (Registrar *self)
{
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_object_unref (self->socket);
  g_free (self->contact);
}

static void
set_me (Fixture    *fixture,
        const char *role)
{
  g_autoptr (LiaAgent) me = lia_agent_new ();

  me->id = g_strdup ("a_1");
  me->name = g_strdup ("Ann");
  me->role = g_strdup (role);
  me->availability = g_strdup ("available");
  me->phone = g_strdup ("PJSIP/ann");
  sample_client_set_me (fixture->client, me);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.liaisondesk.Liaison");
  g_autoptr (LiaPhoneAudio) audio = lia_phone_audio_new_described ("audiotestsrc is-live=true", "fakesink");
  g_autoptr (LiaChannel) channel = lia_channel_new ();

  registrar_start (&fixture->registrar);
  fixture->client = lia_client_new (NULL, NULL);
  channel->id = g_strdup ("h_2");
  channel->kind = g_strdup ("phone");
  channel->name = g_strdup ("127.0.0.1");
  g_list_store_append (G_LIST_STORE (lia_client_get_channels (fixture->client)), channel);
  fixture->station = lia_phone_station_new (fixture->client, settings);
  set_me (fixture, "admin");
  fixture->page = g_object_new (LIA_TYPE_PHONE_PAGE, NULL);
  lia_phone_page_set_up (fixture->page, settings, fixture->station, audio);
  fixture->window = GTK_WINDOW (adw_application_window_new (NULL));
  gtk_window_set_default_size (fixture->window, 700, 900);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_present (fixture->window);
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (fixture->page)));
  g_free (sample_client_take_log (fixture->client));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  wait_until (!g_main_context_pending (NULL));
  g_assert_finalize_object (fixture->station);
  g_assert_finalize_object (fixture->client);
  registrar_stop (&fixture->registrar);
}

/* The first widget below that is called so: a row by its title, a button by its label */
static GtkWidget *
look (GtkWidget  *widget,
      const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      const char *its = ADW_IS_PREFERENCES_ROW (child) ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child))
                        : GTK_IS_BUTTON (child)        ? gtk_button_get_label (GTK_BUTTON (child))
                                                       : NULL;
      GtkWidget  *found;

      if (g_strcmp0 (its, name) == 0)
        return child;
      found = look (child, name);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find (GtkWidget  *widget,
      const char *name)
{
  GtkWidget *found = look (widget, name);

  if (found == NULL)
    g_error ("nothing is called “%s”", name);
  return found;
}

static GtkWidget *
dialog_of (Fixture *fixture)
{
  return GTK_WIDGET (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window)));
}

static gboolean
row_says (Fixture    *fixture,
          const char *text)
{
  return strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (find (GTK_WIDGET (fixture->page), "Your Telephone"))), text) != NULL;
}

static void
press (GtkWidget  *widget,
       const char *name)
{
  g_signal_emit_by_name (find (widget, name), "clicked");
}

static void
open_dialog (Fixture    *fixture,
             const char *button)
{
  press (GTK_WIDGET (fixture->page), button);
  wait_until (dialog_of (fixture) != NULL);
}

static void
type (Fixture    *fixture,
      const char *row,
      const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find (dialog_of (fixture), row)), text);
}

static const char *
text_in (Fixture    *fixture,
         const char *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (find (dialog_of (fixture), row)));
}

static gboolean
can_save (Fixture *fixture)
{
  return gtk_widget_get_sensitive (find (dialog_of (fixture), "_Save"));
}

static AdwBanner *
find_banner (GtkWidget *widget)
{
  AdwBanner *found = ADW_IS_BANNER (widget) ? ADW_BANNER (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_banner (child);
  return found;
}

static void
assert_complains (Fixture    *fixture,
                  const char *text)
{
  AdwBanner *banner = find_banner (dialog_of (fixture));

  wait_until (adw_banner_get_revealed (banner));
  g_assert_cmpstr (adw_banner_get_title (banner), ==, text);
}

static void
give_account (Fixture *fixture)
{
  g_autoptr (LiaSoftphone) account = lia_softphone_new ();

  account->server = g_strdup ("127.0.0.1");
  account->port = fixture->registrar.port;
  account->transport = g_strdup ("udp");
  account->user = g_strdup ("ann");
  account->secret = g_strdup ("old");
  dex_future_disown (lia_phone_station_set_account (fixture->station, account));
  wait_until (lia_phone_station_get_phone_state (fixture->station) >= LIA_PHONE_READY);
  g_free (sample_client_take_log (fixture->client));
}

static void
test_set_up (Fixture      *fixture,
             gconstpointer data)
{
  g_autofree char *asked = g_strdup_printf ("softphone a_1 201@127.0.0.1:%u udp secret -\n", fixture->registrar.port);

  g_assert_true (row_says (fixture, "There is none in this app"));
  open_dialog (fixture, "Set _Up…");
  g_assert_cmpstr (text_in (fixture, "Server"), ==, "127.0.0.1");
  g_assert_cmpstr (text_in (fixture, "Extension or User Name"), ==, "ann");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (find (dialog_of (fixture), "Transport"))), ==, 0);
  g_assert_true (gtk_widget_get_visible (find (dialog_of (fixture), "Own Certificate Authority")));
  g_assert_false (can_save (fixture));

  adw_combo_row_set_selected (ADW_COMBO_ROW (find (dialog_of (fixture), "Transport")), 2);
  g_assert_false (gtk_widget_get_visible (find (dialog_of (fixture), "Own Certificate Authority")));
  adw_spin_row_set_value (ADW_SPIN_ROW (find (dialog_of (fixture), "Port")), fixture->registrar.port);
  type (fixture, "Extension or User Name", " 201 ");
  type (fixture, "Password", "secret");
  g_assert_true (can_save (fixture));

  /* Refused: it says so, and all that was typed is still there. */
  sample_client_refuse (fixture->client, LIA_PROBLEM_STORE_FULL);
  press (dialog_of (fixture), "_Save");
  assert_complains (fixture, "That could not be saved: the disk is full or cannot be written to");
  g_assert_cmpstr (text_in (fixture, "Password"), ==, "secret");
  g_assert_true (can_save (fixture));
  assert_asked (fixture->client, asked);

  press (dialog_of (fixture), "_Save");
  wait_until (dialog_of (fixture) == NULL);
  assert_asked (fixture->client, asked);
  wait_until (row_says (fixture, "201@127.0.0.1\nReady"));
}

static void
test_change (Fixture      *fixture,
             gconstpointer data)
{
  g_autofree char *asked = g_strdup_printf ("softphone a_1 ann@127.0.0.1:%u udp old -\n", fixture->registrar.port);

  fixture->registrar.status = "403 Forbidden";
  give_account (fixture);
  g_assert_true (row_says (fixture, "ann@127.0.0.1\nThe telephone system does not accept this extension or its password."));

  /* Without a new password the old one stays; one that was refused tries again, though nothing has changed. */
  fixture->registrar.status = "200 OK";
  open_dialog (fixture, "_Change…");
  g_assert_cmpstr (text_in (fixture, "New Password (Empty: Keep the Old)"), ==, "");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (find (dialog_of (fixture), "Transport"))), ==, 2);
  press (dialog_of (fixture), "_Save");
  wait_until (dialog_of (fixture) == NULL);
  assert_asked (fixture->client, asked);
  wait_until (row_says (fixture, "Ready"));
}

static void
test_remove (Fixture      *fixture,
             gconstpointer data)
{
  give_account (fixture);
  open_dialog (fixture, "_Change…");
  gtk_widget_activate (find (dialog_of (fixture), "Use the Telephone on My Desk Instead"));
  wait_until (dialog_of (fixture) == NULL);
  assert_asked (fixture->client, "softphone a_1 none\n");
  wait_until (row_says (fixture, "There is none in this app"));

  open_dialog (fixture, "Set _Up…");
  g_assert_false (gtk_widget_get_mapped (find (dialog_of (fixture), "Use the Telephone on My Desk Instead")));
}

/* A telephone that registers, and has sound without any device */
static LiaPhone *
register_phone_with (Registrar  *registrar,
                     const char *source)
{
  g_autoptr (LiaPhoneAudio) audio = lia_phone_audio_new_described (source, "fakesink");
  g_autoptr (LiaPhoneAccount) account = g_new0 (LiaPhoneAccount, 1);
  LiaPhone *phone = lia_phone_new (audio);

  account->server = g_strdup ("127.0.0.1");
  account->port = registrar->port;
  account->user = g_strdup ("ann");
  lia_phone_connect (phone, account);
  wait_until (lia_phone_get_state (phone) == LIA_PHONE_READY);
  return phone;
}

static LiaPhone *
register_phone (Registrar *registrar)
{
  return register_phone_with (registrar, "audiotestsrc is-live=true ! audio/x-raw,rate=48000,channels=1 ! identity");
}

static LiaPhoneCall *
first_call (LiaPhone *phone)
{
  g_autoptr (LiaPhoneCall) call = g_list_model_get_item (lia_phone_get_calls (phone), 0);

  /* The list keeps it */
  return call;
}

/* Bob calls whoever registered, and is answered. Returns what @phone knows of it. */
static LiaPhoneCall *
talk (Registrar *registrar,
      LiaPhone  *phone,
      LiaPhone  *bob)
{
  g_assert_nonnull (lia_phone_dial (bob, registrar->contact));
  wait_until (first_call (phone) != NULL);
  lia_phone_call_answer (first_call (phone));
  wait_until (lia_phone_call_get_state (first_call (phone)) == LIA_PHONE_CALL_TALKING);
  return g_object_ref (first_call (phone));
}

/* What waits for its time to try again need not wait here. */
static void
let_time_pass (LiaPhone *phone)
{
  GSource *retry = g_main_context_find_source_by_user_data (NULL, phone);

  g_assert_nonnull (retry);
  g_source_set_ready_time (retry, 0);
}

/* The telephone system cannot refresh the registration just now: the call needs none. */
static void
test_refresh_fails (Fixture      *fixture,
                    gconstpointer data)
{
  static const char *const failures[] = { "503 Service Unavailable", "408 Request Timeout", "403 Forbidden" };

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr (LiaPhone) bob = make_silent_phone ("bob");
      g_autoptr (LiaPhone) phone = NULL;
      g_autoptr (LiaPhoneCall) call = NULL;

      fixture->registrar.status = "200 OK";
      fixture->registrar.expires_s = 1;
      phone = register_phone (&fixture->registrar);
      call = talk (&fixture->registrar, phone, bob);
      fixture->registrar.status = failures[i];
      wait_until (lia_phone_get_state (phone) > LIA_PHONE_READY);
      let_time_pass (phone);
      wait_until (lia_phone_get_state (phone) == LIA_PHONE_CONNECTING);
      wait_until (lia_phone_get_state (phone) > LIA_PHONE_READY);
      g_assert_cmpint (lia_phone_call_get_state (call), ==, LIA_PHONE_CALL_TALKING);

      fixture->registrar.status = "200 OK";
      fixture->registrar.expires_s = 0;
      let_time_pass (phone);
      wait_until (lia_phone_get_state (phone) == LIA_PHONE_READY);
      g_assert_cmpint (lia_phone_call_get_state (call), ==, LIA_PHONE_CALL_TALKING);
      lia_phone_call_hang_up (call);
      wait_until (first_call (bob) == NULL);
      g_clear_object (&call);
      g_assert_finalize_object (g_steal_pointer (&phone));
    }
}

/* An administrator saves another account while she talks: it counts when she has hung up. */
static void
test_changed_in_a_call (Fixture      *fixture,
                        gconstpointer data)
{
  g_autoptr (LiaPhone) bob = make_silent_phone ("bob");
  g_autoptr (LiaSoftphone) account = lia_softphone_new ();
  g_autoptr (LiaPhoneCall) call = NULL;
  LiaPhone *phone = register_phone (&fixture->registrar);
  guint     before;

  lia_phone_station_use_phone (fixture->station, phone);
  call = talk (&fixture->registrar, phone, bob);
  account->server = g_strdup ("127.0.0.1");
  account->port = fixture->registrar.port;
  account->transport = g_strdup ("udp");
  account->user = g_strdup ("201");
  account->secret = g_strdup ("new");
  dex_future_disown (lia_client_set_softphone (fixture->client, "a_1", account));
  before = fixture->registrar.requests;
  set_me (fixture, "admin");
  settle ();
  g_assert_cmpint (lia_phone_call_get_state (call), ==, LIA_PHONE_CALL_TALKING);
  g_assert_cmpuint (fixture->registrar.requests, ==, before);

  lia_phone_call_hang_up (call);
  wait_until (row_says (fixture, "201@127.0.0.1\nReady"));
  g_assert_true (g_str_has_prefix (fixture->registrar.contact, "sip:201@"));

  /* The same where there shall be none any more. */
  g_clear_object (&call);
  wait_until (first_call (bob) == NULL);
  call = talk (&fixture->registrar, phone, bob);
  dex_future_disown (lia_client_set_softphone (fixture->client, "a_1", NULL));
  set_me (fixture, "admin");
  settle ();
  g_assert_cmpint (lia_phone_call_get_state (call), ==, LIA_PHONE_CALL_TALKING);
  lia_phone_call_hang_up (call);
  wait_until (row_says (fixture, "There is none in this app"));
  g_clear_object (&call);
  g_assert_finalize_object (phone);
}

/* Refused once, as while the telephone system loads its settings: by a button, and after a while by itself */
static void
test_refused (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (LiaCallDock) dock = g_object_ref_sink (g_object_new (LIA_TYPE_CALL_DOCK, NULL));
  g_autoptr (LiaPhone) phone = NULL;
  AdwBanner *banner;

  fixture->registrar.expires_s = 1;
  phone = register_phone (&fixture->registrar);
  lia_call_dock_set_station (dock, fixture->station);
  lia_phone_station_use_phone (fixture->station, phone);
  banner = ADW_BANNER (gtk_widget_get_ancestor (find (GTK_WIDGET (dock), "_Try Again"), ADW_TYPE_BANNER));
  g_assert_false (adw_banner_get_revealed (banner));

  for (int by_itself = 0; by_itself < 2; by_itself++)
    {
      fixture->registrar.status = "403 Forbidden";
      wait_until (lia_phone_get_state (phone) == LIA_PHONE_REFUSED);
      g_assert_true (adw_banner_get_revealed (banner));
      fixture->registrar.status = "200 OK";
      if (by_itself)
        let_time_pass (phone);
      else
        press (GTK_WIDGET (dock), "_Try Again");
      wait_until (lia_phone_get_state (phone) == LIA_PHONE_READY);
      g_assert_false (adw_banner_get_revealed (banner));
    }
}

/* A telephone system that takes no key tones: the keypad says so, rather than doing nothing. */
static void
test_no_keys (Fixture      *fixture,
              gconstpointer data)
{
  static const struct
  {
    const char *sound;
    gboolean    takes_keys;
  } cases[] = {
    { "0 101\r\na=rtpmap:101 telephone-event/8000", TRUE },
    { "0", FALSE },
  };
  g_autoptr (LiaPhone) phone = register_phone (&fixture->registrar);

  lia_phone_station_use_phone (fixture->station, phone);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LiaPhoneLine) line = NULL;
      const char *why_not;

      fixture->registrar.sound = cases[i].sound;
      g_assert_nonnull (lia_phone_dial (phone, "100"));
      wait_until (lia_phone_call_get_state (first_call (phone)) == LIA_PHONE_CALL_TALKING);
      line = g_list_model_get_item (lia_phone_station_get_lines (fixture->station), 0);
      g_assert_cmpint (lia_phone_line_can (line, LIA_LINE_KEYS, &why_not), ==, cases[i].takes_keys);
      g_assert_cmpstr (why_not, ==, cases[i].takes_keys ? NULL : "The telephone system takes no keys in this call");
      lia_phone_call_hang_up (first_call (phone));
    }
}

static gboolean
line_says (LiaPhoneLine *line,
           const char   *text)
{
  g_autofree char *words = lia_line_words_state (line);

  return g_str_equal (words, text);
}

/* A headset that is unplugged: the bar says by what the call goes on, and when it does not. */
static void
test_unplugged (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (LiaPhone) phone = register_phone_with (&fixture->registrar, "audiotestsrc is-live=true ! audio/x-raw,rate=48000,channels=1 ! identity error-after=50");
  g_autoptr (LiaPhoneLine) line = NULL;

  lia_phone_station_use_phone (fixture->station, phone);
  fixture->registrar.sound = "0";
  g_assert_nonnull (lia_phone_dial (phone, "100"));
  line = g_list_model_get_item (lia_phone_station_get_lines (fixture->station), 0);
  wait_until (line_says (line, "Talking"));
  wait_until (line_says (line, "Talking by the system’s own microphone and loudspeaker: yours failed"));
  wait_until (line_says (line, "No sound: neither of you hears the other"));
  g_assert_cmpint (lia_phone_line_get_state (line), ==, LIA_LINE_TALKING);
}

/* Another account would end the call. */
static void
test_in_a_call (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (LiaPhoneAudio) audio = lia_phone_audio_new_described ("audiotestsrc is-live=true ! audio/x-raw,rate=48000,channels=1 ! identity", "fakesink");
  g_autoptr (LiaPhone) phone = lia_phone_new (audio);
  g_autoptr (LiaPhoneAccount) account = g_new0 (LiaPhoneAccount, 1);
  g_autofree char *nobody = g_strdup_printf ("sip:nobody@127.0.0.1:%u", fixture->registrar.port);

  account->user = g_strdup ("ann");
  lia_phone_connect (phone, account);
  lia_phone_station_use_phone (fixture->station, phone);
  wait_until (lia_phone_get_state (phone) == LIA_PHONE_READY);
  g_assert_nonnull (lia_phone_dial (phone, nobody));

  open_dialog (fixture, "Set _Up…");
  type (fixture, "Password", "secret");
  press (dialog_of (fixture), "_Save");
  assert_complains (fixture, "That could not be saved: you are in a call");
  assert_asked (fixture->client, "");
  type (fixture, "Password", "other");
  g_assert_false (adw_banner_get_revealed (find_banner (dialog_of (fixture))));
}

static void
test_not_allowed (Fixture      *fixture,
                  gconstpointer data)
{
  g_assert_true (gtk_widget_get_visible (find (GTK_WIDGET (fixture->page), "Set _Up…")));
  set_me (fixture, "agent");
  g_assert_false (gtk_widget_get_visible (find (GTK_WIDGET (fixture->page), "Set _Up…")));
  g_assert_true (row_says (fixture, "Who administers your telephone system can give you one."));
}

int
main (int    argc,
      char **argv)
{
  dex_init ();
  gtk_test_init (&argc, &argv, NULL);
  lia_icons_guard ();
  adw_init ();
  g_resources_get_info ("/org/liaisondesk/Liaison/style.css", 0, NULL, NULL, NULL);

#define ADD(name, func) g_test_add ("/phone-account/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("set-up", test_set_up);
  ADD ("change", test_change);
  ADD ("remove", test_remove);
  ADD ("in-a-call", test_in_a_call);
  ADD ("not-allowed", test_not_allowed);
  ADD ("refresh-fails", test_refresh_fails);
  ADD ("changed-in-a-call", test_changed_in_a_call);
  ADD ("refused", test_refused);
  ADD ("no-keys", test_no_keys);
  ADD ("unplugged", test_unplugged);
#undef ADD

  return g_test_run ();
}
