/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-jwt.h"
#include "lia-chat-site.h"
#include "lia-engine.h"

G_BEGIN_DECLS

/**
 * LiaChatPlace:
 * @keys: kid -> secret
 * @problem: why its visitors' identities cannot be checked, or ""
 *
 * A site while the engine runs.
 */
typedef struct
{
  gint64       channel_id;
  LiaChatSite *site;
  GHashTable  *keys;
  char        *problem;
} LiaChatPlace;

void             lia_chat_place_free (gpointer place);
GPtrArray       *lia_chat_places_await (LiaEngine *engine,
                                        GError   **error);
LiaChatIdentity *lia_chat_place_believe (LiaChatPlace *self,
                                         const char   *jwt,
                                         gint64        now_ms,
                                         GError      **error);
char            *lia_chat_place_dup_page (const LiaChatPlace *self,
                                          const char         *url);
gboolean         lia_chat_place_has_origin (const LiaChatPlace *self,
                                            const char         *origin);

G_END_DECLS
