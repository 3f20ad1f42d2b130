/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-response-fields.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_ACTION_BAR (lia_action_bar_get_type ())

/**
 * LiaActionBar:
 *
 * What the responses in a text do when it goes out; each can be struck out, and wanted again.
 */
G_DECLARE_FINAL_TYPE (LiaActionBar, lia_action_bar, LIA, ACTION_BAR, AdwBin)

void lia_action_bar_show (LiaActionBar      *self,
                          LiaResponseFields *fields);

G_END_DECLS
