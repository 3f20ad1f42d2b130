/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-conversation-record.h"
#include "lia-entry-facts.h"
#include "lia-projections.h"

G_BEGIN_DECLS

gboolean lia_project_question (LiaProjection         *self,
                               gint64                 seq,
                               LiaConversationRecord *record,
                               const LiaEntryFacts   *facts,
                               GError               **error);

G_END_DECLS
