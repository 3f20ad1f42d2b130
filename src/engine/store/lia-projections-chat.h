/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-entry-facts.h"
#include "lia-projections.h"

G_BEGIN_DECLS

/* What a visitor of a web site may see of a conversation. */

gboolean lia_project_chat (LiaProjection       *self,
                           const LiaEntryFacts *facts,
                           JsonObject          *x,
                           GError             **error);

G_END_DECLS
