/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whose it is to call a customer back, and who has to know. Pure: the present is an argument.
 */
#include "lia-callback-words.h"

#include "lia-format.h"
#include "lia-queue-member.h"

#include <glib/gi18n.h>

static char *
whose (LiaAgent *agent)
{
  if (agent == NULL)
    return g_strdup (_ ("Nobody’s callback"));
  if (g_strcmp0 (agent->availability, "offline") == 0)
    /* Translators: who is to call a customer back, and is not here: “Callback for Anna, who is offline” */
    return g_strdup_printf (_ ("Callback for %s, who is offline"), agent->name);
  /* Translators: who is to call a customer back: “Callback for Anna” */
  return g_strdup_printf (_ ("Callback for %s"), agent->name);
}

/**
 * lia_callback_words:
 * @owner: (nullable): the conversation's assignee
 *
 * Returns: (transfer full): whose it is to call, and by when: "Callback for Anna, due 14:30"
 */
char *
lia_callback_words (LiaConversation *conversation,
                    LiaAgent        *owner,
                    gint64           now_ms)
{
  g_autofree char *who = whose (owner);
  g_autofree char *moment = NULL;

  if (conversation->due_ms == 0)
    return g_steal_pointer (&who);
  moment = lia_format_moment (conversation->due_ms, now_ms);
  /* Translators: whose callback it is, and when it is due: “Callback for Anna, due 14:30” */
  return g_strdup_printf (_ ("%s, due %s"), who, moment);
}

static gboolean
is_member (GListModel *members,
           const char *queue,
           const char *agent)
{
  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (LiaQueueMember) member = g_list_model_get_item (members, i);

      if (g_strcmp0 (member->queue, queue) == 0 && g_strcmp0 (member->agent, agent) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * lia_callback_concerns:
 * @me: an agent's id
 * @members: of LiaQueueMember
 *
 * Whether a callback is this agent's to think of: an own one, one of nobody, or a colleague's of the same queue that is overdue.
 */
gboolean
lia_callback_concerns (LiaConversation *conversation,
                       const char      *me,
                       GListModel      *members,
                       gint64           now_ms)
{
  if (conversation->assignee == NULL || g_strcmp0 (conversation->assignee, me) == 0)
    return TRUE;
  return conversation->due_ms != 0 && conversation->due_ms <= now_ms && is_member (members, conversation->queue, me);
}
