/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-sasl.h"

#include <string.h>

static const char *const all[] = { "LOGIN", "plain", "SCRAM-SHA-256", "XOAUTH2", NULL };

static char *
decode (const char *base64)
{
  gsize              length;
  g_autofree guchar *bytes = g_base64_decode (base64, &length);

  for (gsize i = 0; i < length; i++)
    {
      if (bytes[i] == '\0')
        bytes[i] = '|';
    }

  return g_strndup ((const char *)bytes, length);
}

static char *
answer (LiaSasl    *sasl,
        const char *challenge,
        GError    **error)
{
  g_autofree char *coded = g_base64_encode ((const guchar *)challenge, strlen (challenge));
  g_autofree char *reply = lia_sasl_answer (sasl, coded, error);

  return reply != NULL ? decode (reply) : NULL;
}

static LiaSasl *
scram (void)
{
  LiaSasl *sasl = lia_sasl_new (all, "user", "pencil", TRUE, NULL);

  g_assert_cmpstr (lia_sasl_get_mechanism (sasl), ==, "SCRAM-SHA-256");
  lia_sasl_set_nonce (sasl, "rOprNGfwEbeRWgbNEkqO");

  return sasl;
}

#define SERVER_FIRST "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"

/* RFC 7677 3 */
static void
test_scram (void)
{
  g_autoptr (LiaSasl) sasl = scram ();
  g_autofree char *initial = lia_sasl_get_initial (sasl);
  g_autofree char *first = decode (initial);
  g_autofree char *final = answer (sasl, SERVER_FIRST, NULL);

  g_assert_cmpstr (first, ==, "n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
  g_assert_cmpstr (final, ==, "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
  g_assert_false (lia_sasl_is_proven (sasl));
  g_autofree char *last = answer (sasl, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", NULL);
  g_assert_cmpstr (last, ==, "");
  g_assert_true (lia_sasl_is_proven (sasl));
}

static void
test_scram_refuses (void)
{
  static const char *const bad[] = { "r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                                     "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                                     "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1",
                                     "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=2000000000",
                                     "r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096",
                                     "m=x,r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=4096",
                                     "" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (LiaSasl) sasl = scram ();
      g_autoptr (GError) error = NULL;

      g_free (lia_sasl_get_initial (sasl));
      g_assert_null (answer (sasl, bad[i], &error));
      g_assert_error (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_AUTH);
    }

  g_autoptr (LiaSasl) sasl = scram ();
  g_autoptr (GError) error = NULL;
  g_free (lia_sasl_get_initial (sasl));
  g_free (answer (sasl, SERVER_FIRST, NULL));
  g_assert_null (answer (sasl, "v=AAAATRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", &error));
  g_assert_error (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_AUTH);
  g_assert_false (lia_sasl_is_proven (sasl));
}

static void
test_plain_and_login (void)
{
  static const char *const plain[] = { "LOGIN", "PLAIN", NULL };
  static const char *const login[] = { "LOGIN", NULL };
  g_autoptr (LiaSasl) first = lia_sasl_new (plain, "ann", "se cret", TRUE, NULL);
  g_autoptr (LiaSasl) second = lia_sasl_new (login, "ann", "se cret", TRUE, NULL);
  g_autofree char *initial = lia_sasl_get_initial (first);
  g_autofree char *text = decode (initial);
  g_autofree char *name = answer (second, "Username:", NULL);
  g_autofree char *password = answer (second, "Password:", NULL);

  g_assert_cmpstr (text, ==, "|ann|se cret");
  g_assert_null (lia_sasl_get_initial (second));
  g_assert_cmpstr (name, ==, "ann");
  g_assert_cmpstr (password, ==, "se cret");
  g_assert_null (answer (second, "More:", NULL));
}

static void
test_tokens (void)
{
  static const char *const both[] = { "XOAUTH2", "OAUTHBEARER", NULL };
  g_autoptr (LiaSasl) bearer = lia_sasl_new_token (both, "a,n", "tok", "imap.x", 993, TRUE, NULL);
  g_autoptr (LiaSasl) google = lia_sasl_new_token (all, "ann", "tok", "imap.x", 993, TRUE, NULL);
  g_autofree char *first = lia_sasl_get_initial (bearer);
  g_autofree char *second = lia_sasl_get_initial (google);
  g_autofree char *first_text = decode (first);
  g_autofree char *second_text = decode (second);

  g_assert_cmpstr (first_text, ==, "n,a=a=2Cn,\001host=imap.x\001port=993\001auth=Bearer tok\001\001");
  g_assert_cmpstr (second_text, ==, "user=ann\001auth=Bearer tok\001\001");
}

static void
test_insecure (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lia_sasl_new (all, "ann", "secret", FALSE, &error));
  g_assert_error (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_NO_TLS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sasl/scram", test_scram);
  g_test_add_func ("/sasl/scram-refuses", test_scram_refuses);
  g_test_add_func ("/sasl/plain-and-login", test_plain_and_login);
  g_test_add_func ("/sasl/tokens", test_tokens);
  g_test_add_func ("/sasl/insecure", test_insecure);

  return g_test_run ();
}
