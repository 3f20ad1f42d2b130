/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Two phones in one process call each other on loopback. Each says a tone of its own and keeps what it hears in a file; who hears whom is read from
 * the last 200 ms of it (Goertzel's algorithm).
 */

#include "lia-phone-media.h"
#include "lia-phone-srtp.h"
#include "lia-phone.h"

#include <glib/gstdio.h>
#include <math.h>

#define RATE 8000
#define WINDOW (RATE / 5)
#define SESSION "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"

typedef struct
{
  LiaPhone     *phone;
  LiaPhoneCall *incoming;
  char         *heard; /* a file of 16-bit samples */
  double        tone;
  gboolean      transferred;
} Person;

typedef struct
{
  Person *alice;
  Person *bob;
} Fixture;

typedef gboolean (*Condition) (gpointer user_data);

static void
set_flag (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
}

#define wait_until(condition)                                            \
  G_STMT_START                                                           \
  {                                                                      \
    gboolean is_late = FALSE;                                            \
    guint    late = g_timeout_add_seconds_once (60, set_flag, &is_late); \
                                                                         \
    while (!(condition) && !is_late)                                     \
      g_main_context_iteration (NULL, TRUE);                             \
    if (is_late)                                                         \
      g_error ("Waited in vain for: %s", #condition);                    \
    g_source_remove (late);                                              \
  }                                                                      \
  G_STMT_END

/* Whoever waits for sound looks again now and then. */
static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* The part of a tone in the sound of a window: 0 to 1 */
static double
share_of (const gint16 *samples,
          guint         count,
          double        frequency)
{
  const double k = 2 * cos (2 * G_PI * frequency / RATE);
  double       s1 = 0;
  double       s2 = 0;
  double       energy = 0;

  for (guint i = 0; i < count; i++)
    {
      const double s0 = samples[i] + k * s1 - s2;

      s2 = s1;
      s1 = s0;
      energy += (double)samples[i] * samples[i];
    }

  return energy < 1000.0 * count ? 0 : (s1 * s1 + s2 * s2 - k * s1 * s2) / (energy * count / 2);
}

static gboolean
hears (Person *person,
       double  tone)
{
  g_autofree char *data = NULL;
  gsize            length;
  gsize            count;

  if (!g_file_get_contents (person->heard, &data, &length, NULL))
    return FALSE;

  count = length / sizeof (gint16);
  return count >= WINDOW && share_of ((const gint16 *)(gpointer)data + count - WINDOW, WINDOW, tone) > 0.7;
}

static gsize
heard_bytes (Person *person)
{
  GStatBuf status;

  return g_stat (person->heard, &status) == 0 ? (gsize)status.st_size : 0;
}

static gboolean
hears_nothing (Person *person)
{
  g_autofree char *data = NULL;
  gsize            length;
  const gint16    *samples;

  if (!g_file_get_contents (person->heard, &data, &length, NULL) || length < WINDOW * sizeof (gint16))
    return TRUE;

  samples = (const gint16 *)(gpointer)data + length / sizeof (gint16) - WINDOW;
  for (guint i = 0; i < WINDOW; i++)
    {
      if (ABS (samples[i]) > 100)
        return FALSE;
    }

  return TRUE;
}

static void
on_incoming (LiaPhone     *phone,
             LiaPhoneCall *call,
             Person       *person)
{
  g_set_object (&person->incoming, call);
}

/* What somebody says, and a file that keeps what he hears */
static LiaPhoneAudio *
make_audio (double tone,
            char **heard)
{
  g_autofree char *source = g_strdup_printf ("audiotestsrc is-live=true freq=%.0f volume=0.4 ! audio/x-raw,rate=48000,channels=1 ! identity", tone);
  g_autofree char *sink = NULL;
  int              file = g_file_open_tmp ("liaison-heard-XXXXXX", heard, NULL);

  g_assert_cmpint (file, >=, 0);
  g_close (file, NULL);
  sink = g_strdup_printf ("audioconvert ! audioresample ! audio/x-raw,format=S16LE,rate=%d,channels=1 ! filesink buffer-mode=unbuffered location=%s", RATE,
                          *heard);

  return lia_phone_audio_new_described (source, sink);
}

static Person *
person_new (const char *name,
            double      tone,
            guint       port)
{
  Person *self = g_new0 (Person, 1);
  g_autoptr (LiaPhoneAudio) audio = make_audio (tone, &self->heard);
  LiaPhoneAccount account = { .user = (char *)name, .local_port = port };

  self->phone = lia_phone_new (audio);
  self->tone = tone;
  g_signal_connect (self->phone, "incoming", G_CALLBACK (on_incoming), self);
  lia_phone_connect (self->phone, &account);
  g_assert_cmpint (lia_phone_get_state (self->phone), ==, LIA_PHONE_READY);

  return self;
}

static void
person_free (Person *self)
{
  g_clear_object (&self->incoming);
  g_assert_finalize_object (self->phone);
  g_unlink (self->heard);
  g_free (self->heard);
  g_free (self);
}

static guint
free_port (void)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  g_assert_true (g_socket_bind (socket, any, FALSE, NULL));
  bound = g_socket_get_local_address (socket, NULL);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->alice = person_new ("alice", 500, free_port ());
  fixture->bob = person_new ("bob", 660, free_port ());
  g_timeout_add (20, on_tick, NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  person_free (fixture->alice);
  person_free (fixture->bob);
  g_source_remove_by_user_data (NULL);
}

static LiaPhoneCall *
ring (Fixture *fixture)
{
  g_autofree char *bob = lia_phone_dup_contact (fixture->bob->phone);
  LiaPhoneCall    *call = lia_phone_dial (fixture->alice->phone, bob);

  g_assert_nonnull (call);
  wait_until (fixture->bob->incoming != NULL && lia_phone_call_get_state (call) == LIA_PHONE_CALL_RINGING);

  return g_object_ref (call);
}

static LiaPhoneCall *
talk (Fixture *fixture)
{
  LiaPhoneCall *call = ring (fixture);

  lia_phone_call_answer (fixture->bob->incoming);
  wait_until (lia_phone_call_get_state (call) == LIA_PHONE_CALL_TALKING);
  wait_until (lia_phone_call_get_state (fixture->bob->incoming) == LIA_PHONE_CALL_TALKING);
  wait_until (hears (fixture->alice, 660) && hears (fixture->bob, 500));

  return call;
}

static void
test_talk (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (LiaPhoneCall) call = talk (fixture);

  g_assert_cmpstr (lia_phone_call_get_number (fixture->bob->incoming), ==, "alice");
  g_assert_nonnull (lia_phone_call_get_sip_id (call));
  g_assert_cmpstr (lia_phone_call_get_sip_id (call), ==, lia_phone_call_get_sip_id (fixture->bob->incoming));

  lia_phone_call_hang_up (call);
  wait_until (lia_phone_call_get_state (fixture->bob->incoming) == LIA_PHONE_CALL_ENDED);
  g_assert_cmpint (lia_phone_call_get_end (call), ==, LIA_PHONE_END_HERE);
  g_assert_cmpint (lia_phone_call_get_end (fixture->bob->incoming), ==, LIA_PHONE_END_THERE);
  g_assert_cmpuint (g_list_model_get_n_items (lia_phone_get_calls (fixture->alice->phone)), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (lia_phone_get_calls (fixture->bob->phone)), ==, 0);
}

static void
test_reject (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (LiaPhoneCall) call = ring (fixture);

  lia_phone_call_hang_up (fixture->bob->incoming);
  wait_until (lia_phone_call_get_state (call) == LIA_PHONE_CALL_ENDED);
  g_assert_cmpint (lia_phone_call_get_end (call), ==, LIA_PHONE_END_BUSY);
}

static void
test_give_up (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (LiaPhoneCall) call = ring (fixture);

  lia_phone_call_hang_up (call);
  wait_until (lia_phone_call_get_state (fixture->bob->incoming) == LIA_PHONE_CALL_ENDED);
  g_assert_cmpint (lia_phone_call_get_end (fixture->bob->incoming), ==, LIA_PHONE_END_THERE);
}

static void
test_mute (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (LiaPhoneCall) call = talk (fixture);

  lia_phone_call_set_muted (call, TRUE);
  wait_until (hears_nothing (fixture->bob));
  g_assert_true (hears (fixture->alice, 660));
  lia_phone_call_set_muted (call, FALSE);
  wait_until (hears (fixture->bob, 500));
}

static void
test_hold (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (LiaPhoneCall) call = talk (fixture);

  lia_phone_call_set_held (call, TRUE);
  g_assert_true (lia_phone_call_is_pending (call));
  wait_until (lia_phone_call_get_state (call) == LIA_PHONE_CALL_HELD);
  g_assert_false (lia_phone_call_is_pending (call));
  wait_until (hears_nothing (fixture->bob) && hears_nothing (fixture->alice));

  lia_phone_call_set_held (call, FALSE);
  wait_until (lia_phone_call_get_state (call) == LIA_PHONE_CALL_TALKING);
  wait_until (hears (fixture->alice, 660) && hears (fixture->bob, 500));
}

/* A second caller puts the first one on hold when he is taken; a third hears busy. */
static void
test_two_calls (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (LiaPhoneCall) first = talk (fixture);
  g_autoptr (LiaPhoneCall) first_there = g_steal_pointer (&fixture->bob->incoming);
  Person          *carol = person_new ("carol", 880, free_port ());
  Person          *dave = person_new ("dave", 990, free_port ());
  g_autofree char *bob = lia_phone_dup_contact (fixture->bob->phone);
  g_autoptr (LiaPhoneCall) second = g_object_ref (lia_phone_dial (carol->phone, bob));
  g_autoptr (LiaPhoneCall) third = NULL;

  wait_until (fixture->bob->incoming != NULL);
  lia_phone_call_answer (fixture->bob->incoming);
  wait_until (lia_phone_call_get_state (fixture->bob->incoming) == LIA_PHONE_CALL_TALKING);
  wait_until (lia_phone_call_get_state (first_there) == LIA_PHONE_CALL_HELD);
  wait_until (hears (carol, 660) && hears_nothing (fixture->alice));

  third = g_object_ref (lia_phone_dial (dave->phone, bob));
  wait_until (lia_phone_call_get_state (third) == LIA_PHONE_CALL_ENDED);
  g_assert_cmpint (lia_phone_call_get_end (third), ==, LIA_PHONE_END_BUSY);

  g_clear_object (&fixture->bob->incoming);
  g_clear_object (&first_there);
  person_free (carol);
  person_free (dave);
}

static gboolean
is_loaded (const char *name)
{
  g_autoptr (GstPlugin) plugin = gst_registry_find_plugin (gst_registry_get (), name);

  return plugin == NULL || gst_plugin_is_loaded (plugin);
}

/* Before anybody calls, what rings and what carries sound is there: the first ring is as quick as the others. The first of these tests. */
static void
test_warm (Fixture      *fixture,
           gconstpointer data)
{
  wait_until (is_loaded ("audiomixer") && is_loaded ("rtpmanager") && is_loaded ("srtp"));
  g_assert_null (fixture->bob->incoming);
}

/* Enciphered with keys of each direction's own (SRTP): understood with the right key, noise to nobody else */
static void
test_enciphered (void)
{
  g_autofree char *alice_heard = NULL;
  g_autofree char *bob_heard = NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (LiaPhoneAudio) alice_audio = make_audio (500, &alice_heard);
  g_autoptr (LiaPhoneAudio) bob_audio = make_audio (660, &bob_heard);
  g_autoptr (LiaPhoneMedia) alice = lia_phone_media_new (alice_audio, loopback, NULL);
  g_autoptr (LiaPhoneMedia) bob = lia_phone_media_new (bob_audio, loopback, NULL);
  g_autoptr (LiaSrtpKey) alice_key = lia_srtp_key_generate ();
  g_autoptr (LiaSrtpKey) bob_key = lia_srtp_key_generate_for (alice_key);
  g_autofree char *alice_media = lia_phone_sdp_offer (lia_phone_media_get_port (alice), alice_key);
  g_autofree char *bob_media = lia_phone_sdp_offer (lia_phone_media_get_port (bob), bob_key);
  g_autofree char *alice_sdp = g_strconcat (SESSION, alice_media, NULL);
  g_autofree char *bob_sdp = g_strconcat (SESSION, bob_media, NULL);
  g_autoptr (LiaPhoneSession) of_alice = lia_phone_sdp_parse (alice_sdp);
  g_autoptr (LiaPhoneSession) of_bob = lia_phone_sdp_parse (bob_sdp);
  Person alice_person = { .heard = alice_heard };
  Person bob_person = { .heard = bob_heard };
  guint  tick = g_timeout_add (20, on_tick, NULL);

  g_assert_true (lia_phone_media_start (alice, of_bob, alice_key, NULL));
  g_assert_true (lia_phone_media_start (bob, of_alice, bob_key, NULL));
  wait_until (hears (&alice_person, 660) && hears (&bob_person, 500));

  g_source_remove (tick);
  g_unlink (alice_heard);
  g_unlink (bob_heard);
}

/* Another end, that says a tone in fifty packets a second */
static GstElement *
make_sender (const LiaSrtpKey *key,
             guint             port,
             guint             sequence)
{
  g_autofree char *description = g_strdup_printf ("audiotestsrc is-live=true freq=660 volume=0.4 samplesperbuffer=160 ! audio/x-raw,rate=8000,channels=1 ! "
                                                  "alawenc ! rtppcmapay pt=8 ssrc=77 seqnum-offset=%u ! srtpenc name=encoder ! udpsink host=127.0.0.1 port=%u",
                                                  sequence, port);
  GstElement      *pipeline = gst_parse_launch (description, NULL);
  g_autoptr (GstElement) encoder = gst_bin_get_by_name (GST_BIN (pipeline), "encoder");
  gsize          size;
  const gpointer data = (gpointer)g_bytes_get_data (key->secret, &size);
  g_autoptr (GstBuffer) buffer = gst_buffer_new_memdup (data, size);

  g_object_set (encoder, "key", buffer, NULL);
  gst_util_set_object_arg (G_OBJECT (encoder), "rtp-cipher", key->cipher);
  gst_util_set_object_arg (G_OBJECT (encoder), "rtp-auth", key->auth);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);

  return gst_object_ref_sink (pipeline);
}

/* A device fails after their sequence numbers began anew, which no packet tells: the next pipeline understands them all the same. */
static void
test_enciphered_long (void)
{
  g_autofree char *heard = NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (LiaPhoneAudio) audio = make_audio (500, &heard);
  g_autoptr (LiaPhoneMedia) media = lia_phone_media_new (audio, loopback, NULL);
  g_autoptr (LiaSrtpKey) ours = lia_srtp_key_generate ();
  g_autofree char *attribute = lia_srtp_key_to_attribute (ours);
  g_autofree char *sdp = g_strdup_printf (SESSION "m=audio 9 RTP/SAVP 8\r\na=crypto:%s\r\n", attribute);
  g_autoptr (LiaPhoneSession) theirs = lia_phone_sdp_parse (sdp);
  g_autoptr (GstElement) sender = NULL;
  Person person = { .heard = heard };
  guint  tick = g_timeout_add (20, on_tick, NULL);

  g_assert_true (lia_phone_media_start (media, theirs, ours, NULL));
  sender = make_sender (ours, lia_phone_media_get_port (media), 65500);
  wait_until (heard_bytes (&person) > RATE * 2 * 1.5 && hears (&person, 660));
  lia_phone_media_stop (media);
  g_assert_true (g_file_set_contents (heard, "", 0, NULL));
  g_assert_true (lia_phone_media_start (media, theirs, ours, NULL));
  wait_until (heard_bytes (&person) > RATE && hears (&person, 660));

  gst_element_set_state (sender, GST_STATE_NULL);
  g_source_remove (tick);
  g_unlink (heard);
}

/* RFC 3711 section 3.3.1 */
static void
test_rollover (void)
{
  g_assert_cmpuint (lia_phone_srtp_roc_of (0x2fff0, 0xfff1), ==, 2);
  g_assert_cmpuint (lia_phone_srtp_roc_of (0x2fff0, 0x0003), ==, 3);
  g_assert_cmpuint (lia_phone_srtp_roc_of (0x20003, 0x0004), ==, 2);
  g_assert_cmpuint (lia_phone_srtp_roc_of (0x20003, 0xfff0), ==, 1);
  g_assert_cmpuint (lia_phone_srtp_roc_of (0x00003, 0xfff0), ==, 0);
}

/* A device that is unplugged: once more with the system's own, and when that fails, too, it is said. */
static void
test_unplugged (Fixture      *fixture,
                gconstpointer data)
{
  g_autofree char *bob = lia_phone_dup_contact (fixture->bob->phone);
  g_autoptr (LiaPhoneAudio) audio = lia_phone_audio_new_described (
      "audiotestsrc is-live=true freq=500 volume=0.4 ! audio/x-raw,rate=48000,channels=1 ! identity error-after=150", "fakesink");
  g_autoptr (LiaPhone) phone = lia_phone_new (audio);
  LiaPhoneAccount account = { .user = (char *)"carol", .local_port = free_port () };
  g_autoptr (LiaPhoneCall) call = NULL;
  gsize before;

  lia_phone_connect (phone, &account);
  call = g_object_ref (lia_phone_dial (phone, bob));
  wait_until (fixture->bob->incoming != NULL);
  lia_phone_call_answer (fixture->bob->incoming);
  wait_until (hears (fixture->bob, 500));
  g_assert_cmpint (lia_phone_call_get_sound (call), ==, LIA_PHONE_SOUND_CHOSEN);
  wait_until (lia_phone_call_get_sound (call) == LIA_PHONE_SOUND_DEFAULT);
  before = heard_bytes (fixture->bob);
  wait_until (heard_bytes (fixture->bob) > before + RATE && hears (fixture->bob, 500));
  wait_until (lia_phone_call_get_sound (call) == LIA_PHONE_SOUND_NONE);
  g_assert_cmpint (lia_phone_call_get_state (call), ==, LIA_PHONE_CALL_TALKING);
}

/* Whoever calls writes what stands there: nothing of it may turn the text around it, nor end its line. */
static void
test_hostile_name (Fixture      *fixture,
                   gconstpointer data)
{
  const guint      mine = free_port ();
  g_autofree char *contact = lia_phone_dup_contact (fixture->bob->phone);
  g_autofree char *invite = g_strdup_printf ("INVITE %s SIP/2.0\r\n"
                                             "Via: SIP/2.0/UDP 127.0.0.1:%u;branch=z9hG4bK1\r\n"
                                             "From: \"\\Ann \\\"Lee\\\"\\n\xe2\x80\xaegnp\" <sip:%%0a030%%E2%%80%%AE1@127.0.0.1>;tag=1\r\n"
                                             "To: <%s>\r\n"
                                             "Call-ID: 1\r\n"
                                             "CSeq: 1 INVITE\r\n"
                                             "Contact: <sip:ann@127.0.0.1:%u>\r\n"
                                             "Max-Forwards: 70\r\n"
                                             "Content-Length: 0\r\n\r\n",
                                             contact, mine, contact, mine);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  g_autoptr (GSocketConnectable) there = g_network_address_parse (strchr (contact, '@') + 1, 5060, NULL);
  g_autoptr (GSocketAddressEnumerator) addresses = g_socket_connectable_enumerate (there);
  g_autoptr (GSocketAddress) bob = g_socket_address_enumerator_next (addresses, NULL, NULL);

  g_assert_cmpint (g_socket_send_to (socket, bob, invite, strlen (invite), NULL, NULL), ==, strlen (invite));
  wait_until (fixture->bob->incoming != NULL);
  g_assert_cmpstr (lia_phone_call_get_name (fixture->bob->incoming), ==, "Ann \"Lee\"ngnp");
  g_assert_cmpstr (lia_phone_call_get_number (fixture->bob->incoming), ==, "0301");
}

static void
test_nobody (Fixture      *fixture,
             gconstpointer data)
{
  g_autofree char *nobody = g_strdup_printf ("sip:nobody@127.0.0.1:%u;transport=tcp", free_port ());
  g_autoptr (LiaPhoneCall) call = g_object_ref (lia_phone_dial (fixture->alice->phone, nobody));

  wait_until (lia_phone_call_get_state (call) == LIA_PHONE_CALL_ENDED);
  g_assert_cmpint (lia_phone_call_get_end (call), !=, LIA_PHONE_END_HERE);
}

/* What a device says reaches the call, and what the call says the device: nothing inside is left without a partner. */
static void
assert_connected (GstElement *element,
                  const char *name,
                  GError     *error)
{
  g_autoptr (GstElement) owned = element != NULL ? gst_object_ref_sink (element) : NULL;
  g_autoptr (GstPad) outside = NULL;
  g_autoptr (GstPad) loose_sink = NULL;
  g_autoptr (GstPad) loose_source = NULL;

  g_assert_no_error (error);
  outside = gst_element_get_static_pad (owned, name);
  g_assert_nonnull (outside);
  loose_sink = gst_bin_find_unlinked_pad (GST_BIN (owned), GST_PAD_SINK);
  loose_source = gst_bin_find_unlinked_pad (GST_BIN (owned), GST_PAD_SRC);
  g_assert_null (loose_sink);
  g_assert_null (loose_source);
  g_assert_cmpuint (owned->numpads, ==, 1);
}

static void
test_devices (void)
{
  for (int cancels_echo = 0; cancels_echo < 2; cancels_echo++)
    {
      g_autoptr (LiaPhoneAudio) audio = lia_phone_audio_new ();
      g_autoptr (GError) error = NULL;

      g_object_set (audio, "cancels-echo", cancels_echo, NULL);
      assert_connected (lia_phone_audio_make_source (audio, &error), "src", error);
      assert_connected (lia_phone_audio_make_sink (audio, &error), "sink", error);
      assert_connected (lia_phone_audio_make_ringer_sink (audio, &error), "sink", error);
    }
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/phone/talk", test_talk },
    { "/phone/reject", test_reject },
    { "/phone/give-up", test_give_up },
    { "/phone/mute", test_mute },
    { "/phone/hold", test_hold },
    { "/phone/two-calls", test_two_calls },
    { "/phone/unplugged", test_unplugged },
    { "/phone/hostile-name", test_hostile_name },
    { "/phone/nobody", test_nobody },
  };

  g_test_init (&argc, &argv, NULL);

  g_test_add ("/phone/warm", Fixture, NULL, set_up, test_warm, tear_down);
  g_test_add_func ("/phone/enciphered", test_enciphered);
  g_test_add_func ("/phone/enciphered-long", test_enciphered_long);
  g_test_add_func ("/phone/rollover", test_rollover);
  g_test_add_func ("/phone/devices", test_devices);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
