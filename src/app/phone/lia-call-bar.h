/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-line.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_CALL_BAR (lia_call_bar_get_type ())

/**
 * LiaCallBar:
 *
 * One call: who it is, how it stands and for how long, and what can be done. What cannot be done now says why. Signal "who-clicked".
 */
G_DECLARE_FINAL_TYPE (LiaCallBar, lia_call_bar, LIA, CALL_BAR, AdwBin)

GtkWidget    *lia_call_bar_new (LiaPhoneLine *line,
                                LiaClient    *client);
LiaPhoneLine *lia_call_bar_get_line (LiaCallBar *self);
void          lia_call_bar_activate (LiaCallBar   *self,
                                     LiaLineAction action);

G_END_DECLS
