/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-variant.h"

#include <string.h>

/*
 * Which wording of a response a customer gets. The language weighs most, since in a wrong one nothing is understood; then the form of address,
 * then the channel. Something is always chosen, and what it lacks is said, so that the agent sees it before it is sent.
 *
 * A language is looked for as RFC 4647 §3.4 does: de-AT, then de; then the workspace's own language the same way; then a wording without a
 * language; then whatever there is. A wording of another country of the same language (de-CH for de-AT) is understood and comes after de.
 */

enum {
  RANK_WANTED, /* plus the subtags that had to be left out */
  RANK_COUSIN = 20,
  RANK_NEUTRAL = 30,
  RANK_DEFAULT = 40,
  RANK_DEFAULT_COUSIN = 60,
  RANK_OTHER = 80,
};

static gboolean
is_set (const char *text)
{
  return text != NULL && text[0] != '\0';
}

static char
plain (char c)
{
  return c == '_' ? '-' : g_ascii_tolower (c);
}

/* How many subtags of @wanted have to be left out to get @tag; -1 if that does not give it */
static int
left_out (const char *wanted,
          const char *tag)
{
  int n = 0;

  while (*tag != '\0' && plain (*wanted) == plain (*tag))
    {
      wanted++;
      tag++;
    }

  if (*tag != '\0' || (*wanted != '\0' && plain (*wanted) != '-'))
    return -1;

  for (; *wanted != '\0'; wanted++)
    n += plain (*wanted) == '-';

  return MIN (n, RANK_COUSIN - 1);
}

static gboolean
same_language (const char *a,
               const char *b)
{
  gsize n = strcspn (a, "-_");

  return n == strcspn (b, "-_") && g_ascii_strncasecmp (a, b, n) == 0;
}

static int
rank_language (const char *language,
               const char *wanted,
               const char *fallback)
{
  if (!is_set (language))
    return RANK_NEUTRAL;
  if (is_set (wanted) && left_out (wanted, language) >= 0)
    return RANK_WANTED + left_out (wanted, language);
  if (is_set (wanted) && same_language (wanted, language))
    return RANK_COUSIN;
  if (is_set (fallback) && left_out (fallback, language) >= 0)
    return RANK_DEFAULT + left_out (fallback, language);
  if (is_set (fallback) && same_language (fallback, language))
    return RANK_DEFAULT_COUSIN;

  return RANK_OTHER;
}

/* 0 = made for it, 1 = for any, 2 = for another one */
static int
rank_formality (LiaCannedFormality formality,
                LiaCannedFormality wanted)
{
  if (formality == wanted)
    return 0;

  return formality == LIA_CANNED_FORMALITY_ANY || wanted == LIA_CANNED_FORMALITY_ANY ? 1 : 2;
}

static int
rank_channel (const char *channel,
              const char *wanted)
{
  if (g_strcmp0 (is_set (channel) ? channel : "", is_set (wanted) ? wanted : "") == 0)
    return 0;

  return !is_set (channel) || !is_set (wanted) ? 1 : 2;
}

static int
rank_variant (const LiaCannedVariant  *variant,
              const LiaTemplateWanted *wanted,
              const char              *default_language)
{
  return rank_language (variant->language, wanted->language, default_language) * 9 + rank_formality (variant->formality, wanted->formality) * 3 +
         rank_channel (variant->channel, wanted->channel);
}

static LiaTemplateMisses
find_misses (const LiaCannedVariant  *variant,
             const LiaTemplateWanted *wanted,
             const char              *default_language)
{
  LiaTemplateMisses misses = 0;
  const char       *language = is_set (wanted->language) ? wanted->language : default_language;

  if (is_set (variant->language) && is_set (language) && !same_language (variant->language, language))
    misses |= LIA_TEMPLATE_MISSES_LANGUAGE;
  if (rank_formality (variant->formality, wanted->formality) == 2)
    misses |= LIA_TEMPLATE_MISSES_FORMALITY;
  if (rank_channel (variant->channel, wanted->channel) == 2)
    misses |= LIA_TEMPLATE_MISSES_CHANNEL;

  return misses;
}

/**
 * lia_template_variant_choose: (transfer none): the wording of @canned that fits best; of equal ones the first.
 * @wanted: what the conversation needs
 * @default_language: the workspace's, or NULL
 * @misses: (out): what the chosen one lacks; 0 = nothing
 *
 * Returns: NULL if there is none at all
 */
LiaCannedVariant *
lia_template_variant_choose (LiaCanned               *canned,
                             const LiaTemplateWanted *wanted,
                             const char              *default_language,
                             LiaTemplateMisses       *misses)
{
  LiaCannedVariant *best = NULL;
  int               best_rank = G_MAXINT;

  for (guint i = 0; i < canned->variants->len; i++)
    {
      LiaCannedVariant *variant = g_ptr_array_index (canned->variants, i);
      int               rank = rank_variant (variant, wanted, default_language);

      if (rank >= best_rank)
        continue;
      best = variant;
      best_rank = rank;
    }

  *misses = best != NULL ? find_misses (best, wanted, default_language) : 0;

  return best;
}
