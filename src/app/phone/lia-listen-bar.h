/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-line.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_LISTEN_BAR (lia_listen_bar_get_type ())

/**
 * LiaListenBar:
 *
 * A call of others, to which a supervisor listens: whose it is, who hears the supervisor, and a way out. The telephone system says how it is; what
 * was chosen shows when it is so.
 */
G_DECLARE_FINAL_TYPE (LiaListenBar, lia_listen_bar, LIA, LISTEN_BAR, AdwBin)

void lia_listen_bar_set_line (LiaListenBar *self,
                              LiaPhoneLine *line);
void lia_listen_bar_fill (LiaListenBar *self);

G_END_DECLS
