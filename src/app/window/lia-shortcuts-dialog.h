/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_SHORTCUTS_DIALOG (lia_shortcuts_dialog_get_type ())

G_DECLARE_FINAL_TYPE (LiaShortcutsDialog, lia_shortcuts_dialog, LIA, SHORTCUTS_DIALOG, AdwDialog)

AdwDialog *lia_shortcuts_dialog_new (void);

G_END_DECLS
