/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-finding-figures.h"

G_DEFINE_FINAL_TYPE (LiaFindingFigures, lia_finding_figures, G_TYPE_OBJECT)

static void
lia_finding_figures_class_init (LiaFindingFiguresClass *klass)
{
}

static void
lia_finding_figures_init (LiaFindingFigures *self)
{
}

/** lia_finding_figures_new: all 0, to be filled by its maker before anybody else sees it. */
LiaFindingFigures *
lia_finding_figures_new (void)
{
  return g_object_new (LIA_TYPE_FINDING_FIGURES, NULL);
}

gint64
lia_finding_figures_get_total (LiaFindingFigures *self)
{
  gint64 total = 0;

  for (guint i = 0; i < LIA_FINDING_N_STATES; i++)
    total += self->states[i];

  return total;
}

/** lia_finding_figures_get_told_percent: of those that are fixed, of how many customers were told; -1 = none is fixed, which is not 0 %. */
int
lia_finding_figures_get_told_percent (LiaFindingFigures *self)
{
  gint64 fixed = self->states[LIA_FINDING_FIXED] + self->states[LIA_FINDING_TOLD];

  return fixed > 0 ? (int)(self->states[LIA_FINDING_TOLD] * 100 / fixed) : -1;
}
