/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-application.h"

G_BEGIN_DECLS

#define LIA_TYPE_PREFERENCES_DIALOG (lia_preferences_dialog_get_type ())

G_DECLARE_FINAL_TYPE (LiaPreferencesDialog, lia_preferences_dialog, LIA, PREFERENCES_DIALOG, AdwPreferencesDialog)

AdwDialog *lia_preferences_dialog_new (LiaPhoneStation *station,
                                       LiaApplication  *application);

G_END_DECLS
