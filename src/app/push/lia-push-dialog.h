/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_PUSH_DIALOG (lia_push_dialog_get_type ())

/**
 * LiaPushDialog:
 *
 * A finding goes to the engineers: is it known there already; what would leave, to be looked at and changed; what became of it. Exactly what was looked at is
 * sent. What was changed and not sent lies in a file until it is.
 */
G_DECLARE_FINAL_TYPE (LiaPushDialog, lia_push_dialog, LIA, PUSH_DIALOG, AdwDialog)

AdwDialog *lia_push_dialog_new (LiaClient  *client,
                                const char *folder,
                                const char *finding);

G_END_DECLS
