/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-personal-names-private.h"
#include "lia-personal.h"

#include <string.h>

/*
 * Names of people whom nobody has told us of, by the words beside them: a title, a greeting, a farewell, a relation, a form's label, an address in
 * angle brackets. No list of names: it would be long, and wrong for most of the world.
 */

/* The longest line under a farewell that can be a name */
#define MAX_NAME_BYTES 60

/* Longer lines are no sentences */
#define MAX_LINE_BYTES 2000

/* Blank lines and names between a farewell and the end of what stands under it */
#define MAX_FAREWELL_LINES 3

static gboolean
is_nobody (const char *word)
{
  for (guint i = 0; i < lia_n_nobodys; i++)
    if (g_strcmp0 (word, lia_nobodys[i]) == 0)
      return TRUE;

  return FALSE;
}

/* "Team", "Sir or Madam", "Support", "zusammen": a greeting to nobody by name. */
static gboolean
names_somebody (const char *name,
                gsize       length)
{
  g_autofree char *folded = g_utf8_strdown (name, length);
  g_auto (GStrv) words = g_strsplit_set (folded, " -.,", -1);
  guint    n_words = g_strv_length (words);
  gboolean has_name = FALSE;

  for (guint i = 0; i < n_words; i++)
    has_name = has_name || g_utf8_strlen (words[i], -1) > 1;

  return has_name && !is_nobody (words[0]) && !is_nobody (words[n_words - 1]);
}

static void
add_name (GArray     *found,
          const char *text,
          gsize       start,
          gsize       end)
{
  LiaPersonal name = { start, end, LIA_PERSONAL_NAME };

  while (name.end > name.start && strchr (" ,.-", text[name.end - 1]) != NULL)
    name.end--;
  if (name.end > name.start && names_somebody (text + name.start, name.end - name.start))
    g_array_append_val (found, name);
}

static void
find_beside_words (const char *text,
                   gsize       start,
                   gsize       end,
                   GArray     *found)
{
  static GRegex **compiled;
  static gsize    once;

  if (g_once_init_enter (&once))
    {
      compiled = g_new (GRegex *, lia_n_name_patterns);
      for (guint i = 0; i < lia_n_name_patterns; i++)
        {
          compiled[i] = g_regex_new (lia_name_patterns[i], G_REGEX_OPTIMIZE, 0, NULL);
          g_assert (compiled[i] != NULL);
        }
      g_once_init_leave (&once, 1);
    }

  for (guint i = 0; i < lia_n_name_patterns; i++)
    {
      g_autoptr (GMatchInfo) match = NULL;
      int from, to;

      g_regex_match_full (compiled[i], text + start, end - start, 0, 0, &match, NULL);
      for (; g_match_info_matches (match); g_match_info_next (match, NULL))
        if (g_match_info_fetch_pos (match, 1, &from, &to) && from >= 0)
          add_name (found, text, start + from, start + to);
    }
}

/* One to four words with capitals, or one short word in small letters: what people put under their messages. */
static gboolean
looks_like_a_name (const char *line,
                   gsize       length)
{
  static GRegex *regex;
  static gsize   once;

  if (g_once_init_enter (&once))
    {
      regex = g_regex_new ("^[\\s/–-]*(?:" LIA_NAME_WORD "(?:\\s+(?:" LIA_NAME_PARTICLE "\\s+)*" LIA_NAME_WORD "){0,3}|\\p{Ll}{2,12})[\\s.,!]*$", G_REGEX_OPTIMIZE, 0, NULL);
      g_assert (regex != NULL);
      g_once_init_leave (&once, 1);
    }

  return length <= MAX_NAME_BYTES && g_regex_match_full (regex, line, length, 0, 0, NULL, NULL);
}

/* "Anna Müller | Einkauf", "Anna Müller, Einkauf": up to what follows the name. */
static gsize
name_part (const char *line,
           gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (strchr ("|,(;", line[i]) != NULL)
      return i;

  return length;
}

/* Where the farewell at the beginning of the line ends, or 0: "Viele Grüße" and what follows it. */
static gsize
farewell_length (const char *line,
                 gsize       length)
{
  g_autofree char *folded = g_utf8_strdown (line, MIN (length, 80));
  gsize            blanks = strspn (folded, " \t>");

  for (guint i = 0; i < lia_n_farewells; i++)
    {
      gsize n = strlen (lia_farewells[i]);

      /* Lower-casing keeps the number of bytes in all the languages of the list but for Turkish İ, which none of its farewells has */
      if (strncmp (folded + blanks, lia_farewells[i], n) == 0 && strchr (" ,.!;\r–-", folded[blanks + n]) != NULL)
        return blanks + n;
    }

  return 0;
}

typedef struct
{
  gsize start;
  gsize end;
} Line;

static GArray *
split_lines (const char *text)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  gsize   length = strlen (text);

  for (gsize start = 0; start < length;)
    {
      const char *newline = memchr (text + start, '\n', length - start);
      Line        line = { start, newline != NULL ? (gsize)(newline - text) : length };

      g_array_append_val (lines, line);
      start = line.end + 1;
    }

  return lines;
}

/* "Viele Grüße" / "Anna Müller", and "LG Anna" */
static void
find_under_farewells (const char *text,
                      GArray     *lines,
                      GArray     *found)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);
      gsize       farewell = farewell_length (text + line->start, line->end - line->start);
      gsize       rest = line->start + farewell;

      if (farewell == 0)
        continue;
      rest += strspn (text + rest, " ,.!;–-\r");
      if (rest < line->end)
        {
          gsize length = name_part (text + rest, line->end - rest);

          if (looks_like_a_name (text + rest, length))
            add_name (found, text, rest, rest + length);
          continue;
        }
      for (guint k = i + 1; k < lines->len && k <= i + MAX_FAREWELL_LINES; k++)
        {
          const Line *under = &g_array_index (lines, Line, k);
          gsize       blanks = strspn (text + under->start, " \t\r>/–-");

          gsize from = under->start + blanks;
          gsize length;

          if (from >= under->end)
            continue;
          length = name_part (text + from, under->end - from);
          if (looks_like_a_name (text + from, length))
            add_name (found, text, from, from + length);
          break;
        }
    }
}

/* The last line of all, when it is but a name: "Lupe", "HERBERT SCHLÜTER" behind the last sentence */
static void
find_at_the_end (const char *text,
                 GArray     *found)
{
  static GRegex *regex;
  static gsize   once;
  gsize          length = strlen (text);
  gsize          start;
  int            from, to;

  g_autoptr (GMatchInfo) match = NULL;

  if (g_once_init_enter (&once))
    {
      regex = g_regex_new ("(?:^|\\n|[.!?)]\\s+)[\\s/–-]*(" LIA_NAME_WORD "(?:\\s(?:" LIA_NAME_PARTICLE "\\s)*" LIA_NAME_WORD "){0,2})[\\s.!]*$", G_REGEX_OPTIMIZE, 0, NULL);
      g_assert (regex != NULL);
      g_once_init_leave (&once, 1);
    }

  start = length > 2 * MAX_NAME_BYTES ? (gsize)(g_utf8_find_next_char (text + length - 2 * MAX_NAME_BYTES, NULL) - text) : 0;
  if (strchr (text, ' ') != NULL && g_regex_match_full (regex, text + start, length - start, 0, 0, &match, NULL) && g_match_info_fetch_pos (match, 1, &from, &to))
    add_name (found, text, start + from, start + to);
}

/**
 * lia_personal_find_names:
 * @text: UTF-8, of any length and hostile
 * @found: (element-type LiaPersonal): appended to, in no order and overlapping
 *
 * Finds names of people by the words beside them, in English, German, French, Spanish, Italian, Polish, Dutch, Portuguese, Swedish and Turkish.
 */
void
lia_personal_find_names (const char *text,
                         GArray     *found)
{
  g_autoptr (GArray) lines = split_lines (text);

  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);

      find_beside_words (text, line->start, MIN (line->end, line->start + MAX_LINE_BYTES), found);
    }
  find_under_farewells (text, lines, found);
  find_at_the_end (text, found);
}
