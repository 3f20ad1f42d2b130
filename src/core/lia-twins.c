/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-twins.h"

#include "lia-tokens.h"

#include <string.h>

/*
 * Texts that say nearly the same, among many. Each is the set of its sequences of three words (A. Broder, On the resemblance and containment of
 * documents, 1997). Of each set there are 36 smallest values under as many orders, which two sets share as often as they share elements; texts
 * that agree in one of twelve groups of three of them are compared as they are. So it takes a hundred thousand texts no longer per text than a
 * hundred. At a likeness of 0.6 that finds 95 pairs of 100, at 0.8 all but one of 1500.
 */

#define N_GROUPS 12
#define GROUP_SIZE 3
#define N_HASHES (N_GROUPS * GROUP_SIZE)
#define MAX_NEIGHBOURS 24 /* of one group: of a letter that is there a thousand times not every pair is told */
#define MAX_SHINGLES 2000

static guint64
mix (guint64 value)
{
  value ^= value >> 33;
  value *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  value ^= value >> 33;
  value *= G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);

  return value ^ (value >> 33);
}

static void
add_word (const LiaToken *token,
          gpointer        data)
{
  GArray *words = data;
  guint64 value = mix (g_str_hash (token->text) + 1);

  if (!token->tail && words->len < MAX_SHINGLES)
    g_array_append_val (words, value);
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  guint32 one = *(const guint32 *)a, other = *(const guint32 *)b;

  return one < other ? -1 : one > other;
}

/* guint32, each once and in order; a text of two words is one sequence */
static GArray *
make_shingles (const char *text)
{
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (guint64));
  GArray *shingles = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint   n = 0;

  lia_tokens_scan (text, strlen (text), add_word, words);
  for (guint i = 0; i < words->len && (i == 0 || i + 2 < words->len); i++)
    {
      guint64 value = 0;

      for (guint j = i; j < MIN (i + 3, words->len); j++)
        value = mix (value * 31 + g_array_index (words, guint64, j));
      g_array_append_vals (shingles, (guint32[]){ (guint32)value }, 1);
    }
  g_array_sort (shingles, compare_values);
  for (guint i = 0; i < shingles->len; i++)
    if (i == 0 || g_array_index (shingles, guint32, i) != g_array_index (shingles, guint32, n - 1))
      g_array_index (shingles, guint32, n++) = g_array_index (shingles, guint32, i);
  g_array_set_size (shingles, n);

  return shingles;
}

static void
find_groups (GArray *shingles,
             guint64 groups[N_GROUPS])
{
  guint32 least[N_HASHES];

  memset (least, 0xff, sizeof least);
  for (guint i = 0; i < shingles->len; i++)
    {
      guint64 value = mix (g_array_index (shingles, guint32, i));

      for (guint j = 0; j < N_HASHES; j++)
        {
          guint32 under = (guint32)(((value * (2 * j + 1)) ^ (value >> 32) * (j + 7)) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> 32);

          least[j] = MIN (least[j], under);
        }
    }
  for (guint i = 0; i < N_GROUPS; i++)
    {
      groups[i] = i;
      for (guint j = 0; j < GROUP_SIZE; j++)
        groups[i] = mix (groups[i] * 31 + least[i * GROUP_SIZE + j]);
    }
}

static double
compare (GArray *a,
         GArray *b)
{
  guint shared = 0, i = 0, j = 0;

  while (i < a->len && j < b->len)
    {
      guint32 one = g_array_index (a, guint32, i), other = g_array_index (b, guint32, j);

      shared += one == other;
      i += one <= other;
      j += other <= one;
    }

  return a->len + b->len > 0 ? (double)shared / (a->len + b->len - shared) : 0;
}

static int
compare_likeness (gconstpointer a,
                  gconstpointer b)
{
  const LiaTwins *one = a, *other = b;

  if (one->likeness != other->likeness)
    return one->likeness > other->likeness ? -1 : 1;

  return one->a != other->a ? (one->a < other->a ? -1 : 1) : one->b < other->b ? -1
                                                                               : one->b > other->b;
}

/* The texts before @index that fell into the same group, the newest of them, are compared with it, each once. */
static void
meet (GArray     *twins,
      GPtrArray  *sets,
      GHashTable *groups,
      guint64    *key,
      guint       index,
      GHashTable *met,
      double      least)
{
  GArray *there = g_hash_table_lookup (groups, key);

  if (there == NULL)
    {
      there = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (groups, g_memdup2 (key, sizeof *key), there);
    }
  for (guint i = there->len; i > 0 && there->len - i < MAX_NEIGHBOURS; i--)
    {
      guint    other = g_array_index (there, guint, i - 1);
      LiaTwins pair = { other, index, 0 };

      if (!g_hash_table_add (met, GUINT_TO_POINTER (other + 1)))
        continue;
      pair.likeness = compare (sets->pdata[other], sets->pdata[index]);
      if (pair.likeness >= least)
        g_array_append_val (twins, pair);
    }
  g_array_append_val (there, index);
}

/**
 * lia_twins_find:
 * @texts: UTF-8; an empty one is like no other
 * @least: the likeness from which on two are told, not below 0.5
 *
 * Touches nothing else, so that a thread can do it.
 *
 * Returns: (transfer full): of LiaTwins, the most alike first
 */
GArray *
lia_twins_find (const char *const *texts,
                guint              n_texts,
                double             least)
{
  g_autoptr (GPtrArray) sets = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_array_unref);
  GArray *twins = g_array_new (FALSE, FALSE, sizeof (LiaTwins));

  for (guint i = 0; i < n_texts; i++)
    {
      g_autoptr (GHashTable) met = g_hash_table_new (NULL, NULL);
      GArray *shingles = make_shingles (texts[i]);
      guint64 keys[N_GROUPS];

      g_ptr_array_add (sets, shingles);
      if (shingles->len == 0)
        continue;
      find_groups (shingles, keys);
      for (guint j = 0; j < N_GROUPS; j++)
        meet (twins, sets, groups, &keys[j], i, met, least);
    }
  g_array_sort (twins, compare_likeness);

  return twins;
}
