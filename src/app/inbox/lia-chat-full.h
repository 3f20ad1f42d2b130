/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** lia_chat_full_new: (nullable): asks whether one more chat is to be taken: its response is "take"; NULL where there is nothing to ask. */
AdwAlertDialog *lia_chat_full_new (LiaClient       *client,
                                   LiaConversation *conversation);

G_END_DECLS
