/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-deed-words.h"

#include "lia-address.h"
#include "lia-agent.h"
#include "lia-queue.h"

#include <glib/gi18n.h>

/* The names in a sentence; never NULL */
typedef struct
{
  const char *actor;
  const char *agent;
  const char *caller;
  const char *queue;
} Names;

static const char *
find_agent (GListModel *agents,
            const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (agents); i++)
    {
      g_autoptr (LiaAgent) agent = g_list_model_get_item (agents, i);

      if (g_strcmp0 (agent->id, id) == 0)
        return agent->name; /* the list's */
    }

  return _ ("somebody");
}

static const char *
find_queue (GListModel *queues,
            const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (queues); i++)
    {
      g_autoptr (LiaQueue) queue = g_list_model_get_item (queues, i);

      if (g_strcmp0 (queue->id, id) == 0)
        return queue->name; /* the list's */
    }

  return _ ("another queue");
}

static char *
dup_caller (LiaDeed *deed)
{
  const LiaAddress customer = { deed->customer_name, deed->customer_address };
  g_autofree char *known = lia_address_show (&customer);

  return *known != '\0' ? g_steal_pointer (&known) : g_strdup (_ ("a caller"));
}

static char *
supervise_words (LiaDeed     *deed,
                 const Names *names)
{
  if (g_str_equal (deed->mode, "whisper"))
    return g_strdup_printf (_ ("%1$s whispered to %2$s in a call with %3$s"), names->actor, names->agent, names->caller);
  if (g_str_equal (deed->mode, "barge"))
    return g_strdup_printf (_ ("%1$s joined the call of %2$s with %3$s"), names->actor, names->agent, names->caller);

  return g_strdup_printf (_ ("%1$s listened to the call of %2$s with %3$s"), names->actor, names->agent, names->caller);
}

static char *
pause_words (LiaDeed     *deed,
             const Names *names)
{
  if (!deed->on)
    return g_strdup_printf (_ ("%1$s ended the pause of %2$s"), names->actor, names->agent);
  if (*deed->reason == '\0')
    return g_strdup_printf (_ ("%1$s paused %2$s"), names->actor, names->agent);

  /* Translators: who, whom, why: "Sue paused Bob: Lunch" */
  return g_strdup_printf (_ ("%1$s paused %2$s: %3$s"), names->actor, names->agent, deed->reason);
}

static char *
login_words (LiaDeed     *deed,
             const Names *names)
{
  return g_strdup_printf (deed->on ? _ ("%1$s signed %2$s in to %3$s") : _ ("%1$s signed %2$s out of %3$s"), names->actor, names->agent, names->queue);
}

char *
lia_deed_words (LiaDeed    *deed,
                GListModel *agents,
                GListModel *queues)
{
  g_autofree char *caller = dup_caller (deed);
  const Names      names = { find_agent (agents, deed->actor), find_agent (agents, deed->agent), caller, find_queue (queues, deed->queue) };

  if (g_str_equal (deed->what, "call.supervise"))
    return supervise_words (deed, &names);
  if (g_str_equal (deed->what, "queue.pause-agent"))
    return pause_words (deed, &names);
  if (g_str_equal (deed->what, "queue.login"))
    return login_words (deed, &names);
  if (g_str_equal (deed->what, "queue.move-call"))
    return g_strdup_printf (_ ("%1$s moved %2$s to %3$s"), names.actor, names.caller, names.queue);
  if (g_str_equal (deed->what, "queue.priority"))
    return g_strdup_printf (_ ("%1$s changed the turn of %2$s"), names.actor, names.caller);

  /* Of a newer engine. Translators: who, a technical name of what was done, to whom */
  return g_strdup_printf (_ ("%1$s did “%2$s” to %3$s"), names.actor, deed->what, *deed->agent != '\0' ? names.agent : names.caller);
}
