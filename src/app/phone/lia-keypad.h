/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_KEYPAD (lia_keypad_get_type ())

/**
 * LiaKeypad:
 *
 * The twelve keys of a telephone; those of the keyboard work too. Signal "key-pressed" (string): the key.
 */
G_DECLARE_FINAL_TYPE (LiaKeypad, lia_keypad, LIA, KEYPAD, GtkPopover)

G_END_DECLS
