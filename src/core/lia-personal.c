/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-personal.h"

#include "lia-fold.h"
#include "lia-personal-rules-private.h"
#include "lia-phone-number.h"

#include <string.h>

/*
 * What is personal by its own look, or by the words around it. Two tables of patterns, each with a check where the kind has one; telephone numbers
 * by libphonenumber besides. A text is looked through line by line, so that no pattern runs far; a line that is too intricate for one counts as
 * personal as a whole. To hide too much costs a look in the preview, to hide too little cannot be taken back.
 */

/* Longer lines are data that somebody pasted: looked at in pieces, so that no pattern runs far, that overlap by the longest thing we look for */
#define MAX_PIECE_BYTES 1000
#define OVERLAP_BYTES 200

typedef struct
{
  const char *text;
  const char *country;
  gboolean    strict;
  GArray     *found;  /* of LiaPersonal */
  gsize       offset; /* of the piece in which telephone numbers are looked for */
} Search;

static const char *const kind_names[] = { "words", "secret", "mail", "iban", "card", "ip", "phone", "id", "login", "name", "address", "signature" };

G_STATIC_ASSERT (G_N_ELEMENTS (kind_names) == LIA_N_PERSONAL_KINDS);

static GRegex **
compile (const LiaPersonalRule *rules,
         guint                  n_rules)
{
  GRegex **compiled = g_new (GRegex *, n_rules);

  for (guint i = 0; i < n_rules; i++)
    {
      compiled[i] = g_regex_new (rules[i].pattern, G_REGEX_OPTIMIZE | (rules[i].caseless ? G_REGEX_CASELESS : 0), 0, NULL);
      g_assert (compiled[i] != NULL);
    }

  return compiled;
}

static void
add (Search         *self,
     LiaPersonalKind kind,
     gsize           start,
     gsize           end)
{
  LiaPersonal personal = { start, end, kind };

  if (end > start)
    g_array_append_val (self->found, personal);
}

/* All of the line between @start and @end that the rule means. */
static void
apply_rule (Search                *self,
            const LiaPersonalRule *rule,
            const GRegex          *regex,
            gsize                  start,
            gsize                  end)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GError) error = NULL;
  int group = g_regex_get_capture_count (regex) > 0 ? 1 : 0;

  if (rule->strict && !self->strict)
    return;

  g_regex_match_full (regex, self->text + start, end - start, 0, 0, &match, &error);
  while (error == NULL && g_match_info_matches (match))
    {
      int from, to;

      if (g_match_info_fetch_pos (match, group, &from, &to) && from >= 0 && (rule->check == NULL || rule->check (self->text, start + from, start + to)))
        add (self, rule->kind, start + from, start + to);
      g_match_info_next (match, &error);
    }

  if (error != NULL)
    add (self, LIA_PERSONAL_WORDS, start, end);
}

static void
add_telephone (gsize    start,
               gsize    end,
               gpointer data)
{
  Search *self = data;

  add (self, LIA_PERSONAL_PHONE, self->offset + start, self->offset + end);
}

static void
find_telephones (Search *self,
                 gsize   start,
                 gsize   end)
{
  g_autofree char *piece = g_strndup (self->text + start, end - start);

  self->offset = start;
  lia_phone_number_find (piece, self->country, add_telephone, self);
}

static void
apply_rules (Search *self,
             gsize   start,
             gsize   end)
{
  static GRegex **numbers, **addresses;
  static gsize    once;

  if (g_once_init_enter (&once))
    {
      numbers = compile (lia_personal_number_rules, lia_n_personal_number_rules);
      addresses = compile (lia_personal_address_rules, lia_n_personal_address_rules);
      g_once_init_leave (&once, 1);
    }

  for (guint i = 0; i < lia_n_personal_number_rules; i++)
    apply_rule (self, &lia_personal_number_rules[i], numbers[i], start, end);
  for (guint i = 0; i < lia_n_personal_address_rules; i++)
    apply_rule (self, &lia_personal_address_rules[i], addresses[i], start, end);
  find_telephones (self, start, end);
}

/* At or before @at, where a character begins. */
static gsize
character_start (const char *text,
                 gsize       at)
{
  while (at > 0 && ((guchar)text[at] & 0xc0) == 0x80)
    at--;

  return at;
}

static void
search_line (Search *self,
             gsize   start,
             gsize   end)
{
  while (end - start > MAX_PIECE_BYTES)
    {
      gsize piece_end = character_start (self->text, start + MAX_PIECE_BYTES);

      apply_rules (self, start, piece_end);
      start = character_start (self->text, piece_end - OVERLAP_BYTES);
    }
  apply_rules (self, start, end);
}

static void
add_signatures (Search *self)
{
  g_autoptr (GArray) folds = lia_fold_find (self->text, NULL);

  for (guint i = 0; i < folds->len; i++)
    {
      const LiaFold *fold = &g_array_index (folds, LiaFold, i);

      if (fold->kind == LIA_FOLD_SIGNATURE)
        add (self, LIA_PERSONAL_SIGNATURE, fold->start, fold->end);
    }
}

/* "-----BEGIN RSA PRIVATE KEY-----" with all up to its end (RFC 7468), or up to the end of the text where somebody cut it off */
static void
add_private_keys (Search *self)
{
  const char *begin = self->text;

  while ((begin = strstr (begin, "-----BEGIN ")) != NULL)
    {
      const char *title_end = strstr (begin + strlen ("-----BEGIN "), "-----");
      const char *end = strstr (begin, "-----END ");
      const char *stop = end != NULL ? strstr (end + strlen ("-----END "), "-----") : NULL;

      stop = stop != NULL ? stop + strlen ("-----") : self->text + strlen (self->text);
      if (title_end != NULL && g_strstr_len (begin, title_end - begin, "PRIVATE KEY") != NULL)
        add (self, LIA_PERSONAL_SECRET, begin - self->text, stop - self->text);
      begin = stop;
    }
}

const char *
lia_personal_kind_to_string (LiaPersonalKind kind)
{
  g_return_val_if_fail ((guint)kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

/**
 * lia_personal_find:
 * @text: UTF-8, of any length and hostile
 * @country: (nullable): where telephone numbers without a country code are read, ISO 3166
 * @strict: for what becomes public: also whole queries of links
 * @found: (element-type LiaPersonal): appended to, in no order and overlapping
 *
 * Finds what is personal by how it looks. Names are lia_personal_find_names()'s.
 */
void
lia_personal_find (const char *text,
                   const char *country,
                   gboolean    strict,
                   GArray     *found)
{
  Search search = { text, country, strict, found, 0 };
  gsize  length = strlen (text);

  for (gsize start = 0; start < length;)
    {
      const char *newline = memchr (text + start, '\n', length - start);
      gsize       end = newline != NULL ? (gsize)(newline - text) : length;

      search_line (&search, start, end);
      start = end + 1;
    }

  add_private_keys (&search);
  add_signatures (&search);
}
