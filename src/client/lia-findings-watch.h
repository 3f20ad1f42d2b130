/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

G_BEGIN_DECLS

#define LIA_TYPE_FINDINGS_WATCH (lia_findings_watch_get_type ())

/**
 * LiaFindingsWatch:
 *
 * Tells whoever shows findings when to look again. Signal: `changed`: something was captured, taken back, merged or renamed, by anybody, or may have been
 * while there was no engine; at most once a tick.
 */
G_DECLARE_FINAL_TYPE (LiaFindingsWatch, lia_findings_watch, LIA, FINDINGS_WATCH, GObject)

LiaFindingsWatch *lia_findings_watch_new (LiaClient *client);

G_END_DECLS
