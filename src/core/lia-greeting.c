/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-greeting.h"

#include <string.h>

/*
 * Whether a letter greets somebody else than whom it goes to, as it happens to who takes over another letter. A name is wrong when none of its
 * words is a word of any name that it could be; in doubt nothing is said: a warning that is wrong itself is not read the next time.
 */

#define MAX_WORDS 4

/* In small letters. "hello dear" and the like: all that stand one after the other are the greeting. */
static const char *const greetings[] = {
  "hello", "hi", "hey", "dear", "good morning", "good afternoon", "good evening", "greetings",                                                      /* English */
  "hallo", "guten tag", "guten morgen", "guten abend", "liebe", "lieber", "sehr geehrte", "sehr geehrter", "moin", "servus", "grüß gott", "grüezi", /* German */
  "bonjour", "bonsoir", "salut", "cher", "chère",                                                                                                   /* French */
  "hola", "buenos días", "buenas tardes", "estimado", "estimada", "querido", "querida",                                                             /* Spanish */
  "ciao", "buongiorno", "buonasera", "gentile", "caro", "cara", "egregio",                                                                          /* Italian */
  "olá", "bom dia", "boa tarde", "prezado", "prezada", "caro", "cara",                                                                              /* Portuguese */
  "goedemorgen", "goedemiddag", "goedendag", "beste", "geachte", "dag",                                                                             /* Dutch */
  "dzień dobry", "cześć", "szanowny", "szanowna",                                                                                                   /* Polish */
  "hej", "god morgon", "kära", "käre", "kjære", "kære",                                                                                             /* Swedish, Danish, Norwegian */
};

/* Titles stand before a name and are none */
static const char *const titles[] = {
  "mr",
  "mrs",
  "ms",
  "miss",
  "mx",
  "dr",
  "prof",
  "sir",
  "madam",
  "herr",
  "herrn",
  "frau",
  "monsieur",
  "madame",
  "mademoiselle",
  "señor",
  "señora",
  "sr",
  "sra",
  "don",
  "doña",
  "signor",
  "signora",
  "senhor",
  "senhora",
  "mevrouw",
  "meneer",
  "de heer",
  "pan",
  "pani",
  "panie",
};

/* So do these */
static const char *const fillers[] = { "again", "there", "dear" };

/* Who is greeted without a name. One of these, and nothing is known of whom it goes to. */
static const char *const nobody[] = {
  "all",
  "everybody",
  "everyone",
  "team",
  "support",
  "both",
  "together",
  "customer",
  "friend",
  "friends",
  "ladies",
  "gentlemen",
  "colleague",
  "colleagues",
  "sirs",
  "folks",
  "world",
  "alle",
  "allerseits",
  "zusammen",
  "kunde",
  "kundin",
  "kunden",
  "damen",
  "kollegen",
  "freunde",
  "leute",
  "tous",
  "toutes",
  "équipe",
  "client",
  "cliente",
  "messieurs",
  "todos",
  "todas",
  "equipo",
  "clientes",
  "tutti",
  "tutte",
  "squadra",
  "equipe",
  "pessoal",
  "allemaal",
  "klant",
  "wszyscy",
  "państwo",
  "alla",
  "kund",
  "and",
  "und",
  "et",
  "y",
  "e",
  "en",
};

static gboolean
is_letter (gunichar c)
{
  return g_unichar_isalpha (c) || g_unichar_ismark (c) || c == '-' || c == '\'' || c == 0x2019;
}

static gboolean
contains (const char *const *words,
          gsize              n_words,
          const char        *word)
{
  for (gsize i = 0; i < n_words; i++)
    if (strcmp (words[i], word) == 0)
      return TRUE;

  return FALSE;
}

/* The text behind @word, which ends there; NULL: it begins otherwise */
static const char *
skip_word (const char *folded,
           const char *word)
{
  const char *end = folded + strlen (word);

  return g_str_has_prefix (folded, word) && !is_letter (g_utf8_get_char (end)) ? end : NULL;
}

static const char *
skip_blanks (const char *at)
{
  while (*at == ' ' || *at == '\t' || *at == '.')
    at++;

  return at;
}

static const char *
skip_any (const char        *at,
          const char *const *words,
          gsize              n_words)
{
  for (gsize i = 0; i < n_words; i++)
    {
      const char *end = skip_word (at, words[i]);

      if (end != NULL)
        return skip_blanks (end);
    }

  return NULL;
}

/* Letters as they are compared: composed, without case; one for one with those of the line where that is so */
static char *
fold (const char *text)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);

  return composed != NULL ? g_utf8_strdown (composed, -1) : g_strdup ("");
}

/* Where the name begins and ends in the folded first line; FALSE: no greeting with a name */
static gboolean
find_name (const char  *line,
           const char **start,
           const char **end,
           gboolean    *titled)
{
  const char *at = skip_any (skip_blanks (line), greetings, G_N_ELEMENTS (greetings));
  const char *next;
  guint       n_words = 0;

  if (at == NULL)
    return FALSE;
  *titled = FALSE;
  while ((next = skip_any (at, greetings, G_N_ELEMENTS (greetings))) != NULL || (next = skip_any (at, fillers, G_N_ELEMENTS (fillers))) != NULL ||
         (next = skip_any (at, titles, G_N_ELEMENTS (titles))) != NULL)
    {
      *titled = skip_any (at, titles, G_N_ELEMENTS (titles)) != NULL;
      at = next;
    }

  *start = *end = at;
  while (is_letter (g_utf8_get_char (at)))
    {
      while (is_letter (g_utf8_get_char (at)))
        at = g_utf8_next_char (at);
      *end = at;
      n_words++;
      if (*at != ' ')
        break;
      at = skip_blanks (at);
    }

  /* A line that goes on is a sentence: "Hello, as I said …", "Dear me". */
  at = skip_blanks (*end);

  return n_words > 0 && n_words <= MAX_WORDS && (*at == '\0' || *at == ',' || *at == '!' || *at == ':');
}

/* Each word of a name begins with a capital, where there are capitals; particles do not. */
static gboolean
looks_like_name (const char *name)
{
  gunichar first = g_utf8_get_char (name);

  return !g_unichar_islower (first);
}

static gboolean
names_nobody (const char *folded)
{
  g_auto (GStrv) words = g_strsplit_set (folded, " -", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (contains (nobody, G_N_ELEMENTS (nobody), words[i]))
      return TRUE;

  return FALSE;
}

/**
 * lia_greeting_find:
 * @text: UTF-8
 *
 * Returns: (transfer full) (nullable): the name in the greeting of its first line; NULL when it greets nobody by name
 */
LiaGreeting *
lia_greeting_find (const char *text)
{
  const char      *line = text + strspn (text, "\n\r");
  g_autofree char *first = g_strndup (line, strcspn (line, "\n\r"));
  g_autofree char *folded = fold (first);
  g_autofree char *name = NULL;
  const char      *start, *end;
  gboolean         titled;
  LiaGreeting     *self;

  /* Places in the one are places in the other. */
  if (g_utf8_strlen (first, -1) != g_utf8_strlen (folded, -1) || !find_name (folded, &start, &end, &titled))
    return NULL;

  name = g_strndup (start, end - start);
  if (names_nobody (name))
    return NULL;
  self = g_new0 (LiaGreeting, 1);
  self->start = (guint)g_utf8_pointer_to_offset (folded, start);
  self->end = (guint)g_utf8_pointer_to_offset (folded, end);
  self->name = g_utf8_substring (first, self->start, self->end);
  self->titled = titled;
  self->start += (guint)(line - text);
  self->end += (guint)(line - text);
  if (looks_like_name (self->name))
    return self;
  lia_greeting_free (self);

  return NULL;
}

void
lia_greeting_free (LiaGreeting *self)
{
  g_free (self->name);
  g_free (self);
}

/* Without accents: "Jose" greets José. */
static char *
fold_bare (const char *text)
{
  g_autofree char *ascii = g_str_to_ascii (text, NULL);

  return strchr (ascii, '?') == NULL ? g_ascii_strdown (ascii, -1) : fold (text);
}

static GStrv
split (const char *name)
{
  g_autofree char *folded = fold_bare (name);

  return g_strsplit_set (folded, " -.,_'@+()\"0123456789", -1);
}

/* One begins with the other, as a short form does ("Alex", "Chris"), from three letters on. */
static gboolean
are_akin (const char *one,
          const char *other)
{
  gsize shorter = MIN (strlen (one), strlen (other));

  return strcmp (one, other) == 0 || (shorter >= 3 && strncmp (one, other, shorter) == 0);
}

static gboolean
share_word (GStrv one,
            GStrv other)
{
  for (guint i = 0; one[i] != NULL; i++)
    for (guint j = 0; *one[i] != '\0' && other[j] != NULL; j++)
      if (*other[j] != '\0' && are_akin (one[i], other[j]))
        return TRUE;

  return FALSE;
}

/**
 * lia_greeting_is_wrong:
 * @names: of all whom it may greet, and their addresses; ended by NULL. The first is the customer's
 *
 * Returns: whether it greets somebody else; FALSE where the customer has no name, or not that of a person
 */
gboolean
lia_greeting_is_wrong (const LiaGreeting *self,
                       const char *const *names)
{
  g_auto (GStrv) greeted = split (self->name);
  g_autofree char *right = names[0] != NULL ? lia_greeting_dup_right (self, names[0]) : NULL;

  if (right == NULL)
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_auto (GStrv) words = split (names[i]);

      if (share_word (greeted, words))
        return FALSE;
    }

  return TRUE;
}

static const char *const companies[] = { "gmbh", "ag", "kg", "ohg", "inc", "inc.", "ltd", "ltd.", "llc", "corp", "sa", "sarl", "sas", "srl", "spa", "bv", "ab", "oy", "as", "co", "e.v.", "company",
                                         "group", "support", "service", "team", "info", "office", "sales", "shop", "store", "gbr", "ug", "plc", "verein", "the", "customer", "unknown", "anonymous" };

/**
 * lia_greeting_dup_right:
 * @name: the customer's
 *
 * Returns: (transfer full) (nullable): what could stand there instead: as many names of the customer as are there now; NULL when @name is not
 *   that of a person, as far as one sees: one or two words and more, of letters, none of them as companies have them
 */
char *
lia_greeting_dup_right (const LiaGreeting *self,
                        const char        *name)
{
  g_autofree char *clean = g_strstrip (g_strdup (name));
  g_auto (GStrv) words = g_strsplit (clean, " ", -1);
  guint n = g_strv_length (words);

  if (n == 0 || n > MAX_WORDS || *words[0] == '\0')
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *folded = fold (words[i]);

      if (contains (companies, G_N_ELEMENTS (companies), folded) || !looks_like_name (words[0]))
        return NULL;
      for (const char *at = words[i]; *at != '\0'; at = g_utf8_next_char (at))
        if (!is_letter (g_utf8_get_char (at)) && *at != '.')
          return NULL;
    }

  return strchr (self->name, ' ') != NULL ? g_steal_pointer (&clean) : g_strdup (words[0]);
}
