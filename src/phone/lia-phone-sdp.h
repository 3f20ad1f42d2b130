/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-srtp-key.h"

G_BEGIN_DECLS

/**
 * LiaPhoneCodec:
 *
 * A way to code sound that we speak: how SDP names it, and the GStreamer elements that do it. Static.
 */
typedef struct
{
  const char *name;    /* as in a=rtpmap, for example "PCMA" */
  guint       payload; /* RFC 3551's number, or ours when it has none */
  guint       clock;   /* Hz of its RTP timestamps */
  guint       events;  /* our payload number of the key tones that go with it (RFC 4733) */
  const char *format;  /* the rest of its a=fmtp line, or NULL */
  const char *encode;  /* from raw sound to RTP, a GStreamer description; the last element is called "pay" */
  const char *decode;  /* from RTP to raw sound; the first one is called "depay" */
} LiaPhoneCodec;

/**
 * LiaPhoneSession:
 *
 * What the other end of a call said of its sound (SDP, RFC 8866): where it is to be sent, and how.
 */
typedef struct
{
  char                *host;
  guint                rtp_port;
  guint                rtcp_port;
  const LiaPhoneCodec *codec;
  guint                payload; /* the number by which the other end calls the codec */
  guint                events;  /* the same of the key tones, or 0 when it takes none */
  gboolean             secure;  /* RTP/SAVP: the sound has to be enciphered */
  LiaSrtpKey          *key;     /* theirs, when secure */
  gboolean             sends;   /* FALSE: it holds us without music */
} LiaPhoneSession;

char            *lia_phone_sdp_offer (guint rtp_port, const LiaSrtpKey *key);
char            *lia_phone_sdp_answer (const LiaPhoneSession *theirs, guint rtp_port, const LiaSrtpKey *key);
LiaPhoneSession *lia_phone_sdp_parse (const char *sdp);
void             lia_phone_session_free (LiaPhoneSession *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaPhoneSession, lia_phone_session_free)

G_END_DECLS
