/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client-push.h"
#include "lia-finding.h"
#include "lia-tracker-setup.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_PUSH_KNOWN (lia_push_known_get_type ())

/**
 * LiaPushKnown:
 *
 * Where a finding is to go, and what the engineers have there already that may be the same.
 *
 * Signals: `link` (string: the key): it is that one; `found` (boolean): the tracker was asked, and knows something like it.
 */
G_DECLARE_FINAL_TYPE (LiaPushKnown, lia_push_known, LIA, PUSH_KNOWN, AdwBin)

void             lia_push_known_set_up (LiaPushKnown *self,
                                        LiaClient    *client,
                                        LiaFinding   *finding,
                                        const char   *tracker);
LiaTrackerSetup *lia_push_known_dup_tracker (LiaPushKnown *self);

G_END_DECLS
