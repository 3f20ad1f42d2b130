/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_FIGURE_BUTTON (lia_figure_button_get_type ())

/**
 * LiaFigureButton:
 *
 * A figure in large type with its name; hovered or focused it tells its formula, clicked it opens what it counts.
 */
G_DECLARE_FINAL_TYPE (LiaFigureButton, lia_figure_button, LIA, FIGURE_BUTTON, GtkButton)

GtkWidget *lia_figure_button_new (void);
void       lia_figure_button_show (LiaFigureButton *self,
                                   const char      *title,
                                   const char      *value,
                                   const char      *detail,
                                   const char      *formula,
                                   gboolean         alarms);

G_END_DECLS
