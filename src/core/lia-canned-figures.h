/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_CANNED_FIGURES (lia_canned_figures_get_type ())

G_DECLARE_FINAL_TYPE (LiaCannedFigures, lia_canned_figures, LIA, CANNED_FIGURES, GObject)

/**
 * LiaCannedFigures:
 *
 * How a canned response was used, by everybody. Immutable once published.
 */
struct _LiaCannedFigures
{
  GObject parent_instance;

  gint64 sent;
  gint64 edited;   /* of these, before they went out */
  gint64 reopened; /* of these: the customer wrote again within seven days */
  gint64 words;    /* that were changed in all of them, of so many */
  gint64 of_words;
};

LiaCannedFigures *lia_canned_figures_new (void);

G_END_DECLS
