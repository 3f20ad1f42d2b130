/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-agent.h"
#include "lia-call.h"
#include "lia-queue-member.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LiaAgentNow:
 *
 * What an agent does at this moment: what is true of the call comes before what was said. `call` and `state` are borrowed.
 */
typedef struct
{
  const char *state; /* "available", "ringing", "talking", "held", "consulting", "wrap-up", "busy", "paused", "unreachable", "offline" */
  gint64      since_ms;
  LiaCall    *call; /* that can be listened to, or NULL */
} LiaAgentNow;

LiaAgentNow lia_agent_now (LiaAgent   *agent,
                           GListModel *calls,
                           GListModel *members);
const char *lia_agent_now_title (const LiaAgentNow *now);
const char *lia_agent_now_icon (const LiaAgentNow *now);

G_END_DECLS
