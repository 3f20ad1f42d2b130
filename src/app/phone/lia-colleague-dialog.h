/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-agent.h"
#include "lia-phone-station.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_COLLEAGUE_DIALOG (lia_colleague_dialog_get_type ())

/**
 * LiaColleagueDialog:
 *
 * For administrators: on which telephone calls reach a colleague, and the account of the one in the colleague's app. It closes once the engine has kept
 * that.
 */
G_DECLARE_FINAL_TYPE (LiaColleagueDialog, lia_colleague_dialog, LIA, COLLEAGUE_DIALOG, AdwDialog)

AdwDialog *lia_colleague_dialog_new (LiaPhoneStation *station,
                                     LiaAgent        *colleague);

G_END_DECLS
