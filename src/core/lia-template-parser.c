/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-parser-private.h"

#include "lia-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * A response that colleagues write -> its tree, or all that is wrong with it. The language:
 *
 *   {{customer.first_name}}                       a placeholder; if its value is not known, the agent is asked
 *   {{customer.first_name|there}}                 … or this text stands there; {{x|y|"text"}} tries y before; {{x|}} leaves it out
 *   {{today + 3 days as weekday}}                 days and times, in the customer's language and time zone
 *   {{if conversation.language is de}}…{{else if customer.company}}…{{else}}…{{end}}
 *   {{ask "Order number" number}}                 a field (text, number, date); the same question is asked once
 *   {{choose "Reason": broken / lost | lost}}     one of several; what stands after | is proposed
 *   {{optional "Shipping note"}}…{{end}}          a part that the agent takes in or leaves out
 *   {{greeting}}…{{end}}  {{farewell}}…{{end}}    first and last, kept apart so that several responses share one of each
 *   {{"{{"}}  {{verbatim}}…{{end}}                braces that are meant, for a word and for pages of code
 *
 * Two braces open a tag and nothing else does: JSON, C, shell, a single brace and }} alone are text. Everything in a tag is words that one can
 * read aloud; a name has a dot or is in the list, so that no fallback is mistaken for one. A tag that stands alone on its line takes the line
 * with it.
 *
 * Imports are hostile: length, number and depth of tags have limits, and the time is proportional to the length. A mistake ends its tag, not the
 * reading, so that all mistakes are seen at once; a block whose tag is wrong is a block still.
 */

#define MAX_CHARS 50000
#define MAX_ERRORS 20

/* What is no word of the language, but was in another program's */
static const char *const other_words[][2] = {
  { "endif", "end" },
  { "endunless", "end" },
  { "fi", "end" },
  { "elif", "else if" },
  { "elsif", "else if" },
  { "elseif", "else if" },
  { "raw", "verbatim" },
  { "input", "ask" },
  { "select", "choose" },
  { "signature", "farewell" },
};

static const char *const keywords[] = { "if", "else", "end", "ask", "choose", "optional", "greeting", "farewell", "verbatim" };

static LiaTemplateNode *
add_text (LiaTemplateParser  *self,
          LiaTemplateNodeKind kind,
          gsize               length)
{
  LiaTemplateNode *node = lia_template_node_new (kind, self->scan.chars);

  node->text = g_strndup (self->scan.at, length);
  node->skip_start = MIN (self->skip_next, length);
  self->skip_next = 0;
  lia_template_scan_forward (&self->scan, length);
  node->length = self->scan.chars - node->start;

  return node;
}

/* A tag of a block alone on its line takes the line with it: its blanks and its end are no text. */
static gboolean
take_line (LiaTemplateParser *self,
           const char        *tag)
{
  const char *from = tag;
  const char *to = self->scan.at;

  while (from > self->scan.text && (from[-1] == ' ' || from[-1] == '\t'))
    from--;
  while (*to == ' ' || *to == '\t' || *to == '\r')
    to++;

  if ((from > self->scan.text && from[-1] != '\n') || (*to != '\n' && *to != '\0'))
    return FALSE;

  if (self->last_text != NULL)
    self->last_text->skip_end = tag - from;
  self->skip_next = to - self->scan.at + (*to == '\n');

  return TRUE;
}

/* Behind the tag that is wrong; not behind the next one, if its end is missing */
static void
skip_tag (LiaTemplateParser *self)
{
  LiaTemplateScan *scan = &self->scan;

  while (*scan->at != '\0' && !lia_template_scan_peek (scan, "{{"))
    {
      if (lia_template_scan_literal (scan, "}}"))
        return;
      lia_template_scan_forward (scan, g_utf8_skip[(guchar)*scan->at]);
    }
}

static void
close_tag (LiaTemplateParser *self,
           guint              start)
{
  LiaTemplateScan *scan = &self->scan;
  LiaTemplateScan  rest;
  g_autofree char *words = NULL;

  lia_template_scan_blanks (scan);
  if (lia_template_scan_literal (scan, "}}"))
    return;

  rest = *scan;
  words = lia_template_scan_until (&rest, "");
  if (*scan->at == '}')
    lia_template_scan_error (scan, scan->chars, scan->chars + 1, "}}", _ ("One closing brace is missing: }}."));
  else if (!lia_template_scan_peek (&rest, "}}"))
    lia_template_scan_error (scan, start, start + 2, NULL, _ ("These braces are opened, but }} is missing."));
  else
    lia_template_scan_error (scan, scan->chars, scan->chars + (guint)g_utf8_strlen (words, -1), NULL, _ ("“%s” is not understood here."), words);
  skip_tag (self);
}

/* From the tag's name on, up to the end of the part */
static void
parse_verbatim (LiaTemplateParser *self,
                const char        *tag,
                guint              start)
{
  LiaTemplateScan *scan = &self->scan;
  gsize            end_length = 0;
  guint            n_errors = scan->errors->len;
  const char      *end;

  close_tag (self, start);
  if (scan->errors->len > n_errors)
    return;

  take_line (self, tag);
  end = lia_template_scan_find_end (scan, &end_length);
  if (end == NULL)
    {
      lia_template_scan_error (scan, start, scan->chars, NULL, _ ("This part has no {{end}}."));
      lia_template_scan_forward (scan, strlen (scan->at));
      return;
    }

  self->last_text = add_text (self, LIA_TEMPLATE_NODE_VERBATIM, end - scan->at);
  lia_template_parser_add (self, self->last_text);
  lia_template_scan_forward (scan, end_length);
  take_line (self, end);
}

static void
parse_literal (LiaTemplateParser *self,
               guint              start)
{
  LiaTemplateNode *node;
  char            *text = lia_template_scan_quoted (&self->scan, TRUE);

  if (text == NULL)
    return;

  node = lia_template_node_new (LIA_TEMPLATE_NODE_LITERAL, start);
  node->text = text;
  node->length = self->scan.chars - start;
  lia_template_parser_add (self, node);
}

static void
take_node (LiaTemplateParser *self,
           LiaTemplateNode   *node)
{
  if (node == NULL)
    return;

  node->length = self->scan.chars - node->start;
  lia_template_parser_add (self, node);
}

/* A word that stands alone in its tag and has no dot may be a slip of a keyword; whole words of other programs are known. */
static gboolean
say_wrong_keyword (LiaTemplateParser *self)
{
  LiaTemplateScan  ahead = self->scan;
  gboolean         sign = *ahead.at != '\0' && strchr ("#/%^", *ahead.at) != NULL;
  g_autofree char *word = NULL;
  g_autofree char *lower = NULL;
  const char      *meant = NULL;

  if (sign)
    {
      meant = *ahead.at == '/' ? "end" : "if";
      lia_template_scan_forward (&ahead, 1);
    }
  lia_template_scan_blanks (&ahead);
  word = lia_template_scan_word (&ahead, "_.");
  lower = g_ascii_strdown (word != NULL ? word : "", -1);
  for (guint i = 0; meant == NULL && i < G_N_ELEMENTS (other_words); i++)
    meant = strcmp (lower, other_words[i][0]) == 0 ? other_words[i][1] : NULL;
  for (guint i = 0; meant == NULL && i < G_N_ELEMENTS (keywords); i++)
    meant = strlen (lower) >= 3 && lia_template_word_distance (lower, keywords[i]) == 1 && lia_template_placeholder_find (lower) == NULL ? keywords[i] : NULL;

  if (meant == NULL)
    return FALSE;

  lia_template_scan_error (&self->scan, self->scan.chars, ahead.chars, meant, _ ("This is not understood. Did you mean {{%s}}?"), meant);
  if (strcmp (meant, "end") == 0)
    lia_template_parser_close_block (self);

  return TRUE;
}

static void
parse_value (LiaTemplateParser *self,
             guint              start)
{
  LiaTemplateScan *scan = &self->scan;

  if (lia_template_scan_peek (scan, "}}"))
    lia_template_scan_error (scan, start, scan->chars + 2, "{{\"{{\"}}", _ ("Nothing stands between these braces. If you mean the braces themselves, write {{\"{{\"}}."));
  else if (*scan->at == '{')
    lia_template_scan_error (scan, start, scan->chars + 1, "{{", _ ("Two braces are enough. If you mean the braces themselves, write {{\"{{\"}}."));
  else if (!say_wrong_keyword (self))
    take_node (self, lia_template_parse_value (self, start));
}

static void
parse_inline (LiaTemplateParser *self,
              guint              start)
{
  LiaTemplateScan *scan = &self->scan;

  if (lia_template_scan_is_quote (scan))
    parse_literal (self, start);
  else if (lia_template_scan_keyword (scan, "ask"))
    take_node (self, lia_template_parse_ask (self, start));
  else if (lia_template_scan_keyword (scan, "choose"))
    take_node (self, lia_template_parse_choose (self, start));
  else
    parse_value (self, start);
}

static void
parse_tag (LiaTemplateParser *self)
{
  LiaTemplateScan *scan = &self->scan;
  const char      *tag = scan->at;
  guint            start = scan->chars;
  guint            n_errors = scan->errors->len;
  guint            n_blocks = self->blocks->len;
  gboolean         is_block;

  self->skip_next = 0;
  lia_template_scan_forward (scan, 2);
  lia_template_scan_blanks (scan);
  if (lia_template_scan_keyword (scan, "verbatim"))
    {
      parse_verbatim (self, tag, start);
      return;
    }

  is_block = lia_template_parse_block (self, start);
  if (!is_block)
    parse_inline (self, start);

  if (scan->errors->len > n_errors)
    skip_tag (self);
  else
    close_tag (self, start);

  if (self->blocks->len > n_blocks)
    lia_template_parser_get_block (self)->end = scan->chars;
  if (is_block && take_line (self, tag) && self->blocks->len > n_blocks && lia_template_parser_get_block (self)->node != NULL)
    lia_template_parser_get_block (self)->node->own_lines = TRUE;
}

static void
parse_all (LiaTemplateParser *self)
{
  LiaTemplateScan *scan = &self->scan;

  while (*scan->at != '\0' && !self->stopped && scan->errors->len < MAX_ERRORS)
    {
      const char *next = strstr (scan->at, "{{");

      if (next == scan->at)
        {
          parse_tag (self);
          self->last_text = NULL;
        }
      else
        {
          self->last_text = add_text (self, LIA_TEMPLATE_NODE_TEXT, next != NULL ? (gsize)(next - scan->at) : strlen (scan->at));
          lia_template_parser_add (self, self->last_text);
        }
    }
}

/* What can only be seen at the end */
static void
check_end (LiaTemplateParser *self)
{
  if (self->stopped)
    return;

  for (guint i = 0; i < self->blocks->len; i++)
    {
      LiaTemplateBlock *block = &g_array_index (self->blocks, LiaTemplateBlock, i);

      lia_template_scan_error (&self->scan, block->start, block->end, NULL, _ ("This {{%s}} has no {{end}}."), lia_template_block_get_word (block));
    }
}

static int
compare_errors (gconstpointer a,
                gconstpointer b)
{
  const LiaTemplateError *first = a, *second = b;

  return first->start < second->start ? -1 : first->start > second->start;
}

static gboolean
check_size (LiaTemplateScan *scan,
            const char      *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    lia_template_scan_error (scan, 0, 0, NULL, _ ("This text cannot be read: it is not UTF-8."));
  else if (strlen (text) > MAX_CHARS * 4 || g_utf8_strlen (text, -1) > MAX_CHARS)
    lia_template_scan_error (scan, 0, 0, NULL, _ ("A response can have %d characters at most."), MAX_CHARS);

  return scan->errors->len == 0;
}

static void
lia_template_parser_clear (LiaTemplateParser *self)
{
  g_clear_pointer (&self->blocks, g_array_unref);
  g_clear_pointer (&self->fields, g_hash_table_unref);
  g_clear_pointer (&self->greeting, g_ptr_array_unref);
  g_clear_pointer (&self->body, g_ptr_array_unref);
  g_clear_pointer (&self->farewell, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LiaTemplateParser, lia_template_parser_clear)

/**
 * lia_template_parse: reads a response; the language stands at the top of this file.
 * @errors: (out) (transfer full): of LiaTemplateError, in the order of the text; empty when nothing is wrong
 *
 * Returns: NULL if anything is wrong
 */
LiaTemplate *
lia_template_parse (const char *text,
                    GPtrArray **errors)
{
  g_auto (LiaTemplateParser) self = { 0 };
  LiaTemplate *template;

  *errors = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_template_error_free);
  self.scan = (LiaTemplateScan){ .text = text, .at = text, .errors = *errors };
  self.blocks = g_array_new (FALSE, FALSE, sizeof (LiaTemplateBlock));
  self.fields = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)lia_template_field_unref);
  self.body = lia_template_nodes_new ();

  if (check_size (&self.scan, text))
    {
      parse_all (&self);
      check_end (&self);
    }
  g_ptr_array_sort_values (*errors, compare_errors);
  if ((*errors)->len > 0)
    return NULL;

  template = g_object_new (LIA_TYPE_TEMPLATE, NULL);
  template->greeting = g_steal_pointer (&self.greeting);
  g_ptr_array_add (template->bodies, g_steal_pointer (&self.body));
  template->farewell = g_steal_pointer (&self.farewell);

  return template;
}
