/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-channel.h"
#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_SETUP_DIALOG (lia_setup_dialog_get_type ())

/**
 * LiaSetupDialog:
 *
 * Leads through a mailbox: address and password, servers, a live test. For a new one or for one that is to be changed. Nothing is kept before the
 * last button. Emits `mailbox-added` (string: the channel's id) when it is set up.
 */
G_DECLARE_FINAL_TYPE (LiaSetupDialog, lia_setup_dialog, LIA, SETUP_DIALOG, AdwDialog)

AdwDialog *lia_setup_dialog_new (LiaClient *client);
AdwDialog *lia_setup_dialog_new_for_channel (LiaClient  *client,
                                             LiaChannel *channel,
                                             LiaMailbox *mailbox);
AdwDialog *lia_setup_dialog_new_test (LiaClient  *client,
                                      LiaChannel *channel);

G_END_DECLS
