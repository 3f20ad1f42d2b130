/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What an agent types into the search, as an expression of FTS5 and as marks in what was found. Nothing that is typed reaches MATCH as it is:
 * only folded words, in quotes. So no text is an error.
 */

#include "lia-tokens.h"

#include <string.h>

#define MAX_PARTS 16
#define MAX_TYPED_BYTES 1000
#define PREFIX_LETTERS 3

/* One word or phrase of the query: its tokens must follow each other. */
typedef struct
{
  GPtrArray *tokens; /* char * */
  gboolean   prefix; /* the last token may go on */
  gboolean   tail;   /* the last token is the end of a CJK run */
} Part;

static void
part_free (gpointer data)
{
  Part *part = data;

  g_ptr_array_unref (part->tokens);
  g_free (part);
}

static void
on_part_token (const LiaToken *token,
               gpointer        data)
{
  Part *part = data;

  g_ptr_array_add (part->tokens, g_strdup (token->text));
  part->tail = token->tail;
}

static void
add_part (GPtrArray  *parts,
          const char *text,
          gsize       length)
{
  Part *part = g_new0 (Part, 1);

  part->tokens = g_ptr_array_new_with_free_func (g_free);
  lia_tokens_scan (text, length, on_part_token, part);

  /* "退款" is the pair and its tail; in "退款政策" the pair is followed by another one. */
  if (part->tail && part->tokens->len > 1)
    {
      const char *pair = g_ptr_array_index (part->tokens, part->tokens->len - 2);
      const char *last = g_ptr_array_index (part->tokens, part->tokens->len - 1);

      if (g_str_has_suffix (pair, last))
        g_ptr_array_set_size (part->tokens, part->tokens->len - 1);
    }
  else if (part->tail)
    part->prefix = TRUE;

  if (part->tokens->len > 0 && parts->len < MAX_PARTS)
    g_ptr_array_add (parts, part);
  else
    part_free (part);
}

static gsize
length_of_part (const char *at,
                const char *end,
                gboolean    quoted)
{
  const char *stop = at;

  while (stop < end && *stop != '"' && (quoted || !g_unichar_isspace (g_utf8_get_char (stop))))
    stop = g_utf8_next_char (stop);

  return stop - at;
}

static GPtrArray *
parse (const char *typed)
{
  g_autofree char *valid = g_utf8_make_valid (typed, strnlen (typed, MAX_TYPED_BYTES));
  GPtrArray       *parts = g_ptr_array_new_with_free_func (part_free);
  const char      *at = valid;
  const char      *end = valid + strlen (valid);
  gboolean         quoted = FALSE;

  while (at < end)
    {
      gsize length = length_of_part (at, end, quoted);

      if (length > 0)
        add_part (parts, at, length);
      at += length;
      if (at < end)
        {
          quoted = *at == '"' && !quoted;
          at = g_utf8_next_char (at);
        }
    }

  /* The word that is being typed. */
  if (parts->len > 0 && !g_str_has_suffix (valid, "\""))
    {
      Part *last = g_ptr_array_index (parts, parts->len - 1);

      if (g_utf8_strlen (g_ptr_array_index (last->tokens, last->tokens->len - 1), -1) >= PREFIX_LETTERS)
        last->prefix = TRUE;
    }

  return parts;
}

/* `"a b"`, with @last in place of the part's last word. */
static void
append_phrase (GString    *match,
               const Part *part,
               const char *last)
{
  g_string_append_c (match, '"');
  for (guint i = 0; i + 1 < part->tokens->len; i++)
    g_string_append_printf (match, "%s ", (char *)g_ptr_array_index (part->tokens, i));
  g_string_append_printf (match, "%s\"", last);
}

static void
append_part (GString             *match,
             const Part          *part,
             LiaTokenCompleteFunc complete,
             gpointer             data)
{
  const char *last = g_ptr_array_index (part->tokens, part->tokens->len - 1);
  g_auto (GStrv) words = part->prefix && complete != NULL ? complete (last, data) : NULL;

  if (words == NULL || words[0] == NULL)
    {
      append_phrase (match, part, last);
      g_string_append (match, part->prefix ? "*" : "");
      return;
    }

  g_string_append_c (match, '(');
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_string_append (match, i > 0 ? " OR " : "");
      append_phrase (match, part, words[i]);
    }
  g_string_append_c (match, ')');
}

/**
 * lia_tokens_match:
 * @typed: any text
 * @complete: (nullable): lists the words that a beginning may stand for
 *
 * The query for FTS5's MATCH: all words must occur, a "quoted phrase" and a compound as they stand, the last word also as a beginning from
 * three letters on.
 *
 * Returns: (transfer full) (nullable): NULL when there is no word in it
 */
char *
lia_tokens_match (const char          *typed,
                  LiaTokenCompleteFunc complete,
                  gpointer             data)
{
  g_autoptr (GPtrArray) parts = parse (typed);
  g_autoptr (GString) match = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      g_string_append (match, i > 0 ? " AND " : "");
      append_part (match, g_ptr_array_index (parts, i), complete, data);
    }

  return match->len > 0 ? g_string_free (g_steal_pointer (&match), FALSE) : NULL;
}

typedef struct
{
  GPtrArray *parts;
  GArray    *ranges;
  GString   *whole; /* of the compound under way */
  guint      compound;
  gsize      compound_start;
  gsize      compound_end;
} Finding;

static gboolean
is_asked_for (Finding    *finding,
              const char *token)
{
  for (guint i = 0; i < finding->parts->len; i++)
    {
      Part *part = g_ptr_array_index (finding->parts, i);

      for (guint j = 0; j < part->tokens->len; j++)
        {
          const char *word = g_ptr_array_index (part->tokens, j);
          gboolean    beginning = part->prefix && j + 1 == part->tokens->len;

          if (beginning ? g_str_has_prefix (token, word) : strcmp (token, word) == 0)
            return TRUE;
        }
    }

  return FALSE;
}

static void
mark (Finding *finding,
      gsize    start,
      gsize    end)
{
  while (finding->ranges->len > 0)
    {
      LiaTokenRange *last = &g_array_index (finding->ranges, LiaTokenRange, finding->ranges->len - 1);

      if (last->end < start)
        break;
      start = MIN (start, last->start);
      end = MAX (end, last->end);
      g_array_set_size (finding->ranges, finding->ranges->len - 1);
    }

  g_array_append_vals (finding->ranges, &(LiaTokenRange){ start, end }, 1);
}

static void
end_compound (Finding *finding)
{
  if (finding->whole->len > 0 && is_asked_for (finding, finding->whole->str))
    mark (finding, finding->compound_start, finding->compound_end);
  g_string_truncate (finding->whole, 0);
}

static void
on_text_token (const LiaToken *token,
               gpointer        data)
{
  Finding *finding = data;

  if (token->compound != finding->compound)
    {
      end_compound (finding);
      finding->compound = token->compound;
      finding->compound_start = token->start;
    }

  g_string_append (finding->whole, token->text);
  finding->compound_end = token->end;
  if (is_asked_for (finding, token->text))
    mark (finding, token->start, token->end);
}

/**
 * lia_tokens_find:
 * @text: (array length=length): valid UTF-8
 * @typed: what was searched for
 *
 * Where the words of a search stand in a text.
 *
 * Returns: (transfer full): of LiaTokenRange, in order, not overlapping
 */
GArray *
lia_tokens_find (const char *text,
                 gsize       length,
                 const char *typed)
{
  g_autoptr (GPtrArray) parts = parse (typed);
  g_autoptr (GString) whole = g_string_new (NULL);
  Finding finding = { parts, g_array_new (FALSE, FALSE, sizeof (LiaTokenRange)), whole };

  lia_tokens_scan (text, length, on_text_token, &finding);
  end_compound (&finding);

  return finding.ranges;
}
