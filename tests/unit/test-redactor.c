/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-redactor.h"

#include "lia-personal-checks.h"
#include "lia-test-redact.h"

#include <string.h>

static char *
redact (const char *text,
        gboolean    strict)
{
  g_autoptr (LiaRedactor) redactor = lia_redactor_new ("DE", strict);

  lia_redactor_add_person (redactor, LIA_PERSON_CUSTOMER, "Anna Müller");
  lia_redactor_add_person (redactor, LIA_PERSON_AGENT, "Jonas O'Neill");

  return lia_redactor_redact (redactor, text, NULL);
}

typedef struct
{
  const char *text;
  const char *redacted;
} Case;

static void
test_kinds (void)
{
  static const Case cases[] = {
    { "Write to ann.lee+x@example.co.uk, please.", "Write to [mail-1], please." },
    { "ann@example.com and ann@example.com, not bob@example.com", "[mail-1] and [mail-1], not [mail-2]" },
    { "IBAN DE89 3704 0044 0532 0130 00 please", "IBAN [iban-1] please" },
    { "DE89370400440532013001 is none", "DE89370400440532013001 is none" },
    { "card 4111 1111 1111 1111, order 4111 1111 1111 1112", "card [card-1], order 4111 1111 1111 1112" },
    { "from 203.0.113.7 and 2001:db8::7 to 127.0.0.1 and ::1", "from [ip-1] and [ip-2] to 127.0.0.1 and ::1" },
    { "Windows 10.0.22631.4317, version 4.2.1.12", "Windows 10.0.22631.4317, version 4.2.1.12" },
    { "call +49 30 901820-17 or 030 / 901 820 17", "call [phone-1] or [phone-2]" },
    { "on 12.03.2024 at 10:15 for 1.234,50 EUR", "on 12.03.2024 at 10:15 for 1.234,50 EUR" },
    { "ghp_0123456789abcdefABCDEF0123456789abcd", "[secret-1]" },
    { "https://u:p4ss@example.com/x?token=abc123def&page=2", "https://[secret-1]/x?token=[secret-2]&page=2" },
    { "password: hunter2!", "password: [secret-1]" },
    { "my password is wrong", "my password is wrong" },
    { "C:\\Users\\anna.m\\log.txt and /home/jm/x, /home/root/y", "C:\\Users\\[login-1]\\log.txt and /home/[login-2]/x, /home/root/y" },
    { "0x80070005, ERR-1042, com.example.Main, 1920x1080", "0x80070005, ERR-1042, com.example.Main, 1920x1080" },
    { "x\n-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\ny", "x\n[secret-1]\ny" },
    { "x\n-----BEGIN PRIVATE KEY-----\nMIIE", "x\n[secret-1]" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *redacted = redact (cases[i].text, FALSE);

      g_assert_cmpstr (redacted, ==, cases[i].redacted);
    }
}

/* Keys, passwords and names for logging in as they are told of in passing, in several languages, and what only looks so. */
static void
test_secrets_in_passing (void)
{
  static const Case cases[] = {
    { "Authorization: Basic YWxhZGRpbjpvcGVu", "Authorization: Basic [secret-1]" },
    { "mein altes Passwort war (Hund_2019)", "mein altes Passwort war ([secret-1])" },
    { "la clave de la wifi de invitados, verde-7-azul", "la clave de la wifi de invitados, [secret-1]" },
    { "the token expired, the new one is sk_9fQ2-nn1R-ApK8", "the token expired, the new one is [secret-1]" },
    { "db_password = correcthorse", "db_password = [secret-1]" },
    { "password = tea&rice", "password = [secret-1]" },
    { "password=${DB_PASSWORD}", "password=${DB_PASSWORD}" },
    { "Cookie: lang=de; visitor=f8a0c2d7", "Cookie: lang=de; visitor=[secret-1]" },
    { "Die TAN war 884 201, der Türcode ist 4711#", "Die TAN war [secret-1], der Türcode ist [secret-2]#" },
    { "the verification code fails since version 1042.1", "the verification code fails since version 1042.1" },
    { "https://shop.example/enter/kq-55Rz1-ppM9", "https://shop.example/enter/[secret-1]" },
    { "https://shop.example/p/iphone-15-Pro", "https://shop.example/p/iphone-15-Pro" },
    { "https://s.example/?lang=de&kod=fQ9-33nZ-q1", "https://s.example/?lang=de&kod=[secret-1]" },
    { "user = tmeier, retries = 3", "user = [login-1], retries = 3" },
    { "mon pseudo c'est toto-du-13", "mon pseudo c'est [login-1]" },
    { "the account fails. Why?", "the account fails. Why?" },
    { "sip:frossi@192.0.2.9:5060", "sip:[login-1]@[ip-1]:5060" },
    { "jm@build7:~$ make", "[login-1]@build7:~$ make" },
    { "T.C. 10000000146, order 10000000147", "T.C. [id-1], order 10000000147" },
    { "nr dowodu osobistego: ABC 123456", "nr dowodu osobistego: [id-1]" },
    { "Ausweisnr. L02X11T58", "Ausweisnr. [id-1]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *redacted = redact (cases[i].text, FALSE);

      g_assert_cmpstr (redacted, ==, cases[i].redacted);
    }
}

static void
test_people (void)
{
  static const Case cases[] = {
    { "Anna Müller wrote; ANNA MUELLER did not, but müller did", "[customer-1] wrote; [customer-1] MUELLER did not, but [customer-1] did" },
    { "Annas Konto und Müllers alter Drucker", "[customer-1] Konto und [customer-1] alter Drucker" },
    { "Hi Jonas, thanks", "Hi [agent-1], thanks" },
    { "Jonas O'Neill and Anna", "[agent-1] and [customer-1]" },
    { "Hello team, hi all, dear Sir or Madam", "Hello team, hi all, dear Sir or Madam" },
    { "Dear Mrs Carter,\nmy colleague Petra says hi. Petra knows.", "Dear Mrs [person-1],\nmy colleague [person-2] says hi. [person-2] knows." },
    { "It fails.\n\nKind regards\nTom Weber\n", "It fails.\n\nKind regards\n[person-1]\n" },
    { "The annals of mülleimer", "The annals of mülleimer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *redacted = redact (cases[i].text, FALSE);

      g_assert_cmpstr (redacted, ==, cases[i].redacted);
    }
}

/* Somebody whom one text greets is hidden in the other, and is the same person there. */
static void
test_texts_together (void)
{
  g_autoptr (LiaRedactor) redactor = lia_redactor_new (NULL, FALSE);
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  lia_redactor_read (redactor, "Invoice of Petra is wrong");
  lia_redactor_read (redactor, "Dear Petra,\nmail petra@example.com");
  title = lia_redactor_redact (redactor, "Invoice of Petra is wrong", NULL);
  body = lia_redactor_redact (redactor, "Dear Petra,\nmail petra@example.com", NULL);

  g_assert_cmpstr (title, ==, "Invoice of [person-1] is wrong");
  g_assert_cmpstr (body, ==, "Dear [person-1],\nmail [mail-1]");
}

static void
test_by_hand (void)
{
  g_autoptr (LiaRedactor) redactor = lia_redactor_new ("DE", FALSE);
  g_autofree char *redacted = NULL;

  lia_redactor_add_words (redactor, LIA_PERSONAL_WORDS, "bluebird");
  lia_redactor_keep (redactor, "+49 30 901820");
  redacted = lia_redactor_redact (redactor, "bluebird, bluebirds, hotline +49-30-901820, me +49 30 901821", NULL);

  g_assert_cmpstr (redacted, ==, "[words-1], bluebirds, hotline +49-30-901820, me [phone-1]");
}

static void
test_strict (void)
{
  g_autofree char *inside = redact ("https://example.com/x?page=2", FALSE);
  g_autofree char *public = redact ("https://example.com/x?page=2", TRUE);

  g_assert_cmpstr (inside, ==, "https://example.com/x?page=2");
  g_assert_cmpstr (public, ==, "https://example.com/x?[secret-1]");
}

/* The places say where, in the original and in the result; twice the same is the same. */
static void
test_places (void)
{
  static const char text[] = "Grüße an ann@example.com, +49 30 901820 und Müller";
  g_autoptr (LiaRedactor) redactor = lia_redactor_new ("DE", FALSE);
  g_autoptr (GArray) redactions = NULL;
  g_autofree char *redacted = NULL;
  g_autofree char *again = NULL;

  lia_redactor_add_person (redactor, LIA_PERSON_CUSTOMER, "Anna Müller");
  redacted = lia_redactor_redact (redactor, text, &redactions);
  again = lia_redactor_redact (redactor, text, NULL);

  g_assert_cmpstr (redacted, ==, again);
  g_assert_cmpuint (redactions->len, ==, 3);
  for (guint i = 0; i < redactions->len; i++)
    {
      const LiaRedaction *redaction = &g_array_index (redactions, LiaRedaction, i);

      g_assert_true (g_str_has_prefix (redacted + redaction->shown_start, redaction->placeholder));
      g_assert_cmpuint (redaction->start, <, redaction->end);
    }
  g_assert_cmpint (strncmp (text + g_array_index (redactions, LiaRedaction, 2).start, "Müller", strlen ("Müller")), ==, 0);
}

/* Anything at all goes through, and what was hidden is not found again. */
static void
test_random (void)
{
  static const char *const parts[] = { "ann@example.com", "@", ".", "+49 30 ", "901820", " ", "\n", "Dear ", "Anna", "Müller", "-----BEGIN PRIVATE KEY-----", "https://", "user:pw@", "?token=", "4111 1111 ",
                                       "1111 1111", "DE89", "é", "\u202e", "::", "192.168.0.", "7", "password: ", "x9!", "/home/", "-- \n", "Kind regards\n", "\r\n", "O'", "van der ", "12345 Ort" };

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GArray) redactions = NULL;
      g_autofree char *redacted = NULL;
      gsize            last = 0;
      guint            n = g_test_rand_int_range (1, 40);

      for (guint i = 0; i < n; i++)
        g_string_append (text, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);

      g_autoptr (LiaRedactor) redactor = lia_redactor_new ("DE", round % 2 == 0);
      lia_redactor_add_person (redactor, LIA_PERSON_CUSTOMER, "Anna Müller");
      redacted = lia_redactor_redact (redactor, text->str, &redactions);

      g_assert_true (g_utf8_validate (redacted, -1, NULL));
      for (guint i = 0; i < redactions->len; i++)
        {
          const LiaRedaction *redaction = &g_array_index (redactions, LiaRedaction, i);

          g_assert_cmpuint (redaction->start, >=, last);
          g_assert_cmpuint (redaction->end, <=, text->len);
          last = redaction->end;
        }
    }
}

/* Long lines without an end, which make bad patterns slow. */
static void
test_hostile_lengths (void)
{
  static const char *const units[] = { "a", "1 ", "@", "A", "a.", "://", "+1-", "Dear Ann ", "12-", "a:", "password ", "0", "\n", "Aa ", "(" };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *redacted = NULL;

      while (text->len < 20000)
        g_string_append (text, units[i]);
      redacted = redact (text->str, TRUE);
      g_assert_nonnull (redacted);
    }
}

static void
test_checks (void)
{
  static const char *const cards[] = { "4111111111111111", "5500 0000 0000 0004", "3782-822463-10005", "2223003122003222" };
  static const char *const ibans[] = { "DE89370400440532013000", "GB29 NWBK 6016 1331 9268 19", "FR1420041010050500013M02606", "PL61109010140000071219812874", "NO9386011117947" };

  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    g_assert_true (lia_personal_is_card (cards[i], 0, strlen (cards[i])));
  g_assert_false (lia_personal_is_card ("4111111111111112", 0, 16));
  g_assert_false (lia_personal_is_card ("0000000000000000", 0, 16));
  for (guint i = 0; i < G_N_ELEMENTS (ibans); i++)
    g_assert_true (lia_personal_is_iban (ibans[i], 0, strlen (ibans[i])));
  g_assert_false (lia_personal_is_iban ("DE8937040044053201300", 0, 21));
  g_assert_true (lia_personal_is_pesel ("44051401359", 0, 11));
  g_assert_false (lia_personal_is_pesel ("44051401358", 0, 11));
}

/* The corpus: no less than was found when this was written. Of the half that was not looked at. */
static void
test_corpus (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "fixtures", "redact", NULL);
  g_autoptr (GPtrArray) messages = redact_corpus_load (folder);
  g_autoptr (GHashTable) kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  RedactScore score = { 0 };

  for (guint i = 0; i < messages->len; i++)
    {
      const RedactMessage *message = g_ptr_array_index (messages, i);

      if (message->held_out)
        redact_message_score (message, &score, kinds, NULL);
    }

  g_assert_cmpuint (score.marked, >, 200);
  g_assert_cmpuint (score.hidden * 100 / score.marked, >=, 79);
  g_assert_cmpuint (score.right * 100 / score.shown_parts, >=, 87);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/redactor/kinds", test_kinds);
  g_test_add_func ("/redactor/secrets-in-passing", test_secrets_in_passing);
  g_test_add_func ("/redactor/people", test_people);
  g_test_add_func ("/redactor/texts-together", test_texts_together);
  g_test_add_func ("/redactor/by-hand", test_by_hand);
  g_test_add_func ("/redactor/strict", test_strict);
  g_test_add_func ("/redactor/places", test_places);
  g_test_add_func ("/redactor/random", test_random);
  g_test_add_func ("/redactor/hostile-lengths", test_hostile_lengths);
  g_test_add_func ("/redactor/checks", test_checks);
  g_test_add_func ("/redactor/corpus", test_corpus);

  return g_test_run ();
}
