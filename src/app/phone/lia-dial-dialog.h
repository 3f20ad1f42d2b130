/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-station.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_DIAL_DIALOG (lia_dial_dialog_get_type ())

/**
 * LiaDialDialog:
 *
 * Whom to call: a number, or a customer or colleague by name.
 */
G_DECLARE_FINAL_TYPE (LiaDialDialog, lia_dial_dialog, LIA, DIAL_DIALOG, AdwDialog)

AdwDialog *lia_dial_dialog_new (LiaPhoneStation *station,
                                const char      *number,
                                const char      *conversation);

G_END_DECLS
