/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-finding.h"

G_BEGIN_DECLS

/* Findings as a table, one row each, written piece by piece. Times are UTC as in the API; what customers wrote is no formula to a spreadsheet. */

void lia_finding_csv_append_header (GString *csv);
void lia_finding_csv_append (GString    *csv,
                             LiaFinding *finding);

G_END_DECLS
