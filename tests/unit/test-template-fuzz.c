/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Changes good responses at random and looks whether what must hold of any response still does (fuzz-template.c). The seeds are fixed, so a
 * failure comes again; LIAISON_FUZZ_ROUNDS says how many changed responses each seed gets. With files as arguments it tries these instead.
 */

#include "fuzz-template.h"

#include <glib.h>
#include <string.h>

#define SEEDS 4
#define ROUNDS 3000

static const char *const corpus[] = {
  "Hello {{customer.first_name|there}},\n\nyour order {{ask \"Order number\" number}} leaves {{today + 3 days as weekday}}.\n",
  "{{greeting}}\nDear {{customer.company|customer.name|\"Sir or Madam\"}},\n{{end}}\n\nBody\n\n{{farewell}}\nYours\n{{agent.name}}\n{{end}}\n",
  "{{if conversation.language is de and not customer.phone or queue.waiting > 5}}\na\n{{else if conversation.tags has vip}}b{{else}}\n\n{{end}}\n\nc",
  "A {{choose \"Reason\": broken / \"lost/late\" | broken}} {{if \"Reason\" is broken}}x{{end}} {{optional \"Note\"}}\n{{ask \"When\" date as short date}}\n{{end}}.",
  "{{\"{{x}}\"}} {{verbatim}}\n{{#each}} {{end }} a { { } }} {{“„«»”}}",
  "Grüße, ça va ? 日本 \xf0\x9f\x99\x82 {{customer.name|}} , {{customer.phone|}}\r\n\r\n{{now.hour}}{{conversation.due - 10000 years}}\n",
  "{{optional \"a\"}}{{optional \"b\"}}{{if \"a\"}}{{ask \"c\" | d}}{{end}}{{end}}{{end}} {{conversation.due as time}}{{conversation.tags}}",
};

static const char *const pieces[] = {
  "{{",
  "}}",
  "{",
  "}",
  "\"",
  "“",
  "”",
  "|",
  "/",
  ":",
  " ",
  "\n",
  "\r\n",
  "\\",
  "\xff",
  "\xc3",
  "{{end}}",
  "{{else}}",
  "{{if ",
  "{{ask \"x\"}}",
  "{{optional \"y\"}}",
  "{{verbatim}}",
  "{{greeting}}",
  "{{farewell}}",
  "customer.name",
  "today",
  " as ",
  " is ",
  " + 1 months",
  "not ",
  " and ",
  " or ",
  ">=",
  "99999999999999999999",
  "-99999999999999999999",
  " 0.0000001",
  " 1e-300",
  "2026-02-30",
  "\u00a0",
  "\u202e",
  "{{\"{{\"}}",
  "{{customer.name|}}",
};

/* Well formed, so that what is grafted on is evaluated, too */
static const char *const grafts[] = {
  "{{customer.phone}}",
  "{{customer.phone|}}",
  "{{customer.name|}} ",
  " {{issue.key|}},",
  "\n{{issue.key|}}\n",
  "{{issue.key|customer.email|\"\\\\ \\\"\"}}",
  "{{today - 3 weeks as day}}",
  "{{conversation.due + 2 hours as time|soon}}",
  "{{ask \"x\"}}",
  "{{ask \"n\" number | 2.5}}",
  "{{ask \"d\" date as weekday}}",
  "{{choose \"c\": a / \"b / c\"}}",
  "{{optional \"o\"}}{{end}}",
  "\n{{optional \"p\"}}\n \n{{end}}\n",
  "{{if customer.phone}}a{{end}}",
  "\n  {{if agent.name and not issue.key or now.hour >= 12}}  \r\n{{else}}\nb\n{{end}}\n\n",
  "{{\"}}\"}}",
  "{{verbatim}}\n}}{{\n{{end}}",
  " ",
  "\n",
  "\n\n",
  "!",
  "ü",
};

static void
graft (GString *text,
       GRand   *random)
{
  const char *piece = grafts[g_rand_int_range (random, 0, G_N_ELEMENTS (grafts))];
  gsize       at = (gsize)g_rand_int_range (random, 0, (int)text->len + 1);
  const char *end = strstr (text->str + at, "}}");

  g_string_insert (text, end != NULL ? end - text->str + 2 : 0, piece);
}

static void
change (GString *text,
        GRand   *random)
{
  gsize       at = (gsize)g_rand_int_range (random, 0, (int)text->len + 1);
  gsize       most = (gsize)g_rand_int_range (random, 0, 12);
  gsize       n = MIN (most, text->len - at);
  const char *other = corpus[g_rand_int_range (random, 0, G_N_ELEMENTS (corpus))];
  gsize       from = (gsize)g_rand_int_range (random, 0, (int)strlen (other));

  switch (g_rand_int_range (random, 0, 5))
    {
    case 0:
      g_string_erase (text, (gssize)at, (gssize)n);
      break;

    case 1:
      g_string_insert (text, (gssize)at, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      break;

    case 2:
      g_string_insert_len (text, (gssize)at, other + from, g_rand_int_range (random, 0, (int)(strlen (other) - from) + 1));
      break;

    case 3:
      if (at < text->len)
        text->str[at] = (char)g_rand_int_range (random, 1, 256);
      break;

    case 4:
    default:
      g_string_truncate (text, text->len - n);
      break;
    }
}

static void
try_one (const char *text,
         gsize       length)
{
  LLVMFuzzerTestOneInput ((const guint8 *)text, length);
}

static void
test_corpus (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (corpus); i++)
    {
      for (gsize length = 0; length <= strlen (corpus[i]); length++)
        try_one (corpus[i], length);
    }
}

static void
test_seed (gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (GPOINTER_TO_UINT (data));
  const char *setting = g_getenv ("LIAISON_FUZZ_ROUNDS");
  guint64     rounds = setting != NULL ? g_ascii_strtoull (setting, NULL, 10) : ROUNDS;

  for (guint64 round = 0; round < rounds; round++)
    {
      g_autoptr (GString) text = g_string_new (corpus[g_rand_int_range (random, 0, G_N_ELEMENTS (corpus))]);

      g_autofree char *shown = NULL;

      for (int n = g_rand_int_range (random, 1, 12); n > 0; n--)
        graft (text, random);
      for (int n = g_rand_int_range (random, 0, 4); n > 0; n--)
        change (text, random);

      shown = g_strescape (text->str, NULL);
      g_test_message ("%" G_GUINT64_FORMAT ": %s", round, shown);
      try_one (text->str, text->len);
    }
}

static int
try_files (char **files)
{
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *text = NULL;
      gsize            length;

      if (!g_file_get_contents (files[i], &text, &length, NULL))
        return 2;
      try_one (text, length);
    }

  return 0;
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc > 1)
    return try_files (argv + 1);

  g_test_add_func ("/template-fuzz/cut", test_corpus);
  for (guint seed = 1; seed <= SEEDS; seed++)
    {
      g_autofree char *path = g_strdup_printf ("/template-fuzz/seed-%u", seed);

      g_test_add_data_func (path, GUINT_TO_POINTER (seed), test_seed);
    }

  return g_test_run ();
}
