/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-channel.h"
#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_SITE_DIALOG (lia_site_dialog_get_type ())

/**
 * LiaSiteDialog:
 *
 * A web site with a chat: a new one, or one that is changed. Nothing is kept before it is saved.
 */
G_DECLARE_FINAL_TYPE (LiaSiteDialog, lia_site_dialog, LIA, SITE_DIALOG, AdwDialog)

AdwDialog *lia_site_dialog_new (LiaClient *client);
AdwDialog *lia_site_dialog_new_for_channel (LiaClient  *client,
                                            LiaChannel *channel,
                                            GError    **error);

G_END_DECLS
