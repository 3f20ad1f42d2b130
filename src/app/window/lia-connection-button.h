/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-channel.h"
#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_CONNECTION_BUTTON (lia_connection_button_get_type ())

/**
 * LiaConnectionButton:
 *
 * How it stands with the engine and each channel: a symbol in the header bar, plain words and a way to try again in its popover.
 */
G_DECLARE_FINAL_TYPE (LiaConnectionButton, lia_connection_button, LIA, CONNECTION_BUTTON, AdwBin)

void        lia_connection_button_set_client (LiaConnectionButton *self,
                                              LiaClient           *client);
char       *lia_channel_words (LiaChannel *channel);
const char *lia_channel_state_icon (LiaChannel *channel);

G_END_DECLS
