/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * agent -> volume "microphone" -> codec -> pay -+-> mux -> rtpbin -> [SRTP] -> udpsink
 *                                    key tones -+
 * udpsrc -> [SRTP] -> rtpbin (jitter buffer) -> depay -> codec -> volume "loudspeaker" -> agent
 *
 * One pipeline a call. A call that is held keeps its pipeline and is silent both ways, so that taking it back is immediate.
 */

#include "lia-phone-media.h"

#include "lia-phone-rtp.h"
#include "lia-phone-srtp.h"

struct _LiaPhoneMedia
{
  GObject parent_instance;

  LiaPhoneAudio *audio;
  LiaPhoneSrtp  *srtp;
  GSocket       *rtp;
  GSocket       *rtcp;

  GstElement *pipeline;
  guint       watch;
  guint       events;
  gboolean    muted;
  gboolean    held;
};

G_DEFINE_FINAL_TYPE (LiaPhoneMedia, lia_phone_media, G_TYPE_OBJECT)

enum {
  LEVEL,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/**
 * lia_phone_media_new:
 * @audio: the agent's devices
 * @address: the address of this machine that the telephone system reaches
 * @error: set when no ports are free
 *
 * Returns: (transfer full) (nullable): ports that listen, and no sound yet
 */
LiaPhoneMedia *
lia_phone_media_new (LiaPhoneAudio *audio,
                     GInetAddress  *address,
                     GError       **error)
{
  g_autoptr (LiaPhoneMedia) self = g_object_new (LIA_TYPE_PHONE_MEDIA, NULL);

  self->audio = g_object_ref (audio);

  return lia_phone_rtp_bind (address, &self->rtp, &self->rtcp, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * lia_phone_media_get_port:
 * @self: a call's sound
 *
 * Returns: where it listens
 */
guint
lia_phone_media_get_port (LiaPhoneMedia *self)
{
  return lia_phone_rtp_port_of (self->rtp);
}

/* What rtpbin's threads work with. It is theirs: the call may be over on the main one at any moment. */
typedef struct
{
  GstElement *depay;
  guint       events; /* the payload number of key tones, 0: there are none */
} Ear;

static void
ear_free (gpointer  data,
          GClosure *closure)
{
  Ear *ear = data;

  gst_object_unref (ear->depay);
  g_free (ear);
}

static gboolean
brings_keys (const Ear *ear,
             GstPad    *pad)
{
  g_autofree char *suffix = g_strdup_printf ("_%u", ear->events);

  return ear->events != 0 && g_str_has_suffix (GST_PAD_NAME (pad), suffix);
}

static void
drop (GstElement *rtpbin,
      GstPad     *pad)
{
  g_autoptr (GstObject) pipeline = gst_object_get_parent (GST_OBJECT (rtpbin));
  GstElement *nowhere;
  g_autoptr (GstPad) end = NULL;

  if (pipeline == NULL)
    return;

  nowhere = gst_element_factory_make ("fakesink", NULL);
  end = gst_element_get_static_pad (nowhere, "sink");
  g_object_set (nowhere, "sync", FALSE, "async", FALSE, NULL);
  gst_bin_add (GST_BIN (pipeline), nowhere);
  gst_element_sync_state_with_parent (nowhere);
  gst_pad_link (pad, end);
}

/*
 * The telephone system begins a new source of sound whenever it switches the call (music on hold, a transfer): the newest one is heard.
 * Key tones come as a source of their own and are for machines.
 */
static void
on_pad_added (GstElement *rtpbin,
              GstPad     *pad,
              Ear        *ear)
{
  g_autoptr (GstPad) sink = NULL;
  g_autoptr (GstPad) before = NULL;

  if (!g_str_has_prefix (GST_PAD_NAME (pad), "recv_rtp_src_"))
    return;
  if (brings_keys (ear, pad))
    {
      drop (rtpbin, pad);
      return;
    }

  sink = gst_element_get_static_pad (ear->depay, "sink");
  before = gst_pad_get_peer (sink);
  if (before != NULL)
    gst_pad_unlink (before, sink);
  if (gst_pad_link (pad, sink) != GST_PAD_LINK_OK)
    g_warning ("The sound of a call cannot be decoded");
}

static void
listen (LiaPhoneMedia         *self,
        GstElement            *rtpbin,
        const LiaPhoneSession *theirs)
{
  Ear *ear = g_new0 (Ear, 1);

  ear->depay = gst_bin_get_by_name (GST_BIN (self->pipeline), "depay");
  ear->events = theirs->events;
  g_signal_connect_data (rtpbin, "pad-added", G_CALLBACK (on_pad_added), ear, ear_free, G_CONNECT_DEFAULT);
}

static void
set_volumes (LiaPhoneMedia *self)
{
  g_autoptr (GstElement) microphone = NULL;
  g_autoptr (GstElement) loudspeaker = NULL;

  if (self->pipeline == NULL)
    return;

  microphone = gst_bin_get_by_name (GST_BIN (self->pipeline), "microphone");
  loudspeaker = gst_bin_get_by_name (GST_BIN (self->pipeline), "loudspeaker");
  g_object_set (microphone, "mute", self->muted || self->held, NULL);
  g_object_set (loudspeaker, "mute", self->held, NULL);
}

static void
read_level (LiaPhoneMedia      *self,
            const GstStructure *message)
{
  const GValue      *value = gst_structure_get_value (message, "rms");
  const GValueArray *channels = value != NULL ? g_value_get_boxed (value) : NULL;
  double             decibels;

  if (channels == NULL || channels->n_values == 0)
    return;

  /* Speech is between -60 dB (a quiet room) and 0 (too loud). */
  decibels = g_value_get_double (channels->values);
  g_signal_emit (self, signals[LEVEL], 0, CLAMP ((decibels + 60) / 60, 0.0, 1.0));
}

static gboolean
on_message (GstBus     *bus,
            GstMessage *message,
            gpointer    user_data)
{
  LiaPhoneMedia *self = user_data;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *more = NULL;

      gst_message_parse_error (message, &error, &more);
      g_info ("Sound failed: %s (%s)", error->message, more);
      g_signal_emit (self, signals[FAILED], 0, error->message);
    }
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ELEMENT && gst_message_has_name (message, "level"))
    read_level (self, gst_message_get_structure (message));

  return G_SOURCE_CONTINUE;
}

/* All but rtpbin: it asks for what enciphers as soon as it is linked, so it comes last. */
static char *
describe (const LiaPhoneSession *theirs)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "audioconvert name=said ! audioresample ! volume name=microphone ! level interval=100000000 ! audioconvert ! audioresample ! "
                                "%s pt=%u ! rtpdtmfmux name=mux ",
                          theirs->codec->encode, theirs->payload);
  if (theirs->events != 0)
    g_string_append_printf (text, "rtpdtmfsrc name=keys pt=%u clock-rate=%u ! mux.priority_sink_0 ", theirs->events, theirs->codec->clock);
  g_string_append_printf (text, "%s ! audioconvert ! audioresample ! volume name=loudspeaker ", theirs->codec->decode);
  g_string_append (text, "udpsrc name=rtp-in close-socket=false udpsink name=rtp-out close-socket=false sync=false async=false ");
  g_string_append (text, "udpsrc name=rtcp-in close-socket=false udpsink name=rtcp-out close-socket=false sync=false async=false");

  return g_string_free (text, FALSE);
}

static void
set_socket (LiaPhoneMedia *self,
            const char    *in,
            const char    *out,
            GSocket       *socket,
            const char    *host,
            guint          port)
{
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (self->pipeline), in);
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (self->pipeline), out);

  g_object_set (source, "socket", socket, NULL);
  g_object_set (sink, "socket", socket, "host", host, "port", (int)port, NULL);
}

static void
set_place (LiaPhoneMedia         *self,
           const LiaPhoneSession *theirs)
{
  set_socket (self, "rtp-in", "rtp-out", self->rtp, theirs->host, theirs->rtp_port);
  set_socket (self, "rtcp-in", "rtcp-out", self->rtcp, theirs->host, theirs->rtcp_port);
}

static gboolean
link_rtpbin (LiaPhoneMedia *self,
             GstElement    *rtpbin)
{
  static const char *const links[][4] = {
    { "mux", "src", NULL, "send_rtp_sink_0" },
    { "rtp-in", "src", NULL, "recv_rtp_sink_0" },
    { "rtcp-in", "src", NULL, "recv_rtcp_sink_0" },
    { NULL, "send_rtp_src_0", "rtp-out", "sink" },
    { NULL, "send_rtcp_src_0", "rtcp-out", "sink" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      const char *name = links[i][0] != NULL ? links[i][0] : links[i][2];
      g_autoptr (GstElement) other = gst_bin_get_by_name (GST_BIN (self->pipeline), name);
      GstElement *from = links[i][0] != NULL ? other : rtpbin;
      GstElement *to = links[i][0] != NULL ? rtpbin : other;

      if (!gst_element_link_pads (from, links[i][1], to, links[i][3]))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_rtpbin (LiaPhoneMedia         *self,
            const LiaPhoneSession *theirs,
            const LiaSrtpKey      *ours)
{
  GstElement *rtpbin = gst_element_factory_make ("rtpbin", NULL);

  if (rtpbin == NULL)
    return FALSE;

  g_object_set (rtpbin, "latency", 60, NULL);
  gst_util_set_object_arg (G_OBJECT (rtpbin), "rtp-profile", theirs->secure ? "savp" : "avp");
  lia_phone_rtp_watch_payloads (rtpbin, theirs);
  listen (self, rtpbin, theirs);
  if (theirs->secure)
    lia_phone_srtp_add (self->srtp, rtpbin, ours, theirs->key);
  gst_bin_add (GST_BIN (self->pipeline), rtpbin);

  return link_rtpbin (self, rtpbin);
}

/* The agent's devices, on both ends of the pipeline */
static gboolean
add_devices (LiaPhoneMedia *self,
             GError       **error)
{
  g_autoptr (GstElement) said = gst_bin_get_by_name (GST_BIN (self->pipeline), "said");
  g_autoptr (GstElement) heard = gst_bin_get_by_name (GST_BIN (self->pipeline), "loudspeaker");
  GstElement *source = lia_phone_audio_make_source (self->audio, error);
  GstElement *sink = source != NULL ? lia_phone_audio_make_sink (self->audio, error) : NULL;

  if (source != NULL)
    gst_bin_add (GST_BIN (self->pipeline), source);
  if (sink != NULL)
    gst_bin_add (GST_BIN (self->pipeline), sink);

  return sink != NULL && gst_element_link (source, said) && gst_element_link (heard, sink);
}

static void
set_packet_caps (LiaPhoneMedia         *self,
                 const LiaPhoneSession *theirs)
{
  g_autoptr (GstElement) rtp = gst_bin_get_by_name (GST_BIN (self->pipeline), "rtp-in");
  g_autoptr (GstElement) rtcp = gst_bin_get_by_name (GST_BIN (self->pipeline), "rtcp-in");
  g_autoptr (GstCaps) sound = gst_caps_from_string (theirs->secure ? "application/x-srtp,media=audio" : "application/x-rtp,media=audio");
  g_autoptr (GstCaps) control = gst_caps_from_string (theirs->secure ? "application/x-srtcp" : "application/x-rtcp");

  g_object_set (rtp, "caps", sound, NULL);
  g_object_set (rtcp, "caps", control, NULL);
}

static gboolean
build (LiaPhoneMedia         *self,
       const LiaPhoneSession *theirs,
       const LiaSrtpKey      *ours,
       GError               **error)
{
  g_autofree char *description = describe (theirs);
  g_autoptr (GstBus) bus = NULL;

  self->pipeline = gst_parse_launch (description, error);
  if (self->pipeline == NULL)
    return FALSE;

  gst_object_ref_sink (self->pipeline);
  self->events = theirs->events;
  bus = gst_pipeline_get_bus (GST_PIPELINE (self->pipeline));
  self->watch = gst_bus_add_watch (bus, on_message, self);
  set_packet_caps (self, theirs);
  set_place (self, theirs);

  if (!add_devices (self, error))
    return FALSE;
  if (!add_rtpbin (self, theirs, ours))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The sound plugins for calls are incomplete");
      return FALSE;
    }

  return TRUE;
}

/**
 * lia_phone_media_start:
 * @self: a call's sound
 * @theirs: what was agreed on. When the call is already heard, only its place may have changed (a new INVITE moved the sound)
 * @ours: (nullable): our key when the sound is enciphered
 * @error: set when there is no sound
 *
 * Returns: whether the two can talk
 */
gboolean
lia_phone_media_start (LiaPhoneMedia         *self,
                       const LiaPhoneSession *theirs,
                       const LiaSrtpKey      *ours,
                       GError               **error)
{
  if (self->pipeline != NULL)
    {
      set_place (self, theirs);
      return TRUE;
    }

  if (!build (self, theirs, ours, error))
    {
      lia_phone_media_stop (self);
      if (error != NULL && *error == NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The sound could not be connected");
      return FALSE;
    }

  set_volumes (self);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  return TRUE;
}

static void
end_pipeline (GstElement *pipeline,
              gpointer    user_data)
{
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

/**
 * lia_phone_media_use_default:
 * @self: a call's sound that failed, and was stopped
 *
 * From the next start on it goes by the system's default devices.
 */
void
lia_phone_media_use_default (LiaPhoneMedia *self)
{
  g_autoptr (LiaPhoneAudio) plain = lia_phone_audio_dup_default (self->audio);

  g_set_object (&self->audio, plain);
}

/**
 * lia_phone_media_stop:
 * @self: a call's sound
 *
 * Ends it. Closing a sound device can take long, so it is done on a thread.
 */
void
lia_phone_media_stop (LiaPhoneMedia *self)
{
  g_clear_handle_id (&self->watch, g_source_remove);
  if (self->pipeline != NULL)
    gst_element_call_async (self->pipeline, end_pipeline, NULL, NULL);
  g_clear_pointer (&self->pipeline, gst_object_unref);
}

/**
 * lia_phone_media_set_muted:
 * @self: a call's sound
 * @muted: whether the customer shall not hear the agent
 */
void
lia_phone_media_set_muted (LiaPhoneMedia *self,
                           gboolean       muted)
{
  self->muted = muted;
  set_volumes (self);
}

/**
 * lia_phone_media_set_held:
 * @self: a call's sound
 * @held: whether neither hears the other
 */
void
lia_phone_media_set_held (LiaPhoneMedia *self,
                          gboolean       held)
{
  self->held = held;
  set_volumes (self);
}

/**
 * lia_phone_media_set_key:
 * @self: a call's sound
 * @key: 0 to 9, 10 for *, 11 for #, 12 to 15 for A to D (RFC 4733 section 3.2), -1 to let the key go
 *
 * Nothing where the other end takes no key tones.
 */
void
lia_phone_media_set_key (LiaPhoneMedia *self,
                         int            key)
{
  g_autoptr (GstElement) keys = NULL;
  g_autoptr (GstPad) out = NULL;
  GstStructure *event;

  if (self->pipeline == NULL || self->events == 0)
    return;

  keys = gst_bin_get_by_name (GST_BIN (self->pipeline), "keys");
  event = gst_structure_new ("dtmf-event", "type", G_TYPE_INT, 1, "method", G_TYPE_INT, 1, "start", G_TYPE_BOOLEAN, key >= 0, NULL);
  if (key >= 0)
    gst_structure_set (event, "number", G_TYPE_INT, key, "volume", G_TYPE_INT, 10, NULL);
  /* To the pad: a source drops such an event that is sent to itself. */
  out = gst_element_get_static_pad (keys, "src");
  gst_pad_send_event (out, gst_event_new_custom (GST_EVENT_CUSTOM_UPSTREAM, event));
}

static void
lia_phone_media_dispose (GObject *object)
{
  LiaPhoneMedia *self = LIA_PHONE_MEDIA (object);

  lia_phone_media_stop (self);
  g_clear_object (&self->rtp);
  g_clear_object (&self->rtcp);
  g_clear_object (&self->audio);
  g_clear_object (&self->srtp);

  G_OBJECT_CLASS (lia_phone_media_parent_class)->dispose (object);
}

static void
lia_phone_media_class_init (LiaPhoneMediaClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_phone_media_dispose;

  signals[LEVEL] = g_signal_new ("level", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
lia_phone_media_init (LiaPhoneMedia *self)
{
  self->srtp = lia_phone_srtp_new ();
}
