/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-document.h"

#include <string.h>

/*
 * What trackers do with words of a text, apart from its markup: "@ann" calls somebody, "#12" and "ABC-1" leave a trace in another issue, a commit's
 * number becomes a link, "fixes #12" closes one. A customer's words must do nothing of it. A backslash does not help, as trackers look at the text
 * that is rendered: U+2060 WORD JOINER between the sign and the word does, and nobody sees it.
 */

#define WORD_JOINER "\u2060"

/* The fewest digits of a commit that trackers take for one */
#define MIN_COMMIT 7

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_' || (c & 0x80) != 0;
}

/* "@ann", "#12", "!12", "~label", "%milestone", "&12", "$12", "^", of which GitLab knows all. Any "@": some make a mail address of "a@.b", too. */
static gboolean
is_sigil (const char *at)
{
  return *at == '@' || (strchr ("#!~%&$", *at) != NULL && (is_word (at[1]) || at[1] == '"'));
}

/* The dash of "ABC-12" and of "GH-12" */
static gboolean
is_key_dash (const char *text,
             const char *at)
{
  return *at == '-' && at > text && g_ascii_isalnum (at[-1]) && g_ascii_isdigit (at[1]);
}

/* How many bytes at @at look like a commit: 7 to 40 hexadecimal digits, with one digit and one letter at least */
static gsize
commit_length (const char *text,
               const char *at)
{
  gsize length = strspn (at, "0123456789abcdef");

  if (length < MIN_COMMIT || length > 40 || (at > text && is_word (at[-1])) || is_word (at[length]))
    return 0;
  if (strspn (at, "0123456789") >= length || strcspn (at, "0123456789") >= length)
    return 0;

  return length;
}

/* How many bytes at @at stand between a word and its number: blanks of all kinds, and the sign "#" */
static gsize
gap_length (const char *at)
{
  const char *end = at;

  while (*end != '\0' && *end != '\n' && *end != '\r' && g_unichar_isspace (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);

  return (gsize)(end - at);
}

/* The word of "bug 12", "Bugs #1, 2", "comment3" with the gap after it, as Bugzilla's quoteUrls() finds them, and of the mark that it leaves in duplicates */
static gsize
numbered_length (const char *at)
{
  static const char *const words[] = { "bugs", "bug", "comments", "comment", "attachment", "issue", "duplicate of" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const gsize length = strlen (words[i]);
      gsize       gap;
      const char *end;

      if (g_ascii_strncasecmp (at, words[i], length) != 0)
        continue;
      gap = gap_length (at + length);
      end = at + length + gap;
      if (*end == '#')
        end += 1 + gap_length (end + 1);
      if (g_ascii_isdigit (*end))
        return length + gap;
    }

  return 0;
}

/* The first letter's end of "r123", "commit:abc", "user:ann" (Redmine), and what numbered_length() knows */
static gsize
reference_length (const char *text,
                  const char *at)
{
  static const char *const words[] = { "commit:", "user:", "source:", "document:", "version:", "message:", "forum:", "news:", "project:", "export:", "changeset:", "wiki:", "file:", "r" };

  if (at > text && is_word (at[-1]))
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize    length = strlen (words[i]);
      gboolean number = words[i][length - 1] != ':';

      if (g_ascii_strncasecmp (at, words[i], length) == 0 && (number ? g_ascii_isdigit (at[length]) : is_word (at[length])))
        return length;
    }

  return numbered_length (at);
}

/* In pieces too short to be a commit's. */
static void
append_broken (GString    *calm,
               const char *digits,
               gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && i % (MIN_COMMIT - 1) == 0)
        g_string_append (calm, WORD_JOINER);
      g_string_append_c (calm, digits[i]);
    }
}

/**
 * lia_document_calm:
 * @text: UTF-8 of anybody
 *
 * Returns: (transfer full): what reads the same, but calls nobody, refers to nothing and closes nothing in any tracker
 */
char *
lia_document_calm (const char *text)
{
  GString *calm = g_string_sized_new (strlen (text));

  for (const char *at = text; *at != '\0';)
    {
      gsize commit = commit_length (text, at);
      gsize reference = commit == 0 ? reference_length (text, at) : 0;

      if (commit > 0)
        {
          append_broken (calm, at, commit);
          at += commit;
        }
      else if (reference > 0)
        {
          g_string_append_len (calm, at, reference);
          g_string_append (calm, WORD_JOINER);
          at += reference;
        }
      else
        {
          g_string_append_c (calm, *at);
          if (is_sigil (at) || is_key_dash (text, at))
            g_string_append (calm, WORD_JOINER);
          at++;
        }
    }

  return g_string_free_and_steal (calm);
}
