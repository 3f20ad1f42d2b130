/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-station.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_WALLBOARD_WINDOW (lia_wallboard_window_get_type ())

/**
 * LiaWallboardWindow:
 *
 * The queues and agents as they are now, for supervisors; a window of its own, so that it can stand on another monitor. The engine is asked for figures
 * only as long as it is there.
 *
 * Signal "conversation-activated" (char *conversation, char *entry), "view-activated" (char *view): to be shown where one works.
 */
G_DECLARE_FINAL_TYPE (LiaWallboardWindow, lia_wallboard_window, LIA, WALLBOARD_WINDOW, AdwWindow)

GtkWindow *lia_wallboard_window_new (LiaPhoneStation *station);

G_END_DECLS
