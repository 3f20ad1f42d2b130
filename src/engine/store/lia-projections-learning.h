/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-projections.h"

G_BEGIN_DECLS

gboolean lia_project_response_kept (LiaProjection *self,
                                    gint64         response_id,
                                    const char    *state,
                                    GError       **error);
gboolean lia_project_response_sent (LiaProjection *self,
                                    gint64         response_id,
                                    gint64         agent_id,
                                    gboolean       edited,
                                    GError       **error);
gboolean lia_project_written_again (LiaProjection *self,
                                    gint64         at_ms,
                                    GError       **error);

G_END_DECLS
