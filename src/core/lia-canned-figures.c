/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-canned-figures.h"

G_DEFINE_FINAL_TYPE (LiaCannedFigures, lia_canned_figures, G_TYPE_OBJECT)

static void
lia_canned_figures_class_init (LiaCannedFiguresClass *klass)
{
}

static void
lia_canned_figures_init (LiaCannedFigures *self)
{
}

/** lia_canned_figures_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaCannedFigures *
lia_canned_figures_new (void)
{
  return g_object_new (LIA_TYPE_CANNED_FIGURES, NULL);
}
