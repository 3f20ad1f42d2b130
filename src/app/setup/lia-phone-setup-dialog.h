/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-channel.h"
#include "lia-client.h"
#include "lia-pbx.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_PHONE_SETUP_DIALOG (lia_phone_setup_dialog_get_type ())

/**
 * LiaPhoneSetupDialog:
 *
 * Leads through a telephone system: address and login, a live test, who sits at which telephone; beside it the files that its administrator pastes.
 * For a new one or for one that is to be changed. Nothing is kept before the last button. Emits `channel-added` (string: the channel's id).
 */
G_DECLARE_FINAL_TYPE (LiaPhoneSetupDialog, lia_phone_setup_dialog, LIA, PHONE_SETUP_DIALOG, AdwDialog)

AdwDialog *lia_phone_setup_dialog_new (LiaClient *client);
AdwDialog *lia_phone_setup_dialog_new_for_channel (LiaClient  *client,
                                                   LiaChannel *channel,
                                                   LiaPbx     *pbx);
AdwDialog *lia_phone_setup_dialog_new_test (LiaClient  *client,
                                            LiaChannel *channel);

/*
 * lia_phone_setup_dialog_new_for_channel(): @pbx: how the channel is set up now.
 * lia_phone_setup_dialog_new_test(): only the live test of the channel as it is set up.
 */

G_END_DECLS
