/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-response-fields-private.h"

/*
 * What the responses in a text do when it goes out. An agent may strike something out; it stays on the list, so that it can be wanted again.
 */

/* What is done is the same, whichever response asks for it. */
static char *
dup_name (const LiaCannedAction *action)
{
  return g_strconcat (action->kind, "\n", action->value, NULL);
}

/** lia_response_fields_is_struck: whether @action is not to be done. */
gboolean
lia_response_fields_is_struck (LiaResponseFields     *self,
                               const LiaCannedAction *action)
{
  g_autofree char *name = dup_name (action);

  return g_hash_table_contains (self->struck, name);
}

/* lia_response_fields_mark_struck: without telling anybody. */
void
lia_response_fields_mark_struck (LiaResponseFields     *self,
                                 const LiaCannedAction *action,
                                 gboolean               struck)
{
  g_autofree char *name = dup_name (action);

  if (struck)
    g_hash_table_add (self->struck, g_steal_pointer (&name));
  else
    g_hash_table_remove (self->struck, name);
}

/** lia_response_fields_strike: @struck: out, else it is wanted again. */
void
lia_response_fields_strike (LiaResponseFields     *self,
                            const LiaCannedAction *action,
                            gboolean               struck)
{
  if (lia_response_fields_is_struck (self, action) == struck)
    return;

  lia_response_fields_mark_struck (self, action, struck);
  lia_response_fields_tell (self);
}

/** lia_response_fields_list_actions: (transfer full) (element-type LiaCannedAction): all of them, also what is struck out, each once. */
GPtrArray *
lia_response_fields_list_actions (LiaResponseFields *self)
{
  GPtrArray *actions = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_canned_action_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->sections->len; i++)
    {
      const LiaResponseInsertion *insertion = ((LiaResponseSection *)self->sections->pdata[i])->insertion;

      for (guint j = 0; j < insertion->actions->len; j++)
        {
          if (g_hash_table_add (seen, dup_name (insertion->actions->pdata[j])))
            g_ptr_array_add (actions, lia_canned_action_ref (insertion->actions->pdata[j]));
        }
    }

  return actions;
}

/** lia_response_fields_dup_actions: (transfer full) (element-type LiaCannedAction): what is done when the text goes out. */
GPtrArray *
lia_response_fields_dup_actions (LiaResponseFields *self)
{
  GPtrArray *actions = lia_response_fields_list_actions (self);

  for (guint i = actions->len; i > 0; i--)
    {
      if (lia_response_fields_is_struck (self, actions->pdata[i - 1]))
        g_ptr_array_remove_index (actions, i - 1);
    }

  return actions;
}
