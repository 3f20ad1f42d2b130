/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-agent.h"
#include "lia-call.h"
#include "lia-queue-member.h"
#include "lia-queue.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Who calls now and who is there for them, read from the client's live lists: of LiaCall, LiaQueueMember, LiaQueue, LiaAgent. Pure: the present is an argument. */

LiaCall  *lia_callers_find (GListModel *calls,
                            const char *conversation);
char     *lia_callers_with (LiaCall    *call,
                            LiaAgent   *me,
                            GListModel *agents);
gint64    lia_callers_due (LiaCall    *call,
                           GListModel *queues);
LiaCall  *lia_callers_most_urgent (GListModel *calls,
                                   GListModel *queues,
                                   gint64     *due_ms);
LiaQueue *lia_callers_find_queue (GListModel *queues,
                                  const char *id);
gboolean  lia_callers_member_is_free (LiaQueueMember *member);
char     *lia_callers_member_words (LiaQueueMember *member,
                                    gint64          now_ms);

G_END_DECLS
