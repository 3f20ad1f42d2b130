/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Identities that a site's own server signs: a JWT (RFC 7519) in the compact form (RFC 7515 7.1) with HS256 (RFC 7518 3.2) and nothing else, so that
 * no header can talk us into another algorithm (RFC 8725 3.1). Only what is signed is looked at, and only after the signature. Pure.
 */

#include "lia-chat-jwt.h"

#include "lia-json.h"
#include "lia-problem.h"

#include <string.h>

#define MAX_TOKEN 4096
#define MAX_SUBJECT 200
#define MAX_TEXT 320
#define MAX_LIFE_S 3600
#define LEEWAY_S 60 /* two clocks */
#define MAC_BYTES 32

void
lia_chat_identity_free (LiaChatIdentity *self)
{
  g_free (self->subject);
  g_free (self->name);
  g_free (self->email);
  g_free (self);
}

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error (error, LIA_PROBLEM, LIA_PROBLEM_UNAUTHORIZED, "The identity is not believed: %s.", why);
  return FALSE;
}

static gboolean
is_base64url (const char *text)
{
  return *text != '\0' && strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == strlen (text) && strlen (text) % 4 != 1;
}

/* RFC 4648 5, without padding; NULL for anything else. */
static guchar *
decode (const char *text,
        gsize      *length)
{
  g_autoptr (GString) padded = NULL;

  if (!is_base64url (text))
    return NULL;
  padded = g_string_new (text);
  g_string_replace (padded, "-", "+", 0);
  g_string_replace (padded, "_", "/", 0);
  while (padded->len % 4 != 0)
    g_string_append_c (padded, '=');

  return g_base64_decode (padded->str, length);
}

static JsonObject *
decode_object (const char *text)
{
  gsize              length;
  g_autofree guchar *bytes = decode (text, &length);

  return bytes != NULL ? lia_json_parse ((const char *)bytes, length, MAX_TOKEN, NULL) : NULL;
}

/* In constant time. */
static gboolean
is_signed (const char *header,
           const char *payload,
           const char *signature,
           const char *secret)
{
  g_autofree char   *text = g_strconcat (header, ".", payload, NULL);
  gsize              length = 0;
  g_autofree guchar *given = decode (signature, &length);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *)secret, strlen (secret));
  guint8 mac[MAC_BYTES];
  gsize  mac_length = sizeof mac;
  guint  difference = 0;

  g_hmac_update (hmac, (const guchar *)text, strlen (text));
  g_hmac_get_digest (hmac, mac, &mac_length);
  if (given == NULL || length != MAC_BYTES)
    return FALSE;
  for (guint i = 0; i < MAC_BYTES; i++)
    difference |= (guint)mac[i] ^ (guint)given[i];

  return difference == 0;
}

static gboolean
check_header (const char    *header,
              const char    *payload,
              const char    *signature,
              LiaChatKeyFunc key,
              gpointer       data,
              GError       **error)
{
  g_autoptr (JsonObject) object = decode_object (header);
  const char *alg;
  const char *kid;
  const char *secret;

  if (object == NULL || !lia_json_str (object, "alg", LIA_JSON_REQUIRED, 16, &alg, NULL) || !lia_json_str (object, "kid", LIA_JSON_REQUIRED, 64, &kid, NULL))
    return refuse (error, "its header cannot be read");
  if (!g_str_equal (alg, "HS256") || json_object_has_member (object, "crit"))
    return refuse (error, "it is not signed with HS256");
  secret = key (kid, data);
  if (secret == NULL || !is_signed (header, payload, signature, secret))
    return refuse (error, "its signature is wrong");

  return TRUE;
}

static gboolean
check_times (JsonObject *claims,
             gint64      now_ms,
             GError    **error)
{
  gint64 now_s = now_ms / 1000;
  gint64 expires_s;
  gint64 issued_s;
  gint64 not_before_s;

  if (!lia_json_int (claims, "exp", LIA_JSON_REQUIRED, 0, G_MAXINT64, &expires_s, NULL) ||
      !lia_json_int (claims, "iat", LIA_JSON_REQUIRED, 0, G_MAXINT64, &issued_s, NULL) ||
      !lia_json_int (claims, "nbf", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &not_before_s, NULL))
    return refuse (error, "“exp” and “iat” are numbers of seconds");
  if (expires_s <= now_s)
    return refuse (error, "it has expired");
  if (issued_s > now_s + LEEWAY_S || not_before_s > now_s + LEEWAY_S)
    return refuse (error, "it is of the future");
  if (expires_s > now_s + MAX_LIFE_S + LEEWAY_S)
    return refuse (error, "it is good for more than an hour");

  return TRUE;
}

static LiaChatIdentity *
read_claims (JsonObject *claims,
             const char *audience,
             gint64      now_ms,
             GError    **error)
{
  LiaChatIdentity *identity;
  const char      *aud;
  const char      *sub;
  const char      *name = NULL;
  const char      *email = NULL;

  if (!lia_json_str (claims, "aud", LIA_JSON_REQUIRED, MAX_TEXT, &aud, NULL) || !g_str_equal (aud, audience))
    {
      refuse (error, "it is for another site");
      return NULL;
    }
  if (!check_times (claims, now_ms, error))
    return NULL;
  if (!lia_json_str (claims, "sub", LIA_JSON_REQUIRED, MAX_SUBJECT, &sub, NULL) || *sub == '\0' ||
      !lia_json_str (claims, "name", LIA_JSON_OPTIONAL, MAX_TEXT, &name, NULL) || !lia_json_str (claims, "email", LIA_JSON_OPTIONAL, MAX_TEXT, &email, NULL))
    {
      refuse (error, "it does not say who it is");
      return NULL;
    }

  identity = g_new0 (LiaChatIdentity, 1);
  identity->subject = g_strdup (sub);
  identity->name = g_strdup (name != NULL ? name : "");
  identity->email = g_strdup (email != NULL ? email : "");

  return identity;
}

/**
 * lia_chat_jwt_read:
 * @audience: the site's key, which `aud` has to be
 * @key: finds the secret that `kid` names
 *
 * Returns: (transfer full) (nullable): %LIA_PROBLEM_UNAUTHORIZED when it is not believed
 */
LiaChatIdentity *
lia_chat_jwt_read (const char    *token,
                   const char    *audience,
                   LiaChatKeyFunc key,
                   gpointer       data,
                   gint64         now_ms,
                   GError       **error)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (JsonObject) claims = NULL;

  if (strlen (token) > MAX_TOKEN)
    {
      refuse (error, "it is too long");
      return NULL;
    }
  parts = g_strsplit (token, ".", 4);
  if (g_strv_length (parts) != 3)
    {
      refuse (error, "it is no JWT");
      return NULL;
    }
  if (!check_header (parts[0], parts[1], parts[2], key, data, error))
    return NULL;
  claims = decode_object (parts[1]);
  if (claims == NULL)
    {
      refuse (error, "its claims cannot be read");
      return NULL;
    }

  return read_claims (claims, audience, now_ms, error);
}
