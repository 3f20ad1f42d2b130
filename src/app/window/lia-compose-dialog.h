/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_COMPOSE_DIALOG (lia_compose_dialog_get_type ())

/**
 * LiaComposeDialog:
 *
 * Begins a conversation: to whom, and what about. Emits `created` (string: the conversation's id).
 */
G_DECLARE_FINAL_TYPE (LiaComposeDialog, lia_compose_dialog, LIA, COMPOSE_DIALOG, AdwDialog)

AdwDialog *lia_compose_dialog_new (LiaClient *client);

G_END_DECLS
