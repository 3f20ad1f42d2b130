/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_PUSH_LEDGER (lia_push_ledger_get_type ())

/**
 * LiaPushLedger:
 *
 * What of a finding left for which tracker, when, by whom, and what became of it; also what was withdrawn since. Hidden while nothing did. What is there still can be withdrawn.
 */
G_DECLARE_FINAL_TYPE (LiaPushLedger, lia_push_ledger, LIA, PUSH_LEDGER, AdwBin)

void lia_push_ledger_show (LiaPushLedger *self,
                           LiaClient     *client,
                           const char    *finding);

G_END_DECLS
