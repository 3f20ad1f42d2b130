/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-redactor.h"

#include "lia-tokens.h"

#include <string.h>

/*
 * Takes out of texts what says who somebody is. One redactor stands for all the texts that leave together, so that the same person is the same
 * placeholder in each of them. It knows whom it was told of and whom it read of: somebody greeted in one mail is hidden in all the others.
 *
 * Same text, same people, same order: same result, byte by byte. What was previewed can therefore be made again and compared.
 */

/* Endings that a name gets in a sentence: "Annas", "Kowalskiego". Letters behind a stem of at least MIN_STEM. */
#define MAX_ENDING 3
#define MIN_STEM 4

typedef struct
{
  LiaPersonRole role;
  guint         number; /* of its role, from 1; 0 = not shown yet */
} Person;

/* A word of somebody's name; shorter by its last vowel it is a stem, which counts only with an ending */
typedef struct
{
  Person  *person;
  gboolean whole;
} NameWord;

struct _LiaRedactor
{
  GObject parent_instance;

  char       *country;
  gboolean    strict;
  GPtrArray  *persons;      /* of Person */
  GHashTable *name_words;   /* char* folded -> NameWord */
  GPtrArray  *words;        /* of char*: hidden wherever they stand; their kinds beside */
  GArray     *word_kinds;   /* of LiaPersonalKind */
  GHashTable *kept;         /* set of char*, folded: not personal, whatever they look like */
  GHashTable *placeholders; /* char* kind and folded value -> char* placeholder */
  guint       counts[LIA_N_PERSONAL_KINDS];
  guint       role_counts[LIA_PERSON_OTHER + 1];
};

G_DEFINE_FINAL_TYPE (LiaRedactor, lia_redactor, G_TYPE_OBJECT)

static const char *const role_names[] = { "customer", "agent", "person" };

G_STATIC_ASSERT (G_N_ELEMENTS (role_names) == LIA_PERSON_OTHER + 1);

/* Parts of names that are as good as any other words */
static const char *const particles[] = { "van", "von", "vom", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "do", "du", "des", "la", "le", "las", "los", "el", "al",
                                         "bin", "ibn", "ben", "ter", "ten", "te", "und", "and", "y", "zu", "mr", "mrs", "ms", "dr", "prof", "frau", "herr", "jr", "sr", "af", "av", "i" };

/* First and last names that are words too: only with a capital, and not where each sentence has one */
static const char *const everyday[] = { "may", "will", "mark", "grant", "rose", "bill", "grace", "hope", "joy", "faith", "art", "drew", "chase", "pat", "rob", "sue", "jack", "frank", "dean", "long",
                                        "king", "young", "white", "black", "brown", "green", "gray", "small", "little", "good", "best", "price", "page", "field", "wood", "hand", "day", "ring", "read", "case",
                                        "klein", "gross", "lang", "kurz", "weiss", "schwarz", "braun", "jung", "alt", "neu", "reich", "stark", "gut", "engel", "koch", "bauer", "winter", "sommer",
                                        "petit", "grand", "blanc", "noir", "roi", "bon", "pierre", "blanco", "rey", "luz", "sol", "mar", "cruz", "rossi", "bianco", "fiore", "pace", "rosa", "viola", "alba",
                                        "wilk", "maj", "lis", "can", "deniz", "umut", "bank", "lima", "costa", "berg", "lind" };

static gboolean
is_one_of (const char        *word,
           const char *const *list,
           guint              n)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (word, list[i]) == 0)
      return TRUE;

  return FALSE;
}

static void
lia_redactor_finalize (GObject *object)
{
  LiaRedactor *self = LIA_REDACTOR (object);

  g_clear_pointer (&self->country, g_free);
  g_clear_pointer (&self->persons, g_ptr_array_unref);
  g_clear_pointer (&self->name_words, g_hash_table_unref);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_clear_pointer (&self->word_kinds, g_array_unref);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_clear_pointer (&self->placeholders, g_hash_table_unref);

  G_OBJECT_CLASS (lia_redactor_parent_class)->finalize (object);
}

static void
lia_redactor_class_init (LiaRedactorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_redactor_finalize;
}

static void
lia_redactor_init (LiaRedactor *self)
{
  self->persons = g_ptr_array_new_with_free_func (g_free);
  self->name_words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->words = g_ptr_array_new_with_free_func (g_free);
  self->word_kinds = g_array_new (FALSE, FALSE, sizeof (LiaPersonalKind));
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->placeholders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
append_token (const LiaToken *token,
              gpointer        data)
{
  GString *folded = data;

  if (folded->len > 0)
    g_string_append_c (folded, ' ');
  g_string_append (folded, token->text);
}

/* Its words without case, accents and what stands between: "+49 (30) 12" and "+49-30-12" are the same. */
static char *
fold (const char *text,
      gsize       length)
{
  g_autoptr (GString) folded = g_string_new (NULL);

  lia_tokens_scan (text, length, append_token, folded);

  return folded->len > 0 ? g_string_free_and_steal (g_steal_pointer (&folded)) : g_strndup (text, length);
}

static void
add_name_word (LiaRedactor *self,
               const char  *word,
               Person      *person,
               gboolean     whole)
{
  NameWord *known = g_hash_table_lookup (self->name_words, word);

  if (known != NULL && (known->whole || !whole))
    return;
  known = g_new (NameWord, 1);
  *known = (NameWord){ person, whole };
  g_hash_table_replace (self->name_words, g_strdup (word), known);
}

typedef struct
{
  LiaRedactor *self;
  Person      *person;
} Naming;

static void
take_name_word (const LiaToken *token,
                gpointer        data)
{
  Naming *naming = data;
  glong   length = g_utf8_strlen (token->text, -1);
  gsize   bytes = strlen (token->text);

  if (length < 2 || g_ascii_isdigit (token->text[0]) || is_one_of (token->text, particles, G_N_ELEMENTS (particles)))
    return;

  add_name_word (naming->self, token->text, naming->person, TRUE);
  if (length > MIN_STEM && strchr ("aeioy", token->text[bytes - 1]) != NULL)
    {
      g_autofree char *stem = g_strndup (token->text, bytes - 1);

      add_name_word (naming->self, stem, naming->person, FALSE);
    }
}

static Person *
person_new (LiaRedactor  *self,
            LiaPersonRole role)
{
  Person *person = g_new0 (Person, 1);

  person->role = role;
  g_ptr_array_add (self->persons, person);

  return person;
}

/* The name's word at @token: "annas" is "anna" too, and "kowalskiego" is "kowalski". */
static NameWord *
look_up (LiaRedactor    *self,
         const LiaToken *token,
         const char     *text)
{
  NameWord *word = g_hash_table_lookup (self->name_words, token->text);
  gboolean  capital = g_unichar_isupper (g_utf8_get_char (text + token->start));
  gboolean  first = token->start == 0 || strchr ("\n.!?", text[token->start - 1]) != NULL || (token->start > 1 && strchr (".!?", text[token->start - 2]) != NULL);

  if (word != NULL && word->whole)
    return !is_one_of (token->text, everyday, G_N_ELEMENTS (everyday)) || (capital && !first) ? word : NULL;
  if (!capital)
    return NULL;

  g_autofree char *stem = g_strdup (token->text);
  for (guint n = 0; n < MAX_ENDING; n++)
    {
      char *last = g_utf8_find_prev_char (stem, stem + strlen (stem));

      if (last == NULL || g_utf8_strlen (stem, last - stem) < MIN_STEM)
        return NULL;
      *last = '\0';
      word = g_hash_table_lookup (self->name_words, stem);
      if (word != NULL)
        return word;
    }

  return NULL;
}

typedef struct
{
  LiaRedactor *self;
  const char  *text;
  GArray      *found; /* of LiaPersonal */
  Person      *last;  /* whom the last of them names */
} KnownNames;

/* The longest that can stand between two words of one name: " van der " */
#define MAX_BETWEEN_BYTES 12

static void
is_between (const LiaToken *token,
            gpointer        data)
{
  gboolean *between = data;

  *between = *between && (g_utf8_strlen (token->text, -1) == 1 || is_one_of (token->text, particles, G_N_ELEMENTS (particles)));
}

/* "O'Neill", "Willem van der Berg": only initials and particles stand between two words of one name. */
static gboolean
goes_on (const char        *text,
         const LiaPersonal *last,
         gsize              start)
{
  gboolean between = start >= last->end && start - last->end <= MAX_BETWEEN_BYTES && memchr (text + last->end, '\n', start - last->end) == NULL;

  if (between && strcspn (text + last->end, ",;:!?()") >= start - last->end)
    lia_tokens_scan (text + last->end, start - last->end, is_between, &between);
  else
    between = FALSE;

  return between;
}

static void
mark_known_name (const LiaToken *token,
                 gpointer        data)
{
  KnownNames *names = data;
  LiaPersonal personal = { token->start, token->end, LIA_PERSONAL_NAME };
  NameWord   *word = look_up (names->self, token, names->text);

  if (word == NULL || (token->start > 0 && strchr ("@/\\_", names->text[token->start - 1]) != NULL))
    return;
  if (names->last == word->person && goes_on (names->text, &g_array_index (names->found, LiaPersonal, names->found->len - 1), token->start))
    g_array_index (names->found, LiaPersonal, names->found->len - 1).end = token->end;
  else
    g_array_append_val (names->found, personal);
  names->last = word->person;
}

static gboolean
is_edge (const char *text,
         const char *at)
{
  gunichar before = at > text ? g_utf8_get_char (g_utf8_find_prev_char (text, at)) : ' ';
  gunichar after = *at != '\0' ? g_utf8_get_char (at) : ' ';

  return !g_unichar_isalnum (before) || !g_unichar_isalnum (after);
}

static void
mark_words (LiaRedactor *self,
            const char  *text,
            GArray      *found)
{
  for (guint i = 0; i < self->words->len; i++)
    {
      const char *words = g_ptr_array_index (self->words, i);
      gsize       length = strlen (words);

      for (const char *at = strstr (text, words); at != NULL; at = strstr (at + length, words))
        {
          LiaPersonal personal = { at - text, at - text + length, g_array_index (self->word_kinds, LiaPersonalKind, i) };

          if (is_edge (text, at) && is_edge (text, at + length))
            g_array_append_val (found, personal);
        }
    }
}

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  const LiaPersonal *left = a;
  const LiaPersonal *right = b;

  if (left->start != right->start)
    return left->start < right->start ? -1 : 1;
  if (left->end != right->end)
    return left->end > right->end ? -1 : 1;

  return (int)left->kind - (int)right->kind;
}

static gboolean
is_kept (LiaRedactor       *self,
         const char        *text,
         const LiaPersonal *span)
{
  g_autofree char *folded = NULL;

  if (g_hash_table_size (self->kept) == 0)
    return FALSE;
  folded = fold (text + span->start, span->end - span->start);

  return g_hash_table_contains (self->kept, folded);
}

/* Sorted, without those that are kept, and those that overlap made one of the first kind. */
static GArray *
merge (LiaRedactor *self,
       const char  *text,
       GArray      *found)
{
  GArray *merged = g_array_new (FALSE, FALSE, sizeof (LiaPersonal));

  g_array_sort (found, compare_spans);
  for (guint i = 0; i < found->len; i++)
    {
      LiaPersonal  span = g_array_index (found, LiaPersonal, i);
      LiaPersonal *last = merged->len > 0 ? &g_array_index (merged, LiaPersonal, merged->len - 1) : NULL;

      if (is_kept (self, text, &span))
        continue;
      if (last == NULL || span.start >= last->end)
        {
          g_array_append_val (merged, span);
          continue;
        }
      last->end = MAX (last->end, span.end);
      if (last->kind != LIA_PERSONAL_SIGNATURE)
        last->kind = MIN (last->kind, span.kind);
    }

  return merged;
}

/* "K. Wojciechowska": the initial before a name goes with it. */
static void
take_initials (const char *text,
               GArray     *names)
{
  for (guint i = 0; i < names->len; i++)
    {
      LiaPersonal *name = &g_array_index (names, LiaPersonal, i);

      while (name->start >= 3 && text[name->start - 1] == ' ' && text[name->start - 2] == '.' && g_ascii_isupper (text[name->start - 3]) &&
             (name->start == 3 || !g_ascii_isalpha (text[name->start - 4])))
        name->start -= 3;
    }
}

static GArray *
find (LiaRedactor *self,
      const char  *text)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (LiaPersonal));
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (LiaPersonal));
  KnownNames names = { self, text, known, NULL };

  lia_personal_find (text, self->country, self->strict, found);
  mark_words (self, text, found);
  lia_tokens_scan (text, strlen (text), mark_known_name, &names);
  take_initials (text, known);
  g_array_append_vals (found, known->data, known->len);

  return merge (self, text, found);
}

static void
find_person (const LiaToken *token,
             gpointer        data)
{
  Naming   *naming = data;
  NameWord *word = g_hash_table_lookup (naming->self->name_words, token->text);

  for (gsize n = strlen (token->text); word == NULL && n > MIN_STEM && n + MAX_ENDING > strlen (token->text); n--)
    {
      g_autofree char *stem = g_strndup (token->text, n - 1);

      word = g_hash_table_lookup (naming->self->name_words, stem);
    }
  if (naming->person == NULL && word != NULL)
    naming->person = word->person;
}

/* "[customer-1]" */
static char *
name_person (LiaRedactor       *self,
             const char        *text,
             const LiaPersonal *span)
{
  Naming naming = { self, NULL };

  lia_tokens_scan (text + span->start, span->end - span->start, find_person, &naming);
  if (naming.person == NULL)
    return NULL;
  if (naming.person->number == 0)
    naming.person->number = ++self->role_counts[naming.person->role];

  return g_strdup_printf ("[%s-%u]", role_names[naming.person->role], naming.person->number);
}

static const char *
placeholder_for (LiaRedactor       *self,
                 const char        *text,
                 const LiaPersonal *span)
{
  const char      *kind = lia_personal_kind_to_string (span->kind);
  g_autofree char *value = fold (text + span->start, span->end - span->start);
  g_autofree char *key = g_strconcat (kind, ":", value, NULL);
  char            *placeholder = g_hash_table_lookup (self->placeholders, key);

  if (placeholder != NULL)
    return placeholder;
  if (span->kind == LIA_PERSONAL_NAME)
    placeholder = name_person (self, text, span);
  if (placeholder == NULL)
    placeholder = g_strdup_printf ("[%s-%u]", kind, ++self->counts[span->kind]);
  g_hash_table_insert (self->placeholders, g_steal_pointer (&key), placeholder);

  return placeholder;
}

/**
 * lia_redactor_new:
 * @country: (nullable): where the help desk is, ISO 3166: how telephone numbers are read
 * @strict: for what becomes public
 */
LiaRedactor *
lia_redactor_new (const char *country,
                  gboolean    strict)
{
  LiaRedactor *self = g_object_new (LIA_TYPE_REDACTOR, NULL);

  self->country = g_strdup (country);
  self->strict = strict;

  return self;
}

/** lia_redactor_add_person: hides each word of @name, with the endings that languages put to it, and "[customer-1]" stands there. */
void
lia_redactor_add_person (LiaRedactor  *self,
                         LiaPersonRole role,
                         const char   *name)
{
  g_return_if_fail (LIA_IS_REDACTOR (self) && name != NULL);

  Naming naming = { self, person_new (self, role) };

  lia_tokens_scan (name, strlen (name), take_name_word, &naming);
}

/** lia_redactor_add_words: hides @words, just as they are written, wherever they stand alone. */
void
lia_redactor_add_words (LiaRedactor    *self,
                        LiaPersonalKind kind,
                        const char     *words)
{
  g_return_if_fail (LIA_IS_REDACTOR (self) && words != NULL);

  if (words[0] == '\0')
    return;
  g_ptr_array_add (self->words, g_strdup (words));
  g_array_append_val (self->word_kinds, kind);
}

/** lia_redactor_keep: an agent has looked: @words are not personal, whatever they look like. */
void
lia_redactor_keep (LiaRedactor *self,
                   const char  *words)
{
  g_return_if_fail (LIA_IS_REDACTOR (self) && words != NULL);

  g_hash_table_add (self->kept, fold (words, strlen (words)));
}

/**
 * lia_redactor_read:
 *
 * Learns the names that @text shows, by a greeting or a farewell, so that they are hidden in all texts. Read all before you redact the first.
 */
void
lia_redactor_read (LiaRedactor *self,
                   const char  *text)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (LiaPersonal));

  g_return_if_fail (LIA_IS_REDACTOR (self) && text != NULL);

  lia_personal_find_names (text, found);
  g_array_sort (found, compare_spans);
  for (guint i = 0; i < found->len; i++)
    {
      const LiaPersonal *span = &g_array_index (found, LiaPersonal, i);
      Naming             naming = { self, NULL };

      if (is_kept (self, text, span))
        continue;
      lia_tokens_scan (text + span->start, span->end - span->start, find_person, &naming);
      if (naming.person == NULL)
        naming.person = person_new (self, LIA_PERSON_OTHER);
      lia_tokens_scan (text + span->start, span->end - span->start, take_name_word, &naming);
    }
}

/**
 * lia_redactor_redact:
 * @text: valid UTF-8
 * @redactions: (out) (optional) (element-type LiaRedaction): what was hidden, in the order of the text; their placeholders live as long as @self
 *
 * Returns: (transfer full): @text with a placeholder for each personal part; the same part has the same placeholder in all texts
 */
char *
lia_redactor_redact (LiaRedactor *self,
                     const char  *text,
                     GArray     **redactions)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (LiaRedaction));
  g_autoptr (GArray) spans = NULL;
  gsize done = 0;

  g_return_val_if_fail (LIA_IS_REDACTOR (self) && text != NULL, NULL);

  lia_redactor_read (self, text);
  spans = find (self, text);
  for (guint i = 0; i < spans->len; i++)
    {
      const LiaPersonal *span = &g_array_index (spans, LiaPersonal, i);
      LiaRedaction       redaction = { span->start, span->end, 0, span->kind, placeholder_for (self, text, span) };

      g_string_append_len (shown, text + done, span->start - done);
      redaction.shown_start = shown->len;
      g_string_append (shown, redaction.placeholder);
      g_array_append_val (list, redaction);
      done = span->end;
    }
  g_string_append (shown, text + done);
  if (redactions != NULL)
    *redactions = g_steal_pointer (&list);

  return g_string_free_and_steal (g_steal_pointer (&shown));
}
