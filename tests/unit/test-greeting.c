/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-greeting.h"

#include <locale.h>

/* The first line, and whom it greets; NULL: nobody by name */
static const struct
{
  const char *text;
  const char *name;
} greetings[] = {
  { "Hello Anna,\n\nyour order", "Anna" },
  { "Hi Anna!", "Anna" },
  { "hey Anna", "Anna" },
  { "Dear Ms. Lee,", "Lee" },
  { "Dear Anna Lee,", "Anna Lee" },
  { "Hello again Anna,", "Anna" },
  { "\nHello Anna:", "Anna" },
  { "Good morning Mr Jean-Luc O'Neill,", "Jean-Luc O'Neill" },
  { "Hallo Jürgen,", "Jürgen" },
  { "Guten Tag Frau Müller,", "Müller" },
  { "Sehr geehrter Herr Dr. Weiß,", "Weiß" },
  { "Liebe Anna,", "Anna" },
  { "Bonjour Madame Lefèvre,", "Lefèvre" },
  { "Chère Zoé,", "Zoé" },
  { "Estimada señora García,", "García" },
  { "Hola María,", "María" },
  { "Gentile signora Rossi,", "Rossi" },
  { "Olá João,", "João" },
  { "Beste Jan de Vries,", "Jan de Vries" },
  { "Dzień dobry Pani Anno,", "Anno" },
  { "Hej Åsa,", "Åsa" },
  { "Hello team,", NULL },
  { "Hello Team,", NULL },
  { "Hi all,", NULL },
  { "Hi there,", NULL },
  { "Hello,", NULL },
  { "Hello", NULL },
  { "Dear Sir or Madam,", NULL },
  { "Dear customer,", NULL },
  { "Sehr geehrte Damen und Herren,", NULL },
  { "Hallo zusammen,", NULL },
  { "Bonjour à tous,", NULL },
  { "Hola a todos,", NULL },
  { "Hi Anna and Bob,", NULL },
  { "Hello as I said yesterday the parcel is late", NULL },
  { "Hello Anna has written to us about it", NULL },
  { "Helloween is near,", NULL },
  { "Your order is on its way", NULL },
  { "Dear [Name],", NULL },
  { "Hello 4711,", NULL },
  { "", NULL },
};

static void
test_found (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (greetings); i++)
    {
      g_autoptr (LiaGreeting) greeting = lia_greeting_find (greetings[i].text);

      g_test_message ("%s", greetings[i].text);
      g_assert_cmpstr (greeting != NULL ? greeting->name : NULL, ==, greetings[i].name);
      if (greeting != NULL)
        {
          g_autofree char *there = g_utf8_substring (greetings[i].text, greeting->start, greeting->end);

          g_assert_cmpstr (there, ==, greeting->name);
        }
    }
}

/* @right: what to write instead; NULL: nothing is wrong */
static const struct
{
  const char *text;
  const char *customer;
  const char *other; /* who takes part, too */
  const char *right;
} cases[] = {
  { "Hello Anna,", "Maria Berg", NULL, "Maria" },
  { "Hello Anna Lee,", "Maria Berg", NULL, "Maria Berg" },
  { "Dear Ms Lee,", "Maria Berg", NULL, "Maria" },
  { "Hallo Jürgen,", "Maria Berg", "bob@example.com", "Maria" },
  { "Hello Maria,", "Maria Berg", NULL, NULL },
  { "Dear Mrs Berg,", "Maria Berg", NULL, NULL },
  { "Guten Tag Frau Berg,", "Maria Berg", NULL, NULL },
  { "Hello MARIA,", "maria berg", NULL, NULL },
  { "Hola Maria,", "María García", NULL, NULL },
  { "Hello Alex,", "Alexander Berg", NULL, NULL },
  { "Hello Anna,", "Maria Berg", "Anna Lee", NULL },
  { "Hello Anna,", "Maria Berg", "anna.lee@example.com", NULL },
  { "Hello Anna,", "Berg GmbH", NULL, NULL },
  { "Hello Anna,", "Example Ltd", NULL, NULL },
  { "Hello Anna,", "", NULL, NULL },
  { "Hello Anna,", "info@example.com", NULL, NULL },
  { "Hello Anna,", "+49 30 12345", NULL, NULL },
  { "Hello Anna,", "customer", NULL, NULL },
  { "Hello Иван,", "Мария Берг", NULL, "Мария" },
  { "Hello Мария,", "Мария Берг", NULL, NULL },
};

static void
test_wrong (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const names[] = { cases[i].customer, cases[i].other, NULL };
      g_autoptr (LiaGreeting) greeting = lia_greeting_find (cases[i].text);
      g_autofree char *right = NULL;

      g_test_message ("%s %s", cases[i].text, cases[i].customer);
      g_assert_nonnull (greeting);
      right = lia_greeting_is_wrong (greeting, names) ? lia_greeting_dup_right (greeting, cases[i].customer) : NULL;
      g_assert_cmpstr (right, ==, cases[i].right);
    }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/greeting/found", test_found);
  g_test_add_func ("/greeting/wrong", test_wrong);

  return g_test_run ();
}
