/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-line.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_WRAP_UP_BAR (lia_wrap_up_bar_get_type ())

/**
 * LiaWrapUpBar:
 *
 * After a call: what it came to, and a note.
 */
G_DECLARE_FINAL_TYPE (LiaWrapUpBar, lia_wrap_up_bar, LIA, WRAP_UP_BAR, AdwBin)

void lia_wrap_up_bar_set_line (LiaWrapUpBar *self,
                               LiaPhoneLine *line);
void lia_wrap_up_bar_begin (LiaWrapUpBar *self);
void lia_wrap_up_bar_fill (LiaWrapUpBar *self);

G_END_DECLS
