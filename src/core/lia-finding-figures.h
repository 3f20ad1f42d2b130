/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-finding-enums.h"

G_BEGIN_DECLS

#define LIA_TYPE_FINDING_FIGURES (lia_finding_figures_get_type ())

G_DECLARE_FINAL_TYPE (LiaFindingFigures, lia_finding_figures, LIA, FINDING_FIGURES, GObject)

/** LiaFindingSpan: how long it took, of those of which both ends are known. */
typedef struct
{
  gint64 n; /* findings */
  gint64 p50_ms;
  gint64 p90_ms;
} LiaFindingSpan;

/** LiaFindingFigures: how many findings are in which state, and how long it took. Immutable once published. */
struct _LiaFindingFigures
{
  GObject parent_instance;

  gint64         states[LIA_FINDING_N_STATES]; /* by LiaFindingState */
  LiaFindingSpan spans[LIA_FINDING_N_STATES];  /* by LiaFindingState: until it was that, from the state before; of LIA_FINDING_LINKED from when it was said first */
};

LiaFindingFigures *lia_finding_figures_new (void);
gint64             lia_finding_figures_get_total (LiaFindingFigures *self);
int                lia_finding_figures_get_told_percent (LiaFindingFigures *self);

G_END_DECLS
