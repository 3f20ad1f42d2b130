/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_NOTICES_WINDOW (lia_notices_window_get_type ())

/**
 * LiaNoticesWindow:
 *
 * Customers who are to be told that what they asked for is fixed. Signal: `conversation-activated` (conversation, entry).
 */
G_DECLARE_FINAL_TYPE (LiaNoticesWindow, lia_notices_window, LIA, NOTICES_WINDOW, AdwWindow)

GtkWindow *lia_notices_window_new (LiaClient *client);

G_END_DECLS
