/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-test-redact.h"

#include <stdio.h>
#include <string.h>

/*
 * How much personal data the redactor finds, and how much else it hides, over a corpus that was marked by hand: recall is the part of the marked
 * places of which no letter is left, precision the part of the hidden places that touch a marked one. The held-out half was not looked at while
 * the rules were made. "redact-bench FOLDER misses" lists what goes wrong in the other half.
 */

static double
percent (guint part,
         guint whole)
{
  return whole > 0 ? 100.0 * part / whole : 100.0;
}

static void
print_score (const char        *name,
             const RedactScore *score)
{
  printf ("  %-12s recall %5.1f %% of %4u   precision %5.1f %% of %4u\n", name, percent (score->hidden, score->marked), score->marked,
          percent (score->right, score->shown_parts), score->shown_parts);
}

static void
measure (GPtrArray  *messages,
         const char *language,
         gboolean    held_out,
         gboolean    list_kinds,
         GString    *misses)
{
  g_autoptr (GHashTable) kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) names = NULL;
  RedactScore total = { 0 };

  for (guint i = 0; i < messages->len; i++)
    {
      const RedactMessage *message = g_ptr_array_index (messages, i);

      if (message->held_out == held_out && (language == NULL || strcmp (message->language, language) == 0))
        redact_message_score (message, &total, kinds, misses);
    }
  print_score (language != NULL ? language : "all", &total);

  names = g_hash_table_get_keys_as_ptr_array (kinds);
  g_ptr_array_sort_values (names, (GCompareFunc)strcmp);
  for (guint i = 0; i < names->len && list_kinds; i++)
    print_score (g_ptr_array_index (names, i), g_hash_table_lookup (kinds, g_ptr_array_index (names, i)));
}

int
main (int    argc,
      char **argv)
{
  static const char *const languages[] = { "de", "en", "es", "fr", "it", "nl", "pl", "pt", "sv", "tr" };
  g_autoptr (GPtrArray) messages = redact_corpus_load (argc > 1 ? argv[1] : "tests/fixtures/redact");
  g_autoptr (GString) misses = g_string_new (NULL);
  gint64 begun;
  gsize  n_bytes = 0;

  for (guint half = 0; half < 2; half++)
    {
      printf ("%s\n", half == 1 ? "held-out half" : "the half the rules were made with");
      for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
        measure (messages, languages[i], half == 1, FALSE, NULL);
      measure (messages, NULL, half == 1, TRUE, half == 0 ? misses : NULL);
    }

  begun = g_get_monotonic_time ();
  for (guint i = 0; i < messages->len; i++)
    {
      const RedactMessage *message = g_ptr_array_index (messages, i);
      g_autoptr (LiaRedactor) redactor = redact_message_redactor (message);
      g_autofree char *redacted = lia_redactor_redact (redactor, message->text, NULL);

      n_bytes += strlen (message->text);
    }
  printf ("%u messages, %.1f kB: %.2f ms each\n", messages->len, n_bytes / 1e3, (g_get_monotonic_time () - begun) / 1e3 / messages->len);

  if (argc > 2 && strcmp (argv[2], "misses") == 0)
    fputs (misses->str, stdout);

  return 0;
}
