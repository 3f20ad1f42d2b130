/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaSrtpKey:
 *
 * The key of one direction of a call's sound, as an SDP line `a=crypto` carries it (SDES, RFC 4568). Such a line is a secret: it is sent
 * over TLS only.
 */
typedef struct
{
  guint       tag;
  const char *suite;  /* a name of RFC 4568 or 6188, static */
  const char *cipher; /* what GStreamer's srtpenc calls it, static */
  const char *auth;   /* the same */
  GBytes     *secret; /* master key and salt: 30 or 46 bytes */
} LiaSrtpKey;

LiaSrtpKey *lia_srtp_key_generate (void);
LiaSrtpKey *lia_srtp_key_generate_for (const LiaSrtpKey *theirs);
LiaSrtpKey *lia_srtp_key_parse (const char *attribute);
char       *lia_srtp_key_to_attribute (const LiaSrtpKey *self);
void        lia_srtp_key_free (LiaSrtpKey *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaSrtpKey, lia_srtp_key_free)

G_END_DECLS
