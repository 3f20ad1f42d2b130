/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-response-fields.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_FIELD_BAR (lia_field_bar_get_type ())

/**
 * LiaFieldBar:
 *
 * What can be chosen for the field that the caret is in: its choices, or a day; and the parts of the text that can be taken in. Hidden when
 * there is nothing to choose. Emits `chosen` when the text can be gone on with.
 */
G_DECLARE_FINAL_TYPE (LiaFieldBar, lia_field_bar, LIA, FIELD_BAR, AdwBin)

void lia_field_bar_show (LiaFieldBar       *self,
                         LiaResponseFields *fields);

G_END_DECLS
