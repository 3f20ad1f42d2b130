/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-parser-private.h"

#include "lia-config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* A placeholder:  name [+ number unit] [as style] [| name]… [| text] */

#define MAX_OFFSET 10000

static gboolean
has_styles (LiaTemplateType type)
{
  return type == LIA_TEMPLATE_NUMBER || type == LIA_TEMPLATE_DATE || type == LIA_TEMPLATE_TIME;
}

static gboolean
fits (LiaTemplateStyle style,
      LiaTemplateType  type)
{
  if (type == LIA_TEMPLATE_NUMBER)
    return style == LIA_TEMPLATE_AS_AMOUNT;
  if (type == LIA_TEMPLATE_DATE)
    return style < LIA_TEMPLATE_AS_TIME;

  return type == LIA_TEMPLATE_TIME && style < LIA_TEMPLATE_AS_AMOUNT;
}

static char *
style_list (LiaTemplateType type)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (LiaTemplateStyle style = LIA_TEMPLATE_AS_DATE; style <= LIA_TEMPLATE_AS_AMOUNT; style++)
    {
      if (fits (style, type))
        g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", lia_template_style_get_words (style));
    }

  return g_string_free_and_steal (g_steal_pointer (&list));
}

static const char *
nearest_style (const char     *words,
               LiaTemplateType type)
{
  for (LiaTemplateStyle style = LIA_TEMPLATE_AS_DATE; style <= LIA_TEMPLATE_AS_AMOUNT; style++)
    {
      if (fits (style, type) && lia_template_word_distance (words, lia_template_style_get_words (style)) <= 2)
        return lia_template_style_get_words (style);
    }

  return NULL;
}

/* "Short   Date" -> "short date" */
static char *
one_spaced (const char *words)
{
  g_autofree char *lower = g_ascii_strdown (words, -1);
  g_auto (GStrv) parts = g_strsplit_set (lower, " \t\n", -1);
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (parts[i][0] != '\0')
        g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", parts[i]);
    }

  return g_string_free_and_steal (g_steal_pointer (&joined));
}

/** lia_template_parse_style: what stands after "as", if it comes next; an error if a value of @type has no such style. */
LiaTemplateStyle
lia_template_parse_style (LiaTemplateParser *self,
                          LiaTemplateType    type)
{
  LiaTemplateScan *scan = &self->scan;
  g_autofree char *written = NULL;
  g_autofree char *words = NULL;
  g_autofree char *list = NULL;
  guint            start;

  lia_template_scan_blanks (scan);
  if (!lia_template_scan_keyword (scan, "as"))
    return LIA_TEMPLATE_AS_IS;

  lia_template_scan_blanks (scan);
  start = scan->chars;
  written = lia_template_scan_until (scan, "|");
  words = one_spaced (written);
  for (LiaTemplateStyle style = LIA_TEMPLATE_AS_DATE; style <= LIA_TEMPLATE_AS_AMOUNT; style++)
    {
      if (strcmp (words, lia_template_style_get_words (style)) == 0 && fits (style, type))
        return style;
    }

  list = style_list (type);
  if (has_styles (type))
    lia_template_scan_error (scan, start, start + (guint)g_utf8_strlen (written, -1), nearest_style (words, type), _ ("After “as” one of these can stand here: %s."), list);
  else
    lia_template_scan_error (scan, start, start + (guint)g_utf8_strlen (written, -1), NULL, _ ("Only numbers, days and times can be written in another way with “as”."));

  return LIA_TEMPLATE_AS_IS;
}

static void
say_unknown (LiaTemplateParser *self,
             const char        *name,
             guint              start)
{
  LiaTemplateScan  rest = self->scan;
  g_autofree char *after = lia_template_scan_until (&rest, "|\"");
  g_autofree char *phrase = g_strconcat (name, " ", after, NULL);
  const char      *whole = after[0] != '\0' ? lia_template_placeholder_suggest (phrase) : NULL;
  const char      *found = whole != NULL ? whole : lia_template_placeholder_suggest (name);
  guint            end = whole != NULL ? rest.chars : self->scan.chars;

  if (found != NULL)
    lia_template_scan_error (&self->scan, start, end, found, _ ("There is no placeholder “%s”. Did you mean %s?"), whole != NULL ? phrase : name, found);
  else
    lia_template_scan_error (&self->scan, start, end, NULL, _ ("There is no placeholder “%s”."), name);
}

/** lia_template_parse_name: the placeholder whose name comes next, in any case. NULL, and an error is noted, if there is none. */
const LiaTemplatePlaceholder *
lia_template_parse_name (LiaTemplateParser *self)
{
  LiaTemplateScan              *scan = &self->scan;
  guint                         start = scan->chars;
  g_autofree char              *written = lia_template_scan_word (scan, "_.");
  g_autofree char              *name = NULL;
  const LiaTemplatePlaceholder *placeholder;

  if (written == NULL)
    {
      lia_template_scan_error (scan, start, start + (*scan->at != '\0'), NULL, _ ("Here the name of a placeholder is missing."));
      return NULL;
    }

  name = g_ascii_strdown (written, -1);
  placeholder = lia_template_placeholder_find (name);
  if (placeholder == NULL)
    say_unknown (self, written, start);

  return placeholder;
}

static gboolean
parse_unit (LiaTemplateParser *self,
            LiaTemplateUnit   *unit)
{
  guint            start = self->scan.chars;
  g_autofree char *written = lia_template_scan_word (&self->scan, "");
  g_autofree char *word = g_ascii_strdown (written != NULL ? written : "", -1);

  for (*unit = LIA_TEMPLATE_MINUTES; *unit <= LIA_TEMPLATE_YEARS; (*unit)++)
    {
      const char *plural = lia_template_unit_get_word (*unit);

      if (strcmp (word, plural) == 0 || (strlen (word) == strlen (plural) - 1 && g_str_has_prefix (plural, word)))
        return TRUE;
    }

  lia_template_scan_error (&self->scan, start, self->scan.chars, "days", _ ("After the number stands minutes, hours, days, weeks, months or years."));

  return FALSE;
}

/* + 3 days */
static void
parse_offset (LiaTemplateParser *self,
              LiaTemplateNode   *node,
              LiaTemplateType    type)
{
  LiaTemplateScan *scan = &self->scan;
  guint            start = scan->chars;
  guint            end;
  gboolean         back = lia_template_scan_literal (scan, "-") || lia_template_scan_literal (scan, "−");
  g_autofree char *digits = NULL;

  if (!back && !lia_template_scan_literal (scan, "+"))
    return;

  lia_template_scan_blanks (scan);
  digits = lia_template_scan_word (scan, "");
  end = scan->chars;
  lia_template_scan_blanks (scan);
  if (type != LIA_TEMPLATE_DATE && type != LIA_TEMPLATE_TIME)
    {
      lia_template_scan_error (scan, start, end, NULL, _ ("Only days and times can be counted on from."));
      return;
    }
  if (digits == NULL || strspn (digits, "0123456789") != strlen (digits) || strlen (digits) > 5 || atoi (digits) > MAX_OFFSET)
    {
      lia_template_scan_error (scan, start, end, NULL, _ ("Here a number belongs, such as + 3 days."));
      return;
    }
  if (!parse_unit (self, &node->unit))
    return;
  if (type == LIA_TEMPLATE_DATE && node->unit <= LIA_TEMPLATE_HOURS)
    lia_template_scan_error (scan, start, scan->chars, NULL, _ ("A day is counted on in days, weeks, months or years. For hours and minutes begin with now."));

  node->offset = back ? -atoi (digits) : atoi (digits);
}

/* Of one that has no text */
static void
check_has_text (LiaTemplateParser            *self,
                const LiaTemplatePlaceholder *placeholder,
                guint                         start)
{
  if (placeholder->type == LIA_TEMPLATE_TRUTH)
    lia_template_scan_error (&self->scan, start, self->scan.chars, NULL, _ ("“%s” is so or not and has no text: ask for it with {{if %s}}…{{else}}…{{end}}."),
                             placeholder->name, placeholder->name);
}

/* A fallback without quotation marks is text, unless it looks like the name of a placeholder */
static gboolean
parse_fallback (LiaTemplateParser *self,
                LiaTemplateNode   *node)
{
  LiaTemplateScan *scan = &self->scan;
  LiaTemplateScan  ahead;
  guint            start;
  g_autofree char *bare = NULL;
  g_autofree char *name = NULL;

  lia_template_scan_blanks (scan);
  if (lia_template_scan_is_quote (scan))
    {
      node->fallback = lia_template_scan_quoted (scan, FALSE);
      return node->fallback != NULL;
    }

  start = scan->chars;
  ahead = *scan;
  bare = lia_template_scan_until (&ahead, "|");
  name = g_ascii_strdown (bare, -1);
  if (lia_template_placeholder_find (name) != NULL)
    {
      g_ptr_array_add (node->placeholders, (gpointer)lia_template_parse_name (self));
      check_has_text (self, g_ptr_array_index (node->placeholders, node->placeholders->len - 1), start);
      return TRUE;
    }

  *scan = ahead;
  node->fallback = g_steal_pointer (&bare);
  if (strchr (name, '.') != NULL && name[strspn (name, "abcdefghijklmnopqrstuvwxyz_.")] == '\0' && !g_str_has_suffix (name, "."))
    {
      const char      *suggestion = lia_template_placeholder_suggest (name);
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", node->fallback);

      lia_template_scan_error (scan, start, start + (guint)strlen (name), suggestion != NULL ? suggestion : quoted,
                               _ ("There is no placeholder “%s”. If you mean this very text, put it in quotation marks."), node->fallback);
    }

  return node->fallback[0] != '\0' || lia_template_scan_peek (scan, "}}");
}

static void
parse_fallbacks (LiaTemplateParser *self,
                 LiaTemplateNode   *node)
{
  LiaTemplateScan *scan = &self->scan;

  for (;;)
    {
      guint start;

      lia_template_scan_blanks (scan);
      start = scan->chars;
      if (!lia_template_scan_literal (scan, "|"))
        return;
      if (node->fallback != NULL)
        {
          lia_template_scan_error (scan, start, start + 1, NULL, _ ("What stands after the text “%s” could never be used."), node->fallback);
          return;
        }
      if (!parse_fallback (self, node))
        return;
    }
}

/** lia_template_parse_value: a placeholder, at its name. NULL, and an error is noted, if there is none. */
LiaTemplateNode *
lia_template_parse_value (LiaTemplateParser *self,
                          guint              start)
{
  guint                         name_start = self->scan.chars;
  const LiaTemplatePlaceholder *placeholder = lia_template_parse_name (self);
  g_autoptr (LiaTemplateNode) node = NULL;

  if (placeholder == NULL)
    return NULL;

  check_has_text (self, placeholder, name_start);
  node = lia_template_node_new (LIA_TEMPLATE_NODE_VALUE, start);
  g_ptr_array_add (node->placeholders, (gpointer)placeholder);
  lia_template_scan_blanks (&self->scan);
  parse_offset (self, node, placeholder->type);
  node->style = lia_template_parse_style (self, placeholder->type);
  parse_fallbacks (self, node);

  return g_steal_pointer (&node);
}
