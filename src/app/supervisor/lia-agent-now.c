/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-agent-now.h"

#include <glib/gi18n.h>

static const struct
{
  const char *state;
  const char *title;
  const char *icon;
} states[] = {
  { "available", N_ ("Available"), "user-available-symbolic" },
  { "ringing", N_ ("Ringing"), "call-incoming-symbolic" },
  { "talking", N_ ("Talking"), "call-start-symbolic" },
  { "held", N_ ("On Hold"), "media-playback-pause-symbolic" },
  { "consulting", N_ ("Asking a Colleague"), "call-start-symbolic" },
  { "wrap-up", N_ ("Wrapping Up"), "user-idle-symbolic" },
  { "busy", N_ ("Busy"), "user-busy-symbolic" },
  { "paused", N_ ("Pause"), "user-away-symbolic" },
  { "unreachable", N_ ("Telephone Not Reachable"), "dialog-warning-symbolic" },
  { "offline", N_ ("Offline"), "user-offline-symbolic" },
};

/* By kind of segment; NULL says nothing about what the agent does now */
static const char *
state_of (LiaSegmentKind kind)
{
  switch (kind)
    {
    case LIA_SEGMENT_RING:
      return "ringing";
    case LIA_SEGMENT_TALK:
      return "talking";
    case LIA_SEGMENT_HOLD:
      return "held";
    case LIA_SEGMENT_CONSULT:
      return "consulting";
    case LIA_SEGMENT_PARK:
    case LIA_SEGMENT_WRAP:
    default:
      return NULL;
    }
}

/* The last one counts: a consultation lies within a hold */
static void
look_at_call (LiaAgentNow *now,
              LiaAgent    *agent,
              LiaCall     *call)
{
  for (guint i = 0; i < call->segments->len; i++)
    {
      const LiaCallSegment *segment = call->segments->pdata[i];
      const char           *state = state_of (segment->kind);

      if (segment->to_ms != 0 || state == NULL || !g_str_equal (segment->agent, agent->id))
        continue;
      /* Who speaks may be rung for another call: the spoken one is what matters. */
      if (segment->kind == LIA_SEGMENT_RING && now->call != NULL)
        continue;
      now->state = state;
      now->since_ms = segment->from_ms;
      if (segment->kind != LIA_SEGMENT_RING)
        now->call = call;
    }
}

/* Whoever says to be there, and whose telephone is not, is rung in vain. */
static void
look_at_member (LiaAgentNow    *now,
                LiaAgent       *agent,
                LiaQueueMember *member)
{
  gboolean is_lost = member->state == LIA_MEMBER_UNREACHABLE || member->state == LIA_MEMBER_INVALID;

  if (!is_lost || !g_str_equal (member->agent, agent->id) || !g_str_equal (now->state, "available"))
    return;
  now->state = "unreachable";
  now->since_ms = member->since_ms;
}

/** lia_agent_now: @calls: of LiaCall, those that go on; @members: of LiaQueueMember. The result is good as long as they and @agent are. */
LiaAgentNow
lia_agent_now (LiaAgent   *agent,
               GListModel *calls,
               GListModel *members)
{
  LiaAgentNow now = { agent->availability != NULL ? agent->availability : "offline", agent->since_ms, NULL };

  for (guint i = 0; i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (LiaCall) call = g_list_model_get_item (calls, i);

      look_at_call (&now, agent, call);
    }
  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (LiaQueueMember) member = g_list_model_get_item (members, i);

      look_at_member (&now, agent, member);
    }

  return now;
}

static guint
index_of (const LiaAgentNow *now)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i].state, now->state))
      return i;

  return G_N_ELEMENTS (states) - 1;
}

const char *
lia_agent_now_title (const LiaAgentNow *now)
{
  return _ (states[index_of (now)].title);
}

const char *
lia_agent_now_icon (const LiaAgentNow *now)
{
  return states[index_of (now)].icon;
}
