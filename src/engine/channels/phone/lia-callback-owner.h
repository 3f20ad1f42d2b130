/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-call.h"
#include "lia-db.h"

G_BEGIN_DECLS

/*
 * A caller whom nobody answered is somebody's to call back: the assignee of the conversation. Gives a conversation that is nobody's to one, by an entry
 * of the kind "state", in the transaction that keeps the call's end. @call: that has ended, with our ids. @members: of gint64: the agents in its queue.
 * Of a call that came in no queue it is the agents whom it rang.
 */
gboolean lia_callback_give_owner (LiaDb   *db,
                                  LiaCall *call,
                                  GArray  *members,
                                  GError **error);
gboolean lia_callback_give_anybody (LiaDb   *db,
                                    gint64   at_ms,
                                    gint64   conversation_id,
                                    GError **error);

G_END_DECLS
