/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client-push.h"
#include "lia-finding.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_PUSH_OUTCOME (lia_push_outcome_get_type ())

/**
 * LiaPushOutcome:
 *
 * What became of what was sent, or linked: it follows it for as long as somebody looks. Signal: `done`: it is not needed any more.
 */
G_DECLARE_FINAL_TYPE (LiaPushOutcome, lia_push_outcome, LIA, PUSH_OUTCOME, AdwBin)

void lia_push_outcome_follow (LiaPushOutcome *self,
                              LiaClient      *client,
                              const char     *finding,
                              const char     *issue);

G_END_DECLS
