/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-adf.h"

#include <string.h>

#define MAX_NODES 100000
#define MAX_TEXT_BYTES (4 * 1024 * 1024)
#define QUOTE "> "

static JsonObject *
new_node (const char *type)
{
  JsonObject *node = json_object_new ();

  json_object_set_string_member (node, "type", type);

  return node;
}

static JsonArray *
add_content (JsonObject *node)
{
  JsonArray *content = json_array_new ();

  json_object_set_array_member (node, "content", content);

  return content;
}

/* Lines of one paragraph; a text node must not be empty */
static JsonObject *
new_paragraph (char **lines,
               guint  from,
               guint  to,
               gsize  skip)
{
  JsonObject *paragraph = new_node ("paragraph");
  JsonArray  *content = add_content (paragraph);

  for (guint i = from; i < to; i++)
    {
      const char *line = lines[i] + MIN (skip, strlen (lines[i]));

      if (i > from)
        json_array_add_object_element (content, new_node ("hardBreak"));
      if (*line != '\0')
        {
          JsonObject *text = new_node ("text");

          json_object_set_string_member (text, "text", line);
          json_array_add_object_element (content, text);
        }
    }

  return paragraph;
}

static gboolean
is_quote (const char *line)
{
  return line[0] == '>' && (line[1] == ' ' || line[1] == '\0');
}

static void
add_block (JsonArray *blocks,
           char     **lines,
           guint      from,
           guint      to)
{
  if (is_quote (lines[from]))
    {
      JsonObject *quote = new_node ("blockquote");

      json_array_add_object_element (add_content (quote), new_paragraph (lines, from, to, strlen (QUOTE)));
      json_array_add_object_element (blocks, quote);
    }
  else
    json_array_add_object_element (blocks, new_paragraph (lines, from, to, 0));
}

/**
 * lia_adf_from_text:
 * @text: in %LIA_DIALECT_PLAIN
 *
 * Returns: (transfer full): a document that shows it: paragraphs, and quotes where lines begin with ">". What stands in a text node is never markup:
 *   mentions and references are nodes of their own there.
 */
JsonObject *
lia_adf_from_text (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  JsonObject *document = new_node ("doc");
  JsonArray  *blocks;
  guint       count = g_strv_length (lines);

  json_object_set_int_member (document, "version", 1);
  blocks = add_content (document);
  for (guint from = 0, to; from < count; from = to)
    {
      to = from + 1;
      g_strchomp (lines[from]);
      if (lines[from][0] == '\0')
        continue;
      for (; to < count && *g_strchomp (lines[to]) != '\0' && is_quote (lines[to]) == is_quote (lines[from]); to++)
        ;
      add_block (blocks, lines, from, to);
    }

  return document;
}

static void
append_node (GString    *text,
             JsonObject *node,
             guint      *left)
{
  const char *type = NULL;
  const char *words = NULL;
  JsonArray  *content = NULL;

  if (*left == 0 || !lia_json_str (node, "type", LIA_JSON_REQUIRED, 100, &type, NULL))
    return;
  (*left)--;
  if (g_str_equal (type, "hardBreak"))
    g_string_append_c (text, '\n');
  if (g_str_equal (type, "text") && lia_json_str (node, "text", LIA_JSON_REQUIRED, MAX_TEXT_BYTES, &words, NULL))
    g_string_append (text, words);
  if (lia_json_arr (node, "content", LIA_JSON_OPTIONAL, MAX_NODES, &content, NULL) && content != NULL)
    for (guint i = 0; i < json_array_get_length (content); i++)
      {
        JsonObject *child;

        if (lia_json_arr_obj (content, i, &child, NULL))
          append_node (text, child, left);
      }
  if (g_str_equal (type, "paragraph"))
    g_string_append_c (text, '\n');
}

/** lia_adf_to_text: (transfer full): its words, a line a paragraph: enough to find something in it. */
char *
lia_adf_to_text (JsonObject *document)
{
  GString *text = g_string_new (NULL);
  guint    left = MAX_NODES;

  append_node (text, document, &left);

  return g_string_free_and_steal (text);
}
