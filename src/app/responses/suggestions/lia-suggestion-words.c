/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why something is suggested, in words with the figures that say so. @canned is the response that it is about, @other the second one; either may be NULL. */
#include "lia-suggestion-words.h"

#include "lia-canned-learn.h"
#include "lia-format.h"
#include "lia-word-changes.h"

#include <glib/gi18n.h>

#define ALL_ALIKE 0.995
#define REMOVED_ALPHA (65535 * 7 / 10)

LiaSuggestionAct
lia_suggestion_get_act (LiaSuggestion *suggestion,
                        gboolean       may_change)
{
  switch (suggestion->kind)
    {
    case LIA_SUGGESTION_EDITED:
      return may_change && suggestion->after != NULL ? LIA_SUGGESTION_ACT_TAKE : LIA_SUGGESTION_ACT_OPEN;
    case LIA_SUGGESTION_BY_HAND:
      return *suggestion->other == '\0' ? LIA_SUGGESTION_ACT_MAKE : LIA_SUGGESTION_ACT_OPEN;
    case LIA_SUGGESTION_TWINS:
      return may_change ? LIA_SUGGESTION_ACT_MERGE : LIA_SUGGESTION_ACT_OPEN;
    case LIA_SUGGESTION_UNUSED:
    default:
      return may_change ? LIA_SUGGESTION_ACT_RETIRE : LIA_SUGGESTION_ACT_OPEN;
    }
}

/** lia_suggestion_act_words: a button's label. */
const char *
lia_suggestion_act_words (LiaSuggestionAct act)
{
  static const char *const words[] = { N_ ("Open"), N_ ("Take This Edit…"), N_ ("Make a Response"), N_ ("Merge…"), N_ ("Retire") };

  return _ (words[act]);
}

static const char *
title_of (LiaCanned *canned)
{
  return canned != NULL && *canned->title != '\0' ? canned->title : _ ("A response");
}

char *
lia_suggestion_words_title (LiaSuggestion *suggestion,
                            LiaCanned     *canned,
                            LiaCanned     *other)
{
  g_autoptr (LiaCanned) made = NULL;

  if (suggestion->kind == LIA_SUGGESTION_TWINS)
    return g_strdup_printf (_ ("“%s” and “%s”"), title_of (canned), title_of (other));
  if (suggestion->kind != LIA_SUGGESTION_BY_HAND)
    return g_strdup (title_of (canned));

  made = lia_canned_from_answer (suggestion);

  return g_strdup (*made->title != '\0' ? made->title : _ ("An answer"));
}

static char *
edited_reason (LiaSuggestion *suggestion)
{
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_append_printf (words, ngettext ("Edited here in %u of the last %u use", "Edited here in %u of the last %u uses", (gulong)suggestion->of),
                          (guint)suggestion->edited, (guint)suggestion->of);
  if (suggestion->after == NULL)
    g_string_append (words, _ (", each time in other words."));
  else if (*suggestion->after == '\0')
    g_string_append_printf (words, ngettext (", left out %u time.", ", left out %u times.", (gulong)suggestion->same), (guint)suggestion->same);
  else
    g_string_append_printf (words, ngettext (", %u time in these words.", ", %u times in these words.", (gulong)suggestion->same), (guint)suggestion->same);
  if (suggestion->reopened > 0)
    g_string_append_printf (words, ngettext (" After %u of these uses the customer wrote again.", " After %u of these uses the customer wrote again.", (gulong)suggestion->reopened),
                            (guint)suggestion->reopened);

  return g_string_free_and_steal (g_steal_pointer (&words));
}

static char *
by_hand_reason (LiaSuggestion *suggestion,
                LiaCanned     *other)
{
  guint n = (guint)suggestion->count;

  if (*suggestion->other != '\0')
    return g_strdup_printf (ngettext ("Written by hand to %u customer in the last 30 days, though “%s” says nearly the same.",
                                      "Written by hand to %u customers in the last 30 days, though “%s” says nearly the same.", n),
                            n, title_of (other));

  return g_strdup_printf (ngettext ("Written by hand to %u customer who asked nearly the same, in the last 30 days.",
                                    "Written by hand to %u customers who asked nearly the same, in the last 30 days.", n),
                          n);
}

char *
lia_suggestion_words_reason (LiaSuggestion *suggestion,
                             LiaCanned     *canned,
                             LiaCanned     *other)
{
  g_autofree char *day = suggestion->kind == LIA_SUGGESTION_UNUSED ? lia_format_day (suggestion->since_ms) : NULL;

  switch (suggestion->kind)
    {
    case LIA_SUGGESTION_EDITED:
      return edited_reason (suggestion);
    case LIA_SUGGESTION_BY_HAND:
      return by_hand_reason (suggestion, other);
    case LIA_SUGGESTION_TWINS:
      if (suggestion->likeness >= ALL_ALIKE)
        return g_strdup (_ ("Both say the same, word for word."));
      return g_strdup_printf (_ ("Of their wording %d %% is in both."), (int)(suggestion->likeness * 100));
    case LIA_SUGGESTION_UNUSED:
    default:
      if (canned != NULL && canned->team_use.last_ms == 0)
        return g_strdup_printf (_ ("Never sent since it was written, on %s."), day);
      return g_strdup_printf (_ ("Not sent since %s."), day);
    }
}

static void
mark (PangoAttrList  *marks,
      PangoAttribute *attribute,
      gsize           start,
      gsize           end)
{
  attribute->start_index = (guint)start;
  attribute->end_index = (guint)end;
  pango_attr_list_insert (marks, attribute);
}

/* One text of both: what was removed is struck through, what was added is underlined. */
static char *
quote_edit (const char    *before,
            const char    *after,
            PangoAttrList *marks)
{
  g_autoptr (GArray) changes = lia_word_changes (before, after);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const LiaWordChange *change = &g_array_index (changes, LiaWordChange, i);
      const char          *of = change->change == LIA_WORDS_ADDED ? after : before;
      gsize                start = text->len;

      g_string_append_len (text, of + change->start, (gssize)(change->end - change->start));
      if (change->change == LIA_WORDS_REMOVED)
        {
          mark (marks, pango_attr_strikethrough_new (TRUE), start, text->len);
          mark (marks, pango_attr_foreground_alpha_new (REMOVED_ALPHA), start, text->len);
        }
      else if (change->change == LIA_WORDS_ADDED)
        {
          mark (marks, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), start, text->len);
          mark (marks, pango_attr_weight_new (PANGO_WEIGHT_SEMIBOLD), start, text->len);
        }
    }

  return g_string_free_and_steal (text);
}

static char *
in_one_line (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n", -1);
  GString *line = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (line, "%s%s", line->len > 0 ? " " : "", words[i]);

  return g_string_free_and_steal (line);
}

/**
 * lia_suggestion_words_quote:
 * @marks: (out) (transfer full): of what is different
 *
 * Returns: (transfer full) (nullable): what it is about, word for word; NULL where the title says it
 */
char *
lia_suggestion_words_quote (LiaSuggestion  *suggestion,
                            PangoAttrList **marks)
{
  *marks = pango_attr_list_new ();
  if (suggestion->kind == LIA_SUGGESTION_EDITED)
    return quote_edit (suggestion->before, suggestion->after != NULL ? suggestion->after : suggestion->before, *marks);
  if (suggestion->kind == LIA_SUGGESTION_BY_HAND)
    return in_one_line (suggestion->text);

  return NULL;
}

/** lia_suggestion_words_spoken_quote: (transfer full): the same without marks, for who cannot see them; "" where there is none. */
char *
lia_suggestion_words_spoken_quote (LiaSuggestion *suggestion)
{
  g_autofree char *answer = in_one_line (suggestion->text);

  if (suggestion->kind == LIA_SUGGESTION_BY_HAND)
    return g_strdup_printf (_ ("“%s”"), answer);
  if (suggestion->kind != LIA_SUGGESTION_EDITED)
    return g_strdup ("");
  if (suggestion->after == NULL)
    return g_strdup_printf (_ ("“%s”"), suggestion->before);
  if (*suggestion->after == '\0')
    return g_strdup_printf (_ ("“%s” is left out"), suggestion->before);

  return g_strdup_printf (_ ("“%s” becomes “%s”"), suggestion->before, suggestion->after);
}
