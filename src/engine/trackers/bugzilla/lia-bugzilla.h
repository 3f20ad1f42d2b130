/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-tracker-setup.h"
#include "lia-tracker-web.h"
#include "lia-tracker.h"

G_BEGIN_DECLS

#define LIA_TYPE_BUGZILLA (lia_bugzilla_get_type ())

/**
 * LiaBugzilla:
 *
 * A product in a Bugzilla from version 5.0 on. Its key is one of a login. The marker is the alias of a bug, of which there is never a second one.
 *
 * Keys are never sent within addresses, for these end up in logs. 5.1 and 5.3 take them in a header; 5.0 and 5.2 only with what is written, so
 * there we read what everybody may read.
 */
G_DECLARE_FINAL_TYPE (LiaBugzilla, lia_bugzilla, LIA, BUGZILLA, GObject)

LiaTracker *lia_bugzilla_new (LiaTrackerWeb   *web,
                              LiaTrackerSetup *setup,
                              const char      *key);

G_END_DECLS
