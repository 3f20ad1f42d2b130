/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A packet is deciphered by its index: its sequence number, which begins anew every 65,536 packets (22 minutes), and how often that has happened, which
 * stands in no packet. The elements know it as long as their pipeline goes on. Where a pipeline follows another one, since a device failed, the new one
 * is told where each source of theirs has come to. We ourselves begin as a new source each time.
 */

#include "lia-phone-srtp.h"

struct _LiaPhoneSrtp
{
  GObject parent_instance;

  GMutex      mutex;  /* all of it is used on streaming threads */
  GBytes     *secret; /* that their_key was made of */
  GstCaps    *their_key;
  GHashTable *places;   /* of each SSRC: the index of the last packet that was deciphered */
  guint32     arriving; /* SSRC of the packet that is to be deciphered */
  guint16     sequence; /* and its sequence number */
};

G_DEFINE_FINAL_TYPE (LiaPhoneSrtp, lia_phone_srtp, G_TYPE_OBJECT)

/**
 * lia_phone_srtp_roc_of:
 * @last: the index of the last packet that was deciphered
 * @sequence: the sequence number of one that comes about then
 *
 * Returns: its rollover counter (RFC 3711 section 3.3.1)
 */
guint32
lia_phone_srtp_roc_of (guint32 last,
                       guint16 sequence)
{
  const guint32 roc = last >> 16;
  const gint    step = (gint)sequence - (gint)(last & 0xffff);

  if (step < -0x8000)
    return roc + 1;

  return step > 0x8000 && roc > 0 ? roc - 1 : roc;
}

/* RFC 3550 section 5.1 */
static gboolean
read_header (GstBuffer *packet,
             guint32   *ssrc,
             guint16   *sequence)
{
  guint8 header[12];

  if (gst_buffer_extract (packet, 0, header, sizeof header) < sizeof header)
    return FALSE;

  *sequence = GST_READ_UINT16_BE (header + 2);
  *ssrc = GST_READ_UINT32_BE (header + 8);
  return TRUE;
}

static GstPadProbeReturn
on_arrived (GstPad          *pad,
            GstPadProbeInfo *info,
            gpointer         user_data)
{
  LiaPhoneSrtp *self = user_data;

  g_mutex_lock (&self->mutex);
  read_header (GST_PAD_PROBE_INFO_BUFFER (info), &self->arriving, &self->sequence);
  g_mutex_unlock (&self->mutex);

  return GST_PAD_PROBE_OK;
}

static void
keep_place (LiaPhoneSrtp *self,
            guint32       ssrc,
            guint16       sequence)
{
  gpointer       place = NULL;
  const gpointer key = GUINT_TO_POINTER (ssrc);
  guint32        index = sequence;

  if (g_hash_table_lookup_extended (self->places, key, NULL, &place))
    index = MAX (GPOINTER_TO_UINT (place), lia_phone_srtp_roc_of (GPOINTER_TO_UINT (place), sequence) << 16 | sequence);
  g_hash_table_insert (self->places, key, GUINT_TO_POINTER (index));
}

/* What was deciphered is theirs: nobody else can move their place. */
static GstPadProbeReturn
on_deciphered (GstPad          *pad,
               GstPadProbeInfo *info,
               gpointer         user_data)
{
  LiaPhoneSrtp *self = user_data;
  guint32       ssrc;
  guint16       sequence;

  if (!read_header (GST_PAD_PROBE_INFO_BUFFER (info), &ssrc, &sequence))
    return GST_PAD_PROBE_OK;

  g_mutex_lock (&self->mutex);
  keep_place (self, ssrc, sequence);
  g_mutex_unlock (&self->mutex);

  return GST_PAD_PROBE_OK;
}

/* Asked for when the first packet of a source comes to a pipeline. */
static GstCaps *
on_request_key (GstElement   *decoder,
                guint         ssrc,
                LiaPhoneSrtp *self)
{
  GstCaps *key;
  gpointer place;

  g_mutex_lock (&self->mutex);
  key = gst_caps_copy (self->their_key);
  if (g_hash_table_lookup_extended (self->places, GUINT_TO_POINTER (ssrc), NULL, &place))
    {
      const guint32 last = GPOINTER_TO_UINT (place);
      const guint32 roc = self->arriving == ssrc ? lia_phone_srtp_roc_of (last, self->sequence) : last >> 16;

      gst_caps_set_simple (key, "roc", G_TYPE_UINT, roc, NULL);
    }
  g_mutex_unlock (&self->mutex);

  return key;
}

static GstElement *
on_request_element (GstElement *rtpbin,
                    guint       session,
                    GstElement *element)
{
  return g_object_ref (element);
}

static GstBuffer *
make_key (const LiaSrtpKey *key)
{
  gsize          size;
  const gpointer data = (gpointer)g_bytes_get_data (key->secret, &size);

  return gst_buffer_new_memdup (data, size);
}

static void
add_encoder (GstElement       *rtpbin,
             const LiaSrtpKey *ours)
{
  GstElement *encoder = gst_element_factory_make ("srtpenc", NULL);
  g_autoptr (GstPad) rtp = gst_element_request_pad_simple (encoder, "rtp_sink_0");
  g_autoptr (GstPad) rtcp = gst_element_request_pad_simple (encoder, "rtcp_sink_0");
  g_autoptr (GstBuffer) key = make_key (ours);

  gst_util_set_object_arg (G_OBJECT (encoder), "rtp-cipher", ours->cipher);
  gst_util_set_object_arg (G_OBJECT (encoder), "rtcp-cipher", ours->cipher);
  gst_util_set_object_arg (G_OBJECT (encoder), "rtp-auth", ours->auth);
  gst_util_set_object_arg (G_OBJECT (encoder), "rtcp-auth", ours->auth);
  g_object_set (encoder, "key", key, NULL);

  g_signal_connect_object (rtpbin, "request-rtp-encoder", G_CALLBACK (on_request_element), encoder, 0);
  g_signal_connect_object (rtpbin, "request-rtcp-encoder", G_CALLBACK (on_request_element), encoder, 0);
  g_object_set_data_full (G_OBJECT (rtpbin), "encoder", g_object_ref_sink (encoder), g_object_unref);
}

/* With another key they count from the beginning. */
static void
set_their_key (LiaPhoneSrtp     *self,
               const LiaSrtpKey *theirs)
{
  g_autoptr (GstBuffer) key = make_key (theirs);

  g_mutex_lock (&self->mutex);
  if (self->secret == NULL || !g_bytes_equal (self->secret, theirs->secret))
    g_hash_table_remove_all (self->places);
  g_clear_pointer (&self->secret, g_bytes_unref);
  self->secret = g_bytes_ref (theirs->secret);
  gst_clear_caps (&self->their_key);
  self->their_key = gst_caps_new_simple ("application/x-srtp", "srtp-key", GST_TYPE_BUFFER, key,
                                         "srtp-cipher", G_TYPE_STRING, theirs->cipher, "srtcp-cipher", G_TYPE_STRING, theirs->cipher,
                                         "srtp-auth", G_TYPE_STRING, theirs->auth, "srtcp-auth", G_TYPE_STRING, theirs->auth, NULL);
  g_mutex_unlock (&self->mutex);
}

static void
watch_packets (LiaPhoneSrtp       *self,
               GstElement         *decoder,
               const char         *pad,
               GstPadProbeCallback callback)
{
  g_autoptr (GstPad) where = gst_element_get_static_pad (decoder, pad);

  gst_pad_add_probe (where, GST_PAD_PROBE_TYPE_BUFFER, callback, g_object_ref (self), g_object_unref);
}

static void
add_decoder (LiaPhoneSrtp *self,
             GstElement   *rtpbin)
{
  GstElement *decoder = gst_element_factory_make ("srtpdec", NULL);

  watch_packets (self, decoder, "rtp_sink", on_arrived);
  watch_packets (self, decoder, "rtp_src", on_deciphered);
  /* On the decoder's thread, when the call may be over on ours. */
  g_signal_connect_data (decoder, "request-key", G_CALLBACK (on_request_key), g_object_ref (self), (GClosureNotify)(GCallback)g_object_unref, G_CONNECT_DEFAULT);
  g_signal_connect_object (rtpbin, "request-rtp-decoder", G_CALLBACK (on_request_element), decoder, 0);
  g_signal_connect_object (rtpbin, "request-rtcp-decoder", G_CALLBACK (on_request_element), decoder, 0);
  g_object_set_data_full (G_OBJECT (rtpbin), "decoder", g_object_ref_sink (decoder), g_object_unref);
}

/**
 * lia_phone_srtp_add:
 * @self: a call's
 * @rtpbin: of its new pipeline; not linked yet, since it asks for what enciphers as soon as it is
 * @ours: our key
 * @theirs: theirs
 */
void
lia_phone_srtp_add (LiaPhoneSrtp     *self,
                    GstElement       *rtpbin,
                    const LiaSrtpKey *ours,
                    const LiaSrtpKey *theirs)
{
  set_their_key (self, theirs);
  add_encoder (rtpbin, ours);
  add_decoder (self, rtpbin);
}

/**
 * lia_phone_srtp_new:
 *
 * Returns: (transfer full): of a call of which nothing was heard yet
 */
LiaPhoneSrtp *
lia_phone_srtp_new (void)
{
  return g_object_new (LIA_TYPE_PHONE_SRTP, NULL);
}

static void
lia_phone_srtp_finalize (GObject *object)
{
  LiaPhoneSrtp *self = LIA_PHONE_SRTP (object);

  g_clear_pointer (&self->secret, g_bytes_unref);
  gst_clear_caps (&self->their_key);
  g_hash_table_unref (self->places);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (lia_phone_srtp_parent_class)->finalize (object);
}

static void
lia_phone_srtp_class_init (LiaPhoneSrtpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_phone_srtp_finalize;
}

static void
lia_phone_srtp_init (LiaPhoneSrtp *self)
{
  g_mutex_init (&self->mutex);
  self->places = g_hash_table_new (NULL, NULL);
}
