/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-parser-private.h"

#include "lia-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * What has an end: if, optional, greeting, farewell. A block is open until its end, and what comes next belongs into the innermost one. As each
 * opening is on the stack even if its tag is wrong, an end never closes another block than the one that was meant.
 */

#define MAX_NODES 2000
#define MAX_DEPTH 16

static const char *const block_words[] = { "if", "optional", "greeting", "farewell" };

/** lia_template_parser_get_block: the innermost that is open, or NULL. */
LiaTemplateBlock *
lia_template_parser_get_block (LiaTemplateParser *self)
{
  return self->blocks->len > 0 ? &g_array_index (self->blocks, LiaTemplateBlock, self->blocks->len - 1) : NULL;
}

static gboolean
is_blank_text (const LiaTemplateNode *node)
{
  return node->kind == LIA_TEMPLATE_NODE_TEXT && strspn (node->text, " \t\r\n") == strlen (node->text);
}

static void
count (LiaTemplateParser *self,
       guint              start,
       guint              end)
{
  if (++self->n_nodes <= MAX_NODES)
    return;

  lia_template_scan_error (&self->scan, start, end, NULL, _ ("This is more than one response can hold. Make two of it."));
  self->stopped = TRUE;
}

/** lia_template_parser_add: @node (transfer full) belongs here. It may be gone after this. */
void
lia_template_parser_add (LiaTemplateParser *self,
                         LiaTemplateNode   *node)
{
  LiaTemplateBlock *block = lia_template_parser_get_block (self);

  if (block == NULL && self->farewell != NULL)
    {
      if (!is_blank_text (node))
        {
          lia_template_scan_error (&self->scan, node->start, node->start + node->length, NULL, _ ("Nothing can stand after the farewell."));
          self->stopped = TRUE;
        }
      self->last_text = NULL;
      lia_template_node_free (node);
      return;
    }

  g_ptr_array_add (block != NULL ? block->nodes : self->body, node);
  count (self, node->start, node->start + node->length);
}

static void
push (LiaTemplateParser   *self,
      LiaTemplateBlockKind kind,
      LiaTemplateNode     *node,
      GPtrArray           *nodes,
      guint                start)
{
  LiaTemplateBlock block = { .kind = kind, .node = node, .nodes = nodes, .start = start };

  if (self->blocks->len >= MAX_DEPTH)
    {
      lia_template_scan_error (&self->scan, start, self->scan.chars, NULL, _ ("Here are too many parts inside of each other. There can be %d."), MAX_DEPTH);
      self->stopped = TRUE;
      return;
    }

  g_array_append_val (self->blocks, block);
}

static void
parse_if (LiaTemplateParser *self,
          guint              start)
{
  LiaTemplateNode   *node = lia_template_node_new (LIA_TEMPLATE_NODE_IF, start);
  LiaTemplateBranch *branch = lia_template_branch_new (lia_template_parse_tests (self));

  g_ptr_array_add (node->branches, branch);
  lia_template_parser_add (self, node);
  if (!self->stopped)
    push (self, LIA_TEMPLATE_BLOCK_IF, node, branch->nodes, start);
}

static void
parse_else (LiaTemplateParser *self,
            guint              start)
{
  LiaTemplateScan   *scan = &self->scan;
  LiaTemplateBlock  *block = lia_template_parser_get_block (self);
  GPtrArray         *tests = NULL;
  LiaTemplateBranch *branch;

  lia_template_scan_blanks (scan);
  if (lia_template_scan_keyword (scan, "if"))
    tests = lia_template_parse_tests (self);

  if (block == NULL || block->kind != LIA_TEMPLATE_BLOCK_IF || block->has_else)
    {
      if (block != NULL && block->kind == LIA_TEMPLATE_BLOCK_IF)
        lia_template_scan_error (scan, start, scan->chars, NULL, _ ("After {{else}} there cannot be another one."));
      else
        lia_template_scan_error (scan, start, scan->chars, NULL, _ ("There is no {{if}} to which this {{else}} belongs."));
      g_clear_pointer (&tests, g_ptr_array_unref);
      return;
    }

  branch = lia_template_branch_new (tests);
  g_ptr_array_add (block->node->branches, branch);
  block->nodes = branch->nodes;
  block->has_else = tests == NULL;
  count (self, start, scan->chars);
}

static void
parse_end (LiaTemplateParser *self,
           guint              start)
{
  LiaTemplateScan  *scan = &self->scan;
  LiaTemplateBlock *block = lia_template_parser_get_block (self);

  lia_template_scan_blanks (scan);
  if (block == NULL)
    {
      lia_template_scan_error (scan, start, scan->chars, NULL, _ ("There is nothing open that {{end}} could end."));
      return;
    }

  /* {{end if}} may say what it ends */
  for (guint i = 0; i < G_N_ELEMENTS (block_words); i++)
    {
      guint at = scan->chars;

      if (lia_template_scan_keyword (scan, block_words[i]) && i != block->kind)
        lia_template_scan_error (scan, at, scan->chars, block_words[block->kind], _ ("What ends here is {{%s}}."), block_words[block->kind]);
    }
  g_array_set_size (self->blocks, self->blocks->len - 1);
}

static void
parse_optional (LiaTemplateParser *self,
                guint              start)
{
  LiaTemplateNode *node = lia_template_parse_optional (self, start);

  /* With an error in it: what stands in the block is to be looked at nevertheless */
  if (node == NULL)
    node = lia_template_node_new (LIA_TEMPLATE_NODE_OPTIONAL, start);

  lia_template_parser_add (self, node);
  if (!self->stopped)
    push (self, LIA_TEMPLATE_BLOCK_OPTIONAL, node, node->nodes, start);
}

static void
parse_section (LiaTemplateParser   *self,
               LiaTemplateBlockKind kind,
               guint                start)
{
  GPtrArray **section = kind == LIA_TEMPLATE_BLOCK_GREETING ? &self->greeting : &self->farewell;
  guint       n_blank = 0;

  while (n_blank < self->body->len && is_blank_text (g_ptr_array_index (self->body, n_blank)))
    n_blank++;

  if (self->blocks->len > 0)
    lia_template_scan_error (&self->scan, start, self->scan.chars, NULL, _ ("Greeting and farewell cannot stand inside of another part."));
  else if (*section != NULL)
    lia_template_scan_error (&self->scan, start, self->scan.chars, NULL, _ ("There can be only one {{%s}}."), block_words[kind]);
  else if (kind == LIA_TEMPLATE_BLOCK_GREETING && (n_blank < self->body->len || self->farewell != NULL))
    lia_template_scan_error (&self->scan, start, self->scan.chars, NULL, _ ("The greeting has to stand before everything else."));

  if (*section == NULL)
    *section = lia_template_nodes_new ();
  if (kind == LIA_TEMPLATE_BLOCK_GREETING && n_blank > 0 && n_blank == self->body->len)
    {
      g_ptr_array_set_size (self->body, 0);
      self->last_text = NULL;
    }
  push (self, kind, NULL, *section, start);
}

/** lia_template_parse_block: a tag that opens, divides or closes a block, at its word. FALSE if it is none of these. */
gboolean
lia_template_parse_block (LiaTemplateParser *self,
                          guint              start)
{
  LiaTemplateScan *scan = &self->scan;

  if (lia_template_scan_keyword (scan, "if"))
    parse_if (self, start);
  else if (lia_template_scan_keyword (scan, "else"))
    parse_else (self, start);
  else if (lia_template_scan_keyword (scan, "end"))
    parse_end (self, start);
  else if (lia_template_scan_keyword (scan, "optional"))
    parse_optional (self, start);
  else if (lia_template_scan_keyword (scan, "greeting"))
    parse_section (self, LIA_TEMPLATE_BLOCK_GREETING, start);
  else if (lia_template_scan_keyword (scan, "farewell"))
    parse_section (self, LIA_TEMPLATE_BLOCK_FAREWELL, start);
  else
    return FALSE;

  return TRUE;
}

/** lia_template_parser_close_block: the innermost one, if any, without a word of it. */
void
lia_template_parser_close_block (LiaTemplateParser *self)
{
  if (self->blocks->len > 0)
    g_array_set_size (self->blocks, self->blocks->len - 1);
}

/** lia_template_block_get_word: as it stands in the tag that opens it. */
const char *
lia_template_block_get_word (const LiaTemplateBlock *self)
{
  return block_words[self->kind];
}
