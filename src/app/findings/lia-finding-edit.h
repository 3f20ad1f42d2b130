/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-finding.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_FINDING_EDIT (lia_finding_edit_get_type ())

/** LiaFindingEdit: what a finding is called, and of which kind and product it is. Signal: `saved` (the finding as it was before). */
G_DECLARE_FINAL_TYPE (LiaFindingEdit, lia_finding_edit, LIA, FINDING_EDIT, AdwDialog)

AdwDialog *lia_finding_edit_new (LiaClient  *client,
                                 LiaFinding *finding);

G_END_DECLS
