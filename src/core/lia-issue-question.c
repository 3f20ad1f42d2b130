/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The rule: a comment asks when it has a question mark that ends a sentence, or names our login. What it quotes, code, and addresses of pages count for nothing:
 * there question marks are somebody else's, or none. And a state, or label, of an issue says by its name that the engineers wait for an answer.
 */

#include "lia-issue-question.h"

#include <string.h>

/* What tells of a state in which an engineer waits: compared in lower case, without anything but letters */
static const char *const states[] = {
  "feedback",
  "needinfo",
  "needsinfo",
  "infoneeded",
  "needsinformation",
  "moreinformationneeded",
  "needsmoreinfo",
  "needsfeedback",
  "waitingforfeedback",
  "awaitingfeedback",
  "waitingforcustomer",
  "waitingforreporter",
  "awaitingreporter",
  "waitingforresponse",
  "awaitingresponse",
  "waitingforsupport",
  "waitingforinfo",
  "waitingforinformation",
  "question",
  "rückfrage",
  "rückmeldung",
};

/* A question mark, at @at, is the end of a sentence when nothing of a word follows it */
static gboolean
ends_sentence (const char *at)
{
  const gunichar next = g_utf8_get_char (g_utf8_next_char (at));

  return next == 0 || !(g_unichar_isalnum (next) || strchr ("=&/%#_-+", (int)MIN (next, 127)) != NULL);
}

static gboolean
is_question_mark (gunichar sign)
{
  return sign == '?' || sign == 0xff1f || sign == 0x061f || sign == 0x037e; /* full-width, Arabic, Greek */
}

/* The end of an address of a page that begins at @at, or @at */
static const char *
skip_address (const char *at)
{
  static const char *const schemes[] = { "http://", "https://", "liaison:" };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (at, schemes[i], strlen (schemes[i])) == 0)
      {
        at += strcspn (at, " \t\r\n<>\"");
        return at;
      }

  return at;
}

static gboolean
line_asks (const char *line)
{
  gboolean in_code = FALSE;

  for (const char *at = line; *at != '\0'; at = g_utf8_next_char (at))
    {
      const char *end = skip_address (at);

      if (end != at && is_question_mark (g_utf8_get_char (g_utf8_prev_char (end))))
        return TRUE; /* "is it https://example.org?" */
      at = end;
      if (*at == '\0')
        break;
      in_code = *at == '`' ? !in_code : in_code;
      if (!in_code && is_question_mark (g_utf8_get_char (at)) && ends_sentence (at))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_of_name (const char *at)
{
  const gunichar sign = g_utf8_get_char (at);

  return sign != 0 && (g_unichar_isalnum (sign) || sign == '_' || sign == '-');
}

/* "@login", as all trackers name people, or "[~login]", as Jira does */
static gboolean
line_names (const char *line,
            const char *login)
{
  g_autofree char *folded = g_utf8_casefold (line, -1);
  g_autofree char *name = g_utf8_casefold (login, -1);
  const gsize      length = strlen (name);

  for (const char *at = length > 0 ? strstr (folded, name) : NULL; at != NULL; at = strstr (at + 1, name))
    {
      const gboolean is_mention = at > folded && (at[-1] == '@' || (at[-1] == '~' && at - 1 > folded && at[-2] == '['));

      if (is_mention && !is_of_name (at + length))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_fence (const char *line)
{
  return g_str_has_prefix (line, "```") || g_str_has_prefix (line, "~~~") || g_str_has_prefix (line, "{code") || g_str_has_prefix (line, "{noformat") ||
         g_str_has_prefix (line, "<pre>") || g_str_has_prefix (line, "</pre>");
}

/** lia_issue_question_asks: whether @text, a comment in an issue that is not ours, wants an answer of us; @login: whose name we write in, "" = not known */
gboolean
lia_issue_question_asks (const char *text,
                         const char *login)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean in_code = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);

      if (is_fence (line))
        in_code = !in_code;
      else if (!in_code && *line != '>' && !g_str_has_prefix (line, "bq.") && (line_asks (line) || line_names (line, login)))
        return TRUE;
    }

  return FALSE;
}

/** lia_issue_question_is_state: whether @word, a state or a label in the tracker's own words, says that the engineers wait for an answer. */
gboolean
lia_issue_question_is_state (const char *word)
{
  const char      *scope = strrchr (word, '/'); /* "status/needs info" */
  const char      *pair = strrchr (word, ':');  /* "status::needs info" */
  g_autofree char *folded = g_utf8_casefold (scope != NULL ? scope : pair != NULL && g_str_has_prefix (pair - MIN (pair - word, 1), "::") ? pair
                                                                                                                                          : word,
                                             -1);
  g_autoptr (GString) letters = g_string_new (NULL);

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalpha (g_utf8_get_char (at)))
      g_string_append_unichar (letters, g_utf8_get_char (at));
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (letters->str, states[i]))
      return TRUE;

  return FALSE;
}
