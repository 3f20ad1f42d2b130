/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes good responses at random and looks whether what must hold of any response still does (fuzz-template.c). */

#include "fuzz-template.h"
#include "lia-test-fuzz.h"

#include <string.h>

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
test_corpus (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (corpus); i++)
    {
      for (gsize length = 0; length <= strlen (corpus[i]); length++)
        LLVMFuzzerTestOneInput ((const guint8 *)corpus[i], length);
    }
}

static GByteArray *
make (GRand  *random,
      guint64 round)
{
  GString         *text = g_string_new (corpus[g_rand_int_range (random, 0, G_N_ELEMENTS (corpus))]);
  g_autofree char *shown = NULL;
  gsize            length;

  for (int n = g_rand_int_range (random, 1, 12); n > 0; n--)
    graft (text, random);
  for (int n = g_rand_int_range (random, 0, 4); n > 0; n--)
    change (text, random);

  shown = g_strescape (text->str, NULL);
  g_test_message ("%" G_GUINT64_FORMAT ": %s", round, shown);
  length = text->len;

  return g_byte_array_new_take ((guint8 *)g_string_free_and_steal (text), length);
}

int
main (int    argc,
      char **argv)
{
  static const LiaTestFuzz fuzz = { "template-fuzz", 3000, make, LLVMFuzzerTestOneInput };

  g_test_init (&argc, &argv, NULL);
  if (argc > 1)
    return test_fuzz_try_files (&fuzz, argv + 1) ? 0 : 2;

  g_test_add_func ("/template-fuzz/cut", test_corpus);
  test_fuzz_add (&fuzz);

  return g_test_run ();
}
