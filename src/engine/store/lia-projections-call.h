/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-conversation-record.h"
#include "lia-projections.h"

G_BEGIN_DECLS

gboolean lia_project_call (LiaProjection         *self,
                           gint64                 entry_seq,
                           JsonObject            *details,
                           LiaConversationRecord *record,
                           GError               **error);

G_END_DECLS
