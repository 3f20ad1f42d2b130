/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-sasl.h"

#include <string.h>

/*
 * Pure: challenges in, answers out, both as text (the transports do base64). A login over a connection that is not verified TLS cannot even be
 * begun. Secrets are wiped when it is over.
 */

#define HASH_BYTES 32
#define MIN_ITERATIONS 4096   /* RFC 7677 */
#define MAX_ITERATIONS 300000 /* a server must not make us compute for long */

typedef enum {
  MECHANISM_SCRAM_SHA_256,
  MECHANISM_PLAIN,
  MECHANISM_LOGIN,
  MECHANISM_OAUTHBEARER,
  MECHANISM_XOAUTH2,
} Mechanism;

static const char *const mechanism_names[] = { "SCRAM-SHA-256", "PLAIN", "LOGIN", "OAUTHBEARER", "XOAUTH2" };

struct _LiaSasl
{
  Mechanism mechanism;
  char     *login;
  char     *secret;
  char     *host;
  guint     port;
  guint     step;
  char     *nonce;
  char     *first_bare;                   /* SCRAM: our first message */
  guint8    server_signature[HASH_BYTES]; /* SCRAM: what the server must answer */
  gboolean  proven;
};

static gboolean
offers (const char *const *offered,
        const char        *name)
{
  for (; offered != NULL && *offered != NULL; offered++)
    {
      if (g_ascii_strcasecmp (*offered, name) == 0)
        return TRUE;
    }

  return FALSE;
}

static LiaSasl *
choose (const char *const *offered,
        Mechanism          first,
        Mechanism          last,
        const char        *login,
        const char        *secret,
        gboolean           secure,
        GError           **error)
{
  if (!secure)
    {
      g_set_error_literal (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_NO_TLS, "a password is never sent over a connection that is not encrypted");
      return NULL;
    }
  if (strlen (login) > 1024 || strlen (secret) > 64 * 1024)
    {
      g_set_error_literal (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_AUTH, "the name or the password is too long");
      return NULL;
    }
  for (guint i = first; i <= last; i++)
    {
      if (offers (offered, mechanism_names[i]))
        {
          LiaSasl *self = g_new0 (LiaSasl, 1);
          self->mechanism = i;
          self->login = g_strdup (login);
          self->secret = g_strdup (secret);
          self->proven = i != MECHANISM_SCRAM_SHA_256;
          return self;
        }
    }
  g_set_error_literal (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_AUTH, "the server offers no way to log in that we know");

  return NULL;
}

/**
 * lia_sasl_new:
 * @offered: the mechanisms that the server offers
 * @secure: whether the connection is encrypted and the server is verified; nothing is sent otherwise
 *
 * Begins a login with a password.
 */
LiaSasl *
lia_sasl_new (const char *const *offered,
              const char        *login,
              const char        *password,
              gboolean           secure,
              GError           **error)
{
  return choose (offered, MECHANISM_SCRAM_SHA_256, MECHANISM_LOGIN, login, password, secure, error);
}

/** lia_sasl_new_token: begins a login with an OAuth access token. */
LiaSasl *
lia_sasl_new_token (const char *const *offered,
                    const char        *login,
                    const char        *token,
                    const char        *host,
                    guint              port,
                    gboolean           secure,
                    GError           **error)
{
  LiaSasl *self = choose (offered, MECHANISM_OAUTHBEARER, MECHANISM_XOAUTH2, login, token, secure, error);

  if (self != NULL)
    {
      self->host = g_strdup (host);
      self->port = port;
    }

  return self;
}

/** lia_sasl_set_nonce: for the test vectors of RFC 7677; else it is random. */
void
lia_sasl_set_nonce (LiaSasl    *self,
                    const char *nonce)
{
  g_free (self->nonce);
  self->nonce = g_strdup (nonce);
}

const char *
lia_sasl_get_mechanism (LiaSasl *self)
{
  return mechanism_names[self->mechanism];
}

static void
hmac_sha256 (const guint8 *key,
             gsize         key_length,
             const guint8 *data,
             gsize         length,
             guint8        digest[HASH_BYTES])
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, key_length);
  gsize digest_length = HASH_BYTES;

  g_hmac_update (hmac, data, length);
  g_hmac_get_digest (hmac, digest, &digest_length);
}

static void
sha256 (const guint8 *data,
        gsize         length,
        guint8        digest[HASH_BYTES])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize digest_length = HASH_BYTES;

  g_checksum_update (checksum, data, length);
  g_checksum_get_digest (checksum, digest, &digest_length);
}

/* Hi() of RFC 5802: PBKDF2 with one block. */
static void
salted_password (const char   *password,
                 const guint8 *salt,
                 gsize         salt_length,
                 guint         iterations,
                 guint8        result[HASH_BYTES])
{
  gsize              length = strlen (password);
  g_autofree guint8 *first = g_malloc (salt_length + 4);
  guint8             block[HASH_BYTES];
  g_autoptr (GHmac) keyed = g_hmac_new (G_CHECKSUM_SHA256, (const guint8 *)password, length);

  memcpy (first, salt, salt_length);
  memcpy (first + salt_length, "\0\0\0\1", 4);
  hmac_sha256 ((const guint8 *)password, length, first, salt_length + 4, block);
  memcpy (result, block, HASH_BYTES);
  for (guint i = 1; i < iterations; i++)
    {
      g_autoptr (GHmac) round = g_hmac_copy (keyed);
      gsize digest_length = HASH_BYTES;

      g_hmac_update (round, block, HASH_BYTES);
      g_hmac_get_digest (round, block, &digest_length);
      for (guint b = 0; b < HASH_BYTES; b++)
        result[b] ^= block[b];
    }
}

/* SASLprep (RFC 4013), the part that passwords in use need: one normal form. */
static char *
prepare (const char *text)
{
  char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);

  return normal != NULL ? normal : g_strdup (text);
}

static char *
scram_name (const char *login)
{
  g_autofree char *prepared = prepare (login);
  g_autoptr (GString) name = g_string_new (prepared);

  g_string_replace (name, "=", "=3D", 0);
  g_string_replace (name, ",", "=2C", 0);

  return g_string_free (g_steal_pointer (&name), FALSE);
}

static char *
scram_first (LiaSasl *self)
{
  g_autofree char *name = scram_name (self->login);

  if (self->nonce == NULL)
    {
      g_autofree char *uuid_a = g_uuid_string_random ();
      g_autofree char *uuid_b = g_uuid_string_random ();
      self->nonce = g_strconcat (uuid_a, uuid_b, NULL);
    }
  g_free (self->first_bare);
  self->first_bare = g_strdup_printf ("n=%s,r=%s", name, self->nonce);

  return g_strconcat ("n,,", self->first_bare, NULL);
}

/* The value of attribute @key in "a=1,b=2", or NULL. */
static char *
scram_value (const char *message,
             char        key)
{
  g_auto (GStrv) parts = g_strsplit (message, ",", 32);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (parts[i][0] == key && parts[i][1] == '=')
        return g_strdup (parts[i] + 2);
    }

  return NULL;
}

static char *
fail (GError    **error,
      const char *message)
{
  g_set_error_literal (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_AUTH, message);
  return NULL;
}

/* The client's final message of RFC 5802, and what the server has to prove with. */
static char *
scram_prove (LiaSasl      *self,
             const char   *server_first,
             const char   *nonce,
             const guint8 *salt,
             gsize         salt_length,
             guint         iterations)
{
  g_autofree char *password = prepare (self->secret);
  g_autofree char *without_proof = g_strdup_printf ("c=biws,r=%s", nonce);
  g_autofree char *signed_text = g_strconcat (self->first_bare, ",", server_first, ",", without_proof, NULL);
  guint8           salted[HASH_BYTES], client_key[HASH_BYTES], stored_key[HASH_BYTES], signature[HASH_BYTES], server_key[HASH_BYTES];

  salted_password (password, salt, salt_length, iterations, salted);
  hmac_sha256 (salted, HASH_BYTES, (const guint8 *)"Client Key", strlen ("Client Key"), client_key);
  sha256 (client_key, HASH_BYTES, stored_key);
  hmac_sha256 (stored_key, HASH_BYTES, (const guint8 *)signed_text, strlen (signed_text), signature);
  hmac_sha256 (salted, HASH_BYTES, (const guint8 *)"Server Key", strlen ("Server Key"), server_key);
  hmac_sha256 (server_key, HASH_BYTES, (const guint8 *)signed_text, strlen (signed_text), self->server_signature);
  for (guint i = 0; i < HASH_BYTES; i++)
    client_key[i] ^= signature[i];

  g_autofree char *proof = g_base64_encode (client_key, HASH_BYTES);
  explicit_bzero (salted, sizeof salted);
  explicit_bzero (client_key, sizeof client_key);
  explicit_bzero (password, strlen (password));

  return g_strdup_printf ("%s,p=%s", without_proof, proof);
}

static char *
scram_final (LiaSasl    *self,
             const char *challenge,
             GError    **error)
{
  g_autofree char *nonce = scram_value (challenge, 'r');
  g_autofree char *salt_text = scram_value (challenge, 's');
  g_autofree char *count = scram_value (challenge, 'i');
  guint64          iterations;
  gsize            salt_length = 0;

  if (nonce == NULL || salt_text == NULL || count == NULL || challenge[0] == 'm')
    return fail (error, "the server's login message is broken");
  if (!g_str_has_prefix (nonce, self->nonce) || strlen (nonce) == strlen (self->nonce))
    return fail (error, "the server answered somebody else's login");
  if (!g_ascii_string_to_unsigned (count, 10, MIN_ITERATIONS, MAX_ITERATIONS, &iterations, NULL))
    return fail (error, "the server asks for too weak or too long a proof");

  g_autofree guint8 *salt = g_base64_decode (salt_text, &salt_length);
  if (salt_length == 0 || salt_length > 1024)
    return fail (error, "the server's login message is broken");

  return scram_prove (self, challenge, nonce, salt, salt_length, iterations);
}

/* The server proves that it knows the password, too: else somebody may stand between us. */
static char *
scram_check (LiaSasl    *self,
             const char *challenge,
             GError    **error)
{
  g_autofree char   *given = scram_value (challenge, 'v');
  gsize              length = 0;
  g_autofree guint8 *signature = given != NULL ? g_base64_decode (given, &length) : NULL;

  if (length != HASH_BYTES || memcmp (signature, self->server_signature, HASH_BYTES) != 0)
    return fail (error, "name or password are wrong, or the server could not prove that it knows them");
  self->proven = TRUE;

  return g_strdup ("");
}

static char *
token_message (LiaSasl *self)
{
  if (self->mechanism == MECHANISM_XOAUTH2)
    return g_strdup_printf ("user=%s\001auth=Bearer %s\001\001", self->login, self->secret);

  g_autofree char *name = scram_name (self->login);
  return g_strdup_printf ("n,a=%s,\001host=%s\001port=%u\001auth=Bearer %s\001\001", name, self->host, self->port, self->secret);
}

static char *
encode (const char *text,
        gsize       length)
{
  return g_base64_encode ((const guint8 *)text, length);
}

/**
 * lia_sasl_get_initial:
 *
 * Returns: (nullable): our first message in base64, or NULL when the server has to speak first
 */
char *
lia_sasl_get_initial (LiaSasl *self)
{
  g_autofree char *message = NULL;
  gsize            login_length = strlen (self->login);
  gsize            secret_length = strlen (self->secret);

  switch (self->mechanism)
    {
    case MECHANISM_LOGIN:
      return NULL;
    case MECHANISM_PLAIN:
      message = g_malloc0 (login_length + secret_length + 3);
      memcpy (message + 1, self->login, login_length);
      memcpy (message + 2 + login_length, self->secret, secret_length);
      return encode (message, login_length + secret_length + 2);
    case MECHANISM_SCRAM_SHA_256:
      message = scram_first (self);
      break;
    case MECHANISM_OAUTHBEARER:
    case MECHANISM_XOAUTH2:
    default:
      message = token_message (self);
      break;
    }

  return encode (message, strlen (message));
}

/**
 * lia_sasl_answer:
 * @challenge: what the server sent, in base64
 *
 * Returns: (transfer full): our answer in base64; NULL with %LIA_MAIL_ERROR_AUTH, and then the login has to be broken off
 */
char *
lia_sasl_answer (LiaSasl    *self,
                 const char *challenge,
                 GError    **error)
{
  gsize              length = 0;
  g_autofree guchar *raw = g_base64_decode (challenge, &length);
  g_autofree char   *text = g_strndup ((const char *)raw, length);
  g_autofree char   *answer = NULL;
  guint              step = self->step++;

  switch (self->mechanism)
    {
    case MECHANISM_LOGIN:
      if (step > 1)
        return fail (error, "the server asks for more than a name and a password");
      return encode (step == 0 ? self->login : self->secret, strlen (step == 0 ? self->login : self->secret));
    case MECHANISM_PLAIN:
      if (step > 0)
        return fail (error, "the server asks for more than a name and a password");
      return lia_sasl_get_initial (self); /* the server does not take it with the command */
    case MECHANISM_SCRAM_SHA_256:
      if (self->first_bare == NULL)
        {
          self->step = 0;
          return lia_sasl_get_initial (self);
        }
      answer = step == 0 ? scram_final (self, text, error) : step == 1 ? scram_check (self, text, error)
                                                                       : fail (error, "the server's login message is broken");
      return answer != NULL ? encode (answer, strlen (answer)) : NULL;
    case MECHANISM_OAUTHBEARER:
    case MECHANISM_XOAUTH2:
    default:
      return encode ("\001", 1); /* an error in JSON: a dummy answer brings the real one (RFC 7628 3.2.3) */
    }
}

/** lia_sasl_is_proven: FALSE while the server still owes its own proof; its success must then not be believed. */
gboolean
lia_sasl_is_proven (LiaSasl *self)
{
  return self->proven;
}

void
lia_sasl_free (LiaSasl *self)
{
  if (self->secret != NULL)
    explicit_bzero (self->secret, strlen (self->secret));
  g_free (self->secret);
  g_free (self->login);
  g_free (self->host);
  g_free (self->nonce);
  g_free (self->first_bare);
  g_free (self);
}
