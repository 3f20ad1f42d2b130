/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-canned-text.h"

#include "lia-tokens.h"

#include <string.h>

#define MAX_COMPOUND_BYTES 64

typedef struct
{
  const char *text;
  GArray     *words;
  GString    *whole; /* of the compound under way */
  guint       compound;
  guint       n_parts;
  guint       first; /* index in words of the compound's first part */
  guint       position;
} Reading;

static void
word_clear (gpointer data)
{
  LiaCannedTextWord *word = data;

  g_free (word->text);
}

static void
on_respelled (const LiaToken *token,
              gpointer        data)
{
  g_string_append (data, token->text);
}

static const char *
spelling_of (gunichar c)
{
  switch (c)
    {
    case 0x00e4:
      return "ae";
    case 0x00e5:
      return "aa";
    case 0x00f6:
    case 0x00f8:
      return "oe";
    case 0x00fc:
      return "ue";
    default:
      return NULL;
    }
}

/**
 * lia_canned_text_respell:
 * @text: (array length=length): one word
 *
 * Returns: (transfer full) (nullable): folded, but as who has no key for it writes it: "rueckerstattung"; NULL when there is nothing to write otherwise
 */
char *
lia_canned_text_respell (const char *text,
                         gsize       length)
{
  g_autofree char *composed = NULL;
  g_autoptr (GString) letters = NULL;
  g_autoptr (GString) folded = NULL;
  gboolean any = FALSE;

  for (gsize i = 0; i < length && !any; i++)
    any = (guchar)text[i] >= 0x80;
  composed = any ? g_utf8_normalize (text, length, G_NORMALIZE_DEFAULT_COMPOSE) : NULL;
  if (composed == NULL)
    return NULL;

  any = FALSE;
  letters = g_string_new (NULL);
  for (const char *at = composed; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar    c = g_utf8_get_char (at);
      const char *spelling = spelling_of (g_unichar_tolower (c));

      any |= spelling != NULL;
      if (spelling != NULL)
        g_string_append (letters, spelling);
      else
        g_string_append_unichar (letters, c);
    }
  if (!any)
    return NULL;

  folded = g_string_new (NULL);
  lia_tokens_scan (letters->str, letters->len, on_respelled, folded);

  return folded->len > 0 ? g_string_free_and_steal (g_steal_pointer (&folded)) : NULL;
}

static void
add_word (Reading          *reading,
          char             *text,
          guint             position,
          const gsize       range[2],
          LiaCannedTextKind kind)
{
  LiaCannedTextWord word = { text, position, range[0], range[1], kind };

  g_array_append_val (reading->words, word);
}

/* "email" for e-mail, so that it is found as it is said. */
static void
end_compound (Reading *reading)
{
  if (reading->n_parts > 1 && reading->whole->len <= MAX_COMPOUND_BYTES)
    {
      LiaCannedTextWord *first = &g_array_index (reading->words, LiaCannedTextWord, reading->first);
      LiaCannedTextWord *last = &g_array_index (reading->words, LiaCannedTextWord, reading->words->len - 1);
      gsize              range[2] = { first->start, last->end };

      add_word (reading, g_strdup (reading->whole->str), first->position, range, LIA_CANNED_TEXT_WHOLE);
    }
  g_string_truncate (reading->whole, 0);
  reading->n_parts = 0;
}

static void
on_token (const LiaToken *token,
          gpointer        data)
{
  Reading    *reading = data;
  const gsize range[2] = { token->start, token->end };
  gboolean    paired;
  const char *previous = NULL;
  char       *other;

  if (token->compound != reading->compound)
    {
      end_compound (reading);
      reading->first = reading->words->len;
    }
  if (reading->words->len > 0)
    previous = g_array_index (reading->words, LiaCannedTextWord, reading->words->len - 1).text;
  paired = token->tail && previous != NULL && g_str_has_suffix (previous, token->text);

  reading->compound = token->compound;
  reading->n_parts++;
  g_string_append (reading->whole, token->text);
  add_word (reading, g_strdup (token->text), reading->position, range, paired ? LIA_CANNED_TEXT_TAIL : LIA_CANNED_TEXT_WORD);

  other = lia_canned_text_respell (reading->text + token->start, token->end - token->start);
  if (other != NULL)
    add_word (reading, other, reading->position, range, LIA_CANNED_TEXT_RESPELLED);
  reading->position++;
}

/**
 * lia_canned_text_words:
 * @text: valid UTF-8
 *
 * Returns: (transfer full): LiaCannedTextWord in the order of the text, other ways to write a word behind it
 */
GArray *
lia_canned_text_words (const char *text)
{
  g_autoptr (GString) whole = g_string_new (NULL);
  Reading reading = { text, g_array_new (FALSE, FALSE, sizeof (LiaCannedTextWord)), whole };

  g_array_set_clear_func (reading.words, word_clear);
  lia_tokens_scan (text, strlen (text), on_token, &reading);
  end_compound (&reading);

  return reading.words;
}
