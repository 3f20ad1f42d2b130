/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-sdp.h"

#include <sofia-sip/sdp.h>

/* The best first: an offer lists them in this order, an answer takes the first of theirs that we have. */
static const LiaPhoneCodec codecs[] = {
  { "opus", 107, 48000, 110, "useinbandfec=1", "opusenc audio-type=voice inband-fec=true bitrate=32000 ! rtpopuspay name=pay",
    "rtpopusdepay name=depay ! opusdec use-inband-fec=true" },
  { "PCMA", 8, 8000, 101, NULL, "alawenc ! rtppcmapay name=pay", "rtppcmadepay name=depay ! alawdec" },
  { "PCMU", 0, 8000, 101, NULL, "mulawenc ! rtppcmupay name=pay", "rtppcmudepay name=depay ! mulawdec" },
};

static void
append_codec (GString             *text,
              const LiaPhoneCodec *codec,
              guint                payload)
{
  g_string_append_printf (text, "a=rtpmap:%u %s/%u%s\r\n", payload, codec->name, codec->clock, codec->clock == 48000 ? "/2" : "");
  if (codec->format != NULL)
    g_string_append_printf (text, "a=fmtp:%u %s\r\n", payload, codec->format);
}

static void
append_events (GString *text,
               guint    payload,
               guint    clock)
{
  g_string_append_printf (text, "a=rtpmap:%u telephone-event/%u\r\na=fmtp:%u 0-16\r\n", payload, clock, payload);
}

static void
append_end (GString          *text,
            const LiaSrtpKey *key)
{
  if (key != NULL)
    {
      g_autofree char *crypto = lia_srtp_key_to_attribute (key);

      g_string_append_printf (text, "a=crypto:%s\r\n", crypto);
    }
  g_string_append (text, "a=ptime:20\r\n");
}

/**
 * lia_phone_sdp_offer:
 * @rtp_port: where we listen for sound; its control packets (RTCP) come to the next port
 * @key: (nullable): our key when the sound is to be enciphered
 *
 * Returns: (transfer full): the media part of an offer; the session part is sofia-sip's
 */
char *
lia_phone_sdp_offer (guint             rtp_port,
                     const LiaSrtpKey *key)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "m=audio %u %s", rtp_port, key != NULL ? "RTP/SAVP" : "RTP/AVP");
  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++)
    g_string_append_printf (text, " %u", codecs[i].payload);
  g_string_append (text, " 110 101\r\n");

  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++)
    append_codec (text, &codecs[i], codecs[i].payload);
  append_events (text, 110, 48000);
  append_events (text, 101, 8000);
  append_end (text, key);

  return g_string_free (text, FALSE);
}

/**
 * lia_phone_sdp_answer:
 * @theirs: the offer
 * @rtp_port: as in lia_phone_sdp_offer()
 * @key: (nullable): our key when the offer was for enciphered sound
 *
 * Returns: (transfer full): the media part of an answer: the one codec that will be used, and key tones when both have them
 */
char *
lia_phone_sdp_answer (const LiaPhoneSession *theirs,
                      guint                  rtp_port,
                      const LiaSrtpKey      *key)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "m=audio %u %s %u", rtp_port, key != NULL ? "RTP/SAVP" : "RTP/AVP", theirs->payload);
  if (theirs->events != 0)
    g_string_append_printf (text, " %u", theirs->events);
  g_string_append (text, "\r\n");

  append_codec (text, theirs->codec, theirs->payload);
  if (theirs->events != 0)
    append_events (text, theirs->events, theirs->codec->clock);
  append_end (text, key);

  return g_string_free (text, FALSE);
}

static const LiaPhoneCodec *
find_codec (const sdp_rtpmap_t *map)
{
  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++)
    {
      if (g_ascii_strcasecmp (map->rm_encoding, codecs[i].name) == 0 && map->rm_rate == codecs[i].clock)
        return &codecs[i];
    }

  return NULL;
}

static guint
find_events (const sdp_rtpmap_t *maps,
             guint               clock)
{
  for (const sdp_rtpmap_t *map = maps; map != NULL; map = map->rm_next)
    {
      if (g_ascii_strcasecmp (map->rm_encoding, "telephone-event") == 0 && map->rm_rate == clock)
        return map->rm_pt;
    }

  return 0;
}

static gboolean
read_codec (LiaPhoneSession   *self,
            const sdp_media_t *media)
{
  for (const sdp_rtpmap_t *map = media->m_rtpmaps; map != NULL && self->codec == NULL; map = map->rm_next)
    {
      self->codec = find_codec (map);
      self->payload = map->rm_pt;
    }
  if (self->codec == NULL)
    return FALSE;

  self->events = find_events (media->m_rtpmaps, self->codec->clock);
  return TRUE;
}

static gboolean
read_key (LiaPhoneSession   *self,
          const sdp_media_t *media)
{
  self->secure = media->m_proto == sdp_proto_srtp;
  if (!self->secure)
    return TRUE;

  for (const sdp_attribute_t *attribute = media->m_attributes; attribute != NULL && self->key == NULL; attribute = attribute->a_next)
    {
      if (g_strcmp0 (attribute->a_name, "crypto") == 0 && attribute->a_value != NULL)
        self->key = lia_srtp_key_parse (attribute->a_value);
    }

  return self->key != NULL;
}

static gboolean
read_place (LiaPhoneSession     *self,
            const sdp_session_t *session,
            const sdp_media_t   *media)
{
  const sdp_connection_t *connection = media->m_connections != NULL ? media->m_connections : session->sdp_connection;
  const sdp_attribute_t  *rtcp = sdp_attribute_find (media->m_attributes, "rtcp");

  if (connection == NULL || connection->c_address == NULL || media->m_port == 0 || media->m_port > 65534)
    return FALSE;

  self->host = g_strdup (connection->c_address);
  self->rtp_port = (guint)media->m_port;
  self->rtcp_port = rtcp != NULL ? (guint)g_ascii_strtoull (rtcp->a_value, NULL, 10) : self->rtp_port + 1;
  self->sends = (media->m_mode & sdp_sendonly) != 0;

  return self->rtcp_port <= G_MAXUINT16;
}

/**
 * lia_phone_sdp_parse:
 * @sdp: the body of an INVITE or of its answer
 *
 * Returns: (transfer full) (nullable): its first sound, or %NULL when there is none that we could talk over
 */
LiaPhoneSession *
lia_phone_sdp_parse (const char *sdp)
{
  g_autoptr (LiaPhoneSession) self = g_new0 (LiaPhoneSession, 1);
  su_home_t            home[1] = { SU_HOME_INIT (home) };
  sdp_parser_t        *parser;
  const sdp_session_t *session;
  const sdp_media_t   *media = NULL;
  gboolean             usable;

  su_home_init (home);
  parser = sdp_parse (home, sdp, (issize_t)strlen (sdp), 0);
  session = sdp_session (parser);
  if (session != NULL)
    {
      for (media = session->sdp_media; media != NULL; media = media->m_next)
        {
          if (media->m_type == sdp_media_audio && !media->m_rejected)
            break;
        }
    }
  usable = media != NULL && read_codec (self, media) && read_key (self, media) && read_place (self, session, media);
  sdp_parser_free (parser);
  su_home_deinit (home);

  return usable ? g_steal_pointer (&self) : NULL;
}

void
lia_phone_session_free (LiaPhoneSession *self)
{
  g_clear_pointer (&self->key, lia_srtp_key_free);
  g_free (self->host);
  g_free (self);
}
