/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which wording of a response a customer gets, and what is said to be missing. */

#include "lia-template-variant.h"

#define F LIA_CANNED_FORMALITY_FORMAL
#define I LIA_CANNED_FORMALITY_INFORMAL
#define A LIA_CANNED_FORMALITY_ANY
#define LANGUAGE LIA_TEMPLATE_MISSES_LANGUAGE
#define FORM LIA_TEMPLATE_MISSES_FORMALITY
#define CHANNEL LIA_TEMPLATE_MISSES_CHANNEL

typedef struct
{
  const char       *name;
  LiaTemplateWanted variants[5]; /* what each is for */
  guint             n_variants;
  LiaTemplateWanted wanted;
  const char       *default_language;
  int               chosen;
  LiaTemplateMisses misses;
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

static LiaCanned *
canned_new (const Case *c)
{
  LiaCanned *canned = lia_canned_new ();

  for (guint i = 0; i < c->n_variants; i++)
    {
      LiaCannedVariant *variant = lia_canned_variant_new ();

      g_set_str (&variant->language, c->variants[i].language);
      g_set_str (&variant->channel, c->variants[i].channel);
      variant->formality = c->variants[i].formality;
      g_ptr_array_add (canned->variants, variant);
    }

  return canned;
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (LiaCanned) canned = canned_new (c);
  LiaTemplateMisses misses;
  LiaCannedVariant *chosen = lia_template_variant_choose (canned, &c->wanted, c->default_language, &misses);

  g_assert_true (chosen == (c->chosen >= 0 ? g_ptr_array_index (canned->variants, c->chosen) : NULL));
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
