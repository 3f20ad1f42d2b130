/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A call of others, to which a supervisor listens. How is what the telephone system says, not what was asked for. */
#include "lia-phone-line-private.h"

#include "lia-problem.h"
#include "lia-then.h"

/** lia_phone_line_set_listens: for the station: the telephone that is about to ring was asked to listen. */
void
lia_phone_line_set_listens (LiaPhoneLine *self)
{
  self->listens = TRUE;
}

/** lia_phone_line_listens: whether it is a call of others. */
gboolean
lia_phone_line_listens (LiaPhoneLine *self)
{
  return self->listens;
}

/** lia_phone_line_get_mode: "listen", "whisper" or "barge"; "" as long as nothing is heard. */
const char *
lia_phone_line_get_mode (LiaPhoneLine *self)
{
  LiaAgent   *me = lia_client_get_me (self->client);
  LiaCallLeg *leg = self->call != NULL && me != NULL ? lia_line_spy_leg (self->call, me->id) : NULL;

  return leg != NULL ? leg->mode : "";
}

/** lia_phone_line_get_listened: (transfer none) (nullable): the agent who talks there. */
LiaAgent *
lia_phone_line_get_listened (LiaPhoneLine *self)
{
  LiaCallLeg *leg = self->call != NULL ? lia_line_listened_leg (self->call) : NULL;
  GListModel *agents = lia_client_get_agents (self->client);

  for (guint i = 0; leg != NULL && i < g_list_model_get_n_items (agents); i++)
    {
      g_autoptr (LiaAgent) agent = g_list_model_get_item (agents, i);

      /* The list keeps it */
      if (g_strcmp0 (agent->id, leg->agent) == 0)
        return agent;
    }

  return NULL;
}

static void
changed_cb (gpointer      owner,
            const GValue *value,
            GError       *error,
            gpointer      data)
{
  LiaPhoneLine *self = owner;

  if (error != NULL)
    {
      g_autofree char *words = lia_problem_words (error);

      lia_phone_line_complain (self, words);
    }
  lia_phone_line_tell (self);
}

/** lia_phone_line_set_mode: by whom I am heard from now on. */
void
lia_phone_line_set_mode (LiaPhoneLine *self,
                         const char   *mode)
{
  LiaAgent *agent = lia_phone_line_get_listened (self);

  if (agent == NULL || g_str_equal (lia_phone_line_get_mode (self), mode))
    return;

  lia_then (lia_client_supervise_call (self->client, self->call, agent->id, mode, NULL), self, changed_cb, NULL, NULL);
}
