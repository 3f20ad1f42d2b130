/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-agent.h"
#include "lia-conversation.h"

#include <gio/gio.h>

G_BEGIN_DECLS

char    *lia_callback_words (LiaConversation *conversation,
                             LiaAgent        *owner,
                             gint64           now_ms);
gboolean lia_callback_concerns (LiaConversation *conversation,
                                const char      *me,
                                GListModel      *members,
                                gint64           now_ms);

G_END_DECLS
