/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_FINDINGS_WINDOW (lia_findings_window_get_type ())

/**
 * LiaFindingsWindow:
 *
 * What customers say of the product: all findings, by kind, state and product, or by their words, and the one that is chosen. Signal:
 * `conversation-activated` (conversation, entry): where something was said.
 */
G_DECLARE_FINAL_TYPE (LiaFindingsWindow, lia_findings_window, LIA, FINDINGS_WINDOW, AdwWindow)

GtkWindow *lia_findings_window_new (LiaClient *client);
void       lia_findings_window_show_finding (LiaFindingsWindow *self,
                                             const char        *finding);

G_END_DECLS
