/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-command.h"

G_BEGIN_DECLS

/*
 * Running commands, over HTTP and in streams alike. Both futures always resolve, to a JsonObject of its own: {"key","seq","d"}, or {"key","problem"}.
 */

const LiaCommand *lia_commands_list (gsize *n_commands);
DexFuture        *lia_commands_run (LiaEngine  *engine,
                                    gint64      agent_id,
                                    JsonObject *frame) G_GNUC_WARN_UNUSED_RESULT;
DexFuture        *lia_commands_refuse (JsonObject *frame,
                                       LiaProblem  problem,
                                       const char *detail) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
