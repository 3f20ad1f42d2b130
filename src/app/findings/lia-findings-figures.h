/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-finding-figures.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_FINDINGS_FIGURES (lia_findings_figures_get_type ())

/** LiaFindingsFigures: how long it takes until the engineers have a finding, until it is fixed, and until the customers know. */
G_DECLARE_FINAL_TYPE (LiaFindingsFigures, lia_findings_figures, LIA, FINDINGS_FIGURES, AdwBin)

void lia_findings_figures_show (LiaFindingsFigures *self,
                                LiaFindingFigures  *figures);

G_END_DECLS
