/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What a pause is for. The telephone system and the other apps get the English word, so that everybody reads the same reason in the own language; what
 * was set elsewhere is shown as it is.
 */

const char *lia_pause_reason_words (const char *reason);
GMenuModel *lia_pause_reasons_menu (const char *action);

G_END_DECLS
