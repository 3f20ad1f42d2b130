/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-place.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define LIA_CHAT_MAX_PAGES 10

gboolean   lia_chat_pages_check (JsonArray *pages,
                                 GError   **error);
JsonArray *lia_chat_pages_clean (JsonArray    *pages,
                                 LiaChatPlace *place);

G_END_DECLS
