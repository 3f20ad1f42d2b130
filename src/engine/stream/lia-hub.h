/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-engine.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define LIA_STREAM_PROTOCOL "liaison.v1"
#define LIA_STREAM_PING_S 25

#define LIA_TYPE_HUB (lia_hub_get_type ())

/**
 * LiaHub:
 *
 * All open streams. Reads new journal rows once for all of an agent's streams, and sends the same bytes to each.
 */
G_DECLARE_FINAL_TYPE (LiaHub, lia_hub, LIA, HUB, GObject)

/** LiaHubFilter: whether @agent ("a_1") may know of this thing. */
typedef gboolean (*LiaHubFilter) (LiaEngine  *engine,
                                  const char *agent,
                                  gpointer    thing);

LiaHub  *lia_hub_new (LiaEngine *engine);
void     lia_hub_add (LiaHub                  *self,
                      SoupWebsocketConnection *connection,
                      gint64                   agent_id,
                      const char              *token);
void     lia_hub_send_ephemeral (LiaHub     *self,
                                 const char *kind,
                                 const char *data);
void     lia_hub_send_live (LiaHub      *self,
                            const char  *kind,
                            const char  *data,
                            LiaHubFilter filter,
                            gpointer     thing);
void     lia_hub_send_all_live (LiaHub     *self,
                                const char *agent);
void     lia_hub_drain (LiaHub *self);
guint    lia_hub_get_streams (LiaHub *self);
gboolean lia_hub_has_agent (LiaHub *self,
                            gint64  agent_id);

G_END_DECLS
