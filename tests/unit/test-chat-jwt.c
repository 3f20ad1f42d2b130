/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-chat-jwt.h"
#include "lia-problem.h"

#include <string.h>

#define SECRET "0123456789abcdef0123456789abcdef"
#define NOW_S G_GINT64_CONSTANT (1795334400)

static const char *
find_key (const char *kid,
          gpointer    data)
{
  return g_str_equal (kid, "k1") ? SECRET : NULL;
}

static char *
encode (const guchar *bytes,
        gsize         length)
{
  char *text = g_base64_encode (bytes, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';

  return text;
}

static char *
sign (const char *header,
      const char *claims,
      const char *secret)
{
  g_autofree char *first = encode ((const guchar *)header, strlen (header));
  g_autofree char *second = encode ((const guchar *)claims, strlen (claims));
  g_autofree char *text = g_strconcat (first, ".", second, NULL);
  g_autofree char *third = NULL;
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *)secret, strlen (secret));
  guint8 mac[32];
  gsize  length = sizeof mac;

  g_hmac_update (hmac, (const guchar *)text, strlen (text));
  g_hmac_get_digest (hmac, mac, &length);
  third = encode (mac, length);

  return g_strconcat (text, ".", third, NULL);
}

static LiaChatIdentity *
read_token (const char *token)
{
  return lia_chat_jwt_read (token, "shop", find_key, NULL, NOW_S * 1000, NULL);
}

#define HEADER "{\"alg\":\"HS256\",\"kid\":\"k1\"}"
#define CLAIMS(more) "{\"sub\":\"4711\"," more "}"
#define GOOD CLAIMS ("\"aud\":\"shop\",\"iat\":1795334400,\"exp\":1795334700,\"name\":\"Ann\",\"email\":\"ann@example.com\"")

static void
test_good (void)
{
  g_autofree char *token = sign (HEADER, GOOD, SECRET);
  g_autoptr (LiaChatIdentity) identity = read_token (token);

  g_assert_nonnull (identity);
  g_assert_cmpstr (identity->subject, ==, "4711");
  g_assert_cmpstr (identity->name, ==, "Ann");
  g_assert_cmpstr (identity->email, ==, "ann@example.com");
}

/* Each is signed with the right secret but for what is named. */
static void
test_refused (void)
{
  static const struct
  {
    const char *header;
    const char *claims;
    const char *secret;
  } cases[] = {
    { HEADER, GOOD, "another secret of thirty-two bytes" },
    { "{\"alg\":\"none\",\"kid\":\"k1\"}", GOOD, SECRET },
    { "{\"alg\":\"hs256\",\"kid\":\"k1\"}", GOOD, SECRET },
    { "{\"alg\":\"HS512\",\"kid\":\"k1\"}", GOOD, SECRET },
    { "{\"alg\":5,\"kid\":\"k1\"}", GOOD, SECRET },
    { "{\"alg\":\"HS256\"}", GOOD, SECRET },
    { "{\"alg\":\"HS256\",\"kid\":\"k2\"}", GOOD, SECRET },
    { "{\"alg\":\"HS256\",\"kid\":\"k1\",\"crit\":[\"exp\"]}", GOOD, SECRET },
    { "{}{}", GOOD, SECRET },
    { HEADER, "[]", SECRET },
    { HEADER, CLAIMS ("\"aud\":\"other\",\"iat\":1795334400,\"exp\":1795334700"), SECRET },
    { HEADER, CLAIMS ("\"iat\":1795334400,\"exp\":1795334700"), SECRET },
    { HEADER, CLAIMS ("\"aud\":\"shop\",\"iat\":1795334400"), SECRET },
    { HEADER, CLAIMS ("\"aud\":\"shop\",\"exp\":1795334700"), SECRET },
    { HEADER, CLAIMS ("\"aud\":\"shop\",\"iat\":1795334000,\"exp\":1795334400"), SECRET },
    { HEADER, CLAIMS ("\"aud\":\"shop\",\"iat\":1795334500,\"exp\":1795334700"), SECRET },
    { HEADER, CLAIMS ("\"aud\":\"shop\",\"iat\":1795334400,\"nbf\":1795334500,\"exp\":1795334700"), SECRET },
    { HEADER, CLAIMS ("\"aud\":\"shop\",\"iat\":1795334400,\"exp\":1795340000"), SECRET },
    { HEADER, CLAIMS ("\"aud\":\"shop\",\"iat\":1795334400,\"exp\":\"1795334700\""), SECRET },
    { HEADER, "{\"aud\":\"shop\",\"iat\":1795334400,\"exp\":1795334700}", SECRET },
    { HEADER, "{\"sub\":\"\",\"aud\":\"shop\",\"iat\":1795334400,\"exp\":1795334700}", SECRET },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *token = sign (cases[i].header, cases[i].claims, cases[i].secret);
      g_autoptr (GError) error = NULL;

      g_test_message ("%u: %s %s", i, cases[i].header, cases[i].claims);
      g_assert_null (lia_chat_jwt_read (token, "shop", find_key, NULL, NOW_S * 1000, &error));
      g_assert_error (error, LIA_PROBLEM, LIA_PROBLEM_UNAUTHORIZED);
    }
}

/* Cut, lengthened or changed at any place it is none. */
static void
test_damaged (void)
{
  g_autofree char *token = sign (HEADER, GOOD, SECRET);

  for (gsize i = 0; i < strlen (token); i++)
    {
      g_autofree char *cut = g_strndup (token, i);
      g_autofree char *changed = g_strdup (token);
      g_autoptr (LiaChatIdentity) identity = NULL;

      g_assert_null (read_token (cut));
      changed[i] = changed[i] == 'A' ? 'B' : 'A';
      identity = read_token (changed);
      /* The last character has bits that count for nothing. */
      g_assert_true (identity == NULL || i == strlen (token) - 1);
    }
  {
    g_autofree char *longer = g_strconcat (token, ".x", NULL);
    g_autofree char *padded = g_strconcat (token, "=", NULL);

    g_assert_null (read_token (longer));
    g_assert_null (read_token (padded));
    g_assert_null (read_token (""));
    g_assert_null (read_token (".."));
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chat-jwt/good", test_good);
  g_test_add_func ("/chat-jwt/refused", test_refused);
  g_test_add_func ("/chat-jwt/damaged", test_damaged);

  return g_test_run ();
}
