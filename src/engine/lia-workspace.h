/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-agent.h"
#include "lia-channel.h"
#include "lia-db.h"
#include "lia-json.h"

G_BEGIN_DECLS

/*
 * What the whole workspace shares: agents, queues, channels, settings, views. Inside a #LiaStoreFunc. Lists are of char *: JSON text in wire form,
 * but for those of values.
 *
 * `live` is what only the running engine knows of channels (their state): "h_1" -> #LiaChannel, or NULL.
 */

LiaAgent   *lia_workspace_agent (LiaDb   *db,
                                 gint64   agent_id,
                                 GError **error);
gboolean    lia_workspace_is_supervisor (LiaDb    *db,
                                         gint64    agent_id,
                                         gboolean *is,
                                         GError  **error);
gint64      lia_workspace_first_agent (LiaDb   *db,
                                       GError **error);
GPtrArray  *lia_workspace_agents (LiaDb   *db,
                                  GError **error);
GPtrArray  *lia_workspace_agent_values (LiaDb   *db,
                                        GError **error);
GPtrArray  *lia_workspace_queue_values (LiaDb   *db,
                                        gint64   queue_id,
                                        GError **error);
GPtrArray  *lia_workspace_queues (LiaDb   *db,
                                  GError **error);
GPtrArray  *lia_workspace_channels (LiaDb      *db,
                                    GHashTable *live,
                                    GError    **error);
gboolean    lia_workspace_read_channel_ids (LiaDb    *db,
                                            gpointer  kind,
                                            gpointer *result,
                                            GError  **error);
GPtrArray  *lia_workspace_trackers (LiaDb      *db,
                                    GHashTable *live,
                                    gint64      tracker_id,
                                    GError    **error);
JsonObject *lia_workspace_channel_config (LiaDb   *db,
                                          gint64   channel_id,
                                          GError **error);
GPtrArray  *lia_workspace_views (LiaDb   *db,
                                 gint64   agent_id,
                                 GError **error);
JsonObject *lia_workspace_settings (LiaDb   *db,
                                    GError **error);
gint64      lia_workspace_changed_id (gint64      seq,
                                      const char *name,
                                      const char *data);
char       *lia_workspace_event (LiaDb      *db,
                                 GHashTable *live,
                                 gint64      seq,
                                 const char *kind,
                                 const char *data,
                                 GError    **error);

G_END_DECLS
