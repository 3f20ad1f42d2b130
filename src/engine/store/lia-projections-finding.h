/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-entry-facts.h"
#include "lia-projections.h"

G_BEGIN_DECLS

gboolean lia_project_quote (LiaProjection       *self,
                            gint64               seq,
                            const LiaEntryFacts *facts,
                            GError             **error);

gboolean lia_project_finding_state (LiaProjection *self,
                                    gint64         id,
                                    const char    *state,
                                    GError       **error);

gboolean lia_project_finding_issues (LiaProjection *self,
                                     gint64         id,
                                     GError       **error);

gboolean lia_project_finding_customers (LiaProjection *self,
                                        GError       **error);

gboolean lia_project_finding_calls (LiaProjection *self,
                                    GError       **error);

G_END_DECLS
