/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which wording of a response a customer gets, and what is said to be missing. */

#include "lia-template-variant.h"

#define F LIA_TEMPLATE_FORMAL
#define I LIA_TEMPLATE_INFORMAL
#define A LIA_TEMPLATE_ANY_FORM
#define LANGUAGE LIA_TEMPLATE_MISSES_LANGUAGE
#define FORM LIA_TEMPLATE_MISSES_FORM
#define CHANNEL LIA_TEMPLATE_MISSES_CHANNEL

typedef struct
{
  const char        *name;
  LiaTemplateVariant variants[5];
  guint              n_variants;
  LiaTemplateVariant wanted;
  const char        *default_language;
  int                chosen;
  LiaTemplateMisses  misses;
} Case;

static const Case cases[] = {
  { "none", { { 0 } }, 0, { "de", F, "email" }, "en", -1, 0 },
  { "exact", { { "en", A, "" }, { "de", A, "" }, { "de-AT", A, "" } }, 3, { "de-AT", A, "" }, "en", 2, 0 },
  { "parent", { { "en", A, "" }, { "de-CH", A, "" }, { "de", A, "" } }, 3, { "de-AT", A, "" }, "en", 2, 0 },
  { "parent-of-script", { { "zh", A, "" }, { "zh-Hant", A, "" } }, 2, { "zh_hant_TW", A, "" }, "en", 1, 0 },
  { "cousin", { { "en", A, "" }, { "de-CH", A, "" } }, 2, { "de-AT", A, "" }, "en", 1, 0 },
  { "no-part-of-a-tag", { { "d", A, "" }, { "den", A, "" }, { "en", A, "" } }, 3, { "de", A, "" }, "en", 2, LANGUAGE },
  { "without-language", { { "en", A, "" }, { "", A, "" } }, 2, { "de", A, "" }, "en", 1, 0 },
  { "default", { { "fr", A, "" }, { "en", A, "" } }, 2, { "de", A, "" }, "en-GB", 1, LANGUAGE },
  { "any", { { "fr", A, "" }, { "it", A, "" } }, 2, { "de", A, "" }, "en", 0, LANGUAGE },
  { "unknown-customer", { { "fr", A, "" }, { "en", A, "" } }, 2, { NULL, A, NULL }, "en", 1, 0 },
  { "formal", { { "de", I, "" }, { "de", F, "" } }, 2, { "de", F, "" }, "en", 1, 0 },
  { "formal-any", { { "de", I, "" }, { "de", A, "" } }, 2, { "de", F, "" }, "en", 1, 0 },
  { "formal-missing", { { "en", F, "" }, { "de", I, "" } }, 2, { "de", F, "" }, "en", 1, FORM },
  { "channel", { { "de", A, "" }, { "de", A, "chat" }, { "de", A, "email" } }, 3, { "de", A, "chat" }, "en", 1, 0 },
  { "channel-any", { { "de", A, "chat" }, { "de", A, "" } }, 2, { "de", A, "email" }, "en", 1, 0 },
  { "channel-missing", { { "de", A, "chat" } }, 1, { "de", A, "email" }, "en", 0, CHANNEL },
  { "form-before-channel", { { "de", I, "email" }, { "de", F, "chat" } }, 2, { "de", F, "email" }, "en", 1, CHANNEL },
  { "language-before-all", { { "en", F, "email" }, { "de", I, "chat" } }, 2, { "de", F, "email" }, "en", 1, FORM | CHANNEL },
  { "first-of-equals", { { "de", A, "" }, { "de", A, "" } }, 2, { "de", A, "" }, "en", 0, 0 },
};

static void
test_case (gconstpointer data)
{
  const Case       *c = data;
  LiaTemplateMisses misses;

  g_assert_cmpint (lia_template_variant_choose (c->variants, c->n_variants, &c->wanted, c->default_language, &misses), ==, c->chosen);
  g_assert_cmpint (misses, ==, c->misses);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/template-variant/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
