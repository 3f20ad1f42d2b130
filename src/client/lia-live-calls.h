/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-frames.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIA_TYPE_LIVE_CALLS (lia_live_calls_get_type ())

/**
 * LiaLiveCalls:
 *
 * What happens on the telephone now: the calls that go on, and who is in the phone queues. Inside the client library only.
 */
G_DECLARE_FINAL_TYPE (LiaLiveCalls, lia_live_calls, LIA, LIVE_CALLS, GObject)

LiaLiveCalls *lia_live_calls_new (void);
GListModel   *lia_live_calls_get_calls (LiaLiveCalls *self);   /* of LiaCall */
GListModel   *lia_live_calls_get_members (LiaLiveCalls *self); /* of LiaQueueMember */
void          lia_live_calls_set_all (LiaLiveCalls *self,
                                      GPtrArray    *calls,
                                      GPtrArray    *members);
void          lia_live_calls_take (LiaLiveCalls *self,
                                   LiaFrame     *frame);
void          lia_live_calls_lose (LiaLiveCalls *self);

G_END_DECLS
