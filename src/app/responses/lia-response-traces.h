/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-customer-zone.h"
#include "lia-entry.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the entries of a conversation (LiaEntry, the oldest first) tell of how its customer is written to. */

LiaMailClock       lia_response_traces_clock (GListModel *entries);
LiaCannedFormality lia_response_traces_formality (GListModel *entries);
char              *lia_response_traces_call (GListModel *entries);
LiaEntry          *lia_response_traces_sent (GListModel        *entries,
                                             const char *const *responses);

G_END_DECLS
