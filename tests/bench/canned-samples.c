/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "canned-samples.h"

#include <math.h>
#include <stdlib.h>

#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
#define N_NAMES 4000
#define N_BODY_WORDS 40

static GStrv
read_lines (const char *folder,
            const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error))
    g_error ("%s", error->message);

  return g_strsplit (text, "\n", -1);
}

static gboolean
is_row (const char *line)
{
  return line[0] != '\0' && line[0] != '#';
}

static LiaCanned *
make_response (const char *shortcut,
               const char *title,
               const char *aliases,
               const char *tags,
               const char *language,
               double      uses,
               const char *body,
               gint64      now_ms)
{
  LiaCanned        *canned = lia_canned_new ();
  LiaCannedVariant *variant = lia_canned_variant_new ();

  g_set_str (&canned->id, shortcut);
  g_set_str (&canned->shortcut, shortcut);
  g_set_str (&canned->title, title);
  g_strfreev (canned->aliases);
  canned->aliases = aliases[0] != '\0' ? g_strsplit (aliases, ";", -1) : g_new0 (char *, 1);
  g_strfreev (canned->tags);
  canned->tags = g_strsplit (tags, ",", -1);
  canned->team_use = (LiaCannedUse){ uses, now_ms - DAY_MS };
  g_set_str (&variant->language, language);
  g_set_str (&variant->body, body);
  g_ptr_array_add (canned->variants, variant);

  return canned;
}

/** canned_samples_load: Returns: (transfer full): the LiaCanned of the fixtures, written by hand */
GPtrArray *
canned_samples_load (const char *folder,
                     gint64      now_ms)
{
  GPtrArray *responses = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) lines = read_lines (folder, "responses.tsv");

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);

      if (is_row (lines[i]))
        g_ptr_array_add (responses, make_response (cells[0], cells[1], cells[2], cells[3], cells[4], atof (cells[5]), cells[6], now_ms));
    }

  return responses;
}

/* Syllables of a consonant and a vowel: a company has its own names for things. */
static char *
make_name (guint number)
{
  static const char consonants[] = "bcdfghjklmnpqrstvwxyz";
  static const char vowels[] = "aeiou";
  const guint       n = (sizeof consonants - 1) * (sizeof vowels - 1);
  GString          *name = g_string_new (NULL);

  for (guint left = number * 7919 + n * n; left > 0; left /= n)
    {
      g_string_append_c (name, consonants[left % n % (sizeof consonants - 1)]);
      g_string_append_c (name, vowels[left % n / (sizeof consonants - 1)]);
    }

  return g_string_free_and_steal (name);
}

/* Rank by Zipf's law. */
static guint
draw (GRand *random,
      guint  n)
{
  return MIN (n - 1, (guint)(pow (n, g_rand_double (random)) - 1));
}

static char *
make_body (GRand      *random,
           GPtrArray  *names,
           const char *title)
{
  static const char *const common[] = { "you", "the", "to", "your", "we", "and", "please", "is", "it", "in", "of", "can", "for", "with", "our", "this", "that", "on", "will", "have", "order", "account", "page", "open", "button", "press", "send", "us", "mail", "number", "device", "days", "then", "again", "settings", "choose", "if", "not", "after", "customer", "service", "thank", "sorry", "help", "receive", "contact", "team", "information", "problem", "payment" };
  GString                 *body = g_string_new (title);

  for (guint i = 0; i < N_BODY_WORDS; i++)
    {
      const char *word = g_rand_int_range (random, 0, 5) > 0 ? common[draw (random, G_N_ELEMENTS (common))] : g_ptr_array_index (names, draw (random, names->len));

      g_string_append_printf (body, " %s", word);
    }

  return g_string_free_and_steal (body);
}

static char *
make_title (GRand     *random,
            GPtrArray *names)
{
  static const char *const subjects[] = { "Replacement filter", "Charging cable", "Mounting bracket", "Remote control", "Water tank", "Cleaning brush", "Power adapter", "Display module", "Door sensor", "Licence key", "Training course", "Spare blade", "Carrying case", "Memory card", "Docking station", "Keyboard layout", "Printer driver", "Colour calibration", "Temperature alarm", "Motion detector", "Cooling fan", "Coffee grinder", "Steam nozzle", "Battery pack", "Wall mount", "Ink cartridge", "Backup job", "Calendar sync", "Report export", "User import" };
  static const char *const actions[] = { "installing", "not recognised", "cleaning", "ordering", "compatible models", "technical data", "noise", "broken", "adjusting", "replacing", "missing", "safety notice", "first steps", "storage", "disposal", "error code", "calibrating", "availability", "instructions", "leaking" };
  const char              *name = g_ptr_array_index (names, draw (random, names->len));
  const char              *subject = subjects[g_rand_int_range (random, 0, G_N_ELEMENTS (subjects))];
  const char              *action = actions[g_rand_int_range (random, 0, G_N_ELEMENTS (actions))];

  if (g_rand_boolean (random))
    return g_strdup_printf ("%s %s: %s", name, subject, action);

  return g_strdup_printf ("%s %s (%s %d)", subject, action, name, g_rand_int_range (random, 1, 40) * 50);
}

/** canned_samples_fill: adds responses of a large company, always the same, until there are @n. */
void
canned_samples_fill (GPtrArray *responses,
                     guint      n,
                     gint64     now_ms)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < N_NAMES; i++)
    g_ptr_array_add (names, make_name (i));

  while (responses->len < n)
    {
      g_autofree char *title = make_title (random, names);
      g_autofree char *shortcut = g_strdup_printf ("%s%u", (char *)g_ptr_array_index (names, draw (random, names->len)), responses->len);
      g_autofree char *body = make_body (random, names, title);
      g_autofree char *alias = g_strdup_printf ("%s %s", (char *)g_ptr_array_index (names, draw (random, names->len)), (char *)g_ptr_array_index (names, draw (random, names->len)));
      double           uses = pow (60, g_rand_double (random)) - 1;

      g_ptr_array_add (responses, make_response (shortcut, title, alias, "product,technical", "en", uses, body, now_ms));
    }
}

static void
case_clear (gpointer data)
{
  CannedCase *one = data;

  g_free (one->typed);
  g_strfreev (one->right);
  g_free (one->kind);
}

/** canned_samples_cases: Returns: (transfer full): the CannedCase of the fixtures, judged by hand */
GArray *
canned_samples_cases (const char *folder)
{
  GArray *cases = g_array_new (FALSE, FALSE, sizeof (CannedCase));
  g_auto (GStrv) lines = read_lines (folder, "queries.tsv");

  g_array_set_clear_func (cases, case_clear);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);

      if (is_row (lines[i]))
        g_array_append_vals (cases, &(CannedCase){ g_strdup (cells[0]), g_strsplit (cells[1], "|", -1), g_strdup (cells[2]) }, 1);
    }

  return cases;
}

static void
intent_clear (gpointer data)
{
  CannedIntent *one = data;

  g_free (one->use);
  g_free (one->intent);
  g_free (one->text);
}

/** canned_samples_intents: Returns: (transfer full): the CannedIntent of a public set */
GArray *
canned_samples_intents (const char *folder,
                        const char *name)
{
  GArray *intents = g_array_new (FALSE, FALSE, sizeof (CannedIntent));
  g_auto (GStrv) lines = read_lines (folder, name);

  g_array_set_clear_func (intents, intent_clear);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);

      if (is_row (lines[i]))
        g_array_append_vals (intents, &(CannedIntent){ g_strdup (cells[0]), g_strdup (cells[1]), g_strdup (cells[2]) }, 1);
    }

  return intents;
}
