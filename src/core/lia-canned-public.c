/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Nobody fills in anything there, and nothing is known of who reads it: so whatever is not the response's own words makes it unfit. Greeting and
 * farewell are left out: they are of a letter.
 */

#include "lia-canned-public.h"

#include "lia-template-private.h"

#include <string.h>

static char *
tell (const LiaTemplateNode *node)
{
  const LiaTemplatePlaceholder *placeholder;

  switch (node->kind)
    {
    case LIA_TEMPLATE_NODE_VALUE:
      placeholder = g_ptr_array_index (node->placeholders, 0);
      return g_strdup_printf ("“{{%s}}” is not known of a visitor", placeholder->name);

    case LIA_TEMPLATE_NODE_FIELD:
      return g_strdup_printf ("Nobody fills in “%s” there", node->field->label);

    case LIA_TEMPLATE_NODE_OPTIONAL:
      return g_strdup_printf ("Nobody decides there about the part “%s”", node->field->label);

    default:
      return g_strdup ("Nobody knows there what “{{if}}” asks");
    }
}

/* The response's own words; FALSE with @unfit for all others */
static gboolean
add_node (GString               *text,
          const LiaTemplateNode *node,
          char                 **unfit)
{
  if (node->kind != LIA_TEMPLATE_NODE_TEXT && node->kind != LIA_TEMPLATE_NODE_LITERAL && node->kind != LIA_TEMPLATE_NODE_VERBATIM)
    {
      *unfit = tell (node);
      return FALSE;
    }
  g_string_append_len (text, node->text + node->skip_start, strlen (node->text) - node->skip_start - node->skip_end);

  return TRUE;
}

static gboolean
add_nodes (GString         *text,
           const GPtrArray *nodes,
           char           **unfit)
{
  for (guint i = 0; i < nodes->len; i++)
    if (!add_node (text, g_ptr_array_index (nodes, i), unfit))
      return FALSE;

  return TRUE;
}

/**
 * lia_canned_public_text:
 * @body: of a wording
 * @unfit: (out) (transfer full): why strangers cannot read it, in plain words
 *
 * Returns: (transfer full) (nullable): what they read
 */
char *
lia_canned_public_text (const char *body,
                        char      **unfit)
{
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (LiaTemplate) template = lia_template_parse (body, &errors);
  g_autoptr (GString) text = g_string_new (NULL);

  *unfit = NULL;
  if (template == NULL || (errors != NULL && errors->len > 0))
    {
      *unfit = g_strdup ("There is a mistake in its text");
      return NULL;
    }
  for (guint i = 0; i < template->bodies->len; i++)
    if (!add_nodes (text, g_ptr_array_index (template->bodies, i), unfit))
      return NULL;
  g_strstrip (text->str);
  if (*text->str == '\0')
    *unfit = g_strdup ("There is nothing in it but a greeting or a farewell");

  return *text->str != '\0' ? g_string_free_and_steal (g_steal_pointer (&text)) : NULL;
}

/** lia_canned_public_is_for_chat: whether a wording is one that visitors of web sites may be shown. */
gboolean
lia_canned_public_is_for_chat (const LiaCannedVariant *variant)
{
  return *variant->channel == '\0' || strcmp (variant->channel, "chat") == 0;
}

/** lia_canned_public_fits: whether it may be published at all; @unfit: (out) (transfer full): why not */
gboolean
lia_canned_public_fits (LiaCanned *canned,
                        char     **unfit)
{
  guint n = 0;

  *unfit = NULL;
  if (canned->scope != LIA_CANNED_TEAM || canned->state != LIA_CANNED_REVIEWED)
    {
      *unfit = g_strdup ("Only what was reviewed for the team is published");
      return FALSE;
    }
  for (guint i = 0; i < canned->variants->len; i++)
    {
      const LiaCannedVariant *variant = g_ptr_array_index (canned->variants, i);
      g_autofree char        *text = NULL;

      if (!lia_canned_public_is_for_chat (variant))
        continue;
      text = lia_canned_public_text (variant->body, unfit);
      if (text == NULL)
        return FALSE;
      n++;
    }
  if (n == 0)
    *unfit = g_strdup ("All its texts are made for other channels than chats");

  return n > 0;
}
