/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client-findings.h"

G_BEGIN_DECLS

#define LIA_TYPE_FINDINGS_EXPORT (lia_findings_export_get_type ())

/**
 * LiaFindingsExport:
 *
 * Writes findings into a file as a table (lia-finding-csv), a page after the other, so that it needs no more memory for many. Signal: `progressed`: some more
 * are written.
 */
G_DECLARE_FINAL_TYPE (LiaFindingsExport, lia_findings_export, LIA, FINDINGS_EXPORT, GObject)

LiaFindingsExport *lia_findings_export_new (LiaClient              *client,
                                            const LiaFindingsQuery *query,
                                            GFile                  *file);
DexFuture         *lia_findings_export_run (LiaFindingsExport *self) G_GNUC_WARN_UNUSED_RESULT; /* uint: how many */
void               lia_findings_export_cancel (LiaFindingsExport *self);
guint              lia_findings_export_get_count (LiaFindingsExport *self);

G_END_DECLS
