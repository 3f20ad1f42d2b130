/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-station.h"
#include "lia-softphone.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_PHONE_ACCOUNT_DIALOG (lia_phone_account_dialog_get_type ())

/**
 * LiaPhoneAccountDialog:
 *
 * Where the telephone in the app registers, and as whom. It closes once the engine has kept that; what the telephone system says to it, the
 * station tells.
 */
G_DECLARE_FINAL_TYPE (LiaPhoneAccountDialog, lia_phone_account_dialog, LIA, PHONE_ACCOUNT_DIALOG, AdwDialog)

AdwDialog *lia_phone_account_dialog_new (LiaPhoneStation *station,
                                         LiaAgent        *colleague,
                                         LiaSoftphone    *account);

G_END_DECLS
