/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-net-guard.h"
#include "lia-tracker-error.h"
#include "lia-tracker-request.h"

G_BEGIN_DECLS

#define LIA_TYPE_TRACKER_WEB (lia_tracker_web_get_type ())

/**
 * LiaTrackerWeb:
 *
 * How all trackers are reached: a few connections to each host, and one gate before it for whoever asks it something, so that a host that wants
 * to be left alone is. It follows no redirect: where something moved is a person's to judge, and nothing that says who we are goes there.
 */
G_DECLARE_FINAL_TYPE (LiaTrackerWeb, lia_tracker_web, LIA, TRACKER_WEB, GObject)

LiaTrackerWeb   *lia_tracker_web_new (LiaNetGuard *guard);
LiaTrackerReply *lia_tracker_web_send (LiaTrackerWeb           *self,
                                       const LiaTrackerRequest *request,
                                       GError                 **error);
void             lia_tracker_web_set_deadline (LiaTrackerWeb *self,
                                               guint          deadline_ms);

G_END_DECLS
