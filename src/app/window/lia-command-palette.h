/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_COMMAND_PALETTE (lia_command_palette_get_type ())

G_DECLARE_FINAL_TYPE (LiaCommandPalette, lia_command_palette, LIA, COMMAND_PALETTE, AdwDialog)

AdwDialog *lia_command_palette_new (GtkWidget *target);

G_END_DECLS
