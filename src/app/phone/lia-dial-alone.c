/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The telephone in the app goes on while the engine is away. What the engine would have looked at is looked at here then, with what it told last.
 */
#include "lia-dial-alone.h"

#include "lia-agent.h"
#include "lia-client-pbx.h"
#include "lia-dial-number.h"
#include "lia-dial-rules.h"

#include <glib/gi18n.h>

/* By their extension, or as the engine names them */
static char *
dup_colleague (LiaClient  *client,
               const char *to)
{
  GListModel *agents = lia_client_get_agents (client);

  for (guint i = 0; i < g_list_model_get_n_items (agents); i++)
    {
      g_autoptr (LiaAgent) agent = g_list_model_get_item (agents, i);

      if (agent->extension != NULL && *agent->extension != '\0' && (g_str_equal (agent->id, to) || g_str_equal (agent->extension, to)))
        return g_strdup (agent->extension);
    }

  return NULL;
}

/* Nobody said which telephone system a call goes through: where there are several, the strictest counts. */
static const char *
judge (LiaClient  *client,
       const char *number)
{
  GListModel *channels = lia_client_get_channels (client);
  LiaAgent   *me = lia_client_get_me (client);

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (LiaChannel) channel = g_list_model_get_item (channels, i);
      g_autoptr (LiaPbx) pbx = g_strcmp0 (channel->kind, "phone") == 0 ? lia_channel_dup_pbx (channel, NULL) : NULL;
      const char *words = pbx != NULL ? lia_dial_verdict_words (lia_dial_rules_judge (pbx, me != NULL ? me->role : NULL, number)) : NULL;

      if (words != NULL)
        return _ (words);
    }

  return NULL;
}

/**
 * lia_dial_alone:
 * @to: a number as people write it, or an agent's id
 * @why_not: (out): a sentence for the agent, where that cannot be called or may not
 *
 * Returns: (transfer full) (nullable): what the telephone in the app dials without asking the engine
 */
char *
lia_dial_alone (LiaClient   *client,
                const char  *to,
                const char **why_not)
{
  g_autofree char *colleague = dup_colleague (client, to);
  g_autofree char *number = colleague == NULL ? lia_dial_number (to) : NULL;

  *why_not = NULL;
  if (colleague != NULL)
    return g_steal_pointer (&colleague);
  if (number == NULL)
    *why_not = _ ("This is no number that can be called");
  else
    *why_not = judge (client, number);

  return *why_not == NULL ? g_steal_pointer (&number) : NULL;
}
