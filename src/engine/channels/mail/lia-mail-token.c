/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-compose.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

/*
 * What leads an answer back to its conversation, and cannot be made up:
 *
 *   Message-ID     lia.<out16>.<id13>.<mac8>@domain     mac over "m" out16 id13
 *   reply address  local+r.<id13>.<mac8>@domain         mac over "r" id13
 *
 * id13 is the conversation as 64 bits, out16 80 random bits, mac8 the first 40 bits of HMAC-SHA256; all in Crockford's base 32, lower case,
 * because the case of addresses is not kept on the way. 40 bits are enough: there is no oracle but a mail a guess.
 */

#define ID_LENGTH 13
#define OUT_LENGTH 16
#define MAC_LENGTH 8

static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

static void
encode (guint64 value,
        char   *text,
        guint   length)
{
  for (guint i = length; i > 0; i--, value >>= 5)
    text[i - 1] = digits[value & 31];

  text[length] = '\0';
}

static gboolean
decode (const char *text,
        guint       length,
        guint64    *value)
{
  *value = 0;

  for (guint i = 0; i < length; i++)
    {
      const char *digit = text[i] != '\0' ? strchr (digits, g_ascii_tolower (text[i])) : NULL;

      if (digit == NULL || (i == 0 && length == ID_LENGTH && digit - digits > 15))
        return FALSE;

      *value = *value << 5 | (guint64)(digit - digits);
    }

  return TRUE;
}

static void
make_mac (GBytes     *key,
          const char *kind,
          const char *text,
          char       *mac)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, g_bytes_get_data (key, NULL), g_bytes_get_size (key));
  guint8  digest[32];
  gsize   length = sizeof digest;
  guint64 bits = 0;

  g_hmac_update (hmac, (const guchar *)kind, 1);
  g_hmac_update (hmac, (const guchar *)text, -1);
  g_hmac_get_digest (hmac, digest, &length);

  for (guint i = 0; i < 5; i++)
    bits = bits << 8 | digest[i];

  encode (bits, mac, MAC_LENGTH);
}

/* In constant time. */
static gboolean
mac_matches (GBytes     *key,
             const char *kind,
             const char *text,
             const char *mac)
{
  char  expected[MAC_LENGTH + 1];
  guint difference = 0;

  make_mac (key, kind, text, expected);

  for (guint i = 0; i < MAC_LENGTH; i++)
    difference |= (guint)expected[i] ^ (guint)g_ascii_tolower (mac[i]);

  return difference == 0;
}

/**
 * lia_mail_token_message_id:
 * @key: the store's key (lia_mail_store_key())
 * @domain: of the From address
 *
 * Returns: (transfer full): a new Message-ID without brackets; made once a message, when it is queued
 */
char *
lia_mail_token_message_id (GBytes     *key,
                           gint64      conversation_id,
                           const char *domain)
{
  g_autofree char *signed_text = NULL;
  guint64          random[2] = { 0 };
  char             out[OUT_LENGTH + 1];
  char             id[ID_LENGTH + 1];
  char             mac[MAC_LENGTH + 1];

  while (getrandom (random, sizeof random, 0) != sizeof random)
    g_assert (errno == EINTR);

  encode (random[0], out, OUT_LENGTH / 2);
  encode (random[1], out + OUT_LENGTH / 2, OUT_LENGTH / 2);
  encode ((guint64)conversation_id, id, ID_LENGTH);
  signed_text = g_strconcat (out, id, NULL);
  make_mac (key, "m", signed_text, mac);

  return g_strdup_printf ("lia.%s.%s.%s@%s", out, id, mac, domain);
}

/**
 * lia_mail_token_check_message_id:
 * @message_id: with or without brackets
 *
 * Returns: the conversation that this Message-ID of ours belongs to; 0 = not ours, or forged
 */
gint64
lia_mail_token_check_message_id (GBytes     *key,
                                 const char *message_id)
{
  g_autofree char *low = g_ascii_strdown (message_id, -1);
  const char      *p = *low == '<' ? low + 1 : low;
  g_autofree char *signed_text = NULL;
  guint64          id;

  if (!g_str_has_prefix (p, "lia.") || strlen (p += 4) < OUT_LENGTH + ID_LENGTH + MAC_LENGTH + 3 || p[OUT_LENGTH] != '.' ||
      p[OUT_LENGTH + 1 + ID_LENGTH] != '.' || p[OUT_LENGTH + ID_LENGTH + MAC_LENGTH + 2] != '@' ||
      !decode (p + OUT_LENGTH + 1, ID_LENGTH, &id))
    return 0;

  signed_text = g_strdup_printf ("%.*s%.*s", OUT_LENGTH, p, ID_LENGTH, p + OUT_LENGTH + 1);

  return mac_matches (key, "m", signed_text, p + OUT_LENGTH + ID_LENGTH + 2) && id <= G_MAXINT64 ? (gint64)id : 0;
}

/**
 * lia_mail_token_reply_address:
 * @mailbox: the mailbox's own address
 *
 * Returns: (transfer full) (nullable): the address with the conversation's token after a plus; NULL where the local part would become longer
 *   than RFC 5321 allows (64 bytes)
 */
char *
lia_mail_token_reply_address (GBytes     *key,
                              gint64      conversation_id,
                              const char *mailbox)
{
  const char *at = strrchr (mailbox, '@');
  char        id[ID_LENGTH + 1];
  char        mac[MAC_LENGTH + 1];

  if (at == NULL || at - mailbox + 4 + ID_LENGTH + MAC_LENGTH > 64)
    return NULL;

  encode ((guint64)conversation_id, id, ID_LENGTH);
  make_mac (key, "r", id, mac);

  return g_strdup_printf ("%.*s+r.%s.%s%s", (int)(at - mailbox), mailbox, id, mac, at);
}

/**
 * lia_mail_token_check_address:
 * @address: an address that a message was sent or delivered to
 *
 * Returns: the conversation its token names; 0 = no token, or a forged one
 */
gint64
lia_mail_token_check_address (GBytes     *key,
                              const char *address)
{
  g_autofree char *low = g_ascii_strdown (address, -1);
  const char      *at = strrchr (low, '@');
  const char      *token;
  char             signed_text[ID_LENGTH + 1];
  guint64          id;

  if (at == NULL || at - low < ID_LENGTH + MAC_LENGTH + 4)
    return 0;

  token = at - (ID_LENGTH + MAC_LENGTH + 4);

  if (strncmp (token, "+r.", 3) != 0 || token[3 + ID_LENGTH] != '.' || !decode (token + 3, ID_LENGTH, &id))
    return 0;

  memcpy (signed_text, token + 3, ID_LENGTH);
  signed_text[ID_LENGTH] = '\0';

  return mac_matches (key, "r", signed_text, token + 4 + ID_LENGTH) && id <= G_MAXINT64 ? (gint64)id : 0;
}
