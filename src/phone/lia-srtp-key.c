/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-srtp-key.h"

#include <string.h>
#include <sys/random.h>

/* RFC 4568 section 6.2 and RFC 6188 section 4, the best first */
static const struct
{
  const char *name;
  const char *cipher;
  const char *auth;
  gsize       length;
} suites[] = {
  { "AES_CM_128_HMAC_SHA1_80", "aes-128-icm", "hmac-sha1-80", 30 },
  { "AES_256_CM_HMAC_SHA1_80", "aes-256-icm", "hmac-sha1-80", 46 },
  { "AES_CM_128_HMAC_SHA1_32", "aes-128-icm", "hmac-sha1-32", 30 },
};

static LiaSrtpKey *
key_new (guint   tag,
         guint   suite,
         GBytes *secret)
{
  LiaSrtpKey *self = g_new0 (LiaSrtpKey, 1);

  self->tag = tag;
  self->suite = suites[suite].name;
  self->cipher = suites[suite].cipher;
  self->auth = suites[suite].auth;
  self->secret = secret;

  return self;
}

static LiaSrtpKey *
generate (guint tag,
          guint suite)
{
  guint8 secret[64];

  g_assert (suites[suite].length <= sizeof secret);

  /* Never fails for so few bytes once the system is up: getrandom(2). */
  if (getrandom (secret, suites[suite].length, 0) != (gssize)suites[suite].length)
    g_error ("The system gives no random bytes");

  return key_new (tag, suite, g_bytes_new (secret, suites[suite].length));
}

/**
 * lia_srtp_key_generate:
 *
 * Returns: (transfer full): a fresh key of the suite that every phone knows, for an offer
 */
LiaSrtpKey *
lia_srtp_key_generate (void)
{
  return generate (1, 0);
}

/**
 * lia_srtp_key_generate_for:
 * @theirs: the key of the offer
 *
 * Returns: (transfer full): a fresh key of the same suite and with the same tag, as an answer must have (RFC 4568 section 5.1.2)
 */
LiaSrtpKey *
lia_srtp_key_generate_for (const LiaSrtpKey *theirs)
{
  for (guint i = 0; i < G_N_ELEMENTS (suites); i++)
    {
      if (suites[i].name == theirs->suite)
        return generate (theirs->tag, i);
    }

  g_return_val_if_reached (NULL);
}

/* The base64 part of "inline:KEY|LIFETIME": a master key identifier (MKI) would make packets longer, which we do not speak. */
static GBytes *
parse_inline (const char *text,
              gsize       length)
{
  g_autofree guchar *secret = NULL;
  g_auto (GStrv) parts = NULL;
  gsize size;

  if (g_ascii_strncasecmp (text, "inline:", 7) != 0)
    return NULL;

  parts = g_strsplit (text + 7, "|", -1);
  for (guint i = 1; parts[0] != NULL && parts[i] != NULL; i++)
    {
      if (strchr (parts[i], ':') != NULL)
        return NULL;
    }
  if (parts[0] == NULL)
    return NULL;

  secret = g_base64_decode (parts[0], &size);
  return size == length ? g_bytes_new_take (g_steal_pointer (&secret), size) : NULL;
}

/**
 * lia_srtp_key_parse:
 * @attribute: what follows `a=crypto:`, for example "1 AES_CM_128_HMAC_SHA1_80 inline:…"
 *
 * Returns: (transfer full) (nullable): the key, or %NULL when it is not one that we speak
 */
LiaSrtpKey *
lia_srtp_key_parse (const char *attribute)
{
  g_auto (GStrv) words = g_strsplit (attribute, " ", -1);
  guint64 tag;

  /* A fourth word is a session parameter; those change how packets are made, and may not be ignored. */
  if (g_strv_length (words) != 3 || !g_ascii_string_to_unsigned (words[0], 10, 1, 999999999, &tag, NULL))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (suites); i++)
    {
      g_autoptr (GBytes) secret = NULL;

      if (g_ascii_strcasecmp (words[1], suites[i].name) != 0)
        continue;
      secret = parse_inline (words[2], suites[i].length);
      return secret != NULL ? key_new ((guint)tag, i, g_steal_pointer (&secret)) : NULL;
    }

  return NULL;
}

/**
 * lia_srtp_key_to_attribute:
 * @self: a key
 *
 * Returns: (transfer full): the value of its `a=crypto` line
 */
char *
lia_srtp_key_to_attribute (const LiaSrtpKey *self)
{
  gsize            size;
  const guchar    *data = g_bytes_get_data (self->secret, &size);
  g_autofree char *base64 = g_base64_encode (data, size);

  return g_strdup_printf ("%u %s inline:%s", self->tag, self->suite, base64);
}

void
lia_srtp_key_free (LiaSrtpKey *self)
{
  g_bytes_unref (self->secret);
  g_free (self);
}
